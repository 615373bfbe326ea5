import { NOT_OF_DISKS } from '../../constructs/storage/live-migration-rules';
import { objectAt, objectsAt, textAt } from '../manifests/json';
import type { Json } from '../rule';
import { isOfOneNode } from './access-modes';
import { placeKey } from './identity';
import { judge } from './live-migration';
import { claimName, Machine } from './machine';
import type { ClusterState } from './state';

/** Why a volume of a running machine is not moved to another claim. */
export interface VolumeObstacle {
  readonly reason: string;
  readonly remedy: string;
}

/** A running machine of which volumes are moved to other claims. */
export interface MovingMachine {
  /** The spec of its instance, as it runs, and as it is asked for. */
  readonly before: Json;
  readonly after: Json;
  /** The machine as it is asked for. */
  readonly machine: Machine;
  /** Whether somebody says that it can be live-migrated. */
  readonly isSaidToMove?: boolean;
}

/** What disk of a machine is never moved (KubeVirt v1.6.2 and v1.9.0: pkg/virt-controller/watch/volume-migration/volume-migration.go, ValidateVolumes). */
export function diskObstacle(guest: Json, volume: string): VolumeObstacle | undefined {
  const kind = kindOfDisk(objectAt(guest, 'domain', 'devices') ?? {}, volume);
  if (kind === undefined) return undefined;
  return { reason: `${kind} is not migrated`, remedy: 'halt the machine, and copy it in another way' };
}

function kindOfDisk(devices: Json, name: string): string | undefined {
  if (objectsAt(devices, 'filesystems').some((one) => textAt(one, 'name') === name)) {
    return 'a file system that virtiofs shares';
  }
  const disk = objectsAt(devices, 'disks').find((one) => textAt(one, 'name') === name);
  if (disk?.shareable === true) return 'a shareable disk';
  return objectAt(disk, 'lun') === undefined ? undefined : 'a LUN';
}

/** What keeps a whole machine on its node, whichever of its volumes are moved (same file: ValidateVolumesUpdateMigration). */
export function machineObstacle(moving: MovingMachine, state: ClusterState): VolumeObstacle | undefined {
  const { machine, isSaidToMove } = moving;
  const stuck = isSaidToMove ? undefined : judge(machine, state).proven.find(({ rule }) => NOT_OF_DISKS.has(rule));
  if (stuck !== undefined) {
    const remedy = stuck.remedy ?? 'halt the machine, and clone the old claim into the new one by a DataVolume';
    return { reason: `the machine cannot be live-migrated (${stuck.message})`, remedy };
  }
  const disk = stayingDisk(moving, state);
  if (disk === undefined) return undefined;
  return {
    reason: `the disk ${disk} is ReadWriteOnce and stays where it is, so that the machine cannot move to another node`,
    remedy: 'migrate that disk, too, in the same change',
  };
}

/** A disk of one node that keeps its claim. */
function stayingDisk({ before, after, machine }: MovingMachine, state: ClusterState): string | undefined {
  const claims = new Map(objectsAt(before, 'volumes').map((volume) => [textAt(volume, 'name'), claimName(volume)]));
  return objectsAt(after, 'volumes')
    .map((volume) => ({ name: textAt(volume, 'name'), claim: claimName(volume) }))
    .find(({ name, claim }) => claim !== undefined && claims.get(name) === claim && isOfOneNode(modesOf(claim)))?.name;

  function modesOf(claim: string): readonly unknown[] {
    return state.claim(machine.namespace, claim)?.settled.accessModes ?? [];
  }
}

/**
 * What keeps a volume from a DataVolume that is made together with the move: CDI must fill it by its populators, which it
 * does for the drivers that have a CSIDriver object (same file: ValidateVolumes).
 */
export function populatorObstacle(namespace: string, name: string, state: ClusterState): VolumeObstacle | undefined {
  const { facts } = state.storage;
  const claim = state.claims.get(placeKey(namespace, name))?.value;
  if (claim === undefined || facts.csiDrivers === undefined) return undefined;
  const driver = facts.storageClasses.find((one) => one.name === claim.settled.storageClassName)?.provisioner;
  if (driver === undefined || facts.csiDrivers.includes(driver)) return undefined;
  return {
    reason: `CDI fills the DataVolume without populators, as the provisioner ${driver} has no CSIDriver object, and KubeVirt does not migrate to it before it is done`,
    remedy: 'make the DataVolume in an earlier step, or a PersistentVolumeClaim instead of it',
  };
}
