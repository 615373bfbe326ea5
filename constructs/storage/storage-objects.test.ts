import { toBytes } from '../shared/quantity';
import { CloneStrategy, StorageFacts } from './facts';
import { withObject, withoutObject } from './from-manifests';

describe('withObject', () => {
  const NONE: StorageFacts = { storageClasses: [] };
  const volume = (spec: object): object => ({ kind: 'PersistentVolume', metadata: { name: 'pv' }, spec });
  const profile = (spec: object | undefined, status?: object, annotations: object = {}): object => ({
    kind: 'StorageProfile',
    metadata: { name: 'fast', annotations },
    spec,
    status,
  });
  const classed = (provisioner: string, parameters?: object, facts: StorageFacts = NONE): StorageFacts =>
    withObject(facts, { kind: 'StorageClass', metadata: { name: 'fast' }, provisioner, parameters });
  const profiled = (facts: StorageFacts, ...objects: object[]) =>
    objects.reduce<StorageFacts>(withObject, facts).storageClasses[0];

  test.each<[string, unknown]>([
    ['a text', 'StorageClass'],
    ['another kind', { kind: 'Secret', metadata: { name: 'fast' } }],
    ['the profile of a class that is not known', profile({ cloneStrategy: 'copy' })],
  ])('learns nothing of %s', (_what, object) => expect(withObject(NONE, object)).toBe(NONE));

  test('reads a PersistentVolume, and who claims it', () => {
    const of = (spec: object) => withObject(NONE, volume(spec)).persistentVolumes;
    expect(of({})).toEqual([{ name: 'pv' }]);
    const whole = { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], volumeMode: 'Block' };
    expect(of({ ...whole, capacity: { storage: '1Ki' }, claimRef: { namespace: 'a', name: 'c' } })).toEqual([
      { name: 'pv', ...whole, bytes: 1024, claim: 'a/c' },
    ]);
    expect(of({ claimRef: { name: 'c' } })).toEqual([{ name: 'pv', claim: '/c' }]);
    expect(of({ claimRef: { namespace: 'a' } })).toEqual([{ name: 'pv' }]);
  });

  test('reads an object again in the place of the one that it read before', () => {
    const twice = [{ capacity: { storage: '1Ki' } }, { capacity: { storage: '2Ki' } }].map(volume);
    expect(twice.reduce<StorageFacts>(withObject, NONE).persistentVolumes).toEqual([{ name: 'pv', bytes: 2048 }]);
  });

  test('lists drivers in the order of their names, each once', () => {
    const driver = (name: string): object => ({ kind: 'CSIDriver', metadata: { name } });
    expect(['b', 'a', 'b'].map(driver).reduce<StorageFacts>(withObject, NONE).csiDrivers).toEqual(['a', 'b']);
  });

  test('knows a default by its annotation alone', () => {
    const of = (annotations: object) =>
      withObject(NONE, { kind: 'StorageClass', metadata: { name: 'fast', annotations }, provisioner: 'p' })
        .storageClasses[0];
    expect(of({ 'storageclass.kubernetes.io/is-default-class': 'true' })).toMatchObject({
      isDefault: true,
      isVirtDefault: false,
    });
    expect(of({ 'storageclass.kubevirt.io/is-default-virt-class': 'true' })).toMatchObject({
      isDefault: false,
      isVirtDefault: true,
    });
    expect(of({ 'storageclass.kubernetes.io/is-default-class': 'false' })).toMatchObject({ isDefault: false });
    expect(of({ 'cdi.kubevirt.io/clone-strategy': 'csi-clone' })).toMatchObject({ cloneStrategy: 'csi-clone' });
  });

  test('takes what a profile has worked out before what it asks for', () => {
    const sets = (mode: string) => [{ accessModes: [mode] }];
    const both = profile(
      { snapshotClass: 'asked', claimPropertySets: sets('ReadWriteOnce') },
      { snapshotClass: 'is', claimPropertySets: sets('ReadWriteMany') },
    );
    expect(profiled(classed('p'), both)).toMatchObject({
      snapshotClassName: 'is',
      claimPropertySets: [{ accessModes: ['ReadWriteMany'], volumeMode: 'Filesystem' }],
    });
    expect(
      profiled(classed('p'), profile({ snapshotClass: 'asked', claimPropertySets: sets('ReadWriteOnce') })),
    ).toMatchObject({
      snapshotClassName: 'asked',
      claimPropertySets: [{ accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' }],
    });
  });

  test('knows that a profile with a status and without sets has none', () => {
    expect(profiled(classed('p'), profile({}, { provisioner: 'p' }))).toMatchObject({ claimPropertySets: [] });
    expect(profiled(classed('p'), profile({}, {}))).not.toHaveProperty('claimPropertySets');
    expect(profiled(classed('p'), profile({}))).not.toHaveProperty('claimPropertySets');
  });

  test.each<[object, object | undefined, boolean | undefined]>([
    [{ dataImportCronSourceFormat: 'snapshot' }, undefined, true],
    [{ dataImportCronSourceFormat: 'pvc' }, { dataImportCronSourceFormat: 'snapshot' }, false],
    [{}, { dataImportCronSourceFormat: 'snapshot' }, true],
    [{}, { provisioner: 'p' }, false],
    [{}, {}, undefined],
    [{}, undefined, undefined],
  ])(
    'knows of a profile that says %j, with the status %j, whether imports are kept as snapshots',
    (spec, status, kept) => {
      expect(profiled(classed('p'), profile(spec, status))?.keepsImportsAsSnapshots).toBe(kept);
    },
  );

  test('reads the least size of a claim', () => {
    const least = { 'cdi.kubevirt.io/minimumSupportedPvcSize': '1Gi' };
    const sizeOf = (...profiles: object[]) => profiled(classed('p'), ...profiles)?.minimumClaimSize;
    expect(toBytes(sizeOf(profile({}, {}, least))!)).toBe(2 ** 30);
    expect(toBytes(sizeOf(profile({}, {}, least), profile({}))!)).toBe(2 ** 30);
    expect(sizeOf(profile({}))).toBeUndefined();
  });

  const snapshots: StorageFacts = { storageClasses: [], snapshotClasses: [{ name: 's', driver: 'p' }] };
  test.each<[string, StorageFacts, object, object | undefined, string | undefined]>([
    ['that is asked for', classed('p'), { cloneStrategy: 'copy' }, { cloneStrategy: 'snapshot' }, 'copy'],
    ['of the status', classed('p'), {}, { cloneStrategy: 'csi-clone' }, 'csi-clone'],
    ['of a snapshot class alone', classed('p'), {}, { snapshotClass: 's' }, 'snapshot'],
    ['of nothing', classed('p'), {}, undefined, undefined],
    ['that CDI falls back to', classed('p'), {}, { cloneStrategy: 'copy' }, undefined],
    ['that it works out beside a snapshot class', classed('p', {}, snapshots), {}, { cloneStrategy: 'copy' }, 'copy'],
    ['of a driver that always copies', classed('topolvm.io'), {}, { cloneStrategy: 'copy' }, 'copy'],
    [
      'of PowerStore over NFS',
      classed('csi-powerstore.dellemc.com', { 'csi.storage.k8s.io/fstype': 'NFS' }),
      {},
      { cloneStrategy: 'copy' },
      undefined,
    ],
    ['of PowerStore', classed('csi-powerstore.dellemc.com'), {}, { cloneStrategy: 'copy' }, 'copy'],
  ])('knows the strategy of clones %s', (_of, facts, spec, status, expected) => {
    expect(profiled(facts, profile(spec, status))?.cloneStrategy).toBe(expected);
  });

  test('keeps a strategy that is known, whatever CDI falls back to', () => {
    const known: StorageFacts = {
      storageClasses: [{ name: 'fast', provisioner: 'p', cloneStrategy: CloneStrategy.CSI_CLONE }],
    };
    expect(profiled(known, profile({}, { cloneStrategy: 'copy' }))?.cloneStrategy).toBe('copy');
    expect(profiled(known, profile({}, { snapshotClass: 's' }))?.cloneStrategy).toBe('csi-clone');
  });

  test('reads what CDI keeps free, of its status before its spec', () => {
    const overhead = (global: unknown) => ({ filesystemOverhead: { global, storageClass: { fast: '0.1' } } });
    const of = (object: object) => withObject(NONE, object).cdi;
    expect(of({ kind: 'CDIConfig', status: overhead('0.05'), spec: overhead('0.5') })).toEqual({
      filesystemOverhead: 0.05,
      filesystemOverheadOf: { fast: 0.1 },
    });
    expect(of({ kind: 'CDIConfig', spec: overhead(0.5) })).toMatchObject({ filesystemOverhead: 0.5 });
    expect(of({ kind: 'CDIConfig', spec: overhead({}) })).toMatchObject({ filesystemOverhead: NaN });
    expect(
      of({
        kind: 'CDI',
        spec: { cloneStrategyOverride: 'copy', config: { scratchSpaceStorageClass: 'tmp' } },
        status: { observedVersion: 'v1.66.0' },
      }),
    ).toEqual({ cloneStrategyOverride: 'copy', scratchSpaceStorageClassName: 'tmp', release: 'v1.66.0' });
  });
});

describe('withoutObject', () => {
  const fast = { name: 'fast', provisioner: 'p' };
  const first: StorageFacts = {
    storageClasses: [fast],
    snapshotClasses: [{ name: 's', driver: 'p' }],
    persistentVolumes: [{ name: 'pv' }],
  };
  const changed: StorageFacts = {
    storageClasses: [
      { ...fast, isDefault: true },
      { name: 'new', provisioner: 'q' },
    ],
    snapshotClasses: [{ name: 's', driver: 'q' }],
    persistentVolumes: [{ name: 'pv', bytes: 1 }, { name: 'other' }],
  };
  const left = (kind: string, name: string): StorageFacts => withoutObject(changed, first, kind, name);

  test.each<[string, string, object]>([
    ['StorageClass', 'fast', { storageClasses: [fast, changed.storageClasses[1]] }],
    ['StorageClass', 'new', { storageClasses: [changed.storageClasses[0]] }],
    ['StorageProfile', 'fast', { storageClasses: [fast, changed.storageClasses[1]] }],
    ['VolumeSnapshotClass', 's', { snapshotClasses: first.snapshotClasses }],
    ['PersistentVolume', 'pv', { persistentVolumes: [{ name: 'pv' }, { name: 'other' }] }],
    ['PersistentVolume', 'other', { persistentVolumes: [{ name: 'pv', bytes: 1 }] }],
  ])('of a %s %s is what was known at first', (kind, name, expected) => {
    expect(left(kind, name)).toEqual({ ...changed, ...expected });
  });

  test.each([
    ['StorageProfile', 'new'],
    ['Secret', 'fast'],
  ])('changes nothing for a %s %s', (kind, name) => expect(left(kind, name)).toBe(changed));
});
