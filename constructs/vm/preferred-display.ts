import { aBoolean, aText, oneOf, PropChecks } from '../shared/prop-checks';
import { InputBus, SoundModel } from './display-devices';
import { renderGpuDisplay } from './node-devices';

/** What the user of a guest sees, hears and touches, as a preference wants it, where the VM does not say otherwise. */
export interface PreferredDisplay {
  /**
   * Whether there is a screen.
   *
   * @default - that of the VM
   */
  readonly graphics?: boolean;

  /**
   * Model of the video card, such as `virtio`.
   *
   * @default - that of the VM
   */
  readonly videoType?: string;

  /**
   * Whether vGPUs have a screen of their own.
   *
   * @default - that of the VM
   */
  readonly gpuDisplay?: boolean;

  /**
   * Whether such a screen shows something before the guest has loaded the driver.
   *
   * @default - that of the VM
   */
  readonly gpuRamFb?: boolean;

  /**
   * Model of the sound card.
   *
   * @default - that of the VM
   */
  readonly soundModel?: SoundModel;

  /**
   * Bus of input devices.
   *
   * @default - that of the VM
   */
  readonly inputBus?: InputBus;

  /**
   * Whether there is a tablet as an input device.
   *
   * @default - that of the VM
   */
  readonly tablet?: boolean;

  /**
   * Whether there is a serial console.
   *
   * @default - that of the VM
   */
  readonly serialConsole?: boolean;
}

/** What `PreferredDisplay` must be. */
export const PREFERRED_DISPLAY: PropChecks<PreferredDisplay> = {
  graphics: aBoolean,
  videoType: aText,
  gpuDisplay: aBoolean,
  gpuRamFb: aBoolean,
  soundModel: oneOf(SoundModel),
  inputBus: oneOf(InputBus),
  tablet: aBoolean,
  serialConsole: aBoolean,
};

/** The part of the `devices` of a preference that they make. */
export function renderPreferredDisplay(devices: PreferredDisplay): Record<string, unknown> {
  return {
    preferredAutoattachGraphicsDevice: devices.graphics,
    preferredVideoType: devices.videoType,
    preferredVirtualGpuOptions: renderGpuDisplay(devices.gpuDisplay, devices.gpuRamFb),
    preferredSoundModel: devices.soundModel,
    preferredInputBus: devices.inputBus,
    preferredInputType: devices.tablet === true ? 'tablet' : undefined,
    preferredAutoattachInputDevice: devices.tablet,
    preferredAutoattachSerialConsole: devices.serialConsole,
  };
}
