import { Size } from 'cdk8s';
import {
  BootableVM,
  ClaimedDisk,
  CloudInit,
  ContentType,
  DataVolumeImport,
  DataVolumeSource,
  GrownDisk,
  Quantity,
  SecondaryDisk,
} from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import { alpineVm, LAB_DISK, WELCOME } from './alpine';
import { Chapter, FollowUp } from './chapter';
import {
  addVolume,
  claimOf,
  inGuest,
  reference,
  removeNamespaces,
  removeVolume,
  restart,
  showDisks,
  showField,
  uploadIntoDataVolume,
  waitForField,
  waitForVm,
} from './commands';
import { LAB } from './lab';

const NAMESPACE = 'disks';

/** A data disk as the guest sees it: its device, and where its file system is mounted. */
interface Seen {
  readonly device: string;
  readonly mountPoint: string;
}

/** On virtio: after the boot disk, which is vda. */
const DATA1: Seen = { device: '/dev/vdb', mountPoint: '/mnt/data1' };

/** On scsi, as every hot-plugged disk. */
const DATA2: Seen = { device: '/dev/sda', mountPoint: '/mnt/data2' };

/** The VM as one step has it. */
interface State {
  readonly data1: ClaimedDisk;
  readonly cloudInit?: CloudInit;
  /** The disk that is plugged in. */
  readonly plugged?: ClaimedDisk;
}

/** Chapter 2: disks beside the boot disk; the steps are successive states of the same objects. */
export class SecondaryDisks extends Chapter {
  private boot!: DataVolumeImport;
  private vm!: BootableVM;

  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 2: secondary disks',
      shows:
        'A disk more is a claim more: attached with the VM, grown while it runs, plugged into it and out again. ' +
        'Static disks appear as /dev/vdX (virtio), hot-plugged ones as /dev/sdX (scsi).',
      needs: 'chapter 0',
    });
    const [data1, data2] = this.makeDisks();
    this.upload();
    this.attach(data1);
    this.dropCloudInit(data1);
    const larger1 = this.grow('4-data1-grown', data1, LAB.data1GrownSize, DATA1);
    this.plug('5-data2-hotplugged', larger1, data2);
    const larger2 = this.grow('6-data2-grown', data2, LAB.data2GrownSize, DATA2);
    this.unplug('7-data2-detached', larger1, larger2);
    this.plugAgain('8-data2-attached-again', larger1, larger2);
    this.cleanUp(removeNamespaces(NAMESPACE));
  }

  private makeDisks(): [SecondaryDisk, SecondaryDisk] {
    let disks!: [SecondaryDisk, SecondaryDisk];
    this.apply('1-disks', { title: 'Make the disks', namespace: NAMESPACE, newNamespace: true }, (chart) => {
      const source = DataVolumeSource.upload();
      const contentType = ContentType.KUBEVIRT;
      this.boot = new DataVolumeImport(chart, 'alpine-boot', { ...LAB_DISK, source, contentType });
      disks = [new SecondaryDisk(chart, 'alpine-data1', LAB_DISK), new SecondaryDisk(chart, 'alpine-data2', LAB_DISK)];
      return { look: [showDisks(this.boot)] };
    });
    return disks;
  }

  private upload(): void {
    const commands = uploadIntoDataVolume(this.boot, LAB.images.alpineBios);
    this.run({ title: 'Upload the image', commands, look: [showDisks(this.boot)] });
  }

  private attach(data1: SecondaryDisk): void {
    const step = { title: 'Start the VM with its first data disk', text: LOGIN };
    this.state('2-attached', step, { data1, cloudInit: WELCOME }, () => ({
      next: [waitForVm(this.vm)],
      inGuest: inGuest(this.vm, 'lsblk', ...format(DATA1)),
    }));
  }

  private dropCloudInit(data1: SecondaryDisk): void {
    this.state('3-without-cloud-init', { title: 'Remove the cloud-init disk', text: RESTART }, { data1 }, () => ({
      next: restart(this.vm),
      inGuest: inGuest(this.vm, 'lsblk', mount(DATA1)),
      look: [this.showVolumes()],
    }));
  }

  /** The claim grows online; then the guest grows its partition and file system. */
  private grow(step: string, disk: SecondaryDisk, size: Size, seen: Seen): GrownDisk {
    let grown!: GrownDisk;
    const text = quantity(size);
    const title = `Grow ${disk.claimName} to ${text}`;
    this.apply(step, { title, text: GROW, namespace: NAMESPACE }, (chart) => {
      grown = disk.grow(chart, disk.claimName, size);
      return {
        next: [waitForField('pvc', claimOf(grown), '.status.capacity.storage', text)],
        inGuest: inGuest(this.vm, ...growFileSystem(seen)),
        look: [`kubectl get ${reference('pvc', claimOf(grown))}`],
      };
    });
    return grown;
  }

  private plug(step: string, data1: ClaimedDisk, data2: SecondaryDisk): void {
    const text = `The disk is plugged into the running VM. ${KNOWN_DEFECT}\n\n${instead(addVolume(this.vm, data2))}`;
    this.state(step, { title: `Plug in ${data2.claimName}`, text }, { data1, plugged: data2 }, () => ({
      next: [this.waitForPlugged(data2)],
      inGuest: inGuest(this.vm, 'lsblk', ...format(DATA2), `echo kept > ${DATA2.mountPoint}/proof`),
      look: [this.showVolumes()],
    }));
  }

  private unplug(step: string, data1: ClaimedDisk, data2: ClaimedDisk): void {
    const name = data2.claimName;
    const title = `Unmount ${name}`;
    this.run({ title, inGuest: inGuest(this.vm, `umount ${DATA2.mountPoint}`) });
    const text = `The claim and its data stay.\n\n${instead(removeVolume(this.vm, data2))}`;
    this.state(step, { title: `Unplug ${name}`, text }, { data1 }, () => {
      const volumes = `kubectl get ${reference('vmi', this.vm)} -o jsonpath='{.status.volumeStatus[*].name}'`;
      return {
        next: [`while ${volumes} | grep -qw ${name}; do sleep 1; done`],
        look: [this.showVolumes(), showDisks(data2)],
      };
    });
  }

  private plugAgain(step: string, data1: ClaimedDisk, data2: ClaimedDisk): void {
    const text = `Its data is still there.\n\n${instead(addVolume(this.vm, data2))}`;
    this.state(step, { title: `Plug ${data2.claimName} in again`, text }, { data1, plugged: data2 }, () => ({
      next: [this.waitForPlugged(data2)],
      inGuest: inGuest(this.vm, 'lsblk', mount(DATA2), `cat ${DATA2.mountPoint}/proof`),
      look: [this.showVolumes()],
    }));
  }

  /** A step that states the VM anew. */
  private state(
    step: string,
    heading: { readonly title: string; readonly text: string },
    { data1, cloudInit, plugged }: State,
    follow: () => FollowUp,
  ): void {
    this.apply(step, { ...heading, namespace: NAMESPACE }, (chart) => {
      const secondaryDisks = [{ disk: data1, name: 'datadisk1' }];
      this.vm = alpineVm(chart, 'alpine-vm', { bootDisk: this.boot, cloudInit, secondaryDisks });
      if (plugged !== undefined) this.vm.attach(plugged, { hotpluggable: true });
      return follow();
    });
  }

  private waitForPlugged(disk: ClaimedDisk): string {
    const phase = `.status.volumeStatus[?(@.name=="${disk.claimName}")].phase`;
    return waitForField('vmi', this.vm, phase, 'Ready');
  }

  private showVolumes(): string {
    return showField('vmi', this.vm, '.status.volumeStatus[*].name');
  }
}

