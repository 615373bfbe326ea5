import fc from 'fast-check';
import { load } from 'js-yaml';
import { parse } from 'yaml';
import { codePoint } from '../shared/testing/code-point';
import { CloudYaml, printCloudYaml } from './cloud-init-yaml';

const HARD =
  ' \t\n\r\u0085\u2028\u2029\ufeff\u007f\u0001\u009f\ufffe\uffff\u200d\u00a0:#-?[]{},&*!|>\'"%@`\\=~<.+_aeyNo019é😀'.match(
    /./gsu,
  ) ?? [];

describe('printCloudYaml', () => {
  test.each([
    ['apk add --no-cache lsblk', 'apk add --no-cache lsblk'],
    ['echo "alpine:alpine" | chpasswd', 'echo "alpine:alpine" | chpasswd'],
    ["echo 'hi!' > /etc/motd", "echo 'hi!' > /etc/motd"],
    ['yes', "'yes'"],
    ['NO', "'NO'"],
    ['null', "'null'"],
    ['~', "'~'"],
    ['', "''"],
    ['012', "'012'"],
    ['1e3', "'1e3'"],
    ['e1', "'e1'"],
    ['0o14', "'0o14'"],
    ['12:30:45', "'12:30:45'"],
    ['2024-01-02', "'2024-01-02'"],
    ['=', "'='"],
    ['<<', "'<<'"],
    ['@daily', "'@daily'"],
    ['- x', "'- x'"],
    ['a: b', "'a: b'"],
    ["it's: so", "'it''s: so'"],
    ['a #b', "'a #b'"],
    ['a:', "'a:'"],
    ['a ', "'a '"],
    [' a', "' a'"],
    ['a\tb', '"a\\tb"'],
    ['é 👋', "'é 👋'"],
    ['a\u0085b', '"a\\x85b"'],
    ['a\u2028b', '"a\\u2028b"'],
    ['a\u007f\u001b[0m"\\', '"a\\x7F\\x1B[0m\\"\\\\"'],
    ['\u{e0001}', '"\\U000E0001"'],
    ['a\r\nb', '"a\\r\\nb"'],
    ['a\n\n', '"a\\n\\n"'],
    ['\na', '"\\na"'],
    [' a\nb', '" a\\nb"'],
    ['a\n  \nb', '"a\\n  \\nb"'],
  ])('prints %j as %s', (text, yaml) => {
    expect(printCloudYaml({ key: text })).toBe(`key: ${yaml}\n`);
  });

  test('prints lines as a block', () => {
    expect(printCloudYaml({ a: 'x\n\ty: #z\n\n  w', b: ['x\n'] })).toBe(
      'a: |-\n  x\n  \ty: #z\n\n    w\nb:\n  - |\n    x\n',
    );
  });

  test('prints maps and lists in their order and leaves out what is undefined', () => {
    expect(printCloudYaml({ z: { y: true, x: false }, u: undefined, a: ['b', { d: 'e', c: ['f'] }], n: [] })).toBe(
      "z:\n  'y': true\n  x: false\na:\n  - b\n  - d: e\n    c:\n      - f\n'n': []\n",
    );
  });

  test('prints an empty map', () => {
    expect(printCloudYaml({})).toBe('{}\n');
    expect(printCloudYaml({ a: {}, b: [{}, { c: undefined }] })).toBe('a: {}\nb:\n  - {}\n  - {}\n');
  });

  test('prints numbers and null, and quotes keys that are no words', () => {
    expect(printCloudYaml({ a: 1, b: [-0.5, null], '/dev/vdb': 1e21, '12': true, 'a: b': 'c' })).toBe(
      "'12': true\na: 1\nb:\n  - -0.5\n  - null\n'/dev/vdb': 1.0e+21\n'a: b': c\n",
    );
  });

  test.each([
    ['yaml', (text: string): unknown => parse(text, { version: '1.1' })],
    ['js-yaml', (text: string): unknown => load(text)],
  ])('prints any text so that %s reads it back', (_, read) => {
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom(...HARD), maxLength: 12 }),
      fc.string({ unit: codePoint, maxLength: 30 }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 20 }), (list) => {
        const map = { list, maps: list.map((content) => ({ content })) };
        expect(read(`#cloud-config\n${printCloudYaml(map)}`)).toEqual(map);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['yaml', (text: string): unknown => parse(text, { version: '1.1' })],
    ['js-yaml', (text: string): unknown => load(text)],
  ])('prints any data so that %s reads it back', (_, read) => {
    const text = fc.string({ unit: fc.constantFrom(...HARD), maxLength: 6 });
    const { data } = fc.letrec<{ data: CloudYaml }>((tie) => ({
      data: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('data'), { maxLength: 3 }),
        fc.dictionary(text, tie('data') as fc.Arbitrary<CloudYaml>, { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(text, data, { maxKeys: 3 }), (map) => {
        const plain = JSON.parse(JSON.stringify(map)) as typeof map;
        expect(read(printCloudYaml(plain))).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });
});
