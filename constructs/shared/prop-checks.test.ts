import { aBoolean, checkEach, checkOptions, PropChecks } from './prop-checks';
import { Faults } from './refusal';

interface Options {
  readonly quick?: boolean;
}

const CHECKS: PropChecks<Options> = { quick: aBoolean };

describe('what an object of options must be', () => {
  test.each([
    [{ quick: true }, true, 0],
    [{}, true, 0],
    [{ quick: 1 }, true, 1],
    [{ slow: true }, true, 1],
    ['quick', false, 1],
    [null, false, 1],
    [[], false, 1],
  ])('%j is an object: %s, with %d faults', (value, isObject, count) => {
    const [each, options] = [new Faults('x'), new Faults('x')];
    expect(checkEach<Options>(each, 'prop', value, CHECKS)).toBe(isObject);
    expect(checkOptions<Options>(options, value, CHECKS)).toBe(isObject);
    expect([each.count, options.count]).toEqual([count, count]);
  });
});
