import { aBoolean, aText, instanceOf, oneOf, PropChecks } from '../shared/prop-checks';
import { BlockSize } from './block-size';
import { DiskBus } from './disk-device';
import { DiskCache, DiskIo } from './disk-tuning';
import { InputBus, SoundModel } from './display-devices';
import { PanicDeviceModel } from './guest-devices';
import { InterfaceModel } from './network-card';
import { Tpm } from './tpm';

/**
 * Devices as a preference wants them, where the VM does not say otherwise.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/instancetypes/#virtualmachinepreference
 */
export interface PreferredDevices {
  /**
   * Bus of disks.
   *
   * @default - that of the VM
   */
  readonly diskBus?: DiskBus;

  /**
   * Bus of CD-ROMs.
   *
   * @default - that of the VM
   */
  readonly cdromBus?: DiskBus;

  /**
   * Bus of LUNs.
   *
   * @default - that of the VM
   */
  readonly lunBus?: DiskBus;

  /**
   * How the host caches disks.
   *
   * @default - that of the VM
   */
  readonly diskCache?: DiskCache;

  /**
   * How the host reads and writes disks.
   *
   * @default - that of the VM
   */
  readonly diskIo?: DiskIo;

  /**
   * Sizes of the blocks that the guest sees.
   *
   * @default - that of the VM
   */
  readonly diskBlockSize?: BlockSize;

  /**
   * Whether each disk has a thread for its input and output.
   *
   * @default - that of the VM
   */
  readonly diskDedicatedIoThread?: boolean;

  /**
   * What network cards look like.
   *
   * @default - that of the VM
   */
  readonly interfaceModel?: InterfaceModel;

  /**
   * Whether the pod network is a masquerade.
   *
   * @default - that of the VM
   */
  readonly interfaceMasquerade?: boolean;

  /**
   * Whether each network card has as many queues as the guest has processors.
   *
   * @default - that of the VM
   */
  readonly networkMultiqueue?: boolean;

  /**
   * Whether each virtio disk has as many queues as the guest has processors.
   *
   * @default - that of the VM
   */
  readonly blockMultiqueue?: boolean;

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
   * Model of the video card, such as `virtio`.
   *
   * @default - that of the VM
   */
  readonly videoType?: string;

  /**
   * Model of the sound card.
   *
   * @default - that of the VM
   */
  readonly soundModel?: SoundModel;

  /**
   * Model of the device by which the guest tells of a crash.
   *
   * @default - that of the VM
   */
  readonly panicDeviceModel?: PanicDeviceModel;

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
   * Whether there is a screen.
   *
   * @default - that of the VM
   */
  readonly graphics?: boolean;

  /**
   * Whether there is a serial console.
   *
   * @default - that of the VM
   */
  readonly serialConsole?: boolean;

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
  diskBus: oneOf(DiskBus),
  cdromBus: oneOf(DiskBus),
  lunBus: oneOf(DiskBus),
  diskCache: oneOf(DiskCache),
  diskIo: oneOf(DiskIo),
  diskBlockSize: instanceOf(BlockSize, 'BlockSize.matchVolume()'),
  diskDedicatedIoThread: aBoolean,
  interfaceModel: oneOf(InterfaceModel),
  interfaceMasquerade: aBoolean,
  networkMultiqueue: aBoolean,
  blockMultiqueue: aBoolean,
  rng: aBoolean,
  tpm: instanceOf(Tpm, 'Tpm.persistent()'),
  videoType: aText,
  soundModel: oneOf(SoundModel),
  panicDeviceModel: oneOf(PanicDeviceModel),
  inputBus: oneOf(InputBus),
  tablet: aBoolean,
  graphics: aBoolean,
  serialConsole: aBoolean,
  memoryBalloon: aBoolean,
  disableHotplug: aBoolean,
  useVirtioTransitional: aBoolean,
};

/** The `devices` of a preference. */
export function renderPreferredDevices(devices: PreferredDevices): Record<string, unknown> {
  return {
    preferredDiskBus: devices.diskBus,
    preferredCdromBus: devices.cdromBus,
    preferredLunBus: devices.lunBus,
    preferredDiskCache: devices.diskCache,
    preferredDiskIo: devices.diskIo,
    preferredDiskBlockSize: devices.diskBlockSize?._render(),
    preferredDiskDedicatedIoThread: devices.diskDedicatedIoThread,
    preferredInterfaceModel: devices.interfaceModel,
    preferredInterfaceMasquerade: there(devices.interfaceMasquerade),
    preferredNetworkInterfaceMultiQueue: devices.networkMultiqueue,
    preferredBlockMultiQueue: devices.blockMultiqueue,
    preferredRng: there(devices.rng),
    preferredTpm: devices.tpm?._render(),
    preferredVideoType: devices.videoType,
    preferredSoundModel: devices.soundModel,
    preferredPanicDeviceModel: devices.panicDeviceModel,
    preferredInputBus: devices.inputBus,
    preferredInputType: devices.tablet === true ? 'tablet' : undefined,
    preferredAutoattachInputDevice: devices.tablet,
    preferredAutoattachGraphicsDevice: devices.graphics,
    preferredAutoattachSerialConsole: devices.serialConsole,
    preferredAutoattachMemBalloon: devices.memoryBalloon,
    preferredDisableHotplug: devices.disableHotplug,
    preferredUseVirtioTransitional: devices.useVirtioTransitional,
  };
}

/** An empty object is a device that is there. */
function there(isThere: boolean | undefined): object | undefined {
  return isThere === true ? {} : undefined;
}
