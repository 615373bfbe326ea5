import { Duration, Size } from 'cdk8s';
import type { VirtualMachinePreferenceSpec } from '../../imports/instancetype.kubevirt.io';
import { generated } from '../generated';
import { checkAnnotations, isObject } from '../shared/checks';
import {
  aDuration,
  aLabel,
  aName,
  aSize,
  aText,
  checkGiven,
  instanceOf,
  listOf,
  oneOf,
  part,
  PropChecks,
  required,
  wholeNumber,
} from '../shared/prop-checks';
import { quantity } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { Clock } from './clock';
import { Firmware } from './firmware';
import { CpuFeature, CpuFeaturePolicy } from './guest-cpu';
import { GUEST_FEATURES, GuestFeatures, renderFeatures } from './guest-features';
import { HyperV } from './hyperv';
import { LaunchSecurity } from './launch-security';
import { Architecture } from './machine-props';
import { PREFERRED_DEVICES, PreferredDevices, renderPreferredDevices } from './preferred-devices';

/** As what the guest sees the processors of an instance type. */
export enum PreferredCpuTopology {
  /** Sockets: what can be plugged into a running VM. */
  SOCKETS = 'sockets',
  /** Cores of one socket. */
  CORES = 'cores',
  /** Threads of one core. */
  THREADS = 'threads',
  /** Spread over sockets, cores and threads; `spread` says how. */
  SPREAD = 'spread',
  /** Any; KubeVirt takes sockets. */
  ANY = 'any',
}

/** Over what processors are spread. */
export enum SpreadAcross {
  /** Sockets and cores. */
  SOCKETS_CORES = 'SocketsCores',
  /** Sockets, cores and threads. */
  SOCKETS_CORES_THREADS = 'SocketsCoresThreads',
  /** Cores and threads; the ratio is 2. */
  CORES_THREADS = 'CoresThreads',
}

/** How processors are spread. */
export interface CpuSpread {
  /**
   * Over what.
   *
   * @default - KubeVirt's own: SpreadAcross.SOCKETS_CORES
   */
  readonly across?: SpreadAcross;

  /**
   * How many of the smaller part each of the larger has.
   *
   * @default - KubeVirt's own: 2
   */
  readonly ratio?: number;
}

/** Processors as a preference wants them. */
export interface PreferredCpu {
  /**
   * As what the guest sees them.
   *
   * @default - KubeVirt's own: PreferredCpuTopology.SOCKETS
   */
  readonly topology?: PreferredCpuTopology;

  /**
   * How they are spread; it needs `PreferredCpuTopology.SPREAD`.
   *
   * @default - KubeVirt's own
   */
  readonly spread?: CpuSpread;

  /**
   * Features beside those of the model.
   *
   * @default - none
   */
  readonly features?: CpuFeature[];
}

/** What a VM must have at the least. */
export interface PreferenceRequirements {
  /**
   * Processors.
   *
   * @default - any number
   */
  readonly cpu?: number;

  /**
   * Memory.
   *
   * @default - any
   */
  readonly memory?: Size;

  /**
   * Architecture.
   *
   * @default - any
   */
  readonly architecture?: Architecture;
}

/**
 * What a preference brings to its VMs, where they do not say otherwise.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/instancetypes/#virtualmachinepreference
 */
export interface PreferenceSpec {
  /**
   * Processors.
   *
   * @default - those of the VM
   */
  readonly cpu?: PreferredCpu;

  /**
   * Devices.
   *
   * @default - those of the VM
   */
  readonly devices?: PreferredDevices;

  /**
   * What the virtual board can do.
   *
   * @default - that of the VM
   */
  readonly features?: GuestFeatures;

  /**
   * What of Hyper-V the guest finds: `HyperV.recommended()` or `HyperV.of(…)`.
   *
   * @default - that of the VM
   */
  readonly hyperv?: HyperV;

  /**
   * The clock.
   *
   * @default - that of the VM
   */
  readonly clock?: Clock;

  /**
   * How the VM starts; secure boot brings system management mode. It says no serial number and no UUID.
   *
   * @default - that of the VM
   */
  readonly firmware?: Firmware;

  /**
   * Type of the machine by QEMU's name.
   *
   * @default - that of the VM
   */
  readonly machineType?: string;

  /**
   * Architecture of the guest.
   *
   * @default - that of the VM
   */
  readonly architecture?: Architecture;

  /**
   * Memory that the node cannot read.
   *
   * @default - that of the VM
   */
  readonly launchSecurity?: LaunchSecurity;

  /**
   * Domain below which the guest is found.
   *
   * @default - that of the VM
   */
  readonly subdomain?: string;

  /**
   * How long the guest has to shut down before it is turned off.
   *
   * @default - that of the VM
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Storage class of the DataVolumes that the VM makes.
   *
   * @default - that of the VM
   */
  readonly storageClassName?: string;

  /**
   * What a VM must have at the least, or it is refused.
   *
   * @default - nothing
   */
  readonly requirements?: PreferenceRequirements;

  /**
   * Annotations of the running instance and its pod.
   *
   * @default - none
   */
  readonly templateAnnotations?: { readonly [key: string]: string };
}

