import { Cluster } from '../cluster/cluster';
import { nameKey, nameOf } from '../cluster/identity';
import { Severity } from '../finding';
import { textAt, valueAt } from '../manifests/json';
import { ReferenceRule } from './rule';

const DEFAULT_ANNOTATION = 'snapshot.storage.kubernetes.io/is-default-class';

/** Rules for a VolumeSnapshot, and the class that it is taken by. */
export const SNAPSHOT_RULES: readonly ReferenceRule[] = [
  {
    id: 'snapshot-class-default',
    sentence: 'A snapshot of a claim has a VolumeSnapshotClass.',
    source: 'external-snapshotter v8.2.0, pkg/common-controller/snapshot_controller.go:SetDefaultSnapshotClass',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const snapshots = cluster.ofKind('VolumeSnapshot');
      if (snapshots.length === 0 || cluster.external.some(({ kind }) => kind === 'VolumeSnapshotClass')) return;
      const defaults = defaultsByDriver(cluster);
      const drivers = driversOfClaims(cluster);
      for (const snapshot of snapshots) {
        const claim = textAt(snapshot.object, 'spec', 'source', 'persistentVolumeClaimName');
        const given = valueAt(snapshot.object, 'spec', 'volumeSnapshotClassName') ?? '';
        const driver = drivers.get(nameKey(snapshot, claim));
        if (claim === '' || given !== '' || driver === undefined || defaults.get(driver) !== false) continue;
        const message = `'volumeSnapshotClassName' must be given, since no VolumeSnapshotClass of the driver ${JSON.stringify(driver)} is the default, got nothing; the snapshot is never taken`;
        const remedy = `or annotate one of them with '${DEFAULT_ANNOTATION}: "true"'`;
        note(snapshot, 'spec.volumeSnapshotClassName', message, remedy);
      }
    },
  },
];

/** Whether one of the classes of a driver is the default, by the drivers of the classes among the manifests. */
function defaultsByDriver(cluster: Cluster): Map<string, boolean> {
  const defaults = new Map<string, boolean>();
  for (const one of cluster.ofKind('VolumeSnapshotClass')) {
    const driver = textAt(one.object, 'driver');
    const isDefault = textAt(one.object, 'metadata', 'annotations', DEFAULT_ANNOTATION) === 'true';
    defaults.set(driver, isDefault || defaults.get(driver) === true);
  }
  return defaults;
}

/** The driver of each claim whose storage class stands among the manifests. */
function driversOfClaims(cluster: Cluster): Map<string, string> {
  const classes = cluster.ofKind('StorageClass');
  const provisioners = new Map(classes.map((one) => [nameOf(one), textAt(one.object, 'provisioner')] as const));
  return new Map(
    cluster.claimRequests.flatMap(({ key, storageClassName }) => {
      const driver = provisioners.get(storageClassName) ?? '';
      return driver === '' ? [] : [[key, driver] as const];
    }),
  );
}
