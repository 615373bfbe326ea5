import { Size } from 'cdk8s';
import { failureOf, untyped } from '../shared/testing/manifests';
import { StorageCatalog } from './catalog';
import { AccessMode, ClaimApi, ContentType, VolumeBindingMode, VolumeMode } from './claim-modes';
import { CloneOutcome, CloneRequest } from './clone/outcome';
import { Disk } from './disk';
import { CdiFacts, CloneStrategy, SnapshotClassFacts, StorageClassFacts, StorageFacts } from './facts';

const { BLOCK, FILESYSTEM } = VolumeMode;

/** The storage of Scenario 27: four classes of one driver, three storages behind them. */
const TRIDENT = 'csi.trident.netapp.io';
const LAB: StorageFacts = {
  storageClasses: [
    { name: 'iscsi', provisioner: TRIDENT, backend: 'iscsi pool', allowVolumeExpansion: true },
    { name: 'iscsi2', provisioner: TRIDENT, backend: 'iscsi pool', allowVolumeExpansion: true },
    { name: 'nvme', provisioner: TRIDENT, backend: 'nvme', allowVolumeExpansion: true },
    { name: 'nfs', provisioner: TRIDENT, backend: 'nfs', volumeModes: [FILESYSTEM], allowVolumeExpansion: true },
  ],
  snapshotClasses: [{ name: 'csi-snap-class', driver: TRIDENT, isDefault: true }],
};

/** How a measured clone is asked for: 1Gi of a block device on `iscsi`, into a claim of the same size. */
function labClone(strategy: string, target: string): CloneOutcome {
  const volumeMode = target === 'nfs' ? FILESYSTEM : BLOCK;
  return StorageCatalog.of(LAB)
    .withCloneStrategy(target, strategy as CloneStrategy)
    .predictClone({
      source: Disk.fromClaimName('boot', { size: Size.gibibytes(1), volumeMode: BLOCK, storageClassName: 'iscsi' }),
      target: Disk.fromClaimName('clone', { size: Size.gibibytes(1), volumeMode, storageClassName: target }),
    });
}

const TOO_SMALL = 'of a Filesystem claim of 1Gi 966Mi are usable, and the Block source holds 1Gi';
const WAYS_OUT =
  'ask for 1086Mi, or write claimApi: ClaimApi.STORAGE, or export the disk with QcowExporter and import it';

describe('StorageCatalog.predictClone', () => {
  test.each([
    { strategy: 'copy', target: 'iscsi', kind: 'copy', rule: 'P6' },
    { strategy: 'snapshot', target: 'iscsi', kind: 'snapshot', rule: 'P12' },
    { strategy: 'csi-clone', target: 'iscsi', kind: 'csi-clone', rule: 'P12' },
    { strategy: 'copy', target: 'iscsi2', kind: 'copy', rule: 'P6' },
    { strategy: 'copy', target: 'nvme', kind: 'copy', rule: 'P6' },
    { strategy: 'copy', target: 'nfs', kind: 'never finishes', rule: 'C2', reason: TOO_SMALL, remedy: WAYS_OUT },
    { strategy: 'snapshot', target: 'iscsi2', kind: 'snapshot', rule: 'P12' },
    {
      strategy: 'snapshot',
      target: 'nvme',
      kind: 'never finishes',
      rule: 'B1',
      reason: 'iscsi and nvme have no common backend, and the CSI driver refuses to clone across backends',
      remedy: "set the StorageProfile nvme to cloneStrategy 'copy'",
    },
    {
      strategy: 'snapshot',
      target: 'nfs',
      kind: 'never finishes',
      rule: 'C2',
      reason: `the volume modes differ (Block, Filesystem): CDI falls back to a copy; ${TOO_SMALL}`,
      remedy: WAYS_OUT,
    },
  ])('says what was measured: $strategy to $target: $kind', ({ strategy, target, ...expected }) => {
    const { kind, rule, reason, remedy, evidence, finishes } = labClone(strategy, target);
    expect({ kind, rule, reason, remedy }).toEqual({ reason: undefined, remedy: undefined, ...expected });
    expect(evidence).toBe('measured');
    expect(finishes).toBe(expected.kind !== 'never finishes');
  });

  test('names the smallest size that fits where the claim is too small', () => {
    expect(labClone('copy', 'nfs').fittingSize?.toMebibytes()).toBe(1086);
    expect(labClone('copy', 'nvme').fittingSize).toBeUndefined();
  });

  test.each([
    [1085, ClaimApi.PVC, 'never finishes'],
    [1086, ClaimApi.PVC, 'copy'],
    [1087, ClaimApi.PVC, 'copy'],
    [1024, ClaimApi.STORAGE, 'copy'],
    [2048, ClaimApi.STORAGE, 'copy'],
  ])('says what %i Mi of a file system by spec.%s do for 1Gi of a device: %s', (size, claimApi, kind) => {
    const outcome = predict({ target: { size, mode: FILESYSTEM }, claimApi, strategy: CloneStrategy.COPY });
    expect([outcome.kind, outcome.evidence]).toEqual([kind, 'read from code']);
  });
});

