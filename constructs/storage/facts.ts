import { Size } from 'cdk8s';
import { AccessMode, VolumeBindingMode, VolumeMode } from './claim-modes';

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

/** Access modes and a volume mode that go together; `spec.storage` that names neither gets those of the first set. */
export interface ClaimPropertySet {
  /** Access modes. */
  readonly accessModes: AccessMode[];

  /** Volume mode. */
  readonly volumeMode: VolumeMode;
}

/** What a StorageProfile sets for its class: a `StorageProfile`, or an object of one's own. */
export interface IStorageProfile {
  /** Name of the storage class, which the StorageProfile has too. */
  readonly storageClassName: string;

  /**
   * How disks of the class are cloned.
   *
   * @default - CDI's own, by the driver
   */
  readonly cloneStrategy?: CloneStrategy;

  /**
   * What claims of the class can be, the best first.
   *
   * @default - CDI's own, by the driver
   */
  readonly claimPropertySets?: ClaimPropertySet[];

  /**
   * VolumeSnapshotClass for clones by snapshot.
   *
   * @default - the driver's default class
   */
  readonly snapshotClassName?: string;
}

/** What is known of the StorageProfile of a storage class. */
export interface StorageProfileFacts {
  /**
   * `status.cloneStrategy` of the StorageProfile of that name.
   *
   * @default - CDI asks for a snapshot
   */
  readonly cloneStrategy?: CloneStrategy;

  /**
   * `status.snapshotClass` of the StorageProfile of that name. Where the profiles of source and clone name the same,
   * CDI takes no other.
   *
   * @default - the driver's default class, else its first by name
   */
  readonly snapshotClassName?: string;

  /**
   * `status.claimPropertySets` of the StorageProfile of that name: what a claim by `spec.storage` gets
   * that leaves its modes out. An empty list: CDI has no default for them.
   *
   * @default - not known
   */
  readonly claimPropertySets?: ClaimPropertySet[];

  /**
   * Whether a DataImportCron keeps its imports as VolumeSnapshots: `status.dataImportCronSourceFormat` of the StorageProfile
   * is `snapshot`.
   *
   * @default - not known
   */
  readonly keepsImportsAsSnapshots?: boolean;

  /**
   * The smallest claim of the class: annotation `cdi.kubevirt.io/minimumSupportedPvcSize` of the
   * StorageProfile. CDI raises a claim by `spec.storage` to it.
   *
   * @default - none
   */
  readonly minimumClaimSize?: Size;
}

/** What is known of one StorageClass, its StorageProfile, and the storage behind it. */
export interface StorageClassFacts extends StorageProfileFacts {
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
   * Whether claims that name no class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Whether the disks of VMs (content type kubevirt) that name no class get this one:
   * annotation `storageclass.kubevirt.io/is-default-virt-class`.
   *
   * @default false
   */
  readonly isVirtDefault?: boolean;

  /**
   * When it was made: `metadata.creationTimestamp`. Of several default classes the newest counts.
   *
   * @default - not known
   */
  readonly created?: string;

  /**
   * When a claim's volume is made.
   *
   * @default VolumeBindingMode.IMMEDIATE
   */
  readonly volumeBindingMode?: VolumeBindingMode;

  /**
   * Parameters, as the driver knows them.
   *
   * @default - not known
   */
  readonly parameters?: { readonly [name: string]: string };
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
   * Release of CDI, such as `v1.66.0`: some sizes of clones differ from one to another.
   *
   * @default - 'v1.63.1'
   */
  readonly release?: string;

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
   * @default - all classes have the same
   */
  readonly filesystemOverheadOf?: { readonly [storageClassName: string]: number };

  /**
   * Storage class of the scratch space that imports and uploads convert images in.
   *
   * @default - the cluster's default class, else that of the disk
   */
  readonly scratchSpaceStorageClassName?: string;
}

/** What is known of one PersistentVolume. */
export interface PersistentVolumeFacts {
  /** Name of the PersistentVolume. */
  readonly name: string;

  /**
   * Storage class that it is of.
   *
   * @default - none
   */
  readonly storageClassName?: string;

  /**
   * Access modes.
   *
   * @default - not known
   */
  readonly accessModes?: AccessMode[];

  /**
   * Volume mode.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;

  /**
   * Size in bytes.
   *
   * @default - not known
   */
  readonly bytes?: number;

  /**
   * The claim that it is bound to or kept for, as `namespace/name`.
   *
   * @default - it is free
   */
  readonly claim?: string;
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

  /**
   * Names of the CSIDriver objects. CDI copies every byte into a class whose provisioner is not in the list.
   *
   * @default - not known: every provisioner is taken to have one
   */
  readonly csiDrivers?: string[];

  /**
   * The PersistentVolumes: what claims of a class take that provisions nothing.
   *
   * @default - not known
   */
  readonly persistentVolumes?: PersistentVolumeFacts[];
}
