import { isObject, objectsAt, textAt, valueAt } from '../manifests/json';
import { Json } from '../rule';

/** Changes the KubeVirt object that the operator makes: controllers/common/consts.go, JSONPatchKVAnnotationName. */
export const PATCH_ANNOTATION = 'kubevirt.kubevirt.io/jsonpatch';

/** The gates of KubeVirt that HyperConverged sets. */
export interface OperatorGates {
  /** Those that it lists. */
  readonly listed: readonly string[];
  /** Those that it switches off: from v1.19 on each gate of state Beta that it does not list. */
  readonly disabled: readonly string[];
}

/** A gate that HyperConverged lists, and in which of its minor versions: the first and the last, both included. */
interface GateOfOperator {
  readonly gate: string;
  readonly since?: number;
  readonly until?: number;
  /** Whether an object asks for it. */
  readonly when?: (asked: Asked) => boolean;
}

/** What an object asks for. */
interface Asked {
  /** Whether one of its own feature gates is on, by the name that it has in the API. */
  readonly isOn: (name: string, byDefault: boolean) => boolean;
  readonly isAnnotated: (name: string) => boolean;
  /** A field of the spec: in v1beta1 by its name alone, in v1 below `virtualization`. */
  readonly field: (name: string) => unknown;
  readonly minor: number;
}

/** The first minor version that switches off what it does not list. */
const DISABLING = 19;

/**
 * hyperconverged-cluster-operator v1.15.2 to v1.18.1 and its release branch of v1.19: controllers/handlers/kubevirt.go (v1.15
 * controllers/operands/kubevirt.go), hardCodeKvFgs, sspConditionKvFgs, getFeatureGateChecks.
 */
const GATES: readonly GateOfOperator[] = [
  ...['CPUManager', 'Snapshot', 'HostDevices', 'KubevirtSeccompProfile', 'HypervStrictCheck'].map((gate) => ({ gate })),
  ...['ExpandDisks', 'VMExport', 'WithHostModelCPU'].map((gate) => ({ gate, until: 18 })),
  ...['VMPersistentState', 'InstancetypeReferencePolicy'].map((gate) => ({ gate, until: 16 })),
  { gate: 'LiveUpdateNADRef', since: 18, until: 18 },
  { gate: 'DownwardMetrics', when: ({ isOn }) => isOn('downwardMetrics', false) },
  { gate: 'AlignCPUs', when: ({ isOn }) => isOn('alignCPUs', false) },
  { gate: 'DisableMDEVConfiguration', until: 17, when: ({ isOn }) => isOn('disableMDevConfiguration', false) },
  { gate: 'PersistentReservation', until: 18, when: ({ isOn }) => isOn('persistentReservation', false) },
  {
    gate: 'MultiArchitecture',
    since: 16,
    until: 17,
    when: ({ isOn }) => isOn('enableMultiArchBootImageImport', false),
  },
  { gate: 'VideoConfig', since: 17, until: 18, when: ({ isOn }) => isOn('videoConfig', true) },
  { gate: 'ObjectGraph', since: 17, when: ({ isOn }) => isOn('objectGraph', false) },
  {
    gate: 'DecentralizedLiveMigration',
    since: 16,
    when: ({ isOn, minor }) => isOn('decentralizedLiveMigration', minor >= 18),
  },
  { gate: 'DeclarativeHotplugVolumes', since: 16, when: isDeclarative },
  { gate: 'HotplugVolumes', when: (asked) => !isDeclarative(asked) },
  ...['IncrementalBackup', 'UtilityVolumes'].map((gate) => ({
    gate,
    since: 18,
    when: ({ isOn }: Asked) => isOn('incrementalBackup', false),
  })),
  { gate: 'ContainerPathVolumes', since: 18, when: ({ isOn }) => isOn('containerPathVolumes', false) },
  { gate: 'Template', since: 19, when: ({ isOn }) => isOn('template', true) },
  {
    gate: 'PasstIPStackMigration',
    since: 16,
    until: 17,
    when: ({ isAnnotated }) => isAnnotated('deployPasstNetworkBinding'),
  },
  { gate: 'PasstBinding', since: 18, when: ({ isAnnotated }) => isAnnotated('deployPasstNetworkBinding') },
  { gate: 'PCINUMAAwareTopology', since: 18, when: ({ isAnnotated }) => isAnnotated('deployAIE') },
  ...['GraceIOVirtualization', 'IOMMUFD'].map((gate) => ({
    gate,
    since: 19,
    when: ({ isAnnotated }: Asked) => isAnnotated('deployAIE'),
  })),
  {
    gate: 'ConfigurableHypervisor',
    since: 18,
    when: ({ field }) => Array.isArray(field('hypervisors')) && (field('hypervisors') as unknown[]).length > 0,
  },
  { gate: 'OptOutRoleAggregation', since: 18, when: ({ field }) => field('roleAggregationStrategy') != null },
];

