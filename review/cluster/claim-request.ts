import { isObject, objectsAt, textAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { ReviewedSet } from '../references/rule';
import { factsOf } from './cluster';
import { nameKey, nameOf } from './identity';

/** What is asked for a claim, by itself, by a DataVolume, or by the template of a machine. */
export interface ClaimSpec {
  /** Its namespace and name, as `nameKey` writes them. */
  readonly key: string;
  /** Access modes, as far as they are said. */
  readonly accessModes: readonly unknown[];
  /** Storage class; empty where it is the default one. */
  readonly storageClassName: string;
}

const SPECS = new WeakMap<ReviewedSet, readonly ClaimSpec[]>();

/** Every claim that the manifests ask for; gathered once a set. */
export function claimSpecs(set: ReviewedSet): readonly ClaimSpec[] {
  let specs = SPECS.get(set);
  if (specs === undefined) SPECS.set(set, (specs = gather(set)));
  return specs;
}

function gather(set: ReviewedSet): ClaimSpec[] {
  const { claims, dataVolumes, machines } = factsOf(set);
  return [
    ...claims.map((claim) => claimSpec(claim, nameOf(claim), [claim.object.spec])),
    ...dataVolumes.map((volume) => claimSpec(volume, nameOf(volume), inDataVolume(volume.object))),
    ...machines.flatMap((machine) =>
      objectsAt(machine.object, 'spec', 'dataVolumeTemplates').map((template) =>
        claimSpec(machine, textAt(template, 'metadata', 'name'), inDataVolume(template)),
      ),
    ),
  ];
}

function inDataVolume(volume: unknown): unknown[] {
  return [valueAt(volume, 'spec', 'pvc'), valueAt(volume, 'spec', 'storage')];
}

function claimSpec(owner: Reviewed, name: string, specs: readonly unknown[]): ClaimSpec {
  const given = specs.filter(isObject);
  return {
    key: nameKey(owner, name),
    accessModes: given.flatMap(({ accessModes }) => accessModes ?? []),
    storageClassName: given.map((spec) => textAt(spec, 'storageClassName')).find((name) => name !== '') ?? '',
  };
}
