import { ALWAYS_ON } from '../../cluster/config';
import { nearest } from '../../schema';

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

/** Why a gate does nothing: how it is spelt, where only letters' case differs, else that nobody knows it. */
export function gateFault(gate: string): { readonly spelt?: string; readonly message: string } {
  const spelt = [...KNOWN_GATES].find((known) => known.toLowerCase() === gate.toLowerCase());
  const meant = nearest(gate, KNOWN_GATES);
  const remedy = meant === undefined ? '' : `; is '${meant}' meant?`;
  return { spelt, message: `feature gate '${gate}' is none that KubeVirt v1.6.2 knows${remedy}` };
}
