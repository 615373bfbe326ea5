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
import { alpineVm, MESSAGE } from './alpine';
import { Chapter } from './chapter';
import { cloneTable, SAME_CLASS, WITH_SNAPSHOTS } from './clone-table';
import {
  claimOf,
  expecting,
  reference,
  removeNamespaces,
  removeWithDisk,
  resetStrategy,
  setStrategy,
  showCloneType,
  showDisks,
  showEvents,
  showVms,
  startAgain,
  stop,
  waitForDisk,
  waitForStrategy,
  waitForVm,
} from './commands';
import { ALPINE_GUEST_LOGIN, inGuest } from './guest';
import { LAB, LAB_STORAGE } from './lab';
import { cloneHangs, vmHangs, watchClone } from './meanwhile';
import { HOW_CLONES_DIFFER, WHAT_A_PROFILE_IS, WHAT_SPLITS_A_CLONE, WHY_STOP } from './reasons';
import { shellWord } from './shell';

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

/** The VolumeSnapshotClasses of the driver, by name. */
const CLASSES_OF_DRIVER = `kubectl get volumesnapshotclass -o jsonpath=${shellWord(`{.items[?(@.driver=="${LAB.csiDriver}")].metadata.name}`)}`;

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
      needs: 'chapter 1.3, whose disk is cloned and whose guest shows its message of the day',
    });
    this.remark(
      `## What each strategy does\n\n${cloneTable(source.disk, SAME_CLASS)}\n\n${HOW_CLONES_DIFFER}\n\n${WHAT_SPLITS_A_CLONE}`,
    );
    this.remark(ALPINE_GUEST_LOGIN);
    this.remark(PROOF);
    this.stopSource();
    this.lookForSnapshotClass();
    this.clone('1-a-copy', LAB_STORAGE, COPY);
    this.clone('2-b-copy-other-namespace', LAB_STORAGE, COPY);
    this.makeSnapshotClass();
    this.clone('4-c-snapshot', WITH_SNAPSHOTS, SNAPSHOT);
    this.clone('5-d-snapshot-other-namespace', WITH_SNAPSHOTS, SNAPSHOT);
    this.askForCsiClone();
    const withCsiClone = WITH_SNAPSHOTS.withCloneStrategy(STORAGE_CLASS, CSI_CLONE);
    this.clone('7-e-csi-clone', withCsiClone, CSI_CLONE);
    this.clone('8-f-csi-clone-other-namespace', withCsiClone, CSI_CLONE);
    this.setsBack({ kind: 'StorageProfile', name: STORAGE_CLASS });
    this.cleanUp(
      `# the VolumeSnapshotClass ${LAB.snapshotClass} stays: chapters 1.5 and 1.6 need it`,
      resetStrategy(STORAGE_CLASS),
      startAgain(source.vm),
    );
  }

  private stopSource(): void {
    this.run({ title: 'Stop the source', text: WHY_STOP, commands: stop(this.source.vm) });
  }

  /** CDI's default strategy follows from the VolumeSnapshotClasses: A and B are copies only without one. */
  private lookForSnapshotClass(): void {
    this.run({
      title: 'See that there is no VolumeSnapshotClass yet',
      text: `${WHAT_A_PROFILE_IS}\n\n${OTHER_CLASS}`,
      commands: [
        `kubectl delete volumesnapshotclass -l ${shellWord(LAB.madeByLab)}`,
        `other=$(${CLASSES_OF_DRIVER})`,
        'test -z "$other" || echo "there is a VolumeSnapshotClass: $other. Read the text of this step."',
        waitForStrategy(STORAGE_CLASS, COPY),
      ],
    });
  }

  private clone(step: keyof typeof CLONES, catalog: StorageCatalog, strategy: CloneStrategy): void {
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
      if (step === '1-a-copy') this.hangs(cloneHangs(disk), vmHangs(vm));
      return {
        watch: watchClone(strategy, this.source.disk, disk),
        next: [waitForDisk(disk), waitForVm(vm)],
        inGuest: inGuest(vm, expecting(MESSAGE, 'cat /etc/motd')),
        look: [showCloneType(disk), showEvents('DataVolume', claimOf(disk)), showDisks(disk), showVms(vm)],
      };
    });
  }

  private makeSnapshotClass(): void {
    const text = 'From here on CDI clones by snapshot. The label tells this class from one that was there before.';
    this.apply('3-snapshot-class', { title: 'Make the VolumeSnapshotClass', text }, (chart) => {
      new VolumeSnapshotClass(chart, LAB.snapshotClass, { driver: LAB.csiDriver, isDefault: true });
      return {
        next: [
          `kubectl label ${reference('volumesnapshotclass', { name: LAB.snapshotClass })} --overwrite ${shellWord(LAB.madeByLab)}`,
          waitForStrategy(STORAGE_CLASS, SNAPSHOT),
        ],
        look: ['kubectl get volumesnapshotclass'],
      };
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

const PROOF = `## The proof

The VMs of the clones have no cloud-init: what their guests show was written by that of the source. In each of them the same login
works and the message of the day is the same. The prompt says \`alpine-vm\`, whatever the VM is called: the host name stands on the disk.`;

const OTHER_CLASS = `A and B are copies only while the driver has no VolumeSnapshotClass. The first command removes the one that an earlier run of this chapter has
left. If another one is named then, keep it, and ask for copies by hand: \`${setStrategy(STORAGE_CLASS, COPY)}\`. Before "C: snapshot" take
that back: \`${resetStrategy(STORAGE_CLASS)}\`.`;
