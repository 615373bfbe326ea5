import { checkBoolean, checkLabel, checkOneOf, checkWholeNumber, isObject } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { addKind, Faults } from '../shared/refusal';
import { alternatives } from '../shared/wording';
import { VolumeMode } from '../storage/claim-modes';
import { checkDisk, IDisk } from '../storage/disk';
import {
  AttachOptions,
  DiskBus,
  DiskCache,
  DiskDevice,
  DiskIo,
  DiskOptions,
  SettledAttachment,
} from './disk-attachment';
import { checkPart } from './part-checks';

/** What the options of a boot disk may say. */
export const DISK_OPTIONS: KnownKeys<DiskOptions> = {
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
export const ATTACH_OPTIONS: KnownKeys<AttachOptions> = { ...DISK_OPTIONS, hotpluggable: true };

const SERIAL = /^[A-Za-z0-9_.+-]{1,256}$/;

/** Notes what is no disk; says whether it has the name of one. */
export function checkGivenDisk(faults: Faults, property: string, disk: unknown): disk is IDisk {
  if (isObject(disk) && disk.claimName !== undefined) {
    checkDisk(faults, property, disk);
    return typeof disk.claimName === 'string';
  }
  addKind(faults, property, 'be a disk', disk, diskRemedy(disk));
  return false;
}

/**
 * Notes what is wrong with each option by itself; says whether they are options at all.
 *
 * @param property What brought the options.
 * @param at What stands before the name of each option.
 */
export function checkDiskOptions<T extends DiskOptions>(
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
export function checkSettled(faults: Faults, at: string, settled: SettledAttachment): void {
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
  if (device === DiskDevice.LUN && disk.volumeMode === VolumeMode.FILESYSTEM) {
    const must = `be '${DiskDevice.DISK}' or '${DiskDevice.CDROM}' for a claim of volume mode '${VolumeMode.FILESYSTEM}'`;
    faults.add(`${at}device`, must, device, `a LUN is a raw device: make the claim '${VolumeMode.BLOCK}'`);
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
