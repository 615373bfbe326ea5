import { Duration } from 'cdk8s';
import { aDuration, aName, aText, instanceOf, listOf, oneOf, part, PropChecks } from '../shared/prop-checks';
import { AccessCredential } from './access-credential';
import { Chassis, CHASSIS } from './chassis';
import { Clock } from './clock';
import { GUEST_DEVICES, GuestDevices } from './guest-devices';
import { GUEST_DNS, GuestDns } from './guest-dns';
import { GUEST_FEATURES, GuestFeatures } from './guest-features';
import { MEMORY_PROPS, MemoryProps } from './guest-memory';
import { GuestProbe } from './guest-probe';
import { HyperV } from './hyperv';
import { IoThreads } from './io-threads';
import { LaunchSecurity } from './launch-security';
import { ResourceClaim } from './resource-claim';
import { RebootPolicy, StartStrategy } from './run-strategy';
import { SCHEDULING, Scheduling } from './scheduling';
import { Tpm } from './tpm';

/** The processors' architecture. */
export enum Architecture {
  /** x86-64. */
  AMD64 = 'amd64',
  /** 64-bit Arm. */
  ARM64 = 'arm64',
  /** IBM Z. */
  S390X = 's390x',
}

/**
 * What the virtual hardware is beside processors, memory, disks and networks.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/
 */
export interface MachineProps extends MemoryProps {
  /**
   * Architecture of the guest; the VM runs on nodes that have it.
   *
   * @default - that of the cluster
   */
  readonly architecture?: Architecture;

  /**
   * Type of the machine by QEMU's name, such as `q35` or `pc-q35-rhel9.2.0`, with the version if it must stay the same.
   *
   * @default - that of the KubeVirt object, else follows from the architecture
   */
  readonly machineType?: string;

  /**
   * What the virtual board can do.
   *
   * @default - KubeVirt's own
   */
  readonly features?: GuestFeatures;

  /**
   * What of Hyper-V the guest finds.
   *
   * @default - nothing
   */
  readonly hyperv?: HyperV;

  /**
   * The clock of the guest.
   *
   * @default - KubeVirt's own: UTC
   */
  readonly clock?: Clock;

  /**
   * A trusted platform module.
   *
   * @default - none
   */
  readonly tpm?: Tpm;

  /**
   * Devices beside disks and networks.
   *
   * @default - KubeVirt's own
   */
  readonly devices?: GuestDevices;

  /**
   * Threads that do the input and output of disks.
   *
   * @default - QEMU's main loop does it
   */
  readonly ioThreads?: IoThreads;

  /**
   * Memory that the node cannot read.
   *
   * @default - the node can
   */
  readonly launchSecurity?: LaunchSecurity;

  /**
   * What the SMBIOS of the guest says about its case.
   *
   * @default - KubeVirt's own
   */
  readonly chassis?: Chassis;

  /**
   * Resource claims of the VM's pod, which GPUs, host devices and networks name.
   *
   * @default - none
   */
  readonly resourceClaims?: ResourceClaim[];
}

/**
 * How the VM is started, stopped and found.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/lifecycle/
 */
export interface LifecycleProps {
  /**
   * How long the guest has to shut down before it is turned off.
   *
   * @default - KubeVirt's own: 3 minutes
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Domain below which the guest is found: its name is then `HOSTNAME.SUBDOMAIN.NAMESPACE.svc` where a headless Service has that
   * name.
   *
   * @default - none
   */
  readonly subdomain?: string;

  /**
   * How the guest finds names.
   *
   * @default - by the cluster's DNS
   */
  readonly dns?: GuestDns;

  /**
   * Where the VM may run beside what `nodeSelector` says, and how urgent it is.
   *
   * @default - on any node
   */
  readonly scheduling?: Scheduling;

  /**
   * Keys and passwords that KubeVirt brings into the guest.
   *
   * @default - none
   */
  readonly accessCredentials?: AccessCredential[];

  /**
   * How it is found out whether Services may lead to the guest.
   *
   * @default - they may once it runs
   */
  readonly readinessProbe?: GuestProbe;

  /**
   * How it is found out whether the guest is alive; if it is not, the VM is stopped.
   *
   * @default - it is as long as it runs
   */
  readonly livenessProbe?: GuestProbe;

  /**
   * In which state the VM starts.
   *
   * @default - it runs
   */
  readonly startStrategy?: StartStrategy;

  /**
   * What happens when the guest restarts itself; it needs the feature gate `RebootPolicy`.
   *
   * @default - KubeVirt's own: RebootPolicy.REBOOT
   */
  readonly rebootPolicy?: RebootPolicy;

  /**
   * Name of the ServiceAccount that the VM's pod runs as: what sidecars may do. A `Volume.serviceAccount` of the VM has the same.
   *
   * @default - that of the namespace
   */
  readonly serviceAccountName?: string;
}

/** What `MachineProps` must be. */
export const MACHINE_PROPS: PropChecks<MachineProps> = {
  architecture: oneOf(Architecture),
  machineType: aText,
  features: part(GUEST_FEATURES),
  hyperv: instanceOf(HyperV, 'HyperV.recommended()'),
  clock: instanceOf(Clock, 'Clock.utc()'),
  tpm: instanceOf(Tpm, 'Tpm.persistent()'),
  devices: part(GUEST_DEVICES),
  ioThreads: instanceOf(IoThreads, 'IoThreads.auto()'),
  launchSecurity: instanceOf(LaunchSecurity, 'LaunchSecurity.sev()'),
  chassis: part(CHASSIS),
  resourceClaims: listOf(instanceOf(ResourceClaim, "ResourceClaim.fromClaimName('gpus', 'my-gpus')")),
  ...MEMORY_PROPS,
};

/** What `LifecycleProps` must be. */
export const LIFECYCLE_PROPS: PropChecks<LifecycleProps> = {
  terminationGracePeriod: aDuration(),
  subdomain: aName,
  dns: GUEST_DNS,
  scheduling: part(SCHEDULING),
  accessCredentials: listOf(instanceOf(AccessCredential, "AccessCredential.sshKeysByCloudInit('keys')")),
  readinessProbe: instanceOf(GuestProbe, 'GuestProbe.tcpSocket(22)'),
  livenessProbe: instanceOf(GuestProbe, 'GuestProbe.guestAgentPing()'),
  startStrategy: oneOf(StartStrategy),
  rebootPolicy: oneOf(RebootPolicy),
  serviceAccountName: aName,
};
