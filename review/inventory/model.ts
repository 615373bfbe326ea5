import type { MigrationObstacle, MigrationVerdict } from '../../constructs/storage/live-migration-rules';

/** What an object belongs to, and what it is called. */
export interface Place {
  /** The part of the whole that it was counted in: a chapter. Empty if there are no parts. */
  readonly group: string;
  /** Namespace; empty if the manifest does not name one. */
  readonly namespace: string;
}

/** An object by its kind and name. */
export interface ObjectKey {
  /** Kind. */
  readonly kind: string;
  /** Name. */
  readonly name: string;
  /** Namespace; left out for a cluster-scoped object. */
  readonly namespace?: string;
}

/** What a disk is to its VM. */
export type DiskRole = 'boot' | 'data' | 'cdrom' | 'lun' | 'filesystem' | 'memory dump';

/** A disk of a VM, or a claim that no VM uses. What is left out is not known or does not apply. */
export interface DiskRow extends Place {
  /** Name of the VM; left out for a claim that no VM uses. */
  readonly vm?: string;
  /** Name of the volume in the VM. */
  readonly disk?: string;
  /** What the disk is to its VM. */
  readonly role?: DiskRole;
  /** Name of the claim; left out for a disk that is not a claim. */
  readonly claim?: string;
  /** Where the bytes come from: an address, or what is cloned. */
  readonly source?: string;
  /** Bytes that the manifest asks for. */
  readonly asked?: number;
  /** Bytes of the claim's request: of `spec.storage` known once the volume mode is. */
  readonly bytes?: number;
  /** Name of the storage class. */
  readonly storageClass?: string;
  /** Access modes, as Kubernetes writes them. */
  readonly accessModes?: readonly string[];
  /** `Block` or `Filesystem`. */
  readonly volumeMode?: string;
  /** Whether it can be plugged in and out while the VM runs. */
  readonly hotplug: boolean;
  /** How the disk comes to exist, in words. */
  readonly made: string;
  /** Bytes that the claim takes while it is filled: with its scratch space, and the claim that CDI makes beside it. */
  readonly peak?: number;
  /** What becomes of the claim: `bound`, `waits`, `never` or `unknown`; left out for a disk that is not a claim. */
  readonly becomes?: string;
  /** Why; of an unknown outcome, the fact that would decide. */
  readonly why?: string;
  /** The parts of the claim that are not known, in words. */
  readonly notKnown: readonly string[];
}

/** A VM, and whether it can be live-migrated. */
export interface VmRow extends Place {
  /** Name of the VM. */
  readonly vm: string;
  /** `VirtualMachine`, or `VirtualMachineInstance` of one that stands alone. */
  readonly kind: string;
  /** How many disks it has. */
  readonly disks: number;
  /** Processors of the guest; left out if its instance type is not among the manifests. */
  readonly cpus?: number;
  /** Bytes of memory of the guest; left out if nothing says it. */
  readonly memory?: number;
  /** What becomes of it: `starts` or `halted`, or what holds up one of its disks: `never`, `waits` or `unknown`. */
  readonly becomes: string;
  /** Whether it can be live-migrated. */
  readonly verdict: MigrationVerdict;
  /** What prevents it, or may prevent it. */
  readonly obstacles: readonly MigrationObstacle[];
  /** The strategy of the manifest, else of KubeVirt's own configuration; left out if neither names one. */
  readonly evictionStrategy?: string;
  /** Whether the eviction strategy asks for a live migration that is not possible: it blocks the drain of the node. */
  readonly contradicts: boolean;
  /** Whether its last state moves a volume to another claim while it runs: it has a second pod until that is done. */
  readonly movesVolumes: boolean;
}