interface Clone {
  readonly source?: { size?: number; mode?: VolumeMode; on?: string };
  readonly target?: { size?: number; mode?: VolumeMode; on?: string };
  readonly classes?: Partial<StorageClassFacts>[];
  readonly snapshotClasses?: SnapshotClassFacts[];
  readonly strategy?: CloneStrategy;
  readonly cdi?: CdiFacts;
  readonly fromSnapshot?: boolean;
  readonly claimApi?: ClaimApi;
  readonly contentType?: ContentType;
}

/** A clone of 1Gi of a device into the same, in one class of driver `csi.a` with a VolumeSnapshotClass, but for what is said. */
function predict(clone: Clone): CloneOutcome {
  const disk = (name: string, said: Clone['source'] = {}) =>
    Disk.fromClaimName(name, {
      size: Size.mebibytes(said.size ?? 1024),
      volumeMode: said.mode ?? BLOCK,
      storageClassName: said.on ?? 'sc',
    });
  const classes = [{ name: 'sc', cloneStrategy: clone.strategy }, ...(clone.classes ?? [])];
  const catalog = StorageCatalog.of({
    storageClasses: classes.map((facts) => ({ name: 'sc2', provisioner: 'csi.a', ...facts })),
    snapshotClasses: clone.snapshotClasses ?? [{ name: 'vsc', driver: 'csi.a' }],
    cdi: clone.cdi,
  });
  const { fromSnapshot, claimApi, contentType } = clone;
  return catalog.predictClone({
    source: disk('src', clone.source),
    target: disk('tgt', clone.target),
    fromSnapshot,
    claimApi,
    contentType,
  });
}

const OTHER_DRIVER: Partial<StorageClassFacts> = { name: 'sc2', provisioner: 'csi.b' };
const { COPY, SNAPSHOT, CSI_CLONE } = CloneStrategy;

