import { ClaimWriter } from '../../constructs/storage/claim-defaults';
import { keepsState } from '../cluster/backend-storage';
import { Cluster } from '../cluster/cluster';
import { nameOf, namespaceOf, placeKey } from '../cluster/identity';
import { judge } from '../cluster/live-migration';
import { claimUses, isStarted, Machine } from '../cluster/machine';
import { meets, stepOf } from '../cluster/step';
import { writtenDisks } from '../cluster/written-disks';
import { Severity } from '../finding';
import { textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { IMMEDIATE } from './claims';
import { startedMachines } from './machines';
import { OutcomeRule } from './rule';
import { heldOf, leftOut, machineNamedIn, machineOfSnapshot, reasonsOf } from './snapshot-content';

/** What becomes of what is done with a machine once it stands. */
export const DAY_TWO_RULES: readonly OutcomeRule[] = [
  {
    id: 'snapshot-holds-disks',
    sentence: 'A snapshot of a machine holds its disks: each is of a class that a VolumeSnapshotClass fits.',
    source: 'KubeVirt, pkg/storage/snapshot/snapshot.go:getVolumeSnapshotClassName, createContent',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const snapshot of cluster.ofKind('VirtualMachineSnapshot')) {
        const machine = machineNamedIn(cluster.end, snapshot.object, 'source');
        const left = machine === undefined ? [] : leftOut(cluster.end, machine);
        if (machine === undefined || left.length === 0) continue;
        const failing = left.filter(({ fails }) => fails);
        const message = `'name' must be a machine whose disks can be snapshotted, got ${JSON.stringify(machine.name)}; ${
          failing.length > 0
            ? `the snapshot fails: ${reasonsOf(failing)}`
            : `the snapshot ${holding(machine, left)}: ${reasonsOf(left)}`
        }`;
        note(snapshot, 'spec.source.name', message, failing.length > 0 ? CHOOSE : MAKE);
      }
    },
  },
  {
    id: 'snapshot-source-bound',
    sentence:
      'The disks of a machine that is snapshotted or cloned are bound: it was started, or they were bound at once.',
    source: 'KubeVirt, pkg/storage/snapshot/source.go:Lock, verifyVolumes',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const kind of ['VirtualMachineSnapshot', 'VirtualMachineClone']) {
        for (const one of cluster.ofKind(kind)) {
          const machine = machineNamedIn(cluster.end, one.object, 'source');
          const unbound = machine === undefined ? undefined : unboundDisk(cluster, machine);
          if (machine === undefined || unbound === undefined) continue;
          const message = `'name' must be a machine whose disks are bound, got ${JSON.stringify(machine.name)}; its disk ${unbound.volume} is of class ${unbound.className}, which waits for its first consumer, and nothing starts the machine: the ${kind === 'VirtualMachineClone' ? 'clone' : 'snapshot'} waits for it`;
          note(
            one,
            'spec.source.name',
            message,
            `start the machine once, or annotate what makes the disk with '${IMMEDIATE}: "true"'`,
          );
        }
      }
    },
  },
  {
    id: 'restore-target-halted',
    sentence: 'The machine that a snapshot is restored to is halted, or the restore stops it.',
    source: 'KubeVirt, pkg/storage/snapshot/restore.go:handleVMRestoreTargetNotReady',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const restores = cluster.ofKind('VirtualMachineRestore');
      if (restores.length === 0) return;
      const started = startedMachines(cluster);
      for (const restore of restores) {
        if (textAt(restore.object, 'spec', 'target', 'kind') !== 'VirtualMachine') continue;
        const machine = started.get(placeKey(namespaceOf(restore), textAt(restore.object, 'spec', 'target', 'name')));
        const happens = WHILE_IT_RUNS[textAt(restore.object, 'spec', 'targetReadinessPolicy') || 'WaitGracePeriod'];
        if (machine === undefined || happens === undefined || !isMet(machine, restore)) continue;
        const message = `'target' must be a machine that is halted, got ${JSON.stringify(machine.name)}, which runs; ${happens}`;
        note(restore, 'spec.target', message, "write 'targetReadinessPolicy: StopTarget', or halt it first");
      }
    },
  },
  {
    id: 'restore-target-own',
    sentence: 'A snapshot is restored to the machine that it is of, or to a name that no machine has.',
    source: 'KubeVirt, pkg/storage/snapshot/restore.go:updateVMRestore, sourceAndTargetAreDifferent',
    severity: Severity.ERROR,
    check: (cluster, note) => {
      for (const restore of cluster.ofKind('VirtualMachineRestore')) {
        const target = machineNamedIn(cluster.end, restore.object, 'target');
        const snapshot = textAt(restore.object, 'spec', 'virtualMachineSnapshotName');
        const source = machineOfSnapshot(cluster.end, namespaceOf(restore), snapshot);
        if (target === undefined || source === undefined || target.name === source.name) continue;
        if (!isMade(target, restore)) continue;
        const message = `'name' must be '${source.name}', which the snapshot is of, or a machine that does not exist, got ${JSON.stringify(target.name)}; the restore never goes on`;
        note(restore, 'spec.target.name', message, 'restore it to a new name, or delete that machine first');
      }
    },
  },
  {
    id: 'clone-machine-possible',
    sentence: 'A machine that is cloned keeps no state of TPM or EFI, and each of its disks can be snapshotted.',
    source: 'KubeVirt, pkg/virt-controller/watch/clone/clone.go:retrieveCloneInfo, verifySnapshotContent',
    severity: Severity.ERROR,
    check: (cluster, note) => {
      for (const clone of cluster.ofKind('VirtualMachineClone')) {
        const source = sourceOfClone(cluster, clone);
        if (source === undefined) continue;
        const left = leftOut(cluster.end, source);
        const named = JSON.stringify(textAt(clone.object, 'spec', 'source', 'name'));
        if (keepsState(source.guest)) {
          const message = `'name' must be a machine without persistent TPM or EFI, got ${named}; KubeVirt does not clone their state, and the clone fails`;
          note(clone, 'spec.source.name', message, 'clone its disks by DataVolumes, and write a machine for them');
        } else if (left.length > 0) {
          const disks = left.map(({ volume }) => volume).join(', ');
          const message = `'name' must be a machine whose disks can be snapshotted, got ${named}; the clone fails, as its snapshot leaves out ${disks}: ${reasonsOf(left)}`;
          note(clone, 'spec.source.name', message, `${MAKE}; or clone the disks by DataVolumes`);
        }
      }
    },
  },
  {
    id: 'export-source-halted',
    sentence: 'Nothing runs on what is exported.',
    source: 'KubeVirt, pkg/storage/export/export/vm-source.go:isSourceInUseVM, pvc-source.go:isSourceInUsePVC',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const exports = cluster.ofKind('VirtualMachineExport');
      if (exports.length === 0) return;
      const started = startedMachines(cluster);
      for (const one of exports) {
        const kind = textAt(one.object, 'spec', 'source', 'kind');
        const name = textAt(one.object, 'spec', 'source', 'name');
        const machine =
          kind === 'PersistentVolumeClaim' ? userOf(started, one, name) : started.get(placeKey(namespaceOf(one), name));
        if ((kind !== 'VirtualMachine' && kind !== 'PersistentVolumeClaim') || machine === undefined) continue;
        if (!isMet(machine, one)) continue;
        const what =
          kind === 'VirtualMachine'
            ? `a machine that is halted, got ${JSON.stringify(name)}, which runs`
            : `a claim that nothing uses, got ${JSON.stringify(name)}, which VirtualMachine ${machine.name} runs on`;
        note(
          one,
          'spec.source.name',
          `'name' must be ${what}; the export waits until it stops`,
          'halt it, or export a VirtualMachineSnapshot of it',
        );
      }
    },
  },
  {
    id: 'export-holds-disks',
    sentence: 'What is exported has a disk that is a claim.',
    source: 'KubeVirt, pkg/storage/export/export/vm-source.go, vmsnapshot-source.go (phase Skipped)',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const one of cluster.ofKind('VirtualMachineExport')) {
        const name = textAt(one.object, 'spec', 'source', 'name');
        const isSnapshot = textAt(one.object, 'spec', 'source', 'kind') === 'VirtualMachineSnapshot';
        const machine = isSnapshot
          ? machineOfSnapshot(cluster.end, namespaceOf(one), name)
          : machineNamedIn(cluster.end, one.object, 'source');
        if (machine === undefined || keepsState(machine.guest)) continue;
        const disks = isSnapshot ? heldOf(cluster.end, machine).length : claimUses(machine).length;
        if (disks > 0) continue;
        const message = `'name' must be of a disk, got ${JSON.stringify(name)}, ${isSnapshot ? 'a snapshot that holds none' : 'a machine none of whose disks is a claim'}; nothing is exported (Skipped)`;
        note(one, 'spec.source.name', message);
      }
    },
  },
  {
    id: 'migration-possible',
    sentence: 'The machine that is to be migrated runs, and can be live-migrated.',
    source: 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/migration-create-admitter.go:Admit',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const first = new Map<string, Reviewed>();
      for (const migration of cluster.ofKind('VirtualMachineInstanceMigration')) {
        const name = textAt(migration.object, 'spec', 'vmiName');
        const key = placeKey(namespaceOf(migration), name);
        const machine = cluster.end.machines.get(key);
        if (machine === undefined) continue;
        const before = first.get(key);
        const why = whyNoMigration(cluster, machine) ?? whyTwice(before, migration);
        first.set(key, before ?? migration);
        if (why === undefined) continue;
        const message = `'vmiName' must be a machine that can be live-migrated, got ${JSON.stringify(name)}; ${why}`;
        note(migration, 'spec.vmiName', message);
      }
    },
  },
];

