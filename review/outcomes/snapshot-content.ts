import { snapshotClassFor } from '../../constructs/storage/snapshot-class';
import { placeKey } from '../cluster/identity';
import { claimUses, Machine } from '../cluster/machine';
import type { ClusterState } from '../cluster/state';
import { textAt } from '../manifests/json';
import type { Json } from '../rule';

/** A disk that a snapshot leaves out, and why. */
export interface LeftOut {
  readonly volume: string;
  readonly reason: string;
  /** Whether KubeVirt takes no snapshot at all for it. */
  readonly fails: boolean;
}

/** The machine among the manifests that an object names under a part of its spec. */
export function machineNamedIn(state: ClusterState, object: Json, part: string): Machine | undefined {
  if (textAt(object, 'spec', part, 'kind') !== 'VirtualMachine') return undefined;
  return state.machines.get(placeKey(textAt(object, 'metadata', 'namespace'), textAt(object, 'spec', part, 'name')));
}

/** The machine that a snapshot is of; undefined if snapshot or machine is not among the manifests. */
export function machineOfSnapshot(state: ClusterState, namespace: string, name: string): Machine | undefined {
  const snapshot = state.object('VirtualMachineSnapshot', namespace, name);
  return snapshot && machineNamedIn(state, snapshot, 'source');
}

/** The volumes of a machine that a snapshot of it holds; undefined if snapshot or machine is not among the manifests. */
export function heldBySnapshot(state: ClusterState, namespace: string, name: string): readonly string[] | undefined {
  const machine = machineOfSnapshot(state, namespace, name);
  return machine && heldOf(state, machine);
}

/** The volumes of a machine that a snapshot of it would hold. */
export function heldOf(state: ClusterState, machine: Machine): readonly string[] {
  const left = new Set(leftOut(state, machine).map(({ volume }) => volume));
  return claimUses(machine)
    .map(({ volume }) => textAt(volume, 'name'))
    .filter((volume) => !left.has(volume));
}

/** The disks of a machine that no VolumeSnapshotClass fits, as far as all facts are given. */
export function leftOut(state: ClusterState, machine: Machine): LeftOut[] {
  const { storage } = state;
  return claimUses(machine).flatMap(({ name, volume }) => {
    const className = state.claim(machine.namespace, name)?.settled.storageClassName;
    if (className === undefined) return [];
    const { reason, fails = false } = snapshotClassFor(storage, className);
    return reason === undefined ? [] : [{ volume: textAt(volume, 'name'), reason, fails }];
  });
}

/** Why disks are left out, each reason once. */
export function reasonsOf(left: readonly LeftOut[]): string {
  return [...new Set(left.map(({ reason }) => reason))].join('; ');
}
