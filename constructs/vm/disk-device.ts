/**
 * Which bus the guest sees the disk on.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#disks
 */
export enum DiskBus {
  /** Paravirtual, the fastest: `/dev/vdX`. */
  VIRTIO = 'virtio',
  /** `/dev/sdX`; takes more disks than virtio. */
  SCSI = 'scsi',
  /** `/dev/sdX`, known to guests without drivers. */
  SATA = 'sata',
  /** A stick. */
  USB = 'usb',
}

/**
 * What the guest sees.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#disks
 */
export enum DiskDevice {
  /** A disk. */
  DISK = 'disk',
  /** A CD-ROM drive with the disk in it. */
  CDROM = 'cdrom',
  /** A SCSI device that the guest's commands reach; the claim is of volume mode `Block`. */
  LUN = 'lun',
  /**
   * No disk: a directory that the guest mounts by virtiofs, under the name of the attachment. It needs the feature gate
   * `EnableVirtioFsConfigVolumes` for a ConfigMap, a Secret or a ServiceAccount, `EnableVirtioFsStorageVolumes` for a claim.
   */
  FILESYSTEM = 'filesystem',
}

/** The tray of a CD-ROM drive. */
export enum CdromTray {
  /** It is open. */
  OPEN = 'open',
  /** It is closed. */
  CLOSED = 'closed',
}