const MAKE = 'make a VolumeSnapshotClass for the driver, or move the disks to a class that has one';
const CHOOSE = 'annotate one VolumeSnapshotClass of the driver as the default, or name one in the StorageProfile';

/** What a restore does to a machine that runs, by its policy. */
const WHILE_IT_RUNS: Readonly<Record<string, string>> = {
  WaitGracePeriod: 'the restore waits for five minutes, and fails',
  FailImmediate: 'the restore fails at once',
  WaitEventually: 'the restore waits until it is halted',
};

function holding(machine: Machine, left: readonly { readonly volume: string }[]): string {
  if (left.length === claimUses(machine).length) return 'holds no disk';
  return `leaves out ${left.map(({ volume }) => volume).join(', ')}`;
}

/** A disk of a machine that no state starts, which no pod has bound so far; undefined if there is none, as far as is known. */
function unboundDisk(
  cluster: Cluster,
  machine: Machine,
): { readonly volume: string; readonly className: string } | undefined {
  const { end } = cluster;
  const names = usesOf(machine);
  const isUsed = (one: Machine): boolean =>
    one.namespace === machine.namespace && claimUses(one).some(({ name }) => names.has(name));
  if (cluster.machines.some((one) => isStarted(one) && isUsed(one))) return undefined;
  const isSame = ({ namespace, name }: Machine): boolean => namespace === machine.namespace && name === machine.name;
  if (!isHalted(machine) || cluster.machines.some((one) => isSame(one) && !isHalted(one))) return undefined;
  for (const { name, volume } of claimUses(machine)) {
    const claim = end.claim(machine.namespace, name);
    const className = claim?.settled.storageClassName;
    const known = end.storage.facts.storageClasses.find((one) => one.name === className);
    if (claim === undefined || known?.volumeBindingMode !== 'WaitForFirstConsumer') continue;
    const isMadeByCdi = claim.writer !== ClaimWriter.CLAIM;
    if (isMadeByCdi && (IMMEDIATE in claim.annotations || !end.settings.waitsForConsumers)) continue;
    return { volume: textAt(volume, 'name'), className: known.name };
  }
  return undefined;
}

