import { report } from '..';
import { Json } from '../rule';

const vm = (domain: Json, more: Json = {}): Json => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name: 'web', namespace: 'there' },
  spec: {
    runStrategy: 'Halted',
    template: { spec: { domain: { memory: { guest: '1Gi' }, devices: {}, ...domain }, ...more } },
  },
});
const twoBindings = vm(
  { devices: { interfaces: [{ name: 'default', masquerade: {}, bridge: {} }] } },
  { networks: [{ name: 'default', pod: {} }] },
);
const refused = (manifests: readonly Json[], kubevirt: string, options = {}) => {
  const { findings, upgrades } = report(manifests, { kubevirt, allReleases: true, ...options });
  return {
    findings: findings.map(({ rule, releases }) => [rule, releases]),
    upgrades: upgrades.map((one) => [one.kubevirt, one.refused]),
  };
};

describe('the webhooks of other releases', () => {
  test('are counted where an upgrade to them would newly refuse an object', () => {
    expect(refused([twoBindings], 'v1.7.4')).toEqual({
      findings: [['interface-binding-given', ['KubeVirt v1.9.0']]],
      upgrades: [
        ['v1.8.4', 0],
        ['v1.9.0', 1],
      ],
    });
  });

  test('name each release that refuses it, and add nothing to what the own release refuses', () => {
    const bus = vm(
      { devices: { disks: [{ name: 'a', disk: { bus: 'virt' } }] } },
      {
        volumes: [{ name: 'a', emptyDisk: { capacity: '1Gi' } }],
      },
    );
    expect(refused([bus], 'v1.8.4')).toEqual({ findings: [['disk-bus-known', undefined]], upgrades: [['v1.9.0', 0]] });
    const gated = vm({ rebootPolicy: 'Reboot' });
    expect(refused([gated], 'v1.9.0', { featureGates: [] }).findings).toEqual([
      ['reboot-policy-gate', ['KubeVirt v1.8.4']],
      ['schema-unknown-field', ['KubeVirt v1.5.3', 'KubeVirt v1.6.2', 'KubeVirt v1.7.4']],
    ]);
  });

  test('are not asked unless all releases are', () => {
    expect(report([twoBindings], { kubevirt: 'v1.7.4' }).findings).toEqual([]);
  });
});
