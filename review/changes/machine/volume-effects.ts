import { gateMayBeOn } from '../../cluster/config';
import { isAtLeast } from '../../cluster/release-order';
import { RolloutStrategy } from '../../cluster/rollout-strategy';
import { objectAt, textAt } from '../../manifests/json';
import { Json } from '../../rule';
import { compareConsequences, Consequence } from '../consequence';
import { ChangeContext } from '../context';
import { fromTo, isSame } from '../wording';
import { changeOf, DiskChange, Drives, drivesOf, isNew, isOtherClaim, messageOf, reasonOf } from './disk-change';
import { claimOf, isHotpluggable, isPlugged, MachineStates } from './machine-states';
import { Part } from './part';
import { migrationObstacle } from './volume-migration';

const VOLUMES = 'spec.template.spec.volumes';
const DISKS = 'spec.template.spec.domain.devices.disks';
const CONTROLLER = 'pkg/virt-controller/watch/vm/vm.go';
const COMPARED = `${CONTROLLER}, validLiveUpdateVolumes and validLiveUpdateDisks`;
const REPLACED = `KubeVirt v1.6.2, ${CONTROLLER}, handleVolumeUpdateRequest`;
const PLUGGED = 'pkg/storage/hotplug/hotplug.go, HandleDeclarativeVolumes';

/** What the changed volumes and disks of a running machine do. */
export function volumeParts(states: MachineStates, context: ChangeContext): Part[] {
  const view = viewOf(states, context);
  const { names, before, after } = view;
  if (isStage(view) && view.comparesLists && isWhatRuns(view)) return alike(view);
  const renames = renamesOf(before, after);
  const left = new Set(renames.values());
  const parts = names.flatMap((name) => {
    const part = left.has(name) ? undefined : partOf(name, view);
    const was = renames.get(name);
    if (part === undefined) return [];
    return [was === undefined ? part : renamed(part, partOf(was, view)!, was, name)];
  });
  if (parts.length > 0) return parts;
  const [was, is] = [before.order, after.order];
  return isSame(was, is) ? [] : [reordered(view)];
}

/** By their new names, the disks whose name alone changed: they have the same claim. */
function renamesOf(before: Drives, after: Drives): ReadonlyMap<string, string> {
  const gone = new Map<string, string>();
  for (const [name, volume] of before.volumes) {
    const claim = claimOf(volume);
    if (claim !== undefined && !after.volumes.has(name)) gone.set(claim, name);
  }
  const renames = new Map<string, string>();
  for (const [name, volume] of after.volumes) {
    const was = before.volumes.has(name) ? undefined : gone.get(claimOf(volume) ?? '');
    if (was !== undefined) renames.set(name, was);
  }
  return renames;
}

/** What looks like a disk that goes and another one that comes is one disk, with its data. */
function renamed(added: Part, removed: Part, was: string, name: string): Part {
  const [worse] = [added, removed].sort((one, other) => compareConsequences(one.consequence, other.consequence));
  const then =
    worse!.consequence === Consequence.LIVE
      ? 'it is unplugged and plugged again'
      : `the running machine calls it ${was} until it is restarted`;
  return {
    ...worse!,
    field: added.field,
    message: `disk ${was} is renamed to ${name}`,
    reason: `it is the same claim, with its data; ${then}`,
  };
}

interface View {
  readonly names: readonly string[];
  readonly before: Drives;
  readonly after: Drives;
  readonly context: ChangeContext;
  readonly states: MachineStates;
  /** Whether the controller plugs and unplugs volumes as the machine's manifest says. */
  readonly declarative: boolean;
  /** Whether any changed volume asks for a restart, and with it the whole list. */
  readonly listAsks: boolean;
  /** Whether the release holds every change of the list of volumes against the running machine (up to v1.6.2). */
  readonly comparesLists: boolean;
  readonly migrates: boolean;
}

function viewOf(states: MachineStates, context: ChangeContext): View {
  const [before, after] = [drivesOf(states.before.expanded), drivesOf(states.after.expanded)];
  const keys = [before.volumes, before.disks, after.volumes, after.disks].flatMap((map) => [...map.keys()]);
  const migrates = textAt(states.after.vm, 'spec', 'updateVolumesStrategy') === 'Migration';
  const view = {
    names: [...new Set(keys)],
    before,
    after,
    context,
    states,
    declarative: isDeclarative(context) && !migrates,
    comparesLists: !isAtLeast(context.kubevirt, 'v1.6.3'),
    migrates,
  };
  const asking = view.names.some((name) => asksByItself(name, view));
  return { ...view, listAsks: asking || (isStage(view) && view.comparesLists && !isWhatRuns(view)) };
}

/**
 * The gate DeclarativeHotplugVolumes, new in v1.6, which the older gate HotplugVolumes switches off where it is listed: vm.go,
 * handleDeclarativeVolumeHotplug.
 */
