import { objectsAt, textAt, valueAt } from '../manifests/json';
import { Json } from '../rule';
import { Consequence, Effect } from './consequence';
import { ChangeContext } from './context';
import { adoption } from './machine/adoption';
import { RemovedObjects } from './removed-objects';
import { replacedDisk } from './replaced-disks';
import { stayingImage, stayingTemplates } from './staying-image';

/** What is said of an object that is new, and no more than that. */
export const PLAINLY_NEW = 'a new object';

/** What a new object does. */
export function createdEffects(next: Json, removed: RemovedObjects, context: ChangeContext): Effect[] {
  const [kind, name] = [textAt(next, 'kind'), textAt(next, 'metadata', 'name')];
  const renamed = removed.renamedTo(next);
  const created: Effect = {
    field: '',
    message: renamed === undefined ? `${kind} ${name} is new` : renaming(renamed, next),
    consequence: Consequence.CREATED,
    reason: renamed === undefined ? PLAINLY_NEW : 'to the cluster it is a new object beside the old one',
    source: 'Kubernetes, metadata.name of an object',
  };
  if (kind === 'VirtualMachineRestore') return [restore(next, created, context)];
  if (kind === 'VirtualMachine') {
    const owner = renamed ?? removed.ownerOfDisks(next);
    return [machine(next, created, owner), ...adoptions(next, owner, context), ...stayingTemplates(next, context)];
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

/** Templates of a new machine whose disks stand alone already. */
function adoptions(next: Json, owner: Json | undefined, context: ChangeContext): Effect[] {
  if (owner !== undefined) return [];
  return objectsAt(next, 'spec', 'dataVolumeTemplates').flatMap(
    (template, index) => adoption(next, nameOf(template), `spec.dataVolumeTemplates[${index}]`, context) ?? [],
  );
}

/** A disk that a machine uses from now on in the place of another one: the data stays on that one. */
function disk(next: Json, renamed: Json | undefined, created: Effect, context: ChangeContext): Effect {
  const replaced = renamed === undefined ? replacedDisk(next, context) : nameOf(renamed);
  if (replaced === undefined) {
    return { ...created, ...stayingImage(next, textAt(next, 'metadata', 'namespace'), context) };
  }
  return {
    ...created,
    consequence: Consequence.NEW_DISK,
    reason: `${isEmptyDisk(next) ? 'it comes up empty' : 'a disk of its own, made from its source'}: what is on ${replaced} does not move`,
    remedy: "keep the name, or write 'updateVolumesStrategy: Migration' on the machine to move the data",
    source: 'CDI, pkg/controller/datavolume/controller-base.go',
  };
}

/** Whether a new disk holds nothing: a claim without a source, a blank image, or one that is yet to be uploaded. */
function isEmptyDisk(disk: Json): boolean {
  if (disk.kind === 'PersistentVolumeClaim')
    return ['dataSource', 'dataSourceRef'].every((key) => valueAt(disk, 'spec', key) === undefined);
  return ['blank', 'upload'].some((key) => valueAt(disk, 'spec', 'source', key) !== undefined);
}

function nameOf(object: Json): string {
  return textAt(object, 'metadata', 'name');
}
