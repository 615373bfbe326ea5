import { publicAddress } from '../../constructs/shared/sensitive';
import { CloneOutcomeKind } from '../../constructs/storage/clone/outcome';
import { MigrationVerdict } from '../../constructs/storage/live-migration-rules';
import { OutcomeKind } from '../../constructs/storage/outcome';
import { Claim, notKnownOf } from '../cluster/claim';
import { Clone } from '../cluster/clone';
import { serviceAccountOf } from '../cluster/clone-rights';
import { guestSize } from '../cluster/guest-size';
import { KindAndName, kindNameOf, nameOf, namespaceOf, placeKey } from '../cluster/identity';
import { kindNamed, kindOf, makesMachinesOrClaims } from '../cluster/kinds';
import { judge } from '../cluster/live-migration';
import { claimName, devicesOf, isStarted, Machine } from '../cluster/machine';
import { migratedVolumes } from '../cluster/moved-volumes';
import { Standing } from '../cluster/object-book';
import { Places } from '../cluster/places';
import { ClusterState } from '../cluster/state';
import { childIn, isObject, listIn, textAt, textIn, wordOf } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { ClaimUsers } from '../outcomes/claim-users';
import { claimOutcome } from '../outcomes/claims';
import type { Json } from '../rule';
import { CloneRow, DiskRole, DiskRow, RestatedRow, VmRow } from './model';
import { fillingBytes } from './peak';
import { compare } from './text';

/** Volumes that hold settings of the guest and are not counted as disks. */
const SETTINGS = [
  'cloudInitNoCloud',
  'cloudInitConfigDrive',
  'sysprep',
  'configMap',
  'secret',
  'downwardAPI',
  'downwardMetrics',
  'serviceAccount',
];

/** Disks that are not claims, and how they come to exist. */
const LOCAL: Readonly<Record<string, string>> = {
  containerDisk: 'container image',
  ephemeral: 'scratch over a claim',
  emptyDisk: 'empty, gone with the VM',
  hostDisk: 'file of the node',
};

/** The rows of everything that was counted in a group. */
export function rowsOf(state: ClusterState, group: string): { disks: DiskRow[]; vms: VmRow[] } {
  const disks: DiskRow[] = [];
  const vms: VmRow[] = [];
  const used = new Places<boolean>();
  const left = new Map<string, string>();
  const users = new ClaimUsers(state, written(state));
  for (const { part, value: machine } of state.machines.entries()) {
    for (const volume of listIn(machine.guest, 'volumes')) {
      used.set(machine.namespace, claimName(volume) ?? textIn(childIn(volume, 'memoryDump'), 'claimName'), true);
    }
    const moved = migratedVolumes(state, machine);
    for (const { source } of moved) left.set(`${machine.namespace}/${source}`, machine.name);
    if (part !== group) continue;
    const own = disksOf(group, machine, state, users);
    for (const { row } of own) disks.push(row);
    vms.push(vmRow(group, machine, own, moved.length > 0, state));
  }
  for (const [key, { part, value: claim }] of state.claims.entries()) {
    if (part === group && used.get(claim.namespace, claim.name) !== true)
      disks.push(unusedRow(group, claim, state, users, left.get(key)));
  }
  return { disks: disks.sort(byPlace), vms: vms.sort(byName) };
}

function byPlace(a: DiskRow, b: DiskRow): number {
  return (
    compare(a.namespace, b.namespace) ||
    compare(a.vm ?? '\u{10ffff}', b.vm ?? '\u{10ffff}') ||
    Number(b.role === 'boot') - Number(a.role === 'boot') ||
    compare(a.disk ?? '', b.disk ?? '') ||
    compare(a.claim ?? '', b.claim ?? '')
  );
}

function byName(a: VmRow, b: VmRow): number {
  return compare(a.namespace, b.namespace) || compare(a.vm, b.vm) || compare(a.kind, b.kind);
}

