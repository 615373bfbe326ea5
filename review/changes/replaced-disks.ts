import { placeKey } from '../cluster/identity';
import { objectsAt, textAt } from '../manifests/json';
import { Json } from '../rule';
import { ChangeContext, StateObjects } from './context';
import { byName, claimOf } from './machine/machine-states';

/** By the new state as a root sees it: the disks that machines change for others, by namespace and name of the new ones. */
const REPLACED = new WeakMap<StateObjects, ReadonlyMap<string, string>>();

/** The disk that a machine uses no longer, as it uses this one in its place; undefined if there is none. */
export function replacedDisk(next: Json, context: ChangeContext): string | undefined {
  let replaced = REPLACED.get(context.after);
  if (replaced === undefined) {
    replaced = new Map(context.after.all('VirtualMachine').flatMap((vm) => replacedBy(vm, context)));
    REPLACED.set(context.after, replaced);
  }
  return replaced.get(placeKey(textAt(next, 'metadata', 'namespace'), textAt(next, 'metadata', 'name')));
}

function replacedBy(vm: Json, { before }: ChangeContext): (readonly [key: string, was: string])[] {
  if (textAt(vm, 'spec', 'updateVolumesStrategy') === 'Migration') return [];
  const [namespace, name] = [textAt(vm, 'metadata', 'namespace'), textAt(vm, 'metadata', 'name')];
  const old = before.find('VirtualMachine', namespace, name);
  if (old === undefined || old === vm) return [];
  const path = ['spec', 'template', 'spec', 'volumes'] as const;
  const volumes = byName(old, ...path);
  return objectsAt(vm, ...path).flatMap((volume) => {
    const [is, was] = [claimOf(volume), claimOf(volumes.get(textAt(volume, 'name')))];
    return is === undefined || was === undefined || was === is ? [] : [[placeKey(namespace, is), was] as const];
  });
}
