import { Size } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { AccessMode, ClaimApi, ContentType, VolumeMode } from '../storage/claim-modes';
import { Disk } from '../storage/disk';
import { CloneStrategy } from '../storage/facts';
import { ClaimSelection } from './claim-selection';
import { DataVolumeSource } from './data-volume-source';
import { DiskClone, DiskCloneProps } from './disk-clone';
import { ImportOptions } from './import-options';
import { DiskSnapshot } from './snapshot';

const CATALOG = StorageCatalog.of({
  storageClasses: [
    { name: 'iscsi', provisioner: 'csi.a', backend: 'iscsi', cloneStrategy: CloneStrategy.SNAPSHOT },
    { name: 'nvme', provisioner: 'csi.a', backend: 'nvme', cloneStrategy: CloneStrategy.SNAPSHOT },
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

describe('DiskClone', () => {
  test('is as its source is, as far as that is known', () => {
    const clone = new DiskClone(testChart('lab'), 'clone', { source: SOURCE });
    expect(manifest(clone)).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { name: 'clone', namespace: 'lab' },
      spec: {
        pvc: {
          accessModes: ['ReadWriteOnce'],
          volumeMode: 'Block',
          storageClassName: 'iscsi',
          resources: { requests: { storage: '1Gi' } },
        },
        source: { pvc: { name: 'boot', namespace: 'images' } },
      },
    });
    expect(clone.outcome).toBeUndefined();
  });

  test('is a block device for many nodes where nothing is known of its source', () => {
    const source = DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName('boot-1'));
    expect(manifest(new DiskClone(testChart('lab'), 'clone', { source, size: Size.gibibytes(1) })).spec).toEqual({
      pvc: { accessModes: ['ReadWriteMany'], volumeMode: 'Block', resources: { requests: { storage: '1Gi' } } },
      source: { snapshot: { name: 'boot-1', namespace: 'lab' } },
    });
  });

  test('leaves size and modes to CDI with ClaimApi.STORAGE, and keeps the class', () => {
    const clone = new DiskClone(testChart('lab'), 'clone', { source: SOURCE, claimApi: ClaimApi.STORAGE });
    expect(manifest(clone).spec).toEqual({
      storage: { storageClassName: 'iscsi' },
      source: { pvc: { name: 'boot', namespace: 'images' } },
    });
  });

  test('writes every prop', () => {
    const props: Required<Omit<DiskCloneProps, keyof ClaimSelection | keyof ImportOptions>> = {
      name: 'alpine-clone',
      namespace: 'other',
      labels: { method: 'clone1' },
      annotations: { note: 'yes' },
      source: SOURCE,
      size: Size.gibibytes(2),
      accessModes: [AccessMode.READ_WRITE_MANY],
      volumeMode: VolumeMode.FILESYSTEM,
      storageClassName: 'nfs',
      contentType: ContentType.KUBEVIRT,
      claimApi: ClaimApi.STORAGE,
      bindImmediately: true,
      overrides: { spec: { preallocation: true } },
      catalog: CATALOG,
    };
    const clone = new DiskClone(testChart('lab'), 'clone', props);
    expect(manifest(clone)).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: {
        name: 'alpine-clone',
        namespace: 'other',
        labels: { method: 'clone1' },
        annotations: { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true', note: 'yes' },
      },
      spec: {
        storage: {
          accessModes: ['ReadWriteMany'],
          volumeMode: 'Filesystem',
          storageClassName: 'nfs',
          resources: { requests: { storage: '2Gi' } },
        },
        contentType: 'kubevirt',
        source: { pvc: { name: 'boot', namespace: 'images' } },
        preallocation: true,
      },
    });
    expect(clone.outcome?.kind).toBe('copy');
  });

  test('says what the clone will do, where a catalog tells', () => {
    expect(new DiskClone(testChart('lab'), 'a', { source: SOURCE, catalog: CATALOG }).outcome).toMatchObject({
      kind: 'snapshot',
      evidence: 'measured',
    });
    const snapshot = DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName('boot-1', { disk: BOOT }));
    expect(new DiskClone(testChart('lab'), 'b', { source: snapshot, catalog: CATALOG }).outcome?.rule).toBe('S8');
    const unknown = { source: DataVolumeSource.claim(Disk.fromClaimName('a')), size: Size.gibibytes(1) };
    expect(new DiskClone(testChart('lab'), 'c', { ...unknown, catalog: CATALOG }).outcome?.kind).toBe('unknown');
    const stranger = { source: DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName('a')), size: Size.gibibytes(1) };
    expect(new DiskClone(testChart('lab'), 'd', { ...stranger, catalog: CATALOG }).outcome).toBeUndefined();
  });

  test.each([
    [
      { storageClassName: 'nvme' },
      `the clone never finishes: iscsi and nvme have no common backend, and the CSI driver refuses to clone across backends; set the StorageProfile nvme to cloneStrategy 'copy'`,
    ],
    [
      { storageClassName: 'nfs', volumeMode: VolumeMode.FILESYSTEM },
      `the clone never finishes: the volume modes differ (Block, Filesystem): CDI falls back to a copy; of a Filesystem claim of 1Gi 966Mi are usable, and the Block source holds 1Gi; ask for 1086Mi, or write claimApi: ClaimApi.STORAGE, or export the disk with QcowExporter and import it`,
    ],
    [
      { storageClassName: 'nfs' },
      `'volumeMode' must be one with which the claim is bound: the class nfs makes no volume of ReadWriteOnce with volume mode Block (its storage serves Filesystem): the claim is never bound; ask for volume mode Filesystem, or name another class`,
    ],
  ])('fails when the clone would never finish: %j', (props, message) => {
    const make = () => new DiskClone(testChart('lab'), 'clone', { source: SOURCE, catalog: CATALOG, ...props });
    expect(failureOf(make)).toBe(`[test/clone] ${message}`);
  });

  test.each([
    [1085, false],
    [1086, true],
  ])('takes the size that its own message names: %i Mi', (mebibytes, taken) => {
    const props = {
      source: SOURCE,
      catalog: CATALOG,
      size: Size.mebibytes(mebibytes),
      storageClassName: 'nfs',
      volumeMode: VolumeMode.FILESYSTEM,
    };
    const make = () => new DiskClone(testChart('lab'), 'clone', props);
    if (taken) expect(make).not.toThrow();
    else expect(failureOf(make)).toContain('the clone never finishes');
  });

  test.each([
    [undefined, `'props' must be an object, got nothing`],
    [null, `'props' must be an object, got null`],
    ['boot', `'props' must be an object, got a value of type 'string'`],
    [{}, `'source' must be a DataVolumeSource, got nothing`],
    [{ source: BOOT }, `'source' must be a DataVolumeSource, got an object; write DataVolumeSource.claim(`],
    [
      { source: DataVolumeSource.blank(), size: Size.gibibytes(1) },
      `'source' must be a claim or a snapshot, got "blank"; write DataVolumeSource.claim(disk) or DataVolumeSource.snapshot`,
    ],
    [
      { source: SOURCE, size: Size.mebibytes(512) },
      `'size' must be at least '1Gi' (the source disk), got "512Mi"; a cl`,
    ],
    [{ source: SOURCE, size: '2Gi' }, `'size' must be a Size of cdk8s, got "2Gi"; write Quantity.parse('2Gi')`],
    [{ source: SOURCE, accessModes: null }, `'accessModes' must be a list of`],
    [{ source: SOURCE, volumeMode: null }, `'volumeMode' must be 'Block' or 'Filesystem', got null`],
    [{ source: SOURCE, storageClassName: null }, `'storageClassName' must be a DNS name`],
    [{ source: SOURCE, catalog: {} }, `'catalog' must be a StorageCatalog, got an object; write StorageC`],
    [{ source: SOURCE, catalog: null }, `'catalog' must be a StorageCatalog, got null`],
  ])('fails when the props are %p', (props, message) => {
    const make = () => new DiskClone(testChart('lab'), 'clone', untyped<DiskCloneProps>(props));
    expect(failureOf(make)).toContain(`[test/clone] ${message}`);
  });

  test('fails when there is no source', () => {
    // @ts-expect-error a source must be given
    expect(() => new DiskClone(testChart('lab'), 'clone', {})).toThrow("'source'");
  });

  test.each<[string, string | undefined, DataVolumeSource]>([
    ['another namespace', 'images', SOURCE],
    [
      'the snapshot of another',
      'golden',
      DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName('s', { namespace: 'golden' })),
    ],
    ['no namespace of its own', undefined, DataVolumeSource.claim(Disk.fromClaimName('boot'))],
    ['the same', undefined, DataVolumeSource.claim(Disk.fromClaimName('boot', { namespace: 'lab' }))],
  ])('says which namespace it needs access to: %s', (_, expected, source) => {
    const clone = new DiskClone(testChart('lab'), 'clone', { source, size: Size.gibibytes(1) });
    expect(clone.sourceNamespace).toBe(expected);
  });

  testEscapeHatch((overrides) => new DiskClone(testChart('lab'), 'clone', { source: SOURCE, overrides }));
});
