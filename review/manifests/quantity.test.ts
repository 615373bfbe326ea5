import { parseQuantity } from './quantity';

describe('parseQuantity', () => {
  test.each([
    ['0', 0],
    ['1Gi', 2 ** 30],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['500m', 0.5],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1E', 1e18],
    ['-1M', -1e6],
    ['+2k', 2000],
    ['.5', 0.5],
    ['5.', 5],
    [7, 7],
  ])('reads %p', (text, number) => {
    expect(parseQuantity(text)).toBe(number);
  });

  test.each(['', '1GB', '1gi', '1 Gi', 'Gi', '1e', '--1', '1K', NaN, Infinity, null, undefined, {}, true])(
    'reads no number from %p',
    (value) => {
      expect(parseQuantity(value)).toBeUndefined();
    },
  );
});
