import type { MigrationObstacle, MigrationVerdict } from '../../constructs/storage/live-migration-rules';

/** What an object belongs to, and what it is called. */
export interface Place {
  /** The part of the whole that it was counted in: a chapter. Empty where there are no parts. */
  readonly group: string;
  /** Namespace; empty where the manifest names none. */
  readonly namespace: string;
}

/** An object by its kind and name. */
export interface ObjectKey {
  readonly kind: string;
  readonly name: string;
  /** Namespace; none of a cluster-scoped object. */
  readonly namespace?: string;
}

/** What a disk is to its VM. */
export type DiskRole = 'boot' | 'data' | 'cdrom' | 'lun' | 'filesystem' | 'memory dump';

/** A disk of a VM, or a claim that no VM uses. What is left out is not known, or does not apply. */
export interface DiskRow extends Place {
  readonly vm?: string;
  /** Name of the volume in the VM. */
  readonly disk?: string;
  readonly role?: DiskRole;
  readonly claim?: string;
  /** Where the bytes come from. */
  readonly source?: string;
  /** Bytes that the manifest asks for. */
  readonly asked?: number;
  /** Bytes of the claim's request: of `spec.storage` known once the volume mode is. */
  readonly bytes?: number;
  readonly storageClass?: string;
  readonly accessModes?: readonly string[];
  readonly volumeMode?: string;
  readonly hotplug: boolean;
  /** How the disk comes to exist. */
  readonly made: string;
  /** What of the claim is not known. */
  readonly notKnown: readonly string[];
}

/** A VM, and whether it can be live-migrated. */
export interface VmRow extends Place {
  readonly vm: string;
  readonly kind: string;
  readonly disks: number;
  readonly verdict: MigrationVerdict;
  readonly obstacles: readonly MigrationObstacle[];
  /** Where the manifest or KubeVirt's own configuration names one. */
  readonly evictionStrategy?: string;
  /** Whether the eviction strategy asks for a live migration that cannot be: it blocks the drain of the node. */
  readonly contradicts: boolean;
}

/** A clone, and what it will do in the state of the storage that it meets. */
export interface CloneRow extends Place {
  readonly claim: string;
  /** The claim or snapshot that is cloned. */
  readonly source: string;
  readonly bytes?: number;
  readonly storageClass?: string;
  /** `csi-clone`, `snapshot`, `copy`, `never finishes` or `unknown`. */
  readonly outcome: string;
  readonly reason?: string;
  readonly remedy?: string;
  /** The row of the decision table. */
  readonly rule?: string;
  /** `measured`, or `read from code`. */
  readonly evidence?: string;
  /** Whether a later step of its part deletes it: it is in no sum. */
  readonly removed: boolean;
  /** What whoever applies it must be allowed, where the source stands in another namespace. */
  readonly needs?: string;
}

/** What a namespace takes of a storage class. */
export interface CapacityRow extends Place {
  /** Empty: the default class, or not known. */
  readonly storageClass: string;
  readonly claims: number;
  /** Claims whose size is not known; they are in no sum. */
  readonly unknownSizes: number;
  /** Bytes that the manifests ask for. */
  readonly asked: number;
  /** Bytes that the claims request: with the overhead that CDI adds for `spec.storage`. */
  readonly requested: number;
  /** Bytes that are left for disks once the file systems have theirs. */
  readonly usable: number;
  /** Bytes of scratch space while all imports and uploads run at once. */
  readonly scratch: number;
  /** The same of imports that may need it: it depends on the image. */
  readonly scratchPerhaps: number;
  /** Bytes that clones copy. */
  readonly copied: number;
  /** Bytes of clones that share the blocks of their source until they are written. */
  readonly shared: number;
  /** Bytes of clones whose outcome is not known, or that never finish. */
  readonly open: number;
}

/** What makes, or may make, claims that are in no sum. */
export interface UncountedRow extends Place {
  /** Kind and name; a file, where it is no object. */
  readonly object: string;
  /** The names of the claims, `*` for what is not known of them; nothing where no claim is known of. */
  readonly makes?: string;
  /** Bytes that the manifest asks for each of them. */
  readonly askedEach?: number;
  /** Bytes that each of them requests. */
  readonly bytesEach?: number;
  readonly storageClass?: string;
  /** Why they are not counted. */
  readonly reason: string;
}

/** An object that is written down more than once. It is counted once, as the last of them says. */
export interface RestatedRow {
  readonly namespace: string;
  readonly object: string;
  readonly times: number;
}

/** Objects that nothing is known of here: an operator of theirs may make claims. */
export interface PassedKind {
  readonly kind: string;
  readonly apiGroup: string;
  readonly objects: number;
}

/** Sums. */
export interface Total {
  readonly name: string;
  readonly vms: number;
  readonly claims: number;
  readonly bytes: number;
  readonly unknownSizes: number;
}

/** Everything that manifests make, counted. Every list is sorted, so that a diff shows what changed. */
export interface Inventory {
  readonly total: Total;
  /** By group; none where there are no groups. */
  readonly groups: readonly Total[];
  readonly namespaces: readonly Total[];
  readonly storageClasses: readonly Total[];
  readonly disks: readonly DiskRow[];
  readonly vms: readonly VmRow[];
  readonly clones: readonly CloneRow[];
  readonly capacity: readonly CapacityRow[];
  readonly uncounted: readonly UncountedRow[];
  /** None where there are groups: each is a state of its own. */
  readonly restated: readonly RestatedRow[];
  readonly passedKinds: readonly PassedKind[];
  /** Whether anything is known of the cluster's storage. */
  readonly hasCatalog: boolean;
}

/** By code points, whatever the locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
