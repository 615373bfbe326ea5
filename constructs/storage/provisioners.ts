import { AccessMode, VolumeMode } from './claim-modes';
import { StorageClassFacts } from './facts';

const { READ_ONLY_MANY: ROX, READ_WRITE_MANY: RWX } = AccessMode;
const { BLOCK, FILESYSTEM } = VolumeMode;

/** The provisioner of a class whose volumes are all made by hand. */
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** A pair of modes that a provisioner refuses, and where that is written. */
export interface Refusal {
  readonly reason: string;
  readonly source: string;
  /** What else would have to be set so that it does not refuse them. */
  readonly unless?: string;
}

/** What a provisioner refuses. */
interface Driver {
  /** Its names; an operator may set the namespace that it stands in before one: `rook-ceph.rbd.csi.ceph.com`. */
  readonly names: readonly string[];
  readonly refuses: (accessMode: AccessMode, volumeMode: VolumeMode, parameters: Parameters) => boolean;
  readonly what: string;
  readonly source: string;
  readonly unless?: string;
}

type Parameters = StorageClassFacts['parameters'];

const isBlock = (_: AccessMode, volumeMode: VolumeMode): boolean => volumeMode === BLOCK;
const isShared = (accessMode: AccessMode): boolean => accessMode === RWX || accessMode === ROX;
const isSharedFileSystem = (accessMode: AccessMode, volumeMode: VolumeMode): boolean =>
  accessMode === RWX && volumeMode === FILESYSTEM;

const FILES = { refuses: isBlock, what: 'makes file systems only' };
const DEVICES = { refuses: isSharedFileSystem, what: 'shares a volume between nodes as Block only' };
const CAN_PROVISION = 'sig-storage-lib-external-provisioner v13.0.0, controller/controller.go, canProvision';

/**
 * What provisioners are known to refuse. A pair that is not here and not in the StorageProfile may work or not.
 *
 * | provisioner | refuses |
 * | --- | --- |
 * | NFS, CephFS, the hostpath and local-path provisioners | Block |
 * | Ceph RBD, disks of Azure, of AWS and of Google | ReadWriteMany of a file system |
 * | disks of Azure without `maxShares` | ReadWriteMany and ReadOnlyMany at all |
 * | TopoLVM; local-path, unless its folder is shared | ReadWriteMany and ReadOnlyMany at all |
 * | buckets of NooBaa and Ceph | every claim |
 */
const DRIVERS: readonly Driver[] = [
  {
    ...FILES,
    names: ['nfs.csi.k8s.io'],
    source: 'csi-driver-nfs v4.13.4, pkg/nfs/controllerserver.go, isValidVolumeCapabilities',
  },
  {
    ...FILES,
    names: ['cephfs.csi.ceph.com', 'nfs.csi.ceph.com'],
    source: 'ceph-csi v3.12.2, internal/cephfs/validator.go, validateCreateVolumeRequest',
  },
  {
    ...FILES,
    names: ['kubevirt.io.hostpath-provisioner'],
    source: 'hostpath-provisioner v0.25.2, pkg/hostpath/controllerserver.go, validateCreateVolumeRequest',
  },
  {
    ...FILES,
    names: ['kubevirt.io/hostpath-provisioner'],
    source: 'hostpath-provisioner v0.25.2, controller/controller.go, canProvision',
  },
  { ...FILES, names: ['k8s.io/minikube-hostpath', 'rancher.io/local-path'], source: CAN_PROVISION },
  { ...FILES, names: ['k8s-sigs.io/nfs-subdir-external-provisioner'], source: CAN_PROVISION },
  {
    names: ['rancher.io/local-path'],
    refuses: isShared,
    what: 'makes volumes of one node',
    source: 'local-path-provisioner v0.0.37, provisioner.go, provisionFor',
    unless: "its ConfigMap sets 'sharedFileSystemPath'",
  },
  {
    ...DEVICES,
    names: ['rbd.csi.ceph.com'],
    source: 'ceph-csi v3.12.2, internal/rbd/controllerserver.go, parseVolCreateRequest',
  },
  {
    names: ['disk.csi.azure.com'],
    refuses: (accessMode, volumeMode) => isShared(accessMode) && volumeMode === FILESYSTEM,
    what: 'shares a volume between nodes as Block only',
    source: 'azuredisk-csi-driver v1.34.5, pkg/azureutils/azure_disk_utils.go, IsValidVolumeCapabilities',
  },
  {
    names: ['disk.csi.azure.com'],
    refuses: (accessMode, _, parameters) =>
      isShared(accessMode) && parameters !== undefined && !(sharesOf(parameters) > 1),
    what: "shares no volume between nodes without the parameter 'maxShares'",
    source: 'azuredisk-csi-driver v1.34.5, pkg/azureutils/azure_disk_utils.go, IsValidVolumeCapabilities',
  },
  {
    ...DEVICES,
    names: ['ebs.csi.aws.com'],
    source: 'aws-ebs-csi-driver v1.64.0, pkg/driver/controller.go, isValidCapability',
  },
  {
    ...DEVICES,
    names: ['pd.csi.storage.gke.io'],
    source: 'gcp-compute-persistent-disk-csi-driver v1.26.4, pkg/gce-pd-csi-driver/utils.go, validateVolumeCapability',
  },
  {
    names: ['topolvm.io', 'topolvm.cybozu.com'],
    refuses: isShared,
    what: 'makes volumes of one node',
    source: 'topolvm v0.41.0, internal/driver/controller.go, CreateVolume',
  },
  {
    names: ['noobaa.io/obc', 'ceph.rook.io/bucket'],
    refuses: () => true,
    what: 'makes buckets of objects, no volumes',
    source: 'CDI v1.66.0, pkg/storagecapabilities/storagecapabilities.go, UnsupportedProvisioners',
  },
];

/** `maxShares`, in whatever case it is written; 1 if it is not. */
function sharesOf(parameters: NonNullable<Parameters>): number {
  const [, shares] = Object.entries(parameters).find(([name]) => name.toLowerCase() === 'maxshares') ?? [];
  return Number(shares ?? 1);
}

/** Why a provisioner makes no volume of these modes; undefined if none of them is known to be refused. */
export function refusalOf(
  storageClass: Pick<StorageClassFacts, 'provisioner' | 'parameters' | 'claimPropertySets'>,
  accessModes: readonly AccessMode[],
  volumeMode: VolumeMode,
): Refusal | undefined {
  const { provisioner, parameters, claimPropertySets = [] } = storageClass;
  for (const { names, refuses, what, source, unless } of DRIVERS) {
    if (!names.some((name) => isDriver(provisioner, name))) continue;
    const refused = accessModes.find((mode) => refuses(mode, volumeMode, parameters));
    if (refused === undefined) continue;
    const isListed = claimPropertySets.some(
      (set) => set.accessModes.includes(refused) && set.volumeMode === volumeMode,
    );
    // A person who has set what else is needed says so in the StorageProfile.
    if (unless !== undefined && isListed) continue;
    return { reason: `its provisioner ${provisioner} ${what}`, source, unless };
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
