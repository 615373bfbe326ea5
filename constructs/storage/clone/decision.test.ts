import { Size } from 'cdk8s';
import { StorageCatalog } from '../catalog';
import { AccessMode, ClaimApi, ContentType, VolumeMode } from '../claim-modes';
import { Disk, IDisk } from '../disk';
import { CloneStrategy, StorageClassFacts, StorageFacts } from '../facts';
import { refusedAnywhere } from './decision';
import { CloneOutcome, CloneRequest } from './outcome';

const { BLOCK, FILESYSTEM } = VolumeMode;
const { COPY, SNAPSHOT, CSI_CLONE } = CloneStrategy;

interface Case {
  readonly storageClass?: Partial<StorageClassFacts>;
  readonly others?: StorageClassFacts[];
  readonly snapshotClass?: boolean;
  readonly override?: CloneStrategy;
  readonly source?: Partial<IDisk>;
  readonly target?: Partial<IDisk>;
  readonly request?: Partial<CloneRequest>;
  readonly facts?: Partial<StorageFacts>;
}

/** 5Gi of a file system of the class `sc`, driver `csi.a`, expandable, with a VolumeSnapshotClass, but for what is said. */
function predict(said: Case): CloneOutcome {
  const disk = { claimName: 'a', size: Size.gibibytes(5), volumeMode: FILESYSTEM, storageClassName: 'sc' };
  const sc = { name: 'sc', provisioner: 'csi.a', allowVolumeExpansion: true, ...said.storageClass };
  const catalog = StorageCatalog.of({
    storageClasses: [sc, ...(said.others ?? [])],
    snapshotClasses: said.snapshotClass === false ? [] : [{ name: 'vsc', driver: 'csi.a' }],
    cdi: { cloneStrategyOverride: said.override },
    ...said.facts,
  });
  return catalog.predictClone({
    source: { ...disk, ...said.source },
    target: { ...disk, ...said.target },
    ...said.request,
  });
}

test("a VolumeSnapshotClass of the clone's driver does not fit a source of another driver: the bytes are copied", () => {
  const others = [{ name: 'other', provisioner: 'csi.b', allowVolumeExpansion: true }];
  expect(predict({ others, source: { storageClassName: 'other' } })).toMatchObject({
    kind: 'copy',
    rule: 'P7',
    reason: 'no VolumeSnapshotClass fits the driver csi.a',
  });
});

describe("CDI's own planner", () => {
  // Each row was run through the planner of CDI v1.63.1; where it waits or fails for want of something, so do we.
  test.each<[string, string, Case]>([
    ['a target without a class waits', 'unknown', { target: { storageClassName: undefined } }],
    ['a source that is missing waits', 'unknown', { source: { size: undefined } }],
    ['no profile: snapshot', 'snapshot', {}],
    ['the profile says copy', 'copy', { storageClass: { cloneStrategy: COPY } }],
    ['the profile says snapshot', 'snapshot', { storageClass: { cloneStrategy: SNAPSHOT } }],
    ['the override wins', 'snapshot', { storageClass: { cloneStrategy: COPY }, override: SNAPSHOT }],
    [
      'csi-clone from another class of the driver',
      'csi-clone',
      {
        storageClass: { cloneStrategy: CSI_CLONE },
        others: [{ name: 'sc2', provisioner: 'csi.a', allowVolumeExpansion: true }],
        source: { storageClassName: 'sc2' },
        snapshotClass: false,
      },
    ],
    ['larger, and the class expands', 'snapshot', { target: { size: Size.gibibytes(10) } }],
    [
      'larger by copy',
      'copy',
      { storageClass: { cloneStrategy: COPY, allowVolumeExpansion: false }, target: { size: Size.gibibytes(10) } },
    ],
    [
      'a capacity above the request needs no expansion',
      'snapshot',
      {
        storageClass: { allowVolumeExpansion: false },
        target: { size: Size.gibibytes(8) },
        request: { sourceCapacity: Size.gibibytes(10) },
      },
    ],
    [
      'of a snapshot, the override is not looked at',
      'snapshot',
      { storageClass: { cloneStrategy: COPY }, override: COPY, request: { fromSnapshot: true } },
    ],
    [
      'a larger clone of a snapshot without expansion',
      'copy',
      {
        storageClass: { allowVolumeExpansion: false },
        target: { size: Size.gibibytes(10) },
        request: { fromSnapshot: true },
      },
    ],
    ['a snapshot of unknown size fails', 'unknown', { source: { size: undefined }, request: { fromSnapshot: true } }],
    [
      'a snapshot of a file system into a device',
      'copy',
      { target: { volumeMode: BLOCK }, request: { fromSnapshot: true } },
    ],
    ["the class '' fails", 'never finishes', { target: { storageClassName: '' }, request: { fromSnapshot: true } }],
  ])('%s: %s', (_, kind, said) => {
    expect(predict(said).kind).toBe(kind);
  });
});

