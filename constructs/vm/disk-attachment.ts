import { DataVolumeTemplate } from '../disks/data-volume-template';
import { withFields } from '../shared/with-fields';
import { withoutEnd } from '../shared/wording';
import { IVolume } from '../storage/disk';
import { DiskBus, DiskDevice, DiskDeviceOptions } from './disk-device';
import { DiskTuning } from './disk-tuning';
import { VmVolume } from './vm-volume';

/** How a VM sees its disk. */
export interface DiskOptions extends DiskDeviceOptions, DiskTuning {
  /**
   * Name of the disk and its volume in the VM, at most 63 characters. It stays the same for as
   * long as the disk is attached.
   *
   * @default - the name of the claim, as `virtctl addvolume` does; of the boot disk 'rootdisk'
   */
  readonly name?: string;

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

  /**
   * Whether the VM names the DataVolume of the disk instead of its claim, and so waits until that is filled.
   *
   * @default - true of a template, false of a disk that stands by itself
   */
  readonly byDataVolume?: boolean;
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

  /**
   * Whether the claim itself is mounted read-only, so that not even QEMU writes to it; of a claim that is not a template.
   *
   * @default false
   */
  readonly readOnlyClaim?: boolean;

  /**
   * Whether another disk of the VM may have the same claim. KubeVirt accepts that; the VM starts only where both are `shareable`.
   *
   * @default false
   */
  readonly sharesClaim?: boolean;
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

  /** Whether the guest has no SATA: it is of another architecture than amd64. */
  readonly lacksSata?: boolean;
}

/** Settles how a disk is attached. */
export function settleAttachment(
  disk: IVolume,
  options: AttachOptions,
  defaults: AttachmentDefaults = {},
): SettledAttachment {
  const { hotpluggable = false, device = deviceOf(disk) } = options;
  const isLeftOpen = options.busLeftOpen ?? (defaults.hasPreference === true && !hotpluggable);
  const lacksBus = device === DiskDevice.FILESYSTEM || !hasDevice(disk);
  const usualBus = lacksBus || isLeftOpen ? undefined : defaultBus(device, hotpluggable, defaults.lacksSata === true);
  return withFields(options, {
    disk,
    name: options.name ?? defaults.name ?? nameOf(disk),
    bus: options.bus ?? usualBus,
    device,
    hotpluggable,
  });
}

/**
 * The disk and its volume as they are in the manifest: one pair, of one name. A template's
 * volume names the DataVolume, so that KubeVirt makes it first. A dump has no device, an empty drive no volume.
 */
export function renderAttachment(attachment: SettledAttachment): RenderedPair {
  const { name, disk, device } = attachment;
  const source = sourceOf(attachment);
  const volume = source && { name, ...source };
  if (!hasDevice(disk)) return { volume };
  if (device === DiskDevice.FILESYSTEM) return { filesystem: { name, virtiofs: {} }, volume };
  return { disk: renderDisk(attachment), volume };
}

/** An entry of `domain.devices.disks` or `domain.devices.filesystems`, and one of `volumes`. */
export interface RenderedPair {
  readonly disk?: { name: string } & Record<string, unknown>;
  readonly filesystem?: { readonly name: string; readonly virtiofs: object };
  readonly volume?: { name: string } & Record<string, unknown>;
}

/** Whether the guest sees the volume. */
export function hasDevice(disk: IVolume): boolean {
  return !(disk instanceof VmVolume) || disk._place.hasDevice !== false;
}

function renderDisk(attachment: SettledAttachment): RenderedPair['disk'] {
  const { name, device, bus, serial, bootOrder, cache, io, readOnly, shareable, tray, reservation } = attachment;
  const { errorPolicy, blockSize, dedicatedIoThread, changedBlockTracking, pciAddress, tag } = attachment;
  const readonly = device === DiskDevice.CDROM ? undefined : readOnly;
  return {
    name,
    [device]: { bus, readonly, tray, reservation, pciAddress },
    serial,
    bootOrder,
    cache,
    io,
    shareable,
    errorPolicy,
    blockSize: blockSize?._render(),
    dedicatedIoThread,
    changedBlockTracking,
    tag,
  };
}

/** The source of a volume; undefined if there is no volume. */
function sourceOf(attachment: SettledAttachment): Record<string, unknown> | undefined {
  const { disk, readOnlyClaim: readOnly } = attachment;
  const hotpluggable = attachment.hotpluggable ? true : undefined;
  if (disk instanceof VmVolume) return disk._volumeSource();
  const { byDataVolume = disk instanceof DataVolumeTemplate } = attachment;
  if (byDataVolume) return { dataVolume: { name: disk.claimName, hotpluggable } };
  return { persistentVolumeClaim: { claimName: disk.claimName, hotpluggable, readOnly } };
}

/** The claim's name as a label: no dots, at most 63 characters. */
function nameOf(disk: IVolume): string {
  if (disk instanceof VmVolume) return disk._usualName;
  return withoutEnd((disk.claimName ?? '').replace(/\./g, '-').slice(0, 63), '-');
}

function deviceOf(disk: IVolume): DiskDevice {
  const { onlyDevice, usualDevice } = disk instanceof VmVolume ? disk._place : {};
  return onlyDevice ?? usualDevice ?? DiskDevice.DISK;
}

function defaultBus(device: DiskDevice, hotpluggable: boolean, lacksSata: boolean): DiskBus {
  if (device === DiskDevice.CDROM) return lacksSata ? DiskBus.SCSI : DiskBus.SATA;
  return hotpluggable || device === DiskDevice.LUN ? DiskBus.SCSI : DiskBus.VIRTIO;
}
