import { nameKey, titleOf } from '../cluster/identity';
import { ClaimUse, claimUses, isStarted, Machine } from '../cluster/machine';
import { Severity } from '../finding';
import { objectsAt, valueAt } from '../manifests/json';
import { Json } from '../rule';
import { ReferenceRule } from './rule';

/** Rules that two guests do not write to one disk without knowing of each other. */
export const SHARED_DISK_RULES: readonly ReferenceRule[] = [
  {
    id: 'disk-shared-unlocked',
    sentence: 'A disk that several machines share is shareable.',
    source:
      'Kubernetes, access mode ReadWriteMany: many nodes at a time; KubeVirt, pkg/virt-launcher/virtwrap/converter/converter.go:Convert_v1_Disk_To_api_Disk (shareable)',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const running = cluster.lastMachines.filter(isStarted);
      const named = namedTwice(running);
      if (named.size === 0) return;
      const modes = new Map(cluster.claimRequests.map(({ key, accessModes }) => [key, accessModes] as const));
      const first = new Map<string, Use>();
      for (const machine of running) {
        for (const use of usesOf(machine)) {
          const key = nameKey(machine.from, use.name);
          const before = first.get(key);
          const asked = modes.get(key);
          // One node at a time may have it: disk-of-one-machine.
          if (asked === undefined || !(asked.length === 0 || asked.includes('ReadWriteMany'))) continue;
          if (before === undefined) first.set(key, use);
          else if (before.machine !== machine && !(before.isShareable && use.isShareable)) {
            note(machine.from, use.field(), messageOf(use, before, asked.length > 0), REMEDY);
          }
        }
      }
    },
  },
];

const REMEDY =
  "give each its own clone, halt one of them, or write 'shareable: true' on both for a file system that is made for it";

/** A claim in a machine, as a disk that its guest may write to. */
interface Use extends ClaimUse {
  readonly machine: Machine;
  readonly isShareable: boolean;
}

function messageOf({ name, field }: Use, { machine }: Use, isShared: boolean): string {
  const word = field().split('.').at(-1);
  const got = `got ${JSON.stringify(name)} of ${titleOf(machine.from)}, too`;
  const harm = isShared
    ? 'two guests can write to a ReadWriteMany disk at once'
    : 'as its class decides, the second waits for it, or both write to it at once';
  return `'${word}' must be a disk of one machine that runs, ${got}; ${harm}`;
}

/** The claims that more than one machine names, however: most manifests have no such claim, and are then looked at no further. */
function namedTwice(machines: readonly Machine[]): Set<string> {
  const users = new Map<string, Machine>();
  const twice = new Set<string>();
  for (const machine of machines) {
    for (const { name } of claimUses(machine)) {
      const key = nameKey(machine.from, name);
      const user = users.get(key);
      if (user === undefined) users.set(key, machine);
      else if (user !== machine) twice.add(key);
    }
  }
  return twice;
}

function usesOf(machine: Machine): Use[] {
  const disks = new Map(objectsAt(machine.guest, 'domain', 'devices', 'disks').map((disk) => [disk.name, disk]));
  const filesystems = new Set(objectsAt(machine.guest, 'domain', 'devices', 'filesystems').map(({ name }) => name));
  return claimUses(machine).flatMap((use): Use[] => {
    const disk = disks.get(use.volume.name);
    if (filesystems.has(use.volume.name) || !isWritten(use.volume, disk)) return [];
    return [{ ...use, machine, isShareable: disk?.shareable === true }];
  });
}

/** A LUN is shared by the reservations of its guests; a volume that no disk names gets one that is written. */
function isWritten(volume: Json, disk: Json | undefined): boolean {
  if (valueAt(volume, 'persistentVolumeClaim', 'readOnly') === true) return false;
  if (disk === undefined) return true;
  return disk.cdrom === undefined && disk.lun === undefined && valueAt(disk, 'disk', 'readonly') !== true;
}
