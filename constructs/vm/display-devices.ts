import { aBoolean, aText, listOf, oneOf, part, PropChecks, required } from '../shared/prop-checks';
import { there } from './device-presence';

/** Which bus an input device is on. */
export enum InputBus {
  /** USB. */
  USB = 'usb',
  /** Paravirtual. */
  VIRTIO = 'virtio',
}

/** Model of a sound card. */
export enum SoundModel {
  /** Intel ICH9, with high definition audio. */
  ICH9 = 'ich9',
  /** Intel 82801AA, for old guests. */
  AC97 = 'ac97',
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

/**
 * What the user of a guest sees, hears and touches.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/
 */
export interface DisplayDevices {
  /**
   * Whether there is a screen, which VNC shows.
   *
   * @default true
   */
  readonly graphics?: boolean;

  /**
   * Model of the video card, such as `virtio` or `bochs`; it needs the feature gate `VideoConfig`, and `graphics`.
   *
   * @default - follows from the architecture and the firmware
   */
  readonly videoType?: string;

  /**
   * Tablets.
   *
   * @default - none
   */
  readonly tablets?: GuestTablet[];

  /**
   * Whether KubeVirt adds an input device itself: the one of the preference, else a USB tablet.
   *
   * @default false
   */
  readonly inputDevice?: boolean;

  /**
   * A sound card, for guests that do not work without one: nothing is heard.
   *
   * @default - none
   */
  readonly sound?: SoundModel;

  /**
   * Whether USB devices of a viewer may be handed to the guest (`virtctl usbredir`).
   *
   * @default false
   */
  readonly clientPassthrough?: boolean;
}

/** What `DisplayDevices` must be. */
export const DISPLAY_DEVICES: PropChecks<DisplayDevices> = {
  graphics: aBoolean,
  videoType: aText,
  tablets: listOf(part<GuestTablet>({ name: required(aText), bus: oneOf(InputBus) })),
  inputDevice: aBoolean,
  sound: oneOf(SoundModel),
  clientPassthrough: aBoolean,
};

/** The part of `domain.devices` that they make. */
export function renderDisplay(devices: DisplayDevices): Record<string, unknown> {
  const { tablets = [], sound } = devices;
  return {
    autoattachGraphicsDevice: devices.graphics,
    video: devices.videoType === undefined ? undefined : { type: devices.videoType },
    inputs: tablets.length > 0 ? tablets.map(({ name, bus }) => ({ name, type: 'tablet', bus })) : undefined,
    autoattachInputDevice: devices.inputDevice,
    sound: sound && { name: 'sound', model: sound },
    clientPassthrough: there(devices.clientPassthrough),
  };
}
