import { IVolume } from '../storage/disk';
import { CloudInit } from './cloud-init';
import { DiskAttachment, DiskOptions } from './disk-attachment';

/**
 * The disks of a machine, and what its guest does at the first start.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/
 */
export interface InstanceDisks {
  /**
   * The disk that it boots from: one that stands by itself (`DataVolumeImport`, `DiskClone`,
   * `UploadTarget`, `Disk.fromClaimName`), a `DataVolumeTemplate`, which dies with the VM, or a `ContainerDisk`, which forgets
   * what is written.
   */
  readonly bootDisk: IVolume;

  /**
   * How the VM sees its boot disk.
   *
   * @default - a disk named 'rootdisk' on virtio
   */
  readonly bootDiskOptions?: DiskOptions;

  /**
   * Disks beside the boot disk, as `attach` takes them.
   *
   * @default - none
   */
  readonly secondaryDisks?: DiskAttachment[];

  /**
   * What the guest does at its first start.
   *
   * @default - no cloud-init data
   */
  readonly cloudInit?: CloudInit;

  /**
   * How the VM sees the disk of its cloud-init data.
   *
   * @default - a disk named 'cloudinitdisk' on virtio
   */
  readonly cloudInitDiskOptions?: DiskOptions;
}