/** What `PreferenceSpec` must be. */
export const PREFERENCE_SPEC: PropChecks<PreferenceSpec> = {
  cpu: part<PreferredCpu>({
    topology: oneOf(PreferredCpuTopology),
    spread: part<CpuSpread>({ across: oneOf(SpreadAcross), ratio: wholeNumber(1) }),
    features: listOf(part<CpuFeature>({ name: required(aText), policy: oneOf(CpuFeaturePolicy) })),
  }),
  devices: part(PREFERRED_DEVICES),
  features: part(GUEST_FEATURES),
  hyperv: instanceOf(HyperV, 'HyperV.recommended()'),
  clock: instanceOf(Clock, 'Clock.utc()'),
  firmware: instanceOf(Firmware, 'Firmware.uefi()'),
  machineType: aText,
  architecture: oneOf(Architecture),
  launchSecurity: instanceOf(LaunchSecurity, 'LaunchSecurity.sev()'),
  subdomain: aLabel,
  terminationGracePeriod: aDuration(),
  storageClassName: aName,
  requirements: part<PreferenceRequirements>({
    cpu: wholeNumber(1),
    memory: aSize(),
    architecture: oneOf(Architecture),
  }),
  templateAnnotations: checkAnnotations,
};

/** KubeVirt: pkg/instancetype/preference/webhooks/admitter.go, validateSpreadOptions (v1.9.0). */
export function checkPreferenceSpec(faults: Faults, spec: PreferenceSpec): void {
  const before = faults.count;
  checkGiven(faults, '', spec, PREFERENCE_SPEC);
  if (faults.count > before) return;
  const { cpu: { topology, spread } = {}, hyperv, firmware } = spec;
  if (spread !== undefined && topology !== PreferredCpuTopology.SPREAD) {
    faults.add('cpu.topology', `be '${PreferredCpuTopology.SPREAD}' with 'cpu.spread'`, topology);
  }
  if (spread?.across === SpreadAcross.CORES_THREADS && (spread.ratio ?? 2) !== 2) {
    faults.add('cpu.spread.ratio', `be 2 across '${SpreadAcross.CORES_THREADS}'`, spread.ratio);
  }
  if (hyperv?._render().hyperv === undefined && hyperv !== undefined) {
    faults.note("'hyperv' must be HyperV.recommended() or HyperV.of(…) in a preference, got HyperV.passthrough()");
  }
  for (const [field, value] of Object.entries(firmware?._render().firmware ?? {})) {
    if (field === 'bootloader' || value === undefined) continue;
    faults.note(`'firmware' must not say '${field}' in a preference, which is of many VMs`);
  }
}

/** The `spec` of a VirtualMachinePreference and of a VirtualMachineClusterPreference. */
export function renderPreferenceSpec(spec: PreferenceSpec): VirtualMachinePreferenceSpec {
  const { cpu, devices, clock, machineType, requirements, terminationGracePeriod, storageClassName } = spec;
  return {
    cpu: cpu && {
      preferredCpuTopology: cpu.topology,
      spreadOptions: cpu.spread && { ...cpu.spread },
      preferredCpuFeatures: cpu.features?.map((feature) => ({ ...feature })),
    },
    devices: devices && renderPreferredDevices(devices),
    features: renderPreferredFeatures(spec),
    clock: clock && renderClock(clock),
    firmware: renderFirmware(spec),
    machine: machineType === undefined ? undefined : { preferredMachineType: machineType },
    preferredArchitecture: spec.architecture,
    preferredLaunchSecurity: spec.launchSecurity?._render(),
    preferredSubdomain: spec.subdomain,
    preferredTerminationGracePeriodSeconds: terminationGracePeriod?.toSeconds(),
    volumes: storageClassName === undefined ? undefined : { preferredStorageClassName: storageClassName },
    requirements: requirements && renderRequirements(requirements),
    annotations: spec.templateAnnotations && { ...spec.templateAnnotations },
  };
}

function renderPreferredFeatures({ features, hyperv, firmware }: PreferenceSpec): Record<string, unknown> | undefined {
  const own = { ...firmware?._render().features, ...withoutUndefined(features && renderFeatures(features)) };
  const all: Record<string, unknown> = {
    preferredAcpi: own.acpi,
    preferredApic: own.apic,
    preferredKvm: own.kvm,
    preferredPvspinlock: own.pvspinlock,
    preferredSmm: own.smm,
    preferredHyperv: hyperv?._render().hyperv,
  };
  return Object.values(all).some((feature) => feature !== undefined) ? all : undefined;
}

function renderClock(clock: Clock): Record<string, unknown> {
  const { timer, ...offset } = clock._render();
  return { preferredClockOffset: offset, preferredTimer: timer };
}

function renderFirmware({ firmware }: PreferenceSpec): Record<string, unknown> | undefined {
  const bootloader = firmware?._render().firmware?.bootloader;
  if (!isObject(bootloader)) return undefined;
  if (bootloader.efi !== undefined) return { preferredEfi: bootloader.efi };
  const useSerial = isObject(bootloader.bios) ? bootloader.bios.useSerial : undefined;
  return { preferredUseBios: true, preferredUseBiosSerial: useSerial };
}

function renderRequirements({ cpu, memory, architecture }: PreferenceRequirements): Record<string, unknown> {
  const { VirtualMachinePreferenceSpecRequirementsMemoryGuest: Guest } = generated.instancetype;
  return {
    cpu: cpu === undefined ? undefined : { guest: cpu },
    memory: memory && { guest: quantity(Guest, memory) },
    architecture,
  };
}

function withoutUndefined(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
