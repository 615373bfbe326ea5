/**
 * When the VM runs.
 *
 * @see https://kubevirt.io/user-guide/compute/run_strategies/
 */
export enum RunStrategy {
  /** It runs, and is started again whatever stopped it. */
  ALWAYS = 'Always',
  /** It is stopped. */
  HALTED = 'Halted',
  /** `virtctl start` and `virtctl stop` decide. */
  MANUAL = 'Manual',
  /** It is started again when it failed, not when the guest shut it down. */
  RERUN_ON_FAILURE = 'RerunOnFailure',
  /** It runs once. */
  ONCE = 'Once',
  /** It waits for a VM of another cluster that is migrated to it; it needs the feature gate `DecentralizedLiveMigration`. */
  WAIT_AS_RECEIVER = 'WaitAsReceiver',
}

/** In which state the VM starts. */
export enum StartStrategy {
  /** It is paused, until `virtctl unpause`. */
  PAUSED = 'Paused',
}

/** What happens when the guest restarts itself. */
export enum RebootPolicy {
  /** It restarts as it is. */
  REBOOT = 'Reboot',
  /** The VM is stopped, and started again as its manifest is by then where its run strategy says so. */
  TERMINATE = 'Terminate',
}

/**
 * What happens to the VM when its node is drained.
 *
 * @see https://kubevirt.io/user-guide/cluster_admin/node_maintenance/#evacuate-vmis-via-live-migration-from-a-node
 */
export enum EvictionStrategy {
  /** It is stopped. */
  NONE = 'None',
  /** It is migrated; one that cannot be blocks the drain. */
  LIVE_MIGRATE = 'LiveMigrate',
  /** It is migrated if it can be, else stopped. */
  LIVE_MIGRATE_IF_POSSIBLE = 'LiveMigrateIfPossible',
  /** A controller of the cluster's own handles it. */
  EXTERNAL = 'External',
}

/**
 * What happens when a volume of the running VM is exchanged for another.
 *
 * @see https://kubevirt.io/user-guide/storage/volume_migration/
 */
export enum UpdateVolumesStrategy {
  /** The VM needs a restart. */
  REPLACEMENT = 'Replacement',
  /** The data is copied by a live migration. */
  MIGRATION = 'Migration',
}
