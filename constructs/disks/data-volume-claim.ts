import { Size } from 'cdk8s';
import { AccessMode, ClaimApi, VolumeMode } from '../storage/claim-modes';

/** The claim that a DataVolume makes. */
export interface DataVolumeClaim {
  /**
   * Size of the disk, at least 1Mi; of a clone at least that of its source.
   *
   * @default - of a clone, the size of its source, as far as it is known (`ClaimApi.STORAGE` asks
   * CDI for it, also for that of a DataSource); else a size must be given
   */
  readonly size?: Size;

  /**
   * Access modes; with `ClaimApi.PVC` exactly one.
   *
   * @default - of a clone those of its source, as far as they are known; else with `ClaimApi.STORAGE` those of the
   * StorageProfile; else `[AccessMode.READ_WRITE_MANY]`, which live migration needs
   */
  readonly accessModes?: AccessMode[];

  /**
   * Volume mode.
   *
   * @default - of a clone that of its source, as far as it is known; else with `ClaimApi.STORAGE` that of the
   * StorageProfile; else VolumeMode.BLOCK
   */
  readonly volumeMode?: VolumeMode;

  /**
   * Storage class; `''` asks for a volume that has none.
   *
   * @default - of a clone that of its source, as far as it is known; else the cluster's default class; with
   * `ClaimApi.STORAGE` its default class for VM disks, if it has one
   */
  readonly storageClassName?: string;

  /**
   * Whether the claim is written exactly (`spec.pvc`) or left to the StorageProfile (`spec.storage`). A clone by
   * `ClaimApi.STORAGE` of a source by `ClaimApi.PVC` leaves its modes to the StorageProfile.
   *
   * @default - of a clone as its source was, as far as that is known; else ClaimApi.PVC
   */
  readonly claimApi?: ClaimApi;
}
