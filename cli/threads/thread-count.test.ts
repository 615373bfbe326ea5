import { threadCount } from './thread-count';

describe('threadCount', () => {
  test.each([
    [299, 8, 1],
    [300, 8, 4],
    [300, 3, 3],
    [10_000, 2, 1],
    [10_000, 1, 1],
    [0, 8, 1],
  ])('of %d files on %d processors is %d', (files, processors, count) => {
    expect(threadCount(files, undefined, processors)).toBe(count);
  });

  test.each([
    [10_000, 2, 2],
    [10_000, 1, 1],
    [3, 8, 3],
    [0, 8, 1],
  ])('of %d files, where %d are asked for, is %d', (files, asked, count) => {
    expect(threadCount(files, asked, 1)).toBe(count);
  });
});
