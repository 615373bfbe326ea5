import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { codePoint } from '../shared/testing/code-point';
import { manifestText } from './manifest-text';

/** Text that YAML 1.1 readers misread, and text that a printer may get wrong. */
const TRICKY = [
  ...[
    'yes',
    'No',
    'on',
    'OFF',
    'y',
    'N',
    'true',
    'null',
    '~',
    '',
    ' ',
    '012',
    '0o7',
    '0x1f',
    '0b1',
    '1e3',
    '1_000',
    '+1',
  ],
  ...[
    '.5',
    '.inf',
    '-.INF',
    '.nan',
    '1:30',
    '190:20:30',
    '2001-01-01',
    '2001-12-14t21:59:43.10-05:00',
    '<<',
    '=',
    '-',
    '?',
    ':',
  ],
  ...[
    '- a',
    '? a',
    'a: b',
    'a:',
    'a #b',
    '#a',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    "'",
    '"',
    '%a',
    '@a',
    '`a',
    '[a]',
    '{a}',
    'a,b',
    ', a',
  ],
  ...[
    '---',
    '--- a',
    '...',
    '...a',
    'a\nb',
    'a\nb\n',
    'a\n\nb\n',
    '\na',
    ' a\nb',
    'a\n ',
    'a\n\n',
    'a \nb',
    'a\tb',
    '\ta',
    'a\n---\nb',
  ],
  ...[
    '%a\nb',
    'a\n%b',
    'a\r\nb',
    '\u0000',
    '\u0007',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '😀',
    '\ud800',
    'a😀\nb',
    '10Gi',
    '1Gi',
  ],
  ...[
    'docker://quay.io/x:1',
    'a:b',
    'a::b',
    'a/b:',
    "it's",
    'say "a"',
    `it's "a"`,
    '\\',
    'C:\\a',
    'a'.repeat(300),
    'x '.repeat(90),
  ],
];

const text = fc.oneof(
  fc.constantFrom(...TRICKY),
  fc.string({ unit: codePoint, maxLength: 12 }),
  fc.string({ maxLength: 20 }),
  fc
    .array(fc.constantFrom('a', 'b:', '#', '-', ' ', '\n', '\n', '\t', '|', 'é', "'", '"'), { maxLength: 12 })
    .map((parts) => parts.join('')),
);
const scalar = fc.oneof(
  text,
  fc.boolean(),
  fc.integer(),
  fc.double(),
  fc.constant(null),
  fc.constant(-0),
  fc.constant(1e21),
);
const key = fc.oneof(text, fc.constantFrom('a', 'kind', 'metadata', 'cdi.kubevirt.io/storage', '1', '__proto__'));

const tree = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 5 }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
})).map;

describe('manifestText', () => {
  it('gives the bytes of cdk8s for every tree', () => {
    const property = fc.property(tree, (value) => expect(manifestText(value)).toBe(Yaml.stringify(value)));
    fc.assert(property, { numRuns: 1000 });
  });

  it.each(TRICKY)('gives the bytes of cdk8s for %j as a value, an item and a key', (tricky) => {
    const manifest = { a: tricky, list: [tricky, { b: tricky }, [tricky]], map: { [tricky]: { deep: [{ tricky }] } } };
    expect(manifestText(manifest)).toBe(Yaml.stringify(manifest));
  });

  it('gives the bytes of cdk8s for an object that stands twice', () => {
    const twice = { a: 1 };
    expect(manifestText({ x: twice, y: [twice] })).toBe(Yaml.stringify({ x: twice, y: [twice] }));
  });

  it('prints what stands in nearly every manifest itself, and asks cdk8s for single texts alone', () => {
    const whole = jest.spyOn(Yaml, 'stringify');
    try {
      manifestText({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings-of-a-vm', labels: { 'app.kubernetes.io/name': 'machine' } },
        data: { text: 'two\nlines\n', list: [1, true, null, {}, []] },
      });
      expect(whole.mock.calls.filter(([value]) => typeof value !== 'string')).toEqual([]);
    } finally {
      whole.mockRestore();
    }
  });

  it.each<[string, unknown]>([
    ['-0', -0],
    ['NaN', NaN],
    ['a number that is not whole', 1.5],
    ['undefined', undefined],
    ['a date', new Date(0)],
    ['a text that begins a document', '--- a'],
    ['a text that ends one', '...'],
    ['lines with a tab before the end', 'a\n\t\n\n'],
  ])('leaves a manifest with %s to cdk8s as a whole', (_title, value) => {
    const whole = jest.spyOn(Yaml, 'stringify');
    try {
      const manifest = { first: { value } };
      manifestText(manifest);
      expect(whole.mock.calls.some(([given]) => given === manifest)).toBe(true);
    } finally {
      whole.mockRestore();
    }
  });

  it('gives the bytes of cdk8s for what is no map', () => {
    for (const value of [[], {}, ['a'], 'a', 1, null, undefined, { a: undefined }, { a: new Date(0) }]) {
      expect(manifestText(value)).toBe(Yaml.stringify(value));
    }
  });
});
