import { Size } from 'cdk8s';
import {
  aBoolean,
  aSize,
  checkGiven,
  listOf,
  oneOf,
  part,
  PropCheck,
  PropChecks,
  required,
  texts,
  wholeNumber,
} from '../shared/prop-checks';
import { toBytes } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { guestText } from './cloud-init-text';
import { CloudYaml, CloudYamlMap } from './cloud-init-yaml';

/** The table that says where the partitions of a disk are. */
export enum PartitionTable {
  /** For disks of up to 2 TiB. */
  MBR = 'mbr',
  /** For disks of any size. */
  GPT = 'gpt',
}

/** A partition of a disk. */
export interface GuestPartition {
  /** Its part of the disk in percent, 1 to 100. */
  readonly percent: number;

  /**
   * Its type: for `PartitionTable.MBR` such as `82` for swap, for `PartitionTable.GPT` a GUID.
   *
   * @default - a Linux file system
   */
  readonly type?: string;
}

/** How cloud-init divides a disk, where it has no partitions yet. */
export interface DiskSetup {
  /** The disk, such as `/dev/vdb` or `/dev/disk/by-id/virtio-DATA` for one with the serial number `DATA`. */
  readonly device: string;

  /**
   * The table.
   *
   * @default - cloud-init's own: PartitionTable.MBR
   */
  readonly tableType?: PartitionTable;

  /**
   * Its partitions.
   *
   * @default - one that takes the whole disk
   */
  readonly partitions?: GuestPartition[];

  /**
   * Whether partitions that are there are replaced, at every first boot, and their data lost.
   *
   * @default false
   */
  readonly overwrite?: boolean;
}

/** A file system that cloud-init makes, where there is none yet. */
export interface FileSystemSetup {
  /** The disk or partition, such as `/dev/vdb1`. */
  readonly device: string;

  /** Kind of file system, such as `ext4` or `xfs`. */
  readonly filesystem: string;

  /**
   * Label of the file system.
   *
   * @default - none
   */
  readonly label?: string;

  /**
   * Whether a file system that is there is replaced, and its data lost.
   *
   * @default false
   */
  readonly overwrite?: boolean;

  /**
   * Options for `mkfs`.
   *
   * @default - none
   */
  readonly extraOpts?: string[];
}

/** A file system that the guest mounts: a line of `/etc/fstab`. */
export interface GuestMount {
  /** The disk, partition, label or file system, such as `/dev/vdb1`, `LABEL=data` or the tag of a virtiofs file system. */
  readonly device: string;

  /** Folder where it is mounted, which is made. */
  readonly mountPoint: string;

  /**
   * Kind of file system.
   *
   * @default - cloud-init's own: auto
   */
  readonly type?: string;

  /**
   * Options of the mount; it needs `type`.
   *
   * @default - cloud-init's own: defaults,nofail and what makes it wait for cloud-init
   */
  readonly options?: string;
}

/** A swap file that cloud-init makes. */
export interface GuestSwap {
  /**
   * Path of the file.
   *
   * @default /swap.img
   */
  readonly filename?: string;

  /** Size of the file. */
  readonly size: Size;
}

/** What grows partitions. */
export enum GrowpartMode {
  /** What the guest has for it. */
  AUTO = 'auto',
  /** The program growpart. */
  GROWPART = 'growpart',
  /** BSD's gpart. */
  GPART = 'gpart',
  /** Nothing. */
  OFF = 'off',
}

/** Which partitions grow with their disks at every boot. */
export interface Growpart {
  /**
   * What grows them.
   *
   * @default - cloud-init's own: GrowpartMode.AUTO
   */
  readonly mode?: GrowpartMode;

  /**
   * Folders where they are mounted, or partitions.
   *
   * @default ['/']
   */
  readonly devices?: string[];
}

/**
 * Disks and file systems of the guest.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#disk-setup
 */
export interface CloudConfigStorage {
  /**
   * How disks are divided.
   *
   * @default - as they are
   */
  readonly diskSetup?: DiskSetup[];

  /**
   * File systems to make.
   *
   * @default - none
   */
  readonly fsSetup?: FileSystemSetup[];

  /**
   * File systems to mount.
   *
   * @default - as the image has it
   */
  readonly mounts?: GuestMount[];

  /**
   * A swap file.
   *
   * @default - none
   */
  readonly swap?: GuestSwap;

  /**
   * Which partitions grow with their disks.
   *
   * @default - that of the root file system
   */
  readonly growpart?: Growpart;

  /**
   * Whether the root file system grows with its partition.
   *
   * @default true
   */
  readonly resizeRootfs?: boolean;
}

const word = guestText({ oneLine: true });
const aMount: PropCheck = (faults, property, value) => {
  part<GuestMount>({ device: required(word), mountPoint: required(word), type: word, options: word })(
    faults,
    property,
    value,
  );
  const { type, options } = (value ?? {}) as Partial<GuestMount>;
  if (options !== undefined && type === undefined) faults.add(`${property}.type`, "be given with 'options'", type);
};

/** What `CloudConfigStorage` must be. */
export const CLOUD_CONFIG_STORAGE: PropChecks<CloudConfigStorage> = {
  diskSetup: listOf(
    part<DiskSetup>({
      device: required(word),
      tableType: oneOf(PartitionTable),
      partitions: listOf(part<GuestPartition>({ percent: required(wholeNumber(1, 100)), type: word })),
      overwrite: aBoolean,
    }),
  ),
  fsSetup: listOf(
    part<FileSystemSetup>({
      device: required(word),
      filesystem: required(word),
      label: word,
      overwrite: aBoolean,
      extraOpts: texts,
    }),
  ),
  mounts: listOf(aMount),
  swap: part<GuestSwap>({ filename: word, size: required(aSize(Size.kibibytes(1))) }),
  growpart: part<Growpart>({ mode: oneOf(GrowpartMode), devices: texts }),
  resizeRootfs: aBoolean,
};

/** Notes what is wrong with the disks and file systems of a cloud-config. */
export function checkCloudConfigStorage(faults: Faults, config: unknown): void {
  checkGiven(faults, '', config, CLOUD_CONFIG_STORAGE);
}

/** The part of a cloud-config that they make. */
export function renderCloudConfigStorage(config: CloudConfigStorage): CloudYamlMap {
  const { diskSetup = [], fsSetup = [], mounts = [], swap, growpart, resizeRootfs } = config;
  return {
    disk_setup:
      diskSetup.length === 0 ? undefined : Object.fromEntries(diskSetup.map((disk) => [disk.device, renderDisk(disk)])),
    fs_setup: fsSetup.length === 0 ? undefined : fsSetup.map(renderFileSystem),
    mounts: mounts.length === 0 ? undefined : mounts.map(renderMount),
    swap: swap && { filename: swap.filename ?? '/swap.img', size: toBytes(swap.size) },
    growpart: growpart && { mode: growpart.mode, devices: growpart.devices },
    resize_rootfs: resizeRootfs,
  };
}

function renderDisk({ tableType, partitions, overwrite }: DiskSetup): CloudYamlMap {
  const layout = partitions?.map(({ percent, type }): CloudYaml => (type === undefined ? percent : [percent, type]));
  return { table_type: tableType, layout: layout ?? true, overwrite };
}

function renderFileSystem({ device, filesystem, label, overwrite, extraOpts }: FileSystemSetup): CloudYamlMap {
  return { device, filesystem, label, overwrite, extra_opts: extraOpts };
}

function renderMount({ device, mountPoint, type, options }: GuestMount): CloudYaml {
  return [device, mountPoint, type, options].filter((field) => field !== undefined);
}
