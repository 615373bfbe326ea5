import type { ReviewOptions } from '../engine';

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
   * Objects of the cluster's storage (StorageClasses, PersistentVolumes, VolumeSnapshotClasses), as `kubectl get` gives them.
   *
   * @default - those among the manifests
   */
  readonly storage?: Iterable<unknown>;
}
