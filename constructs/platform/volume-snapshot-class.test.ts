import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { SnapshotDeletionPolicy, VolumeSnapshotClass, VolumeSnapshotClassProps } from './volume-snapshot-class';

const TRIDENT = 'csi.trident.netapp.io';

describe('VolumeSnapshotClass', () => {
  test('deletes what it made, and carries no namespace', () => {
    const snapshotClass = new VolumeSnapshotClass(testChart('lab'), 'csi-snap-class', { driver: TRIDENT });
    expect(manifest(snapshotClass)).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: { name: 'csi-snap-class' },
      driver: 'csi.trident.netapp.io',
      deletionPolicy: 'Delete',
    });
    expect(snapshotClass.isDefault).toBe(false);
  });

  test('writes every prop', () => {
    const props: Required<VolumeSnapshotClassProps> = {
      name: 'other',
      labels: { app: 'lab' },
      annotations: { note: 'yes' },
      driver: TRIDENT,
      deletionPolicy: SnapshotDeletionPolicy.RETAIN,
      isDefault: true,
      parameters: { pool: 'a' },
      overrides: { metadata: { finalizers: ['a/b'] } },
    };
    const snapshotClass = new VolumeSnapshotClass(testChart('lab'), 'csi-snap-class', props);
    expect(manifest(snapshotClass)).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: {
        name: 'other',
        labels: { app: 'lab' },
        annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true', note: 'yes' },
        finalizers: ['a/b'],
      },
      driver: 'csi.trident.netapp.io',
      deletionPolicy: 'Retain',
      parameters: { pool: 'a' },
    });
    const { snapshotClassName, driver, isDefault } = snapshotClass;
    expect({ snapshotClassName, driver, isDefault }).toEqual({
      snapshotClassName: 'other',
      driver: 'csi.trident.netapp.io',
      isDefault: true,
    });
  });

  test.each([
    [undefined, `'props' must be an object, got nothing`],
    [{}, `'driver' must be text, got nothing`],
    [
      { driver: TRIDENT, deletionPolicy: 'delete' },
      `'deletionPolicy' must be 'Delete' or 'Retain', got "delete"; write 'Delete'`,
    ],
    [{ driver: TRIDENT, isDefault: 'true' }, `'isDefault' must be true or false, got "true"; write true`],
    [{ driver: TRIDENT, parameters: { a: 1 } }, `'parameters["a"]' must be text, got 1; quote it`],
    [{ driver: TRIDENT, parameters: [] }, `'parameters' must be an object of names and text, got []`],
  ])('fails when the props are %j', (props, message) => {
    const make = () => new VolumeSnapshotClass(testChart(), 'snap', untyped<VolumeSnapshotClassProps>(props));
    expect(failureOf(make)).toBe(`[test/snap] ${message}`);
  });

  test('takes no class without a driver', () => {
    // @ts-expect-error a driver must be given
    expect(() => new VolumeSnapshotClass(testChart(), 'snap', {})).toThrow("'driver'");
  });

  testEscapeHatch((overrides) => new VolumeSnapshotClass(testChart('lab'), 'snap', { driver: TRIDENT, overrides }));
});
