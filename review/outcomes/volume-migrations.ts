import { NOT_OF_DISKS } from '../../constructs/storage/live-migration-rules';
import { Cluster } from '../cluster/cluster';
import { placeKey } from '../cluster/identity';
import { judge } from '../cluster/live-migration';
import { claimName, guestField, isStarted, Machine, machineOf } from '../cluster/machine';
import { stepOf } from '../cluster/step';
import { Severity } from '../finding';
import { objectAt, objectsAt, textAt } from '../manifests/json';
import type { Json } from '../rule';
import { OutcomeRule } from './rule';

/** What becomes of the disks of a running machine that are moved to other claims. */
export const VOLUME_MIGRATION_RULES: readonly OutcomeRule[] = [
  {
    id: 'volume-migration-possible',
    sentence:
      'A volume that is migrated to another claim is the disk of a running machine that can move with its data.',
    source:
      'KubeVirt, pkg/virt-controller/watch/volume-migration/volume-migration.go:ValidateVolumes, ValidateVolumesUpdateMigration; pkg/virt-controller/watch/vm/vm.go:handleVolumeUpdateRequest',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const machine of cluster.virtualMachines) {
        const { from, spec } = machine;
        if (from.old === undefined || textAt(spec, 'updateVolumesStrategy') !== 'Migration') continue;
        const before = machineOf({ ...from, object: from.old });
        const moved = before === undefined ? [] : movedVolumes(before, machine);
        if (before === undefined || moved.length === 0) continue;
        const whole = whyNone(cluster, before, machine, moved);
        for (const volume of moved) {
          const why = whole ?? whyNot(cluster, before, machine, volume);
          if (why === undefined) continue;
          const message = `'name' must be a volume that can be migrated, got ${JSON.stringify(volume.name)} from claim '${volume.source}' to '${volume.target}'; ${why.reason}`;
          note(from, guestField(machine, `volumes[${volume.index}].name`), message, why.remedy);
          if (whole !== undefined) break;
        }
      }
    },
  },
];

/** A volume that a later state of a machine names another claim for. */
interface Moved {
  readonly name: string;
  readonly index: number;
  readonly source: string;
  readonly target: string;
}

function movedVolumes(before: Machine, after: Machine): Moved[] {
  const claims = new Map(
    objectsAt(before.guest, 'volumes').map((volume) => [textAt(volume, 'name'), claimName(volume)]),
  );
  return objectsAt(after.guest, 'volumes').flatMap((volume, index) => {
    const name = textAt(volume, 'name');
    const [source, target] = [claims.get(name), claimName(volume)];
    return source === undefined || target === undefined || source === target ? [] : [{ name, index, source, target }];
  });
}

interface Why {
  readonly reason: string;
  readonly remedy: string;
}

const RESTART =
  'the machine goes on with the old disk, and asks for a restart, after which the new one is there without the data';

/** Why none of the volumes is migrated. */
function whyNone(cluster: Cluster, before: Machine, after: Machine, moved: readonly Moved[]): Why | undefined {
  if (!isStarted(before) && !isStarted(after)) {
    const reason = 'the machine does not run: its volume is replaced, and nothing is copied to the new claim';
    return { reason, remedy: 'start it first, or clone the old claim into the new one by a DataVolume' };
  }
  const obstacle = judge(after, cluster.end).proven.find(({ rule }) => NOT_OF_DISKS.has(rule));
  if (obstacle !== undefined) {
    const remedy = obstacle.remedy ?? 'halt the machine, and clone the old claim into the new one by a DataVolume';
    return { reason: `the machine cannot be live-migrated (${obstacle.message}): ${RESTART}`, remedy };
  }
  const names = new Set(moved.map(({ name }) => name));
  const alone = objectsAt(after.guest, 'volumes').find((volume) => {
    const claim = claimName(volume);
    return claim !== undefined && !names.has(textAt(volume, 'name')) && isSingle(cluster, after.namespace, claim);
  });
  if (alone === undefined) return undefined;
  const reason = `the disk ${textAt(alone, 'name')} is ReadWriteOnce and stays where it is, so that the machine cannot move: ${RESTART}`;
  return { reason, remedy: 'migrate that disk, too, in the same change' };
}

function isSingle(cluster: Cluster, namespace: string, claim: string): boolean {
  const modes = cluster.end.claim(namespace, claim)?.settled.accessModes ?? [];
  return modes.length > 0 && modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
}

/** Why one of them is not. */
function whyNot(cluster: Cluster, before: Machine, after: Machine, { name, target }: Moved): Why | undefined {
  const devices = objectAt(before.guest, 'domain', 'devices') ?? {};
  const kind = kindOfDisk(devices, name);
  if (kind !== undefined) {
    return { reason: `${kind} is not migrated: ${RESTART}`, remedy: 'halt the machine, and copy it in another way' };
  }
  const driver = driverWithoutPopulators(cluster, after, target);
  if (driver === undefined) return undefined;
  return {
    reason: `CDI fills the DataVolume without populators, as the provisioner ${driver} has no CSIDriver object, and KubeVirt does not migrate to it before it is done: ${RESTART}`,
    remedy: 'make the DataVolume in an earlier step, or a PersistentVolumeClaim instead of it',
  };
}

function kindOfDisk(devices: Json, name: string): string | undefined {
  if (objectsAt(devices, 'filesystems').some((one) => textAt(one, 'name') === name))
    return 'a file system that virtiofs shares';
  const disk = objectsAt(devices, 'disks').find((one) => textAt(one, 'name') === name);
  if (disk?.shareable === true) return 'a shareable disk';
  return objectAt(disk, 'lun') === undefined ? undefined : 'a LUN';
}

/** The provisioner of a DataVolume that is made in the same step, where the facts say that it has no CSIDriver. */
function driverWithoutPopulators(cluster: Cluster, after: Machine, name: string): string | undefined {
  const { facts } = cluster.end.storage;
  const { namespace } = after;
  const made = cluster.object('DataVolume', namespace, name);
  const claim = cluster.end.claims.get(placeKey(namespace, name))?.value;
  if (made === undefined || claim === undefined || facts.csiDrivers === undefined) return undefined;
  // One of an earlier step may be done by then.
  if (stepOf(made).name !== stepOf(after.from).name) return undefined;
  const provisioner = facts.storageClasses.find((one) => one.name === claim.settled.storageClassName)?.provisioner;
  return provisioner !== undefined && !facts.csiDrivers.includes(provisioner) ? provisioner : undefined;
}
