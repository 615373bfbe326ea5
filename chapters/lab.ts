import { Size } from 'cdk8s';
import { AccessMode, DataVolumeSource, IRegistryCredentials, StorageCatalog, VolumeMode } from 'cdk8s-kubevirt';

/** The CSI driver of the lab: NetApp Trident. */
const TRIDENT = 'csi.trident.netapp.io';

/** A disk image, and the folder that it is downloaded from. */
export interface Image {
  readonly file: string;
  readonly from: string;
}

/** The login of the lab's Alpine guests, which their cloud-init sets: public, as the whole lab is. */
const alpineLogin = { user: 'alpine', password: 'alpine' } as const;

/** The backend pool of the iSCSI classes: volumes of one pool can be cloned into each other's classes. */
const iscsiPool = 'BackendForiSCSI';

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
  orasVersion: 'v1.3.0',
  kubevirtNamespace: 'kubevirt',
  cdiNamespace: 'cdi',

  /** The registry, its login (published with the lab, for everybody) and the image of chapters 1.2 and 1.6. */
  registry: 'registry.demo.netapp.com',
  registryLogin: { accessKeyId: 'registryuser', secretKey: 'Netapp1!' },
  registryImage: 'registry.demo.netapp.com/kubevirt/alpine:qcow',
  /** The same file pushed as an artifact, which CDI cannot import. */
  registryArtifact: 'registry.demo.netapp.com/kubevirt/alpine-artifact:qcow',

  alpineLogin,

  /** Where clients outside the cluster reach CDI's upload proxy: the address that its Service is given. */
  uploadProxyUrl: 'https://192.168.0.212:443',
  uploadProxy: { name: 'cdi-uploadproxy-lb', namespace: 'cdi' },

  storageClass,
  iscsiPool,
  snapshotClass: 'csi-snap-class',
  /** The dashboard: its name and namespace, its release, and the Secret of those who may log in. */
  dashboard: { name: 'kubevirt-manager', namespace: 'kubevirt-manager' },
  dashboardVersion: '1.5.4',
  dashboardUsers: 'dashboard-users',

  /** The label that tells the VolumeSnapshotClass which chapter 1.4 made from one that was there before. */
  madeByLab: 'scenario27=made',
  csiDriver: TRIDENT,
  /** Where the CSI driver logs what it refuses. */
  csiDriverLog: 'kubectl logs -n trident deployment/trident-controller -c trident-main --tail=50',

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

/** What a storage class of the lab must be. */
export interface LabClass {
  readonly name: string;
  readonly protocol: string;
  /** The backend pool behind it. */
  readonly backend: string;
  readonly accessMode: AccessMode;
  readonly volumeMode: VolumeMode;
  readonly allowVolumeExpansion?: boolean;
  readonly usedFor: string;
}

/** The classes that must be there before the first chapter; chapter 1.5 makes the one that is missing here. */
export const LAB_CLASSES: readonly LabClass[] = [
  {
    name: storageClass.block,
    protocol: 'iSCSI',
    backend: iscsiPool,
    accessMode: AccessMode.READ_WRITE_MANY,
    volumeMode: VolumeMode.BLOCK,
    allowVolumeExpansion: true,
    usedFor: 'every VM disk, unless a chapter says otherwise',
  },
  {
    name: storageClass.nvme,
    protocol: 'NVMe/TCP',
    backend: 'NVMe',
    accessMode: AccessMode.READ_WRITE_MANY,
    volumeMode: VolumeMode.BLOCK,
    usedFor: 'chapter 1.5: shares no pool with the iSCSI classes',
  },
  {
    name: storageClass.nfs,
    protocol: 'NFS',
    backend: 'NFS',
    accessMode: AccessMode.READ_WRITE_MANY,
    volumeMode: VolumeMode.FILESYSTEM,
    usedFor: 'chapter 1.5: serves files only, no raw device',
  },
  {
    name: storageClass.scratch,
    protocol: 'iSCSI',
    backend: `${iscsiPool} economy`,
    accessMode: AccessMode.READ_WRITE_ONCE,
    volumeMode: VolumeMode.FILESYSTEM,
    usedFor: "CDI's scratch space",
  },
];

/** What is known of the lab's storage before chapter 1.4 makes a VolumeSnapshotClass. */
export const LAB_STORAGE = StorageCatalog.of({
  storageClasses: [
    { name: storageClass.block, provisioner: TRIDENT, backend: iscsiPool, allowVolumeExpansion: true },
    { name: storageClass.block2, provisioner: TRIDENT, backend: iscsiPool, allowVolumeExpansion: true },
    { name: storageClass.scratch, provisioner: TRIDENT, backend: `${iscsiPool} economy` },
    { name: storageClass.nvme, provisioner: TRIDENT, backend: 'NVMe' },
    { name: storageClass.nfs, provisioner: TRIDENT, backend: 'NFS', volumeModes: [VolumeMode.FILESYSTEM] },
  ],
});

/** The lab's image in its registry. */
export function registrySource(credentials: IRegistryCredentials): DataVolumeSource {
  return DataVolumeSource.registry(`docker://${LAB.registryImage}`, { credentials });
}
