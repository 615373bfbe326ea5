import {
  CloneStrategy,
  ContentType,
  DataVolumeSource,
  DiskClone,
  StorageCatalog,
  StorageProfile,
  VolumeSnapshotClass,
} from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import type { Upload } from './1-3-upload';
import { alpineVm } from './alpine';
import { Chapter } from './chapter';
import { cloneTable, SAME_CLASS, WITH_SNAPSHOTS } from './clone-table';
import {
  remove,
  removeNamespaces,
  removeWithDisk,
  resetStrategy,
  showCloneType,
  showDisks,
  showVms,
  stop,
  virtctl,
  waitForDisk,
  waitForStrategy,
  waitForVm,
} from './commands';
import { LAB, LAB_STORAGE } from './lab';

/** One of the chapter's clones, A to F. */
interface Clone {
  readonly title: string;
  readonly disk: string;
  readonly vm: string;
  readonly method: string;
  /** Namespace of the clone, where it is not that of the source. */
  readonly namespace?: string;
}

/** The clones, by the step that makes them. */
const CLONES = {
  '1-a-copy': {
    title: 'A: copy',
    disk: 'alpine-boot-clone',
    vm: 'alpine-vm-clone',
    method: 'clone1',
  },
  '2-b-copy-other-namespace': {
    title: 'B: copy into another namespace',
    disk: 'alpine-boot-clone',
    vm: 'alpine-vm-clone2',
    method: 'clone2',
    namespace: 'sc27-alpine-d',
  },
  '4-c-snapshot': {
    title: 'C: snapshot',
    disk: 'alpine-boot-clone3',
    vm: 'alpine-vm-clone3',
    method: 'clone3',
  },
  '5-d-snapshot-other-namespace': {
    title: 'D: snapshot, into another namespace',
    disk: 'alpine-boot-clone',
    vm: 'alpine-vm-clone4',
    method: 'clone4',
    namespace: 'sc27-alpine-e',
  },
  '7-e-csi-clone': {
    title: 'E: csi-clone',
    disk: 'alpine-boot-clone5',
    vm: 'alpine-vm-clone5',
    method: 'clone5',
  },
  '8-f-csi-clone-other-namespace': {
    title: 'F: csi-clone, into another namespace',
    disk: 'alpine-boot-clone6',
    vm: 'alpine-vm-clone6',
    method: 'clone6',
    namespace: 'sc27-alpine-f',
  },
} satisfies Record<string, Clone>;

const { COPY, SNAPSHOT, CSI_CLONE } = CloneStrategy;
const STORAGE_CLASS = LAB.storageClass.block;

/** Chapter 1.4: the disk of chapter 1.3 cloned in its own class, by each strategy, in its namespace and into another. */
export class CloneSameClass extends Chapter {
  public constructor(
    scope: Construct,
    id: string,
    private readonly source: Upload,
  ) {
    super(scope, id, {
      title: 'Chapter 1.4: clone in the same class',
      shows:
        'What decides how a clone is made: without a VolumeSnapshotClass every byte is copied; with one CDI takes a snapshot; csi-clone is set by hand.',
      needs: 'chapter 1.3, whose disk is cloned, and no VolumeSnapshotClass of the CSI driver yet',
    });
    this.remark(`## What each strategy does\n\n${cloneTable(source.disk, SAME_CLASS)}`);
    this.stopSource();
    this.clone('1-a-copy', LAB_STORAGE);
    this.clone('2-b-copy-other-namespace', LAB_STORAGE);
    this.makeSnapshotClass();
    this.clone('4-c-snapshot', WITH_SNAPSHOTS);
    this.clone('5-d-snapshot-other-namespace', WITH_SNAPSHOTS);
    this.askForCsiClone();
    const withCsiClone = WITH_SNAPSHOTS.withCloneStrategy(STORAGE_CLASS, CSI_CLONE);
    this.clone('7-e-csi-clone', withCsiClone);
    this.clone('8-f-csi-clone-other-namespace', withCsiClone);
    this.setsBack({ kind: 'StorageProfile', name: STORAGE_CLASS });
    this.cleanUp(
      resetStrategy(STORAGE_CLASS),
      virtctl('start', source.vm),
      '# only after chapters 1.5 and 1.6, which need the class',
      remove('volumesnapshotclass', { name: LAB.snapshotClass }),
    );
  }

  private stopSource(): void {
    this.run({
      title: 'Stop the source',
      text: 'A clone waits while a VM runs on its source. Without a VolumeSnapshotClass the strategy of the class is copy.',
      commands: [...stop(this.source.vm), waitForStrategy(STORAGE_CLASS, COPY)],
    });
  }

  private clone(step: keyof typeof CLONES, catalog: StorageCatalog): void {
    const clone: Clone = CLONES[step];
    const { title, namespace = this.source.disk.namespace } = clone;
    const newNamespace = clone.namespace !== undefined;
    const labels = { method: clone.method };
    this.apply(step, { title, namespace, newNamespace }, (chart) => {
      const source = DataVolumeSource.claim(this.source.disk);
      const contentType = ContentType.KUBEVIRT;
      const disk = new DiskClone(chart, clone.disk, { source, labels, contentType, catalog });
      const vm = alpineVm(chart, clone.vm, { bootDisk: disk, labels });
      if (clone.namespace === undefined) this.cleanUp(...removeWithDisk(vm, disk));
      else this.cleanUp(removeNamespaces(clone.namespace));
      return {
        next: [waitForDisk(disk), waitForVm(vm)],
        look: [showCloneType(disk), showDisks(disk), showVms(vm)],
      };
    });
  }

  private makeSnapshotClass(): void {
    const text = 'From here on CDI clones by snapshot.';
    this.apply('3-snapshot-class', { title: 'Make the VolumeSnapshotClass', text }, (chart) => {
      new VolumeSnapshotClass(chart, LAB.snapshotClass, { driver: LAB.csiDriver, isDefault: true });
      return { next: [waitForStrategy(STORAGE_CLASS, SNAPSHOT)], look: ['kubectl get volumesnapshotclass'] };
    });
  }

  private askForCsiClone(): void {
    const text = 'CDI reads the strategy from the StorageProfile of the class that the clone goes to.';
    this.apply('6-csi-clone-profile', { title: 'Ask for csi-clone', text }, (chart) => {
      new StorageProfile(chart, STORAGE_CLASS, { cloneStrategy: CSI_CLONE });
      return { next: [waitForStrategy(STORAGE_CLASS, CSI_CLONE)] };
    });
  }
}
