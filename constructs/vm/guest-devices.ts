import { aBoolean, listOf, oneOf, PropChecks } from '../shared/prop-checks';
import { there } from './device-presence';
import { DISPLAY_DEVICES, DisplayDevices, renderDisplay } from './display-devices';
import { NODE_DEVICES, NodeDevices, renderNodeDevices } from './node-devices';

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
 * Devices of the guest beside its disks and networks.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/
 */
export interface GuestDevices extends DisplayDevices, NodeDevices {
  /**
   * Whether a source of random numbers is there.
   *
   * @default false
   */
  readonly rng?: boolean;

  /**
   * Whether each network card has as many queues as the guest has processors.
   *
   * @default false
   */
  readonly networkMultiqueue?: boolean;

  /**
   * Whether each virtio disk has as many queues as the guest has processors.
   *
   * @default false
   */
  readonly blockMultiqueue?: boolean;

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
   * Whether the guest gives back memory that it does not use, and tells how much that is.
   *
   * @default true
   */
  readonly memoryBalloon?: boolean;

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
   * How a guest that crashes tells so; it needs the feature gate `PanicDevices`.
   *
   * @default - it does not
   */
  readonly panicDevices?: PanicDeviceModel[];

  /**
   * Whether virtio devices are of the model that old guests, such as CentOS 6, know.
   *
   * @default false
   */
  readonly useVirtioTransitional?: boolean;

  /**
   * Whether no disk can be plugged into the running VM.
   *
   * @default false
   */
  readonly disableHotplug?: boolean;
}

/** What `GuestDevices` must be. */
export const GUEST_DEVICES: PropChecks<GuestDevices> = {
  rng: aBoolean,
  networkMultiqueue: aBoolean,
  blockMultiqueue: aBoolean,
  serialConsole: aBoolean,
  logSerialConsole: aBoolean,
  memoryBalloon: aBoolean,
  vsock: aBoolean,
  downwardMetrics: aBoolean,
  watchdog: oneOf(WatchdogAction),
  panicDevices: listOf(oneOf(PanicDeviceModel)),
  useVirtioTransitional: aBoolean,
  disableHotplug: aBoolean,
  ...DISPLAY_DEVICES,
  ...NODE_DEVICES,
};

/**
 * The part of `domain.devices` that they make.
 *
 * @param isS390x Whether the guest is of that architecture, whose watchdog is another.
 */
export function renderDevices(devices: GuestDevices, isS390x: boolean): Record<string, unknown> {
  const { watchdog, panicDevices = [] } = devices;
  return {
    rng: there(devices.rng),
    networkInterfaceMultiqueue: devices.networkMultiqueue,
    blockMultiQueue: devices.blockMultiqueue,
    ...renderDisplay(devices),
    autoattachSerialConsole: devices.serialConsole,
    logSerialConsole: devices.logSerialConsole,
    autoattachMemBalloon: devices.memoryBalloon,
    autoattachVsock: devices.vsock,
    downwardMetrics: there(devices.downwardMetrics),
    watchdog: watchdog && { name: 'watchdog', [isS390x ? 'diag288' : 'i6300Esb']: { action: watchdog } },
    panicDevices: panicDevices.length > 0 ? panicDevices.map((model) => ({ model })) : undefined,
    ...renderNodeDevices(devices),
    useVirtioTransitional: devices.useVirtioTransitional,
    disableHotplug: devices.disableHotplug,
  };
}
