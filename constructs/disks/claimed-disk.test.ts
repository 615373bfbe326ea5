import { Size } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { AccessMode, ClaimApi, VolumeMode } from '../storage/claim-modes';
import { Disk, IDisk } from '../storage/disk';
import { GrownDisk, GrowOptions } from './claimed-disk';
import { DataVolumeImport } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { DataVolumeTemplate } from './data-volume-template';
import { DiskClone } from './disk-clone';
import { SecondaryDisk, SecondaryDiskKind, SecondaryDiskProps } from './secondary-disk';
import { UploadTarget } from './upload-target';

const ALL: Required<Omit<SecondaryDiskProps, 'populator'>> = {
  name: 'alpine-data',
  namespace: 'other',
  labels: { app: 'alpine' },
  annotations: { note: 'yes' },
  size: Size.gibibytes(50),
  accessModes: [AccessMode.READ_WRITE_ONCE],
  volumeMode: VolumeMode.FILESYSTEM,
  storageClassName: 'slow',
  catalog: StorageCatalog.of({ storageClasses: [{ name: 'slow', provisioner: 'csi.example.com' }] }),
  kind: SecondaryDiskKind.DATA_VOLUME,
  bindImmediately: true,
  volumeName: 'pv-1',
  overrides: { metadata: { finalizers: ['a/b'] } },
};

describe('ClaimedDisk.grow', () => {
  test('writes the claim anew, larger, and all else as it was', () => {
    const populator = { kind: 'PersistentVolumeClaim', name: 'seed' };
    const props = { ...ALL, kind: SecondaryDiskKind.CLAIM, bindImmediately: false, populator };
    const disk = new SecondaryDisk(testChart('lab'), 'data', props);
    const grown = disk.grow(testChart('later'), 'data', Size.gibibytes(60));
    expect(manifest(grown)).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'alpine-data',
        namespace: 'other',
        labels: { app: 'alpine' },
        annotations: { note: 'yes' },
        finalizers: ['a/b'],
      },
      spec: {
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        storageClassName: 'slow',
        resources: { requests: { storage: '60Gi' } },
        volumeName: 'pv-1',
        dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'seed' },
      },
    });
    expect(grown.claimName).toBe('alpine-data');
    expect(grown.size).toEqual(Size.gibibytes(60));
  });

  test('writes the claim of a blank DataVolume, without what was meant for the DataVolume itself', () => {
    const grown = new SecondaryDisk(testChart('lab'), 'data', ALL).grow(testChart(), 'data', Size.gibibytes(60));
    expect(manifest(grown)).toMatchObject({ kind: 'PersistentVolumeClaim', metadata: { labels: { app: 'alpine' } } });
    expect(manifest(grown).metadata).not.toHaveProperty('finalizers');
  });

  test('takes every option, and keeps them when the disk grows again', () => {
    const options: Required<GrowOptions> = {
      labels: { step: 'two' },
      annotations: { note: 'no' },
      overrides: { spec: { volumeName: 'pv-2' } },
    };
    const grown = new SecondaryDisk(testChart('lab'), 'data', {
      ...ALL,
      kind: SecondaryDiskKind.CLAIM,
      bindImmediately: false,
    })
      .grow(testChart(), 'data', Size.gibibytes(60), options)
      .grow(testChart(), 'data', Size.gibibytes(70));
    expect(manifest(grown)).toMatchObject({
      metadata: { name: 'alpine-data', labels: { step: 'two' }, annotations: { note: 'no' } },
      spec: { resources: { requests: { storage: '70Gi' } }, volumeName: 'pv-2' },
    });
  });

  test.each([
    [Size.mebibytes(1023), `"1023Mi"`],
    [Size.mebibytes(1024), `"1Gi"`],
    [Size.kibibytes(976_562.5), `"1G"`],
  ])('fails when %p is not larger', (size, got) => {
    const disk = new SecondaryDisk(testChart(), 'data', { size: Size.gibibytes(1) });
    expect(failureOf(() => disk.grow(testChart(), 'grown', size))).toBe(
      `[test/grown] 'size' must be more than '1Gi' (the disk's size so far), got ${got}; a claim can only grow`,
    );
  });

  test('grows by as little as a mebibyte', () => {
    const disk = new SecondaryDisk(testChart(), 'data', { size: Size.gibibytes(1) });
    expect(disk.grow(testChart(), 'grown', Size.mebibytes(1025)).size).toEqual(Size.mebibytes(1025));
  });

  test.each([
    [undefined, `'size' must be given, got nothing`],
    ['2Gi', `'size' must be a Size of cdk8s, got "2Gi"; write Quantity.parse('2Gi')`],
  ])('fails when the new size is %p', (size, message) => {
    const disk = new SecondaryDisk(testChart(), 'data', { size: Size.gibibytes(1) });
    expect(failureOf(() => disk.grow(testChart(), 'grown', untyped<Size>(size)))).toContain(`[test/grown] ${message}`);
  });

  test('fails when the options are null', () => {
    const disk = new SecondaryDisk(testChart(), 'data', { size: Size.gibibytes(1) });
    const grow = () => disk.grow(testChart(), 'grown', Size.gibibytes(2), untyped<GrowOptions>(null));
    expect(failureOf(grow)).toBe("[test/grown] 'options' must be an object, got null");
  });

  test('grows what CDI filled: the claim, with what the DataVolume passed on to it', () => {
    const boot = new DataVolumeImport(testChart('lab'), 'boot', {
      source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
      size: Size.gibibytes(10),
      storageClassName: 'fast',
      labels: { app: 'web' },
      bindImmediately: true,
      overrides: { spec: { preallocation: true } },
    });
    expect(manifest(boot.grow(testChart('lab'), 'grown', Size.gibibytes(20)))).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'boot', namespace: 'lab', labels: { app: 'web' } },
      spec: {
        accessModes: ['ReadWriteMany'],
        volumeMode: 'Block',
        storageClassName: 'fast',
        resources: { requests: { storage: '20Gi' } },
      },
    });
  });

  test('grows a clone, beyond the size that it has from its source', () => {
    const source = DataVolumeSource.claim(Disk.fromClaimName('golden', { size: Size.gibibytes(1) }));
    const clone = new DiskClone(testChart('lab'), 'clone', { source });
    expect(clone.grow(testChart('lab'), 'grown', Size.gibibytes(2)).size).toEqual(Size.gibibytes(2));
    expect(failureOf(() => clone.grow(testChart('lab'), 'grown', Size.gibibytes(1)))).toContain(
      "'size' must be more than '1Gi' (the disk's size so far)",
    );
  });

  test('grows what was uploaded, and leaves the annotations that made it wait for that', () => {
    const target = new UploadTarget(testChart('lab'), 'boot', { size: Size.gibibytes(1), bindImmediately: true });
    expect(manifest(target.grow(testChart('lab'), 'grown', Size.gibibytes(2))).metadata).toEqual({
      name: 'boot',
      namespace: 'lab',
      annotations: {
        'cdi.kubevirt.io/storage.upload.target': '',
        'cdi.kubevirt.io/storage.bind.immediate.requested': 'true',
      },
    });
  });

  test('leaves as they are the modes that the StorageProfile decided', () => {
    const boot = new DataVolumeImport(testChart('lab'), 'boot', {
      source: DataVolumeSource.blank(),
      size: Size.gibibytes(1),
      claimApi: ClaimApi.STORAGE,
    });
    const grown = boot.grow(testChart('lab'), 'grown', Size.gibibytes(2));
    expect(manifest(grown).spec).toEqual({ resources: { requests: { storage: '2Gi' } } });
    expect([grown.accessModes, grown.volumeMode, grown.claimApi]).toEqual([undefined, undefined, undefined]);
  });

  test('fails and leaves the tree as it was, so that the id is free', () => {
    const disk = new SecondaryDisk(testChart(), 'data', { size: Size.gibibytes(1) });
    const chart = testChart();
    expect(() => disk.grow(chart, 'grown', Size.gibibytes(1))).toThrow("'size'");
    expect(disk.grow(chart, 'grown', Size.gibibytes(2)).claimName).toBe('data');
  });
});

