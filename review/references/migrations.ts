import { Claim, dataVolumeClaim, plainClaim } from '../cluster/claim';
import { Cluster } from '../cluster/cluster';
import { nameKey, nameOf, namespaceOf, placeKey } from '../cluster/identity';
import { smallTarget } from '../cluster/migrated-disk';
import { Severity } from '../finding';
import { objectsAt, textAt, valueAt } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
import { Json } from '../rule';
import { ReferenceRule } from './rule';

/** Rules for a change that moves the data of a running machine. */
export const MIGRATION_RULES: readonly ReferenceRule[] = [
  {
    id: 'migration-target-size',
    sentence: 'The claim that a volume is migrated to has room for the disk in the one that it leaves.',
    source:
      'QEMU, block/mirror.c: a disk is copied to a target that is at least as large; KubeVirt, pkg/virt-launcher/virtwrap/live-migration-source.go:configureLocalDiskToMigrate',
    severity: Severity.ERROR,
    check: (cluster, note) => {
      const moved = cluster.virtualMachines.filter(
        ({ from: { object, old } }) => old !== undefined && migrates(object),
      );
      if (moved.length === 0) return;
      const { facts } = cluster.end.storage;
      const claims = firstClaims(cluster);
      for (const { from } of moved) {
        const old = new Map(volumesOf(from.old!).map((volume) => [textAt(volume, 'name'), claimOf(volume)]));
        for (const [index, volume] of volumesOf(from.object).entries()) {
          const [source, target] = [old.get(textAt(volume, 'name')) ?? '', claimOf(volume)];
          if (source === '' || target === '' || source === target) continue;
          const [has, gets] = [claims.get(nameKey(from, source)), claims.get(nameKey(from, target))];
          if (has === undefined || gets === undefined) continue;
          const origin = cluster.clones.get(placeKey(namespaceOf(from), source))?.source?.claim;
          const small = smallTarget(facts, has.claim, gets.claim, origin);
          if (small === undefined) continue;
          const least = small.least ?? has.size;
          const what = small.least === undefined ? `the claim '${source}'` : `for the disk in the claim '${source}'`;
          const message = `'storage' of the claim '${target}' must be at least '${least}' (${what}, which the volume leaves), got ${JSON.stringify(gets.size)}`;
          const field = `spec.template.spec.volumes[${index}]`;
          note(from, field, message, `ask for at least ${least}`);
        }
      }
    },
  },
];

function migrates(object: Json): boolean {
  return valueAt(object, 'spec', 'updateVolumesStrategy') === 'Migration';
}

function volumesOf(object: Json): readonly Json[] {
  return objectsAt(object, 'spec', 'template', 'spec', 'volumes');
}

function claimOf(volume: Json): string {
  return textAt(volume, 'dataVolume', 'name') || textAt(volume, 'persistentVolumeClaim', 'claimName');
}

const REQUEST = ['resources', 'requests', 'storage'] as const;

/** A claim, and the size that it asks for as it is written. */
interface SizedClaim {
  readonly claim: Claim;
  readonly size: string;
}

/** The claims among the manifests that ask for a size, each as it was written first: a claim does not shrink. */
function firstClaims(cluster: Cluster): ReadonlyMap<string, SizedClaim> {
  const { facts } = cluster.end.storage;
  const claims = new Map<string, SizedClaim>();
  for (const kind of ['DataVolume', 'PersistentVolumeClaim']) {
    for (const reviewed of cluster.ofKind(kind)) {
      const key = nameKey(reviewed, nameOf(reviewed));
      if (claims.has(key)) continue;
      const { object } = reviewed;
      const claim =
        kind === 'DataVolume' ? dataVolumeClaim(facts, object, namespaceOf(reviewed)) : plainClaim(facts, object);
      const size = valueAt(claim.written, ...REQUEST);
      if (parseQuantity(size) !== undefined) claims.set(key, { claim, size: String(size) });
    }
  }
  return claims;
}
