import type { StorageFacts } from '../../constructs/storage/facts';
import { Claim, dataVolumeClaim, plainClaim } from '../cluster/claim';
import { kindOf } from '../cluster/kinds';
import { ephemeralTemplates } from '../cluster/replicas';
import { isObject, objectAt, textAt, valueAt } from '../manifests/json';
import type { Json } from '../rule';
import { UncountedRow } from './model';

type Uncounted = Omit<UncountedRow, 'group' | 'namespace' | 'object'>;

/**
 * The claims that an object makes in the course of time, whose number or names do not follow from it.
 *
 * | object | makes |
 * | --- | --- |
 * | DataImportCron | a DataVolume for each digest, named after the DataSource (CDI v1.63.1: pkg/controller/dataimportcron-controller.go, createImportDataVolume, createDvName, garbageCollectOldImports) |
 * | VirtualMachineRestore, VirtualMachineClone | `restore-<uid>-<volume>` for each disk of the snapshot (KubeVirt v1.6.2: pkg/storage/snapshot/restore.go, restorePVCName); a clone is a snapshot that is restored |
 * | VirtualMachineExport of a snapshot | a claim for each disk, while the export is there (KubeVirt v1.6.2: pkg/storage/export/export/vmsnapshot-source.go) |
 * | Deployment, DaemonSet, Job … with ephemeral volumes | a claim for each of its pods |
 */
export function uncountedOf(facts: StorageFacts, object: Json): Uncounted[] {
  const name = textAt(object, 'metadata', 'name');
  switch (kindOf(object)) {
    case 'DataImportCron':
      return [cron(facts, object)];
    case 'VirtualMachineRestore':
      return [{ makes: 'restore-*', reason: `a claim for each disk of snapshot ${snapshotOf(object)}` }];
    case 'VirtualMachineClone': {
      const target = textAt(object, 'spec', 'target', 'name');
      const whose = `${textAt(object, 'spec', 'source', 'kind')} ${textAt(object, 'spec', 'source', 'name')}`;
      return [{ makes: 'restore-*', reason: `VM ${target || '*'}, with a claim for each disk of ${whose.trim()}` }];
    }
    case 'VirtualMachineExport':
      return textAt(object, 'spec', 'source', 'kind') === 'VirtualMachineSnapshot'
        ? [{ makes: `${name}-*`, reason: 'a claim for each disk of the snapshot, while the export is there' }]
        : [];
    default:
      return ephemeral(facts, object, name);
  }
}

/** How many imports are kept: CDI v1.63.1, pkg/controller/dataimportcron-controller.go, defaultImportsToKeepPerCron. */
const KEPT_IMPORTS = 3;

function cron(facts: StorageFacts, object: Json): Uncounted {
  const namespace = textAt(object, 'metadata', 'namespace');
  const kept = valueAt(object, 'spec', 'importsToKeep') ?? KEPT_IMPORTS;
  const number = textAt(object, 'spec', 'garbageCollect') === 'Never' ? 'all are kept' : `${String(kept)} are kept`;
  const claim = dataVolumeClaim(facts, objectAt(object, 'spec', 'template') ?? {}, namespace);
  const reason = `an import for each new image, ${number} (as snapshots, where the StorageProfile says so)`;
  return { makes: `${textAt(object, 'spec', 'managedDataSource')}-*`, ...sizeOf(claim), reason };
}

function snapshotOf(restore: Json): string {
  return textAt(restore, 'spec', 'virtualMachineSnapshotName');
}

/** Where the template of its pods stands in an object. */
const POD_TEMPLATES = [
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
];

function ephemeral(facts: StorageFacts, object: Json, name: string): Uncounted[] {
  const pod = POD_TEMPLATES.map((path) => objectAt(object, ...path)).find(isObject);
  if (pod === undefined || !WORKLOADS.has(kindOf(object))) return [];
  const replicas = valueAt(object, 'spec', 'replicas');
  const number = typeof replicas === 'number' ? ` (${replicas})` : '';
  return ephemeralTemplates(pod).map(([volume, template]) => ({
    makes: `${name}-*-${volume}`,
    ...sizeOf(plainClaim(facts, template)),
    reason: `a claim for each pod${number}, as long as it lives`,
  }));
}

const WORKLOADS: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);

function sizeOf({ asked, requested, settled }: Claim): Pick<Uncounted, 'askedEach' | 'bytesEach' | 'storageClass'> {
  return { askedEach: asked, bytesEach: requested, storageClass: settled.storageClassName };
}

/** What a Kustomization may say that changes what is counted: kustomize, api/types/kustomization.go. */
const CHANGES = [
  'namespace',
  'namePrefix',
  'nameSuffix',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replicas',
  'replacements',
  'components',
  'generators',
  'transformers',
  'helmCharts',
];

/** Why what stands below a Kustomization is not what it makes; nothing where it only lists. */
export function kustomizationFault(kustomization: Json): string | undefined {
  const said = CHANGES.filter((field) => kustomization[field] !== undefined && kustomization[field] !== null);
  if (said.length === 0) return undefined;
  const fields = said.map((field) => `'${field}'`).join(', ');
  return `the files are counted as they stand, without ${fields}; to count what it makes: kubectl kustomize DIR | cdk8s-kubevirt inventory -`;
}
