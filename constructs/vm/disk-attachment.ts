import { checkBoolean, checkLabel, checkName, checkOneOf, checkWholeNumber } from '../shared/checks';
import { alternatives, Faults } from '../shared/refusal';
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
   * How the host reads and writes the disk.
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

const SERIAL = /^[A-Za-z0-9_.+-]{1,256}$/;

/** Settles how a disk is attached, and notes what is wrong with it. */
export function settleAttachment(faults: Faults, attachment: DiskAttachment): SettledAttachment {
  const { disk, hotpluggable = false, device = DiskDevice.DISK } = attachment;
  const bus = attachment.bus ?? defaultBus(device, hotpluggable);
  checkName(faults, 'disk', disk?.claimName);
  const name = attachment.name ?? String(disk?.claimName).replace(/\./g, '-').slice(0, 63).replace(/-+$/, '');
  const settled = { ...attachment, name, bus, device, hotpluggable };
  checkLabel(faults, 'name', name);
  checkOneOf(faults, 'device', device, DiskDevice);
  checkBus(faults, settled);
  checkOneOf(faults, 'cache', attachment.cache, DiskCache);
  checkOneOf(faults, 'io', attachment.io, DiskIo);
  checkBoolean(faults, 'hotpluggable', attachment.hotpluggable);
  checkBoolean(faults, 'readOnly', attachment.readOnly);
  checkBoolean(faults, 'shareable', attachment.shareable);
  checkWholeNumber(faults, 'bootOrder', attachment.bootOrder, 1);
  if (attachment.serial !== undefined && !SERIAL.test(String(attachment.serial))) {
    faults.add('serial', "be at most 256 letters, digits, '_', '.', '+' and '-'", attachment.serial);
  }
  checkUse(faults, settled);
  return settled;
}

/** The disk and its volume as they stand in the manifest: one pair, of one name. */
export function renderAttachment(attachment: SettledAttachment): { disk: RenderedDisk; volume: RenderedVolume } {
  const { name, disk, device, bus, serial, bootOrder, cache, io, hotpluggable, readOnly, shareable } = attachment;
  const readonly = device === DiskDevice.CDROM ? undefined : readOnly;
  const claim = { claimName: disk.claimName, hotpluggable: hotpluggable ? true : undefined };
  return {
    disk: { name, [device]: { bus, readonly }, serial, bootOrder, cache, io, shareable },
    volume: { name, persistentVolumeClaim: claim },
  };
}

/** An entry of `domain.devices.disks`. */
export type RenderedDisk = { name: string } & Record<string, unknown>;

/** An entry of `volumes`. */
export type RenderedVolume = { name: string } & Record<string, unknown>;

function defaultBus(device: DiskDevice, hotpluggable: boolean): DiskBus {
  if (device === DiskDevice.CDROM) return DiskBus.SATA;
  return hotpluggable || device === DiskDevice.LUN ? DiskBus.SCSI : DiskBus.VIRTIO;
}

/**
 * KubeVirt v1.6.2: vmi-create-admitter.go, validateBusSupport; vms-admitter.go,
 * validateHotplugDiskConfiguration. A CD-ROM on virtio and a plugged disk on SATA are refused.
 */
function checkBus(faults: Faults, { device, bus, hotpluggable, readOnly }: SettledAttachment): void {
  const before = faults.count;
  checkOneOf(faults, 'bus', bus, DiskBus);
  if (faults.count > before) return;
  const allowed = allowedBuses(device, hotpluggable);
  if (!allowed.includes(bus)) {
    const kind = device === DiskDevice.DISK ? 'disk' : device;
    faults.add('bus', `be ${alternatives(allowed)} for a ${hotpluggable ? 'hotpluggable ' : ''}${kind}`, bus);
  } else if (device === DiskDevice.DISK && bus === DiskBus.SATA && readOnly === true) {
    faults.add(
      'readOnly',
      `be false on bus '${DiskBus.SATA}'`,
      readOnly,
      `use '${DiskBus.VIRTIO}' or '${DiskBus.SCSI}'`,
    );
  }
}

function allowedBuses(device: DiskDevice, hotpluggable: boolean): DiskBus[] {
  if (device === DiskDevice.CDROM) return [DiskBus.SATA, DiskBus.SCSI, DiskBus.USB];
  if (device === DiskDevice.LUN) return hotpluggable ? [DiskBus.SCSI] : Object.values(DiskBus);
  return hotpluggable ? [DiskBus.SCSI, DiskBus.VIRTIO] : Object.values(DiskBus);
}

/** KubeVirt v1.6.2: a plugged CD-ROM drive is refused; a shared disk with a cache fails at the start. */
function checkUse(faults: Faults, { device, hotpluggable, shareable, cache }: SettledAttachment): void {
  if (device === DiskDevice.CDROM && hotpluggable) {
    faults.add('hotpluggable', `be false for device '${DiskDevice.CDROM}'`, hotpluggable, 'a drive needs a restart');
  }
  if (shareable === true && cache !== undefined && cache !== DiskCache.NONE) {
    faults.add('cache', `be '${DiskCache.NONE}' for a shareable disk`, cache);
  }
}
