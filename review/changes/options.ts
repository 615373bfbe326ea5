import { alternatives } from '../admission/shared/wording';
import type { ReviewOptions } from '../engine';
import { RolloutStrategy } from './context';

/** What a comparison may be told, beside what a review may. */
export interface DiffOptions extends ReviewOptions {
  /**
   * Whether an object that the new manifests do not hold is deleted from the cluster, as by `kubectl apply --prune`.
   *
   * @default - only where its root is an Application of Argo CD or a Kustomization of Flux that prunes
   */
  readonly prune?: boolean;

  /**
   * Whether the machines run.
   *
   * @default - as their status or their run strategy says; Manual and Once: they do
   */
  readonly running?: boolean;

  /**
   * Whether running machines can be live-migrated, which plugging memory asks for.
   *
   * @default - assumed, and said to be
   */
  readonly migratable?: boolean;

  /**
   * Whether claims are bound.
   *
   * @default - as their status says, else assumed, and said to be
   */
  readonly bound?: boolean;

  /**
   * `vmRolloutStrategy` of the KubeVirt object.
   *
   * @default - that of the KubeVirt object, else LiveUpdate
   */
  readonly rolloutStrategy?: RolloutStrategy;

  /**
   * Objects of the cluster's storage (StorageClasses, PersistentVolumes, VolumeSnapshotClasses), as `kubectl get` gives them.
   *
   * @default - those among the manifests
   */
  readonly storage?: Iterable<unknown>;
}

/** @throws if an option has a value that there is not. */
export function checked(options: DiffOptions): DiffOptions {
  const strategies: readonly string[] = Object.values(RolloutStrategy);
  const { rolloutStrategy } = options;
  if (rolloutStrategy === undefined || strategies.includes(rolloutStrategy)) return options;
  const got = JSON.stringify(rolloutStrategy);
  throw new Error(`[diff] 'rolloutStrategy' must be ${alternatives(strategies)}, got ${got}`);
}
