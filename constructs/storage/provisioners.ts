import { AccessMode, VolumeMode } from './claim-modes';
import { StorageClassFacts } from './facts';

const { READ_WRITE_MANY: RWX } = AccessMode;
const { BLOCK, FILESYSTEM } = VolumeMode;

/** The provisioner of a class whose volumes are all made by hand. */
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** A pair of modes that a provisioner refuses, and where that is written. */
export interface Refusal {
  readonly reason: string;
  readonly source: string;
}

interface Driver {
  /** Its name; an operator may set the namespace that it stands in before it: `rook-ceph.rbd.csi.ceph.com`. */
  readonly name: string;
  readonly refuses: (accessMode: AccessMode, volumeMode: VolumeMode) => boolean;
  readonly what: string;
  readonly source: string;
}

const isBlock = (_: AccessMode, volumeMode: VolumeMode): boolean => volumeMode === BLOCK;
const isSharedFileSystem = (accessMode: AccessMode, volumeMode: VolumeMode): boolean =>
  accessMode === RWX && volumeMode === FILESYSTEM;

/**
 * What provisioners are known to refuse. A pair that is not here and not in the StorageProfile may work or not.
 *
 * | provisioner | refuses |
 * | --- | --- |
 * | NFS, CephFS, file shares of a cloud, the hostpath and local-path provisioners | Block |
 * | Ceph RBD, Azure disks | ReadWriteMany of a file system |
 * | TopoLVM, local-path | ReadWriteMany at all |
 */
const DRIVERS: readonly Driver[] = [
  ...[
    ['nfs.csi.k8s.io', 'csi-driver-nfs, pkg/nfs/controllerserver.go, CreateVolume (isValidVolumeCapabilities)'],
    ['cephfs.csi.ceph.com', 'ceph-csi, internal/cephfs, validateCreateVolumeRequest'],
    [
      'kubevirt.io.hostpath-provisioner',
      'hostpath-provisioner, pkg/hostpath/controllerserver.go, validateCreateVolumeRequest',
    ],
    ['kubevirt.io/hostpath-provisioner', 'sig-storage-lib-external-provisioner, controller.go, canProvision'],
    ['k8s.io/minikube-hostpath', 'sig-storage-lib-external-provisioner, controller.go, canProvision'],
    ['rancher.io/local-path', 'sig-storage-lib-external-provisioner, controller.go, canProvision'],
    [
      'k8s-sigs.io/nfs-subdir-external-provisioner',
      'sig-storage-lib-external-provisioner, controller.go, canProvision',
    ],
  ].map(([name = '', source = '']): Driver => ({ name, refuses: isBlock, what: 'makes file systems only', source })),
  {
    name: 'rbd.csi.ceph.com',
    refuses: isSharedFileSystem,
    what: 'shares a volume between nodes as Block only',
    source: 'ceph-csi, internal/rbd/controllerserver.go, parseVolCreateRequest',
  },
  {
    name: 'disk.csi.azure.com',
    refuses: isSharedFileSystem,
    what: 'shares a volume between nodes as Block only',
    source: 'azuredisk-csi-driver, pkg/azureutils, IsValidVolumeCapabilities',
  },
  ...['topolvm.io', 'topolvm.cybozu.com'].map((name): Driver => ({
    name,
    refuses: (accessMode) => accessMode === RWX,
    what: 'makes volumes of one node',
    source: 'topolvm, internal/driver/controller.go, CreateVolume',
  })),
];

/**
 * Why a provisioner makes no volume of these modes; undefined if none of them is known to be refused. What the parameters of
 * a class may change is not judged.
 */
export function refusalOf(
  { provisioner }: Pick<StorageClassFacts, 'provisioner'>,
  accessModes: readonly AccessMode[],
  volumeMode: VolumeMode,
): Refusal | undefined {
  for (const { name, refuses, what, source } of DRIVERS) {
    if (!isDriver(provisioner, name)) continue;
    const refused = accessModes.find((mode) => refuses(mode, volumeMode));
    if (refused !== undefined) return { reason: `its provisioner ${provisioner} ${what}`, source };
  }
  return undefined;
}

/**
 * Provisioners whose volumes are of one node, so that a pod on another one cannot use them. Of the hostpath and local-path
 * provisioners a pool may be a shared folder: then the StorageProfile says ReadWriteMany.
 */
const LOCAL: readonly string[] = [
  'kubevirt.io.hostpath-provisioner',
  'kubevirt.io/hostpath-provisioner',
  'k8s.io/minikube-hostpath',
  'rancher.io/local-path',
  'topolvm.io',
  'topolvm.cybozu.com',
];

/** Whether the volumes of a class are of one node, as far as is known. */
export function isLocal({ provisioner, claimPropertySets = [] }: StorageClassFacts): boolean {
  return LOCAL.includes(provisioner) && !claimPropertySets.some(({ accessModes }) => accessModes.includes(RWX));
}

/** Whether a class makes no volumes: each of its claims takes a PersistentVolume that somebody made. */
export function provisionsNothing({ provisioner }: StorageClassFacts): boolean {
  return provisioner === NO_PROVISIONER;
}

function isDriver(provisioner: string, name: string): boolean {
  return provisioner === name || provisioner.endsWith(`.${name}`);
}
