import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { loadAll } from 'js-yaml';
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

/** Whether it leaves a text to js-yaml, or reads what js-yaml does, in the same order. */
function agrees(text: string): boolean {
  const object = readPlain(text);
  return object === undefined || JSON.stringify(object) === slowly(text);
}

test('reads blank lines and comments itself', () => {
  expect(readPlain('# a\n\na: 1\n\n  # b\nb:\n\n  c: x\n\n')).toEqual({ a: 1, b: { c: 'x' } });
});

const MANIFEST = `--- # a comment
# another
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: web # behind
  annotations:
    text/one: "1"
    text/two: 'it''s'
spec:
  empty: {}
  none:
  running: yes
  size: 10Gi
  port: 8080
  mode: 0644
  time: 10:20
  command: -c
  access: [ReadWriteMany, "a b", 'c']
  folded: >-
    one
    two

    three
  script: |
    #!/bin/sh
      echo "a: b"

    exit 0
  long: words that go on
    in the next line
  disks:
  - name: a
    list:
    -   x
    - "y"
  - name: b
  volumes:
    - name: c
`;

const PIECES = [
  ...[
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\n  ',
    '\n    ',
    ' \n',
    '\t',
    '\r\n',
    '- ',
    '\n- ',
    '-',
    ': ',
    ':',
    ' #',
    '#',
    '|',
    '>',
    '|+',
    '>-',
  ],
  ...[
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '&a',
    '*a',
    '!',
    '!!str',
    '%',
    '@',
    '`',
    '?',
    '? ',
    '<<: ',
    '\\',
    '---',
    '\n---\n',
    '...',
  ],
  ...[
    'a',
    '1',
    '0',
    '.',
    '+',
    '~',
    'null',
    'on: ',
    'name: ',
    '=',
    '\u00e4',
    '\ud83d\ude00',
    '\ufeff',
    '\u2028',
    '\u0085',
    '\0',
  ],
];

describe('a document of plain YAML', () => {
  test('is read with its comments, texts and lists', () => {
    expect(readPlain(MANIFEST)).toEqual({
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
    ['a comment in no column', 'a:\n # x\n    b: 1\n  # y\n', { a: { b: 1 } }],
  ])('has %s', (_title, text, object) => {
    expect(readPlain(text)).toEqual(object);
    expect(slowly(text)).toBe(JSON.stringify(object));
  });

  test.each([
    ['an anchor', 'a: &x 1\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a key that repeats', 'a: 1\na: 2\n'],
    ['a key that means something else', 'on: 1\n'],
    ['a key that ends with a colon', 'a:: 1\n'],
    ['a key of every object', 'constructor: 1\n'],
    ['the key of a prototype', '__proto__: 1\n'],
    ['a map in braces', 'a: {b: 1}\n'],
    ['a tab', 'a:\tb\n'],
    ['the line ends of Windows', 'a: b\r\n'],
    ['a template', 'a: {{ b }}\n'],
    ['a colon within', 'a: b: c\n'],
    ['a number that JSON has not', 'a: .inf\n'],
    ['a column that nothing began', 'a:\n    b: 1\n  c: 2\n'],
    ['a list as a whole', '- a\n'],
    ['a document of comments', '# a\n'],
  ])('is left to js-yaml where it has %s', (_title, text) => {
    expect(readPlain(text)).toBeUndefined();
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
    fc.assert(fc.property(objects, (object) => agrees(Yaml.stringify(object))));
  });

  /** A text with pieces of YAML put in, over or out at random places. */
  const changed = fc
    .array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom(...PIECES, '')), { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce((text, [at, length, piece]) => {
        const from = at % (text.length + 1);
        return text.slice(0, from) + piece + text.slice(from + length);
      }, MANIFEST),
    );

  test('is read as js-yaml reads it, or not at all, however it is changed', () => {
    fc.assert(
      fc.property(changed, (text) => agrees(text)),
      { numRuns: 1000 },
    );
  });
});
