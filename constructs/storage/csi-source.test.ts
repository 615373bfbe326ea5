import { VolumeMode } from './claim-modes';
import { CsiCopy, csiRefusal } from './csi-source';
import { StorageFacts } from './facts';

const FACTS: StorageFacts = {
  storageClasses: [
    { name: 'a', provisioner: 'csi.a' },
    { name: 'also-a', provisioner: 'csi.a' },
    { name: 'b', provisioner: 'csi.b' },
  ],
};
const of = (storageClassName?: string, volumeMode = VolumeMode.BLOCK) => ({
  storageClassName,
  volumeMode,
  missing: [],
});
const refused = (more: Partial<CsiCopy>): string | undefined =>
  csiRefusal(FACTS, {
    fromSnapshot: false,
    source: of('a'),
    target: of('a'),
    sourceBytes: 10,
    targetBytes: 10,
    ...more,
  })?.reason;

describe('what a CSI driver clones or restores', () => {
  test('is at least as large, of the same driver and of the same mode', () => {
    expect(refused({})).toBeUndefined();
    expect(refused({ targetBytes: 11 })).toBeUndefined();
    expect(refused({ target: of('also-a') })).toBeUndefined();
    expect(refused({ target: of('unknown') })).toBeUndefined();
    expect(refused({ sourceBytes: undefined, targetBytes: 1 })).toBeUndefined();
    expect(refused({ sourceBytes: 1, targetBytes: undefined })).toBeUndefined();
    expect(refused({ sourceBytes: undefined, targetBytes: undefined })).toBeUndefined();
  });

  test.each<[Partial<CsiCopy>, string]>([
    [{ targetBytes: 9 }, 'it asks for less than its source'],
    [{ targetBytes: 9, fromSnapshot: true }, 'it asks for less than its source'],
    [{ target: of('b') }, 'its class is of the driver csi.b, and that of its source of csi.a'],
    [{ target: of('b'), fromSnapshot: true }, 'its class is of the driver csi.b'],
    [{ target: of('a', VolumeMode.FILESYSTEM) }, 'it is of volume mode Filesystem, and its source of Block'],
  ])('fails when %j', (more, reason) => {
    expect(refused(more)).toContain(reason);
    expect(refused(more)).toContain('the CSI driver refuses it, and the claim is never bound');
  });

  test('may be of another mode if it is a snapshot: that is set in the driver', () => {
    expect(refused({ target: of('a', VolumeMode.FILESYSTEM), fromSnapshot: true })).toBeUndefined();
  });
});
