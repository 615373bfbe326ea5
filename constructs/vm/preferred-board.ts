import { isObject } from '../shared/checks';
import { aText, instanceOf, oneOf, part, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { Architecture } from './architecture';
import { Clock } from './clock';
import { Firmware } from './firmware';
import { GUEST_FEATURES, GuestFeatures, renderFeatures } from './guest-features';
import { HyperV } from './hyperv';
import { LaunchSecurity } from './launch-security';

/** The virtual board as a preference wants it, where the VM does not say otherwise. */
export interface PreferredBoard {
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
}

/** What `PreferredBoard` must be. */
export const PREFERRED_BOARD: PropChecks<PreferredBoard> = {
  features: part(GUEST_FEATURES),
  hyperv: instanceOf(HyperV, 'HyperV.recommended()'),
  clock: instanceOf(Clock, 'Clock.utc()'),
  firmware: instanceOf(Firmware, 'Firmware.uefi()'),
  machineType: aText,
  architecture: oneOf(Architecture),
  launchSecurity: instanceOf(LaunchSecurity, 'LaunchSecurity.sev()'),
};

/** Notes what a preference has no place for. */
export function checkPreferredBoard(faults: Faults, { hyperv, firmware }: PreferredBoard): void {
  if (hyperv?._render().hyperv === undefined && hyperv !== undefined) {
    faults.note("'hyperv' must be HyperV.recommended() or HyperV.of(…) in a preference, got HyperV.passthrough()");
  }
  for (const [field, value] of Object.entries(firmware?._render().firmware ?? {})) {
    if (field === 'bootloader' || value === undefined) continue;
    faults.note(`'firmware' must not say '${field}' in a preference, which is of many VMs`);
  }
}

/** The parts of the `spec` of a preference that it makes. */
export function renderPreferredBoard(board: PreferredBoard): Record<string, unknown> {
  const { clock, machineType } = board;
  return {
    features: renderPreferredFeatures(board),
    clock: clock && renderClock(clock),
    firmware: renderFirmware(board),
    machine: machineType === undefined ? undefined : { preferredMachineType: machineType },
    preferredArchitecture: board.architecture,
    preferredLaunchSecurity: board.launchSecurity?._render(),
  };
}

function renderPreferredFeatures({ features, hyperv, firmware }: PreferredBoard): Record<string, unknown> | undefined {
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

function renderFirmware({ firmware }: PreferredBoard): Record<string, unknown> | undefined {
  const bootloader = firmware?._render().firmware?.bootloader;
  if (!isObject(bootloader)) return undefined;
  if (bootloader.efi !== undefined) return { preferredEfi: bootloader.efi };
  const useSerial = isObject(bootloader.bios) ? bootloader.bios.useSerial : undefined;
  return { preferredUseBios: true, preferredUseBiosSerial: useSerial };
}

function withoutUndefined(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
