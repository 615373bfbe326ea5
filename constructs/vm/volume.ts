import { Size } from 'cdk8s';
import { inCluster } from '../shared/external';
import {
  aBoolean,
  aName,
  aSize,
  aText,
  checkEach,
  checkOptions,
  instanceOf,
  listOf,
  PropChecks,
} from '../shared/prop-checks';
import { Quantity } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { withoutEnd } from '../shared/wording';
import { checkDisk, IDisk } from '../storage/disk';
import { DiskBus, DiskDevice } from './disk-device';
import { DownwardField } from './downward-field';
import { VmVolume } from './vm-volume';

/** What a disk of files may have besides. */
export interface FilesOptions {
  /**
   * Whether the VM starts also where the object is not there.
   *
   * @default false
   */
  readonly optional?: boolean;

  /**
   * Label of the file system that the guest finds on the disk.
   *
   * @default - none
   */
  readonly volumeLabel?: string;
}

/** What a file of the node may have besides. */
export interface HostDiskOptions {
  /**
   * Size of the file that is made if it does not exist.
   *
   * @default - the file must be there
   */
  readonly capacity?: Size;

  /**
   * Whether the file may be used by several VMs at the same time.
   *
   * @default false
   */
  readonly shared?: boolean;
}

/** What a disk of fields may have besides. */
export interface DownwardApiOptions {
  /**
   * Label of the file system that the guest finds on the disk.
   *
   * @default - none
   */
  readonly volumeLabel?: string;
}

/** How a dump of the guest's memory is taken. */
export interface MemoryDumpOptions {
  /**
   * Whether the claim is plugged into the running VM, as `virtctl memory-dump` does it.
   *
   * @default true
   */
  readonly hotpluggable?: boolean;
}

const DOWNWARD: PropChecks<DownwardApiOptions> = { volumeLabel: aText };
const DUMP: PropChecks<MemoryDumpOptions> = { hotpluggable: aBoolean };
/** KubeVirt keeps them for itself: v1.9.0, vmi-create-admitter.go, validateVirtualMachineInstanceSpecVolumeDisks. */
const RESERVED_PATHS = ['/var/run/kubevirt', '/var/run/libvirt'];

const FILES: PropChecks<FilesOptions> = { optional: aBoolean, volumeLabel: aText };
const HOST_DISK: PropChecks<HostDiskOptions> = { capacity: aSize(Size.kibibytes(1)), shared: aBoolean };

/**
 * Volumes that have no claim of their own.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#volumes
 */
export class Volume extends VmVolume {
  /**
   * An empty disk that goes when the VM stops: for swap and caches.
   *
   * @throws if the size is not one.
   */
  public static emptyDisk(capacity: Size): Volume {
    const faults = new Faults('Volume.emptyDisk');
    if (capacity === undefined) faults.add('capacity', 'be given', capacity, 'write for example Size.gibibytes(2)');
    aSize(Size.kibibytes(1))(faults, 'capacity', capacity);
    faults.refuse();
    return new Volume('emptydisk', { emptyDisk: { capacity: wrapped(capacity) } });
  }

  /**
   * A disk that is read and never written: what the guest writes goes when the VM stops. Many VMs may share it.
   *
   * @throws if it is not a disk.
   */
  public static ephemeral(disk: IDisk): Volume {
    const faults = new Faults('Volume.ephemeral');
    checkDisk(faults, 'disk', disk);
    faults.refuse();
    const persistentVolumeClaim = { claimName: disk.claimName };
    return new Volume('ephemeral', { ephemeral: { persistentVolumeClaim } });
  }

  /**
   * A file on the node as a disk; it needs the feature gate `HostDisk`.
   *
   * @param path Of the file, on the node.
   * @throws if an option is not what it must be; all faults in one error.
   */
  public static hostDisk(path: string, options: HostDiskOptions = {}): Volume {
    const faults = new Faults('Volume.hostDisk');
    if (typeof path !== 'string' || !path.startsWith('/')) faults.add('path', "be a path that starts with '/'", path);
    checkEach<HostDiskOptions>(faults, 'options', options, HOST_DISK);
    faults.refuse();
    const { capacity, shared } = options;
    const type = capacity === undefined ? 'Disk' : 'DiskOrCreate';
    return new Volume('hostdisk', { hostDisk: { path, type, capacity: capacity && wrapped(capacity), shared } });
  }

  /**
   * The files of a ConfigMap of the VM's namespace, as an ISO image.
   *
   * @throws if the name or an option is not what it must be.
   */
  public static configMap(name: string, options: FilesOptions = {}): Volume {
    checkFiles('Volume.configMap', name, options);
    return new Volume(labelOf(name), { configMap: { name, ...options } }, { isDirectory: true });
  }

  /**
   * The files of a Secret of the VM's namespace, as an ISO image.
   *
   * @throws if the name or an option is not what it must be.
   */
  public static secret(secretName: string, options: FilesOptions = {}): Volume {
    checkFiles('Volume.secret', secretName, options);
    return new Volume(labelOf(secretName), { secret: { secretName, ...options } }, { isDirectory: true });
  }

  /**
   * The token of a ServiceAccount of the VM's namespace, as an ISO image.
   *
   * @throws if the name is not valid for a ServiceAccount.
   */
  public static serviceAccount(serviceAccountName: string): Volume {
    checkFiles('Volume.serviceAccount', serviceAccountName, {});
    return new Volume(labelOf(serviceAccountName), { serviceAccount: { serviceAccountName } }, { isDirectory: true });
  }