describe('the way that CDI takes', () => {
  // What CDI's own planner said when it was run with the same objects.
  test.each<[string, Clone, string, string]>([
    ['takes a snapshot where no profile says otherwise', {}, 'P12', 'snapshot'],
    ['copies where the profile says so', { strategy: COPY }, 'P6', 'copy'],
    ['takes a snapshot where the profile says so', { strategy: SNAPSHOT }, 'P12', 'snapshot'],
    ['lets the override of CDI win', { strategy: COPY, cdi: { cloneStrategyOverride: SNAPSHOT } }, 'P12', 'snapshot'],
    [
      'clones by CSI from another class of the same driver, and needs no VolumeSnapshotClass for it',
      { source: { on: 'sc2' }, strategy: CSI_CLONE, classes: [{ name: 'sc2' }], snapshotClasses: [] },
      'P12',
      'csi-clone',
    ],
    ['copies a larger clone where the profile says so', { target: { size: 2048 }, strategy: COPY }, 'P6', 'copy'],
    [
      'copies a larger clone of a snapshot without expansion',
      { target: { size: 2048 }, fromSnapshot: true },
      'S6',
      'copy',
    ],
    [
      'restores a snapshot whatever the profile and the override say',
      { fromSnapshot: true, strategy: COPY, cdi: { cloneStrategyOverride: COPY } },
      'S8',
      'snapshot',
    ],
    [
      'copies a snapshot of a file system into a device',
      { fromSnapshot: true, source: { mode: FILESYSTEM }, target: { mode: BLOCK } },
      'S7',
      'copy',
    ],
  ])('%s', (_, clone, rule, kind) => {
    expect(predict(clone)).toMatchObject({ rule, kind });
  });

  test('takes a snapshot of a larger clone where the class expands', () => {
    const { facts, request } = larger(true);
    expect(StorageCatalog.of(facts).predictClone(request)).toMatchObject({ rule: 'P12', kind: 'snapshot' });
  });

  test('copies a larger clone where the class does not expand, and says why', () => {
    const { facts, request } = larger(false);
    expect(StorageCatalog.of(facts).predictClone(request)).toMatchObject({
      rule: 'P11',
      kind: 'copy',
      reason: 'the clone is larger than its source, and sc does not expand volumes',
    });
  });

  test.each<[string, Clone, string, string, string | undefined]>([
    [
      'never serves a volume mode that the class has not',
      { target: { on: 'sc2', mode: BLOCK }, classes: [{ name: 'sc2', volumeModes: [FILESYSTEM] }] },
      'P0',
      'never finishes',
      'sc2 cannot serve volume mode Block',
    ],
    ['never shrinks', { target: { size: 1023 } }, 'D5', 'never finishes', 'the clone asks for less than its source'],
    [
      'never shrinks a snapshot either',
      { target: { size: 1023 }, fromSnapshot: true },
      'D5',
      'never finishes',
      'the clone asks for less than its source',
    ],
    [
      'copies where no VolumeSnapshotClass fits',
      { snapshotClasses: [{ name: 'vsc', driver: 'csi.b' }] },
      'P7',
      'copy',
      'no VolumeSnapshotClass fits the driver csi.a',
    ],
    [
      'copies by P7 where the drivers differ and a snapshot is asked for',
      { source: { on: 'sc2' }, classes: [OTHER_DRIVER] },
      'P7',
      'copy',
      'no VolumeSnapshotClass fits the driver csi.a',
    ],
    [
      'copies by P8 where the drivers differ and a CSI clone is asked for',
      { source: { on: 'sc2' }, classes: [OTHER_DRIVER], strategy: CSI_CLONE },
      'P8',
      'copy',
      'the CSI drivers differ (csi.b, csi.a)',
    ],
    [
      'copies where the volume modes differ',
      { target: { mode: FILESYSTEM, size: 2048 } },
      'P9',
      'copy',
      'the volume modes differ (Block, Filesystem)',
    ],
    [
      'copies a snapshot where the drivers differ',
      { source: { on: 'sc2' }, classes: [OTHER_DRIVER], fromSnapshot: true },
      'S4',
      'copy',
      'the CSI drivers differ (csi.b, csi.a)',
    ],
  ])('%s', (_, clone, rule, kind, reason) => {
    expect(predict(clone)).toMatchObject({ rule, kind, reason });
  });
});

/** A clone of 2Gi from 1Gi in one class. */
function larger(allowVolumeExpansion: boolean): { facts: StorageFacts; request: CloneRequest } {
  const of = (name: string, gibibytes: number) =>
    Disk.fromClaimName(name, { size: Size.gibibytes(gibibytes), volumeMode: BLOCK, storageClassName: 'sc' });
  return {
    facts: {
      storageClasses: [{ name: 'sc', provisioner: 'csi.a', allowVolumeExpansion }],
      snapshotClasses: [{ name: 'vsc', driver: 'csi.a' }],
    },
    request: { source: of('src', 1), target: of('tgt', 2) },
  };
}

