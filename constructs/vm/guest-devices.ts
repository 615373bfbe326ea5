import { aBoolean, PropChecks } from '../shared/prop-checks';
import { there } from './device-presence';
import { DISPLAY_DEVICES, DisplayDevices, renderDisplay } from './display-devices';
import { GUEST_CHANNELS, GuestChannels, renderChannels } from './guest-channels';
import { NODE_DEVICES, NodeDevices, renderNodeDevices } from './node-devices';

/**
 * Devices of the guest beside its disks and networks.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/
 */
export interface GuestDevices extends DisplayDevices, GuestChannels, NodeDevices {
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
   * Whether the guest gives back memory that it does not use, and tells how much that is.
   *
   * @default true
   */
  readonly memoryBalloon?: boolean;

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
  memoryBalloon: aBoolean,
  useVirtioTransitional: aBoolean,
  disableHotplug: aBoolean,
  ...DISPLAY_DEVICES,
  ...GUEST_CHANNELS,
  ...NODE_DEVICES,
};

/**
 * The part of `domain.devices` that they make.
 *
 * @param isS390x Whether the guest is of that architecture, whose watchdog is another.
 */
export function renderDevices(devices: GuestDevices, isS390x: boolean): Record<string, unknown> {
  return {
    rng: there(devices.rng),
    networkInterfaceMultiqueue: devices.networkMultiqueue,
    blockMultiQueue: devices.blockMultiqueue,
    ...renderDisplay(devices),
    ...renderChannels(devices, isS390x),
    autoattachMemBalloon: devices.memoryBalloon,
    ...renderNodeDevices(devices),
    useVirtioTransitional: devices.useVirtioTransitional,
    disableHotplug: devices.disableHotplug,
  };
}