function isDeclarative({ config, kubevirt }: ChangeContext): boolean {
  if (!isAtLeast(kubevirt, 'v1.6.0') || config.featureGates.has('HotplugVolumes')) return false;
  return gateMayBeOn(config, 'DeclarativeHotplugVolumes');
}

function isStage({ context }: Pick<View, 'context'>): boolean {
  return context.rollout === RolloutStrategy.STAGE;
}

/** With Stage, up to v1.6.2, nothing is asked for where volumes and disks are those of the running machine already. */
function isWhatRuns({ states, after }: Pick<View, 'states' | 'after'>): boolean {
  const running = drivesOf(states.instance.spec);
  return isSame([...running.volumes], [...after.volumes]) && isSame([...running.disks], [...after.disks]);
}

/** Written in another way than before, and what runs already. */
function alike({ before, after }: View): Part[] {
  if (isSame([...before.disks], [...after.disks]) && isSame([...before.volumes], [...after.volumes])) return [];
  const reason = 'it is what the running machine has already';
  return [{ field: DISKS, message: 'the disks change', consequence: Consequence.IN_PLACE, reason, source: COMPARED }];
}

/** Whether a volume or its disk makes the controller compare the whole lists, which differ then. */
function asksByItself(name: string, view: Omit<View, 'listAsks'>): boolean {
  const { was, is, disk, next } = changeOf(name, view);
  if (is !== undefined && !isPlugged(is)) {
    const moves = view.migrates && claimOf(is) !== undefined;
    if (was === undefined || (!moves && !isSame(was, is))) return true;
  }
  if (is === undefined && was !== undefined && !isPlugged(was)) return true;
  if (next !== undefined) return !isPlugged(is) && !isSame(disk, next);
  if (disk === undefined) return false;
  if (was !== undefined && !isPlugged(was)) return true;
  return isAtLeast(view.context.kubevirt, 'v1.6.6') && objectAt(disk, 'cdrom') !== undefined;
}

function partOf(name: string, view: View): Part | undefined {
  const change = changeOf(name, view);
  const { was, is, disk, next } = change;
  if (isSame(was, is) && isSame(disk, next)) return undefined;
  const leavesData = isOtherClaim(change);
  const base = { field: fieldOf(name, view), message: messageOf(name, change), leavesData };
  const asks = asksByItself(name, view);
  if (view.migrates && leavesData) {
    return { ...base, ...migration(name, view) };
  }
  if (isHotpluggable(is) || isHotpluggable(was)) {
    return { ...base, ...hotplug(name, view, asks), ...gateAssumption(view) };
  }
  if (asks) return { ...base, ...restart(reasonOf(change)) };
  const reason = view.declarative
    ? 'an empty drive goes from the running machine'
    : 'it stays in the running machine until the next start, which nothing asks for';
  if (isStage(view) && view.comparesLists)
    return { ...base, ...restart(`${view.declarative ? `${reason}; ` : ''}${STAGED}`) };
  return { ...base, consequence: view.declarative ? Consequence.LIVE : Consequence.LATER, reason, source: PLUGGED };
}

function fieldOf(name: string, { states, after }: View): string {
  const [volume, disk] = after.order.map((names) => names.indexOf(name)) as [number, number];
  const isOfVolumes = !isSame(states.before.expanded.volumes, states.after.expanded.volumes);
  if (isOfVolumes && volume >= 0) return `${VOLUMES}[${volume}]`;
  if (disk >= 0) return `${DISKS}[${disk}]`;
  return isOfVolumes ? VOLUMES : DISKS;
}

function restart(reason: string, source = COMPARED): Omit<Part, 'field' | 'message'> {
  return { consequence: Consequence.RESTART, reason, source, asksRestart: true };
}

/** The same, said after processors and memory were plugged: it does not hold them back. */
function replaced(reason: string): Omit<Part, 'field' | 'message'> {
  return { ...restart(reason, REPLACED), waitsForOthers: true };
}

/** Which volumes are plugged is decided by a gate, which no KubeVirt object may be there to list. */
function gateAssumption({ context: { config }, declarative, migrates }: View): Pick<Part, 'assumed'> {
  if (config.assumed !== true || migrates) return {};
  return { assumed: [`the gate DeclarativeHotplugVolumes is ${declarative ? 'on' : 'off'}, as by default`] };
}