describe('the VolumeSnapshotClass that fits', () => {
  // That any fits shows in the outcome: without one, CDI copies.
  test.each<[string, SnapshotClassFacts[], string]>([
    ['is any of the driver', [{ name: 'b', driver: 'csi.a' }], 'snapshot'],
    ['is not one of another driver', [{ name: 'b', driver: 'csi.b', isDefault: true }], 'copy'],
    ['is missing where the cluster has none', [], 'copy'],
  ])('%s', (_, snapshotClasses, kind) => {
    expect(predict({ snapshotClasses }).kind).toBe(kind);
  });
});

describe('what stops a clone', () => {
  test('an archive is not converted between volume modes', () => {
    const clone: Clone = {
      strategy: COPY,
      source: { mode: FILESYSTEM },
      target: { mode: BLOCK, size: 2048 },
      contentType: ContentType.ARCHIVE,
    };
    expect(predict(clone)).toMatchObject({
      kind: 'never finishes',
      rule: 'C1',
      reason: 'a copy between volume modes converts the image of a disk, not an archive',
      remedy: 'ask for volume mode Filesystem',
    });
    expect(predict({ ...clone, contentType: ContentType.KUBEVIRT }).kind).toBe('copy');
    expect(predict({ ...clone, target: { mode: FILESYSTEM } }).kind).toBe('copy');
  });

  test('a copy from a file system into a device of the same size fits', () => {
    expect(predict({ strategy: COPY, source: { mode: FILESYSTEM }, target: { mode: BLOCK } }).kind).toBe('copy');
  });

  test('a file system with more overhead than that of the source is too small, and no exporter helps', () => {
    const outcome = predict({
      strategy: COPY,
      source: { mode: FILESYSTEM, on: 'sc2' },
      target: { mode: FILESYSTEM },
      classes: [{ name: 'sc2' }],
      cdi: { filesystemOverhead: 0.1, filesystemOverheadOf: { sc2: 0 } },
    });
    expect(outcome).toMatchObject({
      kind: 'never finishes',
      rule: 'C2',
      reason: 'of a Filesystem claim of 1Gi 930Mi are usable, and the Filesystem source holds 1Gi',
      remedy: 'ask for 1127Mi, or write claimApi: ClaimApi.STORAGE',
      evidence: 'read from code',
    });
    expect(outcome.fittingSize?.toMebibytes()).toBe(1127);
  });

  test('of a size to which CDI adds the overhead, the remedy is the size of the source', () => {
    const outcome = predict({
      strategy: COPY,
      source: { mode: FILESYSTEM, on: 'sc2' },
      target: { mode: FILESYSTEM, size: 1000 },
      classes: [{ name: 'sc2' }],
      cdi: { filesystemOverhead: 0.1, filesystemOverheadOf: { sc2: 0 } },
      claimApi: ClaimApi.STORAGE,
    });
    expect(outcome).toMatchObject({ kind: 'never finishes', rule: 'C2', remedy: 'ask for 1Gi' });
    expect(outcome.fittingSize?.toMebibytes()).toBe(1024);
  });

  test.each([
    [0, 1024],
    [0.055, 1081],
    [0.06, 1086],
    [0.5, 1536],
    [1, 2048],
  ])('with an overhead of %p, 1Gi of a device fits into %i Mi', (filesystemOverhead, size) => {
    const into = (mebibytes: number) =>
      predict({ strategy: COPY, target: { mode: FILESYSTEM, size: mebibytes }, cdi: { filesystemOverhead } });
    expect(into(size).kind).toBe('copy');
    expect(into(size - 1).kind).toBe('never finishes');
    if (size > 1025) expect(into(size - 1).fittingSize?.toMebibytes()).toBe(size);
  });

  test('finds the size that fits a disk of 60Ti at once', () => {
    const size = 60 * 1024 ** 2;
    const { fittingSize } = predict({ strategy: COPY, source: { size }, target: { size, mode: FILESYSTEM } });
    expect(fittingSize?.toMebibytes()).toBe(66_689_434);
  });

  test('a snapshot is not restored into another backend, a CSI clone not made there, and the claim can be copied', () => {
    const classes = [
      { name: 'sc', backend: 'one' },
      { name: 'sc2', backend: 'two' },
    ];
    expect(predict({ source: { on: 'sc2' }, classes: classes.slice(1), fromSnapshot: true }).kind).toBe('snapshot');
    const catalog = StorageCatalog.of({
      storageClasses: classes.map((facts) => ({ provisioner: 'csi.a', cloneStrategy: CSI_CLONE, ...facts })),
    });
    const disk = (on: string) =>
      Disk.fromClaimName('a', { size: Size.gibibytes(1), volumeMode: BLOCK, storageClassName: on });
    const request = { source: disk('sc2'), target: disk('sc') };
    expect(catalog.predictClone(request)).toMatchObject({
      kind: 'never finishes',
      rule: 'B1',
      evidence: 'read from code',
      remedy: "set the StorageProfile sc to cloneStrategy 'copy'",
    });
    expect(catalog.predictClone({ ...request, fromSnapshot: true })).toMatchObject({
      kind: 'never finishes',
      rule: 'B1',
      remedy: "clone the claim itself, and set the StorageProfile sc to cloneStrategy 'copy'",
    });
    expect(catalog.withCloneStrategy('sc', COPY).predictClone(request).kind).toBe('copy');
  });
});