/** A disk of a machine, and the rule that says what becomes of it. */
interface MachineDisk {
  readonly row: DiskRow;
  readonly rule?: string;
}

function disksOf(group: string, machine: Machine, state: ClusterState, users: ClaimUsers): MachineDisk[] {
  const { guest, namespace, name: vm } = machine;
  const roles = rolesOf(guest);
  return listIn(guest, 'volumes')
    .filter((volume) => !SETTINGS.some((kind) => isObject(volume[kind])))
    .map((volume) => {
      const disk = textIn(volume, 'name');
      const dump = textIn(childIn(volume, 'memoryDump'), 'claimName') || undefined;
      const role = dump === undefined ? (roles.get(disk) ?? 'data') : 'memory dump';
      const claim = claimName(volume) ?? dump;
      const found = claim === undefined ? undefined : state.claim(namespace, claim);
      const hotplug = HOTPLUGGED.some((kind) => childIn(volume, kind)?.hotpluggable === true);
      const place = { group, namespace, vm, disk, role, claim, hotplug };
      if (found === undefined) return { row: diskRow(place, claim === undefined ? localFacts(volume) : NOT_HERE) };
      const facts = claimFacts(found, state, users);
      return { row: diskRow(place, facts), rule: facts.rule };
    });
}

const HOTPLUGGED = ['persistentVolumeClaim', 'dataVolume', 'memoryDump'];

/** What a row says of the disk itself. */
type Facts = Pick<DiskRow, 'made' | 'notKnown'> &
  Partial<
    Pick<
      DiskRow,
      'source' | 'asked' | 'bytes' | 'peak' | 'storageClass' | 'accessModes' | 'volumeMode' | 'becomes' | 'why'
    >
  >;

/** Field by field: two spreads in one literal take V8 ten times as long, and a fleet has tens of thousands of rows. */
function diskRow(place: Omit<DiskRow, keyof Facts>, facts: Facts): DiskRow {
  const { group, namespace, vm, disk, role, claim, hotplug } = place;
  const { source, asked, bytes, peak, storageClass, accessModes, volumeMode, becomes, why, made, notKnown } = facts;
  return {
    group,
    namespace,
    vm,
    disk,
    role,
    claim,
    source,
    asked,
    bytes,
    peak,
    storageClass,
    accessModes,
    volumeMode,
    hotplug,
    made,
    becomes,
    why,
    notKnown,
  };
}

const NOT_HERE = { made: 'not in the manifests', becomes: OutcomeKind.UNKNOWN, notKnown: ['the claim'] };

function localFacts(volume: Json): Facts {
  const kind = Object.keys(LOCAL).find((word) => isObject(volume[word]));
  const source =
    publicAddress(textAt(volume, 'containerDisk', 'image')) ||
    textAt(volume, 'hostDisk', 'path') ||
    textAt(volume, 'ephemeral', 'persistentVolumeClaim', 'claimName');
  const other = Object.keys(volume).find((word) => word !== 'name') ?? 'nothing';
  return { made: kind === undefined ? other : (LOCAL[kind] ?? kind), source: source || undefined, notKnown: [] };
}

/** @param leftBy The machine whose volume is migrated from the claim to another one. */
function unusedRow(group: string, claim: Claim, state: ClusterState, users: ClaimUsers, leftBy?: string): DiskRow {
  const { namespace, name, owner } = claim;
  const vm = owner !== undefined && isMachine(owner) ? owner.name : undefined;
  const facts = claimFacts(claim, state, users);
  const made = leftBy === undefined ? facts.made : `${facts.made}; left by the volume migration of VM ${leftBy}`;
  return diskRow({ group, namespace, vm, claim: name, hotplug: false }, { ...facts, made });
}

/** Whether what makes a claim is a machine, and not a set or a pod. */
function isMachine({ kind }: KindAndName): boolean {
  const found = kindNamed(kind);
  return found?.machine !== undefined && found.replicas === undefined;
}

