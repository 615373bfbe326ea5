/** A data disk as the guest sees it: its device, and where its file system is mounted. */
export interface Mounted {
  readonly device: string;
  readonly mountPoint: string;
}

/** The line of fstab names the file system, not the device: devices change their names with the order of the disks. */
const UUID = (device: string): string => `$(blkid ${device} | sed -n 's/.* UUID="\\([^"]*\\)".*/\\1/p')`;

/** One partition with a file system, mounted now and at each boot. */
export function format({ device, mountPoint }: Mounted): string[] {
  return [
    `parted -s ${device} mklabel gpt mkpart data ext4 1MiB 100%`,
    `partprobe ${device}`,
    `mkfs.ext4 -q ${device}1`,
    `echo "UUID=${UUID(`${device}1`)} ${mountPoint} ext4 defaults 0 2" >> /etc/fstab`,
    `mkdir -p ${mountPoint} && mount ${mountPoint}`,
  ];
}

/** Partition first, then the file system. */
export function growFileSystem({ device, mountPoint }: Mounted): string[] {
  return [
    `umount ${mountPoint}`,
    `parted -s -f ${device} resizepart 1 100%`,
    `partprobe ${device}`,
    `e2fsck -f -y ${device}1`,
    `resize2fs ${device}1`,
    `mount ${mountPoint}`,
    `df -h ${mountPoint}`,
  ];
}

/** Takes the disk out of what the next boot mounts. */
export function dropFromFstab({ mountPoint }: Mounted): string {
  return `sed -i '\\#${mountPoint}#d' /etc/fstab`;
}

/** Writes a file that shows later that the disk is the same. */
export function writeProof({ mountPoint }: Mounted): string {
  return `echo kept > ${mountPoint}/proof && sync`;
}

/** Reads that file. */
export function proofOf({ mountPoint }: Mounted): string {
  return `cat ${mountPoint}/proof`;
}
