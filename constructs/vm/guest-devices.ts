import { aBoolean, aName, aText, listOf, oneOf, part, PropCheck, PropChecks, required } from '../shared/prop-checks';

/** Which bus an input device is on. */
export enum InputBus {
  /** USB. */
  USB = 'usb',
  /** Paravirtual. */
  VIRTIO = 'virtio',
}

/** What a watchdog does when the guest does not answer. */
export enum WatchdogAction {
  /** It turns the guest off. */
  POWEROFF = 'poweroff',
  /** It resets the guest. */
  RESET = 'reset',
  /** It asks the guest to shut down. */
  SHUTDOWN = 'shutdown',
}

/** A tablet: a pointer whose place on the screen is absolute, so that it follows that of a VNC viewer. */
export interface GuestTablet {
  /** Name of the device. */
  readonly name: string;

  /**
   * Bus.
   *
   * @default - KubeVirt's own: USB
   */
  readonly bus?: InputBus;
}

/** A device of the node that the guest has for itself: a GPU, or another PCI or USB device that the KubeVirt object permits. */
export interface NodeDevice {
  /** Name of the device in the VM. */
  readonly name: string;

  /** The resource by which the node offers it, such as `nvidia.com/GP102GL_Tesla_P40`. */
  readonly deviceName: string;

  /**
   * Text by which the guest finds the device, in its metadata.
   *
   * @default - none
   */
  readonly tag?: string;
}

/**
 * Devices of the guest beside its disks and networks.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/
 */
export interface GuestDevices {
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
   * Whether there is a screen, which VNC shows.
   *
   * @default true
   */
  readonly graphics?: boolean;

  /**
   * Model of the video card, such as `virtio` or `bochs`; it needs the feature gate `VideoConfig`.
   *
   * @default - follows from the architecture and the firmware
   */
  readonly videoType?: string;

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
   * Tablets.
   *
   * @default - none
   */
  readonly tablets?: GuestTablet[];

  /**
   * What happens when the guest does not feed its watchdog (Intel 6300ESB).
   *
   * @default - no watchdog
   */
  readonly watchdog?: WatchdogAction;

  /**
   * GPUs of the node.
   *
   * @default - none
   */
  readonly gpus?: NodeDevice[];

  /**
   * Other devices of the node.
   *
   * @default - none
   */
  readonly hostDevices?: NodeDevice[];

  /**
   * Whether USB devices of a viewer may be handed to the guest (`virtctl usbredir`).
   *
   * @default false
   */
  readonly clientPassthrough?: boolean;

  /**
   * Whether virtio devices are of the model that old guests, such as CentOS 6, know.
   *
   * @default false
   */
  readonly useVirtioTransitional?: boolean;
}

const NODE_DEVICE: PropCheck = part<NodeDevice>({ name: required(aName), deviceName: required(aText), tag: aText });

/** What `GuestDevices` must be. */
export const GUEST_DEVICES: PropChecks<GuestDevices> = {
  rng: aBoolean,
  networkMultiqueue: aBoolean,
  blockMultiqueue: aBoolean,
  graphics: aBoolean,
  videoType: aText,
  serialConsole: aBoolean,
  logSerialConsole: aBoolean,
  memoryBalloon: aBoolean,
  vsock: aBoolean,
  tablets: listOf(part<GuestTablet>({ name: required(aText), bus: oneOf(InputBus) })),
  watchdog: oneOf(WatchdogAction),
  gpus: listOf(NODE_DEVICE),
  hostDevices: listOf(NODE_DEVICE),
  clientPassthrough: aBoolean,
  useVirtioTransitional: aBoolean,
};

/** The part of `domain.devices` that they make. */
export function renderDevices(devices: GuestDevices): Record<string, unknown> {
  return {
    rng: there(devices.rng),
    networkInterfaceMultiqueue: devices.networkMultiqueue,
    blockMultiQueue: devices.blockMultiqueue,
    autoattachGraphicsDevice: devices.graphics,
    video: devices.videoType === undefined ? undefined : { type: devices.videoType },
    autoattachSerialConsole: devices.serialConsole,
    logSerialConsole: devices.logSerialConsole,
    autoattachMemBalloon: devices.memoryBalloon,
    autoattachVsock: devices.vsock,
    inputs: filled(devices.tablets)?.map(({ name, bus }) => ({ name, type: 'tablet', bus })),
    watchdog: devices.watchdog && { name: 'watchdog', i6300Esb: { action: devices.watchdog } },
    gpus: filled(devices.gpus)?.map((device) => ({ ...device })),
    hostDevices: filled(devices.hostDevices)?.map((device) => ({ ...device })),
    clientPassthrough: there(devices.clientPassthrough),
    useVirtioTransitional: devices.useVirtioTransitional,
  };
}

/** An empty object is a device that is there. */
function there(isThere: boolean | undefined): object | undefined {
  return isThere === true ? {} : undefined;
}

/** No list is rendered for an empty one. */
function filled<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}