const LOGIN = 'Log in as `alpine`, password `alpine`, once cloud-init has set it; `doas su` makes you root.';

const RESTART =
  'cloud-init has done its work. Its disk cannot be unplugged from the running VM: a restart takes it out. ' +
  'The old instance stays Ready until its guest has shut down, so the wait is for a new one.';

const GROW =
  'The claim grows while the VM runs: its capacity follows when the node has grown the device. Then the guest ' +
  'takes the room: partition first, then the file system.';

const KNOWN_DEFECT =
  'In v1.6.2 the VM shows RestartRequired all the same, a known defect of that release: nothing needs a restart.';

/** The imperative way to the same state. */
function instead(command: string): string {
  return `Instead of the apply, by command: \`${command}\`.`;
}

function quantity(size: Size): string {
  return Quantity.format(size);
}

/** One partition with a file system, mounted. */
function format(seen: Seen): string[] {
  const { device } = seen;
  return [
    `parted -s ${device} mklabel gpt mkpart data ext4 1MiB 100%`,
    `partprobe ${device}`,
    `mkfs.ext4 ${device}1`,
    mount(seen),
  ];
}

function growFileSystem(seen: Seen): string[] {
  const { device, mountPoint } = seen;
  return [
    `lsblk ${device}`,
    `umount ${mountPoint}`,
    `parted -s -f ${device} resizepart 1 100%`,
    `partprobe ${device}`,
    `e2fsck -f -y ${device}1`,
    `resize2fs ${device}1`,
    mount(seen),
    `df -h ${mountPoint}`,
  ];
}

function mount({ device, mountPoint }: Seen): string {
  return `mkdir -p ${mountPoint} && mount ${device}1 ${mountPoint}`;
}
