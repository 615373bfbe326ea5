import { aBoolean, aText, listOf, oneOf, PropChecks } from '../shared/prop-checks';
import { there } from './device-presence';

/** What a watchdog does when the guest does not answer. */
export enum WatchdogAction {
  /** It turns the guest off. */
  POWEROFF = 'poweroff',
  /** It resets the guest. */
  RESET = 'reset',
  /** It asks the guest to shut down. */
  SHUTDOWN = 'shutdown',
}

/** How a guest that crashes tells so. */
export enum PanicDeviceModel {
  /** By Hyper-V's register, as Windows does. */
  HYPERV = 'hyperv',
  /** By a port of the ISA bus. */
  ISA = 'isa',
  /** By a PCI device. */
  PVPANIC = 'pvpanic',
}

/**
 * How the guest and its node tell each other something.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/
 */
export interface GuestChannels {
  /**
   * Whether there is a serial console, which `virtctl console` shows.
   *
   * @default true
   */
  readonly serialConsole?: boolean;

  /**
   * Whether what the serial console shows is written to the log of the container `guest-console-log`.
   *
   * @default - that of the KubeVirt object
   */
  readonly logSerialConsole?: boolean;

  /**
   * Whether there is a socket between guest and node; it needs the feature gate `VSOCK`.
   *
   * @default false
   */
  readonly vsock?: boolean;

  /**
   * Whether tools of the guest read figures of the node from a serial port; it needs the feature gate `DownwardMetrics`.
   *
   * @default false
   */
  readonly downwardMetrics?: boolean;

  /**
   * What happens when the guest does not feed its watchdog: an Intel 6300ESB, on s390x a diag288, on arm64 there is none.
   *
   * @default - no watchdog
   */
  readonly watchdog?: WatchdogAction;

  /**
   * Name of the watchdog; it needs `watchdog`.
   *
   * @default 'watchdog'
   */
  readonly watchdogName?: string;

  /**
   * How a guest that crashes tells so; it needs the feature gate `PanicDevices`.
   *
   * @default - it does not
   */
  readonly panicDevices?: PanicDeviceModel[];
}

/** What `GuestChannels` must be. */
export const GUEST_CHANNELS: PropChecks<GuestChannels> = {
  serialConsole: aBoolean,
  logSerialConsole: aBoolean,
  vsock: aBoolean,
  downwardMetrics: aBoolean,
  watchdog: oneOf(WatchdogAction),
  watchdogName: aText,
  panicDevices: listOf(oneOf(PanicDeviceModel)),
};

/**
 * The part of `domain.devices` that they make.
 *
 * @param isS390x Whether the guest is of that architecture, whose watchdog is another.
 */
export function renderChannels(devices: GuestChannels, isS390x: boolean): Record<string, unknown> {
  const { watchdog, watchdogName: name = 'watchdog', panicDevices = [] } = devices;
  return {
    autoattachSerialConsole: devices.serialConsole,
    logSerialConsole: devices.logSerialConsole,
    autoattachVsock: devices.vsock,
    downwardMetrics: there(devices.downwardMetrics),
    watchdog: watchdog && { name, [isS390x ? 'diag288' : 'i6300Esb']: { action: watchdog } },
    panicDevices: panicDevices.length > 0 ? panicDevices.map((model) => ({ model })) : undefined,
  };
}
