import type { StorageFacts } from '../../../constructs/storage/facts';
import type { Json } from '../../rule';
import type { Claim } from '../claim';
import type { ClonedObject } from '../claim-source';
import type { Replicas } from '../replicas';

/**
 * What an object of one kind means: what it makes, names and sets. Each kind is one entry of the table; what an entry
 * leaves out does not apply to its kind.
 */
export interface Kind {
  /** API group; empty for core. */
  readonly group: string;
  /** Name of the kind: `VirtualMachine`. */
  readonly kind: string;
  /** Whether its objects stand in no namespace. */
  readonly isClusterScoped?: boolean;
  /** Where a machine stands in the object: the machine that the object is, or the template of those that a set makes. */
  readonly machine?: MachinePlace;
  /** What a set makes, one for each replica; undefined for a set that makes neither machines nor claims. */
  readonly replicas?: (object: Json) => Replicas | undefined;
  /** The claim that the object is, or that a controller makes under the same name. */
  readonly claim?: ClaimForm;
  /** Further claims, which Kubernetes makes at once and names after the object. */
  readonly namedClaims?: (object: Json) => readonly Json[];
  /** Claims that appear in the course of time: their number or their names do not follow from the object. */
  readonly laterClaims?: (object: Json, facts: StorageFacts) => readonly LaterClaims[];
  /** The object that one of this kind stands for as the source of a clone. */
  readonly pointsAt?: (object: Json, namespace: string) => ClonedObject | undefined;
  /** Name of the claim that a snapshot is taken of. */
  readonly snapshotOf?: (object: Json) => string;
  /** Name of the DataSource that a cron keeps up to date. */
  readonly managedDataSource?: (object: Json) => string;
  /** The objects that it names, in a release of KubeVirt; the newest, if it is not said. */
  readonly names?: (object: Json, note: NameField, release?: string) => void;
  /** Other objects that exist once this one does, in its own namespace; an empty name stands for no object. */
  readonly makes?: (object: Json, name: string) => readonly MadeObject[];
  /** Whose settings for the whole cluster it holds. */
  readonly settings?: SettingsOwner;
  /** Whether it says what the storage of the cluster can do. */
  readonly describesStorage?: boolean;
  /** The CDI object that an operator writes from it; undefined if that is not known. */
  readonly writesCdi?: (object: Json) => Json | undefined;
}

/**
 * Takes a name that an object gives, unless it is not a text or empty. The path is worked out only if it is asked for;
 * the namespace is that of the object, unless another is given.
 */
export type NameField = (kind: string, name: unknown, field: () => string, namespace?: string) => void;

/** Where the parts of a machine stand. */
export interface MachinePlace {
  /** Path of the spec of a VirtualMachine: its disk templates, instance type and preference. Undefined for an instance. */
  readonly spec?: readonly string[];
  /** Path of the `metadata` and `spec` of its VirtualMachineInstance; empty for an object that is the instance itself. */
  readonly template: readonly string[];
}

/** How a claim is written: by itself, or as a DataVolume that becomes one. */
export type ClaimForm = 'PersistentVolumeClaim' | 'DataVolume';

/** An object that another one makes. */
export type MadeObject = readonly [kind: string, name: string];

/** Whose object it is that holds settings of the cluster. */
export type SettingsOwner = 'KubeVirt' | 'HyperConverged' | 'CDI';

/** Claims that an object makes in the course of time. */
export interface LaterClaims {
  /** Their names, with `*` for the part that is not known. */
  readonly names: string;
  /** Each of them, as far as it is known. */
  readonly each?: Claim;
  /** Why they are not among the claims that are counted. */
  readonly reason: string;
}
