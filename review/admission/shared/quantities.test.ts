import { milliValue, wholeValue } from './quantities';

test.each([
  ['1n', 1],
  ['1001m', 1001],
  [1.001, 1001],
  ['1.0001', 1001],
  ['-1n', -1],
  ['2', 2000],
  [undefined, 0],
])('%p has %d thousandths, rounded away from zero', (quantity, milli) => expect(milliValue(quantity)).toBe(milli));

test.each([
  ['1m', 1],
  ['-1m', -1],
  ['2', 2],
  ['no quantity', 0],
])('%p is %d, rounded away from zero', (quantity, whole) => expect(wholeValue(quantity)).toBe(whole));
