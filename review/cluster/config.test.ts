import { clusterConfig, gateIsOn, gatesOnWith } from './config';

const kubevirt = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'KubeVirt',
  spec: { configuration: { developerConfiguration: { featureGates: ['Snapshot', 5] } } },
  status: { defaultArchitecture: 'arm64' },
};

describe('clusterConfig', () => {
  test('has the defaults of the release', () => {
    expect(clusterConfig()).toEqual({
      featureGates: new Set(),
      architecture: 'amd64',
      configuration: {},
      assumed: true,
      architectureAssumed: true,
    });
  });

  test('reads the KubeVirt object', () => {
    const { featureGates, architecture, configuration } = clusterConfig({}, kubevirt);
    expect([...featureGates]).toEqual(['Snapshot']);
    expect(architecture).toBe('arm64');
    expect(configuration).toBe(kubevirt.spec.configuration);
  });

  test('takes the options first', () => {
    const options = { featureGates: ['HostDisk'], architecture: 's390x', configuration: { a: 1 } };
    expect(clusterConfig(options, kubevirt)).toEqual({
      ...options,
      featureGates: new Set(['HostDisk']),
      assumed: false,
      architectureAssumed: false,
    });
  });
});

describe('gateIsOn', () => {
  test.each([
    ['Snapshot', true],
    ['HostDisk', false],
    ['LiveMigration', true],
  ])('knows whether %s is on: %p', (gate, on) => {
    expect(gateIsOn(clusterConfig({ featureGates: ['Snapshot'] }), gate)).toBe(on);
  });
});

describe('the gates that come on with another release', () => {
  test('are those that are off before, as far as it is known which are on', () => {
    const config = clusterConfig();
    expect(gatesOnWith(config, 'v1.8.4', 'v1.9.0')).toContain('ExpandDisks');
    expect(gatesOnWith({ ...config, anyGate: false }, 'v1.8.4', 'v1.9.0')).toContain('ExpandDisks');
    expect(gatesOnWith({ ...config, anyGate: true }, 'v1.8.4', 'v1.9.0')).toEqual([]);
    expect(gatesOnWith(config, 'v1.9.0', 'v1.9.0')).toEqual([]);
  });
});
