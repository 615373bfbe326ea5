import { Size } from 'cdk8s';
import { checkLabel, checkListOf, checkName, checkOneOf } from '../shared/checks';
import { checkSize } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { AccessMode, VolumeMode } from './claim-modes';

/**
 * A disk: in KubeVirt a PersistentVolumeClaim, however it came to exist. What is left out is not
 * known from the manifests (the StorageProfile or the cluster decides it).
 */
export interface IDisk {
  /** Name of the PersistentVolumeClaim. A DataVolume's claim has the DataVolume's name. */
  readonly claimName: string;

  /** Namespace of the claim. */
  readonly namespace?: string;

  /** Size that is asked for. */
  readonly size?: Size;

  /** Access modes of the claim. */
  readonly accessModes?: AccessMode[];

  /** Volume mode of the claim. */
  readonly volumeMode?: VolumeMode;

  /** Storage class of the claim. */
  readonly storageClassName?: string;
}

/** What is known of a disk that lives outside the app. */
export interface DiskFacts {
  /**
   * Namespace of the claim.
   *
   * @default - that of the VM or clone that uses it
   */
  readonly namespace?: string;

  /**
   * Size of the claim. A clone takes it over, and is refused if it is smaller.
   *
   * @default - not known
   */
  readonly size?: Size;

  /**
   * Access modes of the claim.
   *
   * @default - not known
   */
  readonly accessModes?: AccessMode[];

  /**
   * Volume mode of the claim.
   *
   * @default - not known
   */
  readonly volumeMode?: VolumeMode;

  /**
   * Storage class of the claim.
   *
   * @default - not known
   */
  readonly storageClassName?: string;
}

/**
 * Disks that are in the cluster already.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#persistentvolumeclaim
 */
export class Disk {
  /** A disk by the name of its PersistentVolumeClaim. A DataVolume's claim has the DataVolume's name. */
  public static fromClaimName(claimName: string, facts: DiskFacts = {}): IDisk {
    const faults = new Faults('Disk.fromClaimName');
    checkName(faults, 'claimName', claimName);
    if (facts.namespace !== undefined) checkLabel(faults, 'namespace', facts.namespace);
    checkSize(faults, 'size', facts.size);
    checkListOf(faults, 'accessModes', facts.accessModes, AccessMode);
    checkOneOf(faults, 'volumeMode', facts.volumeMode, VolumeMode);
    if (facts.storageClassName !== undefined) checkName(faults, 'storageClassName', facts.storageClassName);
    faults.refuse();
    return { ...facts, claimName };
  }

  private constructor() {}
}
