import { alternatives, firstWords, shortened, withArticle, withoutEnd, yamlReason } from './wording';

describe('alternatives', () => {
  test.each([
    [[], ''],
    [['a'], "'a'"],
    [['a', 'b'], "'a' or 'b'"],
    [['a', 'b', 'c'], "'a', 'b' or 'c'"],
    [[1, true], "'1' or 'true'"],
  ])('lists %j as %s', (values, text) => {
    expect(alternatives(values)).toBe(text);
  });
});

describe('firstWords', () => {
  test.each([
    [[], ''],
    [['a', 'b'], 'a, b'],
    [['a', 'b', 'c'], 'a, b and 1 more'],
    [['a', 'b', 'c', 'd'], 'a, b and 2 more'],
  ])('names two of %j: %s', (words, text) => {
    expect(firstWords(words, 2)).toBe(text);
  });
});

describe('shortened', () => {
  test('keeps 120 characters', () => {
    expect(shortened('x'.repeat(120))).toBe('x'.repeat(120));
    expect(shortened('x'.repeat(121))).toBe(`${'x'.repeat(120)}…`);
  });

  test('cuts no login, of which the rest would not be known', () => {
    expect(shortened(`https://me:${'hunter2'.repeat(20)}@host/x.img`)).toBe('https://…@host/x.img');
    expect(shortened('see https://me:hunter2@host/x', 20)).toBe('see https://…@host/x');
    expect(shortened('https://me:hunter2@host/a/b/c', 15)).toBe('https://…@host/…');
  });
});

test.each([
  ['unidentified alias "hunter2"', 'unidentified alias'],
  ['unknown tag !<hunter2>', 'unknown tag'],
  ['cannot resolve a node: hunter2', 'cannot resolve a node'],
  ['duplicated mapping key', 'duplicated mapping key'],
])('yamlReason leaves of %j no part of the text', (reason, left) => expect(yamlReason(reason)).toBe(left));

describe('withArticle', () => {
  test.each([
    ['Disk', 'a Disk'],
    ['Instancetype', 'an Instancetype'],
  ])('says %s as %s', (name, text) => {
    expect(withArticle(name)).toBe(text);
  });
});

test.each([
  ['a-', 'a'],
  ['a-.-', 'a'],
  ['-a', '-a'],
  ['-.-', ''],
  ['', ''],
])('withoutEnd leaves of %j what stands before dashes and dots', (text, left) => {
  expect(withoutEnd(text, '-.')).toBe(left);
});
