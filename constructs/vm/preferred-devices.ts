import { aBoolean, instanceOf, oneOf, PropChecks } from '../shared/prop-checks';
import { there } from './device-presence';
import { PanicDeviceModel } from './guest-channels';
import { PREFERRED_DISKS, PreferredDisks, renderPreferredDisks } from './preferred-disks';
import { PREFERRED_DISPLAY, PreferredDisplay, renderPreferredDisplay } from './preferred-display';
import { PREFERRED_INTERFACES, PreferredInterfaces, renderPreferredInterfaces } from './preferred-interfaces';
import { Tpm } from './tpm';

/**
 * Devices as a preference wants them, where the VM does not say otherwise.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/instancetypes/#virtualmachinepreference
 */
export interface PreferredDevices extends PreferredDisks, PreferredInterfaces, PreferredDisplay {
  /**
   * Whether a source of random numbers is there.
   *
   * @default - that of the VM
   */
  readonly rng?: boolean;

  /**
   * A trusted platform module.
   *
   * @default - that of the VM
   */
  readonly tpm?: Tpm;

  /**
   * Model of the device by which the guest tells of a crash.
   *
   * @default - that of the VM
   */
  readonly panicDeviceModel?: PanicDeviceModel;

  /**
   * Whether the guest gives back memory that it does not use.
   *
   * @default - that of the VM
   */
  readonly memoryBalloon?: boolean;

  /**
   * Whether no disk can be plugged in.
   *
   * @default - that of the VM
   */
  readonly disableHotplug?: boolean;

  /**
   * Whether virtio devices are of the model that old guests know.
   *
   * @default - that of the VM
   */
  readonly useVirtioTransitional?: boolean;
}

/** What `PreferredDevices` must be. */
export const PREFERRED_DEVICES: PropChecks<PreferredDevices> = {
  ...PREFERRED_DISKS,
  ...PREFERRED_INTERFACES,
  ...PREFERRED_DISPLAY,
  rng: aBoolean,
  tpm: instanceOf(Tpm, 'Tpm.persistent()'),
  panicDeviceModel: oneOf(PanicDeviceModel),
  memoryBalloon: aBoolean,
  disableHotplug: aBoolean,
  useVirtioTransitional: aBoolean,
};

/** The `devices` of a preference. */
export function renderPreferredDevices(devices: PreferredDevices): Record<string, unknown> {
  return {
    ...renderPreferredDisks(devices),
    ...renderPreferredInterfaces(devices),
    ...renderPreferredDisplay(devices),
    preferredRng: there(devices.rng),
    preferredTpm: devices.tpm?._render(),
    preferredPanicDeviceModel: devices.panicDeviceModel,
    preferredAutoattachMemBalloon: devices.memoryBalloon,
    preferredDisableHotplug: devices.disableHotplug,
    preferredUseVirtioTransitional: devices.useVirtioTransitional,
  };
}
