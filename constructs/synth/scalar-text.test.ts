import { keyForm, numberForm, textForm } from './scalar-text';

describe('a scalar in a block', () => {
  test.each([
    ['web', 'web'],
    ['no', '"no"'],
    ['a: b', '"a: b"'],
    ['', '""'],
    ['k'.repeat(200), 'k'.repeat(200)],
    ['k'.repeat(201), undefined],
    ['a\nb', undefined],
  ])('is the key %j as %j', (key, form) => expect(keyForm(key)).toBe(form));

  test.each([
    [1, '1'],
    [-1, '-1'],
    [0, '0'],
    [-0, undefined],
    [1.5, undefined],
    [2 ** 53 - 1, '9007199254740991'],
    [2 ** 53, undefined],
  ])('is the number %d as %j', (number, form) => expect(numberForm(number)).toBe(form));

  test('is a text of several lines with its indent', () => {
    expect(textForm('a\nb\n', '  ')).toBe('|\n  a\n  b');
    expect(textForm('a\n\nb', '  ')).toBe('|-\n  a\n\n  b');
  });
});
