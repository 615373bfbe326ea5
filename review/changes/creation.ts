import { semanticEqual } from '../admission/shared/semantic-equal';
import { objectsAt, textAt } from '../manifests/json';
import { Json } from '../rule';
import { Consequence, Effect } from './consequence';
import { ChangeContext } from './context';
import { claimOf } from './machine/machine-states';

/** What is said of an object that is new, and no more than that. */
export const PLAINLY_NEW = 'a new object';

/** What a new object does. */
export function createdEffects(next: Json, removed: readonly Json[], context: ChangeContext): Effect[] {
  const [kind, name] = [textAt(next, 'kind'), textAt(next, 'metadata', 'name')];
  const renamed = removed.find((old) => isRenamed(old, next));
  const created: Effect = {
    field: '',
    message: renamed === undefined ? `${kind} ${name} is new` : renaming(renamed, next),
    consequence: Consequence.CREATED,
    reason: renamed === undefined ? PLAINLY_NEW : 'to the cluster it is a new object beside the old one',
    source: 'Kubernetes, metadata.name of an object',
  };
  if (kind === 'VirtualMachineRestore') return [restore(next, created, context)];
  if (kind === 'VirtualMachine') {
    const owner = renamed ?? removed.find((old) => sharesDisks(old, next));
    return [machine(next, created, owner), ...adoptions(next, owner, context)];
  }
  if (kind === 'DataVolume' || kind === 'PersistentVolumeClaim') return [disk(next, renamed, created, context)];
  return [created];
}

/** `VirtualMachine web is renamed to www`, or moved. */
function renaming(old: Json, next: Json): string {
  const title = `${textAt(next, 'kind')} ${nameOf(old)}`;
  const [from, to] = [old, next].map((one) => textAt(one, 'metadata', 'namespace')) as [string, string];
  const moves = from === to ? [] : [`moved to ${to === '' ? 'no stated namespace' : `namespace ${to}`}`];
  const renames = nameOf(old) === nameOf(next) ? [] : [`renamed to ${nameOf(next)}`];
  return `${title} is ${[...renames, ...moves].join(' and ')}`;
}

/**
 * A restore replaces the disks of its target; where there is no such machine, it makes one: pkg/storage/snapshot/restore.go,
 * findDatavolumesForDeletion and reconcileSpec.
 */
function restore(next: Json, created: Effect, { before, after }: ChangeContext): Effect {
  const [target, snapshot] = [
    textAt(next, 'spec', 'target', 'name'),
    textAt(next, 'spec', 'virtualMachineSnapshotName'),
  ];
  const namespace = textAt(next, 'metadata', 'namespace');
  const taken = [before, after]
    .map((state) => state.find('VirtualMachineSnapshot', namespace, snapshot))
    .find((one) => one !== undefined);
  const origin = textAt(taken, 'spec', 'source', 'name');
  const isElsewhere = origin !== '' && origin !== target;
  if (isElsewhere && before.find('VirtualMachine', namespace, target) === undefined) {
    return {
      ...created,
      reason: `it makes the machine ${target} with disks of its own; ${origin}, of which ${snapshot} was taken, stays as it is`,
      assumed: [`there is no VirtualMachine ${target}: the disks of one would be replaced`],
      source: 'pkg/storage/snapshot/restore.go, reconcileSpec',
    };
  }
  return {
    ...created,
    consequence: Consequence.DATA_LOST,
    reason: `the disks of ${target} are replaced by those of ${snapshot}: what was written since that snapshot is lost`,
    remedy: 'take a snapshot of the present state first, or restore into a machine of another name',
    source: 'pkg/storage/snapshot/restore.go, findDatavolumesForDeletion',
  };
}

