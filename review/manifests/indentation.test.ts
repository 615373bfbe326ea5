import { loadAll } from 'js-yaml';
import { readMended } from './indentation';
import { Locator } from './locator';
import { parseManifests } from './parser';

const parse = (text: string) => parseManifests('a.yaml', Buffer.from(text));
const objects = (text: string) => parse(text).manifests.map(({ object }) => object);
const faults = (text: string) =>
  parse(text).faults.map(({ line, column, severity, message }) => [line, column, severity, message]);

function placeOf(text: string, document: number, field: string) {
  const { lines } = parse(text);
  const locator = new Locator(
    () => text,
    (file) => lines.get(file) ?? [],
  );
  const finding = { object: { apiVersion: '', kind: '', name: '', file: 'a.yaml', document }, field };
  return locator.places([finding]).get(finding);
}

describe('flow text that is indented less than YAML wants', () => {
  // Each is what sigs.k8s.io/yaml v1.4.0 makes of it.
  test.each<[string, unknown]>([
    ["a: '[\n      1\n    ]'\n", { a: '[ 1 ]' }],
    ['a: "x\ny"\nb: yes\n', { a: 'x y', b: true }],
    ['metadata: {\n  name: a\n}\nb: 0644\n', { metadata: { name: 'a' }, b: 420 }],
    ['a: [x,\nz\n]\n', { a: ['x', 'z'] }],
    ["m:\n  a: {x: 1,\n# c\n  z: 2}\n  b: 'q\n\n  r'\n", { m: { a: { x: 1, z: 2 }, b: 'q\nr' } }],
    ["- 'a\n- b'\n", ['a - b']],
  ])('is read as kubectl reads it: %j', (text, value) => {
    expect(objects(text)).toEqual([value]);
    expect(faults(text)).toEqual([]);
  });

  test('still shows keys that stand twice, and what is wrong beside it', () => {
    expect(faults('a: {\n}\na: 1\n')).toEqual([
      [3, 1, 'warning', 'a key must stand once in its object; the last one counts'],
    ]);
    expect(faults('a: {\n}\nb: [1\n')).toEqual([[4, 1, 'error', expect.stringContaining('must be YAML: ')]]);
  });

  test('is read again for as many lines as its length allows', () => {
    const flow = (lines: number): string => `a: [${'1,\n'.repeat(lines)}2]`;
    const read = (lines: number, mostRead: number): number =>
      readMended({ text: flow(lines) }, (text) => loadAll(text), mostRead).moved.size;
    // Of 15 characters, and of 18: each is counted with one more.
    expect(read(3, 3 * 16)).toBe(3);
    expect(read(3, 2 * 16 + 1)).toBe(3);
    expect(() => read(3, 2 * 16)).toThrow('deficient indentation');
    expect(() => read(4, 3 * 19)).toThrow('deficient indentation');
  });

  test('fails when its map stands deeper than two hundred columns', () => {
    const text = (columns: number): string => `a:\n${' '.repeat(columns)}b: [1,\n2]\n`;
    expect(objects(text(200))).toEqual([{ a: { b: [1, 2] } }]);
    expect(faults(text(201))).toEqual([[3, 1, 'error', 'must be YAML: deficient indentation']]);
  });

  test('is read where the deepest map stands hundreds of lines below others', () => {
    const text = `a: 1\n${'# c\n'.repeat(300)}b:\n          c: [1,\n2]\n`;
    expect(objects(text)).toEqual([{ a: 1, b: { c: [1, 2] } }]);
  });

  test('has its places where they stand', () => {
    const text = 'x: 1\n---\na: {\n  b: 1,\nc: 2\n}\n';
    expect([placeOf(text, 1, 'a.b'), placeOf(text, 1, 'a.c')]).toEqual([
      { line: 4, column: 3 },
      { line: 5, column: 1 },
    ]);
  });
});

describe('tags that only others know', () => {
  // Each is what sigs.k8s.io/yaml v1.4.0 makes of it.
  test.each<[string, unknown]>([
    ['!secret 5', '5'],
    ['!vault |\n  x\n  y', 'x\ny\n'],
    ['!Ref {a: 1}', { a: 1 }],
    ['!x [1, yes]', [1, true]],
    ['!!python/name:foo.bar', ''],
    ['!!binary aGk=', 'hi'],
    ['!!timestamp 2001-01-01', '2001-01-01'],
    ['!!str 5', '5'],
    ['!!int "5"', 5],
    ['! 5', '5'],
  ])('are passed over: %j', (text, value) => {
    expect(objects(`a: ${text}\n`)).toEqual([{ a: value }]);
  });

  test('fail when kubectl refuses them, too', () => {
    expect(faults('a: !!int x\n')).toHaveLength(1);
    for (const text of ['a b', 'a bc', 'ab', 'abc=d']) expect(faults(`a: !!binary "${text}"\n`)).toHaveLength(1);
  });
});

describe('a stream of JSON', () => {
  const STREAM = '{"a": 1}\n{"b": "}{",\n "c": [2]} {"d": 3}\n';

  test('is read object by object', () => {
    expect(objects(STREAM)).toEqual([{ a: 1 }, { b: '}{', c: [2] }, { d: 3 }]);
    expect(faults(STREAM)).toEqual([]);
  });

  test('has its places', () => {
    expect(placeOf(STREAM, 1, 'c')).toEqual({ line: 3, column: 2 });
  });

  test.each(['{"a": 1} x', '{"a": 1}]', '{"a": 1}\n[2]', '{"a": 1', '{"a": 1}{"a" 1}'])(
    'fails when it is none: %s',
    (text) => expect(faults(text)).toHaveLength(1),
  );
});

describe('a template', () => {
  const TEMPLATE = expect.stringContaining('is a template: render it first') as string;

  test.each<[string, number, number]>([
    ['a: 1\nb:\n  c: {{ .Values.x }}\n', 3, 6],
    ['a: {{ x }}-y\nb: 1\n', 1, 4],
    ['{{- if .Values.on }}\na: 1\n{{- end }}\n', 1, 1],
    ['a:\n  {% for x in y %}\n  - b\n  {% endfor %}\n', 2, 3],
    ['a:\n%{ if on }\n  b: 1\n%{ endif }\n', 2, 1],
  ])('is called one, at its first line: %j', (text, line, column) => {
    expect(faults(text)).toEqual([[line, column, 'error', TEMPLATE]]);
  });

  test('is not what is broken otherwise, whatever stands in its text', () => {
    const [[line, , , message] = []] = faults('a: "{{ x }}"\nb: 1\nc: [1\nd: 2\n');
    expect([line, message]).toEqual([4, expect.stringContaining('must be YAML: ')]);
  });
});
