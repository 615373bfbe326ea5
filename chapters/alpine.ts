import { Size } from 'cdk8s';
import { AccessMode, BootableVM, CloudInit, DiskAttachment, IDisk, VolumeMode } from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import { LAB } from './lab';

/** What the lab's cloud-init does: the password, a message of the day, and packages. */
export function alpineCloudInit(message: string, packages: readonly string[] = []): CloudInit {
  const { user, password } = LAB.alpineLogin;
  return CloudInit.of({
    runcmd: [
      `echo "${user}:${password}" | chpasswd`,
      `echo '${message}' > /etc/motd`,
      ...(packages.length > 0 ? [`apk add --no-cache ${packages.join(' ')}`] : []),
    ],
  });
}

/** The message of the day of every Alpine VM that is not a template. */
export const MESSAGE = 'Welcome to Alpine Linux on KubeVirt in the NetApp LoD!';

/** The cloud-init of every Alpine VM that is not a template. */
export const WELCOME = alpineCloudInit(MESSAGE, ['lsblk', 'parted']);

/** What every disk of the lab is: RWX makes live migration possible, Block presents a raw device. */
export const LAB_DISK = {
  size: LAB.diskSize,
  accessModes: [AccessMode.READ_WRITE_MANY],
  volumeMode: VolumeMode.BLOCK,
  storageClassName: LAB.storageClass.block,
};

/** The small guest of the lab; as the lab does, it asks for memory by request. */
export const ALPINE_GUEST = { cpu: { cores: 1 }, resources: { memoryRequest: Size.mebibytes(128) } };

/** What differs between the Alpine VMs. */
export interface AlpineVm {
  readonly bootDisk: IDisk;
  readonly cloudInit?: CloudInit;
  readonly labels?: { readonly [key: string]: string };
  readonly secondaryDisks?: DiskAttachment[];
}

/** The lab's Alpine VM. */
export function alpineVm(scope: Construct, name: string, vm: AlpineVm): BootableVM {
  return new BootableVM(scope, name, { ...ALPINE_GUEST, ...vm });
}