/** A clone, and what it will do in the state of the storage that it meets. */
export interface CloneRow extends Place {
  /** Name of the claim that is made. */
  readonly claim: string;
  /** The claim or snapshot that is cloned. */
  readonly source: string;
  /** Bytes that the claim requests. */
  readonly bytes?: number;
  /** Name of the storage class. */
  readonly storageClass?: string;
  /** `csi-clone`, `snapshot`, `copy`, `never finishes` or `unknown`. */
  readonly outcome: string;
  /** Why it comes out so; left out if that is plain. */
  readonly reason?: string;
  /** What to do instead. */
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

/** Something that will not work, or not as it was meant: a finding of the review about what becomes of an object. */
export interface ProblemRow extends Place {
  /** Kind and name. */
  readonly object: string;
  /** Id of the rule that says so. */
  readonly rule: string;
  /** Whether it is certain, by the facts that were given. */
  readonly isCertain: boolean;
  /** What will not work, and why. */
  readonly reason: string;
  /** What to do. */
  readonly remedy?: string;
}

/** What a namespace takes of a storage class. */
export interface CapacityRow extends Place {
  /** Name of the storage class; empty for the default class, and if it is not known. */
  readonly storageClass: string;
  /** How many claims there are. */
  readonly claims: number;
  /** Claims whose size is not known; they are in no sum. */
  readonly unknownSizes: number;
  /** The sums that lack a claim or a clone, as its size is not known: `asked`, `usable`, `copied`, `peak`. */
  readonly incomplete: readonly string[];
  /** Bytes that the manifests ask for. */
  readonly asked: number;
  /** Bytes that the claims request: with the overhead that CDI adds for `spec.storage`. */
  readonly requested: number;
  /** Bytes of claims that are there for a while: what CDI fills in their place, and the claims of restores, clones and exports of VMs. */
  readonly temporary: number;
  /** Bytes that snapshots take at most. */
  readonly snapshots: number;
  /** Bytes at the peak, if all goes on at once: what is requested, scratch space, temporary claims and snapshots. */
  readonly peak: number;
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
  /** Kind and name; a file, if it is not an object. */
  readonly object: string;
  /** The names of the claims, with `*` for the part that is not known; left out if it is not known to make claims. */
  readonly makes?: string;
  /** Bytes that the manifest asks for each of them. */
  readonly askedEach?: number;
  /** Bytes that each of them requests. */
  readonly bytesEach?: number;
  /** Name of their storage class. */
  readonly storageClass?: string;
  /** Why they are not counted. */
  readonly reason: string;
}

/** An object that is written down more than once. It is counted once, as the last of them says. */
export interface RestatedRow {
  /** Namespace; empty if the manifest does not name one. */
  readonly namespace: string;
  /** Kind and name. */
  readonly object: string;
  /** How often it is written down. */
  readonly times: number;
}

/** Objects of a kind that the inventory does not know: its operator may make claims. */
export interface PassedKind {
  /** Their kind. */
  readonly kind: string;
  /** The API group of the kind. */
  readonly apiGroup: string;
  /** How many there are. */
  readonly objects: number;
}

/** The sums of a part, a namespace or a storage class. */
export interface Total {
  /** Name of the part, the namespace or the storage class; empty for everything. */
  readonly name: string;
  /** How many VMs there are. */
  readonly vms: number;
  /** How many claims there are. */
  readonly claims: number;
  /** Bytes that the claims request. */
  readonly bytes: number;
  /** Claims whose size is not known; they are not in `bytes`. */
  readonly unknownSizes: number;
  /** Bytes at the peak, as `CapacityRow.peak`. */
  readonly peakBytes: number;
  /** Processors of the guests of all VMs, also of those that are halted. */
  readonly cpus: number;
  /** Bytes of their memory. */
  readonly memory: number;
  /** Processors while the largest VM that may be live-migrated has a second pod, or those that move volumes have. */
  readonly peakCpus: number;
  /** Bytes of memory then. */
  readonly peakMemory: number;
  /** VMs whose processors or memory are not known; what is not known is in no sum. */
  readonly unknownGuests: number;
}

/** The releases that an inventory rests on. */
export interface InventoryReleases {
  /** Release of KubeVirt. */
  readonly kubevirt: string;
  /** Release of CDI. */
  readonly cdi: string;
  /** Why these: what names them. */
  readonly reason: string;
}

/** Everything that manifests make, counted. Every list is sorted, so that a diff shows what changed. */
export interface Inventory {
  /** The sums of everything. */
  readonly total: Total;
  /** By group; empty if there are no groups. */
  readonly groups: readonly Total[];
  /** By namespace. */
  readonly namespaces: readonly Total[];
  /** By storage class; VMs are not counted here. */
  readonly storageClasses: readonly Total[];
  /** The disks of VMs, and the claims that no VM uses. */
  readonly disks: readonly DiskRow[];
  /** The VMs. */
  readonly vms: readonly VmRow[];
  /** The clones. */
  readonly clones: readonly CloneRow[];
  /** What will not work, the certain ones first; empty if there are groups that follow one another. */
  readonly problems: readonly ProblemRow[];
  /** What each namespace takes of each storage class. */
  readonly capacity: readonly CapacityRow[];
  /** What is in no sum. */
  readonly uncounted: readonly UncountedRow[];
  /** Empty if groups follow one another: each is a state of its own. */
  readonly restated: readonly RestatedRow[];
  /** The kinds that the inventory does not know. */
  readonly passedKinds: readonly PassedKind[];
  /** Whether each group is counted by itself, as its roots make machines or claims of the same names as those of another. */
  readonly ofSeveralClusters: boolean;
  /** Whether anything is known of the cluster's storage. */
  readonly hasCatalog: boolean;
  /** The releases whose rules judge live migrations, clones and what will not work. */
  readonly releases: InventoryReleases;
}