/** A volume that is, or was, marked hotpluggable. */
function hotplug(name: string, view: View, asks: boolean): Omit<Part, 'field' | 'message'> {
  const { declarative, comparesLists } = view;
  const change = changeOf(name, view);
  const { was, is } = change;
  if (asks) return restart(reasonOf(change));
  const changesVolume = !isSame(was, is);
  // A volume that is plugged in as a normal one is not looked at again, whatever is written on it.
  const isFlag = was !== undefined && is !== undefined && !isHotpluggable(was);
  const done = declarative && changesVolume && !isFlag ? pluggedOr(change) : undefined;
  if (done?.refused === true) {
    return isStage(view) && comparesLists ? restart(done.reason, PLUGGED) : later(done.reason);
  }
  const obstacle = declarative || isFlag || !changesVolume ? '' : view.migrates ? MIGRATES : GATE;
  if (isFlagged(view, was, is)) {
    const reason = done === undefined ? `${reasonOf(change)}${obstacle}` : `${done.reason}; ${DEFECT}`;
    return isStage(view) ? restart(reason) : replaced(reason);
  }
  if (done !== undefined) return { consequence: Consequence.LIVE, reason: done.reason, source: PLUGGED };
  const what = isNew(change)
    ? 'the running machine goes on without it'
    : is === undefined
      ? 'it stays attached'
      : 'the running machine keeps what it has';
  return later(`${what}, and nothing asks for the restart${obstacle}`);
}

const STAGED = 'vmRolloutStrategy is Stage, and this release compares the disks with those of the running machine';
const DEFECT = 'this release asks for a restart all the same';
const GATE = " (the gate DeclarativeHotplugVolumes is off, or 'HotplugVolumes' is listed)";
const MIGRATES = " (with 'updateVolumesStrategy: Migration' no volume is plugged or unplugged)";

/** Up to v1.6.2 the list of volumes is held against the running one, unless a plugged volume was removed from it. */
function isFlagged(view: View, was: Json | undefined, is: Json | undefined): boolean {
  if (!view.comparesLists) return false;
  if (isStage(view)) return view.listAsks;
  if (isSame(was, is) || view.migrates) return false;
  return !view.names.some((name) => isHotpluggable(view.before.volumes.get(name)) && !view.after.volumes.has(name));
}

function later(reason: string): Omit<Part, 'field' | 'message'> {
  return { consequence: Consequence.LATER, reason, remedy: 'restart the machine (virtctl restart)', source: PLUGGED };
}

/** What the declarative way does with a changed volume: what it answers the webhook may refuse. */
function pluggedOr({ was, is, disk, next }: DiskChange): { readonly reason: string; readonly refused?: boolean } {
  if (is === undefined) return { reason: 'it is unplugged from the running machine' };
  const isDrive = objectAt(disk, 'cdrom') !== undefined && objectAt(next, 'cdrom') !== undefined;
  if (isDrive) return { reason: was === undefined ? 'it is put into the drive' : 'the drive gets the other one' };
  const bus = textAt(next, 'disk', 'bus') || textAt(next, 'lun', 'bus');
  if (bus !== 'scsi' && bus !== 'virtio') {
    const got = next === undefined ? 'no disk' : bus === '' ? 'no bus' : `bus ${bus}`;
    return {
      reason: `it is not plugged: the webhook takes a disk of bus scsi or virtio, and it has ${got}`,
      refused: true,
    };
  }
  return {
    reason:
      was === undefined ? 'it is plugged into the running machine' : 'the old one is unplugged, the new one plugged',
  };
}

/** A volume that `updateVolumesStrategy: Migration` moves. */
function migration(name: string, view: View): Omit<Part, 'field' | 'message'> {
  const { states, context } = view;
  const source = 'pkg/virt-controller/watch/volume-migration/volume-migration.go, ValidateVolumes';
  const obstacle = migrationObstacle(name, states, context);
  if (isStage(view)) {
    if (view.listAsks && view.comparesLists) return restart('with Stage nothing is migrated; its data is not copied');
    return { ...later('with Stage nothing is migrated, and nothing asks for the restart'), source };
  }
  if (obstacle?.waits === true) return { consequence: Consequence.LATER, reason: obstacle.reason, source };
  if (obstacle !== undefined) return { ...restart(obstacle.reason, source), waitsForOthers: true };
  return {
    consequence: Consequence.MIGRATED,
    reason: 'its data is copied while the machine runs; the old claim stays, and is not used any more',
    source,
    waitsForOthers: true,
  };
}

/** Only the order of the lists changed. */
function reordered(view: View): Part {
  const { before, after, comparesLists } = view;
  const volumes = !isSame(before.order[0], after.order[0]);
  const base = {
    field: volumes ? VOLUMES : DISKS,
    message: `the order of the ${volumes ? 'volumes' : 'disks'} ${fromTo(
      before.order[volumes ? 0 : 1]!.join(', '),
      after.order[volumes ? 0 : 1]!.join(', '),
    )}`,
  };
  if (comparesLists && ((volumes && !view.migrates) || view.listAsks)) {
    const reason = 'this release compares the order, too';
    return { ...base, ...(isStage(view) ? restart(reason) : replaced(reason)) };
  }
  return { ...base, ...later('the next start takes them in this order') };
}
