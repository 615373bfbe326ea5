import fc from 'fast-check';
import {
  checkAnnotations,
  checkBoolean,
  checkLabel,
  checkLabels,
  checkListOf,
  checkName,
  checkOneOf,
  checkServiceName,
  checkText,
  checkTextList,
  checkTextMap,
  checkWholeNumber,
  fractionRemedy,
  requireObject,
} from './checks';
import { Faults } from './refusal';
import { failureOf } from './testing/manifests';

enum Colour {
  RED = 'red',
  BLUE = 'blue',
}

/** What a check says of a value, without the subject; empty if the value is right. */
function said(check: (faults: Faults) => void): string {
  const faults = new Faults('x');
  check(faults);
  return faults.count === 0 ? '' : failureOf(() => faults.refuse()).replaceAll('[x] ', '');
}

const LETTER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const label = fc
  .tuple(
    fc.constantFrom(...LETTER),
    fc.string({ unit: fc.constantFrom(...LETTER, '-'), maxLength: 20 }),
    fc.constantFrom(...LETTER),
  )
  .map((parts) => parts.join(''));

describe('checkName', () => {
  const must = (longest: number) =>
    `'name' must be a DNS name (lower-case letters, digits, '-' and '.', at most ${longest} characters)`;

  test.each(['a', '0', 'alpine-boot', 'a.b', '1.2.3', 'a'.repeat(252), 'a'.repeat(253)])('takes %s', (name) => {
    expect(said((faults) => checkName(faults, 'name', name))).toBe('');
  });

  test.each([
    ['a'.repeat(254), `got "${'a'.repeat(119)}…; write '${'a'.repeat(253)}'`],
    ['Alpine', `got "Alpine"; write 'alpine'`],
    ['my_vm 1', `got "my_vm 1"; write 'my-vm-1'`],
    ['-a-', `got "-a-"; write 'a'`],
    ['a\n', `got "a\\n"; write 'a'`],
    ['a..b', 'got "a..b"'],
    ['', 'got ""'],
    ['é', 'got "é"'],
    [undefined, 'got nothing'],
    [null, 'got null'],
    [1, 'got 1'],
  ])('fails when a name is %p', (name, got) => {
    expect(said((faults) => checkName(faults, 'name', name))).toBe(`${must(253)}, ${got}`);
  });

  test.each([
    [62, ''],
    [63, ''],
    [64, `${must(63)}, got "${'a'.repeat(64)}"; write '${'a'.repeat(63)}'`],
  ])('takes a shorter limit: %i characters of 63', (length, message) => {
    expect(said((faults) => checkName(faults, 'name', 'a'.repeat(length), 63))).toBe(message);
  });

  test('takes every name of labels and dots', () => {
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
        expect(said((faults) => checkName(faults, 'name', labels.join('.')))).toBe('');
      }),
    );
  });

  test('has a remedy that it takes itself, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.boolean(), (typed, dots) => {
        const check = dots ? checkName : checkLabel;
        const [, remedy] = /; write '(.*)'$/.exec(said((faults) => check(faults, 'name', typed))) ?? [];
        if (remedy !== undefined) expect(said((faults) => check(faults, 'name', remedy))).toBe('');
      }),
    );
  });
});

describe('checkLabel', () => {
  test.each(['a', '0a', 'a'.repeat(62), 'a'.repeat(63)])('takes %s', (name) => {
    expect(said((faults) => checkLabel(faults, 'namespace', name))).toBe('');
  });

  test.each([
    ['a'.repeat(64), `got "${'a'.repeat(64)}"; write '${'a'.repeat(63)}'`],
    ['a.b', `got "a.b"; write 'a-b'`],
    ['Lab', `got "Lab"; write 'lab'`],
    [null, 'got null'],
  ])('fails when a label is %p', (name, got) => {
    expect(said((faults) => checkLabel(faults, 'namespace', name))).toBe(
      `'namespace' must be a DNS label (lower-case letters, digits and '-', at most 63 characters), ${got}`,
    );
  });
});

describe('checkServiceName', () => {
  test.each(['a', 'web-1', 'a'.repeat(63)])('takes %s', (name) => {
    expect(said((faults) => checkServiceName(faults, 'name', name))).toBe('');
  });

  test.each([
    ['1-web', 'got "1-web"'],
    ['web.one', `got "web.one"; write 'web-one'`],
    ['a'.repeat(64), `got "${'a'.repeat(64)}"; write '${'a'.repeat(63)}'`],
  ])('fails when the name of a Service is %s', (name, got) => {
    expect(said((faults) => checkServiceName(faults, 'name', name))).toBe(
      `'name' must be a DNS label that starts with a letter (lower-case letters, digits and '-', at most 63 characters), ${got}`,
    );
  });
});

