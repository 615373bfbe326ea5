import { Size } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { DiskSnapshot, DiskSnapshotProps, SnapshotFacts } from './snapshot';

const BOOT = Disk.fromClaimName('boot', { namespace: 'lab', size: Size.gibibytes(1) });

describe('DiskSnapshot', () => {
  test('is of the default class of the driver', () => {
    const snapshot = new DiskSnapshot(testChart('lab'), 'boot-1', { disk: BOOT });
    expect(manifest(snapshot)).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name: 'boot-1', namespace: 'lab' },
      spec: { source: { persistentVolumeClaimName: 'boot' } },
    });
    expect([snapshot.snapshotName, snapshot.namespace, snapshot.disk]).toEqual(['boot-1', 'lab', BOOT]);
  });

  test('writes every prop', () => {
    const props: Required<DiskSnapshotProps> = {
      name: 'golden',
      namespace: 'lab',
      labels: { app: 'alpine' },
      annotations: { note: 'yes' },
      disk: BOOT,
      snapshotClassName: 'csi-snap-class',
      overrides: { metadata: { finalizers: ['a/b'] } },
    };
    expect(manifest(new DiskSnapshot(testChart('other'), 'boot-1', props))).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: {
        name: 'golden',
        namespace: 'lab',
        labels: { app: 'alpine' },
        annotations: { note: 'yes' },
        finalizers: ['a/b'],
      },
      spec: { source: { persistentVolumeClaimName: 'boot' }, volumeSnapshotClassName: 'csi-snap-class' },
    });
  });

  test('takes a disk whose namespace is not known', () => {
    const snapshot = new DiskSnapshot(testChart('lab'), 'a', { disk: Disk.fromClaimName('boot') });
    expect(snapshot.namespace).toBe('lab');
  });

  test.each([
    [
      'other',
      `'disk' must be in the snapshot's namespace 'other', got "lab/boot"; set 'namespace' here or on the chart`,
    ],
    [undefined, `'disk' must be in the snapshot's namespace, which is not set, got "lab/boot"; set 'namespace'`],
  ])('fails when the disk stands in another namespace than %p', (namespace, message) => {
    const make = () => new DiskSnapshot(testChart(namespace), 'a', { disk: BOOT });
    expect(failureOf(make)).toContain(`[test/a] ${message}`);
  });

  test.each([
    [undefined, `'props' must be an object, got nothing`],
    [{}, `'disk' must be a disk, got nothing; write Disk.fromClaimName(…)`],
    [{ disk: 'boot' }, `'disk' must be a disk, got "boot"; write Disk.fromClaimName("boot")`],
    [{ disk: null }, `'disk' must be a disk, got null`],
    [{ disk: BOOT, snapshotClassName: 'Fast' }, `'snapshotClassName' must be a DNS name`],
    [{ disk: BOOT, snapshotClassName: null }, `'snapshotClassName' must be a DNS name`],
  ])('fails when the props are %p', (props, message) => {
    const make = () => new DiskSnapshot(testChart('lab'), 'a', untyped<DiskSnapshotProps>(props));
    expect(failureOf(make)).toContain(`[test/a] ${message}`);
  });

  test('fails when there is no disk', () => {
    // @ts-expect-error a disk must be given
    expect(() => new DiskSnapshot(testChart('lab'), 'a', {})).toThrow("'disk'");
  });

  testEscapeHatch((overrides) => new DiskSnapshot(testChart('lab'), 'a', { disk: BOOT, overrides }));
});

describe('DiskSnapshot.fromSnapshotName', () => {
  test('knows its name, and every fact that it is given', () => {
    expect(DiskSnapshot.fromSnapshotName('boot-1')).toEqual({ snapshotName: 'boot-1' });
    const facts: Required<SnapshotFacts> = { namespace: 'lab', disk: BOOT };
    expect(DiskSnapshot.fromSnapshotName('boot-1', facts)).toEqual({
      snapshotName: 'boot-1',
      namespace: 'lab',
      disk: BOOT,
    });
  });

  test.each([
    ['Boot', {}, `'snapshotName' must be a DNS name`],
    ['boot', null, `'facts' must be an object, got null`],
    ['boot', { namespace: 'A' }, `'namespace' must be a DNS label`],
    ['boot', { disk: 'boot' }, `'disk' must be a disk, got "boot"`],
  ])('fails when %p has the facts %j', (name, facts, message) => {
    expect(failureOf(() => DiskSnapshot.fromSnapshotName(name, untyped<SnapshotFacts>(facts)))).toContain(
      `[DiskSnapshot.fromSnapshotName] ${message}`,
    );
  });
});
