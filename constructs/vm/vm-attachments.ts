import { Construct } from 'constructs';
import { DataVolumeTemplate, TemplateOwner } from '../disks/data-volume-template';
import { checkBoolean, checkLabel, checkOneOf, checkWholeNumber, isObject } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { addKind, Faults } from '../shared/refusal';
import { alternatives } from '../shared/wording';
import { VolumeMode } from '../storage/claim-modes';
import { checkDisk, IVolume } from '../storage/disk';
import { InstanceProps } from './bootable-vm-props';
import {
  AttachOptions,
  DiskAttachment,
  DiskBus,
  DiskCache,
  DiskDevice,
  DiskIo,
  DiskOptions,
  SettledAttachment,
  settleAttachment,
} from './disk-attachment';
import { checkPart } from './part-checks';
import { VmVolume } from './vm-volume';

/** Name of the disk that carries cloud-init's data. */
export const CLOUD_INIT_DISK = 'cloudinitdisk';

/** What the options of a boot disk may say. */
const DISK_OPTIONS: KnownKeys<DiskOptions> = {
  name: true,
  bus: true,
  device: true,
  serial: true,
  bootOrder: true,
  cache: true,
  io: true,
  readOnly: true,
  shareable: true,
};

/** What the options of any other disk may say. */
const ATTACH_OPTIONS: KnownKeys<AttachOptions> = { ...DISK_OPTIONS, hotpluggable: true };

const SERIAL = /^[A-Za-z0-9_.+-]{1,256}$/;

/** A disk as it was given, and what messages call it. */
export interface GivenDisk {
  readonly disk: IVolume;
  readonly options: AttachOptions;
  /** The prop or argument that brought the disk. */
  readonly diskProperty: string;
  /** The prop or argument that brought the options. */
  readonly optionsProperty: string;
  /** What stands before the name of each option. */
  readonly at: string;
  /** Whether it is the disk that the VM boots from. */
  readonly isBootDisk?: boolean;
}

/** The VM that a disk comes to. */
export interface AttachmentPlace {
  readonly vm: TemplateOwner;
  readonly attached: readonly SettledAttachment[];
  readonly hasCloudInit: boolean;
  readonly hasPreference: boolean;
}

/** The disks of a VM's props, the boot disk first; notes each value that is not an attachment. */
export function givenDisks(faults: Faults, props: InstanceProps): GivenDisk[] {
  const { bootDisk: disk, bootDiskOptions: options = {}, secondaryDisks = [] } = props;
  const at = 'bootDiskOptions.';
  const boot = { disk, options, diskProperty: 'bootDisk', optionsProperty: 'bootDiskOptions', at, isBootDisk: true };
  if (!Array.isArray(secondaryDisks)) {
    addKind(faults, 'secondaryDisks', 'be a list', secondaryDisks, 'write [{ disk: … }]');
    return [boot];
  }
  const others = Array.from(secondaryDisks as DiskAttachment[], (attachment, index) =>
    givenAttachment(faults, `secondaryDisks[${index}]`, attachment),
  );
  return [boot, ...others.filter((given) => given !== undefined)];
}

/** Settles how a disk is attached, and notes what is wrong with it by itself or beside the others of its VM. */
export function settle(faults: Faults, given: GivenDisk, place: AttachmentPlace): SettledAttachment | undefined {
  const { disk, options, at } = given;
  const isDisk = checkGivenDisk(faults, given.diskProperty, disk);
  const known = given.isBootDisk ? DISK_OPTIONS : ATTACH_OPTIONS;
  const hasOptions = checkDiskOptions(faults, given.optionsProperty, at, options, known);
  if (!isDisk) return undefined;
  const name = given.isBootDisk ? 'rootdisk' : undefined;
  const settled = settleAttachment(disk, hasOptions ? options : {}, { name, hasPreference: place.hasPreference });
  checkSettled(faults, at, settled);
  checkTwins(faults, given, settled, place);
  checkNamespace(faults, given.diskProperty, disk, place.vm.namespace);
  if (disk instanceof DataVolumeTemplate) disk._check(faults, given.diskProperty, place.vm);
  return settled;
}

/**
 * The boot disk, the static ones, the hotpluggable ones: KubeVirt v1.6.2 asks for a restart when
 * the order of volumes changes, so what is plugged later stands last
 * (pkg/virt-controller/watch/vm/vm.go, handleVolumeUpdateRequest).
 */
