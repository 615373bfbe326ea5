import { Construct } from 'constructs';
import { Faults } from '../shared/refusal';
import { DataVolumeTemplate } from '../storage/data-volume-template';
import { SettledAttachment } from './disk-attachment';

/** Name of the disk that carries cloud-init's data. */
export const CLOUD_INIT_DISK = 'cloudinitdisk';

/** The VM that a disk comes to. */
export interface AttachmentPlace {
  readonly namespace?: string;
  readonly attached: readonly SettledAttachment[];
  readonly hasCloudInit: boolean;
  /** The prop that brought the disk. */
  readonly at?: string;
}

/** Notes what keeps a disk from joining the others of its VM. */
export function checkAttachment(faults: Faults, added: SettledAttachment, place: AttachmentPlace): void {
  const property = place.at ?? 'disk';
  const { disk, name } = added;
  if (disk === undefined) return;
  const twin = place.attached.find((other) => other.disk.claimName === disk.claimName);
  if (twin !== undefined) faults.add(property, `be attached once; it is '${twin.name}' already`, disk.claimName);
  else if (place.attached.some((other) => other.name === name)) {
    faults.add('name', 'differ from that of every other disk of the VM', name);
  }
  if (place.hasCloudInit && name === CLOUD_INIT_DISK) {
    faults.add('name', `not be '${CLOUD_INIT_DISK}', the name of the cloud-init disk`, name);
  }
  const { bootOrder } = added;
  if (bootOrder !== undefined && place.attached.some((other) => other.bootOrder === bootOrder)) {
    faults.add('bootOrder', 'differ from that of every other disk of the VM', bootOrder);
  }
  checkNamespace(faults, property, added, place.namespace);
  if (disk instanceof DataVolumeTemplate) disk._check(faults, place.namespace);
}

/** A pod mounts the claims of its own namespace alone. A disk from outside the app without one is taken to be here. */
function checkNamespace(faults: Faults, property: string, { disk }: SettledAttachment, namespace?: string): void {
  const isHere = disk.namespace === namespace || (disk.namespace === undefined && !Construct.isConstruct(disk));
  if (isHere) return;
  const where = namespace === undefined ? 'no namespace, as the VM' : `the VM's namespace '${namespace}'`;
  const found = `${disk.namespace === undefined ? '' : `${disk.namespace}/`}${disk.claimName}`;
  faults.add(
    property,
    `stand in ${where}`,
    found,
    'a VM uses disks of its own namespace; clone the disk into it with DiskClone',
  );
}
