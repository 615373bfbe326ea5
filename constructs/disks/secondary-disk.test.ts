import { Size } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { AccessMode, VolumeMode } from '../storage/claim-modes';
import { SecondaryDisk, SecondaryDiskKind, SecondaryDiskProps } from './secondary-disk';
import { PopulatorReference } from './source-options';

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

describe('SecondaryDisk', () => {
  test('asks for a volume without a class by empty text', () => {
    const disk = new SecondaryDisk(testChart(), 'data', { size: Size.gibibytes(1), storageClassName: '' });
    expect(manifest(disk)).toMatchObject({ spec: { storageClassName: '' } });
  });

  test('is a plain claim: a block device for many nodes', () => {
    expect(manifest(new SecondaryDisk(testChart('lab'), 'data', { size: Size.gibibytes(50) }))).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'lab' },
      spec: { accessModes: ['ReadWriteMany'], volumeMode: 'Block', resources: { requests: { storage: '50Gi' } } },
    });
  });

  test('is a blank DataVolume where that is asked for', () => {
    const props = { size: Size.gibibytes(50), kind: SecondaryDiskKind.DATA_VOLUME };
    expect(manifest(new SecondaryDisk(testChart('lab'), 'data', props))).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { name: 'data', namespace: 'lab' },
      spec: {
        pvc: { accessModes: ['ReadWriteMany'], volumeMode: 'Block', resources: { requests: { storage: '50Gi' } } },
        source: { blank: {} },
      },
    });
  });

  test('writes every prop of a DataVolume', () => {
    expect(manifest(new SecondaryDisk(testChart('lab'), 'data', ALL))).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: {
        name: 'alpine-data',
        namespace: 'other',
        labels: { app: 'alpine' },
        annotations: { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true', note: 'yes' },
        finalizers: ['a/b'],
      },
      spec: {
        pvc: {
          accessModes: ['ReadWriteOnce'],
          volumeMode: 'Filesystem',
          storageClassName: 'slow',
          resources: { requests: { storage: '50Gi' } },
          volumeName: 'pv-1',
        },
        source: { blank: {} },
      },
    });
  });

  test.each<[Partial<SecondaryDiskProps>, object]>([
    [{}, {}],
    [{ volumeName: 'pv-1' }, { volumeName: 'pv-1' }],
    [
      { populator: { kind: 'ReplicationDestination', name: 'a', apiGroup: 'volsync.backube' } },
      { dataSourceRef: { kind: 'ReplicationDestination', name: 'a', apiGroup: 'volsync.backube' } },
    ],
  ])('is a claim that is filled as it says: %j', (filled, expected) => {
    const props = { size: Size.gibibytes(1), ...filled };
    expect(manifest(new SecondaryDisk(testChart(), 'data', props)).spec).toEqual({
      accessModes: ['ReadWriteMany'],
      volumeMode: 'Block',
      resources: { requests: { storage: '1Gi' } },
      ...expected,
    });
  });

  test('writes every prop of a claim', () => {
    const populator: Required<PopulatorReference> = {
      apiGroup: 'volsync.backube',
      kind: 'ReplicationDestination',
      name: 'data',
    };
    const props = { ...ALL, kind: SecondaryDiskKind.CLAIM, bindImmediately: false, populator };
    expect(manifest(new SecondaryDisk(testChart('lab'), 'data', props))).toEqual({
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
        resources: { requests: { storage: '50Gi' } },
        volumeName: 'pv-1',
        dataSourceRef: { apiGroup: 'volsync.backube', kind: 'ReplicationDestination', name: 'data' },
      },
    });
  });

  test.each([
    [undefined, `'props' must be an object, got nothing`],
    [{ size: Size.gibibytes(1), annotations: null }, `'annotations' must be`],
    [{ size: Size.gibibytes(1), volumeName: 'PV 1' }, `'volumeName' must be a DNS name`],
    [{ size: Size.gibibytes(1), populator: 'snap' }, `'populator' must be an object, got "snap"`],
    [
      { size: Size.gibibytes(1), populator: { kind: 'VolumeSnapshot', name: 'snap' } },
      `'apiGroup' must be given, got nothing`,
    ],
    [
      { size: Size.gibibytes(1), kind: 'DataVolume', populator: { kind: 'PersistentVolumeClaim', name: 'a' } },
      `'populator' must be left out for kind 'DataVolume'`,
    ],
    [{}, `'size' must be given, got nothing`],
    [{ size: 50 }, `'size' must be a Size of cdk8s, got 50`],
    [{ size: Size.gibibytes(1), kind: 'PVC' }, `'kind' must be 'PersistentVolumeClaim' or 'DataVolume', got "PVC"`],
    [
      { size: Size.gibibytes(1), bindImmediately: true },
      `'bindImmediately' must be false for kind 'PersistentVolumeClaim', got true; a plain claim is bound when the VM starts, or at once, as its class says`,
    ],
    [{ size: Size.gibibytes(1), bindImmediately: null }, `'bindImmediately' must be true or false, got null`],
    [{ size: Size.kibibytes(1023), kind: 'DataVolume' }, `'size' must be at least '1Mi', got "1023Ki"`],
    [
      { size: Size.gibibytes(1), kind: 'DataVolume', accessModes: ['ReadWriteOnce', 'ReadWriteMany'] },
      `'accessModes' must be one mode, got ["ReadWriteOnce","ReadWriteMany"]`,
    ],
  ])('fails when the props are %p', (props, message) => {
    const failure = failureOf(() => new SecondaryDisk(testChart(), 'data', untyped<SecondaryDiskProps>(props)));
    expect(failure).toContain(`[test/data] ${message}`);
  });

  test('fails when the kind is unknown', () => {
    // @ts-expect-error kinds are an enum
    expect(() => new SecondaryDisk(testChart(), 'data', { size: Size.gibibytes(1), kind: 'PVC' })).toThrow("'kind'");
  });

  describe.each([SecondaryDiskKind.CLAIM, SecondaryDiskKind.DATA_VOLUME])('of kind %s', (kind) => {
    testEscapeHatch(
      (overrides) => new SecondaryDisk(testChart(), 'data', { size: Size.gibibytes(1), kind, overrides }),
    );
  });
});
