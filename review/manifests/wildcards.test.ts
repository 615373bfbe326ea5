import { fitsWildcards, Place } from './wildcards';

const ANY: Place = { fits: () => true, repeats: true };
const letter = (wanted: string): Place => ({ fits: (character) => character === wanted });

describe('fitsWildcards', () => {
  test.each([
    [[], '', true],
    [[], 'a', false],
    [[ANY], '', true],
    [[ANY, ANY], 'abc', true],
    [[letter('a'), ANY, letter('b')], 'ab', true],
    [[letter('a'), ANY, letter('b')], 'acbcb', true],
    [[letter('a'), ANY, letter('b')], 'acbc', false],
    [[letter('a')], 'aa', false],
    [[letter('a'), letter('b')], 'a', false],
    [[letter('😀')], '😀', true],
  ])('fits %j to "%s"', (places, text, fits) => expect(fitsWildcards(places, text)).toBe(fits));

  test('ends for a hundred stars, which a RegExp would never', () => {
    const places = Array.from({ length: 100 }, () => [ANY, letter('a')]).flat();
    expect(fitsWildcards(places, 'a'.repeat(2000))).toBe(true);
    expect(fitsWildcards(places, `${'a'.repeat(2000)}b`)).toBe(false);
  });
});
