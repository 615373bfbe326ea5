import { Construct } from 'constructs';
import { DataVolumeTemplate, TemplateOwner } from '../disks/data-volume-template';
import { isObject } from '../shared/checks';
import { addKind, Faults } from '../shared/refusal';
import { checkDisk, IVolume } from '../storage/disk';
import { diskRemedy as remedyOfDisk } from '../storage/disk-remedy';
import { Architecture } from './architecture';
import { checkDiskOptions, checkSettled } from './attachment-checks';
import { BootableVMProps, InstanceProps } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { AttachOptions, DiskAttachment, hasDevice, SettledAttachment, settleAttachment } from './disk-attachment';
import { DiskBus, DiskDevice } from './disk-device';
import { Firmware } from './firmware';
import { Inference, Instancetype, Preference } from './instancetype';
import { networksOf } from './network-checks';
import { VmVolume } from './vm-volume';

/** Name of the disk that carries cloud-init's data. */
export const CLOUD_INIT_DISK = 'cloudinitdisk';

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
  readonly hasPreference: boolean;
  /** Whether the guest is of an architecture without SATA and USB disks. */
  readonly lacksSata: boolean;
  /** What the disk of cloud-init's data is called. */
  readonly cloudInitDisk: string;
  /** Names of disks that the VM makes itself. */
  readonly ownDisks: ReadonlySet<string>;
  /** Places in the boot order that network cards have. */
  readonly networkBootOrders: ReadonlySet<number>;
  readonly inferences: readonly Inference[];
  /** The ServiceAccount that the pod runs as. */
  readonly serviceAccountName?: string;
}

/** The volume of cloud-init's data. */
class CloudInitVolume extends VmVolume {
  public constructor(cloudInit: CloudInit) {
    super(CLOUD_INIT_DISK, cloudInit._volumeSource());
  }
}

/** The disk of cloud-init's data; undefined without any. */
export function cloudInitDisk(props: BootableVMProps): SettledAttachment | undefined {
  const { cloudInit, cloudInitDiskOptions = {}, preference } = props;
  if (!(cloudInit instanceof CloudInit)) return undefined;
  const defaults = { name: CLOUD_INIT_DISK, hasPreference: preference !== undefined };
  return settleAttachment(new CloudInitVolume(cloudInit), cloudInitDiskOptions, defaults);
}

/** Notes what is wrong with how the guest sees the disk of cloud-init's data. */
export function checkCloudInitDisk(faults: Faults, props: BootableVMProps): void {
  const { cloudInit, cloudInitDiskOptions: options } = props;
  if (options === undefined) return;
  const property = 'cloudInitDiskOptions';
  if (!checkDiskOptions(faults, property, `${property}.`, options, true)) return;
  if (cloudInit === undefined) faults.add(property, "be left out without 'cloudInit'", Object.keys(options));
  const settled = cloudInitDisk(props);
  if (settled !== undefined) checkSettled(faults, `${property}.`, settled);
}

/** The disks of a VM's props, the boot disk first if there is one; notes each value that is not an attachment. */
export function givenDisks(faults: Faults, props: InstanceProps): GivenDisk[] {
  const { bootDisk: disk, bootDiskOptions: options = {}, secondaryDisks = [] } = props;
  const at = 'bootDiskOptions.';
  const given = { disk, options, diskProperty: 'bootDisk', optionsProperty: 'bootDiskOptions', at, isBootDisk: true };
  const boot = isAbsent(disk) ? [] : [given];
  if (isAbsent(disk) && props.bootDiskOptions !== undefined) {
    faults.add('bootDiskOptions', "be left out with 'bootDisk: Volume.none()'", Object.keys(options));
  }
  if (!Array.isArray(secondaryDisks)) {
    addKind(faults, 'secondaryDisks', 'be a list', secondaryDisks, 'write [{ disk: … }]');
    return boot;
  }
  const others = Array.from(secondaryDisks as DiskAttachment[], (attachment, index) =>
    givenAttachment(faults, `secondaryDisks[${index}]`, attachment),
  );
  return [...boot, ...others.filter((other) => other !== undefined)];
}

