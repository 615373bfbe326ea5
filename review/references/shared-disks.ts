import { nameKey, titleOf } from '../cluster/identity';
import { ClaimUse, claimUses, isStarted, Machine } from '../cluster/machine';
import { Places } from '../cluster/places';
import { WrittenDisk, writtenDisks } from '../cluster/written-disks';
import { Severity } from '../finding';
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
      if (!isAnyNamedTwice(running)) return;
      const modes = new Map(cluster.claimRequests.map(({ key, accessModes }) => [key, accessModes] as const));
      const first = new Map<string, WrittenDisk>();
      for (const machine of running) {
        for (const disk of writtenDisks(machine)) {
          const { use } = disk;
          const key = nameKey(machine.from, use.name);
          const before = first.get(key);
          const asked = modes.get(key);
          // One node at a time may have it: disk-of-one-machine.
          if (asked === undefined || !(asked.length === 0 || asked.includes('ReadWriteMany'))) continue;
          if (before === undefined) first.set(key, disk);
          else if (before.use.machine !== machine && !(before.isShareable && disk.isShareable)) {
            note(machine.from, use.field, messageOf(use, before.use, asked.length > 0), REMEDY);
          }
        }
      }
    },
  },
];

const REMEDY =
  "give each its own clone, halt one of them, or write 'shareable: true' on both for a file system that is made for it";

function messageOf(use: ClaimUse, { machine }: ClaimUse, isShared: boolean): string {
  const { name } = use;
  const got = `got ${JSON.stringify(name)} of ${titleOf(machine.from)}, too`;
  const harm = isShared
    ? 'two guests can write to a ReadWriteMany disk at once'
    : 'as its class decides, the second waits for it, or both write to it at once';
  return `'${use.word}' must be a disk of one machine that runs, ${got}; ${harm}`;
}

/** Whether more than one machine names a claim, however: most manifests have no such claim, and are then looked at no further. */
function isAnyNamedTwice(machines: readonly Machine[]): boolean {
  const users = new Places<Machine>();
  return machines.some((machine) =>
    claimUses(machine).some(({ name }) => {
      const user = users.get(machine.namespace, name);
      if (user === undefined) users.set(machine.namespace, name, machine);
      return user !== undefined && user !== machine;
    }),
  );
}
