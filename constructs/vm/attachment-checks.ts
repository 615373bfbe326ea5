import { DataVolumeTemplate } from '../disks/data-volume-template';
import { aBoolean, aLabel, checkGiven, keysOf, oneOf, PropCheck, PropChecks, wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { alternatives } from '../shared/wording';
import { VolumeMode } from '../storage/claim-modes';
import { BlockSize } from './block-size';
import { AttachOptions, DiskOptions, hasDevice, SettledAttachment } from './disk-attachment';
import { CdromTray, DiskBus, DiskDevice } from './disk-device';
import { DISK_TUNING, DiskCache, DiskIo } from './disk-tuning';
import { checkPart } from './part-checks';
import { VmVolume } from './vm-volume';

const SERIAL = /^[A-Za-z0-9_.+-]{1,256}$/;
const aSerial: PropCheck = (faults, property, value) => {
  if (typeof value === 'string' && SERIAL.test(value)) return;
  faults.add(property, "be 1 to 256 letters, digits, '_', '.', '+' and '-'", value);
};

/** What the options of a boot disk must be. */
const DISK_OPTIONS: PropChecks<DiskOptions> = {
  name: aLabel,
  bus: oneOf(DiskBus),
  busLeftOpen: aBoolean,
  device: oneOf(DiskDevice),
  serial: aSerial,
  bootOrder: wholeNumber(1),
  readOnly: aBoolean,
  shareable: aBoolean,
  tray: oneOf(CdromTray),
  reservation: aBoolean,
  byDataVolume: aBoolean,
  ...DISK_TUNING,
};

/** What the options of any other disk must be. */
const ATTACH_OPTIONS: PropChecks<AttachOptions> = {
  ...DISK_OPTIONS,
  hotpluggable: aBoolean,
  readOnlyClaim: aBoolean,
  sharesClaim: aBoolean,
};

/** The options that only a disk has. */
const OF_DISKS = (Object.keys(DISK_OPTIONS) as (keyof DiskOptions)[]).filter(
  (option) => option !== 'name' && option !== 'device' && option !== 'byDataVolume',
);

/**
 * Notes what is wrong with each option by itself; returns whether they are options at all.
 *
 * @param property What brought the options.
 * @param at What stands before the name of each option.
 */
export function checkDiskOptions(
  faults: Faults,
  property: string,
  at: string,
  options: unknown,
  isBootDisk: boolean,
): boolean {
  const checks: PropChecks<DiskOptions> = isBootDisk ? DISK_OPTIONS : ATTACH_OPTIONS;
  if (!checkPart<DiskOptions>(faults, property, options, keysOf(checks))) return false;
  checkGiven(faults, at, options, checks);
  return true;
}

/** Notes choices that do not go together. */
export function checkSettled(faults: Faults, at: string, settled: SettledAttachment): void {
  const { device, disk, hotpluggable } = settled;
  if (device === DiskDevice.FILESYSTEM || !hasDevice(disk)) checkWithoutDisk(faults, at, settled);
  else {
    // What has no claim is refused as hotpluggable by itself.
    checkBus(faults, at, { ...settled, hotpluggable: hotpluggable && !(disk instanceof VmVolume) });
    checkCache(faults, at, settled);
    checkOfDevice(faults, at, settled);
    checkOfBus(faults, at, settled);
  }
  if (hotpluggable && device === DiskDevice.FILESYSTEM) {
    // A CD-ROM takes another disk while the VM runs: KubeVirt v1.9.0, pkg/storage/hotplug/hotplug.go.
    faults.add(`${at}hotpluggable`, `be false for device '${device}'`, hotpluggable, 'it needs a restart');
  }
  const isTemplate = disk instanceof DataVolumeTemplate && settled.byDataVolume !== false;
  if (settled.readOnlyClaim !== undefined && (disk instanceof VmVolume || isTemplate)) {
    faults.add(`${at}readOnlyClaim`, 'be left out but for a claim that stands by itself', settled.readOnlyClaim);
  }
  if (settled.sharesClaim === true && disk instanceof VmVolume) {
    faults.add(`${at}sharesClaim`, 'be left out for a volume without a claim', settled.sharesClaim);
  }
  if (settled.busLeftOpen === true && settled.bus !== undefined) {
    faults.add(`${at}busLeftOpen`, "be left out beside 'bus'", settled.busLeftOpen);
  }
  if (settled.byDataVolume !== undefined && disk instanceof VmVolume) {
    faults.add(`${at}byDataVolume`, 'be left out but for a disk with a claim', settled.byDataVolume);
  } else if (settled.byDataVolume === true && settled.readOnlyClaim !== undefined) {
    faults.add(`${at}readOnlyClaim`, "be left out beside 'byDataVolume'", settled.readOnlyClaim);
  }
  if (disk instanceof VmVolume) checkUnclaimed(faults, at, settled, disk);
  else if (device === DiskDevice.LUN && disk.volumeMode === VolumeMode.FILESYSTEM) {
    const must = `be '${DiskDevice.DISK}' or '${DiskDevice.CDROM}' for a claim of volume mode '${VolumeMode.FILESYSTEM}'`;
    faults.add(`${at}device`, must, device, `a LUN is a raw device: make the claim '${VolumeMode.BLOCK}'`);
  } else if (device === DiskDevice.FILESYSTEM && disk.volumeMode === VolumeMode.BLOCK) {
    const must = `be '${DiskDevice.DISK}', '${DiskDevice.CDROM}' or '${DiskDevice.LUN}' for a claim of volume mode '${VolumeMode.BLOCK}'`;
    faults.add(`${at}device`, must, device, `a directory is shared of a '${VolumeMode.FILESYSTEM}'`);
  }
}

/** What is no disk has none of a disk's options. */
function checkWithoutDisk(faults: Faults, at: string, settled: SettledAttachment): void {
  const { disk } = settled;
  for (const option of OF_DISKS) {
    const value = settled[option];
    if (value === undefined) continue;
    const what = hasDevice(disk) ? `for device '${DiskDevice.FILESYSTEM}'` : 'for a volume that the guest does not see';
    faults.add(`${at}${option}`, `be left out ${what}`, value);
  }
}

/** KubeVirt v1.9.0: vmi-create-admitter.go, validateDisks (a LUN), and storage/admitters, validateHotplug (claims alone are plugged). */
function checkUnclaimed(faults: Faults, at: string, settled: SettledAttachment, disk: VmVolume): void {
  const { device, hotpluggable, bus } = settled;
  const remedy = 'it has no claim';
  if (hotpluggable) faults.add(`${at}hotpluggable`, 'be false for a volume without a claim', hotpluggable, remedy);
  const { onlyDevice, onlyBus } = disk._place;
  if (onlyBus !== undefined && bus !== undefined && bus !== onlyBus) {
    faults.add(`${at}bus`, `be left out or '${onlyBus}' for such a volume`, bus);
  }
  if (onlyDevice !== undefined && device !== onlyDevice) {
    faults.add(`${at}device`, `be left out or '${onlyDevice}' for such a volume`, device);
  } else if (device === DiskDevice.LUN) {
    const must = `be '${DiskDevice.DISK}' or '${DiskDevice.CDROM}' for a volume without a claim`;
    faults.add(`${at}device`, must, device, remedy);
  } else if (device === DiskDevice.FILESYSTEM && !disk._place.isDirectory) {
    const must = `be '${DiskDevice.DISK}' or '${DiskDevice.CDROM}' for a volume that is an image`;
    faults.add(`${at}device`, must, device, 'a claim, a ConfigMap, a Secret or a ServiceAccount can be shared');
  }
}

/**
 * KubeVirt v1.6.2: vmi-create-admitter.go, validateBusSupport; vms-admitter.go,
 * validateHotplugDiskConfiguration. A CD-ROM on virtio and a plugged disk on SATA are refused.
 */
function checkBus(faults: Faults, at: string, { device, bus, hotpluggable, readOnly }: SettledAttachment): void {
  if (!isWord(device, DiskDevice) || !isWord(bus, DiskBus)) return;
  const allowed = allowedBuses(device, hotpluggable);
  if (!allowed.includes(bus)) {
    const kind = { disk: 'disk', cdrom: 'CD-ROM', lun: 'LUN', filesystem: 'directory' }[device];
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
    case DiskDevice.FILESYSTEM:
      return [];
  }
}

/** KubeVirt accepts both, and libvirt refuses them when the VM starts. */
function checkCache(faults: Faults, at: string, { shareable, cache, io }: SettledAttachment): void {
  if (!isWord(cache, DiskCache) || cache === DiskCache.NONE) return;
  if (shareable === true) faults.add(`${at}cache`, `be '${DiskCache.NONE}' for a shareable disk`, cache);
  else if (io === DiskIo.NATIVE) faults.add(`${at}cache`, `be '${DiskCache.NONE}' for io '${DiskIo.NATIVE}'`, cache);
}

/** The schema of KubeVirt v1.9.0 has a tray of a CD-ROM, a reservation of a LUN and a PCI address of a disk alone. */
function checkOfDevice(faults: Faults, at: string, settled: SettledAttachment): void {
  const { device, tray, reservation, pciAddress } = settled;
  const of = { tray: DiskDevice.CDROM, reservation: DiskDevice.LUN, pciAddress: DiskDevice.DISK };
  for (const [option, value] of Object.entries({ tray, reservation, pciAddress })) {
    const wanted = of[option as keyof typeof of];
    if (value !== undefined && device !== wanted) {
      faults.add(`${at}${option}`, `be left out but for device '${wanted}'`, value);
    }
  }
}

/** KubeVirt v1.9.0: vmi-create-admitter.go, validateBusSupport and validatePciAddress; storage/admitters/disks.go, validateBlockSize. */
function checkOfBus(faults: Faults, at: string, settled: SettledAttachment): void {
  const { device, bus, dedicatedIoThread, pciAddress, blockSize } = settled;
  if (bus === undefined || bus === DiskBus.VIRTIO) return;
  const logical = blockSize instanceof BlockSize ? blockSize._logical : undefined;
  if (bus === DiskBus.SATA && logical !== undefined && logical !== 512) {
    const remedy = `use '${DiskBus.VIRTIO}' or '${DiskBus.SCSI}' for other blocks`;
    faults.add(`${at}blockSize`, `have 512 bytes as 'logical' on bus '${DiskBus.SATA}'`, logical, remedy);
  }
  if (dedicatedIoThread === true) {
    faults.add(`${at}dedicatedIoThread`, `be false but for bus '${DiskBus.VIRTIO}'`, dedicatedIoThread);
  }
  if (pciAddress !== undefined && device === DiskDevice.DISK) {
    faults.add(`${at}pciAddress`, `be left out but for bus '${DiskBus.VIRTIO}'`, pciAddress);
  }
}

function isWord<T extends string>(value: unknown, set: Record<string, T>): value is T {
  return Object.values(set).includes(value as T);
}