function machine(next: Json, created: Effect, old: Json | undefined): Effect {
  const templates = objectsAt(old, 'spec', 'dataVolumeTemplates');
  if (templates.length === 0) return created;
  const names = templates.map((template) => nameOf(template)).join(', ');
  const isMoved = textAt(old, 'metadata', 'namespace') !== textAt(next, 'metadata', 'namespace');
  return {
    ...created,
    consequence: Consequence.NEW_DISK,
    reason: isMoved
      ? `fresh disks (${names}) are made in the other namespace: what is on the old ones does not move`
      : `its disks (${names}) still belong to the old machine ${nameOf(old!)}: deleting that one deletes them under the ` +
        'new one, which then makes fresh ones',
    remedy: isMoved
      ? 'keep the namespace, or clone the disks into the other one first (a DataVolume of source pvc)'
      : 'keep the name, or move the data by a VirtualMachineClone or a snapshot',
    source: 'pkg/controller/controller_ref_manager.go, ClaimMatchedDataVolumes',
  };
}

/** Whether a machine that is gone has a template of the same name: its disk is not the new machine's. */
function sharesDisks(old: Json, next: Json): boolean {
  if (old.kind !== next.kind || textAt(old, 'metadata', 'namespace') !== textAt(next, 'metadata', 'namespace'))
    return false;
  const names = new Set(objectsAt(old, 'spec', 'dataVolumeTemplates').map(nameOf));
  return objectsAt(next, 'spec', 'dataVolumeTemplates').some((template) => names.has(nameOf(template)));
}

/** Templates of a new machine whose DataVolumes stand alone already. */
function adoptions(next: Json, renamed: Json | undefined, { before }: ChangeContext): Effect[] {
  if (renamed !== undefined) return [];
  const namespace = textAt(next, 'metadata', 'namespace');
  return objectsAt(next, 'spec', 'dataVolumeTemplates').flatMap((template, index): Effect[] => {
    const name = nameOf(template);
    const kind = ['DataVolume', 'PersistentVolumeClaim'].find((one) => before.find(one, namespace, name) !== undefined);
    if (kind === undefined) return [];
    return [
      {
        field: `spec.dataVolumeTemplates[${index}]`,
        message: `template of disk ${name}, and ${kind} ${name} exists`,
        consequence: Consequence.ADOPTED,
        reason: 'the machine takes the disk over with its data: deleting the machine deletes the disk, too',
        remedy: 'leave out the template where the disk is to outlive the machine',
        source: 'pkg/controller/controller_ref_manager.go, ClaimMatchedDataVolumes',
      },
    ];
  });
}

/** A disk that a machine uses from now on in the place of another one: the data stays on that one. */
function disk(next: Json, renamed: Json | undefined, created: Effect, context: ChangeContext): Effect {
  const replaced = renamed === undefined ? replacedBy(next, context) : nameOf(renamed);
  if (replaced === undefined) return created;
  return {
    ...created,
    consequence: Consequence.NEW_DISK,
    reason: `a disk of its own, made from its source: what is on ${replaced} does not move`,
    remedy: "keep the name, or write 'updateVolumesStrategy: Migration' on the machine to move the data",
    source: 'CDI, pkg/controller/datavolume/controller-base.go',
  };
}

function replacedBy(next: Json, { before, after }: ChangeContext): string | undefined {
  const [namespace, name] = [textAt(next, 'metadata', 'namespace'), nameOf(next)];
  for (const vm of after.all('VirtualMachine')) {
    if (textAt(vm, 'metadata', 'namespace') !== namespace) continue;
    if (textAt(vm, 'spec', 'updateVolumesStrategy') === 'Migration') continue;
    const old = before.find('VirtualMachine', namespace, nameOf(vm));
    const volumes = objectsAt(old, 'spec', 'template', 'spec', 'volumes');
    for (const volume of objectsAt(vm, 'spec', 'template', 'spec', 'volumes')) {
      if (claimOf(volume) !== name) continue;
      const was = claimOf(volumes.find((one) => volumeName(one) === volumeName(volume)));
      if (was !== undefined && was !== name) return was;
    }
  }
  return undefined;
}

/** Whether two objects of a kind are equal but for name and namespace. */
function isRenamed(old: Json, next: Json): boolean {
  if (old.kind !== next.kind) return false;
  const named = ['VirtualMachine', 'DataVolume', 'PersistentVolumeClaim'].includes(textAt(next, 'kind'));
  return named && semanticEqual({ spec: old.spec }, { spec: next.spec });
}

function nameOf(object: Json): string {
  return textAt(object, 'metadata', 'name');
}

function volumeName(volume: Json): string {
  return textAt(volume, 'name');
}
