import { nearest } from '../schema/issue';

/** Gates that need no listing: KubeVirt v1.6.2, pkg/virt-config/featuregate/inactive.go and active.go, state GA. */
export const ALWAYS_ON: ReadonlySet<string> = new Set([
  'LiveMigration',
  'SRIOVLiveMigration',
  'NonRoot',
  'PSA',
  'CPUNodeDiscovery',
  'NUMA',
  'GPU',
  'CommonInstancetypesDeploymentGate',
  'HotplugNICs',
  'BochsDisplayForEFIGuests',
  'VMLiveUpdateFeatures',
  'NetworkBindingPlugins',
  'DynamicPodInterfaceNaming',
  'VolumesUpdateStrategy',
  'VolumeMigration',
  'DisableCustomSELinuxPolicy',
  'AutoResourceLimitsGate',
  'ClusterProfiler',
  'VMPersistentState',
  'InstancetypeReferencePolicy',
]);

/** Gates that are off until listed: states Alpha and Beta. */
const LISTABLE = [
  ...['Snapshot', 'VMExport', 'NodeRestriction'],
  ...['ExpandDisks', 'CPUManager', 'ExperimentalIgnitionSupport', 'HypervStrictCheck', 'Sidecar', 'HostDevices'],
  ...['HotplugVolumes', 'HostDisk', 'DownwardMetrics', 'Root', 'WorkloadEncryptionSEV', 'VSOCK'],
  ...['KubevirtSeccompProfile', 'DisableMDEVConfiguration', 'PersistentReservation', 'MultiArchitecture', 'AlignCPUs'],
  ...[
    'ImageVolume',
    'EnableVirtioFsConfigVolumes',
    'EnableVirtioFsStorageVolumes',
    'GPUsWithDRA',
    'HostDevicesWithDRA',
  ],
  ...[
    'DecentralizedLiveMigration',
    'DeclarativeHotplugVolumes',
    'VideoConfig',
    'PanicDevices',
    'PasstIPStackMigration',
  ],
];

/** Gates that are registered nowhere and work, or that are deprecated or discontinued. */
const OTHERS = [
  ...['SecureExecution', 'ObjectGraph', 'ExperimentalVirtiofsSupport', 'DockerSELinuxMCSWorkaround'],
  ...['Passt', 'Macvtap'],
];

/** Every gate that KubeVirt v1.6.2 knows. */
export const KNOWN_GATES: ReadonlySet<string> = new Set([...ALWAYS_ON, ...LISTABLE, ...OTHERS]);

/** Why a gate does nothing: its spelling, if only the case of letters differs, else that KubeVirt does not know it. */
export function gateFault(gate: string): { readonly spelt?: string; readonly message: string } {
  const spelt = [...KNOWN_GATES].find((known) => known.toLowerCase() === gate.toLowerCase());
  const meant = nearest(gate, KNOWN_GATES);
  const remedy = meant === undefined ? '' : `; is '${meant}' meant?`;
  return { spelt, message: `feature gate '${gate}' is unknown to KubeVirt v1.6.2${remedy}` };
}
