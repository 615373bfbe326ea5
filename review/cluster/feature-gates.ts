import { nearest } from '../schema/issue';

/** What a release of KubeVirt makes of a gate: pkg/virt-config/featuregate/feature-gates.go, State. */
export enum Stage {
  /** Off until it is listed. */
  ALPHA = 'a',
  /** Off until it is listed; from v1.9 on until it is disabled. */
  BETA = 'b',
  /** On for good. */
  GA = 'g',
  /** Off until it is listed, and to be removed. */
  DEPRECATED = 'd',
  /** Removed: on only in releases that do not look, where it is listed. */
  DISCONTINUED = 'x',
  /** The release does not register it. */
  UNKNOWN = '-',
}

/** The minor versions that the stages are of, the first of them. */
const FIRST_MINOR = 5;

/** The first minor version in which a gate of state Beta is on by default: featuregate.IsEnabled. */
const BETA_ON = 9;

/** The release whose stages are taken where none is named. */
const USUAL = 'v1.6.2';

/**
 * The stages of the gates in KubeVirt v1.5.3, v1.6.2, v1.7.4, v1.8.4 and v1.9.0, a letter each: pkg/virt-config/featuregate,
 * active.go and inactive.go. MultiArchitecture is deprecated from v1.8 on, where no webhook asks for it: it counts as on.
 * ObjectGraph and SecureExecution work before they are registered.
 */
const STAGES: Readonly<Record<string, readonly string[]>> = {
  ggggg: [
    ...['AutoResourceLimitsGate', 'BochsDisplayForEFIGuests', 'CPUNodeDiscovery', 'CommonInstancetypesDeploymentGate'],
    ...['DisableCustomSELinuxPolicy', 'DynamicPodInterfaceNaming', 'GPU', 'HotplugNICs', 'LiveMigration', 'NUMA'],
    ...['NetworkBindingPlugins', 'NonRoot', 'PSA', 'SRIOVLiveMigration', 'VMLiveUpdateFeatures', 'VolumeMigration'],
    'VolumesUpdateStrategy',
  ],
  bgggg: ['InstancetypeReferencePolicy'],
  agggg: ['ClusterProfiler', 'VMPersistentState'],
  aaagg: ['EnableVirtioFsConfigVolumes', 'MultiArchitecture'],
  aaaag: ['ExpandDisks', 'PersistentReservation'],
  abbbg: ['VMExport'],
  '-abbg': ['PanicDevices', 'VideoConfig'],
  '--bbg': ['SecureExecution'],
  '--abg': ['MigrationPriorityQueue'],
  '---bg': ['LiveUpdateNADRef'],
  abbbb: ['NodeRestriction', 'Snapshot'],
  aabbb: ['KubevirtSeccompProfile'],
  aaaab: ['WorkloadEncryptionSEV'],
  '-abbb': ['ImageVolume'],
  '-aaab': ['DeclarativeHotplugVolumes', 'GPUsWithDRA', 'HostDevicesWithDRA'],
  '---bb': ['ExternalNetResourceInjection', 'PasstBinding', 'PodSecondaryInterfaceNamingUpgrade'],
  '---ab': [
    ...['LibvirtHooksServerAndClient', 'OptOutRoleAggregation', 'RebootPolicy', 'Template', 'VmiMemoryOverheadReport'],
  ],
  aaaaa: [
    ...['AlignCPUs', 'CPUManager', 'DownwardMetrics', 'EnableVirtioFsStorageVolumes', 'ExperimentalIgnitionSupport'],
    ...['HostDevices', 'HostDisk', 'HypervStrictCheck', 'Root', 'Sidecar', 'VSOCK'],
  ],
  '-aaaa': ['DecentralizedLiveMigration'],
  '--aaa': ['IncrementalBackup', 'WorkloadEncryptionTDX'],
  '---aa': [
    ...['ConfigurableHypervisor', 'ContainerPathVolumes', 'PCINUMAAwareTopology', 'ReservedOverheadMemlock'],
    'UtilityVolumes',
  ],
  '----a': [
    ...['CrossArchitectureVirtualization', 'FirmwareAutoSelection', 'GraceIOVirtualization', 'IOMMUFD'],
    ...['MigrationStallDetection', 'NetworkDevicesWithDRA', 'OCIExport', 'ObjectGraph', 'Plugins', 'PortRangesSpec'],
    ...['VGPULiveMigration', 'VMStatsCollector'],
  ],
  aaaad: ['HotplugVolumes'],
  aaadd: ['DisableMDEVConfiguration'],
  ddddd: ['DockerSELinuxMCSWorkaround'],
  dddxx: ['ExperimentalVirtiofsSupport'],
  '-aaxx': ['PasstIPStackMigration'],
  xxxxx: ['Macvtap', 'Passt'],
};

