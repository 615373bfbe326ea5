import { checkListOf, checkName } from '../shared/checks';
import { Faults } from '../shared/refusal';

/**
 * Who may mount a claim at once. Only `ReadWriteMany` lets a VM live-migrate.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
 */
export enum AccessMode {
  /** Read and write, by the pods of one node. */
  READ_WRITE_ONCE = 'ReadWriteOnce',
  /** Read only, by many nodes. */
  READ_ONLY_MANY = 'ReadOnlyMany',
  /** Read and write, by many nodes: what a live migration needs of every disk. */
  READ_WRITE_MANY = 'ReadWriteMany',
  /** Read and write, by one pod of the whole cluster. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
}

/**
 * How a claim presents its bytes.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-mode
 */
export enum VolumeMode {
  /** A raw device: the VM's disk is the volume itself. */
  BLOCK = 'Block',
  /** A file system: the VM's disk is the file `disk.img` in it, and a part of the size is lost to it. */
  FILESYSTEM = 'Filesystem',
}

/**
 * Which of its two ways a DataVolume asks for its claim.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/datavolumes.md#target-storagepvc
 */
export enum ClaimApi {
  /** `spec.pvc`: the claim is exactly as written. */
  PVC = 'pvc',
  /**
   * `spec.storage`: what is left out comes from the StorageProfile of the class, and a file
   * system's overhead is added to the size.
   */
  STORAGE = 'storage',
}

/**
 * What the bytes of a DataVolume are.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/datavolumes.md#content-type
 */
export enum ContentType {
  /** The image of one disk. */
  KUBEVIRT = 'kubevirt',
  /** A tar archive, unpacked into a file system. */
  ARCHIVE = 'archive',
}

/**
 * When a claim's volume is made.
 *
 * @see https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode
 */
export enum VolumeBindingMode {
  /** At once. */
  IMMEDIATE = 'Immediate',
  /** When a pod uses it, where that pod runs. */
  WAIT_FOR_FIRST_CONSUMER = 'WaitForFirstConsumer',
}

const ALONE = AccessMode.READ_WRITE_ONCE_POD;

/**
 * Notes a value that is not a list of access modes, and modes that Kubernetes does not accept together
 * (kubernetes: pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaimSpec).
 */
export function checkAccessModes(faults: Faults, property: string, modes: unknown): void {
  const before = faults.count;
  checkListOf(faults, property, modes, AccessMode);
  if (faults.count > before || !Array.isArray(modes)) return;
  if (modes.length > 1 && modes.includes(ALONE)) faults.add(property, `hold '${ALONE}' alone`, modes);
}

/** Notes what is no name of a storage class. Empty text is: it asks for a volume that has no class. */
export function checkClassName(faults: Faults, name: unknown): void {
  if (name !== undefined && name !== '') checkName(faults, 'storageClassName', name);
}
