import { Size } from 'cdk8s';
import { Construct } from 'constructs';
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
} from '../constructs';
import { alpineVm, LAB_DISK, WELCOME } from './alpine';
import { Chapter, FollowUp } from './chapter';
import {
  addVolume,
  download,
  openConsole,
  removeNamespaces,
  removeVolume,
  showDisks,
  uploadImage,
  virtctl,
  waitForDisk,
  waitForVm,
} from './commands';
import { LAB } from './lab';

const NAMESPACE = 'disks';

/** The VM as one step has it. */
interface State {
  readonly cloudInit?: CloudInit;
  /** Whether alpine-data2 is plugged in. */
  readonly plugged?: ClaimedDisk;
}

/** Chapter 2: disks beside the boot disk; the steps are successive states of the same objects. */
export class SecondaryDisks extends Chapter {
  private boot!: DataVolumeImport;
  private data1!: SecondaryDisk;
  private data2!: SecondaryDisk;
  private vm!: BootableVM;

  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 2: secondary disks',
      shows:
        'A disk more is a claim more: attached with the VM, grown while it runs, plugged into it and out again. ' +
        'Static disks appear as /dev/vdX (virtio), hot-plugged ones as /dev/sdX (scsi).',
    });
    this.makeDisks();
    this.attachAndDropCloudInit();
    const data1 = this.grow('4-data1-grown', this.data1, Size.gibibytes(2), 'vdb');
    this.plug(data1);
    this.cleanUp(removeNamespaces(NAMESPACE));
  }

  private makeDisks(): void {
    this.apply('1-disks', 'Make the disks', { namespace: NAMESPACE, newNamespace: true }, (chart) => {
      const source = DataVolumeSource.upload();
      this.boot = new DataVolumeImport(chart, 'alpine-boot', {
        ...LAB_DISK,
        source,
        contentType: ContentType.KUBEVIRT,
      });
      this.data1 = new SecondaryDisk(chart, 'alpine-data1', LAB_DISK);
      this.data2 = new SecondaryDisk(chart, 'alpine-data2', LAB_DISK);
      return { look: [showDisks(this.boot)] };
    });
    const { alpineBios, alpineBiosUrl } = LAB.images;
    this.run('Upload the image', [
      download(alpineBios, alpineBiosUrl),
      uploadImage('dv', this.boot, alpineBios),
      waitForDisk(this.boot),
    ]);
  }

  private attachAndDropCloudInit(): void {
    this.state('2-attached', 'Start the VM with its first data disk', { cloudInit: WELCOME }, '', () => ({
      next: [waitForVm(this.vm)],
      look: [openConsole(this.vm)],
      inGuest: [
        'lsblk',
        'parted -s /dev/vdb mklabel gpt mkpart data ext4 1MiB 100%',
        'mkfs.ext4 /dev/vdb1',
        ...mount('vdb1'),
      ],
    }));
    const why =
      'cloud-init has done its work. Its disk cannot be unplugged from the running VM: a restart takes it out.';
    this.state('3-without-cloud-init', 'Remove the cloud-init disk', {}, why, () => ({
      next: [virtctl('restart', this.vm), waitForVm(this.vm)],
      look: [`kubectl get vm/${this.vm.name} -n ${NAMESPACE} -o jsonpath='{.spec.template.spec.volumes}{"\\n"}'`],
    }));
  }

  /** The claim grows online; then the guest grows its partition and file system. */
  private grow(step: string, disk: SecondaryDisk, size: Size, device: string): GrownDisk {
    let grown!: GrownDisk;
    const title = `Grow ${disk.claimName} to ${Quantity.format(size)}`;
    this.apply(step, title, { namespace: NAMESPACE }, (chart) => {
      grown = disk.grow(chart, disk.claimName, size);
      const capacity = `{.status.capacity.storage}`;
      return {
        next: [
          `kubectl wait pvc/${grown.claimName} -n ${NAMESPACE} --for=jsonpath='${capacity}'=${Quantity.format(size)} --timeout=5m`,
        ],
        inGuest: [
          `umount /dev/${device}1`,
          `parted -s -f /dev/${device} resizepart 1 100%`,
          `partprobe /dev/${device}`,
          `e2fsck -f -y /dev/${device}1`,
          `resize2fs /dev/${device}1`,
          ...mount(`${device}1`),
          'df -h /mnt',
        ],
        look: [`kubectl get pvc/${grown.claimName} -n ${NAMESPACE}`],
      };
    });
    return grown;
  }

  private plug(data1: ClaimedDisk): void {
    const imperative = (command: string): string => `# or, by command: ${command}`;
    const live =
      'The disk is plugged into the running VM. In v1.6.2 the VM shows RestartRequired all the same, a known defect of that release.';
    this.state(
      '5-data2-hotplugged',
      'Plug in alpine-data2',
      { plugged: this.data2 },
      live,
      () => ({
        next: [imperative(addVolume(this.vm, this.data2))],
        look: [`kubectl get vmi/${this.vm.name} -n ${NAMESPACE} -o jsonpath='{.status.volumeStatus}{"\\n"}'`],
        inGuest: [
          'lsblk',
          'parted -s /dev/sda mklabel gpt mkpart data ext4 1MiB 100%',
          'mkfs.ext4 /dev/sda1',
          ...mount('sda1'),
          'echo kept > /mnt/proof',
        ],
      }),
      data1,
    );
    const data2 = this.grow('6-data2-grown', this.data2, Size.gibibytes(3), 'sda');
    this.state(
      '7-data2-detached',
      'Unplug it',
      {},
      'In the guest first: `umount /mnt`.',
      () => ({
        next: [imperative(removeVolume(this.vm, data2))],
        look: [showDisks(data2)],
      }),
      data1,
    );
    this.state(
      '8-data2-attached-again',
      'Plug it in again',
      { plugged: data2 },
      'Its data is still there.',
      () => ({
        next: [imperative(addVolume(this.vm, data2))],
        inGuest: [...mount('sda1'), 'cat /mnt/proof'],
      }),
      data1,
    );
  }

  /** A step that states the VM anew. */
  private state(
    step: string,
    title: string,
    { cloudInit, plugged }: State,
    text: string,
    follow: () => FollowUp,
    data1: ClaimedDisk = this.data1,
  ): void {
    this.apply(step, title, { namespace: NAMESPACE, text: text === '' ? undefined : text }, (chart) => {
      const secondaryDisks = [{ disk: data1, name: 'datadisk1' }];
      this.vm = alpineVm(chart, 'alpine-vm', { bootDisk: this.boot, cloudInit, secondaryDisks });
      if (plugged !== undefined) this.vm.attach(plugged, { hotpluggable: true });
      return follow();
    });
  }
}

function mount(partition: string): string[] {
  return ['mkdir -p /mnt', `mount /dev/${partition} /mnt`];
}
