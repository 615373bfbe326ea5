import { Duration, Size } from 'cdk8s';
import { isObject } from '../shared/checks';
import { aBoolean, aDuration, aSize, PropCheck, PropChecks } from '../shared/prop-checks';
import { quantity } from '../shared/quantity';
import { addKind } from '../shared/refusal';

/**
 * How VMs are migrated: those of a cluster by its KubeVirt object, some of them by a MigrationPolicy.
 *
 * @see https://kubevirt.io/user-guide/compute/live_migration/
 */
export interface MigrationSettings {
  /**
   * Whether processors of the guest are slowed down where its memory changes faster than it is sent.
   *
   * @default - of a policy that of the KubeVirt object; of that KubeVirt's own: false
   */
  readonly allowAutoConverge?: boolean;

  /**
   * Whether the guest runs on at its target before all its memory is there; a failure then loses the VM.
   *
   * @default - of a policy that of the KubeVirt object; of that KubeVirt's own: false
   */
  readonly allowPostCopy?: boolean;

  /**
   * Whether the guest may be paused where the migration does not end otherwise.
   *
   * @default - as `allowPostCopy` of the same object; of a policy without it that of the KubeVirt object
   */
  readonly allowWorkloadDisruption?: boolean;

  /**
   * The most bytes that a migration sends a second.
   *
   * @default - of a policy that of the KubeVirt object; of that KubeVirt's own: any number
   */
  readonly bandwidthPerMigration?: Size;

  /**
   * How long a migration may take for each GiB of memory, in whole seconds; it is given up then, or the guest is paused.
   *
   * @default - of a policy that of the KubeVirt object; of that KubeVirt's own: 150 seconds
   */
  readonly completionTimeoutPerGiB?: Duration;

  /**
   * The longest time for which the guest stands still at the end, 1 millisecond to 2000 seconds; of KubeVirt v1.9 and newer, with
   * the feature gate `MigrationStallDetection`.
   *
   * @default - of a policy that of the KubeVirt object; of that KubeVirt's own: 900 milliseconds
   */
  readonly maxDowntime?: Duration;
}

/** The CRD's minimum and maximum. */
const aDowntime: PropCheck = (faults, property, value) => {
  const isDuration = isObject(value) && typeof value.toMilliseconds === 'function';
  if (!isDuration) addKind(faults, property, 'be a Duration of cdk8s', value, 'write for example Duration.millis(300)');
  else {
    const downtime = value as unknown as Duration;
    const milliseconds = downtime.toMilliseconds({ integral: false });
    if (!Number.isInteger(milliseconds) || milliseconds < 1 || milliseconds > 2_000_000) {
      faults.add(property, 'be 1 millisecond to 2000 seconds', downtime.toHumanString());
    }
  }
};

/** What `MigrationSettings` must be. */
export const MIGRATION_SETTINGS: PropChecks<MigrationSettings> = {
  allowAutoConverge: aBoolean,
  allowPostCopy: aBoolean,
  allowWorkloadDisruption: aBoolean,
  bandwidthPerMigration: aSize(),
  completionTimeoutPerGiB: aDuration(),
  maxDowntime: aDowntime,
};

/** The settings as both objects hold them; the generated class of the bandwidth is theirs. */
export function renderMigrationSettings<Q>(
  settings: MigrationSettings,
  bandwidthClass: { fromString(value: string): Q },
): RenderedMigrationSettings<Q> {
  const { bandwidthPerMigration: bandwidth } = settings;
  return {
    allowAutoConverge: settings.allowAutoConverge,
    allowPostCopy: settings.allowPostCopy,
    allowWorkloadDisruption: settings.allowWorkloadDisruption,
    bandwidthPerMigration: bandwidth && quantity(bandwidthClass, bandwidth),
    completionTimeoutPerGiB: settings.completionTimeoutPerGiB?.toSeconds(),
    maxDowntimeMs: settings.maxDowntime?.toMilliseconds(),
  };
}

interface RenderedMigrationSettings<Q> {
  readonly allowAutoConverge?: boolean;
  readonly allowPostCopy?: boolean;
  readonly allowWorkloadDisruption?: boolean;
  readonly bandwidthPerMigration?: Q;
  readonly completionTimeoutPerGiB?: number;
  readonly maxDowntimeMs?: number;
}