describe('GrownDisk', () => {
  test('grows a disk that is in the cluster already, as far as it is known', () => {
    const disk = Disk.fromClaimName('old', { namespace: 'lab', storageClassName: 'slow' });
    expect(manifest(new GrownDisk(testChart(), 'grown', disk, Size.gibibytes(2)))).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'old', namespace: 'lab' },
      spec: { storageClassName: 'slow', resources: { requests: { storage: '2Gi' } } },
    });
  });

  test('grows the disk of a template, in the namespace of the chart', () => {
    const disk = DataVolumeTemplate.of('boot', { source: DataVolumeSource.blank(), size: Size.gibibytes(1) });
    expect(manifest(new GrownDisk(testChart('lab'), 'grown', disk, Size.gibibytes(2)))).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'boot', namespace: 'lab' },
      spec: { accessModes: ['ReadWriteMany'], volumeMode: 'Block', resources: { requests: { storage: '2Gi' } } },
    });
  });

  test.each([undefined, null, 'old'])('fails when the disk is %p', (disk) => {
    const make = () => new GrownDisk(testChart(), 'grown', untyped<IDisk>(disk), Size.gibibytes(2));
    expect(failureOf(make)).toContain("[test/grown] 'disk' must be a disk, got ");
  });

  testEscapeHatch(
    (overrides) => new GrownDisk(testChart(), 'grown', Disk.fromClaimName('old'), Size.gibibytes(2), { overrides }),
  );
});