function byWhom(owner: KindAndName): string {
  return isMachine(owner) ? 'by the VM' : `by ${owner.kind} ${owner.name}`;
}

function claimFacts(claim: Claim, state: ClusterState, users: ClaimUsers): Facts & { readonly rule: string } {
  const { kind: becomes, reason: why, rule } = claimOutcome(state, claim, users);
  const { storageClassName, accessModes, volumeMode } = claim.settled;
  const { made, from } = claim.source;
  const outcome = state.cloneOf(claim)?.outcome.kind;
  const how = outcome === undefined ? made : `${made} (${outcome})`;
  return {
    source: from,
    asked: claim.asked,
    bytes: claim.requested,
    peak: peakOf(claim, state),
    storageClass: storageClassName,
    accessModes,
    volumeMode,
    becomes,
    why,
    made: claim.owner === undefined ? how : `${how}, ${byWhom(claim.owner)}`,
    notKnown: notKnownOf(claim),
    rule,
  };
}

/** Bytes of a claim while it is filled; undefined if its size is not known. */
function peakOf(claim: Claim, state: ClusterState): number | undefined {
  const { requested, scratch } = claim;
  return requested === undefined ? undefined : requested + (scratch?.bytes ?? 0) + (fillingBytes(claim, state) ?? 0);
}

/**
 * Without a boot order the first disk boots. A volume that no disk names gets one at the end of the list (KubeVirt v1.6.2:
 * pkg/defaults/defaults.go, setDefaultVolumeDisk).
 */
function rolesOf(guest: Json): Map<string, DiskRole> {
  const devices = devicesOf(guest);
  const filesystems = listIn(devices, 'filesystems');
  const given = listIn(devices, 'disks');
  const isNamed = (volume: Json): boolean =>
    [filesystems, given].some((list) => list.some(({ name }) => name === volume.name));
  const disks = [...given, ...listIn(guest, 'volumes').filter((volume) => !isNamed(volume))];
  const boot = bootIndex(disks);
  const roles = new Map<string, DiskRole>();
  for (let index = 0; index < disks.length; index += 1) {
    roles.set(textIn(disks[index], 'name'), index === boot ? 'boot' : kindOfDisk(disks[index]!));
  }
  for (const { name } of filesystems) roles.set(wordOf(name), 'filesystem');
  return roles;
}

/** The disk of the lowest boot order, else the first. A CD-ROM boots an installer; what it installs to is the boot disk. */
function bootIndex(disks: readonly Json[]): number {
  let [boot, lowest] = [-1, Infinity];
  for (let index = 0; index < disks.length; index += 1) {
    const { cdrom, bootOrder } = disks[index]!;
    const order = typeof bootOrder === 'number' ? bootOrder : Infinity;
    if (isObject(cdrom) || Number.isNaN(order) || (boot >= 0 && order >= lowest)) continue;
    boot = index;
    lowest = order;
  }
  return boot;
}

function kindOfDisk({ cdrom, lun }: Json): DiskRole {
  if (isObject(cdrom)) return 'cdrom';
  return isObject(lun) ? 'lun' : 'data';
}

function vmRow(
  group: string,
  machine: Machine,
  disks: readonly MachineDisk[],
  movesVolumes: boolean,
  state: ClusterState,
): VmRow {
  const { namespace, name: vm, kind, guest } = machine;
  const { verdict, obstacles } = judge(machine, state);
  const { cpus, memory } = guestSize(machine, state);
  const strategy = textAt(guest, 'evictionStrategy') || state.settings.evictionStrategy;
  const contradicts = strategy === 'LiveMigrate' && verdict === MigrationVerdict.NOT_MIGRATABLE;
  return {
    group,
    namespace,
    vm,
    kind,
    disks: disks.length,
    cpus,
    memory,
    becomes: becomesOf(machine, disks),
    verdict,
    obstacles,
    evictionStrategy: strategy || undefined,
    contradicts,
    movesVolumes,
  };
}

