import type { Json } from '../rule';
import { Claim, dataVolumeClaim, plainClaim } from './claim';
import { smallTarget } from './migrated-disk';

const FACTS = { storageClasses: [{ name: 'fast', provisioner: 'csi.a' }] };
const GIB = 2 ** 30;

const asking = (storage: number, more: Json): Json => ({ ...more, resources: { requests: { storage } } });
const claim = (storage: number, volumeMode: string, storageClassName = 'fast'): Claim =>
  plainClaim(FACTS, { metadata: { name: 'a' }, spec: asking(storage, { storageClassName, volumeMode }) });
/** A disk that CDI makes, by `spec.pvc`: of a file system its image takes what the overhead of 6 % leaves. */
const made = (storage: number, volumeMode: string): Claim =>
  dataVolumeClaim(
    FACTS,
    {
      metadata: { name: 'a' },
      spec: { source: { blank: {} }, pvc: asking(storage, { storageClassName: 'fast', volumeMode }) },
    },
    'n',
  );
/** A claim of which the StorageProfile decides the volume mode. */
const open = (storage: number): Claim =>
  dataVolumeClaim(FACTS, { metadata: { name: 'a' }, spec: { storage: asking(storage, {}) } }, 'n');

describe('a claim that a disk is copied into', () => {
  test.each<[string, Claim, Claim, Claim | undefined, object | undefined]>([
    ['a smaller device of the same class', claim(2 * GIB, 'Block'), claim(GIB, 'Block'), undefined, {}],
    // A device is as large as its claim, whatever was copied into it.
    ['one, of a device that is a clone', claim(2 * GIB, 'Block'), claim(GIB, 'Block'), claim(GIB, 'Block'), {}],
    ['a smaller file system', claim(2 * GIB, 'Filesystem'), claim(GIB, 'Filesystem'), undefined, {}],
    // The image of a clone may be as small as that of its source.
    [
      'a smaller file system that holds what the image is a clone of',
      claim(2 * GIB, 'Filesystem'),
      claim(GIB, 'Filesystem'),
      claim(GIB, 'Filesystem'),
      undefined,
    ],
    ['a smaller device of another class', claim(2 * GIB, 'Block'), claim(GIB, 'Block', 'slow'), undefined, {}],
    ['a smaller device that CDI makes', claim(2 * GIB, 'Block'), made(GIB, 'Block'), undefined, {}],
    // The image of an empty claim may be a tenth smaller than the claim.
    [
      'a smaller file system of another class',
      claim(2 * GIB, 'Filesystem'),
      claim(GIB, 'Filesystem', 'slow'),
      undefined,
      { least: '1844Mi' },
    ],
    [
      'a file system of another class that has room for the image',
      claim(2 * GIB, 'Filesystem'),
      claim(1.9 * GIB, 'Filesystem', 'slow'),
      undefined,
      undefined,
    ],
    [
      'a smaller file system that CDI makes',
      claim(2 * GIB, 'Filesystem'),
      made(1.9 * GIB, 'Filesystem'),
      undefined,
      { least: '1956Mi' },
    ],
    [
      'a file system of CDI, into a device',
      made(2 * GIB, 'Filesystem'),
      claim(GIB, 'Block'),
      undefined,
      { least: '1932Mi' },
    ],
    ['a device, into a file system', claim(GIB, 'Block'), claim(GIB / 2, 'Filesystem'), undefined, { least: '1Gi' }],
    ['a device of the same size', claim(GIB, 'Block'), claim(GIB, 'Block'), undefined, undefined],
  ])('is too small, or not: %s', (_, source, target, origin, small) => {
    expect(smallTarget(FACTS, source, target, origin)).toEqual(small);
  });

  test('is not too small where the size of either is not known', () => {
    const unsized = (volumeMode: string): Claim =>
      plainClaim(FACTS, { metadata: { name: 'a' }, spec: { storageClassName: 'fast', volumeMode } });
    for (const mode of ['Block', 'Filesystem']) {
      expect(smallTarget(FACTS, unsized(mode), claim(GIB, 'Block'))).toBeUndefined();
      expect(smallTarget(FACTS, claim(GIB, 'Block'), unsized(mode))).toBeUndefined();
      expect(smallTarget(FACTS, unsized(mode), unsized(mode))).toBeUndefined();
    }
  });

  // CDI makes an image in whole MiB.
  test('holds a disk of whole MiB where it is not known whether that is a file', () => {
    expect(smallTarget(FACTS, open(2 * GIB + 1), claim(2 * GIB, 'Block'))).toBeUndefined();
    expect(smallTarget(FACTS, open(2 * GIB + 1), claim(2 * GIB - 1, 'Block'))).toEqual({ least: '2Gi' });
    expect(smallTarget(FACTS, claim(2 * GIB, 'Block'), open(2 * GIB - 1))).toBeUndefined();
    expect(smallTarget(FACTS, claim(2 * GIB + 1, 'Block'), open(2 * GIB))).toEqual({ least: '2049Mi' });
  });
});
