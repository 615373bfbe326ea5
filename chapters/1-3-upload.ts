import { BootableVM, ContentType, DataVolumeImport, DataVolumeSource } from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import { alpineVm, LAB_DISK, WELCOME } from './alpine';
import { Chapter } from './chapter';
import { removeNamespaces, showDisks, showVms, uploadIntoDataVolume, virtctl, waitForVm } from './commands';
import { LAB } from './lab';

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
    this.disk = this.addDisk();
    this.vm = this.addVm();
    this.cleanUp('# only after chapters 1.4 and 1.5, which clone this disk', removeNamespaces(NAMESPACE));
  }

  private addDisk(): DataVolumeImport {
    let disk!: DataVolumeImport;
    this.apply('1-disk', { title: 'Make the DataVolume', namespace: NAMESPACE, newNamespace: true }, (chart) => {
      const source = DataVolumeSource.upload();
      disk = new DataVolumeImport(chart, 'alpine-boot', { ...LAB_DISK, source, contentType: ContentType.KUBEVIRT });
      return { look: [showDisks(disk)] };
    });
    const commands = uploadIntoDataVolume(disk, LAB.images.alpineBios);
    this.run({ title: 'Upload the image', commands, look: [showDisks(disk)] });
    return disk;
  }

  private addVm(): BootableVM {
    let vm!: BootableVM;
    this.apply('2-vm', { title: 'Start the VM', namespace: NAMESPACE }, (chart) => {
      vm = alpineVm(chart, 'alpine-vm', { bootDisk: this.disk, cloudInit: WELCOME });
      return { next: [waitForVm(vm)], look: [showVms(vm), virtctl('console', vm)] };
    });
    return vm;
  }
}
