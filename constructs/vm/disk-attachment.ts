import { DataVolumeTemplate } from '../disks/data-volume-template';
import { IVolume } from '../storage/disk';
import { VmVolume } from './vm-volume';

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

/**
 * What the guest sees.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#disks
 */
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
   * Bus: a CD-ROM is on `SATA`, `SCSI` or `USB`, a hotpluggable disk on `SCSI` or `VIRTIO`, a LUN on `SCSI`, or `VIRTIO`
   * where it is not plugged.
   *
   * @default - DiskBus.VIRTIO; of a hotpluggable disk and a LUN DiskBus.SCSI, of a CD-ROM DiskBus.SATA; of a VM with a
   * `preference` that of the preference, where the disk is not hotpluggable
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
   * Place in the order of boot devices, from 1; no two of a VM share one.
   *
   * @default - none; if no disk has one, they are tried in the order of the VM
   */
  readonly bootOrder?: number;

  /**
   * How the host caches the disk.
   *
   * @default - KubeVirt's own: no cache, if the storage allows that
   */
  readonly cache?: DiskCache;

  /**
   * How the host reads and writes the disk. `DiskIo.NATIVE` goes only with `DiskCache.NONE`.
   *
   * @default - KubeVirt's own
   */
  readonly io?: DiskIo;

  /**
   * Whether the guest cannot write to it. A CD-ROM is never written to; a disk on `DiskBus.SATA` always can be.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Whether other VMs may have it at the same time; the guests must agree on who writes.
   *
   * @default false
   */
  readonly shareable?: boolean;
}

/** How a disk is attached: how the VM sees it, and whether it needs a restart for it. */
export interface AttachOptions extends DiskOptions {
  /**
   * Whether it is attached to the running VM, and detached again, without a restart. The KubeVirt object has to list the
   * feature gate `DeclarativeHotplugVolumes`, and not `HotplugVolumes`, under which a manifest waits for the restart and
   * only `virtctl addvolume` plugs.
   *
   * @default false
   * @see https://kubevirt.io/user-guide/storage/hotplug_volumes/
   */
  readonly hotpluggable?: boolean;
}

/** A disk with the way it is attached. */
export interface DiskAttachment extends AttachOptions {
  /** The disk, in the VM's namespace, or a volume without a claim. */
  readonly disk: IVolume;
}

/** A disk of a VM, with all choices made. */
export interface SettledAttachment extends DiskAttachment {
  readonly name: string;
  readonly device: DiskDevice;
  readonly hotpluggable: boolean;
}

/** What the VM says about its disks. */
export interface AttachmentDefaults {
  /** The disk's name, if the options do not give one. */
  readonly name?: string;

  /**
   * Whether the VM has a preference. It decides only on a bus that is not given (KubeVirt v1.6.2:
   * pkg/instancetype/preference/apply, applyDiskPreferences).
   */
  readonly hasPreference?: boolean;
}

/** Settles how a disk is attached. */
export function settleAttachment(
  disk: IVolume,
  options: AttachOptions,
  defaults: AttachmentDefaults = {},
): SettledAttachment {
  const { hotpluggable = false, device = DiskDevice.DISK } = options;
  const isLeftOpen = defaults.hasPreference === true && !hotpluggable;
  return {
    ...options,
    disk,
    name: options.name ?? defaults.name ?? nameOf(disk),
    bus: options.bus ?? (isLeftOpen ? undefined : defaultBus(device, hotpluggable)),
    device,
    hotpluggable,
  };
}

/**
 * The disk and its volume as they are in the manifest: one pair, of one name. A template's
 * volume names the DataVolume, so that KubeVirt makes it first.
 */
export function renderAttachment(attachment: SettledAttachment): RenderedPair {
  const { name, disk, device, bus, serial, bootOrder, cache, io, readOnly, shareable } = attachment;
  const readonly = device === DiskDevice.CDROM ? undefined : readOnly;
  const hotpluggable = attachment.hotpluggable ? true : undefined;
  return {
    disk: { name, [device]: { bus, readonly }, serial, bootOrder, cache, io, shareable },
    volume: { name, ...sourceOf(disk, hotpluggable) },
  };
}

/** An entry of `domain.devices.disks` and one of `volumes`. */
export interface RenderedPair {
  readonly disk: { name: string } & Record<string, unknown>;
  readonly volume: { name: string } & Record<string, unknown>;
}

function sourceOf(disk: IVolume, hotpluggable: true | undefined): Record<string, unknown> {
  if (disk instanceof VmVolume) return disk._volumeSource();
  if (disk instanceof DataVolumeTemplate) return { dataVolume: { name: disk.claimName, hotpluggable } };
  return { persistentVolumeClaim: { claimName: disk.claimName, hotpluggable } };
}

/** The claim's name as a label: no dots, at most 63 characters. */
function nameOf(disk: IVolume): string {
  if (disk instanceof VmVolume) return disk._usualName;
  return (disk.claimName ?? '')
    .replace(/\./g, '-')
    .slice(0, 63)
    .replace(/(?<!-)-+$/, '');
}

function defaultBus(device: DiskDevice, hotpluggable: boolean): DiskBus {
  if (device === DiskDevice.CDROM) return DiskBus.SATA;
  return hotpluggable || device === DiskDevice.LUN ? DiskBus.SCSI : DiskBus.VIRTIO;
}
