import { Cluster } from '../cluster/cluster';
import { guestField, isStarted, Machine, machineOf } from '../cluster/machine';
import { asksForMigration, MovedVolume, movedVolumes } from '../cluster/moved-volumes';
import { stepOf } from '../cluster/step';
import { diskObstacle, machineObstacle, populatorObstacle, VolumeObstacle } from '../cluster/volume-migration';
import { Severity } from '../finding';
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
        const { from } = machine;
        if (from.old === undefined || !asksForMigration(machine)) continue;
        const before = machineOf({ ...from, object: from.old });
        const moved = before === undefined ? [] : movedVolumes(before, machine);
        if (before === undefined || moved.length === 0) continue;
        const whole = whyNone(cluster, before, machine);
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

const RESTART =
  'the machine goes on with the old disk, and asks for a restart, after which the new one is there without the data';

/** Why none of the volumes is migrated. */
function whyNone(cluster: Cluster, before: Machine, machine: Machine): VolumeObstacle | undefined {
  if (!isStarted(before) && !isStarted(machine)) {
    const reason = 'the machine does not run: its volume is replaced, and nothing is copied to the new claim';
    return { reason, remedy: 'start it first, or clone the old claim into the new one by a DataVolume' };
  }
  return withRestart(machineObstacle({ before: before.guest, after: machine.guest, machine }, cluster.end));
}

/** Why one of them is not. */
function whyNot(
  cluster: Cluster,
  before: Machine,
  after: Machine,
  { name, target }: MovedVolume,
): VolumeObstacle | undefined {
  const { namespace, from } = after;
  const made = cluster.object('DataVolume', namespace, target);
  // One of an earlier step may be done by then.
  const isNew = made !== undefined && stepOf(made).name === stepOf(from).name;
  return withRestart(
    diskObstacle(before.guest, name) ?? (isNew ? populatorObstacle(namespace, target, cluster.end) : undefined),
  );
}

function withRestart(obstacle: VolumeObstacle | undefined): VolumeObstacle | undefined {
  return obstacle && { ...obstacle, reason: `${obstacle.reason}: ${RESTART}` };
}
