import type { StorageFacts } from '../../../constructs/storage/facts';
import { objectAt, textAt, valueAt, wordOf } from '../../manifests/json';
import type { Json } from '../../rule';
import { Claim, dataVolumeClaim } from '../claim';
import { pointedAt } from '../claim-source';
import type { Kind, LaterClaims } from './kind';
import { namesInClaimSource, namesInDataVolume } from './name-fields';

const CDI = 'cdi.kubevirt.io';

/** What a driver makes a claim of. */
const MADE_OF: ReadonlySet<string> = new Set(['PersistentVolumeClaim', 'VolumeSnapshot']);

/** Claims, and what fills them: DataVolumes, images, snapshots. */
export const CLAIM_KINDS: readonly Kind[] = [
  {
    group: '',
    kind: 'PersistentVolumeClaim',
    claim: 'PersistentVolumeClaim',
    names: (object, note) => {
      note('StorageClass', valueAt(object, 'spec', 'storageClassName'), () => 'spec.storageClassName', '');
      for (const key of ['dataSource', 'dataSourceRef']) {
        const source = objectAt(object, 'spec', key);
        const kind = textAt(source, 'kind');
        if (!MADE_OF.has(kind)) continue;
        note(kind, textAt(source, 'name'), () => `spec.${key}.name`, textAt(source, 'namespace') || undefined);
      }
    },
  },
  {
    group: CDI,
    kind: 'DataVolume',
    claim: 'DataVolume',
    names: (object, note) => namesInDataVolume(objectAt(object, 'spec'), 'spec', note),
  },
  {
    group: CDI,
    kind: 'DataSource',
    pointsAt: pointedAt,
    names: (object, note) => namesInClaimSource(objectAt(object, 'spec', 'source'), 'spec.source', note),
  },
  { group: CDI, kind: 'VolumeCloneSource', pointsAt: pointedAt },
  {
    group: CDI,
    kind: 'DataImportCron',
    managedDataSource,
    names: (object, note) =>
      namesInDataVolume(objectAt(object, 'spec', 'template', 'spec'), 'spec.template.spec', note),
    makes: (object) => [['DataSource', managedDataSource(object)]],
    laterClaims: (object, facts) => [importedClaims(object, facts)],
  },
  {
    group: 'snapshot.storage.k8s.io',
    kind: 'VolumeSnapshot',
    snapshotOf: (object) => textAt(object, 'spec', 'source', 'persistentVolumeClaimName'),
    names: (object, note) => {
      const path = ['spec', 'source', 'persistentVolumeClaimName'] as const;
      note('PersistentVolumeClaim', textAt(object, ...path), () => path.join('.'));
    },
  },
];

function managedDataSource(cron: Json): string {
  return textAt(cron, 'spec', 'managedDataSource');
}

/** How many imports are kept: CDI v1.63.1, pkg/controller/dataimportcron-controller.go, defaultImportsToKeepPerCron. */
const KEPT_IMPORTS = 3;

/**
 * A DataVolume for each digest, named after the DataSource (CDI v1.63.1: pkg/controller/dataimportcron-controller.go,
 * createImportDataVolume, createDvName, garbageCollectOldImports).
 */
function importedClaims(cron: Json, facts: StorageFacts): LaterClaims {
  const kept = valueAt(cron, 'spec', 'importsToKeep') ?? KEPT_IMPORTS;
  const number = textAt(cron, 'spec', 'garbageCollect') === 'Never' ? 'all are kept' : `${wordOf(kept)} are kept`;
  const namespace = textAt(cron, 'metadata', 'namespace');
  const each = dataVolumeClaim(facts, objectAt(cron, 'spec', 'template') ?? {}, namespace);
  const from = each.source.clones?.namespace ?? namespace;
  const account = `${namespace}/${textAt(cron, 'spec', 'serviceAccountName') || 'default'}`;
  const right =
    from === namespace
      ? ''
      : `; it needs create on datavolumes/source in namespace ${from}, from CDI v1.64 on for ServiceAccount ${account}`;
  return {
    names: `${managedDataSource(cron)}-*`,
    each,
    reason: `an import for each new image, ${number}${formatOf(facts, each)}${right}`,
  };
}

/** How the imports of a class are kept (CDI v1.63.1: pkg/controller/dataimportcron-controller.go, handleSnapshot). */
function formatOf({ storageClasses }: StorageFacts, { settled }: Claim): string {
  const storageClass = storageClasses.find(({ name }) => name === settled.storageClassName);
  switch (storageClass?.keepsImportsAsSnapshots) {
    case undefined:
      return ' (as snapshots, where the StorageProfile says so)';
    case true:
      return ' as snapshots';
    case false:
      return '';
  }
}