export function inOrder(attached: readonly SettledAttachment[]): SettledAttachment[] {
  const isPlugged = ({ hotpluggable }: SettledAttachment): boolean => hotpluggable;
  return [...attached.filter((attachment) => !isPlugged(attachment)), ...attached.filter(isPlugged)];
}

function givenAttachment(faults: Faults, property: string, attachment: DiskAttachment): GivenDisk | undefined {
  if (!isObject(attachment) || 'claimName' in attachment || attachment instanceof VmVolume) {
    addKind(faults, property, 'be an object { disk: … }', attachment, 'write { disk: … } around the disk');
    return undefined;
  }
  const { disk, ...options } = attachment;
  return { disk, options, diskProperty: `${property}.disk`, optionsProperty: property, at: `${property}.` };
}

function checkTwins(faults: Faults, given: GivenDisk, settled: SettledAttachment, place: AttachmentPlace): void {
  const { at, diskProperty } = given;
  const { disk, name, bootOrder } = settled;
  const twin = place.attached.find((other) => isSame(other.disk, disk));
  if (twin !== undefined) {
    faults.add(diskProperty, `be attached once; it is '${twin.name}' already`, disk.claimName ?? name);
  } else if (place.attached.some((other) => other.name === name)) {
    faults.add(`${at}name`, 'differ from that of every other disk of the VM', name);
  }
  if (place.hasCloudInit && name === CLOUD_INIT_DISK) {
    faults.add(`${at}name`, `not be '${CLOUD_INIT_DISK}', the name of the cloud-init disk`, name);
  }
  if (bootOrder !== undefined && place.attached.some((other) => other.bootOrder === bootOrder)) {
    faults.add(`${at}bootOrder`, 'differ from that of every other disk of the VM', bootOrder);
  }
}

function isSame(one: IVolume, other: IVolume): boolean {
  return one === other || (one.claimName !== undefined && one.claimName === other.claimName);
}

/** A pod mounts only claims of its own namespace. A disk from outside the app that names no namespace is taken to be here. */
function checkNamespace(faults: Faults, property: string, disk: IVolume, namespace?: string): void {
  if (disk.namespace === namespace || (disk.namespace === undefined && !Construct.isConstruct(disk))) return;
  const must =
    namespace === undefined ? 'be without a namespace, as the VM is' : `be in the VM's namespace '${namespace}'`;
  const found = `${disk.namespace === undefined ? '' : `${disk.namespace}/`}${disk.claimName}`;
  const remedy = 'a VM uses disks of its own namespace; clone the disk into it with DiskClone';
  faults.add(property, must, found, remedy);
}

/** Notes a value that is not a disk; returns whether it has the name of a claim. */
function checkGivenDisk(faults: Faults, property: string, disk: unknown): disk is IVolume {
  if (disk instanceof VmVolume) return true;
  if (isObject(disk) && disk.claimName !== undefined) {
    checkDisk(faults, property, disk);
    return typeof disk.claimName === 'string';
  }
  addKind(faults, property, 'be a disk', disk, diskRemedy(disk));
  return false;
}

/**
 * Notes what is wrong with each option by itself; returns whether they are options at all.
 *
 * @param property What brought the options.
 * @param at What stands before the name of each option.
 */
function checkDiskOptions<T extends DiskOptions>(
  faults: Faults,
  property: string,
  at: string,
  options: T,
  known: KnownKeys<T>,
): boolean {
  if (!checkPart(faults, property, options, known)) return false;
  const { name, bus, device, cache, io, bootOrder, serial, readOnly, shareable, hotpluggable }: AttachOptions = options;
  if (name !== undefined) checkLabel(faults, `${at}name`, name);
  checkOneOf(faults, `${at}bus`, bus, DiskBus);
  checkOneOf(faults, `${at}device`, device, DiskDevice);
  checkOneOf(faults, `${at}cache`, cache, DiskCache);
  checkOneOf(faults, `${at}io`, io, DiskIo);
  checkWholeNumber(faults, `${at}bootOrder`, bootOrder, 1);
  if (serial !== undefined && (typeof serial !== 'string' || !SERIAL.test(serial))) {
    faults.add(`${at}serial`, "be 1 to 256 letters, digits, '_', '.', '+' and '-'", serial);
  }
  checkBoolean(faults, `${at}hotpluggable`, hotpluggable);
  checkBoolean(faults, `${at}readOnly`, readOnly);
  checkBoolean(faults, `${at}shareable`, shareable);
  return true;
}

