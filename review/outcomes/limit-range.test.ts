import type { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { amountText } from './amounts';
import { containerFault, guestFault } from './limit-range';

const range = (...limits: readonly Json[]): Reviewed => ({
  object: { kind: 'LimitRange', metadata: { name: 'r' }, spec: { limits } },
  origin: {},
});
const container = (limit: Json): Reviewed => range({ type: 'Container', ...limit });
const GIBI = 2 ** 30;

describe('the guest of a machine', () => {
  const AT = "'r' (Container), got ";

  test.each<[Json, Parameters<typeof guestFault>[1], string | undefined]>([
    [{ max: { memory: '2Gi' } }, { 'requests.memory': 2 * GIBI }, undefined],
    [
      { max: { memory: '2Gi' } },
      { 'requests.memory': 3 * GIBI },
      "a machine that asks for memory of at least 3Gi where 'max' is 2Gi",
    ],
    [
      { max: { memory: '2Gi' } },
      { 'limits.memory': 3 * GIBI },
      "a machine that asks for memory of at least 3Gi where 'max' is 2Gi",
    ],
    [{ min: { cpu: 1 } }, { 'requests.cpu': 1 }, undefined],
    [{ min: { cpu: 1 } }, { 'requests.cpu': 0.5 }, "a machine that requests cpu of 500m where 'min' is 1"],
    [{ min: { cpu: 1 } }, {}, undefined],
    [{ min: { memory: '2Gi' } }, { 'requests.memory': GIBI }, undefined],
    [{ default: { memory: '1Gi' } }, { 'requests.memory': GIBI }, undefined],
    [
      { default: { memory: '1Gi' } },
      { 'requests.memory': 2 * GIBI },
      "a machine that requests memory of at least 2Gi where the 'default' limit is 1Gi",
    ],
    [{ default: { memory: '1Gi' } }, { 'requests.memory': 2 * GIBI, 'limits.memory': 2 * GIBI }, undefined],
    [{ default: { memory: '1Gi' } }, {}, undefined],
    [{ maxLimitRequestRatio: { cpu: 2 } }, { 'requests.cpu': 1, 'limits.cpu': 2 }, undefined],
    [{ maxLimitRequestRatio: { cpu: 2 } }, { 'requests.cpu': 2, 'limits.cpu': 4 }, undefined],
    [
      { maxLimitRequestRatio: { cpu: 2 } },
      { 'requests.cpu': 1, 'limits.cpu': 2.5 },
      "a machine whose limit of cpu is 2.5 times what it requests where 'maxLimitRequestRatio' is 2",
    ],
    [
      { maxLimitRequestRatio: { cpu: 2 } },
      { 'requests.cpu': 1 },
      "a machine without a limit of cpu where 'maxLimitRequestRatio' is 2",
    ],
    [{ maxLimitRequestRatio: { cpu: 2 } }, { 'limits.cpu': 9 }, undefined],
    [{ maxLimitRequestRatio: { memory: 2 } }, { 'requests.memory': 1, 'limits.memory': 9 }, undefined],
    [
      { maxLimitRequestRatio: { cpu: 2 }, default: { cpu: 3 } },
      { 'requests.cpu': 1 },
      "a machine whose limit of cpu is 3 times what it requests where 'maxLimitRequestRatio' is 2",
    ],
    [{ type: 'PersistentVolumeClaim', max: { memory: 1 } }, { 'requests.memory': GIBI }, undefined],
  ])('%# by %j', (limit, demand, fault) => {
    expect(guestFault(container(limit), demand)).toBe(fault === undefined ? undefined : `${AT}${fault}`);
  });

  it('is asked by limits of pods for the most alone', () => {
    const pod = (limit: Json): Reviewed => range({ type: 'Pod', ...limit });
    expect(guestFault(pod({ min: { cpu: 1 } }), { 'requests.cpu': 0.5 })).toBeUndefined();
    expect(guestFault(pod({ max: { cpu: 1 } }), { 'requests.cpu': 2 })).toBe(
      "'r' (Pod), got a machine that asks for cpu of at least 2 where 'max' is 1",
    );
  });
});

describe('another container', () => {
  const AT = "'r' (Container), got the container 'c', ";
  const of = (requests: Json, limits: Json) =>
    ({ name: 'c', requests, limits }) as Parameters<typeof containerFault>[1];

  test.each<[Json, Json, Json, string | undefined]>([
    [{ max: { cpu: 1 } }, {}, { cpu: 1 }, undefined],
    [{ max: { cpu: 1 } }, {}, {}, undefined],
    [{ min: { cpu: 1 } }, { cpu: 1 }, {}, undefined],
    [{ min: { cpu: 1 } }, {}, {}, undefined],
    [{ min: { cpu: 1 } }, { cpu: 0.5 }, {}, "which requests cpu of 500m where 'min' is 1"],
    [{ maxLimitRequestRatio: { cpu: 2 } }, { cpu: 1 }, { cpu: 2 }, undefined],
    [{ maxLimitRequestRatio: { cpu: 2 } }, { cpu: 2 }, { cpu: 4 }, undefined],
    [{ maxLimitRequestRatio: { cpu: 2 } }, { cpu: 1 }, {}, undefined],
    [{ maxLimitRequestRatio: { cpu: 2 } }, {}, { cpu: 2 }, undefined],
    [
      { maxLimitRequestRatio: { cpu: 2 } },
      { cpu: 1 },
      { cpu: 2.255 },
      "whose limit of cpu is 2.26 times what it requests where 'maxLimitRequestRatio' is 2",
    ],
  ])('%# by %j', (limit, requests, limits, fault) => {
    const said = fault === undefined ? undefined : `${AT}${fault}`;
    expect(containerFault(container(limit), of(requests, limits))).toBe(said);
  });

  it('is not asked by limits of pods, unless it stands alone', () => {
    const pod = range({ type: 'Pod', max: { cpu: 1 } });
    expect(containerFault(pod, of({}, { cpu: 2 }))).toBeUndefined();
    expect(containerFault(pod, of({}, { cpu: 2 }), true)).toBe(
      "'r' (Pod), got the container 'c' with a limit of cpu of 2 where 'max' is 1",
    );
  });
});

describe('amountText', () => {
  test.each([
    ['limits.cpu', 0, '0'],
    ['limits.cpu', 0.0005, '1m'],
    ['limits.cpu', 0.25, '250m'],
    ['limits.cpu', 1, '1'],
    ['limits.cpu', 1.23456, '1.235'],
    ['memory', 600_000_000, '600M'],
    ['memory', 2 ** 20 * 1_000_000, '1000000Mi'],
    ['memory', 3 * GIBI, '3Gi'],
    ['memory', 3 * 2 ** 20, '3Mi'],
    ['memory', 2 ** 20 + 1, '2Mi'],
  ])('of %s %d is %s', (word, amount, text) => expect(amountText(word, amount)).toBe(text));
});
