import { overridesFor } from './overrides';

/** What makes the one of the other, as code, where they differ, and whether something is taken away. */
function said(made: unknown, wanted: unknown): readonly [string, readonly string[], boolean] | undefined {
  const found = overridesFor(made, wanted);
  return found && [found.code.print(0, 0), found.paths, found.removes];
}

describe('overridesFor', () => {
  test.each<[string, unknown, unknown, ReturnType<typeof said>]>([
    ['the same', { a: 1 }, { a: 1 }, undefined],
    ['what means the same', { memory: '1Gi', args: [] }, { memory: '1024Mi' }, undefined],
    ['another value', { a: 1, b: 2 }, { a: 1, b: 3 }, ['{ b: 3 }', ['b'], false]],
    ['a value more', { a: 1 }, { a: 1, b: { c: 2 } }, ['{ b: { c: 2 } }', ['b'], false]],
    ['a value less', { a: 1, b: 2 }, { a: 1 }, ['{ b: null }', ['b'], true]],
    ['one of another type', { a: 1 }, { a: { b: 1 } }, ['{ a: { b: 1 } }', ['a'], false]],
    ['a list more', {}, { a: [1, 2] }, ['{ a: [1, 2] }', ['a'], false]],
    ['another list', { a: [1] }, { a: [1, 2] }, ['{ a: Overrides.replaceList([1, 2]) }', ['a'], false]],
    [
      'a list of the same names',
      {
        a: [
          { name: 'x', b: 1 },
          { name: 'y', b: 1 },
        ],
      },
      {
        a: [
          { name: 'x', b: 1 },
          { name: 'y', b: 2 },
        ],
      },
      ["{ a: [{ name: 'y', b: 2 }] }", ['a[1].b'], false],
    ],
    [
      'a list of the same names with a value less',
      { a: [{ name: 'x', b: 1 }] },
      { a: [{ name: 'x' }] },
      ["{ a: [{ name: 'x', b: null }] }", ['a[0].b'], true],
    ],
    [
      'a list of other names',
      { a: [{ name: 'x' }, { name: 'y' }] },
      { a: [{ name: 'y' }, { name: 'x' }] },
      ["{ a: Overrides.replaceList([{ name: 'y' }, { name: 'x' }]) }", ['a'], false],
    ],
    [
      'a list of names that are no texts',
      { a: [{ name: 1, b: 1 }] },
      { a: [{ name: 1, b: 2 }] },
      ['{ a: Overrides.replaceList([{ name: 1, b: 2 }]) }', ['a'], false],
    ],
    [
      'a list of nothing',
      { a: [null, 1] },
      { a: [null, 2] },
      ['{ a: Overrides.replaceList([null, 2]) }', ['a'], false],
    ],
    ['a list in place of a value', { a: 1 }, { a: ['b'] }, ["{ a: ['b'] }", ['a'], false]],
  ])('of %s', (_title, made, wanted, expected) => expect(said(made, wanted)).toEqual(expected));
});
