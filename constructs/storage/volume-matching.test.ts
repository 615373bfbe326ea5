import { AccessMode, VolumeMode } from './claim-modes';
import { fits, withoutVolume } from './volume-matching';

const { READ_WRITE_MANY: RWX, READ_WRITE_ONCE: RWO } = AccessMode;
const request = (key: string, bytes: number) => ({ key, bytes, className: 'local', accessModes: [RWO] });
const volume = (name: string, bytes: number, claim?: string) => ({
  name,
  bytes,
  claim,
  storageClassName: 'local',
  accessModes: [RWO],
});
const keys = (of: readonly { readonly key: string }[]): string[] => of.map(({ key }) => key);

describe('a volume that somebody made', () => {
  test('fits a claim of its class, its modes and at most its size', () => {
    const disk = volume('a', 10);
    expect(fits(disk, request('n/c', 10))).toBe(true);
    expect(fits(disk, request('n/c', 11))).toBe(false);
    expect(fits(disk, { ...request('n/c', 10), className: '' })).toBe(false);
    expect(fits(disk, { ...request('n/c', 10), accessModes: [RWX] })).toBe(false);
    expect(fits(disk, { ...request('n/c', 10), volumeMode: VolumeMode.BLOCK })).toBe(false);
  });

  test('that is kept for a claim fits no other', () => {
    const kept = volume('a', 10, 'n/c');
    expect(fits(kept, request('n/c', 10))).toBe(true);
    expect(fits(kept, request('n/d', 10))).toBe(false);
  });
});

describe('claims that get no volume', () => {
  test('are those that are too many', () => {
    const three = [request('n/a', 1), request('n/b', 1), request('n/c', 1)];
    expect(keys(withoutVolume([volume('x', 1), volume('y', 1)], three))).toEqual(['n/c']);
    expect(keys(withoutVolume([], three))).toEqual(['n/a', 'n/b', 'n/c']);
  });

  test('are none where the volumes can be given out so that each gets one', () => {
    const two = [request('n/small', 1), request('n/large', 10)];
    expect(withoutVolume([volume('large', 10), volume('small', 1)], two)).toEqual([]);
  });
});
