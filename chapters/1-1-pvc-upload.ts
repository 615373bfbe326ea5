import { Construct } from 'constructs';
import { BootableVM, UploadTarget } from '../constructs';
import { alpineVm, LAB_DISK, WELCOME } from './alpine';
import { Chapter } from './chapter';
import { download, openConsole, removeNamespaces, showVm, uploadImage, waitForVm } from './commands';
import { LAB } from './lab';

const NAMESPACE = 'sc27-alpine-a';

/** Chapter 1.1: a claim, an upload into it, a VM. */
export class PvcUpload extends Chapter {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 1.1: upload into a claim',
      shows:
        'The plainest way to a boot disk: a PersistentVolumeClaim that CDI holds ready, and an image that is uploaded into it. ' +
        'The disk is a claim and nothing else: there is no datastore.',
    });
    const disk = this.addDisk();
    this.addVm(disk);
    this.cleanUp(removeNamespaces(NAMESPACE));
  }

  private addDisk(): UploadTarget {
    let disk!: UploadTarget;
    this.apply('1-disk', 'Make the claim', { namespace: NAMESPACE, newNamespace: true }, (chart) => {
      disk = new UploadTarget(chart, 'alpine-boot', LAB_DISK);
      return { look: [`kubectl get pvc/${disk.claimName} -n ${disk.namespace}`] };
    });
    const { alpineBios, alpineBiosUrl } = LAB.images;
    this.run('Upload the image', [download(alpineBios, alpineBiosUrl), uploadImage('pvc', disk, alpineBios)], {
      look: [`kubectl get pvc/${disk.claimName} -n ${disk.namespace} -o jsonpath='{.metadata.annotations}{"\\n"}'`],
    });
    return disk;
  }

  private addVm(disk: UploadTarget): void {
    this.apply('2-vm', 'Start the VM', { namespace: NAMESPACE }, (chart) => {
      const vm: BootableVM = alpineVm(chart, 'alpine-vm', { bootDisk: disk, cloudInit: WELCOME });
      return { next: [waitForVm(vm)], look: [showVm(vm), openConsole(vm)] };
    });
  }
}
