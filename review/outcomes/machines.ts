import { Cluster } from '../cluster/cluster';
import { placeKey, titleOf } from '../cluster/identity';
import { claimUses, guestField, isStarted, Machine, sharersOf } from '../cluster/machine';
import { WrittenDisk, writtenDisks } from '../cluster/written-disks';
import { Severity } from '../finding';
import { textAt, valueAt } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
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
          const { use } = disk;
          const before = first.get(use.name);
          if (before === undefined) first.set(use.name, disk);
          else if (!(before.isShareable && disk.isShareable)) {
            const volume = textAt(before.use.volume, 'name');
            const message = `'${use.word}' must be of one volume of the machine, got ${JSON.stringify(use.name)} of volume '${volume}', too; the second disk finds it locked, and the machine does not start`;
            note(machine.from, use.field, message, 'leave out one of them');
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
        for (const { use, isShareable } of writtenDisks(machine)) {
          const sharers = sharersOf(machine, use.name);
          if (sharers < 2 || isShareable) continue;
          const asked = modes.get(placeKey(machine.namespace, use.name)) ?? [];
          const message = `'${use.word}' must be a disk of one machine, got ${JSON.stringify(use.name)} of the ${sharers} machines of ${titleOf(machine.from)}; ${harm(asked)}`;
          note(machine.from, use.field, message, ownDisks(machine));
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
