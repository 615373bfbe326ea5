import { Size } from 'cdk8s';
import {
  CloneStrategy,
  DataVolumeImport,
  QcowExporter,
  Quantity,
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
  claimOf,
  expecting,
  lookForSnapshotClass,
  reference,
  remove,
  removeWithDisk,
  resetStrategy,
  showCloneType,
  showDisks,
  showEvents,
  showVms,
  startAgain,
  stop,
  waitForCondition,
  waitForDisk,
  waitForStrategy,
  waitForVm,
} from './commands';
import { ALPINE_GUEST_LOGIN, inGuest } from './guest';
import { LAB } from './lab';
import { cloneHangs, importHangs, vmHangs, watchClone, watchWebImport } from './meanwhile';
import { WHY_STOP } from './reasons';

/** One of the chapter's clones that work: first its StorageProfile, then the clone. */
interface Clone extends CloneCase {
  readonly profileStep: string;
  readonly step: string;
  readonly method: string;
}

const { block, block2, nvme, nfs } = LAB.storageClass;

/** The file that is written in the source, and read in each disk that is made from it. */
const PROOF = { path: '/root/proof', text: 'written in the source' };

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
      needs: 'chapter 1.3, whose disk is cloned, and chapter 1.4, cleaned up',
    });
    this.remark(
      `## What each clone does\n\n${cloneTable(source.disk, OTHER_CLASSES)}\n\n${REFUSED}\n\n${NOT_CONVERTED}`,
    );
    this.remark(ALPINE_GUEST_LOGIN);
    this.lookAround();
    this.writeProof();
    this.run({
      title: 'Stop the source',
      text: `${WHY_STOP} The export, too, reads the raw device.`,
      commands: stop(source.vm),
    });
    this.makeStorageClass();
    for (const clone of CLONES) this.clone(clone);
    this.exportAndImport();
    this.setsBack({ kind: 'StorageProfile', name: nvme }, { kind: 'StorageClass', name: block2 });
    this.cleanUp(
      resetStrategy(nvme),
      remove('storageclass', { name: block2 }),
      remove('storageprofile', { name: block2 }),
      startAgain(source.vm),
    );
  }

  /** What chapter 1.4 leaves, and what it must not have left. */
  private lookAround(): void {
    const { namespace } = this.source.disk;
    this.run({
      title: 'See what chapter 1.4 has left',
      text: LEFT,
      commands: [
        lookForSnapshotClass(LAB.snapshotClass),
        expecting('nothing', `kubectl get datavolume/alpine-boot-clone -n ${namespace} --ignore-not-found`),
      ],
    });
  }

  private writeProof(): void {
    const { path, text } = PROOF;
    this.run({
      title: 'Write a file in the source',
      text: 'It will be read in every disk that is made from this one.',
      commands: [startAgain(this.source.vm), waitForVm(this.source.vm)],
      inGuest: inGuest(this.source.vm, `echo '${text}' > ${path} && sync`),
    });
  }

  private makeStorageClass(): void {
    const text =
      `Its backend pool is that of \`${block}\`, \`${LAB.iscsiPool}\`: so a snapshot of the one can become a volume of the other. In another lab put the ` +
      'name of your pool into `iscsiPool` of `chapters/lab.ts` and run `npm run synth`: without a pool of that name no volume is ever made, and ' +
      'the clones below stay Pending. CDI makes the StorageProfile of the class.';
    this.apply('1-iscsi2-class', { title: 'Make a second iSCSI class', text }, (chart) => {
      new StorageClass(chart, block2, {
        provisioner: LAB.csiDriver,
        parameters: {
          backendType: 'ontap-san',
          sanType: 'iscsi',
          fsType: 'ext4',
          storagePools: `${LAB.iscsiPool}:.*`,
        },
        allowVolumeExpansion: true,
      });
      return {
        next: [`kubectl wait ${reference('storageprofile', { name: block2 })} --for=create --timeout=1m`],
        look: [`kubectl get ${reference('storageclass', { name: block2 })}`],
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
    const step = {
      title: `Clone by ${strategy} into ${storageClassName}`,
      text: SEEN[clone.step],
      namespace: this.source.disk.namespace,
    };
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
      if (clone === CLONES[0]) {
        this.hangs(cloneHangs(disk), vmHangs(vm));
        this.cleanUp('# what a clone that was not removed has left', ...removal);
      }
      return {
        watch: watchClone(strategy, this.source.disk, disk),
        next: [waitForDisk(disk), waitForVm(vm)],
        inGuest: inGuest(vm, expecting(PROOF.text, `cat ${PROOF.path}`)),
        look: [showCloneType(disk), showEvents('DataVolume', claimOf(disk)), showDisks(disk), showVms(vm)],
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
        look: [
          '# src.qcow2 grows until the disk is converted',
          `kubectl exec ${exporter.name} -n ${exporter.namespace} -- ls -lh /data`,
          `kubectl get ${reference('service', exporter)}`,
        ],
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
      this.hangs(importHangs(disk), exportHangs(exporter));
      return {
        watch: watchWebImport(disk),
        next: [waitForDisk(disk), waitForVm(vm)],
        inGuest: inGuest(vm, expecting(PROOF.text, `cat ${PROOF.path}`)),
        look: [showDisks(disk), showVms(vm)],
      };
    });
  }
}

const REFUSED = `The clones that never finish are not among the manifests: a \`DiskClone\` that is given the catalog of the
lab's storage refuses them, with the reason and the way out. What works inside a namespace works across namespaces, as in chapter 1.4. The lab deletes the
VolumeSnapshotClass to get copies; here each step sets the strategy in the StorageProfile of the class that the clone goes to, and the class stays.`;

/** CDI v1.63.1: doc/clone-datavolume.md; ValidateCanCloneSourceAndTargetSpec in pkg/controller/clone-controller.go. */
const NOT_CONVERTED = `**Where this departs from the lab.** The lab concludes that a copy from Block to Filesystem does not convert. CDI's rule is more exact: it
does convert, if the disk fits. Of a Filesystem claim only a part is usable (CDI keeps 6% for the file system), so that a claim of the same size never
takes a raw disk; the larger one of the table does, or \`spec.storage\`, where CDI adds the 6% itself. That the larger one works stands in CDI's code, and was
not measured in the lab; the way round by export and import was.`;

const LEFT = `The snapshot further down needs the VolumeSnapshotClass. If it is not found, make it: \`kubectl apply -f dist/1-4-clone-same-class/3-snapshot-class.k8s.yaml\`.
The clones here are called as one of chapter 1.4: if that one is still there, clean up chapter 1.4 first.`;

/** What the lab saw of a clone. */
const SEEN: Readonly<Record<string, string>> = {
  '5-nvme-copy':
    'The pod that writes, `cdi-upload-tmp-pvc-UID`, logs `Error zeroing range in destination file …, will write zeros directly`: the device cannot punch ' +
    `holes, so the empty part of the disk is written too. That is harmless, and slow: all of the ${Quantity.format(LAB.diskSize)} instead of the 120Mi or so ` +
    'that iSCSI takes.',
};

const EXPORT =
  'No VM may run on the disk meanwhile. The Pod is Ready before its web server is: the conversion comes first.';

const IMPORT = "CDI's importer tries again until the web server answers.";

function exportHangs(exporter: QcowExporter): string {
  return (
    '**The export does not answer.** ' +
    `\`kubectl logs ${exporter.name} -n ${exporter.namespace}\` shows what qemu-img says and each file that was fetched.`
  );
}