/** Whether it is `Volume.none()`. */
function isAbsent(disk: unknown): boolean {
  return disk instanceof VmVolume && disk._place.isAbsent === true;
}

/** What the props of a VM say that matters for its disks. */
export function placeOf(props: BootableVMProps): Omit<AttachmentPlace, 'vm' | 'attached'> {
  const { architecture, cloudInit, cloudInitDiskOptions, firmware, instancetype, preference } = props;
  const cloudInitName = cloudInitDiskOptions?.name ?? CLOUD_INIT_DISK;
  const acpiDisks = firmware instanceof Firmware ? firmware._acpiSecrets.keys() : [];
  const orders = networksOf(props).map((network) => network._bootOrder);
  const inferences = [
    instancetype instanceof Instancetype ? instancetype._inference : undefined,
    preference instanceof Preference ? preference._inference : undefined,
  ];
  return {
    hasPreference: preference !== undefined,
    lacksSata: architecture !== undefined && architecture !== Architecture.AMD64,
    cloudInitDisk: cloudInitName,
    ownDisks: new Set([...acpiDisks, ...(cloudInit === undefined ? [] : [cloudInitName])]),
    networkBootOrders: new Set(orders.filter((order) => order !== undefined)),
    inferences: inferences.filter((inference) => inference !== undefined),
    serviceAccountName: props.serviceAccountName,
  };
}

/** Why an instance type or a preference cannot be inferred: KubeVirt v1.9.0, pkg/instancetype/infer/volume.go, fromVolumes. */
export function inferenceFaults(
  { inferences }: Pick<AttachmentPlace, 'inferences'>,
  attached: readonly SettledAttachment[],
): string[] {
  // An empty drive is a disk, and no volume.
  const names = attached
    .filter(({ disk }) => !(disk instanceof VmVolume) || disk._volumeSource())
    .map(({ name }) => name);
  const missing = inferences.map(({ disk }) => disk).filter((disk) => !names.includes(disk));
  return [...new Set(missing)].map(
    (disk) => `'inferredFrom' must name a disk of the VM (${names.join(', ')}), got ${JSON.stringify(disk)}`,
  );
}

/** Settles how a disk is attached, and notes what is wrong with it by itself or beside the others of its VM. */
export function settle(faults: Faults, given: GivenDisk, place: AttachmentPlace): SettledAttachment | undefined {
  const { disk, options, at } = given;
  const isDisk = checkGivenDisk(faults, given.diskProperty, disk);
  const isBootDisk = given.isBootDisk === true;
  const hasOptions = checkDiskOptions(faults, given.optionsProperty, at, options, isBootDisk);
  if (!isDisk) return undefined;
  if (isAbsent(disk)) {
    faults.note(`'${given.diskProperty}' must be a disk, got Volume.none(), which a 'bootDisk' alone may be`);
    return undefined;
  }
  const name = isBootDisk ? 'rootdisk' : undefined;
  const { hasPreference, lacksSata } = place;
  const settled = settleAttachment(disk, hasOptions ? options : {}, { name, hasPreference, lacksSata });
  if (isBootDisk && !hasDevice(disk)) faults.add(given.diskProperty, 'be a disk that the guest sees', settled.name);
  checkSettled(faults, at, settled);
  checkOnPlace(faults, given, settled, place);
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
  const { disk, name, bootOrder, device } = settled;
  const twin = place.attached.find((other) => isSame(other.disk, disk));
  if (twin !== undefined && settled.sharesClaim !== true) {
    faults.add(diskProperty, `be attached once; it is '${twin.name}' already`, disk.claimName ?? name);
  } else if (place.attached.some((other) => other.name === name)) {
    faults.add(`${at}name`, 'differ from that of every other disk of the VM', name);
  }
  if (place.ownDisks.has(name)) {
    const what = name === place.cloudInitDisk ? 'cloud-init disk' : 'disk of an ACPI table';
    faults.add(`${at}name`, `not be '${name}', the name of the ${what}`, name);
  }
  // What is no disk may have no place in the boot order, and takes none away.
  if (bootOrder === undefined || device === DiskDevice.FILESYSTEM) return;
  if (place.attached.some((other) => other.bootOrder === bootOrder && other.device !== DiskDevice.FILESYSTEM)) {
    faults.add(`${at}bootOrder`, 'differ from that of every other disk of the VM', bootOrder);
  } else if (place.networkBootOrders.has(bootOrder)) {
    faults.add(`${at}bootOrder`, 'differ from that of every network of the VM', bootOrder);
  }
}

