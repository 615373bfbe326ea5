import { Dice } from '../testing/fuzz/inputs';
import { changedFile, readFileTwice, Reading } from '../testing/fuzz/plain-yaml';
import { PLAIN_MANIFEST } from '../testing/fuzz/yaml-texts';
import { JsonParts } from './json-parts';
import { readPlainFile } from './plain-yaml';

const read = (text: string) => readPlainFile(Buffer.from(text));

describe('a file of plain documents', () => {
  test.each([
    ['documents', 'a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }], [0, 1]],
    ['a marker before the first', '---\na: 1\n---\nb: 2', [{ a: 1 }, { b: 2 }], [0, 2]],
    ['documents of comments', '# x\n---\n# y\n--- # z\na: 1\n---\n---\n', [{ a: 1 }], [3]],
    ['a marker that ends a literal text', 'a: |\n  x\n---\nb: 2\n', [{ a: 'x\n' }, { b: 2 }], [0, 2]],
    ['dashes that are no marker', 'a: |\n  ---\nb: ---x\n---\nc: 1\n', [{ a: '---\n', b: '---x' }, { c: 1 }], [0, 3]],
    [
      'the same keys in each',
      'a: 1\nb: 1\n---\na: 1\nb: 1\n',
      [
        { a: 1, b: 1 },
        { a: 1, b: 1 },
      ],
      [0, 2],
    ],
    ['a marker at its very end', 'a: 1\n---', [{ a: 1 }], [0]],
  ])('has %s', (_title, text, objects, lines) => {
    expect(read(text)).toEqual({ objects, lines });
    expect(readFileTwice(text)).toBe(Reading.SAME);
  });

  test('has up to 2^16 bytes', () => {
    const file = (bytes: number): string => 'a: 1\n#'.padEnd(bytes, '-');
    expect(read(file(2 ** 16))).toEqual({ objects: [{ a: 1 }], lines: [0] });
    expect(read(file(2 ** 16 + 1))).toBeUndefined();
  });

  test.each([
    ['nothing', ''],
    ['comments alone', '# a\n---\n# b\n'],
    ['letters that ASCII has not', 'a: ü\n'],
    ['such letters in a comment', 'a: 1\n---\n# ü\nb: 1\n'],
    ['JSON', '{"a":1}\n'],
    ['JSON behind a marker', 'a: 1\n---\n{"a":1}\n'],
    ['directives', '%YAML 1.1\n---\na: 1\n'],
    ['directives further down', 'a: 1\n---\nb: |\n  x\n%TAG ! x\n'],
    ['one document that is not plain', 'a: 1\n---\nb: &x 1\n---\nc: 1\n'],
    ['the line ends of Windows', 'a: 1\r\n---\r\nb: 1\r\n'],
    ['a byte order mark', '\ufeffa: 1\n'],
  ])('is left where it holds %s', (_title, text) => {
    expect(read(text)).toBeUndefined();
  });

  test('is handed on as the JSON of each document', () => {
    const parts = new JsonParts();
    readPlainFile(Buffer.from('a: 1\n---\n# x\n---\nb: { c: [d] }\n'), parts);
    expect(parts.length).toBe(2);
    expect(Buffer.from(parts.list()).toString()).toBe('[{"a":1},{"b":{"c":["d"]}}]');
  });

  test('is read as its documents are one by one, or not at all, however they are changed', () => {
    const counts = { [Reading.SAME]: 0, [Reading.LEFT]: 0, [Reading.OTHER]: 0 };
    const documents = [PLAIN_MANIFEST, 'a: 1\n', 'kind: List\nitems:\n- a\n- b: |\n    c\n'];
    for (let seed = 1; seed <= 2000; seed++) counts[readFileTwice(changedFile(documents, new Dice(seed)))]++;
    expect(counts[Reading.OTHER]).toBe(0);
    // Neither is the rule for all of them.
    expect(Math.min(counts[Reading.SAME], counts[Reading.LEFT])).toBeGreaterThan(200);
  });
});
