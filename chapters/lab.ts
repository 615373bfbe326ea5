import { Size } from 'cdk8s';
import { DataVolumeSource, IRegistryCredentials, StorageCatalog, VolumeMode } from 'cdk8s-kubevirt';

/** The CSI driver of the lab: NetApp Trident. */
const TRIDENT = 'csi.trident.netapp.io';

/** A disk image, and the folder that it is downloaded from. */
export interface Image {
  readonly file: string;
  readonly from: string;
}

/** The lab's storage classes, by what they are for. */
const storageClass = {
  /** iSCSI: the class of VM disks. */
  block: 'storage-class-iscsi',
  /** iSCSI on the same backend: made in chapter 1.5. */
  block2: 'storage-class-iscsi2',
  /** NVMe/TCP, on a backend of its own. */
  nvme: 'storage-class-nvme',
  /** NFS, on a backend of its own; a raw device cannot be served over it. */
  nfs: 'storage-class-nfs',
  /** iSCSI ReadWriteOnce: CDI's scratch space. */
  scratch: 'storage-class-iscsi-economy',
} as const;

/**
 * All settings of the lab. To run the chapters in another one, change this file.
 */
export const LAB = {
  kubevirtVersion: 'v1.6.2',
  cdiVersion: 'v1.63.1',
  kubevirtNamespace: 'kubevirt',
  cdiNamespace: 'cdi',

  /** The registry, its login (published with the lab, for everybody) and the image of chapters 1.2 and 1.6. */
  registry: 'registry.demo.netapp.com',
  registryLogin: { accessKeyId: 'registryuser', secretKey: 'Netapp1!' },
  registryImage: 'registry.demo.netapp.com/kubevirt/alpine:qcow',

  /** Where clients outside the cluster reach CDI's upload proxy. */
  uploadProxyUrl: 'https://192.168.0.212:443',

  storageClass,
  snapshotClass: 'csi-snap-class',
  csiDriver: TRIDENT,

  /** The images that are uploaded, and where they are downloaded from. */
  images: {
    alpineBios: {
      file: 'nocloud_alpine-3.22.1-x86_64-bios-tiny-r0.qcow2',
      from: 'https://dl-cdn.alpinelinux.org/alpine/v3.22/releases/cloud',
    },
    alpineUefi: {
      file: 'generic_alpine-3.24.1-x86_64-uefi-tiny-r0.qcow2',
      from: 'https://dl-cdn.alpinelinux.org/alpine/v3.24/releases/cloud',
    },
    ubuntu: {
      file: 'ubuntu-24.04-minimal-cloudimg-amd64.img',
      from: 'https://cloud-images.ubuntu.com/minimal/releases/noble/release',
    },
  },

  /** Where the runbooks put what they download or make: images, the SSH key of chapter 3. */
  workFolder: '/tmp/scenario27',

  /** Size of every Alpine disk, and what the data disks of chapter 2 grow to. */
  diskSize: Size.gibibytes(1),
  data1GrownSize: Size.gibibytes(2),
  data2GrownSize: Size.gibibytes(3),
} as const;

/** What is known of the lab's storage before chapter 1.4 makes a VolumeSnapshotClass. */
export const LAB_STORAGE = StorageCatalog.of({
  storageClasses: [
    { name: storageClass.block, provisioner: TRIDENT, backend: 'BackendForiSCSI', allowVolumeExpansion: true },
    { name: storageClass.block2, provisioner: TRIDENT, backend: 'BackendForiSCSI', allowVolumeExpansion: true },
    { name: storageClass.scratch, provisioner: TRIDENT, backend: 'BackendForiSCSI economy' },
    { name: storageClass.nvme, provisioner: TRIDENT, backend: 'NVMe' },
    { name: storageClass.nfs, provisioner: TRIDENT, backend: 'NFS', volumeModes: [VolumeMode.FILESYSTEM] },
  ],
});

/** The lab's image in its registry. */
export function registrySource(credentials: IRegistryCredentials): DataVolumeSource {
  return DataVolumeSource.registry(`docker://${LAB.registryImage}`, { credentials });
}