describe('the evidence', () => {
  test.each<[string, Clone, string]>([
    ['a snapshot into another size', { target: { size: 2048 }, fromSnapshot: true }, 'read from code'],
    ['a copy into another size', { target: { size: 2048 }, strategy: COPY }, 'read from code'],
    [
      'a copy of a file system',
      { source: { mode: FILESYSTEM }, target: { mode: FILESYSTEM }, strategy: COPY },
      'read from code',
    ],
    ['a CSI clone into another class', { source: { on: 'sc2' }, classes: [{}], strategy: CSI_CLONE }, 'read from code'],
    ['a snapshot into another class', { source: { on: 'sc2' }, classes: [{}] }, 'measured'],
    ['a snapshot as the source', { fromSnapshot: true }, 'measured'],
    ['a clone that shrinks', { target: { size: 1 } }, 'read from code'],
  ])('of %s is right', (_, clone, evidence) => {
    expect(predict(clone).evidence).toBe(evidence);
  });
});

describe('what is not known', () => {
  const known = { size: Size.gibibytes(1), volumeMode: BLOCK, storageClassName: 'iscsi' };

  test.each([
    [{ ...known, storageClassName: undefined }, known, 'the storage class of the target'],
    [
      { ...known, storageClassName: 'fast' },
      known,
      'the storage class fast of the target (the catalog holds iscsi, iscsi2, nfs, nvme)',
    ],
    [
      known,
      { ...known, storageClassName: 'fast' },
      'the storage class fast of the source (the catalog holds iscsi, iscsi2, nfs, nvme)',
    ],
    [known, { ...known, size: undefined }, 'the size of the source'],
    [known, { ...known, volumeMode: undefined }, 'the volume mode of the source'],
    [{ ...known, volumeMode: undefined }, known, 'the volume mode of the target'],
    [known, {}, 'the size of the source, the volume mode of the source'],
    [known, { ...known, storageClassName: undefined }, 'the storage class of the source'],
  ])('leaves the outcome open: %j from %j', (target, source, missing) => {
    const outcome = StorageCatalog.of(LAB).predictClone({
      source: Disk.fromClaimName('a', source),
      target: Disk.fromClaimName('b', target),
    });
    expect(outcome).toMatchObject({ kind: 'unknown', reason: `not known: ${missing}`, evidence: 'read from code' });
    expect(outcome.finishes).toBe(true);
  });

  test('is no class of the source where a copy is asked for', () => {
    const outcome = StorageCatalog.of(LAB)
      .withCloneStrategy('iscsi', COPY)
      .predictClone({
        source: Disk.fromClaimName('a', { ...known, storageClassName: undefined }),
        target: Disk.fromClaimName('b', known),
      });
    expect(outcome.kind).toBe('copy');
  });

  test('is no size of the clone: it takes that of its source', () => {
    const target = Disk.fromClaimName('b', { ...known, size: undefined });
    expect(StorageCatalog.of(LAB).predictClone({ source: Disk.fromClaimName('a', known), target }).kind).toBe(
      'snapshot',
    );
  });

  test.each([
    [undefined, `'request' must be an object, got nothing`],
    [{}, `'source' must be a disk, got nothing`],
    [{ source: 'a', target: 'b' }, `'target' must be a disk, got "b"; write Disk.fromClaimName("b")`],
    [
      { source: { claimName: 'a' }, target: { claimName: 'b' }, claimApi: 'x' },
      `'claimApi' must be 'pvc' or 'storage'`,
    ],
    [{ source: { claimName: 'a' }, target: { claimName: 'b' }, contentType: 1 }, `'contentType' must be`],
    [{ source: { claimName: 'a' }, target: { claimName: 'b' }, fromSnapshot: 1 }, `'fromSnapshot' must be true or`],
  ])('fails when the request is %j', (request, message) => {
    expect(failureOf(() => StorageCatalog.of(LAB).predictClone(untyped<CloneRequest>(request)))).toContain(
      `[StorageCatalog.predictClone] ${message}`,
    );
  });
});

