import { objectsAt, textAt } from '../manifests/json';
import { placeKey } from './identity';
import { claimName, isStarted, Machine, machineOf } from './machine';
import type { ClusterState } from './state';

/** A volume that a later state of a machine names another claim for. */
export interface MovedVolume {
  readonly name: string;
  /** Its place in the list of the later state. */
  readonly index: number;
  readonly source: string;
  readonly target: string;
}

/** Whether KubeVirt copies the volumes of a machine to the claims that it newly names. */
export function asksForMigration({ spec }: Machine): boolean {
  return textAt(spec, 'updateVolumesStrategy') === 'Migration';
}

/** The volumes that two states of a machine name different claims for. */
export function movedVolumes(before: Machine, after: Machine): MovedVolume[] {
  const claims = new Map(
    objectsAt(before.guest, 'volumes').map((volume) => [textAt(volume, 'name'), claimName(volume)]),
  );
  return objectsAt(after.guest, 'volumes').flatMap((volume, index) => {
    const name = textAt(volume, 'name');
    const [source, target] = [claims.get(name), claimName(volume)];
    return source === undefined || target === undefined || source === target ? [] : [{ name, index, source, target }];
  });
}

/** The volumes that KubeVirt copies to other claims while the machine runs, by its last two states. */
export function migratedVolumes({ objects }: ClusterState, machine: Machine): MovedVolume[] {
  if (!asksForMigration(machine) || !isStarted(machine)) return [];
  const replaced = objects.get('VirtualMachine', placeKey(machine.namespace, machine.name))?.replaced;
  const before = replaced && machineOf(replaced.reviewed);
  return before === undefined || !isStarted(before) ? [] : movedVolumes(before, machine);
}
