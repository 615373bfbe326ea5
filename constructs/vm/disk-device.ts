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

/** As what the guest sees a disk. */
export interface DiskDeviceOptions {
  /**
   * Bus: a CD-ROM is on `SATA`, `SCSI` or `USB`, a hotpluggable disk on `SCSI` or `VIRTIO`, a LUN on `SCSI`, or `VIRTIO`
   * where it is not plugged.
   *
   * @default - DiskBus.VIRTIO; of a hotpluggable disk and a LUN DiskBus.SCSI, of a CD-ROM DiskBus.SATA, or DiskBus.SCSI where the
   * guest is not of amd64; of a VM with a `preference` that of the preference, where the disk is not hotpluggable
   */
  readonly bus?: DiskBus;

  /**
   * Whether the manifest names no bus: a preference chooses it, else KubeVirt (SATA on amd64, virtio elsewhere).
   *
   * @default - true with a preference, for disks that are not plugged into the running VM
   */
  readonly busLeftOpen?: boolean;

  /**
   * What the guest sees.
   *
   * @default - DiskDevice.DISK; of an answer file for Windows (`Sysprep`) DiskDevice.CDROM
   */
  readonly device?: DiskDevice;

  /**
   * The tray of a CD-ROM drive at the start.
   *
   * @default - KubeVirt's own: CdromTray.CLOSED
   */
  readonly tray?: CdromTray;

  /**
   * Whether a LUN takes SCSI persistent reservations, by which guests of a cluster agree on who writes; it needs the feature gate
   * `PersistentReservation`.
   *
   * @default false
   */
  readonly reservation?: boolean;
}
