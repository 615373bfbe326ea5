import { Json } from '../rule';
import { operatorConfiguration } from './operator-settings';

const beta = (spec: Json, annotations: Json = {}): Json => ({
  apiVersion: 'hco.kubevirt.io/v1beta1',
  kind: 'HyperConverged',
  metadata: { name: 'kubevirt-hyperconverged', annotations },
  spec,
});
const v1 = (spec: Json): Json => ({ ...beta(spec), apiVersion: 'hco.kubevirt.io/v1' });

describe('operatorConfiguration', () => {
  test('is what every HyperConverged object makes of KubeVirt', () => {
    expect(operatorConfiguration(beta({}))).toEqual({
      network: {
        defaultNetworkInterface: 'masquerade',
        binding: { l2bridge: { domainAttachmentType: 'managedTap', migration: {} } },
      },
      vmRolloutStrategy: 'LiveUpdate',
    });
  });

  test('passes on what both versions say, each at its place', () => {
    const migration = { parallelMigrationsPerCluster: 3, bandwidthPerMigration: '64Mi' };
    const updates = { maxCpuSockets: 8 };
    const types = { referencePolicy: 'expand' };
    const expected = {
      evictionStrategy: 'LiveMigrate',
      migrations: migration,
      liveUpdateConfiguration: updates,
      instancetype: types,
      cpuModel: 'Haswell',
      defaultRuntimeClass: 'fast',
      vmStateStorageClass: 'state',
      persistentReservationConfiguration: { enabled: true },
      commonInstancetypesDeployment: { enabled: false },
      developerConfiguration: { memoryOvercommit: 150, cpuAllocationRatio: 5 },
    };
    const fromBeta = beta({
      evictionStrategy: 'LiveMigrate',
      liveMigrationConfig: migration,
      liveUpdateConfiguration: updates,
      instancetypeConfig: types,
      defaultCPUModel: 'Haswell',
      defaultRuntimeClass: 'fast',
      vmStateStorageClass: 'state',
      commonInstancetypesDeployment: { enabled: false },
      featureGates: { persistentReservation: true },
      higherWorkloadDensity: { memoryOvercommitPercentage: 150 },
      resourceRequirements: { vmiCPUAllocationRatio: 5 },
    });
    const fromV1 = v1({
      virtualization: {
        evictionStrategy: 'LiveMigrate',
        liveMigrationConfig: migration,
        liveUpdateConfiguration: updates,
        virtualMachineOptions: { defaultCPUModel: 'Haswell', defaultRuntimeClass: 'fast' },
        higherWorkloadDensity: { memoryOvercommitPercentage: 150 },
        vmiCPUAllocationRatio: 5,
      },
      storage: { vmStateStorageClass: 'state', persistentReservationConfiguration: { enabled: true } },
      workloadSources: { instancetypeConfig: types, commonInstancetypesDeployment: { enabled: false } },
    });
    expect(operatorConfiguration(fromBeta)).toMatchObject(expected);
    expect(operatorConfiguration(fromV1)).toMatchObject(expected);
  });

  test('names the fields of host devices as KubeVirt does, and leaves out what is disabled', () => {
    const pciHostDevices = [
      { pciDeviceSelector: '10DE:1EB8', resourceName: 'nvidia.com/T4' },
      { pciDeviceSelector: '8086:0000', resourceName: 'intel.com/x', disabled: true },
    ];
    const usbHostDevices = [{ resourceName: 'usb', selectors: [] }];
    const { permittedHostDevices } = operatorConfiguration(
      beta({ permittedHostDevices: { pciHostDevices, usbHostDevices } }),
    );
    expect(permittedHostDevices).toEqual({
      pciHostDevices: [{ pciVendorSelector: '10DE:1EB8', resourceName: 'nvidia.com/T4' }],
      mediatedDevices: [],
      usb: usbHostDevices,
    });
  });

  test('adds the binding plugins that are asked for', () => {
    const annotated = beta({ networkBinding: { own: {} } }, { 'hco.kubevirt.io/deployPasstNetworkBinding': 'true' });
    expect(Object.keys((operatorConfiguration(annotated).network as { binding: Json }).binding)).toEqual([
      'own',
      'l2bridge',
      'passt',
    ]);
  });
});
