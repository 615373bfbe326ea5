import { AccessMode } from './claim-modes';
import { ClaimFacts, GuestFacts, VolumeFacts } from './live-migration-facts';

/** Whether a VM can move to another node while it runs. */
export enum MigrationVerdict {
  /** The manifests hold no obstacle. */
  MIGRATABLE = 'migratable',
  /** KubeVirt refuses it. */
  NOT_MIGRATABLE = 'not migratable',
  /** What decides it is not in the manifests. */
  UNKNOWN = 'unknown',
}

/** One thing that prevents, or may prevent, the live migration of a VM. */
export interface MigrationObstacle {
  /** Short name of the rule, such as `LM-08`, by which a script can tell obstacles apart; `message` says it in words. */
  readonly rule: string;
  /** Whether it is certain; otherwise the manifests do not say. */
  readonly certain: boolean;
  /** Reason that KubeVirt gives in the condition `LiveMigratable`. */
  readonly condition: string;
  /** Where it stands, below the `spec` of the VirtualMachineInstance. */
  readonly field: string;
  /** What prevents it. */
  readonly message: string;
  /** What to do. */
  readonly remedy?: string;
  /** The volume, where it is one. */
  readonly volume?: string;
}

/** Whether a VM can be live-migrated, and everything that prevents it. */
export interface MigrationOutcome {
  readonly verdict: MigrationVerdict;
  /** In the order of KubeVirt's checks; KubeVirt itself names the first that is certain. */
  readonly obstacles: readonly MigrationObstacle[];
}

/**
 * The rules that do not speak of disks: what they find keeps a machine even from a migration that moves its volumes along (KubeVirt
 * v1.6.2: pkg/virt-handler/vm.go, calculateLiveStorageMigrationCondition).
 */
export const NOT_OF_DISKS: ReadonlySet<string> = new Set(['LM-01', 'LM-03', 'LM-04', 'LM-05', 'LM-06', 'LM-07']);

type Rule = (facts: GuestFacts) => readonly MigrationObstacle[];

/**
 * What KubeVirt v1.6.2 refuses to live-migrate (pkg/virt-handler/vm.go, calculateLiveMigrationCondition, in its
 * order; read from the code).
 *
 * | rule | field, below the VMI's `spec` | refused when | known from |
 * | --- | --- | --- | --- |
 * | LM-01 | networks, domain.devices.interfaces | the pod network is bound by anything but masquerade, bridge with the annotation `kubevirt.io/allow-pod-bridge-network-live-migration`, or a plugin with a migration method; no network named: bridge | manifest; plugins: KubeVirt object |
 * | LM-02 | domain.cpu.model | host-model, on a node that does not offer it | the node: not judged |
 * | LM-03 | domain.devices.hostDevices, .gpus | there is any | manifest |
 * | LM-04 | domain.launchSecurity | SEV, or anything on s390x | manifest |
 * | LM-05 | domain.devices.disks[].lun.reservation | true, before v1.9.0 | manifest |
 * | LM-06 | domain.features.hyperv.reenlightenment | on, without a TSC frequency: on another architecture than amd64, or where neither the KubeVirt object nor the nodes give one | manifest, KubeVirt object; the nodes: not known |
 * | LM-07 | domain.features.hypervPassthrough | on | manifest |
 * | LM-08 | volumes[].persistentVolumeClaim, .dataVolume | the claim's access modes lack ReadWriteMany, however the disk is used; or its class cannot provide it | the claim, the storage |
 * | LM-09 | volumes[].hostDisk | not shared | manifest |
 *
 * Not in the way: containerDisk, emptyDisk, ephemeral, cloud-init, sysprep, configMap, secret, downwardAPI,
 * serviceAccount, memoryDump, SR-IOV and other networks than that of the pod, persistent TPM and EFI state,
 * dedicated CPUs, hugepages, virtiofs.
 */
