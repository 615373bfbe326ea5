import { snapshotClassFor } from '../../constructs/storage/snapshot-class';
import { namespaceOf, placeKey } from '../cluster/identity';
import { judge } from '../cluster/live-migration';
import { claimUses, Machine } from '../cluster/machine';
import type { ClusterState } from '../cluster/state';
import { meets, stepOf } from '../cluster/step';
import { Severity } from '../finding';
import { textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { startedMachines } from './machines';
import { OutcomeRule } from './rule';

/** What becomes of what is done with a machine once it stands. */
export const DAY_TWO_RULES: readonly OutcomeRule[] = [
  {
    id: 'snapshot-holds-disks',
    sentence: 'A snapshot of a machine holds its disks: each is of a class that a VolumeSnapshotClass fits.',
    source: 'KubeVirt, pkg/storage/snapshot/snapshot.go:getVolumeSnapshotClassName, createContent',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const snapshot of cluster.ofKind('VirtualMachineSnapshot')) {
        const machine = machineOfSource(cluster.end, snapshot.object, 'source');
        const left = machine === undefined ? [] : leftOut(cluster.end, machine);
        if (machine === undefined || left.length === 0) continue;
        const disks = claimUses(machine).length;
        const what =
          left.length === disks ? 'holds no disk' : `leaves out ${left.map(({ volume }) => volume).join(', ')}`;
        const why = [...new Set(left.map(({ reason }) => reason))].join('; ');
        const message = `'name' must be a machine whose disks can be snapshotted, got ${JSON.stringify(machine.name)}; the snapshot ${what}: ${why}`;
        note(
          snapshot,
          'spec.source.name',
          message,
          'make a VolumeSnapshotClass for the driver, or move the disks to a class that has one',
        );
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
        const machine = started.get(`${namespaceOf(restore)}/${textAt(restore.object, 'spec', 'target', 'name')}`);
        const happens = WHILE_IT_RUNS[textAt(restore.object, 'spec', 'targetReadinessPolicy') || 'WaitGracePeriod'];
        if (machine === undefined || happens === undefined || !isMet(machine, restore)) continue;
        const message = `'target' must be a machine that is halted, got ${JSON.stringify(machine.name)}, which runs; ${happens}`;
        note(restore, 'spec.target', message, "write 'targetReadinessPolicy: StopTarget', or halt it first");
      }
    },
  },
  {
    id: 'export-source-halted',
    sentence: 'The machine that is exported is halted.',
    source: 'KubeVirt, pkg/storage/export/export/vm-source.go:isSourceInUseVM',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const exports = cluster.ofKind('VirtualMachineExport');
      if (exports.length === 0) return;
      const started = startedMachines(cluster);
      for (const one of exports) {
        if (textAt(one.object, 'spec', 'source', 'kind') !== 'VirtualMachine') continue;
        const machine = started.get(`${namespaceOf(one)}/${textAt(one.object, 'spec', 'source', 'name')}`);
        if (machine === undefined || !isMet(machine, one)) continue;
        const message = `'name' must be a machine that is halted, got ${JSON.stringify(machine.name)}, which runs; the export waits until it stops`;
        note(one, 'spec.source.name', message, 'halt it, or export a VirtualMachineSnapshot of it');
      }
    },
  },
  {
    id: 'migration-possible',
    sentence: 'The machine that is to be migrated runs, and can be live-migrated.',
    source: 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/migration-create-admitter.go:Admit',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const migration of cluster.ofKind('VirtualMachineInstanceMigration')) {
        const name = textAt(migration.object, 'spec', 'vmiName');
        const machine = cluster.end.machines.get(`${namespaceOf(migration)}/${name}`);
        if (machine === undefined) continue;
        const why = isHalted(machine) ? 'it is halted' : judge(machine, cluster.end).proven[0]?.message;
        if (why === undefined) continue;
        const message = `'vmiName' must be a machine that can be live-migrated, got ${JSON.stringify(name)}; ${why}`;
        note(migration, 'spec.vmiName', message);
      }
    },
  },
];

/** What a restore does to a machine that runs, by its policy. */
const WHILE_IT_RUNS: Readonly<Record<string, string>> = {
  WaitGracePeriod: 'the restore waits for five minutes, and fails',
  FailImmediate: 'the restore fails at once',
  WaitEventually: 'the restore waits until it is halted',
};

/** Whether a machine runs when an object is applied. */
function isMet({ from }: Machine, one: Reviewed): boolean {
  return meets(stepOf(from), stepOf(one), from);
}

function isHalted({ spec, isInstance }: Machine): boolean {
  return !isInstance && (textAt(spec, 'runStrategy') === 'Halted' || spec.running === false);
}

/** The machine among the manifests that an object names under `source`. */
function machineOfSource(state: ClusterState, object: Json, part: string): Machine | undefined {
  if (textAt(object, 'spec', part, 'kind') !== 'VirtualMachine') return undefined;
  return state.machines.get(placeKey(textAt(object, 'metadata', 'namespace'), textAt(object, 'spec', part, 'name')));
}

/** The volumes of a machine that a snapshot of it holds; undefined if snapshot or machine is not among the manifests. */
export function heldBySnapshot(state: ClusterState, namespace: string, name: string): readonly string[] | undefined {
  const snapshot = state.object('VirtualMachineSnapshot', namespace, name);
  const machine = snapshot && machineOfSource(state, snapshot, 'source');
  return machine && heldOf(state, machine);
}

/** The volumes of a machine that a snapshot of it would hold. */
export function heldOf(state: ClusterState, machine: Machine): readonly string[] {
  const left = new Set(leftOut(state, machine).map(({ volume }) => volume));
  return claimUses(machine)
    .map(({ volume }) => textAt(volume, 'name'))
    .filter((volume) => !left.has(volume));
}

/** A disk that a snapshot leaves out, and why. */
interface LeftOut {
  readonly volume: string;
  readonly reason: string;
}

/** The disks of a machine that no VolumeSnapshotClass fits, as far as all facts are given. */
function leftOut(state: ClusterState, machine: Machine): LeftOut[] {
  const { storage } = state;
  return claimUses(machine).flatMap(({ name, volume }) => {
    const className = state.claim(machine.namespace, name)?.settled.storageClassName;
    if (className === undefined) return [];
    const found = snapshotClassFor(storage, className);
    return found.reason === undefined ? [] : [{ volume: textAt(volume, 'name'), reason: found.reason }];
  });
}