describe('requireObject', () => {
  test('takes an object', () => {
    expect(said((faults) => requireObject(faults, 'props', {}))).toBe('');
  });

  test('fails at once when there is no object, with the faults so far and without the value', () => {
    const faults = new Faults('x');
    faults.add('name', 'be text', 1);
    expect(failureOf(() => requireObject(faults, 'props', 'hunter2'))).toBe(
      "[x] 'name' must be text, got 1\n[x] 'props' must be an object, got a value of type 'string'",
    );
  });

  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [[], 'a list'],
  ])('fails when it is %p', (value, got) => {
    expect(failureOf(() => requireObject(new Faults('x'), 'props', value))).toBe(
      `[x] 'props' must be an object, got ${got}`,
    );
  });
});

describe('checkOneOf', () => {
  test.each([undefined, 'red', 'blue'])('takes %p', (value) => {
    expect(said((faults) => checkOneOf(faults, 'colour', value, Colour))).toBe('');
  });

  test.each([
    ['RED', `"RED"; write 'red'`],
    ['_Blue-', `"_Blue-"; write 'blue'`],
    ['bleu', '"bleu"'],
    ['', '""'],
    [null, 'null'],
    [0, '0'],
  ])('fails when it is %p', (value, got) => {
    expect(said((faults) => checkOneOf(faults, 'colour', value, Colour))).toBe(
      `'colour' must be 'red' or 'blue', got ${got}`,
    );
  });
});

describe('checkListOf', () => {
  test.each([[undefined], [['red']], [['red', 'blue']]])('takes %p', (value) => {
    expect(said((faults) => checkListOf(faults, 'colours', value, Colour))).toBe('');
  });

  test.each([
    ['red', `'colours' must be a list of 'red' or 'blue', got "red"; write ["red"]`],
    ['Red', `'colours' must be a list of 'red' or 'blue', got "Red"; write ["red"]`],
    ['rad', `'colours' must be a list of 'red' or 'blue', got "rad"`],
    [null, `'colours' must be a list of 'red' or 'blue', got null`],
    [[], `'colours' must be a list of 'red' or 'blue', got []`],
    [['red', 'Blue'], `'colours[1]' must be 'red' or 'blue', got "Blue"; write 'blue'`],
    [['red', 'rad'], `'colours[1]' must be 'red' or 'blue', got "rad"`],
    [[undefined], `'colours[0]' must be 'red' or 'blue', got null`],
    [['red', 'red'], `'colours' must name each value once, got ["red","red"]`],
  ])('fails when it is %p', (value, message) => {
    expect(said((faults) => checkListOf(faults, 'colours', value, Colour))).toBe(message);
  });
});

describe('checkTextList', () => {
  test.each([[undefined], [[]], [['a', 'b']]])('takes %p', (value) => {
    expect(said((faults) => checkTextList(faults, 'gates', value))).toBe('');
  });

  test.each([
    ['a', `'gates' must be a list of text, got "a"; write ["a"]`],
    [null, `'gates' must be a list of text, got null`],
    [['a', ''], `'gates[1]' must be text, got ""`],
    [['a', 'a'], `'gates' must name each value once, got ["a","a"]`],
  ])('fails when it is %p', (value, message) => {
    expect(said((faults) => checkTextList(faults, 'gates', value))).toBe(message);
  });
});

describe('checkWholeNumber', () => {
  test.each([undefined, 1, 2, 65534, 65535])('takes %p', (value) => {
    expect(said((faults) => checkWholeNumber(faults, 'port', value, 1, 65535))).toBe('');
  });

  test.each([0, 65536, 1.5, NaN, '80', null])('fails when it is %p', (value) => {
    const got = typeof value === 'string' ? '"80"; write 80' : String(value);
    expect(said((faults) => checkWholeNumber(faults, 'port', value, 1, 65535))).toBe(
      `'port' must be a whole number from 1 to 65535, got ${got}`,
    );
  });

  test.each([
    ['0', ''],
    ['1', '; write 1'],
    [' 65535 ', '; write 65535'],
    ['65536', ''],
    ['-1', ''],
  ])('fails when it is %j, with the number that is meant, if that is in range', (value, remedy) => {
    expect(said((faults) => checkWholeNumber(faults, 'port', value, 1, 65535))).toBe(
      `'port' must be a whole number from 1 to 65535, got ${JSON.stringify(value)}${remedy}`,
    );
  });

  test('fails when it is below the least, without a most', () => {
    expect(said((faults) => checkWholeNumber(faults, 'cores', 0, 1))).toBe(
      "'cores' must be a whole number of at least 1, got 0",
    );
    expect(said((faults) => checkWholeNumber(faults, 'cores', 9e15, 1))).toBe('');
    expect(said((faults) => checkWholeNumber(faults, 'cores', Infinity, 1))).not.toBe('');
  });
});

