import { Size } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  BootableVM,
  CloudInit,
  ContentType,
  DataVolumeImport,
  DataVolumeSource,
  Firmware,
  LiveMigration,
} from '../constructs';
import { LAB_DISK } from './alpine';
import { Chapter } from './chapter';
import { download, removeNamespaces, showDisks, uploadImage, virtctl, waitForDisk, waitForVm } from './commands';
import { LAB } from './lab';

/** One of the chapter's two guests. */
interface Guest {
  readonly title: string;
  readonly namespace: string;
  /** Numbers of its steps: the disk, the VM, the migration. */
  readonly steps: readonly [string, string, string];
  readonly user: string;
  readonly disk: string;
  readonly vm: string;
  readonly size: Size;
  readonly firmware: Firmware;
  readonly image: string;
  readonly imageUrl: string;
  readonly packages: readonly string[];
}

const { images } = LAB;

const ALPINE: Guest = {
  title: 'Alpine',
  namespace: 'uefi',
  steps: ['1-alpine-disk', '2-alpine-vm', '3-alpine-migration'],
  user: 'alpine',
  disk: 'alpine-uefi-boot',
  vm: 'alpine-uefi-vm',
  size: LAB.diskSize,
  firmware: Firmware.uefi(),
  image: images.alpineUefi,
  imageUrl: images.alpineUefiUrl,
  packages: ['lsblk', 'parted', 'tmux'],
};

const UBUNTU: Guest = {
  title: 'Ubuntu',
  namespace: 'uefisb',
  steps: ['4-ubuntu-disk', '5-ubuntu-vm', '6-ubuntu-migration'],
  user: 'ubuntu',
  disk: 'ubuntu-uefisb-boot',
  vm: 'ubuntu-uefisb-vm',
  size: Size.gibibytes(5),
  firmware: Firmware.secureBoot(),
  image: images.ubuntu,
  imageUrl: images.ubuntuUrl,
  packages: ['parted', 'tmux'],
};

/** Chapter 3: UEFI, secure boot, and a live migration of each. */
export class Uefi extends Chapter {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 3: UEFI and live migration',
      shows:
        'UEFI without and with secure boot (which needs system management mode), cloud-init from a Secret that no manifest holds, ' +
        'and a live migration: an RWX Block disk is what makes it possible, with either firmware.',
    });
    for (const guest of [ALPINE, UBUNTU]) this.addGuest(guest);
    this.cleanUp(removeNamespaces(ALPINE.namespace, UBUNTU.namespace));
  }

  private addGuest(guest: Guest): void {
    const { namespace, title, size, image } = guest;
    const [diskStep, vmStep, migrationStep] = guest.steps;
    let disk!: DataVolumeImport;
    let vm!: BootableVM;
    this.apply(diskStep, `${title}: make the disk`, { namespace, newNamespace: true }, (chart) => {
      const source = DataVolumeSource.upload();
      disk = new DataVolumeImport(chart, guest.disk, { ...LAB_DISK, source, size, contentType: ContentType.KUBEVIRT });
      return { look: [showDisks(disk)] };
    });
    const upload = [download(image, guest.imageUrl), uploadImage('dv', disk, image), waitForDisk(disk)];
    this.run(`${title}: upload the image`, upload);
    const secret = `${guest.vm}`.replace(/-vm$/, '-cloudinit-userdata');
    this.makeSecret(guest, secret);
    this.apply(vmStep, `${title}: start the VM`, { namespace }, (chart) => {
      vm = new BootableVM(chart, guest.vm, {
        bootDisk: disk,
        cpu: { cores: 1 },
        resources: { memoryRequest: Size.gibibytes(1) },
        firmware: guest.firmware,
        cloudInit: CloudInit.fromSecretName(secret),
      });
      const service = vm.exposeSsh({ name: `${guest.vm}-ssh-lb`, type: ServiceType.LOAD_BALANCER });
      const address = `kubectl get service/${service.name} -n ${namespace} -o jsonpath='{.status.loadBalancer.ingress[0].ip}'`;
      return { next: [waitForVm(vm)], look: [`ssh -i sc27_key ${guest.user}@$(${address}) ${lookAtFirmware}`] };
    });
    this.migrate(guest, vm, migrationStep);
  }

  /** A key or a password never stands in a manifest: the Secret is made by command, from a key made on the spot. */
  private makeSecret({ title, namespace, user, packages }: Guest, secret: string): void {
    const file = `${secret}.yaml`;
    this.run(
      `${title}: make the cloud-init Secret`,
      [
        "test -f sc27_key || ssh-keygen -q -t ed25519 -N '' -f sc27_key",
        `cat > ${file} <<EOF`,
        '#cloud-config',
        'users:',
        `  - name: ${user}`,
        '    sudo: ALL=(ALL) NOPASSWD:ALL',
        '    lock_passwd: false',
        '    hashed_passwd: $(openssl passwd -6)',
        '    ssh_authorized_keys:',
        '      - $(cat sc27_key.pub)',
        'write_files:',
        '  - path: /etc/motd',
        `    content: Welcome to ${title} on KubeVirt`,
        `packages: [${packages.join(', ')}]`,
        'EOF',
        `kubectl create secret generic ${secret} -n ${namespace} --from-file=userdata=${file}`,
      ],
      { text: '`openssl` asks for the password; only its hash is kept.' },
    );
  }

  private migrate({ title, namespace }: Guest, vm: BootableVM, step: string): void {
    const text = `Or by command: \`${virtctl('migrate', vm)}\`.`;
    const node = `kubectl get vmi/${vm.name} -n ${namespace} -o wide`;
    this.apply(step, `${title}: migrate the VM`, { namespace, text }, (chart) => {
      // generateName serves kubectl create; the name makes the object one that kubectl apply takes.
      const migration = new LiveMigration(chart, `${vm.name}-migration`, { vm, generateName: `${vm.name}-migration-` });
      const phase = "jsonpath='{.status.phase}'=Succeeded";
      return {
        next: [
          `kubectl wait virtualmachineinstancemigration/${migration.name} -n ${namespace} --for=${phase} --timeout=5m`,
        ],
        look: [node],
      };
    });
  }
}

/** Both guests tell by the same file whether they were started by UEFI. */
const lookAtFirmware = 'ls /sys/firmware/efi';
