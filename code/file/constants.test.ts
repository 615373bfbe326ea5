import { withConstants } from './constants';

const text = (line: string, lines = 4): string => `[\n${`  '${line}',\n`.repeat(lines)}].join('\\n')`;

describe('withConstants', () => {
  test('names a text of several lines that stands twice', () => {
    const { constants, body } = withConstants(`{ description: ${text('a')}, other: ${text('a')} }`, []);
    expect(body).toBe('{ description: DESCRIPTION, other: DESCRIPTION }');
    expect(constants).toBe(`const DESCRIPTION = ${text('a')};\n\n`);
  });

  test.each([
    ['once', `{ a: ${text('a')} }`],
    ['in few lines', `{ a: ${text('a', 3)}, b: ${text('a', 3)} }`],
    ['otherwise each time', `{ a: ${text('a')}, b: ${text('b')} }`],
  ])('leaves what stands %s', (_title, body) => expect(withConstants(body, [])).toEqual({ constants: '', body }));

  test('reads a word, and a text, of any length', () => {
    const body = `{ a: '${'y'.repeat(1_000_000)}' }`;
    expect(withConstants(body, [])).toEqual({ constants: '', body });
    const long = `{ a: ${text('x', 2_000_000)} }`;
    expect(withConstants(long, []).constants).toBe('');
  });
});