  /**
   * What Kubernetes knows of the VM's pod, as files on an ISO image.
   *
   * @param fields The files, one at the least.
   * @throws if a value is not what it must be; all faults in one error.
   */
  public static downwardApi(fields: DownwardField[], options: DownwardApiOptions = {}): Volume {
    const faults = new Faults('Volume.downwardApi');
    listOf(instanceOf(DownwardField, "DownwardField.field('name', 'metadata.name')"))(faults, 'fields', fields ?? null);
    if (Array.isArray(fields) && fields.length === 0) faults.add('fields', 'hold a file', fields);
    checkOptions<DownwardApiOptions>(faults, options, DOWNWARD);
    faults.refuse();
    const source = { fields: fields.map((field) => field._render()), ...options };
    return new Volume('downwardapi', { downwardApi: source }, { isDirectory: true });
  }

  /**
   * A directory of the VM's pod, which something else mounts there, such as a sidecar. The guest mounts it by virtiofs.
   *
   * @param path Of the directory, in the container `compute` of the pod.
   * @throws if it is not an absolute path, or KubeVirt keeps it for itself.
   */
  public static containerPath(path: string): Volume {
    const faults = new Faults('Volume.containerPath');
    const isPath = typeof path === 'string' && path.startsWith('/') && !path.includes('..') && path.length <= 4096;
    if (!isPath) faults.add('path', "be a path that starts with '/' and has no '..'", path);
    else if (RESERVED_PATHS.some((reserved) => path.startsWith(reserved))) {
      faults.add('path', `not be below ${RESERVED_PATHS.join(' or ')}, which are KubeVirt's own`, path);
    }
    faults.refuse();
    return new Volume(
      'containerpath',
      { containerPath: { path } },
      { onlyDevice: DiskDevice.FILESYSTEM, isDirectory: true },
    );
  }

  /**
   * A claim of a file system that takes dumps of the guest's memory, which the guest does not see. A VM has one.
   *
   * @throws if it is not a disk, or an option is not what it must be; all faults in one error.
   */
  public static memoryDump(disk: IDisk, options: MemoryDumpOptions = {}): Volume {
    const faults = new Faults('Volume.memoryDump');
    checkDisk(faults, 'disk', disk);
    checkOptions<MemoryDumpOptions>(faults, options, DUMP);
    faults.refuse();
    const { hotpluggable = true } = options;
    const memoryDump = { claimName: disk.claimName, hotpluggable };
    return new Volume('memorydump', { memoryDump }, { hasDevice: false });
  }

  /**
   * A CD-ROM drive with nothing in it: a disk of its name is put in later, without a restart. It needs the feature gate
   * `DeclarativeHotplugVolumes`.
   */
  public static emptyCdrom(): Volume {
    return new Volume('cdrom', undefined, { onlyDevice: DiskDevice.CDROM });
  }

  /**
   * No disk, as the boot disk of a machine that starts from its network (`bootOrder` of a `GuestNetwork`) or from a kernel
   * (`kernelBoot` of its firmware), or that gets its disks later.
   */
  public static none(): Volume {
    return new Volume('none', undefined, { hasDevice: false, isAbsent: true });
  }

  /** Figures of the node, which tools of the guest read from a disk; it needs the feature gate `DownwardMetrics`. */
  public static downwardMetrics(): Volume {
    return new Volume('metrics', { downwardMetrics: {} }, { onlyDevice: DiskDevice.DISK, onlyBus: DiskBus.VIRTIO });
  }
}

const ON_CDROM = { usualDevice: DiskDevice.CDROM };

/**
 * The answer file of a Windows setup (`autounattend.xml` or `unattend.xml`), as a volume that Windows looks for. It is a CD-ROM
 * unless the options of the disk say otherwise: Windows looks for it on media that can be removed.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/startup_scripts/#sysprep
 */
export class Sysprep extends VmVolume {
  /**
   * In a Secret of the VM's namespace.
   *
   * @throws if the name is not valid for a Secret.
   */
  public static fromSecretName(name: string): Sysprep {
    checkFiles('Sysprep.fromSecretName', name, {});
    return inCluster(new Sysprep('sysprep', { sysprep: { secret: { name } } }, ON_CDROM), { kind: 'Secret', name });
  }

  /**
   * In a ConfigMap of the VM's namespace: for an answer file without passwords.
   *
   * @throws if the name is not valid for a ConfigMap.
   */
  public static fromConfigMapName(name: string): Sysprep {
    checkFiles('Sysprep.fromConfigMapName', name, {});
    return inCluster(new Sysprep('sysprep', { sysprep: { configMap: { name } } }, ON_CDROM), {
      kind: 'ConfigMap',
      name,
    });
  }
}

function checkFiles(factory: string, name: unknown, options: unknown): void {
  const faults = new Faults(factory);
  aName(faults, 'name', name);
  checkEach<FilesOptions>(faults, 'options', options, FILES);
  faults.refuse();
}

/** As the generated classes hold a quantity. */
function wrapped(size: Size): { value: string } {
  return { value: Quantity.format(size) };
}

/** A disk's name has no dots, and 63 characters at the most. */
function labelOf(name: string): string {
  return withoutEnd(name.replace(/\./g, '-').slice(0, 63), '-');
}
