import { Duration, Size } from 'cdk8s';
import { aDuration, aLabel, aSize, aText, instanceOf, listOf, oneOf, part, PropChecks } from '../shared/prop-checks';
import { AccessCredential } from './access-credential';
import { Clock } from './clock';
import { GUEST_DEVICES, GuestDevices } from './guest-devices';
import { GUEST_DNS, GuestDns } from './guest-dns';
import { GUEST_FEATURES, GuestFeatures } from './guest-features';
import { GuestProbe } from './guest-probe';
import { HyperV } from './hyperv';
import { IoThreads } from './io-threads';
import { LaunchSecurity } from './launch-security';
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
export interface MachineProps {
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
   * The most memory that may be plugged into the running VM.
   *
   * @default - KubeVirt's own: four times that of the guest where the cluster's rollout strategy is LiveUpdate
   */
  readonly maxMemory?: Size;

  /**
   * Size of the node's huge pages that the guest's memory is made of, such as 2Mi or 1Gi.
   *
   * @default - ordinary pages
   */
  readonly hugepages?: Size;
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
  maxMemory: aSize(),
  hugepages: aSize(Size.kibibytes(64)),
};

/** What `LifecycleProps` must be. */
export const LIFECYCLE_PROPS: PropChecks<LifecycleProps> = {
  terminationGracePeriod: aDuration(),
  subdomain: aLabel,
  dns: part(GUEST_DNS),
  scheduling: part(SCHEDULING),
  accessCredentials: listOf(instanceOf(AccessCredential, "AccessCredential.sshKeysByCloudInit('keys')")),
  readinessProbe: instanceOf(GuestProbe, 'GuestProbe.tcpSocket(22)'),
  livenessProbe: instanceOf(GuestProbe, 'GuestProbe.guestAgentPing()'),
};
