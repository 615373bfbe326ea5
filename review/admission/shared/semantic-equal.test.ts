import { parseDuration } from './go-duration';
import { semanticEqual } from './semantic-equal';

describe('semanticEqual', () => {
  test.each([
    ['quantities by what they stand for', { requests: { storage: '1Gi' } }, { requests: { storage: '1024Mi' } }, true],
    ['other texts as texts', { name: '1Gi' }, { name: '1024Mi' }, false],
    ['what is empty as absent', { list: [], text: '', labels: {}, flag: false }, {}, true],
    ['a pointer to an empty object as something', { source: { blank: {} } }, { source: {} }, false],
    ['spans of time by what they stand for', { failureDeadline: '10m0s' }, { failureDeadline: '600s' }, true],
    ['a flag that is held by pointer as something', { preallocation: false }, {}, false],
    [
      'texts that are no quantities as other ones',
      { requests: { storage: 'x' } },
      { requests: { storage: 'y' } },
      false,
    ],
    ['texts that are no spans of time as other ones', { ttlDuration: 'x' }, { ttlDuration: 'y' }, false],
    ['a map of what is empty as an absent one', { labels: { a: '' }, spec: { flag: false } }, {}, true],
    ['a number as something else than a map of what is empty', { labels: 5 }, { labels: { a: '' } }, false],
    ['null as an absent flag, also where it is held by pointer', { preallocation: null }, {}, true],
    ['a map as something else than an absent one that is held by pointer', { source: { blank: false } }, {}, false],
    ['a list as something else than a longer one', { list: [1] }, { list: [1, 2] }, false],
    ['lists by their order', { list: ['a', 'b'] }, { list: ['b', 'a'] }, false],
    ['keys in any order', { a: 1, b: { c: [2] } }, { b: { c: [2] }, a: 1 }, true],
  ])('takes %s', (_title, left, right, same) => {
    expect(semanticEqual(left, right)).toBe(same);
    expect(semanticEqual(right, left)).toBe(same);
  });
});

describe('parseDuration', () => {
  test.each([
    ['1h30m', 5400e9],
    ['-1.5s', -1.5e9],
    ['0', 0],
    ['.5ms', 5e5],
    ['7d', undefined],
    ['5', undefined],
    ['', undefined],
    ['3000000h', undefined],
    ['9223372036854775807ns', 2 ** 63],
    ['-9223372036854775808ns', -(2 ** 63)],
    ['9223372036854780000ns', undefined],
    ['+1us1µs1μs1ns', 3001],
    ['1m1h', 3660e9],
    [5, undefined],
  ])('of %j is %j', (text, duration) => expect(parseDuration(text)).toBe(duration));
});
