import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { report } from '..';
import { codePoint } from '../../constructs/shared/testing/code-point';
import { parseManifests, parseText } from './parser';

const parse = (text: string) => parseManifests('a.yaml', Buffer.from(text));
const objects = (text: string) => parse(text).manifests.map(({ object }) => object);
const faults = (text: string) =>
  parse(text).faults.map(({ line, column, severity, message }) => [line, column, severity, message]);

describe('parseManifests', () => {
  test('reads the documents of a file, and numbers them', () => {
    const { manifests, faults } = parse('a: 1\n---\n# nothing\n---\nb: 2\n--- # end\nc: 3\n');
    expect(manifests.map(({ object, origin }) => [object, origin])).toEqual([
      [{ a: 1 }, { file: 'a.yaml', document: 0 }],
      [{ b: 2 }, { file: 'a.yaml', document: 1 }],
      [{ c: 3 }, { file: 'a.yaml', document: 2 }],
    ]);
    expect(faults).toEqual([]);
  });

  test('reads the line ends of Windows', () => {
    const text = 'a: 1\r\n---\r\nb: |\r\n  x\r\n  y\r\n--- # end\r\nc: "d"\r\n';
    expect(objects(text)).toEqual([{ a: 1 }, { b: 'x\ny\n' }, { c: 'd' }]);
    expect(faults(text)).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['yes', true],
    ['Off', false],
    ['0644', 420],
    ['0o644', 420],
    ['-0x1F', -31],
    ['0b11', 3],
    ['1_000', 1000],
    ['08', 8],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.', 1],
    ['.inf', Infinity],
    ['2024-01-01', '2024-01-01'],
    ['10:20', '10:20'],
    ['1Gi', '1Gi'],
    ['_1', '_1'],
    ['.', '.'],
    ['"0644"', '0644'],
    ['~', null],
  ])('reads %s as kubectl does', (text, value) => {
    expect(objects(`a: ${text}`)).toEqual([{ a: value }]);
  });

  test('reads merged keys, and keys that are no text', () => {
    expect(objects('a: &a {x: 1}\nb: {<<: *a, z: 2}\n')).toEqual([{ a: { x: 1 }, b: { x: 1, z: 2 } }]);
    expect(objects('1: a\ny: b\n')).toEqual([{ 1: 'a', true: 'b' }]);
  });

  test('reads JSON, with a byte order mark, in UTF-16, and with directives', () => {
    expect(objects('{\n\t"a": 1e2}')).toEqual([{ a: 100 }]);
    expect(objects('\ufeffa: 1')).toEqual([{ a: 1 }]);
    const wide = parseManifests('a', Buffer.from('\ufeffa: ü', 'utf16le'));
    expect(wide.manifests[0]?.object).toEqual({ a: 'ü' });
    expect(objects('%YAML 1.2\n---\na: 1\n...\n%YAML 1.2\n---\nb: 1\n')).toEqual([{ a: 1 }, { b: 1 }]);
  });

  test('says where a text is broken, and reads the documents beside it', () => {
    const text = 'a: 1\n---\nb:\n  c: [1\nd: 2\n---\ne: 3\n';
    expect(objects(text)).toEqual([{ a: 1 }, { e: 3 }]);
    expect(faults(text)).toEqual([[5, 2, 'error', expect.stringMatching(/^must be YAML: /)]]);
  });

  test('says that a key stands twice, and takes the last one, as kubectl does', () => {
    expect(objects('x: 1\n---\na: 1\na: 2\n')).toEqual([{ x: 1 }, { a: 2 }]);
    expect(faults('x: 1\n---\na: 1\na: 2\n')).toEqual([
      [4, 1, 'warning', 'a key must stand once in its object; the last one counts'],
    ]);
    expect(faults('{"a": 1,\n "a": 2}')).toEqual([[2, 3, 'warning', expect.stringContaining('must stand once')]]);
  });

  test.each(['', ' \n', '# nothing\n', '---\n---\n', 'null'])('says that %j holds nothing', (text) => {
    expect(objects(text)).toEqual([]);
    expect(faults(text)).toEqual([[undefined, undefined, 'warning', 'holds no manifest']]);
  });

  test.each([['5'], ['text'], ['- a: 1'], ['[]']])('hands %j to the review, which passes it by', (text) => {
    const { findings, unchecked } = report(parse(text).manifests);
    expect(findings).toEqual([]);
    expect(unchecked).toEqual([{ file: 'a.yaml', document: 0, reason: expect.stringMatching(/must be an object/) }]);
  });

  test('refuses what is no text', () => {
    expect(parseManifests('a', Buffer.from([0x61, 0xff, 0xfe])).faults[0]?.message).toMatch(/must be text/);
    expect(parseManifests('a', Buffer.from('a: \0')).faults[0]?.message).toMatch(/must be text/);
  });

  test('refuses aliases that explode, and an alias within its own anchor', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level++) {
      bomb.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    expect(faults(bomb.join('\n'))).toEqual([[1, undefined, 'error', expect.stringMatching(/at most 2000000 values/)]]);
    expect(faults('a: &a {b: *a}')).toEqual([[1, undefined, 'error', expect.stringMatching(/its own anchor/)]]);
    expect(objects('a: &a [1]\nb: [*a, *a]\n')).toEqual([{ a: [1], b: [[1], [1]] }]);
  });

  test('takes two million values with the aliases written out, and refuses one more', () => {
    const texts = (count: number): string => `[${Array(count).fill('x').join(', ')}]`;
    // The map, 1,000 values in a, 1 + 1,998 * 1,000 in b, and 998 in c.
    const most = `a: &a ${texts(999)}\nb: [${Array(1998).fill('*a').join(', ')}]\nc: ${texts(997)}\n`;
    expect(faults(most)).toEqual([]);
    expect(faults(`${most}d: 1\n`)).toEqual([[1, undefined, 'error', expect.stringMatching(/at most 2000000 values/)]]);
  });

  test('takes what is nested 100 levels deep, in JSON, and refuses one more', () => {
    const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(faults(`{"a": ${nested(99)}}`)).toEqual([]);
    expect(faults(`{"a": ${nested(100)}}`)).toEqual([
      [1, undefined, 'error', expect.stringMatching(/nested at most 100/)],
    ]);
  });

  test('looks for keys that stand twice in JSON of up to 2^20 characters', () => {
    const json = (length: number): string => '{"a":1,"a":2}'.padEnd(length);
    expect(faults(json(2 ** 20))).toEqual([[1, 9, 'warning', expect.stringContaining('must stand once')]]);
    expect(faults(json(2 ** 20 + 1))).toEqual([]);
  });

  test.each([100_000, 101])('refuses what is nested %d levels deep, in YAML and JSON', (levels) => {
    const text = `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(faults(`{"a": ${text}}`)).toEqual([[1, undefined, 'error', expect.stringMatching(/nested at most 100/)]]);
    expect(faults(`a: ${text}`)).toEqual([[1, expect.any(Number), 'error', expect.stringMatching(/nesting/)]]);
  });

  test('takes texts of two million characters, of one line or of many', () => {
    const long = 'x'.repeat(2_000_000);
    expect(objects(`a: ${long}\nb: |\n${'  y\n'.repeat(500_000)}`)).toEqual([{ a: long, b: 'y\n'.repeat(500_000) }]);
  });

  test('refuses a YAML document whose parts would not fit into memory, and reads the same size of JSON', () => {
    const document = '---\n]'.padEnd(32 * 2 ** 20, '-');
    const faultsOf = (text: string) => parseText('a.yaml', text).faults.map(({ line, message }) => [line, message]);
    expect(faultsOf(`b: 1\n${document}`)).toEqual([[3, expect.stringMatching(/^must be YAML: /)]]);
    expect(faultsOf(`b: 1\n${document}-`)).toEqual([[2, expect.stringMatching(/or give it as JSON/)]]);
    expect(faultsOf(JSON.stringify({ a: document }))).toEqual([]);
  });

  test('answers for whatever text', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        ': ',
        '- ',
        '\n',
        '  ',
        '---\n',
        '...\n',
        '{',
        '}',
        '[',
        ']',
        ',',
        '&a ',
        '*a',
        '!!',
        '!x ',
        '|\n',
        '>-\n',
      ],
      ...[
        '"',
        "'",
        '\\',
        '#',
        '? ',
        '%YAML 1.1\n',
        '<<: ',
        '\t',
        '\r',
        '\u0000',
        '\u2028',
        '\ud800',
        '0644',
        'yes',
        '=',
        '~',
      ],
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
      fc.string({ unit: codePoint, maxLength: 80 }),
    );
    fc.assert(
      fc.property(text, (given) => {
        const { manifests, faults } = parse(given);
        expect(manifests.length + faults.length).toBeGreaterThan(0);
        report(manifests);
      }),
      { numRuns: 1500 },
    );
  });

  test('answers for whatever bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { manifests, faults } = parseManifests('a', bytes);
        expect(manifests.length + faults.length).toBeGreaterThan(0);
      }),
    );
  });

  test('reads JSON back as it was written', () => {
    const object = fc
      .dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 })
      .map((value) => JSON.parse(JSON.stringify(value)) as object);
    fc.assert(fc.property(object, (given) => expect(objects(JSON.stringify(given))).toEqual([given])));
  });

  // Of numbers that YAML 1.1 and 1.2 tell apart differently (0e_0) no two readers say the same.
  test('reads YAML back as it was written', () => {
    const word = fc.stringMatching(/^[a-z]{6,12}$/);
    const value = fc.oneof(word, fc.integer(), fc.boolean(), fc.array(word), fc.dictionary(word, word));
    const documents = fc.array(fc.dictionary(word, value, { minKeys: 1 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(documents, (given) => {
        const plain = JSON.parse(JSON.stringify(given)) as object[];
        expect(objects(Yaml.stringify(...plain))).toEqual(plain);
      }),
    );
  });
});
