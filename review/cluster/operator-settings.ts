import { isObject, objectAt, objectsAt, textAt, valueAt } from '../manifests/json';
import { Json } from '../rule';

/** A setting of KubeVirt, and where HyperConverged says it: in v1beta1 and in v1, below the spec. */
interface Passed {
  readonly kubevirt: string;
  readonly beta: string;
  readonly v1: string;
  /** What becomes of it on the way. */
  readonly as?: (value: unknown) => unknown;
}

/** What both versions call the same, in v1 below `virtualization`. */
const VIRTUALIZATION: readonly Passed[] = [
  'evictionStrategy',
  'hypervisors',
  'ksmConfiguration',
  'liveUpdateConfiguration',
  'mediatedDevicesConfiguration',
  'roleAggregationStrategy',
  'changedBlockTrackingLabelSelectors',
].map((name) => ({ kubevirt: name, beta: name, v1: `virtualization.${name}` }));

/**
 * hyperconverged-cluster-operator v1.15.2 to v1.18.1 and its release branch of v1.19, controllers/handlers/kubevirt.go (v1.15 controllers/operands), getKVConfig,
 * getKVDevConfig, hcLiveMigrationToKv, toKvPermittedHostDevices; the fields of v1 are of api/v1/hyperconverged_types.go.
 */
const PASSED: readonly Passed[] = [
  ...VIRTUALIZATION,
  { kubevirt: 'migrations', beta: 'liveMigrationConfig', v1: 'virtualization.liveMigrationConfig' },
  {
    kubevirt: 'permittedHostDevices',
    beta: 'permittedHostDevices',
    v1: 'virtualization.permittedHostDevices',
    as: permittedDevices,
  },
  { kubevirt: 'cpuModel', beta: 'defaultCPUModel', v1: 'virtualization.virtualMachineOptions.defaultCPUModel' },
  {
    kubevirt: 'defaultRuntimeClass',
    beta: 'defaultRuntimeClass',
    v1: 'virtualization.virtualMachineOptions.defaultRuntimeClass',
  },
  {
    kubevirt: 'persistentReservationConfiguration',
    beta: 'featureGates.persistentReservation',
    v1: 'storage.persistentReservationConfiguration',
    as: (value) => (isObject(value) ? value : { enabled: value === true }),
  },
  { kubevirt: 'vmStateStorageClass', beta: 'vmStateStorageClass', v1: 'storage.vmStateStorageClass' },
  {
    kubevirt: 'autoCPULimitNamespaceLabelSelector',
    beta: 'resourceRequirements.autoCPULimitNamespaceLabelSelector',
    v1: 'virtualization.autoCPULimitNamespaceLabelSelector',
  },
  { kubevirt: 'instancetype', beta: 'instancetypeConfig', v1: 'workloadSources.instancetypeConfig' },
  {
    kubevirt: 'commonInstancetypesDeployment',
    beta: 'commonInstancetypesDeployment',
    v1: 'workloadSources.commonInstancetypesDeployment',
  },
  {
    kubevirt: 'developerConfiguration.memoryOvercommit',
    beta: 'higherWorkloadDensity.memoryOvercommitPercentage',
    v1: 'virtualization.higherWorkloadDensity.memoryOvercommitPercentage',
  },
  {
    kubevirt: 'developerConfiguration.cpuAllocationRatio',
    beta: 'resourceRequirements.vmiCPUAllocationRatio',
    v1: 'virtualization.vmiCPUAllocationRatio',
  },
];

/** `spec.configuration` of the KubeVirt object that HyperConverged writes, its feature gates aside. */
export function operatorConfiguration(hyperConverged: Json): Json {
  const version = hyperConverged.apiVersion === 'hco.kubevirt.io/v1beta1' ? 'beta' : 'v1';
  const spec = objectAt(hyperConverged, 'spec') ?? {};
  const isAnnotated = textAt(hyperConverged, 'metadata', 'annotations', 'hco.kubevirt.io/deployPasstNetworkBinding');
  const bindings = valueAt(spec, ...(version === 'beta' ? ['networkBinding'] : ['networking', 'networkBinding']));
  const configuration: Record<string, unknown> = {
    network: {
      defaultNetworkInterface: 'masquerade',
      binding: {
        ...(isObject(bindings) ? bindings : {}),
        l2bridge: { domainAttachmentType: 'managedTap', migration: {} },
        ...(isAnnotated === 'true' ? { passt: { migration: {} } } : {}),
      },
    },
    vmRolloutStrategy: 'LiveUpdate',
  };
  for (const { kubevirt, as = (value: unknown) => value, ...from } of PASSED) {
    const value = valueAt(spec, ...from[version].split('.'));
    if (value === undefined || value === null) continue;
    const [first = '', second] = kubevirt.split('.');
    configuration[first] =
      second === undefined ? as(value) : { ...(configuration[first] as object | undefined), [second]: as(value) };
  }
  return configuration;
}

/** Host devices by the names that KubeVirt has for their fields; a disabled one is left out. */
function permittedDevices(value: unknown): unknown {
  const list = (key: string) => objectsAt(value, key).filter(({ disabled }) => disabled !== true);
  return {
    pciHostDevices: list('pciHostDevices').map(({ pciDeviceSelector, ...device }) => ({
      ...device,
      pciVendorSelector: pciDeviceSelector,
    })),
    mediatedDevices: list('mediatedDevices'),
    usb: list('usbHostDevices'),
  };
}
