import { KeptBytes } from './kept-bytes';

describe('KeptBytes', () => {
  const bytes = Buffer.from('a: b\n'.repeat(100));

  test.each([
    [500, 500],
    [499, 22],
  ])('keeps 500 bytes, of which %d may stay as they are, in at most %d', (most, held) => {
    const kept = new KeptBytes(bytes, most);
    expect(kept.bytes.equals(bytes)).toBe(true);
    expect((kept as unknown as { stored: Buffer }).stored.length).toBeLessThanOrEqual(held);
    expect(kept.bytes.equals(bytes)).toBe(true);
  });

  test('keeps nothing as nothing', () => expect(new KeptBytes(Buffer.alloc(0), 0).bytes).toHaveLength(0));
});