/** With a StorageProfile, which `spec.storage` asks. */
const AS_FILES: Case & Required<Pick<Case, 'storageClass'>> = {
  storageClass: { claimPropertySets: [{ accessModes: [AccessMode.READ_WRITE_ONCE], volumeMode: FILESYSTEM }] },
};

describe('what else decides a clone', () => {
  test.each<[string, string, string, Case]>([
    [
      'the content types differ',
      'D4',
      'never finishes',
      { request: { contentType: ContentType.KUBEVIRT, sourceContentType: ContentType.ARCHIVE } },
    ],
    [
      'an archive on a device',
      'D1',
      'never finishes',
      { target: { volumeMode: BLOCK }, request: { claimApi: ClaimApi.STORAGE, contentType: ContentType.ARCHIVE } },
    ],
    [
      'a StorageProfile without sets',
      'D2',
      'never finishes',
      {
        storageClass: { claimPropertySets: [] },
        target: { volumeMode: undefined },
        request: { claimApi: ClaimApi.STORAGE },
      },
    ],
    ["the class ''", 'P2', 'never finishes', { target: { storageClassName: '' } }],
    ['no CSIDriver object', 'L1', 'copy', { facts: { csiDrivers: ['csi.b'] } }],
    ['a CSIDriver object', 'P12', 'snapshot', { facts: { csiDrivers: ['csi.a'] } }],
    ['the annotation against populators', 'L1', 'copy', { request: { usesPopulator: false } }],
    [
      'the annotation for populators',
      'P12',
      'snapshot',
      { facts: { csiDrivers: [] }, request: { usesPopulator: true } },
    ],
    ['less than the source', 'D5', 'never finishes', { target: { size: Size.gibibytes(4) } }],
    [
      'less than the source, permissively',
      'D5',
      'never finishes',
      { target: { size: Size.gibibytes(4) }, request: { permissive: true } },
    ],
    [
      'less than a file system by spec.storage',
      'P5',
      'never finishes',
      { ...AS_FILES, target: { size: Size.gibibytes(4) }, request: { claimApi: ClaimApi.STORAGE } },
    ],
    [
      'less than a file system by spec.storage, permissively',
      'P12',
      'snapshot',
      { ...AS_FILES, target: { size: Size.gibibytes(4) }, request: { claimApi: ClaimApi.STORAGE, permissive: true } },
    ],
    [
      'less than a file system by spec.storage, but for the overhead',
      'P12',
      'snapshot',
      { ...AS_FILES, target: { size: Size.mebibytes(4900) }, request: { claimApi: ClaimApi.STORAGE } },
    ],
    [
      'less than a device by spec.storage, whatever is added to it',
      'D5',
      'never finishes',
      {
        ...AS_FILES,
        source: { volumeMode: BLOCK },
        target: { size: Size.mebibytes(4900) },
        request: { claimApi: ClaimApi.STORAGE, permissive: true },
      },
    ],
    [
      'less than a snapshot, whatever is added to it',
      'D5',
      'never finishes',
      {
        ...AS_FILES,
        target: { size: Size.mebibytes(4900) },
        request: { claimApi: ClaimApi.STORAGE, fromSnapshot: true, permissive: true },
      },
    ],
    [
      'a copy into less, permissively',
      'P6',
      'copy',
      {
        storageClass: { ...AS_FILES.storageClass, cloneStrategy: COPY },
        target: { size: Size.gibibytes(4) },
        request: { claimApi: ClaimApi.STORAGE, permissive: true },
      },
    ],
  ])('%s: %s, %s', (_, rule, kind, said) => {
    const outcome = predict(said);
    expect([outcome.rule, outcome.kind]).toEqual([rule, kind]);
  });

  test('what spec.storage leaves out comes from the StorageProfile', () => {
    const sets = [{ accessModes: [AccessMode.READ_WRITE_MANY], volumeMode: BLOCK }];
    const outcome = predict({
      storageClass: { claimPropertySets: sets },
      source: { volumeMode: BLOCK },
      target: { volumeMode: undefined },
      request: { claimApi: ClaimApi.STORAGE },
    });
    expect([outcome.rule, outcome.kind]).toEqual(['P12', 'snapshot']);
  });

  test('is no evidence of the lab where the rule was read from the code', () => {
    const device = { source: { volumeMode: BLOCK }, target: { volumeMode: BLOCK } };
    expect([predict(device).rule, predict(device).evidence]).toEqual(['P12', 'measured']);
    const old = predict({ ...device, facts: { csiDrivers: ['csi.b'] } });
    expect([old.rule, old.evidence]).toEqual(['L1', 'read from code']);
    const files = predict({ source: { volumeMode: BLOCK }, facts: { cdi: { filesystemOverhead: 0 } } });
    expect([files.rule, files.evidence]).toEqual(['P9', 'read from code']);
  });

  test('a class that is left out is the default class', () => {
    const source = Disk.fromClaimName('a', { size: Size.gibibytes(5), volumeMode: BLOCK, storageClassName: 'sc' });
    const outcome = predict({
      storageClass: { isDefault: true },
      source,
      target: { storageClassName: undefined, volumeMode: BLOCK },
    });
    expect(outcome.kind).toBe('snapshot');
  });

  test('the way of asking is that of the target, where nothing else is said', () => {
    const target = { size: Size.mebibytes(4900), claimApi: ClaimApi.STORAGE };
    expect(predict({ ...AS_FILES, target }).rule).toBe('P12');
    expect(predict({ ...AS_FILES, target, request: { claimApi: ClaimApi.PVC } }).rule).toBe('D5');
  });

  test('a size that is left out by spec.storage fits, of a file system too', () => {
    const target = { size: undefined };
    expect(predict({ target, request: { claimApi: ClaimApi.STORAGE } }).kind).toBe('snapshot');
    const copied = { storageClass: { cloneStrategy: COPY }, target, request: { claimApi: ClaimApi.STORAGE } };
    expect(predict(copied).kind).toBe('copy');
  });

  test('waits until nothing writes to its source, unless it never finishes anyway, or is of a snapshot', () => {
    expect(predict({ request: { sourceIsInUse: true } })).toMatchObject({
      kind: 'waits',
      rule: 'U1',
      reason: 'CDI waits until no pod writes to the source (CloneSourceInUse); then it is a snapshot',
      remedy: 'halt the VM that runs on the source, or clone from a VolumeSnapshot of it',
      finishes: true,
    });
    const copied = { storageClass: { cloneStrategy: COPY }, request: { sourceIsInUse: true } };
    expect(predict(copied).reason).toContain('; then it is a copy');
    expect(predict({ request: { sourceIsInUse: true }, target: { size: Size.gibibytes(4) } }).rule).toBe('D5');
    expect(predict({ request: { sourceIsInUse: true, fromSnapshot: true } }).kind).toBe('snapshot');
  });

  test('is refused whatever the storage, where it asks for less than its source', () => {
    const disk = (size: number, volumeMode = BLOCK) => ({ claimName: 'a', size: Size.gibibytes(size), volumeMode });
    const refused = (request: CloneRequest) => refusedAnywhere(request)?.reason;
    expect(refused({ source: disk(20), target: disk(5) })).toBe('the clone asks for 5Gi, less than its source, 20Gi');
    expect(refused({ source: disk(20), target: disk(20) })).toBeUndefined();
    expect(refused({ source: disk(20), target: disk(5), permissive: true })).toBeUndefined();
    expect(refused({ source: disk(20), target: disk(5), fromSnapshot: true })).toBeUndefined();
    // By spec.storage CDI does not compare what a file system asks for.
    const files = { source: disk(20, FILESYSTEM), target: disk(5), claimApi: ClaimApi.STORAGE };
    expect(refused(files)).toBeUndefined();
    expect(refused({ ...files, source: disk(20) })).toContain('less than its source');
  });

  test('of two classes whose backends are not known, says what is assumed', () => {
    const others = [{ name: 'sc2', provisioner: 'csi.a' }];
    const { kind, reason } = predict({ others, source: { storageClassName: 'sc2' } });
    expect(kind).toBe('snapshot');
    expect(reason).toBe('that sc2 and sc have a common backend is assumed: without one it never finishes');
    expect(predict({}).reason).toBeUndefined();
    const of = (backend?: string, other?: string): string | undefined =>
      predict({
        storageClass: { backend },
        others: [{ name: 'sc2', provisioner: 'csi.a', backend: other }],
        source: { storageClassName: 'sc2' },
      }).reason;
    expect([of('a'), of(undefined, 'a')]).toEqual([reason, reason]);
    expect(of('a', 'a')).toBeUndefined();
  });
});
