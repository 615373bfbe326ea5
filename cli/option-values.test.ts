import { byteLimit, threadNumber } from './option-values';

describe('threadNumber', () => {
  test.each([
    ['1', 1],
    ['64', 64],
    [undefined, undefined],
  ])('takes %p', (given, number) => expect(threadNumber(given)).toBe(number));

  test.each(['0', '65', '1.5', '-1', ''])('fails when it is %p', (given) => {
    expect(() => threadNumber(given)).toThrow(`'--threads' must be a number from 1 to 64, got "${given}"`);
  });
});

describe('byteLimit', () => {
  test.each([
    ['1', 1],
    ['500Mi', 524_288_000],
    [undefined, undefined],
  ])('takes %p', (given, bytes) => expect(byteLimit(given)).toBe(bytes));

  test.each(['0', '524288001', '1.5', '-1', 'much'])('fails when it is %p', (given) => {
    expect(() => byteLimit(given)).toThrow(
      `'--max-size' must be a size from 1 to 500Mi, such as '256Mi', got "${given}"`,
    );
  });
});