const STAGES_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(STAGES).flatMap(([stages, gates]) => gates.map((gate) => [gate, stages] as const)),
);

/** Gates that work in releases that do not register them. */
const UNREGISTERED: ReadonlySet<string> = new Set(['ObjectGraph', 'SecureExecution']);

/** The releases that the stages are of, older first. */
const MINORS = [5, 6, 7, 8, 9];

function minorOf(release: string): number {
  return Number(/^v?1\.(\d+)/.exec(release)?.[1] ?? NaN);
}

function stageOf(gate: string, minor: number): Stage {
  const stages = STAGES_OF.get(gate) ?? '';
  const index = Math.min(Math.max(minor - FIRST_MINOR, 0), MINORS.length - 1);
  return (stages[index] ?? Stage.UNKNOWN) as Stage;
}

/** How the gates of a cluster are set. */
export interface GateSetting {
  readonly listed: ReadonlySet<string>;
  /** `disabledFeatureGates`. */
  readonly disabled: readonly string[];
}

/**
 * Whether a gate is on. Up to v1.8 a gate counts when it is listed, or is GA (pkg/virt-config/feature-gates.go,
 * isFeatureGateEnabled); from v1.9 on GA always, then listed, then disabled, then Beta (featuregate.IsEnabled).
 */
export function isGateOn(gate: string, { listed, disabled }: GateSetting, release = USUAL): boolean {
  return isOnIn(gate, listed.has(gate), disabled.includes(gate), minorOf(release));
}

function isOnIn(gate: string, isListed: boolean, isDisabled: boolean, minor: number): boolean {
  const stage = stageOf(gate, minor);
  if (stage === Stage.GA) return true;
  if (minor < BETA_ON) return isListed;
  if (stage === Stage.UNKNOWN) return false;
  return isListed || (stage === Stage.BETA && !isDisabled);
}

/** The minor versions in which a gate is off, of those that are held: `v1.5 to v1.8`; undefined if it is on in all of them. */
export function releasesWithout(gate: string, { listed, disabled }: GateSetting): string | undefined {
  const off = MINORS.filter((minor) => !isOnIn(gate, listed.has(gate), disabled.includes(gate), minor));
  const [first, last] = [off[0], off.at(-1)];
  if (first === undefined) return undefined;
  return first === last ? `v1.${first}` : `v1.${first} to v1.${last}`;
}

/** Gates that come on by themselves with a release, where they were off before unless they were listed. */
export function gatesSwitchedOn(from: string, to: string, { listed, disabled }: GateSetting): string[] {
  const isOn = (gate: string, release: string) =>
    isOnIn(gate, listed.has(gate), disabled.includes(gate), minorOf(release));
  return [...STAGES_OF.keys()].filter((gate) => !isOn(gate, from) && isOn(gate, to)).sort();
}

/** What a release of KubeVirt makes of a gate. */
export function gateStage(gate: string, release: string): Stage {
  return stageOf(gate, minorOf(release));
}

/** Whether a release of KubeVirt knows a gate. */
export function isGateKnown(gate: string, release = USUAL): boolean {
  return UNREGISTERED.has(gate) || stageOf(gate, minorOf(release)) !== Stage.UNKNOWN;
}

/** Every gate that a held release of KubeVirt knows. */
export const KNOWN_GATES: ReadonlySet<string> = new Set(STAGES_OF.keys());

/** Why a gate does nothing: its spelling, if only the case of letters differs, else that KubeVirt does not know it. */
export function gateFault(gate: string, release = USUAL): { readonly spelt?: string; readonly message: string } {
  const spelt = [...KNOWN_GATES].find((known) => known.toLowerCase() === gate.toLowerCase());
  const meant = nearest(gate, KNOWN_GATES);
  const since = MINORS.find((minor) => stageOf(gate, minor) !== Stage.UNKNOWN);
  const remedy =
    spelt === gate
      ? `; KubeVirt v1.${since} is the first that knows it`
      : meant === undefined
        ? ''
        : `; is '${meant}' meant?`;
  return { spelt, message: `feature gate '${gate}' is unknown to KubeVirt ${release}${remedy}` };
}
