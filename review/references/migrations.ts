import { Cluster } from '../cluster/cluster';
import { nameKey, nameOf } from '../cluster/identity';
import { Severity } from '../finding';
import { objectsAt, textAt, valueAt } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
import { Json } from '../rule';
import { ReferenceRule } from './rule';

/** Rules for a change that moves the data of a running machine. */
export const MIGRATION_RULES: readonly ReferenceRule[] = [
  {
    id: 'migration-target-size',
    sentence: 'The claim that a volume is migrated to is at least as large as the one that it leaves.',
    source: 'QEMU, block/mirror.c: a disk is copied to a target that is at least as large',
    severity: Severity.ERROR,
    check: (cluster, note) => {
      const moved = cluster.virtualMachines.filter(
        ({ from: { object, old } }) => old !== undefined && migrates(object),
      );
      if (moved.length === 0) return;
      const sizes = sizesOf(cluster);
      for (const { from } of moved) {
        const old = new Map(volumesOf(from.old!).map((volume) => [textAt(volume, 'name'), claimOf(volume)]));
        for (const [index, volume] of volumesOf(from.object).entries()) {
          const [source, target] = [old.get(textAt(volume, 'name')) ?? '', claimOf(volume)];
          if (source === '' || target === '' || source === target) continue;
          const [has, gets] = [sizes.get(nameKey(from, source)), sizes.get(nameKey(from, target))];
          if (has === undefined || gets === undefined || parseQuantity(gets)! >= parseQuantity(has)!) continue;
          const message = `'storage' of the claim '${target}' must be at least '${has}' (the claim '${source}', which the volume leaves), got ${JSON.stringify(gets)}`;
          const field = `spec.template.spec.volumes[${index}]`;
          note(from, field, message, `ask for at least ${has}`);
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

/** What the claims among the manifests ask for, each as it was written first: a claim does not shrink. */
function sizesOf(cluster: Cluster): ReadonlyMap<string, string> {
  const sizes = new Map<string, string>();
  for (const kind of ['DataVolume', 'PersistentVolumeClaim']) {
    for (const reviewed of cluster.ofKind(kind)) {
      const spec = valueAt(reviewed.object, 'spec');
      const size = [[], ['pvc'], ['storage']]
        .map((at) => valueAt(spec, ...at, ...REQUEST))
        .find((one) => one !== undefined);
      const key = nameKey(reviewed, nameOf(reviewed));
      if (parseQuantity(size) !== undefined && !sizes.has(key)) sizes.set(key, String(size));
    }
  }
  return sizes;
}
