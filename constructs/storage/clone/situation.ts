import { ContentType } from '../claim-modes';
import { IDisk } from '../disk';
import { CloneStrategy, StorageClassFacts } from '../facts';

/** The sizes that decide a clone, in bytes. */
export interface CloneSizes {
  /** What the source's claim asks for; of a snapshot its restoreSize. */
  readonly sourceBytes: number;
  /** What the source's volume has, which may be more. */
  readonly capacityBytes: number;
  /** What the DataVolume asks for, where it names a size, as it is held against the source. */
  readonly askedBytes?: number;
  /** What the clone's claim asks for, as it is held against that of the source. */
  readonly heldBytes: number;
  /** What the clone's claim asks for. */
  readonly targetBytes: number;
  readonly usableSource: number;
  readonly usableTarget: number;
  /** The part of the clone's claim that a file system would take. */
  readonly overhead: number;
  /** Whether CDI adds a file system's overhead to a size that the clone names. */
  readonly addsOverhead: boolean;
  /** Whether CDI asks how large the image in the source is. */
  readonly holdsImage: boolean;
  /** Whether the clone's claim may ask for less than that of its source. */
  readonly permissive: boolean;
}

/** A clone and everything that decides it. */
export interface Situation extends CloneSizes {
  readonly fromSnapshot: boolean;
  readonly source: IDisk;
  readonly target: IDisk;
  readonly contentType: ContentType;
  readonly sourceContentType: ContentType;
  /** Undefined if the catalog does not hold it: only some decisions ask for it. */
  readonly sourceClass?: StorageClassFacts;
  readonly targetClass: StorageClassFacts;
  /** The class that a snapshot is restored into, to be copied from there. */
  readonly restoreClass?: StorageClassFacts;
  readonly snapshotClass: SnapshotClassChoice;
  /** The strategy that CDI is asked for; it is not looked at for a snapshot. */
  readonly wanted: CloneStrategy;
  /** Whether CDI's populators make the clone; its older controllers copy every byte. */
  readonly populates: boolean;
  /** Whether a PersistentVolumeClaim asks for the clone, and no DataVolume. */
  readonly byClaim: boolean;
  /** Whether an annotation of the DataVolume says so. */
  readonly saysPopulator: boolean;
  readonly sourceIsBound: boolean;
  readonly sourceIsInUse: boolean;
  /** Where the modes of the clone's claim are left to a StorageProfile that is not known. */
  readonly assumesModes: boolean;
}

/** A VolumeSnapshotClass that serves source and clone: found, not there, or named and not there, or not known. */
export interface SnapshotClassChoice {
  readonly fits?: boolean;
  readonly unknown?: string;
  /** The class that both StorageProfiles name, and that the catalog lacks. */
  readonly missing?: string;
}