describe('StorageCatalog', () => {
  test('holds what it was given, and no more', () => {
    const catalog = StorageCatalog.of({ storageClasses: [] });
    expect([catalog.storageClasses, catalog.snapshotClasses, catalog.cdi]).toEqual([[], [], {}]);
    expect(
      StorageCatalog.of({ storageClasses: [], snapshotClasses: undefined, cdi: undefined }).snapshotClasses,
    ).toEqual([]);
  });

  test('holds every fact', () => {
    const storageClass: Required<StorageClassFacts> = {
      name: 'sc',
      provisioner: 'csi.a',
      backend: 'pool',
      volumeModes: [BLOCK],
      allowVolumeExpansion: true,
      cloneStrategy: CSI_CLONE,
      snapshotClassName: 'vsc',
      claimPropertySets: [{ accessModes: [AccessMode.READ_WRITE_MANY], volumeMode: BLOCK }],
      keepsImportsAsSnapshots: true,
      minimumClaimSize: Size.gibibytes(1),
      isDefault: true,
      isVirtDefault: false,
      created: '2026-01-01T00:00:00Z',
      volumeBindingMode: VolumeBindingMode.IMMEDIATE,
      parameters: { fsType: 'ext4' },
    };
    const snapshotClass: Required<SnapshotClassFacts> = { name: 'vsc', driver: 'csi.a', isDefault: true };
    const cdi: Required<CdiFacts> = {
      release: 'v1.66.0',
      cloneStrategyOverride: COPY,
      filesystemOverhead: 0.1,
      filesystemOverheadOf: { sc: 0.2 },
      scratchSpaceStorageClassName: 'scratch',
    };
    const facts: Required<StorageFacts> = {
      storageClasses: [storageClass],
      snapshotClasses: [snapshotClass],
      cdi,
      csiDrivers: ['csi.a'],
      persistentVolumes: [
        {
          name: 'disk-1',
          storageClassName: 'local',
          accessModes: [AccessMode.READ_WRITE_ONCE],
          volumeMode: VolumeMode.BLOCK,
          bytes: 1_073_741_824,
          claim: 'lab/root',
        },
      ],
    };
    const catalog = StorageCatalog.of(facts);
    expect(catalog.storageClasses).toEqual([storageClass]);
    expect(catalog.snapshotClasses).toEqual([snapshotClass]);
    expect(catalog.cdi).toEqual(cdi);
    expect(catalog.tryStorageClass('sc')).toEqual(storageClass);
    expect(catalog.tryStorageClass('other')).toBeUndefined();
  });

  test('knows volumes that nobody has claimed, and fails when a claim is no text', () => {
    const of = (claim: unknown) =>
      StorageCatalog.of({
        storageClasses: [],
        persistentVolumes: [{ name: 'disk-1', accessModes: [AccessMode.READ_WRITE_ONCE], claim: untyped(claim) }],
      });
    expect(() => of(undefined)).not.toThrow();
    expect(failureOf(() => of(5))).toContain("'persistentVolumes[0].claim' must be text, got 5");
  });

  test('never changes: neither by what it gives nor by what it was given', () => {
    const storageClasses: StorageClassFacts[] = [{ name: 'sc', provisioner: 'csi.a' }];
    const catalog = StorageCatalog.of({ storageClasses });
    storageClasses.push({ name: 'sc2', provisioner: 'csi.a' });
    catalog.storageClasses.push({ name: 'sc3', provisioner: 'csi.a' });
    expect(catalog.storageClasses.map(({ name }) => name)).toEqual(['sc']);
  });

  test('gives the next state, and stays as it is', () => {
    const before = StorageCatalog.of({ storageClasses: [{ name: 'sc', provisioner: 'csi.a' }] });
    const after = before
      .withStorageClass({ name: 'sc2', provisioner: 'csi.a' })
      .withSnapshotClass({ name: 'vsc', driver: 'csi.a' })
      .withCloneStrategy('sc2', COPY);
    expect(after.storageClasses).toEqual([
      { name: 'sc', provisioner: 'csi.a' },
      { name: 'sc2', provisioner: 'csi.a', cloneStrategy: 'copy' },
    ]);
    expect(after.snapshotClasses).toEqual([{ name: 'vsc', driver: 'csi.a' }]);
    expect([before.storageClasses.length, before.snapshotClasses.length]).toEqual([1, 0]);
  });

  test.each([
    [
      'gone',
      COPY,
      `'storageClassName' must name a storage class of the catalog, got "gone"; the catalog holds iscsi, iscsi2, nfs, nvme`,
    ],
    [
      undefined,
      COPY,
      `'storageClassName' must name a storage class of the catalog, got nothing; the catalog holds iscsi, iscsi2, nfs, nvme`,
    ],
    ['iscsi', 'clone', `'cloneStrategy' must be 'copy', 'snapshot' or 'csi-clone', got "clone"`],
  ])('fails when the profile of %p gets the strategy %p', (name, strategy, message) => {
    const change = () =>
      StorageCatalog.of(LAB).withCloneStrategy(untyped<string>(name), untyped<CloneStrategy>(strategy));
    expect(failureOf(change)).toBe(`[StorageCatalog.withCloneStrategy] ${message}`);
  });

  const SC = { name: 'sc', provisioner: 'csi.a' };
  test.each([
    [undefined, `'facts' must be an object, got nothing`],
    [{}, `'storageClasses' must be a list of classes, got nothing`],
    [{ storageClasses: [undefined] }, `'storageClasses[0]' must be an object, got nothing`],
    [{ storageClasses: [{ ...SC, name: 'SC' }] }, `'storageClasses[0].name' must be a DNS name`],
    [{ storageClasses: [{ name: 'sc' }] }, `'storageClasses[0].provisioner' must be text, got nothing`],
    [{ storageClasses: [{ ...SC, backend: '' }] }, `'storageClasses[0].backend' must be text, got ""`],
    [{ storageClasses: [{ ...SC, volumeModes: 'Block' }] }, `got "Block"; write ["Block"]`],
    [{ storageClasses: [{ ...SC, volumeModes: [] }] }, `'storageClasses[0].volumeModes' must be a list of 'Block' or`],
    [{ storageClasses: [{ ...SC, allowVolumeExpansion: 'true' }] }, `allowVolumeExpansion' must be true or false`],
    [{ storageClasses: [{ ...SC, cloneStrategy: 'csi' }] }, `'storageClasses[0].cloneStrategy' must be 'copy',`],
    [{ storageClasses: [{ ...SC, snapshotClassName: 'A' }] }, `'storageClasses[0].snapshotClassName' must be a DNS`],
    [{ storageClasses: [SC, SC] }, `'storageClasses' must name each class once, got "sc"`],
    [{ storageClasses: [], snapshotClasses: {} }, `'snapshotClasses' must be a list of classes, got {}`],
    [{ storageClasses: [], snapshotClasses: [{ name: 'a' }] }, `'snapshotClasses[0].driver' must be text, got nothing`],
    [{ storageClasses: [], snapshotClasses: [{ driver: 'a' }] }, `'snapshotClasses[0].name' must be a DNS name`],
    [
      { storageClasses: [], snapshotClasses: [{ name: 'a', driver: 'b', isDefault: 'yes' }] },
      `'snapshotClasses[0].isDefault' must be true or false, got "yes"`,
    ],
    [{ storageClasses: [], cdi: null }, `'cdi' must be an object, got null`],
    [{ storageClasses: [], cdi: { cloneStrategyOverride: 'x' } }, `'cdi.cloneStrategyOverride' must be 'copy',`],
    [
      { storageClasses: [], cdi: { filesystemOverhead: '5.5%' } },
      `'cdi.filesystemOverhead' must be a fraction from 0 to 1, got "5.5%"; write 0.055`,
    ],
    [
      { storageClasses: [], cdi: { filesystemOverheadOf: { sc: 5.5 } } },
      `'cdi.filesystemOverheadOf["sc"]' must be a fraction from 0 to 1, got 5.5`,
    ],
  ])('fails when the facts are %j', (facts, message) => {
    const failure = failureOf(() => StorageCatalog.of(untyped<StorageFacts>(facts)));
    expect(failure).toMatch(/^\[StorageCatalog\.of\] /);
    expect(failure).toContain(message);
  });

  test.each([
    [-0.001, false],
    [0, true],
    [1, true],
    [1.001, false],
    [NaN, false],
  ])('takes an overhead of %p: %p', (filesystemOverhead, taken) => {
    const make = () => StorageCatalog.of({ storageClasses: [], cdi: { filesystemOverhead } });
    if (taken) expect(make).not.toThrow();
    else expect(failureOf(make)).toContain("'cdi.filesystemOverhead' must be a fraction from 0 to 1");
  });

  test('takes no strategy that CDI does not know', () => {
    // @ts-expect-error clone strategies are an enum
    expect(() => StorageCatalog.of(LAB).withCloneStrategy('iscsi', 'clone')).toThrow("'cloneStrategy'");
  });
});