/**
 * Gates that depend on what no manifest says: SecureExecution on the architecture of the nodes (since v1.17),
 * ExternalNetResourceInjection on the state of another component (v1.19).
 */
const UNDECIDED: readonly GateOfOperator[] = [
  { gate: 'SecureExecution', since: 17 },
  { gate: 'ExternalNetResourceInjection', since: 19 },
];

/** Its release branch of v1.19, pkg/internal/kvfeaturegates/kv-beta-feature-gates.json, state Beta: those of KubeVirt v1.9.0. */
const BETA = [
  ...['DeclarativeHotplugVolumes', 'ExternalNetResourceInjection', 'GPUsWithDRA', 'HostDevicesWithDRA', 'ImageVolume'],
  ...[
    'KubevirtSeccompProfile',
    'LibvirtHooksServerAndClient',
    'NodeRestriction',
    'OptOutRoleAggregation',
    'PasstBinding',
  ],
  ...['PodSecondaryInterfaceNamingUpgrade', 'RebootPolicy', 'Snapshot', 'Template', 'VmiMemoryOverheadReport'],
  'WorkloadEncryptionSEV',
];

/** From v1.16 on an object may ask for the declarative way, which is the default from v1.19 on. */
function isDeclarative({ isOn, minor }: Asked): boolean {
  return minor >= 16 && isOn('declarativeHotplugVolumes', minor >= 19);
}

/**
 * The gates that HyperConverged sets in the KubeVirt object that it writes. A gate that may be set, for what no manifest
 * says, counts as listed.
 *
 * @param version Release of HyperConverged: `v1.16.0`.
 */
export function operatorGates(hyperConverged: Json, version: string): OperatorGates {
  const minor = Number(/^v?1\.(\d+)\./.exec(version)?.[1]);
  const asked = askedBy(hyperConverged, minor);
  const isOf = ({ since = 0, until = Infinity }: GateOfOperator): boolean => minor >= since && minor <= until;
  const listed = GATES.filter((one) => isOf(one) && (one.when === undefined || one.when(asked)));
  const names = [...listed, ...UNDECIDED.filter(isOf)].map(({ gate }) => gate);
  return { listed: names, disabled: minor < DISABLING ? [] : BETA.filter((gate) => !names.includes(gate)) };
}

/** v1beta1 has a map of its gates, v1 a list of names with a state, which is Enabled if it is absent. */
function askedBy(hyperConverged: Json, minor: number): Asked {
  const gates = valueAt(hyperConverged, 'spec', 'featureGates');
  const list = Array.isArray(gates) ? objectsAt(hyperConverged, 'spec', 'featureGates') : [];
  return {
    minor,
    isOn: (name, byDefault) => {
      if (isObject(gates)) return typeof gates[name] === 'boolean' ? gates[name] : byDefault;
      const found = list.find((gate) => textAt(gate, 'name').toLowerCase() === name.toLowerCase());
      return found === undefined ? byDefault : (found.state ?? 'Enabled') === 'Enabled';
    },
    isAnnotated: (name) => textAt(hyperConverged, 'metadata', 'annotations', `hco.kubevirt.io/${name}`) === 'true',
    field: (name) => valueAt(hyperConverged, 'spec', 'virtualization', name) ?? valueAt(hyperConverged, 'spec', name),
  };
}
