import { claimSpecs } from '../cluster/claim-request';
import { kindOf, nameKey, nameOf } from '../cluster/identity';
import { Severity } from '../finding';
import { textAt, valueAt } from '../manifests/json';
import { ReviewedSet, SetRule } from './rule';

const DEFAULT_ANNOTATION = 'snapshot.storage.kubernetes.io/is-default-class';

/** Rules for a VolumeSnapshot, and the class that it is taken by. */
export const SNAPSHOT_RULES: readonly SetRule[] = [
  {
    id: 'snapshot-class-default',
    source: 'external-snapshotter v8.2.0, pkg/common-controller/snapshot_controller.go:SetDefaultSnapshotClass',
    severity: Severity.WARNING,
    check: (set, note) => {
      const snapshots = set.objects.filter((one) => kindOf(one) === 'VolumeSnapshot');
      if (snapshots.length === 0 || set.external.some(({ kind }) => kind === 'VolumeSnapshotClass')) return;
      const defaults = defaultsByDriver(set);
      const drivers = driversOfClaims(set);
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

/** Whether one of a driver's classes is the default; nothing of a driver that no class among the manifests is of. */
function defaultsByDriver({ objects }: ReviewedSet): Map<string, boolean> {
  const defaults = new Map<string, boolean>();
  for (const one of objects) {
    if (kindOf(one) !== 'VolumeSnapshotClass') continue;
    const driver = textAt(one.object, 'driver');
    const isDefault = textAt(one.object, 'metadata', 'annotations', DEFAULT_ANNOTATION) === 'true';
    defaults.set(driver, isDefault || defaults.get(driver) === true);
  }
  return defaults;
}

/** The driver of each claim whose storage class stands among the manifests. */
function driversOfClaims(set: ReviewedSet): Map<string, string> {
  const classes = set.objects.filter((one) => kindOf(one) === 'StorageClass');
  const provisioners = new Map(classes.map((one) => [nameOf(one), textAt(one.object, 'provisioner')] as const));
  return new Map(
    claimSpecs(set).flatMap(({ key, storageClassName }) => {
      const driver = provisioners.get(storageClassName) ?? '';
      return driver === '' ? [] : [[key, driver] as const];
    }),
  );
}
