import { statedPart } from './live-object';

/** What of a live object stands against the spec of a manifest. */
const specOf = (live: unknown, next: unknown): unknown => statedPart({ spec: live }, { spec: next }).spec;

describe('the part of a live object that a manifest states', () => {
  test('keeps the status', () => {
    const live = { spec: { a: 1, added: 2 }, status: { phase: 'Bound' } };
    expect(statedPart(live, { spec: { a: 3 } })).toEqual({ spec: { a: 1 }, status: { phase: 'Bound' } });
    expect(statedPart({ spec: { a: 1 } }, { spec: { a: 3 } })).not.toHaveProperty('status');
  });

  test.each([
    [
      'the items of a list by their names',
      [
        { name: 'a', v: 1, w: 1 },
        { name: 'b', v: 2, w: 2 },
      ],
      [
        { name: 'b', w: 0 },
        { name: 'a', v: 0 },
      ],
      [
        { name: 'a', v: 1 },
        { name: 'b', w: 2 },
      ],
    ],
    [
      'those without names by their places',
      [
        { port: 80, nodePort: 1 },
        { port: 81, nodePort: 2 },
      ],
      [{ port: 1 }, { nodePort: 1 }],
      [{ port: 80 }, { nodePort: 2 }],
    ],
    [
      'an item that is a text as it is',
      ['x', { name: 'a', v: 1, w: 1 }],
      ['y', { name: 'a', v: 0 }],
      ['x', { name: 'a', v: 1 }],
    ],
    ['an item that is null as it is', [null], [1], [null]],
    ['an object as it is, where the manifest has a text', { b: 1 }, 'x', { b: 1 }],
    ['a list as it is, where the manifest has a text', [{ name: 'a' }], 'x', [{ name: 'a' }]],
    ['a text as it is, where the manifest has a list', 'x', ['y'], 'x'],
  ])('has %s', (_what, live, next, expected) => expect(specOf(live, next)).toEqual(expected));
});
