import { jsonPieces } from './json-pieces';
import { printableJson } from './printable';

const LONG = Array.from({ length: 250 }, (_item, index) => ({ name: `vm-${index}`, notKnown: ['a\nb', 'x\u202ey'] }));

describe('jsonPieces', () => {
  test.each([
    ['a short object', { a: 1, b: [true, null, 'x'], c: {}, d: [] }],
    ['a text', 'https://u:p@h/x'],
    ['a long list', LONG],
    ['a long list deep inside', { runs: [{ tool: { name: 'a' }, results: LONG, left: undefined }], version: '2' }],
    ['long lists in a long list', Array.from({ length: 101 }, () => [LONG, [], {}])],
    ['an object of many keys', Object.fromEntries(LONG.map(({ name }, index) => [`${name}"`, index]))],
    ['a long list with gaps', Array.from({ length: 101 }, (_item, index) => (index === 3 ? undefined : index))],
  ])('write %s as printableJson does', (_title, value) => {
    expect([...jsonPieces(value)].join('')).toBe(printableJson(value));
  });

  test('write an iterable as a list, and none of its items before its turn', () => {
    let made = 0;
    function* texts(): Generator<string> {
      for (const text of ['a', 'b']) {
        made++;
        yield text;
      }
    }
    const pieces = jsonPieces({ texts: texts(), none: [].values() });
    const first = [pieces.next().value, pieces.next().value].join('');
    expect([first, made]).toEqual(['{\n  "texts": [\n    ', 1]);
    expect(JSON.parse(first + [...pieces].join(''))).toEqual({ texts: ['a', 'b'], none: [] });
  });

  test.each([
    ['a list', (length: number): unknown => Array.from({ length }, () => 1)],
    ['an object', (length: number) => Object.fromEntries(Array.from({ length }, (_entry, index) => [`k${index}`, 1]))],
  ])('write %s of a hundred entries at once, and a longer one bit by bit', (_title, made) => {
    expect([...jsonPieces(made(100))]).toHaveLength(1);
    expect([...jsonPieces(made(101))].length).toBeGreaterThan(4);
  });

  test('hold at most 32 items of a list, and an item that is long by itself', () => {
    const items = [...LONG, LONG, ...LONG];
    const most = Math.max(...[...jsonPieces({ results: items })].map((piece) => piece.split('"name"').length - 1));
    expect(most).toBe(32);
  });
});
