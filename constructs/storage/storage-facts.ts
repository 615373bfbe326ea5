import { VolumeMode } from './claim-modes';

/**
 * How CDI is asked to clone into a storage class.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/clone-datavolume.md
 */
export enum CloneStrategy {
  /** Two pods move every byte. */
  COPY = 'copy',
  /** A temporary VolumeSnapshot of the source is restored. */
  SNAPSHOT = 'snapshot',
  /** The CSI driver clones the volume. */
  CSI_CLONE = 'csi-clone',
}

/** What is known of one StorageClass, its StorageProfile, and the storage behind it. */
export interface StorageClassFacts {
  /** Name of the StorageClass. */
  readonly name: string;

  /** CSI driver. */
  readonly provisioner: string;

  /**
   * The storage pool or system behind the class, in any words; a driver that clones or restores
   * does so within one.
   *
   * @default - not known: taken to be one with every class of the same provisioner
   */
  readonly backend?: string;

  /**
   * Volume modes that the storage can serve.
   *
   * @default - both
   */
  readonly volumeModes?: VolumeMode[];

  /**
   * Whether a claim can grow (`allowVolumeExpansion`).
   *
   * @default false
   */
  readonly allowVolumeExpansion?: boolean;

  /**
   * `status.cloneStrategy` of the StorageProfile of that name.
   *
   * @default - none: CDI asks for a snapshot
   */
  readonly cloneStrategy?: CloneStrategy;

  /**
   * `snapshotClass` of the StorageProfile of that name.
   *
   * @default - the driver's default class, else its first by name
   */
  readonly snapshotClassName?: string;
}

/** What is known of one VolumeSnapshotClass. */
export interface SnapshotClassFacts {
  /** Name of the VolumeSnapshotClass. */
  readonly name: string;

  /** CSI driver. */
  readonly driver: string;

  /**
   * Whether it is annotated as the default class of its driver.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}

/** The settings of CDI that decide what a clone does. */
export interface CdiFacts {
  /**
   * `spec.cloneStrategyOverride` of the CDI object: it wins over every StorageProfile.
   *
   * @default - none
   */
  readonly cloneStrategyOverride?: CloneStrategy;

  /**
   * The part of a Filesystem claim that its file system takes, as a fraction.
   *
   * @default 0.06
   */
  readonly filesystemOverhead?: number;

  /**
   * The same for single storage classes, by name.
   *
   * @default - none differs
   */
  readonly filesystemOverheadOf?: { readonly [storageClassName: string]: number };
}

/** What a catalog holds. */
export interface StorageFacts {
  /** The storage classes. */
  readonly storageClasses: StorageClassFacts[];

  /**
   * The VolumeSnapshotClasses.
   *
   * @default - none
   */
  readonly snapshotClasses?: SnapshotClassFacts[];

  /**
   * The settings of CDI.
   *
   * @default - CDI's own
   */
  readonly cdi?: CdiFacts;
}
