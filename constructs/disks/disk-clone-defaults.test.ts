import { Size } from 'cdk8s';
import { failureOf, manifest, testChart } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { AccessMode, ClaimApi, VolumeMode } from '../storage/claim-modes';
import { Disk, IDisk } from '../storage/disk';
import { CloneStrategy } from '../storage/facts';
import { GrownDisk } from './claimed-disk';
import { DataVolumeImport } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { DataVolumeTemplate } from './data-volume-template';
import { DiskClone } from './disk-clone';
import { SecondaryDisk, SecondaryDiskKind } from './secondary-disk';

const CATALOG = StorageCatalog.of({
  storageClasses: [
    { name: 'iscsi', provisioner: 'csi.a', backend: 'iscsi', cloneStrategy: CloneStrategy.SNAPSHOT },
    { name: 'nfs', provisioner: 'csi.a', backend: 'nfs', volumeModes: [VolumeMode.FILESYSTEM] },
  ],
  snapshotClasses: [{ name: 'vsc', driver: 'csi.a' }],
});
const BOOT = Disk.fromClaimName('boot', {
  namespace: 'images',
  size: Size.gibibytes(1),
  accessModes: [AccessMode.READ_WRITE_ONCE],
  volumeMode: VolumeMode.BLOCK,
  storageClassName: 'iscsi',
});
const SOURCE = DataVolumeSource.claim(BOOT);

describe('what a DiskClone takes over from its source', () => {
  test('is asked for by spec.storage where its source is, with the modes that were asked for', () => {
    const image = new DataVolumeImport(testChart('images'), 'image', {
      source: DataVolumeSource.blank(),
      size: Size.gibibytes(2),
      volumeMode: VolumeMode.FILESYSTEM,
      storageClassName: 'iscsi',
      claimApi: ClaimApi.STORAGE,
    });
    const clone = new DiskClone(testChart('lab'), 'clone', { source: DataVolumeSource.claim(image) });
    expect(manifest(clone).spec).toEqual({
      storage: { storageClassName: 'iscsi', volumeMode: 'Filesystem' },
      source: { pvc: { name: 'image', namespace: 'images' } },
    });
    expect([clone.claimApi, image.claimApi]).toEqual(['storage', 'storage']);
  });

  test('of a source that spec.storage asked for, knows that its claim is the larger one', () => {
    const source = DataVolumeSource.claim(
      DataVolumeTemplate.of('image', {
        source: DataVolumeSource.blank(),
        size: Size.gibibytes(1),
        volumeMode: VolumeMode.FILESYSTEM,
        storageClassName: 'iscsi',
        claimApi: ClaimApi.STORAGE,
      }),
    );
    const props = { source, catalog: CATALOG, claimApi: ClaimApi.PVC };
    const make = (size: Size) => () => new DiskClone(testChart('lab'), 'clone', { ...props, size });
    expect(failureOf(make(Size.gibibytes(1)))).toContain(
      'the clone never finishes: the clone asks for less than its source; ask for at least 1086Mi',
    );
    expect(make(Size.mebibytes(1086))().outcome?.kind).toBe('copy');
  });

  test('knows whether CDI asks how large the image in its source is, which it does of no claim that it did not make', () => {
    const claim = { volumeMode: VolumeMode.FILESYSTEM, storageClassName: 'iscsi', size: Size.gibibytes(2) };
    const data = new SecondaryDisk(testChart('lab'), 'data', claim);
    const annotations = { 'cdi.kubevirt.io/storage.import.endpoint': 'https://example.com/disk.img' };
    const imported = new SecondaryDisk(testChart('lab'), 'imported', { ...claim, annotations });
    const kind = SecondaryDiskKind.DATA_VOLUME;
    const blank = new SecondaryDisk(testChart('lab'), 'blank', { ...claim, kind });
    // The image in a file system of 2Gi has 1932Mi.
    const make = (disk: IDisk) => () =>
      new DiskClone(testChart('lab'), 'clone', {
        source: DataVolumeSource.claim(disk),
        claimApi: ClaimApi.STORAGE,
        size: Size.mebibytes(1950),
        volumeMode: VolumeMode.BLOCK,
        catalog: CATALOG,
      });
    const outside = (isPlain: boolean) => Disk.fromClaimName('outside', { ...claim, isPlain });
    const grown = new GrownDisk(testChart('lab'), 'later', { ...data, claimName: 'data' }, Size.gibibytes(3));
    expect([data.isPlain, imported.isPlain, blank.isPlain, grown.isPlain]).toEqual([true, false, undefined, true]);
    for (const disk of [data, outside(true)]) {
      expect(failureOf(make(disk))).toContain('claim of 1950Mi asks for less than that of its source, 2Gi');
    }
    for (const disk of [imported, blank, outside(false)]) expect(make(disk)().outcome?.rule).toBe('P9');
  });

  test.each<[AccessMode[], string]>([
    [[AccessMode.READ_WRITE_ONCE, AccessMode.READ_WRITE_MANY], 'ReadWriteMany'],
    [[AccessMode.READ_WRITE_ONCE, AccessMode.READ_ONLY_MANY], 'ReadWriteOnce'],
  ])('of a source with the access modes %j, by spec.pvc takes %s', (accessModes, expected) => {
    const source = DataVolumeSource.claim({ ...BOOT, accessModes });
    const clone = new DiskClone(testChart('lab'), 'clone', { source });
    expect(clone.accessModes).toEqual([expected]);
    const stored = new DiskClone(testChart('lab'), 'clone', { source, claimApi: ClaimApi.STORAGE });
    expect(stored.accessModes).toBeUndefined();
  });

  test('looks at the annotations that decide', () => {
    const predicted = (annotations: Record<string, string>) =>
      new DiskClone(testChart('lab'), 'clone', { source: SOURCE, catalog: CATALOG, annotations }).outcome?.rule;
    expect(predicted({ 'cdi.kubevirt.io/storage.usePopulator': 'false' })).toBe('L1');
    expect(predicted({ 'cdi.kubevirt.io/storage.usePopulator': 'T' })).toBe('P12');
    const small = { source: SOURCE, catalog: CATALOG, storageClassName: 'nfs', volumeMode: VolumeMode.FILESYSTEM };
    const annotations = { 'cdi.kubevirt.io/permissiveClone': '' };
    const clone = new DiskClone(testChart('lab'), 'clone', { ...small, annotations });
    expect([clone.outcome?.rule, clone.outcome?.kind]).toEqual(['P9', 'copy']);
  });
});
