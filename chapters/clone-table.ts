import {
  CloneOutcome,
  CloneRequest,
  CloneStrategy,
  ContentType,
  DataVolumeSource,
  DiskClone,
  IDisk,
  StorageCatalog,
  VolumeMode,
} from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import { LAB, LAB_STORAGE } from './lab';
import { markdownTable } from './runbook';

/** A clone of the lab: a strategy, and the class that it goes to. */
export interface CloneCase {
  readonly strategy: CloneStrategy;
  readonly storageClassName: string;
}

type Labels = { readonly [key: string]: string };

const { block, block2, nvme, nfs } = LAB.storageClass;
const { COPY, SNAPSHOT, CSI_CLONE } = CloneStrategy;

/** Chapter 1.4: the class of the source. */
export const SAME_CLASS: readonly CloneCase[] = [COPY, SNAPSHOT, CSI_CLONE].map((strategy) => ({
  strategy,
  storageClassName: block,
}));

/** Chapter 1.5: the other classes. */
export const OTHER_CLASSES: readonly CloneCase[] = [COPY, SNAPSHOT].flatMap((strategy) =>
  [block2, nvme, nfs].map((storageClassName) => ({ strategy, storageClassName })),
);

/** The lab's storage once its VolumeSnapshotClass is there. */
export const WITH_SNAPSHOTS = LAB_STORAGE.withSnapshotClass({
  name: LAB.snapshotClass,
  driver: LAB.csiDriver,
  isDefault: true,
});

/** The state of the storage that a clone meets: its class's StorageProfile asks for the strategy. */
function storageFor({ strategy, storageClassName }: CloneCase): StorageCatalog {
  return WITH_SNAPSHOTS.withCloneStrategy(storageClassName, strategy);
}

/** What a clone of the lab does. */
export function outcomeOf(source: IDisk, clone: CloneCase): CloneOutcome {
  return storageFor(clone).predictClone(requestOf(source, clone));
}

/** Asks for a clone of the lab, of the size of its source: one that never finishes is refused. */
export function askFor(scope: Construct, id: string, source: IDisk, clone: CloneCase, labels?: Labels): DiskClone {
  const { storageClassName, volumeMode } = requestOf(source, clone).target;
  return new DiskClone(scope, id, {
    source: DataVolumeSource.claim(source),
    storageClassName,
    volumeMode,
    labels,
    contentType: ContentType.KUBEVIRT,
    catalog: storageFor(clone),
  });
}

/** The table of strategies, printed from the decision table of the library. */
export function cloneTable(source: IDisk, clones: readonly CloneCase[]): string {
  const rows = clones.map((clone) => {
    const { kind, reason, remedy, evidence } = outcomeOf(source, clone);
    return [clone.strategy, clone.storageClassName, kind, reason ?? '', remedy ?? '', evidence];
  });
  return markdownTable(['asked for', 'target class', 'outcome', 'why', 'instead', 'known'], rows);
}

/** NFS serves no raw device: there the clone is asked for as a file system. */
function requestOf(source: IDisk, { storageClassName }: CloneCase): CloneRequest {
  const volumeMode = storageClassName === nfs ? VolumeMode.FILESYSTEM : VolumeMode.BLOCK;
  const { claimName, namespace, size, accessModes } = source;
  return { source, target: { claimName, namespace, size, accessModes, volumeMode, storageClassName } };
}