const RULES: readonly Rule[] = [
  podNetwork,
  devices,
  launchSecurity,
  reservations,
  reenlightenment,
  passthrough,
  (facts) => facts.volumes.flatMap(volumeObstacle),
  unknownParts,
];

/**
 * Judges whether a VM can be live-migrated.
 *
 * @see https://kubevirt.io/user-guide/compute/live_migration/#limitations
 */
export function judgeLiveMigration(facts: GuestFacts): MigrationOutcome {
  const obstacles = RULES.flatMap((rule) => rule(facts));
  if (obstacles.some(({ certain }) => certain)) return { verdict: MigrationVerdict.NOT_MIGRATABLE, obstacles };
  const verdict = obstacles.length > 0 ? MigrationVerdict.UNKNOWN : MigrationVerdict.MIGRATABLE;
  return { verdict, obstacles };
}

/** KubeVirt: pkg/network/vmispec/interface.go, VerifyVMIMigratable (v1.6.2). */
function podNetwork({ podInterface, allowsPodBridge, bindingPlugins }: GuestFacts): MigrationObstacle[] {
  if (podInterface === undefined || podInterface.binding === 'masquerade') return [];
  const { binding, plugin, isDefault, field } = podInterface;
  if (binding === 'bridge' && allowsPodBridge === true) return [];
  if (plugin !== undefined && bindingPlugins?.get(plugin) === true) return [];
  const certain = plugin === undefined || bindingPlugins !== undefined;
  const bound = plugin === undefined ? binding : `the plugin ${plugin}`;
  const message = isDefault
    ? `no network is named, so KubeVirt connects the pod network by ${bound}`
    : `the pod network is connected by ${bound}`;
  return [
    {
      rule: 'LM-01',
      certain,
      condition: 'InterfaceNotLiveMigratable',
      field,
      message: certain ? message : `${message}; whether that migrates is set in the KubeVirt object`,
      remedy: 'connect it by masquerade',
    },
  ];
}

function devices({ hostDevices, gpus }: GuestFacts): MigrationObstacle[] {
  const of = (field: string, names: readonly string[]): MigrationObstacle[] =>
    names.length === 0
      ? []
      : [
          {
            rule: 'LM-03',
            certain: true,
            condition: 'HostDeviceNotLiveMigratable',
            field: `domain.devices.${field}`,
            message: `a device of the node is passed through: ${names.join(', ')}`,
          },
        ];
  return [...of('hostDevices', hostDevices ?? []), ...of('gpus', gpus ?? [])];
}

function launchSecurity({ encryptedMemory, architecture }: GuestFacts): MigrationObstacle[] {
  const isSecureExecution = encryptedMemory !== undefined && architecture === 's390x';
  if (encryptedMemory !== 'sev' && !isSecureExecution) return [];
  return [
    {
      rule: 'LM-04',
      certain: true,
      condition: isSecureExecution ? 'SecureExecutionNotLiveMigratable' : 'SEVNotLiveMigratable',
      field: 'domain.launchSecurity',
      message: `the guest's memory is encrypted by ${isSecureExecution ? 'secure execution' : 'SEV'}`,
    },
  ];
}

function reservations({ reservedLuns }: GuestFacts): MigrationObstacle[] {
  return (reservedLuns ?? []).map(({ name, field }) => ({
    rule: 'LM-05',
    certain: true,
    condition: 'PersistentReservationNotLiveMigratable',
    field: `${field}.lun.reservation`,
    message: `the LUN ${name} holds a persistent reservation`,
    volume: name,
  }));
}

/**
 * With the CPU feature `invtsc` the guest does not start at all without the frequency, so there is no need to check it. The
 * frequency is the one that KubeVirt is told, else the lowest of the nodes, and is given only on amd64 (KubeVirt:
 * pkg/virt-controller/watch/topology/hinter.go, TopologyHintsForVMI and LowestTSCFrequencyOnCluster).
 */