/** Volumes of which a VM has one: KubeVirt v1.9.0, vmi-create-admitter.go, validateVolumes. */
const SINGLE = ['serviceAccount', 'downwardMetrics', 'memoryDump'];
/** A container of the pod is named after it: `container-disk-binary`, `virtiofs-NAME`, `volumeNAME` (v1.9.0). */
const LONGEST_NAMES = { containerDisk: 57, filesystem: 54 };

/** Notes what does not go with the VM or its other disks. */
function checkOnPlace(faults: Faults, given: GivenDisk, settled: SettledAttachment, place: AttachmentPlace): void {
  const { disk, name, bus, device } = settled;
  const { at } = given;
  const single = SINGLE.find((kind) => sourceIs(disk, kind));
  if (single !== undefined && place.attached.some((other) => sourceIs(other.disk, single))) {
    faults.add(given.diskProperty, `be the only volume '${single}' of the VM`, name);
  }
  const account = disk instanceof VmVolume ? disk._volumeSource()?.serviceAccount : undefined;
  const { serviceAccountName } = place;
  // KubeVirt v1.9.0: vmi-create-admitter.go, validateServiceAccountName.
  if (isObject(account) && serviceAccountName !== undefined && account.serviceAccountName !== serviceAccountName) {
    const must = `be the volume of the ServiceAccount ${JSON.stringify(serviceAccountName)}, as the pod runs as that`;
    faults.add(given.diskProperty, must, account.serviceAccountName);
  }
  if (place.lacksSata && bus !== undefined && [DiskBus.SATA, DiskBus.USB].includes(bus)) {
    // KubeVirt v1.9.0: pkg/virt-api/webhooks/arm64.go, validateDiskBus.
    faults.add(`${at}bus`, `be '${DiskBus.SCSI}' or '${DiskBus.VIRTIO}' on such an architecture`, bus);
  }
  const kind = device === DiskDevice.FILESYSTEM ? 'filesystem' : sourceIs(disk, 'containerDisk') && 'containerDisk';
  if (kind && name.length > LONGEST_NAMES[kind]) {
    faults.add(`${at}name`, `be at most ${LONGEST_NAMES[kind]} characters for such a volume`, name);
  }
  const hasClaim = !(disk instanceof VmVolume);
  const inference = place.inferences.find((inferred) => inferred.disk === name && !inferred.ignoresFailure);
  // KubeVirt v1.9.0: pkg/instancetype/infer/volume.go, fromVolumes and fromDataVolumeSpec.
  if (inference !== undefined && !hasClaim) {
    faults.add(given.diskProperty, 'have a claim, as the instance type or preference is inferred from it', name);
  } else if (inference !== undefined && disk instanceof DataVolumeTemplate && !disk._hasLabelledSource) {
    const must =
      'be a clone of a claim or a golden image, as the instance type or preference is inferred from its source';
    faults.add(given.diskProperty, must, name);
  }
}

function sourceIs(disk: IVolume, kind: string): boolean {
  return disk instanceof VmVolume && disk._volumeSource()?.[kind] !== undefined;
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

function diskRemedy(value: unknown): string {
  if (value === undefined) return "write for example ContainerDisk.of('quay.io/containerdisks/fedora:41')";
  if (isObject(value) && isObject(value.disk) && value.snapshotName === undefined && value.source === undefined)
    return 'give the disk itself; its options stand apart';
  return remedyOfDisk(value);
}
