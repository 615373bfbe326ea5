import { withFields } from './with-fields';

describe('withFields', () => {
  it('lays fields over those of an object, which stays as it was', () => {
    const base = { name: 'web', port: 80 };
    expect(withFields(base, { port: 443, isSecure: true })).toEqual({ name: 'web', port: 443, isSecure: true });
    expect(base).toEqual({ name: 'web', port: 80 });
  });

  it('keeps the order in which a literal would have them, and what is undefined', () => {
    const base: { a: number; b?: number } = { a: 1, b: 2 };
    expect(Object.entries(withFields(base, { b: undefined, c: 3 }))).toEqual([
      ['a', 1],
      ['b', undefined],
      ['c', 3],
    ]);
  });
});
