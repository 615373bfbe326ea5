import { Construct } from 'constructs';
import { DataVolumeTemplate, TemplateOwner } from '../disks/data-volume-template';
import { isObject } from '../shared/checks';
import { addKind, Faults } from '../shared/refusal';
import { IDisk } from '../storage/disk';
import { ATTACH_OPTIONS, checkDiskOptions, checkGivenDisk, checkSettled, DISK_OPTIONS } from './attachment-checks';
import { BootableVMProps } from './bootable-vm-props';
import { AttachOptions, DiskAttachment, SettledAttachment, settleAttachment } from './disk-attachment';

/** Name of the disk that carries cloud-init's data. */
export const CLOUD_INIT_DISK = 'cloudinitdisk';

/** A disk as it was given, and what messages call it. */
export interface GivenDisk {
  readonly disk: IDisk;
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

/** The disks of a VM's props, the boot disk first; notes what is no attachment. */
export function givenDisks(faults: Faults, props: BootableVMProps): GivenDisk[] {
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
  if (!isObject(attachment) || 'claimName' in attachment) {
    addKind(faults, property, 'be an object { disk: … }', attachment, 'write { disk: … } around the disk');
    return undefined;
  }
  const { disk, ...options } = attachment;
  return { disk, options, diskProperty: `${property}.disk`, optionsProperty: property, at: `${property}.` };
}

function checkTwins(faults: Faults, given: GivenDisk, settled: SettledAttachment, place: AttachmentPlace): void {
  const { at, diskProperty } = given;
  const { disk, name, bootOrder } = settled;
  const twin = place.attached.find((other) => other.disk === disk || other.disk.claimName === disk.claimName);
  if (twin !== undefined) {
    faults.add(diskProperty, `be attached once; it is '${twin.name}' already`, disk.claimName);
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

/** A pod mounts the claims of its own namespace alone. A disk from outside the app without one is taken to be here. */
function checkNamespace(faults: Faults, property: string, disk: IDisk, namespace?: string): void {
  if (disk.namespace === namespace || (disk.namespace === undefined && !Construct.isConstruct(disk))) return;
  const where = namespace === undefined ? 'no namespace, as the VM' : `the VM's namespace '${namespace}'`;
  const found = `${disk.namespace === undefined ? '' : `${disk.namespace}/`}${disk.claimName}`;
  const remedy = 'a VM uses disks of its own namespace; clone the disk into it with DiskClone';
  faults.add(property, `stand in ${where}`, found, remedy);
}
