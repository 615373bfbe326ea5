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
  expecting,
  inNamespace,
  reference,
  removeNamespaces,
  removeVolume,
  restart,
  showDisks,
  waitForField,
  waitForVm,
  waitUntilUnplugged,
} from './commands';
import { DISK_TEXTS } from './disk-texts';
import { ALPINE_GUEST_LOGIN, inGuest } from './guest';
import { dropFromFstab, format, growFileSystem, Mounted, proofOf, writeProof } from './guest-disk';
import { LAB } from './lab';
import { importHangs, vmHangs, volumeRows, watchPlug, watchUnplug, watchUpload } from './meanwhile';
import { uploadIntoDataVolume } from './upload';

const NAMESPACE = 'disks';

/** On virtio: after the boot disk, which is vda. */
const DATA1: Mounted = { device: '/dev/vdb', mountPoint: '/mnt/data1' };

/** On scsi, as every hot-plugged disk. */
const DATA2: Mounted = { device: '/dev/sda', mountPoint: '/mnt/data2' };

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
    this.remark(ALPINE_GUEST_LOGIN);
    this.remark(DISK_TEXTS.partitionTable);
    this.remark(DISK_TEXTS.changes);
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
    this.run({ title: 'Upload the image', watch: watchUpload(this.boot), commands, look: [showDisks(this.boot)] });
  }

  private attach(data1: SecondaryDisk): void {
    const step = { title: 'Start the VM with its first data disk', text: DISK_TEXTS.order };
    this.state('2-attached', step, { data1, cloudInit: WELCOME }, () => {
      this.hangs(importHangs(this.boot), vmHangs(this.vm), DISK_TEXTS.plugHangs(this.vm.name, inNamespace(this.vm)));
      return {
        next: [waitForVm(this.vm)],
        inGuest: inGuest(
          this.vm,
          '# vda is the boot disk, vdb data1, vdc the cloud-init disk (1M)\nlsblk',
          ...format(DATA1),
          writeProof(DATA1),
        ),
        look: [volumeRows(this.vm)],
      };
    });
  }

  private dropCloudInit(data1: SecondaryDisk): void {
    const step = { title: 'Remove the cloud-init disk', text: DISK_TEXTS.restart };
    this.state('3-without-cloud-init', step, { data1 }, () => ({
      next: restart(this.vm),
      inGuest: inGuest(
        this.vm,
        '# vdc is gone, and data1 is mounted: fstab says so\nlsblk',
        expecting('kept', proofOf(DATA1)),
      ),
      look: [volumeRows(this.vm)],
    }));
  }

  /** The claim grows online; then the guest grows its partition and file system. */
  private grow(step: string, disk: SecondaryDisk, size: Size, mounted: Mounted): GrownDisk {
    let grown!: GrownDisk;
    const text = quantity(size);
    const title = `Grow ${disk.claimName} to ${text}`;
    this.apply(step, { title, text: DISK_TEXTS.grow, namespace: NAMESPACE }, (chart) => {
      grown = disk.grow(chart, disk.claimName, size);
      return {
        next: [waitForField('pvc', claimOf(grown), '.status.capacity.storage', text)],
        inGuest: inGuest(
          this.vm,
          `# the disk is ${text.replace('i', '')}, its partition still 1022M\nlsblk ${mounted.device}`,
          ...growFileSystem(mounted),
          expecting('kept', proofOf(mounted)),
        ),
        look: [`kubectl get ${reference('pvc', claimOf(grown))}`],
      };
    });
    return grown;
  }

  private plug(step: string, data1: ClaimedDisk, data2: SecondaryDisk): void {
    const text = `${DISK_TEXTS.plug}\n\n${instead(addVolume(this.vm, data2))}`;
    this.state(step, { title: `Plug in ${data2.claimName}`, text }, { data1, plugged: data2 }, () => ({
      watch: watchPlug(this.vm, data2),
      next: [this.waitForPlugged(data2)],
      inGuest: inGuest(this.vm, '# sda is there, without a restart\nlsblk', ...format(DATA2), writeProof(DATA2)),
      look: [volumeRows(this.vm)],
    }));
  }

  private unplug(step: string, data1: ClaimedDisk, data2: ClaimedDisk): void {
    const name = data2.claimName;
    this.run({
      title: `Unmount ${name}`,
      text: DISK_TEXTS.fstab,
      inGuest: inGuest(
        this.vm,
        `umount ${DATA2.mountPoint}`,
        dropFromFstab(DATA2),
        expecting('only data1', 'grep /mnt /etc/fstab'),
      ),
    });
    const text = `The claim and its data stay.\n\n${instead(removeVolume(this.vm, data2))}`;
    this.state(step, { title: `Unplug ${name}`, text }, { data1 }, () => ({
      watch: watchUnplug(this.vm, data2),
      next: [waitUntilUnplugged(this.vm)],
      look: [volumeRows(this.vm), showDisks(data2)],
    }));
  }

  private plugAgain(step: string, data1: ClaimedDisk, data2: ClaimedDisk): void {
    const text = `Its data is still there. If \`lsblk\` shows another device than ${DATA2.device}, take that one.\n\n${instead(addVolume(this.vm, data2))}`;
    this.state(step, { title: `Plug ${data2.claimName} in again`, text }, { data1, plugged: data2 }, () => ({
      next: [this.waitForPlugged(data2)],
      inGuest: inGuest(
        this.vm,
        'lsblk',
        `mount ${DATA2.device}1 ${DATA2.mountPoint}`,
        expecting('kept', proofOf(DATA2)),
      ),
      look: [volumeRows(this.vm)],
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
}

/** The imperative way to the same state. */
function instead(command: string): string {
  return `Instead of the apply, by command: \`${command}\`.`;
}

function quantity(size: Size): string {
  return Quantity.format(size);
}
