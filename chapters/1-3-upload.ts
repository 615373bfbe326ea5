import { BootableVM, ContentType, DataVolumeImport, DataVolumeSource } from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import { alpineVm, LAB_DISK, MESSAGE, WELCOME } from './alpine';
import { Chapter } from './chapter';
import { expecting, removeNamespaces, showDisks, showVms, waitForVm } from './commands';
import { ALPINE_GUEST_LOGIN, inGuest } from './guest';
import { LAB } from './lab';
import { importHangs, vmHangs, watchUpload } from './meanwhile';
import { uploadIntoDataVolume } from './upload';

const NAMESPACE = 'sc27-alpine-c';

/** Chapter 1.3: an upload into a DataVolume. Its disk and its VM are what chapters 1.4 and 1.5 clone. */
export class Upload extends Chapter {
  /** The disk. */
  public readonly disk: DataVolumeImport;

  /** The VM. */
  public readonly vm: BootableVM;

  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 1.3: upload into a DataVolume',
      shows: 'As chapter 1.1, but a DataVolume makes the claim: it knows whether the disk is ready.',
      needs: 'chapter 0',
    });
    this.remark(ALPINE_GUEST_LOGIN);
    this.disk = this.addDisk();
    this.vm = this.addVm();
    this.hangs(importHangs(this.disk), vmHangs(this.vm));
    this.cleanUp('# only after chapters 1.4 and 1.5, which clone this disk', removeNamespaces(NAMESPACE));
  }

  private addDisk(): DataVolumeImport {
    let disk!: DataVolumeImport;
    this.apply(
      '1-disk',
      { title: 'Make the DataVolume', text: OWNER, namespace: NAMESPACE, newNamespace: true },
      (chart) => {
        const source = DataVolumeSource.upload();
        disk = new DataVolumeImport(chart, 'alpine-boot', { ...LAB_DISK, source, contentType: ContentType.KUBEVIRT });
        return { look: [showDisks(disk)] };
      },
    );
    const commands = uploadIntoDataVolume(disk, LAB.images.alpineBios);
    this.run({ title: 'Upload the image', watch: watchUpload(disk), commands, look: [showDisks(disk)] });
    return disk;
  }

  private addVm(): BootableVM {
    let vm!: BootableVM;
    this.apply('2-vm', { title: 'Start the VM', text: CUSTOMISED, namespace: NAMESPACE }, (chart) => {
      vm = alpineVm(chart, 'alpine-vm', { bootDisk: this.disk, cloudInit: WELCOME });
      return {
        next: [waitForVm(vm)],
        inGuest: inGuest(vm, expecting(MESSAGE, 'cat /etc/motd')),
        look: [showVms(vm)],
      };
    });
    return vm;
  }
}

const OWNER =
  'The DataVolume owns its claim: if you delete the claim, CDI makes it again, empty, and it waits for an upload. The plain claim of chapter 1.1 ' +
  'is gone for good when it is deleted.';

const CUSTOMISED =
  'Do not go on before the message of the day is there: the clones of chapters 1.4 and 1.5 show by it that they are clones of this disk.';
