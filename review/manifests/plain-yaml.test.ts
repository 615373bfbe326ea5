import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { Dice } from '../testing/fuzz/inputs';
import { Reading, readTwice } from '../testing/fuzz/plain-yaml';
import { changedYaml, PLAIN_MANIFEST } from '../testing/fuzz/yaml-texts';
import { kubectlSchema } from './kubectl-schema';
import { readPlain } from './plain-yaml';

const OPTIONS = { schema: kubectlSchema() };

/** What js-yaml reads; undefined for a fault, or for several documents. */
function slowly(text: string): string | undefined {
  try {
    const documents = loadAll(text, OPTIONS);
    return documents.length === 1 ? JSON.stringify(documents[0]) : undefined;
  } catch {
    return undefined;
  }
}

test('reads blank lines and comments itself', () => {
  expect(readPlain('# a\n\na: 1\n\n  # b\nb:\n\n  c: x\n\n')).toEqual({ a: 1, b: { c: 'x' } });
});

describe('a document of plain YAML', () => {
  test('is read with its comments, texts and lists', () => {
    expect(readPlain(PLAIN_MANIFEST)).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'web', annotations: { 'text/one': '1', 'text/two': "it's" } },
      spec: {
        empty: {},
        none: null,
        running: true,
        size: '10Gi',
        port: 8080,
        mode: 420,
        time: '10:20',
        command: '-c',
        access: ['ReadWriteMany', 'a b', 'c'],
        folded: 'one two\nthree',
        script: '#!/bin/sh\n  echo "a: b"\n\nexit 0\n',
        long: 'words that go on in the next line',
        disks: [{ name: 'a', list: ['x', 'y'] }, { name: 'b' }],
        volumes: [{ name: 'c' }],
      },
    });
  });

  test.each([
    ['a text that ends without a line end', 'a: |\n  x', { a: 'x\n' }],
    ['blank lines that are kept', 'a: |+\n  x\n\n\nb: 1\n', { a: 'x\n\n\n', b: 1 }],
    ['blank lines that are stripped', 'a: |-\n  x\n\n\nb: 1\n', { a: 'x', b: 1 }],
    ['a list in the column of its key', 'a:\n- b\nc: d\n', { a: ['b'], c: 'd' }],
    ['a map in braces', 'a: { b: 1, c: [x, {}], d: "e" } # f\n', { a: { b: 1, c: ['x', {}], d: 'e' } }],
    ['escapes that JSON has too', 'a: "b\\"c\\n\\\\d"\n', { a: 'b"c\n\\d' }],
    [
      'other letters',
      'a: \u00c4pfel "\u6f22"\nb: |\n  \u00e9 \u{1f600}\n',
      { a: '\u00c4pfel "\u6f22"', b: '\u00e9 \u{1f600}\n' },
    ],
    ['a key that every object has', 'constructor: 1\n', { constructor: 1 }],
    ['words of five letters', 'a: false\nb: [false, False, fals]\n', { a: false, b: [false, false, 'fals'] }],
    ['numbers that JSON writes longer', 'a: [1e20, 0x1F]\n', { a: [100000000000000000000, 31] }],
    ['a comment in no column', 'a:\n # x\n    b: 1\n  # y\n', { a: { b: 1 } }],
    ['blank lines that are kept at its end', 'a: |+\n  x\n\n', { a: 'x\n\n' }],
    ['a text that is kept, and ends with its line', 'a: |+\n  x\n', { a: 'x\n' }],
    ['a blank line before a text', 'a: |\n\n  x\n', { a: '\nx\n' }],
    ['a blank line before a folded text', 'a: >\n\n  x\n  y\n', { a: '\nx y\n' }],
    ['spaces in a blank line, as many as the text is indented by', 'a: |\n  x\n  \n  y\n', { a: 'x\n\ny\n' }],
  ])('has %s', (_title, text, object) => {
    expect(readPlain(text)).toEqual(object);
    expect(slowly(text)).toBe(JSON.stringify(object));
  });

  test.each([
    ['an anchor', 'a: &x 1\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a key that repeats', 'a: 1\na: 2\n'],
    ['a key that means something else', 'on: 1\n'],
    ['such a key of five letters', 'FALSE: 1\n'],
    ['such a key further down', 'a:\n  on: 1\n'],
    ['a dash as a value, with more below', 'a: -\n  b\n'],
    ['quotes with more below', 'a: "b"\n  c: d\n'],
    ['a bracket that is not closed', 'a: [b\n'],
    ['a key that ends with a colon', 'a:: 1\n'],
    ['the key of a prototype', '__proto__: 1\n'],
    ['braces over several lines', 'a: {b: 1,\n  c: 2}\n'],
    ['a key in braces without a value', 'a: {b: }\n'],
    ['a list in brackets that ends in a comma', 'a: [b, ]\n'],
    ['an escape of a code', 'a: "\\x41"\n'],
    ['a tab', 'a:\tb\n'],
    ['the line ends of Windows', 'a: b\r\n'],
    ['a template', 'a: {{ b }}\n'],
    ['a colon within', 'a: b: c\n'],
    ['a number that JSON has not', 'a: .inf\n'],
    ['a column that nothing began', 'a:\n    b: 1\n  c: 2\n'],
    ['a list as a whole', '- a\n'],
    ['a document of comments', '# a\n'],
    ['a short word with a line separator', 'a: Op\u2028\n'],
    ['such a key', 'No\u2028: 1\n'],
    ['a dash alone in its line', 'a:\n-\n  b: 1\n'],
    ['such a dash behind an item', 'a:\n- b\n-\n'],
    ['a dash and spaces alone in a line', 'a:\n  -  \n    b: 1\n'],
    ['a literal text without a line', 'a: |\n'],
    ['blank lines alone as a literal text', 'a: |+\n\n'],
    ['spaces in the blank line before a text', 'a: |\n \n  x\n'],
    ['more spaces in a blank line than the text is indented by', 'a: |\n  x\n   \n'],
    ['a text that is kept, and ends without a line end', 'a: |+\n  x'],
  ])('is left to js-yaml where it has %s', (_title, text) => {
    expect(readPlain(text)).toBeUndefined();
  });

  const flow = (levels: number, open: string, close: string): string =>
    `a: ${open.repeat(levels - 1)}x${close.repeat(levels - 1)}\n`;
  const lines = (levels: number): string =>
    Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n');

  test.each<[string, number, (most: number) => string]>([
    ['levels of maps', 60, (levels) => `${lines(levels)}\n`],
    ['levels of maps and a list', 60, (levels) => `${lines(levels - 1)}\n${' '.repeat(levels)}- x\n`],
    ['levels of lists in brackets', 60, (levels) => flow(levels, '[', ']')],
    ['levels of maps in braces', 60, (levels) => flow(levels, '{ a: ', ' }')],
    ['keys of a map', 128, (keys) => Array.from({ length: keys }, (_, key) => `k${key}: 1\n`).join('')],
    ['characters of a key', 1000, (length) => `${'k'.repeat(length)}: 1\n`],
    ['characters', 4 * 2 ** 20, (length) => 'a: 1\n#'.padEnd(length, '-')],
  ])('is read with all the %s that it may have, %d, and left to js-yaml with one more', (_title, most, text) => {
    expect(readPlain(text(most))).toEqual(loadAll(text(most), OPTIONS)[0]);
    expect(readPlain(text(most + 1))).toBeUndefined();
  });

  test('is read with many keys in maps within one another', () => {
    const keys = (letter: string, indent: string): string =>
      Array.from({ length: 100 }, (_, key) => `${indent}${letter}${key}: 1\n`).join('');
    const text = `${keys('a', '')}b:\n${keys('c', '  ')}d: { e: 1 }\n`;
    expect(readPlain(text)).toEqual(loadAll(text, OPTIONS)[0]);
  });

  test('is read where JSON takes no more room than was set aside, and left to js-yaml where it takes more', () => {
    const text = `a: ${'x'.repeat(70_000)}\nb: yes\nc:\n`;
    expect(readPlain(text)).toEqual({ a: 'x'.repeat(70_000), b: true, c: null });
    expect(readPlain(`a: [${Array(20_000).fill('1e20').join(',')}]\n`)).toBeUndefined();
  });

  test('is left to js-yaml where it has a character that is not printable, DEL too', () => {
    expect(readPlain('a: b~\n')).toEqual({ a: 'b~' });
    expect(readPlain('a: b\u007f\n')).toBeUndefined();
  });

  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('web', '10Gi', 'yes', '', '1', 8080, -1, 1.5, true, null, 'a: b', '# x', 'x\n', ' x\n\ny\n'),
      fc.string(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('name', 'a/b', 'spec', 'x-1', 'on', '1', '"'), tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  const objects = fc.dictionary(fc.constantFrom('apiVersion', 'kind', 'metadata', 'spec'), value);

  test('is read as js-yaml reads it, whatever it holds', () => {
    fc.assert(fc.property(objects, (object) => readTwice(Yaml.stringify(object)) !== Reading.OTHER));
  });

  test('is read as js-yaml reads it, or not at all, however it is changed', () => {
    const counts = { [Reading.SAME]: 0, [Reading.LEFT]: 0, [Reading.OTHER]: 0 };
    for (let seed = 1; seed <= 3000; seed++) counts[readTwice(changedYaml(PLAIN_MANIFEST, new Dice(seed)))]++;
    expect(counts[Reading.OTHER]).toBe(0);
    // Neither is the rule for all of them.
    expect(Math.min(counts[Reading.SAME], counts[Reading.LEFT])).toBeGreaterThan(400);
  });
});
