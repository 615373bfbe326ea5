import { DataVolumeTemplate } from '../storage/data-volume-template';
import { IDisk } from '../storage/disk';

/**
 * Which bus the guest sees the disk on.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#disks
 */
export enum DiskBus {
  /** Paravirtual, the fastest: `/dev/vdX`. */
  VIRTIO = 'virtio',
  /** `/dev/sdX`; takes more disks than virtio. */
  SCSI = 'scsi',
  /** `/dev/sdX`, known to guests without drivers. */
  SATA = 'sata',
  /** A stick. */
  USB = 'usb',
}

/** What the guest sees. */
export enum DiskDevice {
  /** A disk. */
  DISK = 'disk',
  /** A CD-ROM drive with the disk in it. */
  CDROM = 'cdrom',
  /** A SCSI device that the guest's commands reach; the claim is of volume mode `Block`. */
  LUN = 'lun',
}

/** How the host caches the disk. */
export enum DiskCache {
  /** Not at all: what a live migration of shared storage wants. */
  NONE = 'none',
  /** Reads are cached. */
  WRITE_THROUGH = 'writethrough',
  /** Reads and writes are cached. */
  WRITE_BACK = 'writeback',
}

/** How the host reads and writes the disk. */
export enum DiskIo {
  /** Linux' asynchronous input and output. */
  NATIVE = 'native',
  /** A pool of threads. */
  THREADS = 'threads',
}

/** How a VM sees its disk. */
export interface DiskOptions {
  /**
   * Name of the disk and its volume in the VM, at most 63 characters. It stays the same for as
   * long as the disk is attached.
   *
   * @default - the name of the claim, as `virtctl addvolume` does; of the boot disk 'rootdisk'
   */
  readonly name?: string;

  /**
   * Bus.
   *
   * @default DiskBus.VIRTIO; of a hotpluggable disk and a LUN DiskBus.SCSI, of a CD-ROM DiskBus.SATA
   */
  readonly bus?: DiskBus;

  /**
   * What the guest sees.
   *
   * @default DiskDevice.DISK
   */
  readonly device?: DiskDevice;

  /**
   * Serial number that the guest sees: letters, digits, `_`, `.`, `+` and `-`, at most 256.
   *
   * @default - none
   */
  readonly serial?: string;

  /**
   * Place in the order of boot devices, from 1.
   *
   * @default - the order of the disks
   */
  readonly bootOrder?: number;

  /**
   * How the host caches the disk.
   *
   * @default - KubeVirt's own: none where the storage can do without
   */
  readonly cache?: DiskCache;

  /**
   * How the host reads and writes the disk. `DiskIo.NATIVE` goes with no cache but `DiskCache.NONE`.
   *
   * @default - KubeVirt's own
   */
  readonly io?: DiskIo;

  /**
   * The guest cannot write to it.
   *
   * @default false; a CD-ROM is never written to
   */
  readonly readOnly?: boolean;

  /**
   * Other VMs may have it at the same time; the guests must agree on who writes.
   *
   * @default false
   */
  readonly shareable?: boolean;
}

/** How a disk is attached. */
export interface AttachOptions extends DiskOptions {
  /**
   * Attach it to the running VM, without a restart; it can be detached in the same way.
   *
   * @default false: a restart is needed
   * @see https://kubevirt.io/user-guide/storage/hotplug_volumes/
   */
  readonly hotpluggable?: boolean;
}

/** A disk with the way it is attached. */
export interface DiskAttachment extends AttachOptions {
  /** The disk; it stands in the VM's namespace. */
  readonly disk: IDisk;
}

/** A disk of a VM, with all choices made. */
export interface SettledAttachment extends DiskAttachment {
  readonly name: string;
  readonly bus: DiskBus;
  readonly device: DiskDevice;
  readonly hotpluggable: boolean;
}

/**
 * Settles how a disk is attached.
 *
 * @param name Its name, where the options give none.
 */
export function settleAttachment(disk: IDisk, options: AttachOptions, name?: string): SettledAttachment {
  const { hotpluggable = false, device = DiskDevice.DISK } = options;
  return {
    ...options,
    disk,
    name: options.name ?? name ?? nameOf(disk),
    bus: options.bus ?? defaultBus(device, hotpluggable),
    device,
    hotpluggable,
  };
}

/**
 * The disk and its volume as they stand in the manifest: one pair, of one name. A template's
 * volume names the DataVolume, so that KubeVirt makes it first.
 */
export function renderAttachment(attachment: SettledAttachment): RenderedPair {
  const { name, disk, device, bus, serial, bootOrder, cache, io, readOnly, shareable } = attachment;
  const readonly = device === DiskDevice.CDROM ? undefined : readOnly;
  const hotpluggable = attachment.hotpluggable ? true : undefined;
  const source =
    disk instanceof DataVolumeTemplate
      ? { dataVolume: { name: disk.claimName, hotpluggable } }
      : { persistentVolumeClaim: { claimName: disk.claimName, hotpluggable } };
  return {
    disk: { name, [device]: { bus, readonly }, serial, bootOrder, cache, io, shareable },
    volume: { name, ...source },
  };
}

/** An entry of `domain.devices.disks` and one of `volumes`. */
export interface RenderedPair {
  readonly disk: { name: string } & Record<string, unknown>;
  readonly volume: { name: string } & Record<string, unknown>;
}

/** The claim's name as a label: no dots, at most 63 characters. */
function nameOf({ claimName }: IDisk): string {
  return claimName.replace(/\./g, '-').slice(0, 63).replace(/-+$/, '');
}

function defaultBus(device: DiskDevice, hotpluggable: boolean): DiskBus {
  if (device === DiskDevice.CDROM) return DiskBus.SATA;
  return hotpluggable || device === DiskDevice.LUN ? DiskBus.SCSI : DiskBus.VIRTIO;
}
