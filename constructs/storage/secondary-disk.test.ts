import { Size } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { AccessMode, VolumeMode } from './claim-modes';
import { Disk, IDisk } from './disk';
import { GrowOptions, GrownDisk, SecondaryDisk, SecondaryDiskKind, SecondaryDiskProps } from './secondary-disk';

const ALL: Required<SecondaryDiskProps> = {
  name: 'alpine-data',
  namespace: 'other',
  labels: { app: 'alpine' },
  annotations: { note: 'yes' },
  size: Size.gibibytes(50),
  accessModes: [AccessMode.READ_WRITE_ONCE],
  volumeMode: VolumeMode.FILESYSTEM,
  storageClassName: 'slow',
  kind: SecondaryDiskKind.DATA_VOLUME,
  bindImmediately: true,
  overrides: { metadata: { finalizers: ['a/b'] } },
};

describe('SecondaryDisk', () => {
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
        },
        source: { blank: {} },
      },
    });
  });

  test('writes every prop of a claim', () => {
    const props = { ...ALL, kind: SecondaryDiskKind.CLAIM, bindImmediately: false };
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
      },
    });
  });

  test.each([
    [undefined, `'props' must be an object, got nothing`],
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

  test('takes no kind that is none', () => {
    // @ts-expect-error kinds are an enum
    expect(() => new SecondaryDisk(testChart(), 'data', { size: Size.gibibytes(1), kind: 'PVC' })).toThrow("'kind'");
  });

  describe.each([SecondaryDiskKind.CLAIM, SecondaryDiskKind.DATA_VOLUME])('of kind %s', (kind) => {
    testEscapeHatch(
      (overrides) => new SecondaryDisk(testChart(), 'data', { size: Size.gibibytes(1), kind, overrides }),
    );
  });
});

describe('SecondaryDisk.grow', () => {
  test('writes the claim anew, larger, and all else as it was', () => {
    const overrides = { spec: { volumeName: 'pv-1' } };
    const props = { ...ALL, kind: SecondaryDiskKind.CLAIM, bindImmediately: false, overrides };
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
      },
      spec: {
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        storageClassName: 'slow',
        resources: { requests: { storage: '60Gi' } },
        volumeName: 'pv-1',
      },
    });
    expect(grown.claimName).toBe('alpine-data');
    expect(grown.size).toEqual(Size.gibibytes(60));
  });

  test('writes the claim of a DataVolume, without what was meant for the DataVolume itself', () => {
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
});

describe('GrownDisk', () => {
  test('grows a disk that is in the cluster already, as far as it is known', () => {
    const disk = Disk.fromClaimName('old', { namespace: 'lab', storageClassName: 'slow' });
    expect(manifest(new GrownDisk(testChart(), 'grown', disk, Size.gibibytes(2)))).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'old', namespace: 'lab' },
      spec: {
        accessModes: ['ReadWriteMany'],
        volumeMode: 'Block',
        storageClassName: 'slow',
        resources: { requests: { storage: '2Gi' } },
      },
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
