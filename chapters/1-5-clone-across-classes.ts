import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import {
  CloneStrategy,
  ContentType,
  DataVolumeImport,
  DataVolumeSource,
  DiskClone,
  QcowExporter,
  StorageClass,
  StorageProfile,
  VolumeMode,
} from '../constructs';
import type { Upload } from './1-3-upload';
import { waitForStrategy } from './1-4-clone-same-class';
import { alpineVm, LAB_DISK } from './alpine';
import { Chapter } from './chapter';
import { cloneTable, OTHER_CLASSES, storageFor } from './clone-table';
import { asObject, remove, showDisks, showVm, waitForDisk, waitForVm } from './commands';
import { LAB } from './lab';

/** One of the chapter's clones that work. */
interface Clone {
  readonly profileStep: string;
  readonly step: string;
  readonly strategy: CloneStrategy;
  readonly storageClassName: string;
  readonly method: string;
}

const { block2, nvme, nfs } = LAB.storageClass;

const COPY_ISCSI: Clone = {
  profileStep: '2-iscsi2-copy-profile',
  step: '3-iscsi2-copy',
  strategy: CloneStrategy.COPY,
  storageClassName: block2,
  method: 'copy-iscsi',
};
const COPY_NVME: Clone = {
  profileStep: '4-nvme-copy-profile',
  step: '5-nvme-copy',
  strategy: CloneStrategy.COPY,
  storageClassName: nvme,
  method: 'copy-nvme',
};
const SNAPSHOT_ISCSI: Clone = {
  profileStep: '6-iscsi2-snapshot-profile',
  step: '7-iscsi2-snapshot',
  strategy: CloneStrategy.SNAPSHOT,
  storageClassName: block2,
  method: 'snapshot-iscsi',
};

/** Chapter 1.5: the disk of chapter 1.3 cloned into other classes, and carried where no clone goes. */
export class CloneAcrossClasses extends Chapter {
  public constructor(
    scope: Construct,
    id: string,
    private readonly source: Upload,
  ) {
    super(scope, id, {
      title: 'Chapter 1.5: clone across storage classes',
      shows:
        'Which clones cross from one class to another, which stay pending for ever, and the way round: export the disk and import it.',
    });
    this.remark(`## What each clone does\n\n${cloneTable(source.disk, OTHER_CLASSES)}\n\n${REFUSED}`);
    this.makeStorageClass();
    for (const clone of [COPY_ISCSI, COPY_NVME, SNAPSHOT_ISCSI]) this.clone(clone);
    this.exportAndImport();
    this.cleanUp(`kubectl delete storageclass/${block2} --ignore-not-found`);
  }

  private makeStorageClass(): void {
    this.apply('1-iscsi2-class', 'Make a second iSCSI class', {}, (chart) => {
      new StorageClass(chart, block2, {
        provisioner: LAB.csiDriver,
        parameters: {
          backendType: 'ontap-san',
          sanType: 'iscsi',
          fsType: 'ext4',
          storagePools: 'BackendForiSCSI:.*',
        },
        allowVolumeExpansion: true,
      });
      return { look: [`kubectl get storageclass/${block2} storageprofile/${block2}`] };
    });
  }

  private clone(clone: Clone): void {
    const { strategy, storageClassName, method } = clone;
    this.apply(clone.profileStep, `Ask for ${strategy} into ${storageClassName}`, {}, (chart) => {
      new StorageProfile(chart, storageClassName, { cloneStrategy: strategy });
      return { next: [waitForStrategy(storageClassName, strategy)] };
    });
    const title = `Clone by ${strategy} into ${storageClassName}`;
    const labels = { method };
    let removal: string[] = [];
    this.apply(clone.step, title, { namespace: this.source.disk.namespace }, (chart) => {
      const source = DataVolumeSource.claim(this.source.disk);
      const catalog = storageFor(clone);
      const contentType = ContentType.KUBEVIRT;
      const disk = new DiskClone(chart, 'alpine-boot-clone', {
        source,
        storageClassName,
        labels,
        contentType,
        catalog,
      });
      const vm = alpineVm(chart, 'alpine-vm-clone', { bootDisk: disk, labels });
      removal = [remove('vm', vm), remove('datavolume', asObject(disk))];
      return { next: [waitForDisk(disk), waitForVm(vm)], look: [showDisks(disk), showVm(vm)] };
    });
    this.run('Remove the clone', removal, { text: 'The next one has the same names.' });
  }

  /** The way into NFS: convert the raw device, serve it, import it. */
  private exportAndImport(): void {
    const { namespace } = this.source.disk;
    let exporter!: QcowExporter;
    this.apply('8-nfs-export', 'Export the disk as qcow2', { namespace, text: EXPORT }, (chart) => {
      exporter = new QcowExporter(chart, 'pvc-qcow2-exporter', { disk: this.source.disk });
      const pod = `pod/${exporter.name} -n ${exporter.namespace}`;
      this.cleanUp(`kubectl delete ${pod} --ignore-not-found`, remove('service', exporter));
      return { next: [`kubectl wait ${pod} --for=condition=Ready --timeout=5m`], look: [`kubectl logs ${pod}`] };
    });
    const labels = { method: 'export-import-nfs' };
    this.apply('9-nfs-import', 'Import it into NFS', { namespace }, (chart) => {
      const disk = new DataVolumeImport(chart, 'alpine-boot-import-nfs-qcow2', {
        ...LAB_DISK,
        source: exporter.source,
        size: Size.gibibytes(2),
        volumeMode: VolumeMode.FILESYSTEM,
        storageClassName: nfs,
        labels,
      });
      const vm = alpineVm(chart, 'alpine-vm-clone', { bootDisk: disk, labels });
      this.cleanUp(remove('vm', vm), remove('datavolume', asObject(disk)));
      return { next: [waitForDisk(disk), waitForVm(vm)], look: [showDisks(disk), showVm(vm)] };
    });
  }
}

const REFUSED = `The clones that never finish are not among the manifests: a \`DiskClone\` that is given the catalog of the
lab's storage refuses them, with the reason and the way out. The lab deletes the VolumeSnapshotClass to get copies; here
each step sets the strategy in the StorageProfile of the class that the clone goes to.`;

const EXPORT = 'The web server may take a moment longer than the Pod: the conversion runs first, as the log shows.';
