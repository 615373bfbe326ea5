import { ImagePullPolicy } from 'cdk8s-plus-27';
import { aFile, aName, checkEach, oneOf, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { VmVolume } from './vm-volume';

/** How the image of a container disk is found. */
export interface ContainerDiskOptions {
  /**
   * When the node pulls the image.
   *
   * @default - Kubernetes' own: always for the tag `latest`, else if the node does not have it
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * Name of a Secret of the VM's namespace with the login of the registry.
   *
   * @default - none
   */
  readonly imagePullSecret?: string;

  /**
   * Path of the disk's file in the image.
   *
   * @default - the only file in /disk
   */
  readonly path?: string;
}

/** KubeVirt v1.9.0: vmi-create-admitter.go, validateContainerDisks. */
const OPTIONS: PropChecks<ContainerDiskOptions> = {
  imagePullPolicy: oneOf(ImagePullPolicy),
  imagePullSecret: aName,
  path: aFile,
};

/**
 * A disk that comes with a container image, and forgets what is written when the VM stops: everybody's first VM. A disk that
 * keeps it is a `DataVolumeImport` of the same image.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#containerdisk
 */
export class ContainerDisk extends VmVolume {
  /**
   * The disk of a container image.
   *
   * @param image As a pod names it, without `docker://`: `quay.io/containerdisks/fedora:41`.
   * @throws if it is not such a name, or an option is not what it must be; all faults in one error.
   */
  public static of(image: string, options: ContainerDiskOptions = {}): ContainerDisk {
    const faults = new Faults('ContainerDisk.of');
    checkImage(faults, image);
    checkEach<ContainerDiskOptions>(faults, 'options', options, OPTIONS);
    faults.refuse();
    return new ContainerDisk('containerdisk', { containerDisk: { image, ...options } });
  }
}

/** A file on a web server is a disk that is imported. */
function imageRemedy(address: string, scheme: string): string {
  const isFile = /\.(qcow2|img|raw|iso|vmdk|vdi|vhdx?)(\.(gz|xz|zst))?$/i.test(address);
  if (!isFile) return `write '${address.slice(scheme.length)}'`;
  return `write new DataVolumeImport(chart, 'boot', { source: DataVolumeSource.http('${address}'), size: Size.gibibytes(…) })`;
}

function checkImage(faults: Faults, image: unknown): void {
  const text = typeof image === 'string' ? image : '';
  const scheme = /^[a-z+-]+:\/\//.exec(text)?.[0];
  if (scheme !== undefined) faults.add('image', 'be the name of an image', image, imageRemedy(text, scheme));
  else if (/\s/.test(text)) {
    const trimmed = text.trim();
    faults.add('image', 'hold no blank', image, /\s/.test(trimmed) ? undefined : `write '${trimmed}'`);
  } else if (text === '') faults.add('image', 'be the name of an image', image);
}
