import { parseDuration } from './go-duration';

describe('parseDuration', () => {
  test.each([
    ['0', 0],
    ['1h30m', 5400e9],
    ['1.5s', 1.5e9],
    ['.5ms', 500_000],
    ['2us3ns', 2003],
    ['2µs', 2000],
    ['2μs', 2000],
    ['-1m', -60e9],
    ['+1m', 60e9],
  ])('reads %j', (text, nanoseconds) => expect(parseDuration(text)).toBe(nanoseconds));

  test.each(['', '1', '1d', '1h 30m', '..5s', '1s1', 'h', '2562048h', 5])('reads no duration in %j', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );
});
