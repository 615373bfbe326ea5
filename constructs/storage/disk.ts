import { Size } from 'cdk8s';
import { checkBoolean, checkLabel, checkName, checkOneOf, isObject, requireObject } from '../shared/checks';
import { inCluster } from '../shared/external';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { checkSize, fromBytes } from '../shared/quantity';
import { addKind, Faults } from '../shared/refusal';
import { AccessMode, checkAccessModes, ClaimApi, VolumeMode } from './claim-modes';
import { diskRemedy } from './disk-remedy';

/**
 * What a VM can have on a bus: a disk (`IDisk`), or a volume without a claim, such as a `ContainerDisk`. What is left out is
 * not known from the manifests (the StorageProfile or the cluster decides it).
 */
export interface IVolume {
  /**
   * Name of the PersistentVolumeClaim.
   *
   * @default - the volume has no claim
   */
  readonly claimName?: string;

  /**
   * Namespace of the claim.
   *
   * @default - that of the VM or clone that uses it
   */
  readonly namespace?: string;

  /**
   * Size that is asked for.
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

  /**
   * How the claim is asked for. By `ClaimApi.STORAGE` the claim of a file system is larger than `size`, by the overhead.
   *
   * @default ClaimApi.PVC: the claim is as it stands here
   */
  readonly claimApi?: ClaimApi;
}

/** A disk: in KubeVirt a PersistentVolumeClaim, however it came to exist. */
export interface IDisk extends IVolume {
  /** Name of the PersistentVolumeClaim. A DataVolume's claim has the DataVolume's name. */
  readonly claimName: string;

  /**
   * Whether it is a PersistentVolumeClaim that CDI neither made nor filled. A clone that names no size takes the capacity of such
   * a claim; of others that hold the image of a disk in a file system it takes the size of the image.
   *
   * @default false
   */
  readonly isPlain?: boolean;
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

  /**
   * Whether CDI neither made nor filled the claim. It decides how large a clone is that names no size.
   *
   * @default false
   */
  readonly isPlain?: boolean;
}

const FACTS: KnownKeys<DiskFacts> = {
  namespace: true,
  size: true,
  accessModes: true,
  volumeMode: true,
  storageClassName: true,
  isPlain: true,
};

/**
 * Disks that are in the cluster already.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#persistentvolumeclaim
 */
export class Disk {
  /**
   * A disk by the name of its PersistentVolumeClaim. A DataVolume's claim has the DataVolume's name.
   *
   * @throws if the name is not a DNS name, or Kubernetes does not accept a fact.
   */
  public static fromClaimName(claimName: string, facts: DiskFacts = {}): IDisk {
    const faults = new Faults('Disk.fromClaimName');
    checkName(faults, 'claimName', claimName);
    requireObject(faults, 'facts', facts, 'namespace');
    checkKeys(faults, 'facts', facts, FACTS);
    checkFacts(faults, '', facts);
    faults.refuse();
    const { namespace } = facts;
    return inCluster({ ...facts, claimName }, { kind: 'PersistentVolumeClaim', name: claimName, namespace });
  }

  private constructor() {}
}

/** What is known of a claim, whoever wrote it. */
export interface KnownClaim {
  readonly storageClassName?: string;
  readonly accessModes?: readonly AccessMode[];
  readonly volumeMode?: VolumeMode;
}

/** A claim of so many bytes as the disk of a clone. Its name and namespace are left out: they do not matter for the clone. */
export function diskOfClaim({ storageClassName, accessModes, volumeMode }: KnownClaim, bytes?: number): IDisk {
  return {
    claimName: '',
    size: bytes === undefined ? undefined : fromBytes(bytes),
    storageClassName,
    volumeMode,
    accessModes: accessModes && [...accessModes],
  };
}

/** Notes a value that is not a disk, such as its name, and an object of one's own that is wrong. */
export function checkDisk(faults: Faults, property: string, disk: unknown): void {
  if (isObject(disk) && disk.claimName !== undefined) {
    checkName(faults, `${property}.claimName`, disk.claimName);
    checkFacts(faults, `${property}.`, disk);
    checkOneOf(faults, `${property}.claimApi`, disk.claimApi, ClaimApi);
    return;
  }
  addKind(faults, property, 'be a disk', disk, diskRemedy(disk));
}

/** Notes a disk of another namespace than that of the object that uses it, which `user` names. */
export function checkDiskNamespace(faults: Faults, disk: IDisk | undefined, namespace: unknown, user: string): void {
  if (typeof disk?.namespace !== 'string' || disk.namespace === namespace) return;
  if (namespace !== undefined && typeof namespace !== 'string') return;
  const must = `be in the ${user}'s namespace${namespace === undefined ? ', which is not set' : ` '${namespace}'`}`;
  const found = [disk.namespace, disk.claimName].map((name) => (typeof name === 'string' ? name : '')).join('/');
  faults.add('disk', must, found, "set 'namespace' here or on the chart");
}

function checkFacts(faults: Faults, at: string, facts: { readonly [K in keyof DiskFacts]: unknown }): void {
  if (facts.namespace !== undefined) checkLabel(faults, `${at}namespace`, facts.namespace);
  checkSize(faults, `${at}size`, facts.size);
  checkAccessModes(faults, `${at}accessModes`, facts.accessModes);
  checkOneOf(faults, `${at}volumeMode`, facts.volumeMode, VolumeMode);
  if (facts.storageClassName !== undefined && facts.storageClassName !== '') {
    checkName(faults, `${at}storageClassName`, facts.storageClassName);
  }
  checkBoolean(faults, `${at}isPlain`, facts.isPlain);
}
