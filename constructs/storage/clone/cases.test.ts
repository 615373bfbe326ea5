import { Size } from 'cdk8s';
import { AccessMode, ClaimApi, ContentType, VolumeMode } from '../claim-modes';
import { CloneStrategy } from '../facts';
import { predict, SETS, testClones } from './testing/clone-case';

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
      kind: 'unknown',
      reason: 'not known: the VolumeSnapshotClass theirs, which the StorageProfiles name (the catalog holds vsc)',
    });
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
