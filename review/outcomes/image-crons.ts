import { Cluster } from '../cluster/cluster';
import { nameOf, namespaceOf, placeKey } from '../cluster/identity';
import { CRON_LABEL } from '../cluster/state';
import { Severity } from '../finding';
import { textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { OutcomeRule } from './rule';

const CONTROLLER = 'CDI, pkg/controller/dataimportcron-controller.go';

/** Rules that what a DataImportCron imports can be cloned. */
export const IMAGE_CRON_RULES: readonly OutcomeRule[] = [
  {
    id: 'cron-data-source',
    sentence: 'The DataSource that a DataImportCron keeps up to date is its own.',
    source: `${CONTROLLER}:getDataSource, shouldReconcileCron`,
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const firsts = new Map<string, Reviewed>();
      for (const cron of lastCrons(cluster)) {
        const [namespace, managed] = [namespaceOf(cron), textAt(cron.object, 'spec', 'managedDataSource')];
        if (managed === '') continue;
        const key = placeKey(namespace, managed);
        const other = firsts.get(key);
        const got = JSON.stringify(managed);
        if (other !== undefined) {
          const message = `'managedDataSource' must be of one DataImportCron, got ${got}, which DataImportCron ${nameOf(other)} manages, too; the one that comes second does nothing`;
          note(cron, FIELD, message, 'name another DataSource');
          continue;
        }
        firsts.set(key, cron);
        const dataSource = cluster.object('DataSource', namespace, managed);
        if (dataSource === undefined) continue;
        const label = textAt(dataSource.object, 'metadata', 'labels', CRON_LABEL);
        if (label === nameOf(cron)) continue;
        const message = `'managedDataSource' must be a DataSource that bears the label '${CRON_LABEL}: ${nameOf(cron)}', or one that CDI makes, got ${got} ${label === '' ? 'without it' : `with '${label}'`}; the images are imported, and the DataSource stays as it is written`;
        note(cron, FIELD, message, 'leave the DataSource out, or label it');
      }
    },
  },
  {
    id: 'cron-snapshot-class',
    sentence: 'The images of a DataImportCron that are kept as snapshots have a VolumeSnapshotClass of their driver.',
    source: `${CONTROLLER}:handleSnapshot, getSourceFormat`,
    severity: Severity.ERROR,
    check: (cluster, note) => {
      if (cluster.ofKind('DataImportCron').length === 0) return;
      const { facts, isWhole } = cluster.end.storage;
      if (!isWhole || facts.snapshotClasses === undefined) return;
      for (const cron of lastCrons(cluster)) {
        const standing = cluster.end.objects.get('DataImportCron', placeKey(namespaceOf(cron), nameOf(cron)));
        const claim = standing?.laterClaims?.[0]?.each;
        const storageClass = facts.storageClasses.find(({ name }) => name === claim?.settled.storageClassName);
        if (claim === undefined || storageClass?.keepsImportsAsSnapshots !== true) continue;
        if (facts.snapshotClasses.some(({ driver }) => driver === storageClass.provisioner)) continue;
        const field = `spec.template.spec.${claim.writer}.storageClassName`;
        const message = `'storageClassName' must be a class whose driver has a VolumeSnapshotClass, got ${storageClass.name} of ${storageClass.provisioner}, whose StorageProfile keeps images as snapshots; the snapshot is never ready, and nor is the DataSource`;
        note(
          cron,
          field,
          message,
          `make a VolumeSnapshotClass, or set 'dataImportCronSourceFormat: pvc' of the StorageProfile`,
        );
      }
    },
  },
];

const FIELD = 'spec.managedDataSource';

/** The crons in their last states, in the order in which they are applied. */
function lastCrons(cluster: Cluster): Reviewed[] {
  return cluster
    .ofKind('DataImportCron')
    .filter((cron) => nameOf(cron) !== '')
    .filter((cron) => cluster.object('DataImportCron', namespaceOf(cron), nameOf(cron)) === cron);
}