/** Notes choices that do not go together. */
function checkSettled(faults: Faults, at: string, settled: SettledAttachment): void {
  checkBus(faults, at, settled);
  checkCache(faults, at, settled);
  const { device, hotpluggable, disk } = settled;
  if (device === DiskDevice.CDROM && hotpluggable) {
    // KubeVirt v1.6.2: vms-admitter.go, validateHotplugDiskConfiguration.
    faults.add(
      `${at}hotpluggable`,
      `be false for device '${DiskDevice.CDROM}'`,
      hotpluggable,
      'a drive needs a restart',
    );
  }
  if (disk instanceof VmVolume) checkUnclaimed(faults, at, settled);
  else if (device === DiskDevice.LUN && disk.volumeMode === VolumeMode.FILESYSTEM) {
    const must = `be '${DiskDevice.DISK}' or '${DiskDevice.CDROM}' for a claim of volume mode '${VolumeMode.FILESYSTEM}'`;
    faults.add(`${at}device`, must, device, `a LUN is a raw device: make the claim '${VolumeMode.BLOCK}'`);
  }
}

/** KubeVirt v1.9.0: vmi-create-admitter.go, validateDisks (a LUN), and storage/admitters, validateHotplug (claims alone are plugged). */
function checkUnclaimed(faults: Faults, at: string, { device, hotpluggable }: SettledAttachment): void {
  const remedy = 'it has no claim';
  if (hotpluggable) faults.add(`${at}hotpluggable`, 'be false for a volume without a claim', true, remedy);
  if (device === DiskDevice.LUN) {
    faults.add(
      `${at}device`,
      `be '${DiskDevice.DISK}' or '${DiskDevice.CDROM}' for a volume without a claim`,
      device,
      remedy,
    );
  }
}

function diskRemedy(value: unknown): string {
  if (isObject(value) && isObject(value.disk)) return 'give the disk itself; its options stand apart';
  return `write Disk.fromClaimName(${typeof value === 'string' ? JSON.stringify(value) : '…'})`;
}

/**
 * KubeVirt v1.6.2: vmi-create-admitter.go, validateBusSupport; vms-admitter.go,
 * validateHotplugDiskConfiguration. A CD-ROM on virtio and a plugged disk on SATA are refused.
 */
function checkBus(faults: Faults, at: string, { device, bus, hotpluggable, readOnly }: SettledAttachment): void {
  if (!isWord(device, DiskDevice) || !isWord(bus, DiskBus)) return;
  const allowed = allowedBuses(device, hotpluggable);
  if (!allowed.includes(bus)) {
    const kind = { disk: 'disk', cdrom: 'CD-ROM', lun: 'LUN' }[device];
    faults.add(`${at}bus`, `be ${alternatives(allowed)} for a ${hotpluggable ? 'hotpluggable ' : ''}${kind}`, bus);
  } else if (device === DiskDevice.DISK && bus === DiskBus.SATA && readOnly === true) {
    const remedy = `use '${DiskBus.VIRTIO}' or '${DiskBus.SCSI}'`;
    faults.add(`${at}readOnly`, `be false on bus '${DiskBus.SATA}'`, readOnly, remedy);
  }
}

/** A LUN elsewhere fails at the start of the VM: libvirt, qemuValidateDomainDeviceDefDiskFrontend. */
function allowedBuses(device: DiskDevice, hotpluggable: boolean): DiskBus[] {
  switch (device) {
    case DiskDevice.CDROM:
      return [DiskBus.SATA, DiskBus.SCSI, DiskBus.USB];
    case DiskDevice.LUN:
      return hotpluggable ? [DiskBus.SCSI] : [DiskBus.SCSI, DiskBus.VIRTIO];
    case DiskDevice.DISK:
      return hotpluggable ? [DiskBus.SCSI, DiskBus.VIRTIO] : Object.values(DiskBus);
  }
}

/** KubeVirt accepts both, and libvirt refuses them when the VM starts. */
function checkCache(faults: Faults, at: string, { shareable, cache, io }: SettledAttachment): void {
  if (!isWord(cache, DiskCache) || cache === DiskCache.NONE) return;
  if (shareable === true) faults.add(`${at}cache`, `be '${DiskCache.NONE}' for a shareable disk`, cache);
  else if (io === DiskIo.NATIVE) faults.add(`${at}cache`, `be '${DiskCache.NONE}' for io '${DiskIo.NATIVE}'`, cache);
}

function isWord<T extends string>(value: unknown, set: Record<string, T>): value is T {
  return Object.values(set).includes(value as T);
}
