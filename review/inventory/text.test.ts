import { bytesText, compare, count, sizeText, sumText } from './text';

const KIBI = 1024;

describe('bytesText', () => {
  test.each<[number, string]>([
    [0, '0'],
    [1, '1'],
    [1023, '1023'],
    [KIBI, '1Ki'],
    [9999, '9999'],
    [10_000, '9.77Ki'],
    [10_001, '9.77Ki'],
    [1086 * KIBI ** 2, '1086Mi'],
    [10_000 * KIBI ** 2, '9.77Gi'],
    [9999 * KIBI ** 2, '9999Mi'],
    [10 * KIBI ** 3, '10Gi'],
    [10_000_000_000, '9.31Gi'],
    [2 * KIBI ** 4, '2Ti'],
    [3 * KIBI ** 5, '3Pi'],
    [4 * KIBI ** 6, '4Ei'],
    [KIBI ** 7, '1024Ei'],
    [KIBI ** 8, '1048576.00Ei'],
  ])('of %d is %s', (bytes, text) => expect(bytesText(bytes)).toBe(text));
});

test.each<[number | undefined, number | undefined, string | undefined]>([
  [1, 2, '2'],
  [1, undefined, '1 + ?'],
  [undefined, undefined, undefined],
  [undefined, 0, '0'],
])('the size asked for, %j, and requested, %j, is %j', (asked, requested, text) => {
  expect(sizeText(asked, requested)).toBe(text);
});

test.each<[number, number, string]>([
  [5, 0, '5'],
  [0, 0, '0'],
  [0, 2, '2 of unknown size'],
  [5, 1, '5 + 1 of unknown size'],
])('a sum of %d, with %d unknown, is %s', (bytes, unknownSizes, text) => {
  expect(sumText({ bytes, unknownSizes })).toBe(text);
});

test('a count is of one or of several', () => {
  expect([count(0, 'VM'), count(1, 'VM'), count(2, 'VM')]).toEqual(['0 VMs', '1 VM', '2 VMs']);
});

test('words are in the order of code points', () => {
  expect(['b', 'a', 'B', 'ä', 'a'].sort(compare)).toEqual(['B', 'a', 'a', 'b', 'ä']);
  expect([compare('a', 'a'), compare('a', 'b'), compare('b', 'a')]).toEqual([0, -1, 1]);
});
