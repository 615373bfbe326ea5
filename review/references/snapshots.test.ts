import { Json } from '../rule';
import { found, machine, object } from '../testing/reference-tester';
import { SNAPSHOT_RULES } from './snapshots';

const RULE = 'snapshot-class-default';
const snapshot = (more: Json = {}) =>
  object('VolumeSnapshot', 's', { spec: { source: { persistentVolumeClaimName: 'x' }, ...more } });
const claim = object('PersistentVolumeClaim', 'x', { spec: { storageClassName: 'fast' } });
const storageClass = object('StorageClass', 'fast', { provisioner: 'csi.a' });
const snapshotClass = (driver: string, isDefault?: string) =>
  object('VolumeSnapshotClass', `of-${driver}`, {
    metadata: { name: `of-${driver}`, annotations: { 'snapshot.storage.kubernetes.io/is-default-class': isDefault } },
    driver,
  });
const of = (objects: Parameters<typeof found>[2], external: Parameters<typeof found>[3] = []) =>
  found(SNAPSHOT_RULES, RULE, objects, external);

describe(RULE, () => {
  test.each([
    ['a claim', claim],
    ['a DataVolume with spec.pvc', object('DataVolume', 'x', { spec: { pvc: { storageClassName: 'fast' } } })],
    ['a DataVolume with spec.storage', object('DataVolume', 'x', { spec: { storage: { storageClassName: 'fast' } } })],
    [
      'a template of a machine',
      machine(
        'a',
        {},
        { dataVolumeTemplates: [{ metadata: { name: 'x' }, spec: { pvc: { storageClassName: 'fast' } } }] },
      ),
    ],
  ])('warns of a snapshot without a class, of %s whose driver has classes and no default', (_title, disk) => {
    expect(of([snapshot(), disk, storageClass, snapshotClass('csi.a')])).toEqual([
      {
        name: 's',
        field: 'spec.volumeSnapshotClassName',
        message: `'volumeSnapshotClassName' must be given, since no VolumeSnapshotClass of the driver "csi.a" is the default, got nothing; the snapshot is never taken`,
      },
    ]);
  });

  test('takes only "true" for the default', () => {
    expect(of([snapshot(), claim, storageClass, snapshotClass('csi.a', 'false')])).toHaveLength(1);
  });

  test.each<[title: string, objects: Parameters<typeof found>[2]]>([
    [
      'a class is given',
      [snapshot({ volumeSnapshotClassName: 'of-csi.a' }), claim, storageClass, snapshotClass('csi.a')],
    ],
    ['one is the default', [snapshot(), claim, storageClass, snapshotClass('csi.a', 'true')]],
    ['no class of the driver is known', [snapshot(), claim, storageClass, snapshotClass('csi.b')]],
    ['the driver is not known', [snapshot(), claim, snapshotClass('csi.a')]],
    ['the disk is not known', [snapshot(), storageClass, snapshotClass('csi.a')]],
    [
      'the storage class is the default one, which is not known',
      [snapshot(), object('PersistentVolumeClaim', 'x', { spec: {} }), storageClass, snapshotClass('csi.a')],
    ],
    [
      'it stands for a snapshot that exists',
      [snapshot({ source: { volumeSnapshotContentName: 'c' } }), claim, storageClass, snapshotClass('csi.a')],
    ],
  ])('says nothing where %s', (_title, objects) => {
    expect(of(objects)).toEqual([]);
  });

  test('says nothing where the cluster has a class of its own', () => {
    const external = [{ kind: 'VolumeSnapshotClass', name: 'other' }];
    expect(of([snapshot(), claim, storageClass, snapshotClass('csi.a')], external)).toEqual([]);
  });
});