test.each<[unknown, string]>([
  ['0', 'write 0'],
  ['0.5', 'write 0.5'],
  ['1', 'write 1'],
  [1, 'write 1'],
  ['1.5', 'write 0.015'],
  ['0.5%', 'write 0.005'],
  ['1 %', 'write 0.01'],
  ['100%', 'write 1'],
  [100, 'write 1'],
  ['101%', "write 0.055 for '5.5%'"],
  ['-1', "write 0.055 for '5.5%'"],
  ['', "write 0.055 for '5.5%'"],
  [['5'], "write 0.055 for '5.5%'"],
])('fractionRemedy of %j is %s', (value, remedy) => expect(fractionRemedy(value)).toBe(remedy));

describe('checkBoolean and checkText', () => {
  test.each([undefined, true, false])('checkBoolean takes %p', (value) => {
    expect(said((faults) => checkBoolean(faults, 'on', value))).toBe('');
  });

  test.each(['true', 1, null])('checkBoolean fails when it is %p', (value) => {
    expect(said((faults) => checkBoolean(faults, 'on', value))).toBe(
      `'on' must be true or false, got ${JSON.stringify(value)}${value === 'true' ? '; write true' : ''}`,
    );
  });

  test('a Secret where its name is asked for leads to its name, and nothing else of it is repeated', () => {
    const secret = { kind: 'Secret', name: 'login', data: { key: 'hidden' } };
    expect(said((faults) => checkName(faults, 'secretName', secret))).toMatch(
      /^'secretName' must be a DNS name .*, got an object; write its name: 'login'$/,
    );
  });

  test.each(['', undefined, 7, {}])('checkText fails when it is %p', (value) => {
    expect(said((faults) => checkText(faults, 'image', value, 'name one'))).toBe(
      `'image' must be text, got ${value === undefined ? 'nothing' : JSON.stringify(value)}; name one`,
    );
  });
});

describe('checkLabels', () => {
  test.each([
    undefined,
    {},
    { a: '' },
    { 'kubevirt.io/os': 'linux' },
    { Method_1: 'A.b-c' },
    { ['a'.repeat(63)]: 'a'.repeat(63) },
    { [`${'a'.repeat(253)}/b`]: 'c' },
  ])('takes %j', (labels) => {
    expect(said((faults) => checkLabels(faults, 'labels', labels))).toBe('');
  });

  const VALUE = "must be text of at most 63 letters, digits, '-', '_' and '.', a letter or digit at both ends";
  test.each([
    [{ on: true }, `'labels["on"]' ${VALUE}, got true; quote it`],
    [{ on: null }, `'labels["on"]' ${VALUE}, got null; quote it`],
    [{ a: 'b c' }, `'labels["a"]' ${VALUE}, got "b c"`],
    [{ a: '-b' }, `'labels["a"]' ${VALUE}, got "-b"`],
    [{ a: 'b'.repeat(64) }, `'labels["a"]' ${VALUE}, got "${'b'.repeat(64)}"`],
    [{ 'a b': 'c' }, `'labels' must have keys of the form 'name' or 'dns.prefix/name', got "a b"`],
    [{ 'a/b/c': 'd' }, `'labels' must have keys of the form 'name' or 'dns.prefix/name', got "a/b/c"`],
    [{ '/b': 'd' }, `'labels' must have keys of the form 'name' or 'dns.prefix/name', got "/b"`],
    [{ 'A.B/c': 'd' }, `'labels' must have keys of the form 'name' or 'dns.prefix/name', got "A.B/c"`],
    [null, `'labels' must be an object of names and text, got null`],
    ['a=b', `'labels' must be an object of names and text, got "a=b"`],
    [['a'], `'labels' must be an object of names and text, got ["a"]`],
  ])('fails when they are %j', (labels, message) => {
    expect(said((faults) => checkLabels(faults, 'labels', labels))).toBe(message);
  });
});

describe('checkAnnotations and checkTextMap', () => {
  test('take any text as a value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(said((faults) => checkAnnotations(faults, 'annotations', { 'a.b/c': text }))).toBe('');
        expect(said((faults) => checkTextMap(faults, 'parameters', { 'any key': text }))).toBe('');
      }),
    );
  });

  test.each([
    [{ a: 1 }, `'annotations["a"]' must be text, got 1; quote it`],
    [{ a: undefined }, `'annotations["a"]' must be text, got nothing; quote it`],
    [{ 'a b': 'c' }, `'annotations' must have keys of the form 'name' or 'dns.prefix/name', got "a b"`],
    [null, `'annotations' must be an object of names and text, got null`],
  ])('fails when annotations are %j', (annotations, message) => {
    expect(said((faults) => checkAnnotations(faults, 'annotations', annotations))).toBe(message);
  });

  test('fails when a parameter is not text', () => {
    expect(said((faults) => checkTextMap(faults, 'parameters', { encrypted: true }))).toBe(
      `'parameters["encrypted"]' must be text, got true; quote it`,
    );
  });
});
