import { Duration } from 'cdk8s';
import { aDuration, listOf, oneOf, PropChecks, wholeNumber } from '../shared/prop-checks';

/** How a running VM comes to the programs of a new release of KubeVirt. */
export enum WorkloadUpdateMethod {
  /** It is migrated, where it can be. */
  LIVE_MIGRATE = 'LiveMigrate',
  /** It is shut down, and started again as its run strategy says. */
  EVICT = 'Evict',
}

/**
 * How running VMs come to the programs of a new release of KubeVirt.
 *
 * @see https://kubevirt.io/user-guide/cluster_admin/updating_and_deletion/
 */
export interface WorkloadUpdates {
  /**
   * How; where both are given, what cannot be migrated is evicted.
   *
   * @default - KubeVirt's own: not at all; they go on with the old programs
   */
  readonly methods?: WorkloadUpdateMethod[];

  /**
   * How many VMs are evicted at once.
   *
   * @default - KubeVirt's own: 10
   */
  readonly batchEvictionSize?: number;

  /**
   * How long after one batch the next is evicted, in whole seconds.
   *
   * @default - KubeVirt's own: a minute
   */
  readonly batchEvictionInterval?: Duration;
}

/** What `WorkloadUpdates` must be. */
export const WORKLOAD_UPDATES: PropChecks<WorkloadUpdates> = {
  methods: listOf(oneOf(WorkloadUpdateMethod)),
  batchEvictionSize: wholeNumber(0),
  batchEvictionInterval: aDuration(),
};

/** The `workloadUpdateStrategy` of a KubeVirt object. */
export function renderWorkloadUpdates({ methods, batchEvictionSize, batchEvictionInterval }: WorkloadUpdates): {
  workloadUpdateMethods?: string[];
  batchEvictionSize?: number;
  batchEvictionInterval?: string;
} {
  return {
    workloadUpdateMethods: methods && [...methods],
    batchEvictionSize,
    batchEvictionInterval: batchEvictionInterval && `${batchEvictionInterval.toSeconds()}s`,
  };
}
