import { aBoolean, instanceOf, oneOf, PropChecks } from '../shared/prop-checks';
import { BlockSize } from './block-size';
import { DiskBus } from './disk-device';
import { DiskCache, DiskIo } from './disk-tuning';

/** Disks as a preference wants them, where the VM does not say otherwise. */
export interface PreferredDisks {
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
   * Whether each virtio disk has as many queues as the guest has processors.
   *
   * @default - that of the VM
   */
  readonly blockMultiqueue?: boolean;
}

/** What `PreferredDisks` must be. */
export const PREFERRED_DISKS: PropChecks<PreferredDisks> = {
  diskBus: oneOf(DiskBus),
  cdromBus: oneOf(DiskBus),
  lunBus: oneOf(DiskBus),
  diskCache: oneOf(DiskCache),
  diskIo: oneOf(DiskIo),
  diskBlockSize: instanceOf(BlockSize, 'BlockSize.matchVolume()'),
  diskDedicatedIoThread: aBoolean,
  blockMultiqueue: aBoolean,
};

/** The part of the `devices` of a preference that they make. */
export function renderPreferredDisks(devices: PreferredDisks): Record<string, unknown> {
  return {
    preferredDiskBus: devices.diskBus,
    preferredCdromBus: devices.cdromBus,
    preferredLunBus: devices.lunBus,
    preferredDiskCache: devices.diskCache,
    preferredDiskIo: devices.diskIo,
    preferredDiskBlockSize: devices.diskBlockSize?._render(),
    preferredDiskDedicatedIoThread: devices.diskDedicatedIoThread,
    preferredBlockMultiQueue: devices.blockMultiqueue,
  };
}
