import { Size } from 'cdk8s';
import {
  BootableVM,
  CloudInit,
  ContentType,
  DataVolumeImport,
  DataVolumeSource,
  Firmware,
  LiveMigration,
} from 'cdk8s-kubevirt';
import { ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { LAB_DISK } from './alpine';
import { Chapter } from './chapter';
import {
  expecting,
  inNamespace,
  removeNamespaces,
  showDisks,
  showField,
  showPods,
  showVms,
  virtctl,
  waitForCondition,
  waitForField,
  waitForVm,
} from './commands';
import { Image, LAB } from './lab';
import { importHangs, migrationHangs, vmHangs, watchMigration, watchUpload } from './meanwhile';
import { FIRMWARE, MIGRATION_SETTINGS } from './reasons';
import { WORK_FOLDER } from './shell';
import { forgetHost, guestShell, KEY, KEY_FILES, retryInGuest } from './ssh';
import { uploadIntoDataVolume } from './upload';

/** One of the chapter's two guests. */
interface Guest {
  readonly title: string;
  readonly namespace: string;
  readonly steps: { readonly disk: string; readonly vm: string; readonly migration: string };
  readonly disk: string;
  readonly vm: string;
  /** The Secret that cloud-init reads. */
  readonly secret: string;
  readonly size: Size;
  readonly firmware: Firmware;
  /** A command of the guest that tells how it was started, and what it prints. */
  readonly started: { readonly command: string; readonly prints: string };
  /** What reads the user data in this image. */
  readonly reader: string;
  readonly image: Image;
  /** The user that the image comes with. */
  readonly user: string;
  readonly packages: readonly string[];
}

/** What the firmware says of secure boot: four bytes of attributes, then 1 for on and 0 for off. */
const SECURE_BOOT = '/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';

/**
 * Alpine 3.24 brings tiny-cloud 3.4: its page cloud-config(5) (docs/cloud-config.5.scd) lists the keys that it reads. package_update
 * comes before packages, and runcmd last (lib/tiny-cloud/user-data/cloud-config).
 */
const TINY_CLOUD =
  "Alpine's tiny image has tiny-cloud in place of cloud-init. It reads a part of cloud-init's words: `ssh_authorized_keys` (for the user `alpine`), " +
  '`package_update`, `packages` and `runcmd` are among them, `password` and `chpasswd` are not. So the password is set by a command.';

const CLOUD_INIT = 'Ubuntu has cloud-init itself, which takes the same user data.';

const ALPINE: Guest = {
  title: 'Alpine',
  namespace: 'uefi',
  steps: { disk: '1-alpine-disk', vm: '2-alpine-vm', migration: '3-alpine-migration' },
  disk: 'alpine-uefi-boot',
  vm: 'alpine-uefi-vm',
  secret: 'alpine-uefi-cloudinit-userdata',
  size: LAB.diskSize,
  firmware: Firmware.uefi(),
  started: { command: 'ls -d /sys/firmware/efi', prints: 'the folder, which a BIOS does not make' },
  image: LAB.images.alpineUefi,
  user: 'alpine',
  reader: TINY_CLOUD,
  packages: ['lsblk', 'parted', 'tmux'],
};

const UBUNTU: Guest = {
  title: 'Ubuntu',
  namespace: 'uefisb',
  steps: { disk: '4-ubuntu-disk', vm: '5-ubuntu-vm', migration: '6-ubuntu-migration' },
  disk: 'ubuntu-uefisb-boot',
  vm: 'ubuntu-uefisb-vm',
  secret: 'ubuntu-uefisb-cloudinit-userdata',
  size: Size.gibibytes(5),
  firmware: Firmware.secureBoot(),
  started: {
    command: `od -An -t u1 ${SECURE_BOOT}`,
    prints: '6 0 0 0 1, where the last number stands for secure boot',
  },
  image: LAB.images.ubuntu,
  user: 'ubuntu',
  reader: CLOUD_INIT,
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
      needs: 'chapter 0, on two nodes or more',
    });
    this.remark(FIRMWARE);
    this.remark(MIGRATION_SETTINGS);
    this.makeKey();
    for (const guest of [ALPINE, UBUNTU]) {
      const disk = this.addDisk(guest);
      this.makeSecret(guest);
      const vm = this.addVm(guest, disk);
      this.startCounting(guest, vm);
      this.migrate(guest, vm);
      if (guest === ALPINE) this.hangs(importHangs(disk), vmHangs(vm), NO_SSH, migrationHangs(vm));
    }
    this.cleanUp(removeNamespaces(ALPINE.namespace, UBUNTU.namespace), `rm -f ${KEY_FILES}`);
  }

  private makeKey(): void {
    this.run({
      title: 'Make an SSH key',
      commands: [`mkdir -p ${WORK_FOLDER}`, `test -f ${KEY} || ssh-keygen -q -t ed25519 -N '' -f ${KEY}`],
    });
  }

  private addDisk({ title, namespace, steps, disk: name, size, image }: Guest): DataVolumeImport {
    let disk!: DataVolumeImport;
    this.apply(steps.disk, { title: `${title}: make the disk`, namespace, newNamespace: true }, (chart) => {
      const source = DataVolumeSource.upload();
      disk = new DataVolumeImport(chart, name, { ...LAB_DISK, source, size, contentType: ContentType.KUBEVIRT });
      return { look: [showDisks(disk)] };
    });
    const commands = uploadIntoDataVolume(disk, image);
    this.run({ title: `${title}: upload the image`, watch: watchUpload(disk), commands, look: [showDisks(disk)] });
    return disk;
  }

  /** A key or a password never stands in a manifest: the Secret is made by command, and no file is left of it. */
  private makeSecret({ title, namespace, secret, user, packages, reader }: Guest): void {
    this.run({
      title: `${title}: make the cloud-init Secret`,
      text: `\`openssl\` asks twice for the password of \`${user}\` at the console: choose one, only its hash is kept. ${reader}`,
      commands: [
        'hash=$(openssl passwd -6) &&',
        `  kubectl create secret generic ${secret} -n ${namespace} --from-file=userdata=/dev/stdin <<EOF`,
        '#cloud-config',
        'ssh_authorized_keys:',
        `  - $(cat ${KEY}.pub)`,
        'package_update: true',
        'packages:',
        ...packages.map((name) => `  - ${name}`),
        'runcmd:',
        `  - echo '${user}:$hash' | chpasswd -e`,
        `  - echo 'Welcome to ${title} on KubeVirt' > /etc/motd`,
        'EOF',
      ],
      look: [`kubectl describe secret ${secret} -n ${namespace}`],
    });
  }

  private addVm(guest: Guest, disk: DataVolumeImport): BootableVM {
    const { title, namespace, steps, vm: name, secret, firmware, started, user } = guest;
    let vm!: BootableVM;
    this.apply(steps.vm, { title: `${title}: start the VM`, text: IN_GUEST, namespace }, (chart) => {
      vm = new BootableVM(chart, name, {
        bootDisk: disk,
        cpu: { cores: 1 },
        resources: { memoryRequest: Size.gibibytes(1) },
        firmware,
        cloudInit: CloudInit.fromSecretName(secret),
      });
      const service = vm.exposeSsh({ name: `${name}-ssh-lb`, type: ServiceType.LOAD_BALANCER });
      return {
        next: [
          forgetHost(namespace),
          waitForVm(vm),
          waitForCondition('vmi', vm, 'LiveMigratable', '2m'),
          waitForField('service', service, '.status.loadBalancer.ingress'),
          guestShell({ user, namespace, service }),
          retryInGuest('true'),
        ],
        look: [expecting(started.prints, `in_guest ${started.command}`)],
      };
    });
    return vm;
  }

  /** What must go on through the migration: the uptime, and a loop. */
  private startCounting({ title, namespace }: Guest, vm: BootableVM): void {
    this.run({
      title: `${title}: start counting in the guest`,
      text:
        'A live migration is one that the guest does not notice. Two things will show it: the uptime, which does not begin again, and a loop in tmux, which writes the ' +
        'time every second. tmux is a package that is installed at the first boot, so the first command tries until it is there.',
      commands: [
        retryInGuest('command -v tmux'),
        `in_guest "tmux new-session -d -s count 'while sleep 1; do date >> count.log; done'"`,
      ],
      look: [
        'in_guest uptime',
        'in_guest tail -n 3 count.log',
        '# note the node and the address of the VMI, and the address of the Service',
        showVms(vm),
        `kubectl get service -n ${namespace}`,
      ],
    });
  }

  private migrate({ title, namespace, steps }: Guest, vm: BootableVM): void {
    const file = `dist/${this.node.id}/${steps.migration}.k8s.yaml`;
    const text =
      `Or by command: \`${virtctl('migrate', vm)}\`. A migration is an object that runs once: to migrate again, let \`generateName\` ` +
      `name the next one, \`sed '/^  name:/d' ${file} | kubectl create -f -\`.`;
    this.apply(steps.migration, { title: `${title}: migrate the VM`, text, namespace }, (chart) => {
      // generateName serves kubectl create; the name makes the object one that kubectl apply takes.
      const migration = new LiveMigration(chart, `${vm.name}-migration`, { vm, generateName: `${vm.name}-migration-` });
      return {
        watch: watchMigration(vm),
        next: [waitForField('virtualmachineinstancemigration', migration, '.status.phase', 'Succeeded')],
        look: [
          '# the node it left, and the node it runs on',
          showField('vmi', vm, '.status.migrationState.sourceNode', '.status.migrationState.targetNode'),
          '# another node and another address than before; the first pod is Completed',
          showVms(vm),
          showPods(vm),
          '# the address of the Service is the same: it follows the VM',
          `kubectl get service${inNamespace(vm)}`,
          '# longer than before, not a few seconds',
          'in_guest uptime',
          '# no gap, but for a second or two',
          'in_guest tail -n 60 count.log',
        ],
      };
    });
  }
}

const IN_GUEST =
  'The last commands define `in_guest`, which runs a command in the guest by SSH, and try until the guest answers: some minutes under emulation. The steps ' +
  'below use it; in a new terminal paste its definition (`address=…` and `in_guest() …`) again.';

const NO_SSH =
  '**SSH does not answer.** The guest takes its minutes to boot. Watch it at the console (`virtctl console`; the password is the one that you chose). Where the guest ' +
  'does not reach the Internet the packages are missing, and what comes after them (key, password, message) may be missing too: see the check of chapter 0.';
