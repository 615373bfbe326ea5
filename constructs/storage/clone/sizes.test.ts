import { Size } from 'cdk8s';
import { ClaimApi, ContentType, VolumeMode } from '../claim-modes';
import { CloneStrategy } from '../facts';
import { CloneRequest } from './outcome';
import { CloneSizes } from './situation';
import { leastBytes, measure } from './sizes';
import { CloneCase, predict, testClones } from './testing/clone-case';

const { BLOCK, FILESYSTEM } = VolumeMode;
const { STORAGE } = ClaimApi;
const mi = (size: number): Size => Size.mebibytes(size);

describe('the image of a disk', () => {
  const disk = { claimName: 'a', size: mi(1024), volumeMode: FILESYSTEM };
  const facts = { storageClasses: [{ name: 'sc', provisioner: 'csi.a' }] };
  test.each<[string, Partial<CloneRequest>, boolean]>([
    ['a file system', {}, true],
    ['a file system, by spec.pvc', { claimApi: ClaimApi.PVC }, false],
    ['a device', { source: { ...disk, volumeMode: BLOCK } }, false],
    ['files that CDI did not make', { source: { ...disk, isPlain: true } }, false],
    ['files of a request', { sourceIsPlain: true }, false],
    ['an image, whatever the disk is said to hold', { source: { ...disk, isPlain: true }, sourceIsPlain: false }, true],
    ['an archive', { contentType: ContentType.ARCHIVE }, false],
    ['a snapshot', { fromSnapshot: true }, false],
  ])('is what CDI looks for in %s, or not', (_what, more, holdsImage) => {
    const request = { source: disk, target: disk, claimApi: STORAGE, ...more };
    expect(measure(facts, request, { source: 'sc', target: 'sc' })).toMatchObject({ holdsImage });
  });
});

describe('leastBytes', () => {
  const MIB = 2 ** 20;
  test.each<[Partial<CloneSizes>, VolumeMode, number]>([
    [{ addsOverhead: false, holdsImage: true }, FILESYSTEM, 1024],
    [{ addsOverhead: true, holdsImage: false }, BLOCK, 1024],
    [{ addsOverhead: true, holdsImage: true }, BLOCK, 966],
    [{ addsOverhead: true, holdsImage: false }, FILESYSTEM, 967],
    [{ addsOverhead: true, holdsImage: true }, FILESYSTEM, 967],
  ])('of %j for %s is %d Mi', (more, mode, least) => {
    const sizes = { sourceBytes: 1024 * MIB, usableSource: 966 * MIB, overhead: 0.06, ...more };
    expect(leastBytes(mode, sizes as CloneSizes) / MIB).toBe(least);
  });
});

describe('a clone that names no size, by spec.storage', () => {
  const sizeless = { target: { size: undefined }, request: { claimApi: STORAGE } };
  const fixed = [{ allowVolumeExpansion: false }];
  const larger = { ...sizeless.request, sourceCapacity: mi(2048) };
  testClones([
    ['asks for what the image of a file system needs', 'P12', 'snapshot', { ...sizeless, classes: fixed }],
    [
      'of an archive asks for the capacity and the overhead, for which its class must expand',
      'P11',
      'copy',
      {
        ...sizeless,
        classes: fixed,
        request: { ...sizeless.request, contentType: ContentType.ARCHIVE },
      },
    ],
    [
      'asks for the capacity of a device, not for what was asked of it',
      'P12',
      'snapshot',
      { target: { size: undefined, volumeMode: BLOCK }, source: { volumeMode: BLOCK }, request: larger },
    ],
    [
      'of a device into a file system has room for the whole capacity',
      'P9',
      'copy',
      { ...sizeless, source: { volumeMode: BLOCK }, request: larger },
    ],
    [
      'of a snapshot asks for its restoreSize as it is, without overhead',
      'S8',
      'snapshot',
      { ...sizeless, classes: fixed, request: { ...sizeless.request, fromSnapshot: true } },
    ],
    // https://github.com/kubevirt/containerized-data-importer/issues/3900
    [
      'of the snapshot of a device never fits into a file system',
      'C2',
      'never finishes',
      { ...sizeless, source: { volumeMode: BLOCK }, request: { ...sizeless.request, fromSnapshot: true } },
    ],
    [
      'of a file system is not held against what was asked of its source',
      'P12',
      'snapshot',
      { ...sizeless, request: { ...sizeless.request, permissive: false } },
    ],
  ]);
});

describe('a clone of a file system into a device', () => {
  const storage = { claimApi: STORAGE };
  testClones([
    [
      'by spec.storage fits where the image does, though its claim is the smaller one',
      'P9',
      'copy',
      { target: { volumeMode: BLOCK, size: mi(966) }, request: storage },
    ],
    [
      'by spec.storage does not fit where the image does not',
      'P5',
      'never finishes',
      { target: { volumeMode: BLOCK, size: mi(965) }, request: storage },
    ],
    ['by spec.pvc is held against the claim', 'D5', 'never finishes', { target: { volumeMode: BLOCK, size: mi(966) } }],
  ]);
});