function reenlightenment({ reenlightens, architecture, minimumTscFrequency }: GuestFacts): MigrationObstacle[] {
  if (reenlightens !== true) return [];
  const hasNone = architecture !== undefined && architecture !== 'amd64';
  if (!hasNone && minimumTscFrequency !== undefined && minimumTscFrequency > 0) return [];
  const certain = hasNone || minimumTscFrequency !== undefined;
  return [
    {
      rule: 'LM-06',
      certain,
      condition: 'NoTSCFrequencyNotLiveMigratable',
      field: 'domain.features.hyperv.reenlightenment',
      message: certain
        ? `reenlightenment needs a TSC frequency, which ${hasNone ? architecture : 'the KubeVirt object'} has not`
        : 'reenlightenment needs a cluster that gives the TSC frequency',
      remedy: certain ? undefined : "look for nodes labelled 'cpu-timer.node.kubevirt.io/tsc-frequency'",
    },
  ];
}

function passthrough({ passesHyperVThrough }: GuestFacts): MigrationObstacle[] {
  if (passesHyperVThrough !== true) return [];
  return [
    {
      rule: 'LM-07',
      certain: true,
      condition: 'HypervPassthroughNotLiveMigratable',
      field: 'domain.features.hypervPassthrough',
      message: 'the Hyper-V features of the node are passed through',
    },
  ];
}

/** KubeVirt: pkg/virt-handler/vm.go, checkVolumesForMigration (v1.6.2). */
function volumeObstacle({ name, claim, hostDisk }: VolumeFacts, index: number): readonly MigrationObstacle[] {
  const condition = 'DisksNotLiveMigratable';
  if (hostDisk !== undefined && !hostDisk.shared) {
    const field = `volumes[${index}].hostDisk`;
    const message = `disk ${name} is a file of one node`;
    return [
      { condition, volume: name, rule: 'LM-09', certain: true, field, message, remedy: 'use a ReadWriteMany claim' },
    ];
  }
  // Most volumes move: of those nothing is written.
  if (claim === undefined || isMovable(claim)) return NO_OBSTACLE;
  const found = { condition, volume: name, rule: 'LM-08', field: `volumes[${index}]` } as const;
  if (claim.doubt !== undefined && claim.accessModes?.includes(AccessMode.READ_WRITE_MANY)) {
    const { reason, isCertain } = claim.doubt;
    return [{ ...found, certain: isCertain, message: `disk ${name}: claim ${claim.name}: ${reason}` }];
  }
  if (claim.accessModes === undefined) {
    const message = `disk ${name}: the access modes of claim ${claim.name} are not known${claim.why === undefined ? '' : ` (${claim.why})`}`;
    return [{ ...found, certain: false, message }];
  }
  const modes = claim.accessModes.length === 0 ? 'no access mode' : claim.accessModes.join(', ');
  const message = `disk ${name}: claim ${claim.name} is ${modes}`;
  const remedy =
    (claim.users ?? 1) > 1
      ? 'give each machine a disk of its own by a DataVolume template'
      : `ask for ${AccessMode.READ_WRITE_MANY}`;
  return [{ ...found, certain: true, message, remedy }];
}

const NO_OBSTACLE: readonly MigrationObstacle[] = [];

function isMovable({ accessModes, doubt }: ClaimFacts): boolean {
  return doubt === undefined && accessModes?.includes(AccessMode.READ_WRITE_MANY) === true;
}

function unknownParts({ notKnown }: GuestFacts): MigrationObstacle[] {
  return (notKnown ?? []).map((part) => ({ ...part, certain: false, condition: CONDITIONS[part.rule] }));
}

/** The conditions that an instancetype or a preference may cause. */
const CONDITIONS = { 'LM-01': 'InterfaceNotLiveMigratable', 'LM-03': 'HostDeviceNotLiveMigratable' } as const;