/**
 * What becomes of a machine: it starts, unless it is halted, or one of its disks does not come or is waited for. A disk that
 * waits for the machine itself holds nothing up.
 */
function becomesOf(machine: Machine, own: readonly MachineDisk[]): string {
  for (const kind of HOLDING_UP) {
    if (own.some(({ row: { becomes }, rule }) => becomes === kind && rule !== 'claim-machine-start')) return kind;
  }
  return isStarted(machine) ? 'starts' : 'halted';
}

const HOLDING_UP = [OutcomeKind.NEVER, OutcomeKind.WAITS, OutcomeKind.UNKNOWN];

function* written({ objects }: ClusterState): Generator<Reviewed> {
  for (const { reviewed } of objects.all()) yield reviewed;
}

/** The rows of the clones of a group. */
export function cloneRows(state: ClusterState, group: string): CloneRow[] {
  const removed = state.removedClones.map((clone) => ({ clone, isRemoved: true }));
  const standing = [...state.clones.values()].map((clone) => ({ clone, isRemoved: false }));
  return [...removed, ...standing]
    .filter(({ clone: { part } }) => part === group)
    .map(({ clone, isRemoved }) => cloneRow(group, clone, isRemoved, state))
    .sort(byClaim);
}

function cloneRow(group: string, { claim, source, outcome }: Clone, removed: boolean, state: ClusterState): CloneRow {
  const { namespace, name, requested, settled } = claim;
  const { kind, reason, remedy, rule, evidence } = outcome;
  const from = source?.claim.namespace ?? claim.source.clones?.namespace;
  const isForeign = from !== undefined && from !== '' && from !== namespace;
  return {
    group,
    namespace,
    claim: name,
    source: claim.source.from ?? '',
    bytes: requested ?? source?.claim.requested,
    storageClass: settled.storageClassName,
    outcome: kind,
    reason,
    remedy,
    rule,
    evidence: kind === CloneOutcomeKind.UNKNOWN ? undefined : evidence,
    removed,
    needs: isForeign ? `create on datavolumes/source in namespace ${from}${byWhose(claim, state)}` : undefined,
  };
}

/** The templates of a machine are cloned with the rights of its ServiceAccount, and not of whoever applies it. */
function byWhose({ owner, namespace }: Claim, { machines }: ClusterState): string {
  const machine = owner && machines.get(placeKey(namespace, owner.name));
  return machine === undefined ? '' : ` (ServiceAccount ${namespace}/${serviceAccountOf(machine)})`;
}

function byClaim(a: CloneRow, b: CloneRow): number {
  return (
    compare(a.namespace, b.namespace) ||
    compare(a.claim, b.claim) ||
    Number(b.removed) - Number(a.removed) ||
    compare(a.storageClass ?? '', b.storageClass ?? '') ||
    compare(a.outcome, b.outcome)
  );
}

/** The objects that are applied more than once, as far as two states of one cannot stand beside each other. */
export function restatedRows({ objects }: ClusterState): RestatedRow[] {
  return [...objects.all()]
    .map((standing) => ({ standing, times: statesOf(standing) }))
    .filter(({ standing: { reviewed }, times }) => times > 1 && nameOf(reviewed) !== '' && isCounted(reviewed))
    .map(({ standing: { reviewed }, times }) => ({
      namespace: namespaceOf(reviewed),
      object: `${kindNameOf(reviewed)} ${nameOf(reviewed)}`,
      times,
    }))
    .sort((a, b) => compare(a.namespace, b.namespace) || compare(a.object, b.object));
}

function statesOf(standing: Standing): number {
  let times = 0;
  for (let state: Standing | undefined = standing; state !== undefined; state = state.replaced) times += 1;
  return times;
}

function isCounted({ object }: Reviewed): boolean {
  const kind = kindOf(object);
  return kind !== undefined && makesMachinesOrClaims(kind);
}
