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
