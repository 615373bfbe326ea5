import { Size } from 'cdk8s';
import { AccessMode, ClaimApi, ContentType, VolumeMode } from '../claim-modes';
import { CloneStrategy } from '../facts';
import { CloneCase, predict, SETS, testClones } from './testing/clone-case';

const { BLOCK } = VolumeMode;
const { READ_WRITE_ONCE: RWO } = AccessMode;
const { COPY, CSI_CLONE } = CloneStrategy;
const { STORAGE } = ClaimApi;
const mi = (size: number): Size => Size.mebibytes(size);

describe('without populators', () => {
  testClones([
    [
      'the claims are not compared: what is usable is',
      'L1',
      'copy',
      {
        classes: [{ name: 'roomy' }, {}],
        facts: { cdi: { filesystemOverheadOf: { roomy: 0 } }, csiDrivers: [] },
        target: { size: mi(1000) },
        request: { claimApi: STORAGE },
      },
    ],
    [
      'less is still refused by spec.pvc',
      'D5',
      'never finishes',
      { target: { size: mi(1000) }, facts: { csiDrivers: [] } },
    ],
  ]);

  test('the reason is the annotation, where that asks for it', () => {
    expect(predict({ request: { usesPopulator: false } }).reason).toBe(
      'the annotation cdi.kubevirt.io/storage.usePopulator asks for no populator',
    );
    expect(predict({ facts: { csiDrivers: [] } }).reason).toBe('the provisioner csi.a has no CSIDriver object');
  });
});

describe('the VolumeSnapshotClass that both StorageProfiles name', () => {
  const named = [{ snapshotClassName: 'theirs' }];
  const classes = [
    { name: 'vsc', driver: 'csi.a' },
    { name: 'theirs', driver: 'csi.b' },
  ];
  testClones([
    [
      'must be of the driver, though there is another',
      'P7',
      'copy',
      { classes: named, facts: { snapshotClasses: classes } },
    ],
    [
      'is not asked for where one profile names none',
      'P12',
      'snapshot',
      { classes: [{ name: 'other', ...named[0] }, {}], facts: { snapshotClasses: classes } },
    ],
    ['is not asked for by a CSI clone', 'P12', 'csi-clone', { classes: [{ ...named[0], cloneStrategy: CSI_CLONE }] }],
  ]);

  test('is looked up: without it, CDI fails and tries again', () => {
    expect(predict({ classes: named })).toMatchObject({
      kind: 'never finishes',
      rule: 'P13',
      reason: 'the StorageProfile sc names the VolumeSnapshotClass theirs, which does not exist',
      remedy: 'make the VolumeSnapshotClass theirs, or name another in the StorageProfile sc',
    });
  });

  test('is not known where the catalog holds no VolumeSnapshotClass at all, and is of no matter to a copy', () => {
    const snapshots = [{ ...named[0], cloneStrategy: CloneStrategy.SNAPSHOT }];
    expect(predict({ classes: snapshots, facts: { snapshotClasses: [] } })).toMatchObject({
      kind: 'unknown',
      reason: 'not known: the VolumeSnapshotClass theirs, which the StorageProfiles name (the catalog has no classes)',
    });
    expect(predict({ classes: [{ ...named[0], cloneStrategy: COPY }] }).rule).toBe('P6');
  });

  test.each([
    ['the StorageProfile', { classes: [{ ...named[0], cloneStrategy: CloneStrategy.SNAPSHOT }] }],
    ['CDI', { classes: named, facts: { cdi: { cloneStrategyOverride: CloneStrategy.SNAPSHOT } } }],
  ])('is missed where %s asks for snapshots, though the catalog holds none of the driver', (_who, asked: CloneCase) => {
    const snapshotClasses = [{ name: 'vsc', driver: 'csi.b' }];
    expect(predict({ ...asked, facts: { ...asked.facts, snapshotClasses } }).rule).toBe('P13');
  });

  test('is not known where the catalog may lack it, or holds none of the driver', () => {
    const reason = 'not known: the VolumeSnapshotClass theirs, which the StorageProfiles name (the catalog holds vsc)';
    expect(predict({ classes: named, isWhole: false }).reason).toBe(reason);
    const snapshotClasses = [{ name: 'vsc', driver: 'csi.b' }];
    expect(predict({ classes: named, facts: { snapshotClasses } }).reason).toBe(reason);
  });
});

describe('what differs between the releases of CDI', () => {
  const least = [{ minimumClaimSize: mi(2048) }];
  const device = { source: { volumeMode: BLOCK }, request: { claimApi: STORAGE } };
  const of = (release: string) => ({ cdi: { release } });
  testClones([
    [
      'up to v1.63 the smallest claim of a class does not help what asks for less',
      'D5',
      'never finishes',
      { ...device, classes: least, facts: of('v1.63.1'), target: { size: mi(512), volumeMode: BLOCK } },
    ],
    [
      'from v1.64 on it does',
      'P12',
      'snapshot',
      { ...device, classes: least, facts: of('v1.64.0'), target: { size: mi(512), volumeMode: BLOCK } },
    ],
    [
      'up to v1.65 a snapshot of a device gets no room for its file system',
      'C2',
      'never finishes',
      {
        ...device,
        facts: of('v1.65.0'),
        target: { size: undefined },
        request: { claimApi: STORAGE, fromSnapshot: true },
      },
    ],
    [
      'from v1.66 on it does',
      'S7',
      'copy',
      {
        ...device,
        facts: of('v1.66.0'),
        target: { size: undefined },
        request: { claimApi: STORAGE, fromSnapshot: true },
      },
    ],
  ]);
});