describe('a catalog with keys that it does not know', () => {
  test.each<[unknown, string]>([
    [
      { storageClasses: [], snapshotclasses: [] },
      `'facts' must have known keys only, got "snapshotclasses"; write 'snapshotClasses'`,
    ],
    [
      { storageClasses: [{ name: 'sc', provisioner: 'csi.a', allowsExpansion: true }] },
      `'storageClasses[0]' must have known keys only, got "allowsExpansion"`,
    ],
    [
      {
        storageClasses: [
          {
            name: 'sc',
            provisioner: 'csi.a',
            claimPropertySets: [{ accessMode: ['ReadWriteMany'], volumeMode: 'Block' }],
          },
        ],
      },
      `'storageClasses[0].claimPropertySets[0]' must have known keys only, got "accessMode"; write 'accessModes'`,
    ],
    [
      { storageClasses: [], snapshotClasses: [{ name: 'vsc', driver: 'csi.a', default: true }] },
      `'snapshotClasses[0]' must have known keys only, got "default"`,
    ],
    [{ storageClasses: [], cdi: { overhead: 0.1 } }, `'cdi' must have known keys only, got "overhead"`],
  ])('fails when it is %j', (facts, message) => {
    expect(failureOf(() => StorageCatalog.of(untyped(facts)))).toContain(message);
  });
});