function usesOf(machine: Machine): Set<string> {
  return new Set(claimUses(machine).map(({ name }) => name));
}

/** Whether a machine runs when an object is applied. */
function isMet({ from }: Machine, one: Reviewed): boolean {
  return meets(stepOf(from), stepOf(one), from);
}

/** Whether a machine stands when an object is applied, whether it runs or not. */
function isMade({ from }: Machine, one: Reviewed): boolean {
  const [made, then] = [stepOf(from), stepOf(one)];
  return made.folder?.name === then.folder?.name && (made.folder === undefined || made.name <= then.name);
}

/** The machine that a clone is made of, itself or as the one that a snapshot is of. */
function sourceOfClone({ end }: Cluster, clone: Reviewed): Machine | undefined {
  const name = textAt(clone.object, 'spec', 'source', 'name');
  return textAt(clone.object, 'spec', 'source', 'kind') === 'VirtualMachineSnapshot'
    ? machineOfSnapshot(end, namespaceOf(clone), name)
    : machineNamedIn(end, clone.object, 'source');
}

/** A machine that is started and writes to a claim. */
function userOf(started: ReadonlyMap<string, Machine>, { object }: Reviewed, claim: string): Machine | undefined {
  const namespace = textAt(object, 'metadata', 'namespace');
  return [...started.values()].find(
    (machine) => machine.namespace === namespace && writtenDisks(machine).some(({ use }) => use.name === claim),
  );
}

function whyNoMigration(cluster: Cluster, machine: Machine): string | undefined {
  return isHalted(machine) ? 'it is halted' : judge(machine, cluster.end).proven[0]?.message;
}

/** A second one is refused while the first goes on. */
function whyTwice(before: Reviewed | undefined, migration: Reviewed): string | undefined {
  if (before === undefined || stepOf(before).name !== stepOf(migration).name) return undefined;
  return `VirtualMachineInstanceMigration ${nameOf(before)} migrates it already, and a second one is refused until that is done`;
}

function isHalted({ spec, isInstance }: Machine): boolean {
  return !isInstance && (textAt(spec, 'runStrategy') === 'Halted' || spec.running === false);
}
