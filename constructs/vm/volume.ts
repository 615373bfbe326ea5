import { Size } from 'cdk8s';
import { aBoolean, aName, aSize, aText, checkEach, PropChecks } from '../shared/prop-checks';
import { Quantity } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { checkDisk, IDisk } from '../storage/disk';
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
    return new Volume(labelOf(name), { configMap: { name, ...options } });
  }

  /**
   * The files of a Secret of the VM's namespace, as an ISO image.
   *
   * @throws if the name or an option is not what it must be.
   */
  public static secret(secretName: string, options: FilesOptions = {}): Volume {
    checkFiles('Volume.secret', secretName, options);
    return new Volume(labelOf(secretName), { secret: { secretName, ...options } });
  }

  /**
   * The token of a ServiceAccount of the VM's namespace, as an ISO image.
   *
   * @throws if the name is not valid for a ServiceAccount.
   */
  public static serviceAccount(serviceAccountName: string): Volume {
    checkFiles('Volume.serviceAccount', serviceAccountName, {});
    return new Volume(labelOf(serviceAccountName), { serviceAccount: { serviceAccountName } });
  }

  /** Figures of the node, which tools of the guest read from a disk; it needs the feature gate `DownwardMetrics`. */
  public static downwardMetrics(): Volume {
    return new Volume('metrics', { downwardMetrics: {} });
  }
}

/**
 * The answer file of a Windows setup (`autounattend.xml` or `unattend.xml`), as a volume that Windows looks for. Attach it as
 * a CD-ROM.
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
    return new Sysprep('sysprep', { sysprep: { secret: { name } } });
  }

  /**
   * In a ConfigMap of the VM's namespace: for an answer file without passwords.
   *
   * @throws if the name is not valid for a ConfigMap.
   */
  public static fromConfigMapName(name: string): Sysprep {
    checkFiles('Sysprep.fromConfigMapName', name, {});
    return new Sysprep('sysprep', { sysprep: { configMap: { name } } });
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
  return name
    .replace(/\./g, '-')
    .slice(0, 63)
    .replace(/(?<!-)-+$/, '');
}
