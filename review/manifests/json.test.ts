import { objectAt, objectsAt, textAt, valueAt, withAt } from './json';

describe('valueAt', () => {
  const object = { a: { b: [{ c: 1 }], d: null, e: 'text' } };

  test('follows a path as far as there are objects', () => {
    expect(valueAt(object, 'a', 'e')).toBe('text');
    expect(valueAt(object, 'a', 'd', 'x')).toBeUndefined();
    expect(valueAt(object, 'a', 'b', 'length')).toBeUndefined();
    expect(valueAt('text', 'length')).toBeUndefined();
  });

  test('answers what is asked for, or nothing', () => {
    expect(objectAt(object, 'a', 'b')).toBeUndefined();
    expect(textAt(object, 'a', 'd')).toBe('');
    expect(objectsAt(object, 'a', 'b')).toBe(object.a.b);
    expect(objectsAt({ a: [1, { b: 2 }] }, 'a')).toEqual([{}, { b: 2 }]);
    expect(objectsAt(object, 'a', 'e')).toEqual([]);
  });
});

describe('withAt', () => {
  test('changes a copy, and shares the rest', () => {
    const object = { a: { b: 1 }, c: { d: 2 } };
    const changed = withAt(object, ['a', 'x', 'y'], 3);
    expect(changed).toEqual({ a: { b: 1, x: { y: 3 } }, c: { d: 2 } });
    expect(changed.c).toBe(object.c);
    expect(object).toEqual({ a: { b: 1 }, c: { d: 2 } });
  });
});