describe('a source that spec.storage asked for', () => {
  const source = { claimApi: STORAGE };
  testClones([
    ['has a claim that is larger than its size by the overhead', 'D5', 'never finishes', { source }],
    ['has that claim cloned by as large a claim', 'P12', 'snapshot', { source, target: { size: mi(1086) } }],
    ['is cloned by spec.storage of its size', 'P12', 'snapshot', { source, request: { claimApi: STORAGE } }],
    [
      'on a device has a claim of its size',
      'P12',
      'snapshot',
      { source: { ...source, volumeMode: BLOCK }, target: { volumeMode: BLOCK } },
    ],
    [
      'takes the modes that it left out from its StorageProfile',
      'P9',
      'copy',
      { source: { ...source, volumeMode: undefined }, target: { volumeMode: BLOCK, size: mi(2048) } },
    ],
    [
      'takes the class that it left out from the cluster',
      'P12',
      'snapshot',
      {
        classes: [{ isVirtDefault: true }],
        source: { ...source, storageClassName: undefined },
        target: { size: mi(1086) },
      },
    ],
  ]);

  test('says what it does not know of the StorageProfile', () => {
    const said = { source: { ...source, volumeMode: undefined }, classes: [{ claimPropertySets: undefined }] };
    expect(predict(said)).toMatchObject({
      kind: 'unknown',
      reason: 'not known: the volume mode of the source',
    });
  });
});

describe('a snapshot', () => {
  const request = { fromSnapshot: true, sourceCapacity: mi(2048) };
  const drivers = [{ name: 'other', provisioner: 'csi.b' }, {}];
  testClones([
    ['is not restored into less than its restoreSize', 'D5', 'never finishes', { request }],
    ['is restored into its restoreSize', 'S8', 'snapshot', { target: { size: mi(2048) }, request }],
    [
      'that shrank since is held against its restoreSize alone',
      'S8',
      'snapshot',
      { target: { size: mi(512) }, request: { fromSnapshot: true, sourceCapacity: mi(512) } },
    ],
    ['is copied where the drivers differ', 'S4', 'copy', { classes: drivers, request: { fromSnapshot: true } }],
    [
      'is copied from a claim of the first class of its driver, whose overhead counts',
      'C2',
      'never finishes',
      {
        classes: [...drivers, { name: 'first' }],
        facts: { cdi: { filesystemOverheadOf: { first: 0 } } },
        request: { fromSnapshot: true },
      },
    ],
    // https://github.com/kubevirt/containerized-data-importer/issues/3530
    [
      'is never copied where the first class of its driver has another backend',
      'B2',
      'never finishes',
      {
        classes: [drivers[0] ?? {}, { backend: 'one' }, { name: 'first', backend: 'two' }],
        request: { fromSnapshot: true },
      },
    ],
  ]);

  test('says which class must come first', () => {
    const classes = [{ name: 'other', provisioner: 'csi.b' }, { backend: 'one' }, { name: 'first', backend: 'two' }];
    expect(predict({ classes, request: { fromSnapshot: true } })).toMatchObject({
      reason:
        'the CSI drivers differ (csi.a, csi.b): CDI falls back to a copy; it restores the snapshot into first, the first class of the driver by name, which has no common backend with sc',
      remedy: 'clone the claim itself',
    });
  });
});

describe('of what is too small, the remedy', () => {
  const storage = { claimApi: STORAGE };
  test.each<[string, string, CloneCase]>([
    ['by spec.pvc is the claim of the source', '1Gi', { target: { size: mi(1000) } }],
    ['is in whole Mi', '1086Mi', { source: { claimApi: STORAGE } }],
    [
      'of a file system by spec.storage leaves the overhead out',
      '967Mi',
      { target: { size: mi(900) }, request: storage },
    ],
    [
      'of the image of a file system for a device is the image',
      '966Mi',
      { target: { size: mi(900), volumeMode: BLOCK }, request: storage },
    ],
    [
      'of a snapshot is its restoreSize',
      '2Gi',
      { target: { size: mi(900) }, request: { ...storage, fromSnapshot: true, sourceCapacity: mi(2048) } },
    ],
  ])('%s: %s', (_, least, said) => {
    const { kind, remedy } = predict(said);
    expect([kind, remedy]).toEqual(['never finishes', `ask for at least ${least}`]);
    const size = Number(least.replace(/\D+/, '')) * (least.endsWith('Gi') ? 1024 : 1);
    expect(predict({ ...said, target: { ...said.target, size: mi(size) } }).kind).not.toBe('never finishes');
    expect(predict({ ...said, target: { ...said.target, size: mi(size - 1) } }).kind).toBe('never finishes');
  });

  test('of an overhead that is larger than that of the source holds the image, by copy too', () => {
    const classes = [{ cloneStrategy: CloneStrategy.COPY }, { name: 'src' }];
    const facts = { cdi: { filesystemOverheadOf: { sc: 0.25 } } };
    const said = { classes, facts, source: { storageClassName: 'src' }, request: storage };
    expect(predict({ ...said, target: { size: mi(800) } }).remedy).toBe('ask for at least 966Mi');
    expect(predict({ ...said, target: { size: mi(966) } }).kind).toBe('copy');
    expect(predict({ ...said, target: { size: mi(965) } }).kind).toBe('never finishes');
  });
});
