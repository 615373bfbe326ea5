import { Size } from 'cdk8s';
import {
  CloneStrategy,
  DataVolumeImport,
  QcowExporter,
  StorageClass,
  StorageProfile,
  VolumeMode,
} from 'cdk8s-kubevirt';
import type { ObjectKey } from 'cdk8s-kubevirt/review/inventory';
import { Construct } from 'constructs';
import type { Upload } from './1-3-upload';
import { alpineVm, LAB_DISK } from './alpine';
import { Chapter } from './chapter';
import { askFor, CloneCase, cloneTable, OTHER_CLASSES } from './clone-table';
import {
  remove,
  removeWithDisk,
  resetStrategy,
  showCloneType,
  showDisks,
  showVms,
  stop,
  virtctl,
  waitForCondition,
  waitForDisk,
  waitForStrategy,
  waitForVm,
} from './commands';
import { LAB } from './lab';

/** One of the chapter's clones that work: first its StorageProfile, then the clone. */
interface Clone extends CloneCase {
  readonly profileStep: string;
  readonly step: string;
  readonly method: string;
}

const { block2, nvme, nfs } = LAB.storageClass;

const CLONES: readonly Clone[] = [
  {
    profileStep: '2-iscsi2-copy-profile',
    step: '3-iscsi2-copy',
    strategy: CloneStrategy.COPY,
    storageClassName: block2,
    method: 'copy-iscsi',
  },
  {
    profileStep: '4-nvme-copy-profile',
    step: '5-nvme-copy',
    strategy: CloneStrategy.COPY,
    storageClassName: nvme,
    method: 'copy-nvme',
  },
  {
    profileStep: '6-iscsi2-snapshot-profile',
    step: '7-iscsi2-snapshot',
    strategy: CloneStrategy.SNAPSHOT,
    storageClassName: block2,
    method: 'snapshot-iscsi',
  },
];

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
      needs:
        'chapter 1.3, whose disk is cloned, and chapter 1.4, cleaned up but for its VolumeSnapshotClass ' +
        '(some of its clones have the names of those here)',
    });
    this.remark(`## What each clone does\n\n${cloneTable(source.disk, OTHER_CLASSES)}\n\n${REFUSED}`);
    this.run({ title: 'Stop the source', text: STOPPED, commands: stop(source.vm) });
    this.makeStorageClass();
    for (const clone of CLONES) this.clone(clone);
    this.exportAndImport();
    this.setsBack({ kind: 'StorageProfile', name: nvme }, { kind: 'StorageClass', name: block2 });
    this.cleanUp(
      resetStrategy(nvme),
      remove('storageclass', { name: block2 }),
      remove('storageprofile', { name: block2 }),
      virtctl('start', source.vm),
    );
  }

  private makeStorageClass(): void {
    const text = 'CDI makes the StorageProfile of the class.';
    this.apply('1-iscsi2-class', { title: 'Make a second iSCSI class', text }, (chart) => {
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
      return {
        next: [`kubectl wait storageprofile/${block2} --for=create --timeout=1m`],
        look: [`kubectl get storageclass/${block2}`],
      };
    });
  }

  private clone(clone: Clone): void {
    const { strategy, storageClassName } = clone;
    this.apply(clone.profileStep, { title: `Ask for ${strategy} into ${storageClassName}` }, (chart) => {
      new StorageProfile(chart, storageClassName, { cloneStrategy: strategy });
      return { next: [waitForStrategy(storageClassName, strategy)] };
    });
    const labels = { method: clone.method };
    const step = { title: `Clone by ${strategy} into ${storageClassName}`, namespace: this.source.disk.namespace };
    let removal: string[] = [];
    let removed: ObjectKey[] = [];
    this.apply(clone.step, step, (chart) => {
      const disk = askFor(chart, 'alpine-boot-clone', this.source.disk, clone, labels);
      const vm = alpineVm(chart, 'alpine-vm-clone', { bootDisk: disk, labels });
      removal = removeWithDisk(vm, disk);
      removed = [
        { kind: 'VirtualMachine', name: vm.name, namespace: vm.namespace },
        { kind: 'DataVolume', name: disk.claimName, namespace: disk.namespace },
      ];
      return {
        next: [waitForDisk(disk), waitForVm(vm)],
        look: [showCloneType(disk), showDisks(disk), showVms(vm)],
      };
    });
    const text = 'The next one has the same names.';
    this.run({ title: 'Remove the clone', text, commands: removal }, removed);
  }

  /** The way into NFS: convert the raw device, serve it, import it. */
  private exportAndImport(): void {
    const { namespace } = this.source.disk;
    let exporter!: QcowExporter;
    this.apply('8-nfs-export', { title: 'Export the disk as qcow2', text: EXPORT, namespace }, (chart) => {
      exporter = new QcowExporter(chart, 'pvc-qcow2-exporter', { disk: this.source.disk });
      return {
        next: [waitForCondition('pod', exporter, 'Ready', '5m')],
        look: [`kubectl exec ${exporter.name} -n ${exporter.namespace} -- ls -lh /data`],
      };
    });
    const labels = { method: 'export-import-nfs' };
    this.apply('9-nfs-import', { title: 'Import it into NFS', text: IMPORT, namespace }, (chart) => {
      const disk = new DataVolumeImport(chart, 'alpine-boot-import-nfs-qcow2', {
        ...LAB_DISK,
        source: exporter.source,
        size: Size.gibibytes(2),
        volumeMode: VolumeMode.FILESYSTEM,
        storageClassName: nfs,
        labels,
      });
      const vm = alpineVm(chart, 'alpine-vm-clone', { bootDisk: disk, labels });
      this.cleanUp(...removeWithDisk(vm, disk), remove('pod', exporter), remove('service', exporter));
      return { next: [waitForDisk(disk), waitForVm(vm)], look: [showDisks(disk), showVms(vm)] };
    });
  }
}

const REFUSED = `The clones that never finish are not among the manifests: a \`DiskClone\` that is given the catalog of the
lab's storage refuses them, with the reason and the way out. The lab deletes the VolumeSnapshotClass to get copies; here
each step sets the strategy in the StorageProfile of the class that the clone goes to.`;

const STOPPED = 'A clone waits while a VM runs on its source, and the export reads the raw device.';

const EXPORT =
  'No VM may run on the disk meanwhile. The Pod is Ready before its web server is: the conversion comes first.';

const IMPORT = "CDI's importer tries again until the web server answers.";
