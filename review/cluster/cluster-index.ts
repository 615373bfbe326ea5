import { Reviewed } from '../manifests/manifest';
import { Catalogue } from './catalogue';
import { kindNameOf, nameOf, namespaceOf } from './identity';
import { Kind, kindOf } from './kinds';
import { Machine, machineOf, sampleMachineOf } from './machine';

/** What one walk over all objects finds. */
export interface Index {
  /** The kind of each object, in their order. */
  readonly kinds: readonly (Kind | undefined)[];
  readonly byKind: ReadonlyMap<Kind, readonly Reviewed[]>;
  readonly catalogue: Catalogue;
  readonly machines: readonly Machine[];
  readonly virtualMachines: readonly Machine[];
  readonly samples: readonly Machine[];
  readonly withSettings: readonly Reviewed[];
  /** The objects whose kind has no entry in the table of kinds. */
  readonly strangers: readonly Reviewed[];
}

/** Walks over the objects once. */
export function indexOf(objects: readonly Reviewed[]): Index {
  const kinds: (Kind | undefined)[] = [];
  const byKind = new Map<Kind, Reviewed[]>();
  const catalogue = new Catalogue();
  const machines: Machine[] = [];
  const samples: Machine[] = [];
  const withSettings: Reviewed[] = [];
  const strangers: Reviewed[] = [];
  for (const reviewed of objects) {
    const kind = kindOf(reviewed.object);
    const [name, namespace] = [nameOf(reviewed), namespaceOf(reviewed)];
    kinds.push(kind);
    catalogue.add(kindNameOf(reviewed), name, namespace);
    if (kind === undefined) {
      strangers.push(reviewed);
      continue;
    }
    const same = byKind.get(kind);
    if (same === undefined) byKind.set(kind, [reviewed]);
    else same.push(reviewed);
    for (const [made, its] of kind.makes?.(reviewed.object, name) ?? []) {
      if (its !== '') catalogue.add(made, its, namespace);
    }
    const machine = kind.machine === undefined ? undefined : machineOf(reviewed);
    if (machine !== undefined) machines.push(machine);
    const sample = machine ?? (kind.replicas === undefined ? undefined : sampleMachineOf(reviewed));
    if (sample !== undefined) samples.push(sample);
    if (kind.settings !== undefined) withSettings.push(reviewed);
  }
  const virtualMachines = machines.filter(({ isInstance }) => !isInstance);
  return { kinds, byKind, catalogue, machines, virtualMachines, samples, withSettings, strangers };
}
