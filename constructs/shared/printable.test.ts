import { printable, printableJson, shellWord } from './printable';

describe('printable', () => {
  test.each([
    ['a\u001b[31mb', 'a\\u001b[31mb'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['a\u202eb\u2066c\u200bd', 'a\\u202eb\\u2066c\\u200bd'],
    ['\ufeffa\u009b', '\\ufeffa\\u009b'],
    ['a\u00adb\ufff9', 'a\\u00adb\\ufff9'],
    ['a\u{e0041}', 'a\\udb40\\udc41'],
    ['::error::a', '\\::error::a'],
    ['  ##[group]a', '  \\##[group]a'],
    ['a::b', 'a::b'],
    ['Zürich 東京 🎉', 'Zürich 東京 🎉'],
    ['https://u:p@h/x', 'https://…@h/x'],
  ])('shows %j as %j', (text, shown) => expect(printable(text)).toBe(shown));
});

test('printableJson writes JSON that says the same, with escapes', () => {
  const text = printableJson({ a: 'x\u202ey\u009b', b: ['https://u:p@h/?q'], c: 1 });
  expect(text).toContain('x\\u202ey\\u009b');
  expect(JSON.parse(text)).toEqual({ a: 'x\u202ey\u009b', b: ['https://…@h/?…'], c: 1 });
});

test.each([
  ['StorageClass/fast', 'StorageClass/fast'],
  ['a b', "'a b'"],
  ['$(rm -rf ~);`x`', "'$(rm -rf ~);`x`'"],
  ["it's", "'it'\\''s'"],
  ['', "''"],
])('shellWord writes %j as %j', (text, word) => expect(shellWord(text)).toBe(word));
