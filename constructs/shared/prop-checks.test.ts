import { aBoolean, aDuration, checkEach, checkOptions, PropChecks } from './prop-checks';
import { Faults } from './refusal';

interface Options {
  readonly quick?: boolean;
}

const CHECKS: PropChecks<Options> = { quick: aBoolean };

test.each<[object, unknown, string]>([
  [{ guest: aBoolean }, 2, 'got 2; write { guest: 2 }'],
  [{ guest: aBoolean }, '2', 'got "2"'],
  [{ name: aBoolean }, 2, 'got 2'],
  [{ name: aBoolean }, 'ada', 'got "ada"; write { name: "ada" }'],
  [{ name: aBoolean }, '', 'got ""'],
  [{ name: aBoolean, deviceName: aBoolean }, 'a/b', `got "a/b"; write { name: '…', deviceName: "a/b" }`],
  [{ quick: aBoolean }, 'ada', 'got "ada"'],
  [{ name: aBoolean }, null, 'got null'],
])('of %j, %j is told what it is meant for', (checks, value, said) => {
  const faults = new Faults('x');
  checkEach(faults, 'prop', value, checks);
  expect(() => faults.refuse()).toThrow(new Error(`[x] 'prop' must be an object, ${said}`));
});

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

test.each([
  [30, 'got 30; write Duration.seconds(30)'],
  ['30s', 'got "30s"; write Duration.seconds(…)'],
  [null, 'got null; write Duration.seconds(…)'],
])('of a Duration, %j is told how to write it', (value, said) => {
  const faults = new Faults('x');
  aDuration()(faults, 'period', value);
  expect(() => faults.refuse()).toThrow(new Error(`[x] 'period' must be a Duration of cdk8s, ${said}`));
});
