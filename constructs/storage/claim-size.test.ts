import { Size } from 'cdk8s';
import { VolumeMode } from './claim-modes';
import { inflatedBytes, overheadOf, scratchBytes, scratchClassName, usableBytes } from './claim-size';
import { StorageFacts } from './facts';

const { BLOCK, FILESYSTEM } = VolumeMode;
const MIB = 2 ** 20;
const GIB = 2 ** 30;
const NONE: StorageFacts = { storageClasses: [] };

describe('the sizes of a claim', () => {
  test('the overhead is that of the class, else that of CDI, else 6%', () => {
    const facts: StorageFacts = {
      storageClasses: [],
      cdi: { filesystemOverhead: 0.1, filesystemOverheadOf: { a: 0.2 } },
    };
    expect([overheadOf(facts, 'a'), overheadOf(facts, 'b'), overheadOf(NONE, 'a')]).toEqual([0.2, 0.1, 0.06]);
  });

  test('CDI adds the overhead to a file system alone, after rounding up to 1Mi', () => {
    expect(inflatedBytes(NONE, BLOCK, GIB)).toBe(1_073_741_824);
    expect(inflatedBytes(NONE, FILESYSTEM, GIB)).toBe(1_138_166_334);
    expect(inflatedBytes(NONE, FILESYSTEM, 1)).toBe(1_111_491);
  });

  test('CDI raises a claim to the smallest of its class', () => {
    const facts: StorageFacts = {
      storageClasses: [{ name: 'sc', provisioner: 'csi.a', minimumClaimSize: Size.gibibytes(4) }],
    };
    expect(inflatedBytes(facts, BLOCK, GIB, 'sc')).toBe(4 * GIB);
    expect(inflatedBytes(facts, BLOCK, 5 * GIB, 'sc')).toBe(5 * GIB);
    expect(inflatedBytes(facts, BLOCK, GIB, 'other')).toBe(GIB);
  });

  test.each([
    [1024, 966],
    [1085, 1023],
    [1086, 1024],
    [2048, 1932],
  ])('of a file system of %i Mi, %i Mi are usable', (size, usable) => {
    expect(usableBytes(FILESYSTEM, size * MIB, 0.06)).toBe(usable * MIB);
    expect(usableBytes(BLOCK, size * MIB, 0.06)).toBe(size * MIB);
  });

  test('scratch space is a file system that holds what the claim holds', () => {
    expect(scratchBytes(NONE, BLOCK, GIB, 'sc')).toBe(1086 * MIB);
    expect(scratchBytes(NONE, FILESYSTEM, GIB, 'sc')).toBe(1024 * MIB);
    const facts: StorageFacts = {
      storageClasses: [],
      cdi: { scratchSpaceStorageClassName: 'scratch', filesystemOverheadOf: { scratch: 0.5 } },
    };
    expect(scratchBytes(facts, BLOCK, GIB, 'sc')).toBe(1536 * MIB);
  });

  test('scratch space of a device holds its whole Mi', () => {
    const facts: StorageFacts = { storageClasses: [], cdi: { filesystemOverhead: 0 } };
    expect(scratchBytes(facts, BLOCK, GIB + 1, 'sc')).toBe(1024 * MIB);
    expect(scratchBytes(facts, FILESYSTEM, GIB + 1, 'sc')).toBe(1024 * MIB);
  });

  test.each<[string, Partial<StorageFacts>, string]>([
    ['the one that CDI is told', { cdi: { scratchSpaceStorageClassName: 'scratch' } }, 'scratch'],
    ['the default class', {}, 'plain'],
    ['that of the claim', { storageClasses: [{ name: 'vms', provisioner: 'csi.a', isVirtDefault: true }] }, 'sc'],
  ])('the class of scratch space is %s', (_, said, expected) => {
    const storageClasses = [
      { name: 'sc', provisioner: 'csi.a' },
      { name: 'plain', provisioner: 'csi.a', isDefault: true },
    ];
    const facts = { storageClasses, cdi: { filesystemOverheadOf: { plain: 0.5 } }, ...said };
    expect(scratchClassName(facts, 'sc')).toBe(expected);
    if (expected === 'plain') expect(scratchBytes(facts, BLOCK, GIB, 'sc')).toBe(1536 * MIB);
  });

  test('a claim of no class loses nothing to its file system', () => {
    expect(overheadOf({ storageClasses: [], cdi: { filesystemOverhead: 0.1 } }, '')).toBe(0);
  });
});
