import type { ClusterConfig } from '../../review/rule';
import { NumberedConfigs } from './numbered-configs';

const config = (gates: readonly string[], more: Partial<ClusterConfig> = {}): ClusterConfig => ({
  featureGates: new Set(gates),
  architecture: 'amd64',
  configuration: {},
  ...more,
});

describe('NumberedConfigs', () => {
  test('gives equal configurations one number, from 1', () => {
    const configs = new NumberedConfigs();
    const first = config(['Snapshot']);
    expect(
      [first, config(['Snapshot']), first, config(['HotplugVolumes']), config([])].map((one) => configs.numberOf(one)),
    ).toEqual([1, 1, 1, 2, 3]);
    expect(configs.all).toEqual([config(['Snapshot']), config(['HotplugVolumes']), config([])]);
  });

  test('tells configurations apart by everything that they say', () => {
    const configs = new NumberedConfigs();
    const all = [
      config([]),
      config([], { file: 'a.yaml' }),
      config([], { configuration: { a: 1 } }),
      config([], { cdi: 'v1' }),
    ];
    expect(all.map((one) => configs.numberOf(one))).toEqual([1, 2, 3, 4]);
  });

  test('gives no number where there are too many', () => {
    const configs = new NumberedConfigs();
    const numbers = Array.from({ length: 65_537 }, (_, index) => configs.numberOf(config([], { file: `${index}` })));
    expect(numbers.slice(65_533)).toEqual([65_534, 65_535, 0, 0]);
  });
});
