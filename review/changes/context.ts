import type { Cluster } from '../cluster/cluster';
import { RolloutStrategy } from '../cluster/rollout-strategy';
import { ClusterConfig, Json } from '../rule';

/** The objects of one state. */
export interface StateObjects {
  /** An object by its kind and name; undefined if the state does not hold it. An empty namespace is that of the cluster. */
  find(kind: string, namespace: string, name: string): Json | undefined;
  /** All objects of a kind. */
  all(kind: string): readonly Json[];
}

/** What is known about the cluster, beside the two states. */
export interface ChangeContext {
  /** Release of KubeVirt: `v1.9.0`. */
  readonly kubevirt: string;
  /** Release of CDI: `v1.66.0`. */
  readonly cdi: string;
  /** Feature gates and `spec.configuration`, as they are after the change. */
  readonly config: ClusterConfig;
  readonly rollout: RolloutStrategy;
  /** Whether machines run that may or may not; undefined: as their run strategy says. */
  readonly running?: boolean;
  /** Whether running machines can be live-migrated; undefined: assumed, and said to be. */
  readonly migratable?: boolean;
  /** Whether claims are bound; undefined: assumed, and said to be. */
  readonly bound?: boolean;
  /** Whether an object is said not to exist: all is known, and neither state holds it. An empty namespace may be any. */
  readonly isMissing: (kind: string, name: string, namespace: string) => boolean;
  /** Whether it is taken to be missing, since the states hold others of its kind. */
  readonly isUnlisted: (kind: string, name: string, namespace: string) => boolean;
  readonly before: StateObjects;
  readonly after: StateObjects;
  /** What stands after the change, with what the old state alone holds: what a review of it knows is known here. */
  readonly cluster: () => Cluster;
}
