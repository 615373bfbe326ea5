import { childIn, listIn } from '../manifests/json';
import type { Json } from '../rule';
import { ClaimUse, claimUses, devicesOf, Machine } from './machine';

/** A claim in a machine, as a disk that its guest may write to. */
export interface WrittenDisk {
  readonly use: ClaimUse;
  readonly isShareable: boolean;
}

/** The claims that the guest of a machine writes to as disks: a folder of the host, a CD or a read-only disk is none. */
export function writtenDisks(machine: Machine): WrittenDisk[] {
  const uses = claimUses(machine);
  if (uses.length === 0) return [];
  const devices = devicesOf(machine.guest);
  const disks = new Map(listIn(devices, 'disks').map((disk) => [disk.name, disk]));
  const filesystems = new Set(listIn(devices, 'filesystems').map(({ name }) => name));
  return uses.flatMap((use): WrittenDisk[] => {
    const disk = disks.get(use.volume.name);
    if (filesystems.has(use.volume.name) || !isWritten(use.volume, disk)) return [];
    return [{ use, isShareable: disk?.shareable === true }];
  });
}

/** A LUN is shared by the reservations of its guests; a volume that no disk names gets one that is written. */
function isWritten(volume: Json, disk: Json | undefined): boolean {
  if (childIn(volume, 'persistentVolumeClaim')?.readOnly === true) return false;
  if (disk === undefined) return true;
  return disk.cdrom === undefined && disk.lun === undefined && childIn(disk, 'disk')?.readonly !== true;
}
