import { Json } from '../rule';
import { operatorGates } from './hyper-converged';

function hyperConverged(spec: Json = {}, annotations: Json = {}): Json {
  return { apiVersion: 'hco.kubevirt.io/v1beta1', kind: 'HyperConverged', metadata: { name: 'a', annotations }, spec };
}

describe('operatorGates', () => {
  test.each([
    [
      'v1.15.2',
      'CPUManager ExpandDisks HostDevices HotplugVolumes HypervStrictCheck InstancetypeReferencePolicy KubevirtSeccompProfile Snapshot VMExport VMPersistentState WithHostModelCPU',
    ],
    [
      'v1.16.0',
      'CPUManager ExpandDisks HostDevices HotplugVolumes HypervStrictCheck InstancetypeReferencePolicy KubevirtSeccompProfile Snapshot VMExport VMPersistentState WithHostModelCPU',
    ],
    [
      'v1.17.3',
      'CPUManager ExpandDisks HostDevices HotplugVolumes HypervStrictCheck KubevirtSeccompProfile SecureExecution Snapshot VMExport VideoConfig WithHostModelCPU',
    ],
    [
      'v1.18.1',
      'CPUManager DecentralizedLiveMigration ExpandDisks HostDevices HotplugVolumes HypervStrictCheck KubevirtSeccompProfile LiveUpdateNADRef SecureExecution Snapshot VMExport VideoConfig WithHostModelCPU',
    ],
    [
      'v1.19.0',
      'CPUManager DecentralizedLiveMigration DeclarativeHotplugVolumes ExternalNetResourceInjection HostDevices HypervStrictCheck KubevirtSeccompProfile SecureExecution Snapshot Template',
    ],
  ])('of %s without a wish are its own', (version, gates) => {
    expect([...operatorGates(hyperConverged(), version).listed].sort()).toEqual(gates.split(' '));
  });

  test.each<[string, string, Json, string[], string[]]>([
    ['a map of gates', 'v1.16.0', { featureGates: { downwardMetrics: true } }, ['DownwardMetrics'], []],
    [
      'a gate that replaces another',
      'v1.17.3',
      { featureGates: { declarativeHotplugVolumes: true } },
      ['DeclarativeHotplugVolumes'],
      ['HotplugVolumes'],
    ],
    [
      'the same in the first version that knows it',
      'v1.16.0',
      { featureGates: { declarativeHotplugVolumes: true } },
      ['DeclarativeHotplugVolumes'],
      ['HotplugVolumes'],
    ],
    [
      'the same in a version that does not know it',
      'v1.15.2',
      { featureGates: { declarativeHotplugVolumes: true } },
      ['HotplugVolumes'],
      ['DeclarativeHotplugVolumes'],
    ],
    [
      'what its version does not know',
      'v1.15.2',
      { featureGates: { incrementalBackup: true } },
      [],
      ['IncrementalBackup'],
    ],
    [
      'a gate that stands for two',
      'v1.18.1',
      { featureGates: { incrementalBackup: true } },
      ['IncrementalBackup', 'UtilityVolumes'],
      [],
    ],
    [
      'a list of names of v1, in any case of letters',
      'v1.19.0',
      { featureGates: [{ name: 'DeclarativeHotplugVolumes', state: 'Disabled' }, { name: 'alignCPUs' }] },
      ['HotplugVolumes', 'AlignCPUs'],
      ['DeclarativeHotplugVolumes'],
    ],
    ['a field of v1beta1', 'v1.18.1', { hypervisors: [{ name: 'kvm' }] }, ['ConfigurableHypervisor'], []],
    [
      'a field of v1',
      'v1.19.0',
      { virtualization: { roleAggregationStrategy: 'Manual' } },
      ['OptOutRoleAggregation'],
      [],
    ],
  ])('follow %s', (_title, version, spec, listed, absent) => {
    const gates = operatorGates(hyperConverged(spec), version).listed;
    expect(gates).toEqual(expect.arrayContaining(listed));
    expect(gates.filter((gate) => absent.includes(gate))).toEqual([]);
  });

  test('follow the annotations', () => {
    const object = hyperConverged({}, { 'hco.kubevirt.io/deployPasstNetworkBinding': 'true' });
    expect(operatorGates(object, 'v1.17.3').listed).toContain('PasstIPStackMigration');
    expect(operatorGates(object, 'v1.19.0').listed).toContain('PasstBinding');
    expect(operatorGates(hyperConverged(), 'v1.19.0').listed).not.toContain('PasstBinding');
  });

  test('from v1.19 on switch off each gate of state Beta that is not listed', () => {
    expect(operatorGates(hyperConverged(), 'v1.18.1').disabled).toEqual([]);
    const { disabled } = operatorGates(hyperConverged(), 'v1.19.0');
    expect(disabled).toContain('ImageVolume');
    expect(disabled).not.toContain('Snapshot');
    expect(disabled).not.toContain('ExternalNetResourceInjection');
  });
});
