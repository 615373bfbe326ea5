import { Duration } from 'cdk8s';
import type { KubeVirtSpecConfigurationMigrations } from '../../imports/kubevirt.io';
import { generated } from '../generated';
import { aBoolean, aDuration, aNamespacedName, aText, PropChecks, wholeNumber } from '../shared/prop-checks';
import { MIGRATION_SETTINGS, MigrationSettings, renderMigrationSettings } from '../vm/migration-settings';

/** How the VMs of a cluster are migrated, and how many at once; a MigrationPolicy says otherwise for some of them. */
export interface ClusterMigrations extends MigrationSettings {
  /**
   * How many VMs of the cluster migrate at once.
   *
   * @default - KubeVirt's own: 5
   */
  readonly parallelMigrationsPerCluster?: number;

  /**
   * How many VMs leave a node at once.
   *
   * @default - KubeVirt's own: 2
   */
  readonly parallelOutboundMigrationsPerNode?: number;

  /**
   * How long a migration may send nothing before it is given up, in whole seconds.
   *
   * @default - KubeVirt's own: 150 seconds
   */
  readonly progressTimeout?: Duration;

  /**
   * How long a migration waits for volumes of backups and dumps to be taken away, in whole seconds.
   *
   * @default - KubeVirt's own: 150 seconds
   */
  readonly utilityVolumesTimeout?: Duration;

  /**
   * The NetworkAttachmentDefinition over which memory is sent: `NAME` of KubeVirt's namespace, or `NAMESPACE/NAME`.
   *
   * @default - the pod network
   */
  readonly network?: string;

  /**
   * Key of the taint by which a node says that it is to be drained.
   *
   * @default - KubeVirt's own: kubevirt.io/drain
   */
  readonly nodeDrainTaintKey?: string;

  /**
   * Whether a VM is migrated that KubeVirt holds unsafe to migrate.
   *
   * @default false
   */
  readonly unsafeMigrationOverride?: boolean;

  /**
   * Whether what is sent is not encrypted.
   *
   * @default false
   */
  readonly disableTls?: boolean;

  /**
   * Whether the pod of the target has the SELinux level of the source; volumes that many nodes write need it as a rule.
   *
   * @default - KubeVirt's own: true
   */
  readonly matchSELinuxLevelOnMigration?: boolean;
}

/** Go's uint32, as the types of KubeVirt's API have it. */
const MOST = 2 ** 32 - 1;

/** What `ClusterMigrations` must be. */
export const CLUSTER_MIGRATIONS: PropChecks<ClusterMigrations> = {
  ...MIGRATION_SETTINGS,
  parallelMigrationsPerCluster: wholeNumber(1, MOST),
  parallelOutboundMigrationsPerNode: wholeNumber(1, MOST),
  progressTimeout: aDuration(),
  utilityVolumesTimeout: aDuration(),
  network: aNamespacedName,
  nodeDrainTaintKey: aText,
  unsafeMigrationOverride: aBoolean,
  disableTls: aBoolean,
  matchSELinuxLevelOnMigration: aBoolean,
};

/** The `migrations` of a KubeVirt object. */
export function renderClusterMigrations(migrations: ClusterMigrations): KubeVirtSpecConfigurationMigrations {
  const { KubeVirtSpecConfigurationMigrationsBandwidthPerMigration: Bandwidth } = generated.kubevirt;
  return {
    ...renderMigrationSettings(migrations, Bandwidth),
    parallelMigrationsPerCluster: migrations.parallelMigrationsPerCluster,
    parallelOutboundMigrationsPerNode: migrations.parallelOutboundMigrationsPerNode,
    progressTimeout: migrations.progressTimeout?.toSeconds(),
    utilityVolumesTimeout: migrations.utilityVolumesTimeout?.toSeconds(),
    network: migrations.network,
    nodeDrainTaintKey: migrations.nodeDrainTaintKey,
    unsafeMigrationOverride: migrations.unsafeMigrationOverride,
    disableTls: migrations.disableTls,
    matchSeLinuxLevelOnMigration: migrations.matchSELinuxLevelOnMigration,
  };
}
