import { isDeepStrictEqual } from 'node:util';
import { textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { Deletion } from '../manifests/roots/root';
import { keyOf, nameOf } from './identity';

/**
 * The objects of a root as the states in which they are applied: of a folder of steps, in the order of its files, each object
 * that an earlier step said otherwise with the state before it. What the runbook deletes in between is made anew.
 */
export function asStates(objects: readonly Reviewed[]): readonly Reviewed[] {
  const root = objects[0]?.root;
  if (root?.kind !== 'steps') return objects;
  const files = [...new Set(objects.map(fileOf))].sort();
  const order = new Map(files.map((file, index) => [file, index]));
  const last = new Map<string, Reviewed>();
  const inOrder = [...objects].sort((a, b) => order.get(fileOf(a))! - order.get(fileOf(b))!);
  return inOrder.map((reviewed) => {
    const key = keyOf(reviewed);
    const before = last.get(key);
    last.set(key, reviewed);
    if (before === undefined || nameOf(reviewed) === '' || fileOf(before) === fileOf(reviewed)) return reviewed;
    if (reviewed.old !== undefined || isDeepStrictEqual(before.object, reviewed.object)) return reviewed;
    const [first, second] = [order.get(fileOf(before))!, order.get(fileOf(reviewed))!];
    const isGone = (root.deletions ?? []).some((deletion) => {
      const at = order.get(deletion.after) ?? -1;
      return at >= first && at < second && isOf(deletion, reviewed);
    });
    return isGone ? reviewed : { ...reviewed, old: before.object };
  });
}

function fileOf({ origin: { file = '' } }: Reviewed): string {
  return file;
}

/** Short names of kinds, as kubectl takes them. */
const SHORT_NAMES: Readonly<Record<string, readonly string[]>> = {
  DataVolume: ['dv', 'dvs'],
  PersistentVolumeClaim: ['pvc', 'pvcs'],
  StorageClass: ['sc', 'storageclasses'],
  VirtualMachine: ['vm', 'vms'],
  VirtualMachineInstance: ['vmi', 'vmis'],
};

/** Whether what a runbook deletes is this object. */
export function isOf({ kind, name }: Deletion, reviewed: Pick<Reviewed, 'object'>): boolean {
  if (name !== textAt(reviewed.object, 'metadata', 'name')) return false;
  const own = textAt(reviewed.object, 'kind');
  const word = own.toLowerCase();
  return kind === word || kind === `${word}s` || (SHORT_NAMES[own] ?? []).includes(kind);
}
