import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { AccessMode, VolumeMode } from '../storage/claim-modes';
import { ClaimPropertySet, CloneStrategy, IStorageProfile } from '../storage/facts';
import { StorageProfile, StorageProfileProps } from './storage-profile';

const SET: Required<ClaimPropertySet> = { accessModes: [AccessMode.READ_WRITE_MANY], volumeMode: VolumeMode.BLOCK };

describe('StorageProfile', () => {
  test('sets nothing that is not given, and carries no namespace', () => {
    expect(manifest(new StorageProfile(testChart('lab'), 'fast', {}))).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'StorageProfile',
      metadata: { name: 'fast' },
      spec: {},
    });
  });

  test('writes every prop', () => {
    const props: Required<StorageProfileProps> = {
      name: 'storage-class-iscsi',
      labels: { app: 'lab' },
      annotations: { note: 'yes' },
      cloneStrategy: CloneStrategy.CSI_CLONE,
      claimPropertySets: [SET, { accessModes: [AccessMode.READ_WRITE_ONCE], volumeMode: VolumeMode.FILESYSTEM }],
      snapshotClassName: 'csi-snap-class',
      overrides: { spec: { dataImportCronSourceFormat: 'snapshot' } },
    };
    expect(manifest(new StorageProfile(testChart('lab'), 'fast', props))).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'StorageProfile',
      metadata: { name: 'storage-class-iscsi', labels: { app: 'lab' }, annotations: { note: 'yes' } },
      spec: {
        cloneStrategy: 'csi-clone',
        snapshotClass: 'csi-snap-class',
        claimPropertySets: [
          { accessModes: ['ReadWriteMany'], volumeMode: 'Block' },
          { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' },
        ],
        dataImportCronSourceFormat: 'snapshot',
      },
    });
  });

  test.each([
    [0, false],
    [1, true],
    [2, true],
    [7, true],
    [8, true],
    [9, false],
  ])('takes %i sets: %p', (count, taken) => {
    const claimPropertySets = Array.from({ length: count }, () => SET);
    const make = () => new StorageProfile(testChart(), 'fast', { claimPropertySets });
    if (taken) expect(make).not.toThrow();
    else expect(failureOf(make)).toBe(`[test/fast] 'claimPropertySets' must be a list of 1 to 8 sets, got ${count}`);
  });

  test.each([
    [undefined, `'props' must be an object, got nothing`],
    [{ cloneStrategy: 'clone' }, `'cloneStrategy' must be 'copy', 'snapshot' or 'csi-clone', got "clone"`],
    [{ cloneStrategy: null }, `'cloneStrategy' must be 'copy', 'snapshot' or 'csi-clone', got null`],
    [{ snapshotClassName: 'A' }, `'snapshotClassName' must be a DNS name`],
    [{ claimPropertySets: SET }, `'claimPropertySets' must be a list of 1 to 8 sets, got {"accessModes"`],
    [{ claimPropertySets: null }, `'claimPropertySets' must be a list of 1 to 8 sets, got null`],
    [{ claimPropertySets: [null] }, `'claimPropertySets[0].accessModes' must be a list of`],
    [
      { claimPropertySets: [{ ...SET, accessModes: undefined }] },
      `'claimPropertySets[0].accessModes' must be a list of`,
    ],
    [
      { claimPropertySets: [{ ...SET, accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] }] },
      `'claimPropertySets[0].accessModes' must hold 'ReadWriteOncePod' alone, got ["ReadWriteOncePod","ReadWriteOnce"]`,
    ],
    [{ claimPropertySets: [{ ...SET, accessModes: ['RWX'] }] }, `'claimPropertySets[0].accessModes[0]' must be 'Read`],
    [
      { claimPropertySets: [SET, { ...SET, volumeMode: 'block' }] },
      `'claimPropertySets[1].volumeMode' must be 'Block'`,
    ],
    [{ claimPropertySets: [{ accessModes: SET.accessModes }] }, `'claimPropertySets[0].volumeMode' must be 'Block' or`],
  ])('fails when the props are %j', (props, message) => {
    const make = () => new StorageProfile(testChart(), 'fast', untyped<StorageProfileProps>(props));
    expect(failureOf(make)).toContain(`[test/fast] ${message}`);
  });

  test('takes no set that is half', () => {
    const half = { accessModes: [AccessMode.READ_WRITE_MANY] };
    // @ts-expect-error a set has a volume mode
    expect(() => new StorageProfile(testChart(), 'fast', { claimPropertySets: [half] })).toThrow('volumeMode');
  });

  testEscapeHatch((overrides) => new StorageProfile(testChart('lab'), 'fast', { overrides }));
});

describe('StorageCatalog.withStorageProfile', () => {
  const CATALOG = StorageCatalog.of({
    storageClasses: [
      { name: 'fast', provisioner: 'csi.a', cloneStrategy: CloneStrategy.SNAPSHOT, snapshotClassName: 'snap' },
      { name: 'bulk', provisioner: 'csi.a' },
    ],
  });

  test('is the catalog after a StorageProfile was applied: what it sets, and the rest as it was', () => {
    const sets: ClaimPropertySet[] = [SET];
    const profile = new StorageProfile(testChart(), 'profile', {
      name: 'fast',
      cloneStrategy: CloneStrategy.COPY,
      claimPropertySets: sets,
    });
    const after = CATALOG.withStorageProfile(profile);
    expect(after.storageClasses).toEqual([
      {
        name: 'fast',
        provisioner: 'csi.a',
        cloneStrategy: 'copy',
        snapshotClassName: 'snap',
        claimPropertySets: [{ accessModes: ['ReadWriteMany'], volumeMode: 'Block' }],
      },
      { name: 'bulk', provisioner: 'csi.a' },
    ]);
    expect(CATALOG.tryStorageClass('fast')?.cloneStrategy).toBe('snapshot');
  });

  test('takes the VolumeSnapshotClass of a profile', () => {
    const profile = new StorageProfile(testChart(), 'bulk', { snapshotClassName: 'other' });
    expect(CATALOG.withStorageProfile(profile).tryStorageClass('bulk')).toEqual({
      name: 'bulk',
      provisioner: 'csi.a',
      snapshotClassName: 'other',
    });
  });

  test.each<[unknown, string]>([
    [
      new StorageProfile(testChart(), 'slow', {}),
      `'storageClassName' must name a storage class of the catalog, got "slow"; the catalog holds bulk, fast`,
    ],
    [undefined, "'profile' must be a StorageProfile, got nothing"],
    ['fast', '\'profile\' must be a StorageProfile, got "fast"'],
    [{ storageClassName: 'fast', cloneStrategy: 'clone' }, "'profile.cloneStrategy' must be 'copy'"],
    [{ storageClassName: 'fast', claimPropertySets: 'all' }, "'profile.claimPropertySets' must be a list"],
    [{ storageClassName: 'fast', snapshotClassName: 'A' }, "'profile.snapshotClassName' must be a DNS name"],
  ])('fails when it is %p', (profile, message) => {
    expect(failureOf(() => CATALOG.withStorageProfile(untyped<IStorageProfile>(profile)))).toContain(
      `[StorageCatalog.withStorageProfile] ${message}`,
    );
  });
});