describe('a claim that CDI did not make', () => {
  const sizeless = { target: { size: undefined, volumeMode: BLOCK } };
  test('gives its capacity to a clone without a size, and no room is missing', () => {
    expect(predict({ ...sizeless, request: { claimApi: STORAGE, sourceIsPlain: true } }).rule).toBe('P9');
  });

  testClones([
    [
      'is cloned by a claim whatever its content, unless it is copied',
      'P12',
      'snapshot',
      { request: { byClaim: true, sourceContentType: ContentType.ARCHIVE } },
    ],
    [
      'which a copy holds against it',
      'C3',
      'never finishes',
      { classes: [{ cloneStrategy: COPY }], request: { byClaim: true, sourceContentType: ContentType.ARCHIVE } },
    ],
    [
      'is cloned by populators, whatever the driver',
      'P12',
      'snapshot',
      { facts: { csiDrivers: [] }, request: { byClaim: true } },
    ],
    [
      'is not read as an archive out of a snapshot by the older controllers',
      'C4',
      'never finishes',
      { facts: { csiDrivers: [] }, request: { fromSnapshot: true, contentType: ContentType.ARCHIVE } },
    ],
  ]);

  test('is not known where the older controllers restore a snapshot into another volume mode', () => {
    const other = { facts: { csiDrivers: [] }, target: { volumeMode: BLOCK }, request: { fromSnapshot: true } };
    expect(predict(other).reason).toBe(
      "not known: whether the driver restores a snapshot of volume mode Filesystem into a claim of Block, which CDI's older controllers ask for",
    );
  });
});

describe('the order of the decisions', () => {
  const stranger = { source: { storageClassName: 'gone' } };
  testClones([
    [
      'a class of the source that is not known does not hide a refusal',
      'D5',
      'never finishes',
      { ...stranger, target: { size: mi(1) } },
    ],
    [
      'nor content of another type',
      'D4',
      'never finishes',
      { ...stranger, request: { sourceContentType: ContentType.ARCHIVE } },
    ],
    ['nor the older controllers', 'L1', 'copy', { ...stranger, facts: { csiDrivers: [] } }],
    [
      'a source that no claim is bound to has no capacity',
      'P10',
      'never finishes',
      { request: { sourceIsBound: false } },
    ],
    [
      'which a copy does not ask for',
      'P6',
      'copy',
      { classes: [{ cloneStrategy: COPY }], request: { sourceIsBound: false } },
    ],
    [
      'nor a clone into another volume mode',
      'P9',
      'copy',
      { target: { volumeMode: BLOCK }, request: { sourceIsBound: false } },
    ],
  ]);

  test('of a class that is not known, names those that are', () => {
    expect(predict(stranger).reason).toBe('not known: the storage class gone of the source (the catalog holds sc)');
    const held = (count: number): string | undefined => {
      const classes = Array.from({ length: count }, (_, index) => ({ name: `sc${index}` }));
      return predict({ ...stranger, classes }).reason?.replace(/^.* source /, '');
    };
    expect(held(8)).toBe('(the catalog holds sc0, sc1, sc2, sc3, sc4, sc5, sc6, sc7)');
    expect(held(10)).toBe('(the catalog holds sc0, sc1, sc2, sc3, sc4, sc5, sc6, sc7, 2 more)');
  });
});

describe('spec.storage without a fitting property set', () => {
  const blocks = [{ claimPropertySets: [{ accessModes: [RWO], volumeMode: BLOCK }] }];
  testClones([
    [
      'makes no claim of a volume mode that has no access modes',
      'D2',
      'never finishes',
      { classes: blocks, request: { claimApi: STORAGE } },
    ],
    [
      'makes a file system of access modes that have no volume mode',
      'P12',
      'snapshot',
      {
        classes: blocks,
        target: { accessModes: [AccessMode.READ_WRITE_MANY], volumeMode: undefined },
        request: { claimApi: STORAGE },
      },
    ],
    [
      'takes the first set alone where nothing is asked for',
      'D2',
      'never finishes',
      {
        classes: [{ claimPropertySets: [{ accessModes: [], volumeMode: BLOCK }, ...SETS] }],
        target: { volumeMode: undefined },
        request: { claimApi: STORAGE },
      },
    ],
  ]);

  test('says what it assumes of a StorageProfile that it does not know', () => {
    const unknown = [{ claimPropertySets: undefined }];
    expect(predict({ classes: unknown, request: { claimApi: STORAGE } })).toMatchObject({
      kind: 'snapshot',
      reason:
        'that the StorageProfile sc names access modes for volume mode Filesystem is assumed: without them no claim is made',
    });
    const asked = { classes: unknown, target: { accessModes: [RWO] }, request: { claimApi: STORAGE } };
    expect(predict(asked).reason).toBeUndefined();
  });
});
