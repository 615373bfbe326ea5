import { UploadTarget } from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import { alpineVm, LAB_DISK, MESSAGE, WELCOME } from './alpine';
import { Chapter } from './chapter';
import { claimOf, expecting, removeNamespaces, showField, showPods, showVms, waitForVm } from './commands';
import { ALPINE_GUEST_LOGIN, inGuest } from './guest';
import { LAB } from './lab';
import { uploadHangs, vmHangs, watchClaimUpload } from './meanwhile';
import { WHY_RWX_BLOCK, WHY_SCRATCH } from './reasons';
import { uploadIntoClaim } from './upload';

const NAMESPACE = 'sc27-alpine-a';

/** Chapter 1.1: a claim, an upload into it, a VM. */
export class PvcUpload extends Chapter {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 1.1: upload into a claim',
      shows:
        'The plainest way to a boot disk: a PersistentVolumeClaim that CDI holds ready, and an image that is uploaded into it. ' +
        'The disk is a claim and nothing else: there is no datastore.',
      needs: 'chapter 0',
    });
    this.remark(ALPINE_GUEST_LOGIN);
    const disk = this.addDisk();
    this.addVm(disk);
    this.cleanUp(removeNamespaces(NAMESPACE));
  }

  private addDisk(): UploadTarget {
    let disk!: UploadTarget;
    const step = { title: 'Make the claim', text: WHY_RWX_BLOCK, namespace: NAMESPACE, newNamespace: true };
    this.apply('1-disk', step, (chart) => {
      disk = new UploadTarget(chart, 'alpine-boot', LAB_DISK);
      return { look: [`kubectl get pvc -n ${NAMESPACE}`] };
    });
    const phase = '.metadata.annotations.cdi\\.kubevirt\\.io/storage\\.pod\\.phase';
    this.run({
      title: 'Upload the image',
      text: `virtctl waits for the upload server, and returns when CDI has written the disk. A claim is filled once.\n\n${WHY_SCRATCH}`,
      watch: watchClaimUpload(disk),
      commands: uploadIntoClaim(disk, LAB.images.alpineBios),
      look: [expecting('Succeeded', showField('pvc', claimOf(disk), phase))],
    });
    return disk;
  }

  private addVm(disk: UploadTarget): void {
    const text =
      'Not before the upload: a VM does not know whether a plain claim is filled. The VM runs in a pod, `virt-launcher-…`; its interface is ' +
      "a masquerade, so the VM's address is the pod's.";
    this.apply('2-vm', { title: 'Start the VM', text, namespace: NAMESPACE }, (chart) => {
      const vm = alpineVm(chart, 'alpine-vm', { bootDisk: disk, cloudInit: WELCOME });
      this.hangs(uploadHangs(disk), vmHangs(vm));
      return {
        next: [waitForVm(vm)],
        inGuest: inGuest(vm, expecting(MESSAGE, 'cat /etc/motd')),
        look: [showVms(vm), showPods(vm)],
      };
    });
  }
}
