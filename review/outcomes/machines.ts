import { Cluster } from '../cluster/cluster';
import { titleOf } from '../cluster/identity';
import { ClaimUse, claimUses, guestField, isStarted, Machine, sharersOf } from '../cluster/machine';
import { Severity } from '../finding';
import { objectsAt, textAt, valueAt } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
import type { Json } from '../rule';
import { OutcomeRule } from './rule';

/** What goes wrong with a machine that every webhook accepts. */
export const MACHINE_RULES: readonly OutcomeRule[] = [
  {
    id: 'machine-claim-once',
    sentence: 'A machine names a claim once.',
    source: 'QEMU, docs/system/qemu-block-drivers.rst.inc (image locking); KubeVirt: a disk for each volume',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const machine of cluster.sampleMachines) {
        if (!namesTwice(machine)) continue;
        const first = new Map<string, WrittenDisk>();
        for (const disk of writtenDisks(machine)) {
          const before = first.get(disk.name);
          if (before === undefined) first.set(disk.name, disk);
          else if (!(before.isShareable && disk.isShareable)) {
            const volume = textAt(before.volume, 'name');
            const message = `'${wordOf(disk)}' must be of one volume of the machine, got ${JSON.stringify(disk.name)} of volume '${volume}', too; the second disk finds it locked, and the machine does not start`;
            note(machine.from, disk.field(), message, 'leave out one of them');
          }
        }
      }
    },
  },
  {
    id: 'replicas-share-claim',
    sentence: 'The machines of a set have disks of their own.',
    source:
      'KubeVirt, pkg/virt-controller/watch/pool/pool.go:indexVMSpec; pkg/virt-controller/watch/replicaset/replicaset.go:scale',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const sets = cluster.sampleMachines.filter(({ replicas = 1 }) => replicas > 1);
      if (sets.length === 0) return;
      const modes = new Map(cluster.claimRequests.map(({ key, accessModes }) => [key, accessModes] as const));
      for (const machine of sets) {
        for (const disk of writtenDisks(machine)) {
          const sharers = sharersOf(machine, disk.name);
          if (sharers < 2 || disk.isShareable) continue;
          const asked = modes.get(`${machine.namespace}/${disk.name}`) ?? [];
          const message = `'${wordOf(disk)}' must be a disk of one machine, got ${JSON.stringify(disk.name)} of the ${sharers} machines of ${titleOf(machine.from)}; ${harm(asked)}`;
          note(machine.from, disk.field(), message, ownDisks(machine));
        }
      }
    },
  },
  {
    id: 'machine-memory-limit',
    sentence: 'The memory limit of a machine holds the memory of its guest.',
    source:
      'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/vmi-create-admitter.go:validateGuestMemoryLimit',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      // Else the webhook refuses it: memory-guest-limit.
      if (cluster.settings.isStaged) return;
      for (const machine of cluster.sampleMachines) {
        const guest = parseQuantity(valueAt(machine.guest, 'domain', 'memory', 'guest'));
        const limit = valueAt(machine.guest, 'domain', 'resources', 'limits', 'memory');
        const most = parseQuantity(limit);
        if (guest === undefined || most === undefined || most === 0 || guest <= most) continue;
        const message = `'memory' must be at least the memory of the guest (${String(valueAt(machine.guest, 'domain', 'memory', 'guest'))}) and what its pod takes beside it, got ${JSON.stringify(limit)}; the node ends the machine as soon as the guest uses more`;
        note(
          machine.from,
          guestField(machine, 'domain.resources.limits.memory'),
          message,
          'leave the limit out, or raise it',
        );
      }
    },
  },
];

/** Whether two volumes of a machine name one claim: most name each once, and are looked at no further. */
function namesTwice(machine: Machine): boolean {
  const uses = claimUses(machine);
  return uses.length > 1 && new Set(uses.map(({ name }) => name)).size < uses.length;
}

/** A claim in a machine, as a disk that its guest may write to. */
interface WrittenDisk extends ClaimUse {
  readonly isShareable: boolean;
}

/** The claims that the guest of a machine writes to as disks: a folder of the host, a CD or a read-only disk is none. */
export function writtenDisks(machine: Machine): WrittenDisk[] {
  const uses = claimUses(machine);
  if (uses.length === 0) return [];
  const disks = new Map(objectsAt(machine.guest, 'domain', 'devices', 'disks').map((disk) => [disk.name, disk]));
  const filesystems = new Set(objectsAt(machine.guest, 'domain', 'devices', 'filesystems').map(({ name }) => name));
  return uses.flatMap((use): WrittenDisk[] => {
    const disk = disks.get(use.volume.name);
    if (filesystems.has(use.volume.name) || !isWritten(use.volume, disk)) return [];
    return [{ ...use, isShareable: disk?.shareable === true }];
  });
}

function isWritten(volume: Json, disk: Json | undefined): boolean {
  if (valueAt(volume, 'persistentVolumeClaim', 'readOnly') === true) return false;
  if (disk === undefined) return true;
  return disk.cdrom === undefined && disk.lun === undefined && valueAt(disk, 'disk', 'readonly') !== true;
}

function wordOf({ field }: ClaimUse): string {
  return field().split('.').at(-1) ?? '';
}

function harm(accessModes: readonly unknown[]): string {
  if (accessModes.includes('ReadWriteMany')) return 'they write to it at once, and destroy what is on it';
  return accessModes.length > 0 ? 'one of them starts, and the others wait for its disk' : 'they need it at once';
}

/** `ReadWriteMany` would let them write to one disk at once. */
function ownDisks({ from: { object } }: Machine): string {
  return object.kind === 'VirtualMachinePool'
    ? 'make the disk by a dataVolumeTemplate: each machine of the pool gets its own'
    : 'use a VirtualMachinePool with a dataVolumeTemplate, or a containerDisk or an ephemeral volume';
}

/** The machines that are started with the objects, by namespace and name. */
export function startedMachines(cluster: Cluster): Map<string, Machine> {
  const started = new Map<string, Machine>();
  for (const machine of cluster.lastVirtualMachines) {
    if (isStarted(machine)) started.set(`${machine.namespace}/${machine.name}`, machine);
  }
  return started;
}
