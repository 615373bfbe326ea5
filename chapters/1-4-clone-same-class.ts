import { Construct } from 'constructs';
import {
  CloneStrategy,
  ContentType,
  DataVolumeSource,
  DiskClone,
  StorageCatalog,
  StorageProfile,
  VolumeSnapshotClass,
} from '../constructs';
import type { Upload } from './1-3-upload';
import { alpineVm } from './alpine';
import { Chapter } from './chapter';
import { cloneTable, SAME_CLASS, WITH_SNAPSHOTS } from './clone-table';
import {
  asObject,
  remove,
  removeNamespaces,
  showDisks,
  showVm,
  virtctl,
  waitForDisk,
  waitForStop,
  waitForVm,
} from './commands';
import { LAB, LAB_STORAGE } from './lab';

/** One of the chapter's clones, A to F. */
interface Clone {
  readonly step: string;
  readonly title: string;
  readonly disk: string;
  readonly vm: string;
  readonly method: string;
  /** Namespace of the clone, where it is not that of the source. */
  readonly namespace?: string;
}

const A: Clone = {
  step: '1-a-copy',
  title: 'A: copy',
  disk: 'alpine-boot-clone',
  vm: 'alpine-vm-clone',
  method: 'clone1',
};
const B: Clone = {
  step: '2-b-copy-other-namespace',
  title: 'B: copy into another namespace',
  disk: 'alpine-boot-clone',
  vm: 'alpine-vm-clone2',
  method: 'clone2',
  namespace: 'sc27-alpine-d',
};
const C: Clone = {
  step: '4-c-snapshot',
  title: 'C: snapshot',
  disk: 'alpine-boot-clone3',
  vm: 'alpine-vm-clone3',
  method: 'clone3',
};
const D: Clone = {
  step: '5-d-snapshot-other-namespace',
  title: 'D: snapshot, into another namespace',
  disk: 'alpine-boot-clone',
  vm: 'alpine-vm-clone4',
  method: 'clone4',
  namespace: 'sc27-alpine-e',
};
const E: Clone = {
  step: '7-e-csi-clone',
  title: 'E: csi-clone',
  disk: 'alpine-boot-clone5',
  vm: 'alpine-vm-clone5',
  method: 'clone5',
};
const F: Clone = {
  step: '8-f-csi-clone-other-namespace',
  title: 'F: csi-clone, into another namespace',
  disk: 'alpine-boot-clone6',
  vm: 'alpine-vm-clone6',
  method: 'clone6',
  namespace: 'sc27-alpine-f',
};

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
    });
    const { block } = LAB.storageClass;
    this.remark(`## What each strategy does\n\n${cloneTable(source.disk, SAME_CLASS)}`);
    this.run('Stop the source', [virtctl('stop', source.vm), waitForStop(source.vm)], {
      text: 'A clone waits while a VM runs on its source.',
    });
    this.clone(A, LAB_STORAGE);
    this.clone(B, LAB_STORAGE);
    this.makeSnapshotClass();
    this.clone(C, WITH_SNAPSHOTS);
    this.clone(D, WITH_SNAPSHOTS);
    this.setCsiClone(block);
    const csiClone = WITH_SNAPSHOTS.withCloneStrategy(block, CloneStrategy.CSI_CLONE);
    this.clone(E, csiClone);
    this.clone(F, csiClone);
  }

  private clone(clone: Clone, catalog: StorageCatalog): void {
    const { step, title, namespace = this.source.disk.namespace } = clone;
    const newNamespace = clone.namespace !== undefined;
    const labels = { method: clone.method };
    this.apply(step, title, { namespace, newNamespace }, (chart) => {
      const source = DataVolumeSource.claim(this.source.disk);
      const contentType = ContentType.KUBEVIRT;
      const disk = new DiskClone(chart, clone.disk, { source, labels, contentType, catalog });
      const vm = alpineVm(chart, clone.vm, { bootDisk: disk, labels });
      const cloneType = `kubectl get pvc/${disk.claimName} -n ${disk.namespace} -o jsonpath='{.metadata.annotations.cdi\\.kubevirt\\.io/cloneType}{"\\n"}'`;
      if (newNamespace) this.cleanUp(removeNamespaces(String(namespace)));
      else this.cleanUp(remove('vm', vm), remove('datavolume', asObject(disk)));
      return {
        next: [waitForDisk(disk), waitForVm(vm)],
        look: [`${cloneType} # ${disk.outcome?.kind}`, showDisks(disk), showVm(vm)],
      };
    });
  }

  private makeSnapshotClass(): void {
    const text = 'From here on CDI clones by snapshot.';
    this.apply('3-snapshot-class', 'Make the VolumeSnapshotClass', { text }, (chart) => {
      new VolumeSnapshotClass(chart, LAB.snapshotClass, { driver: LAB.csiDriver, isDefault: true });
      return { look: ['kubectl get volumesnapshotclass'] };
    });
  }

  private setCsiClone(storageClassName: string): void {
    const text = 'CDI reads the strategy from the StorageProfile of the class that the clone goes to.';
    this.apply('6-csi-clone-profile', 'Ask for csi-clone', { text }, (chart) => {
      new StorageProfile(chart, storageClassName, { cloneStrategy: CloneStrategy.CSI_CLONE });
      return { next: [waitForStrategy(storageClassName, CloneStrategy.CSI_CLONE)] };
    });
  }
}

/** Waits until CDI has taken the strategy of a StorageProfile over. */
export function waitForStrategy(storageClassName: string, strategy: CloneStrategy): string {
  return `kubectl wait storageprofile/${storageClassName} --for=jsonpath='{.status.cloneStrategy}'=${strategy} --timeout=1m`;
}
