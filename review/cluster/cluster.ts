import type { StorageFacts } from '../../constructs/storage/facts';
import { childIn } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { Catalogue, ExternalObject } from './catalogue';
import { ClaimRequest, ownRequest, templateRequests } from './claim-request';
import { isClone } from './claim-source';
import type { Clone } from './clone';
import { Index, indexOf } from './cluster-index';
import { controllerOf, kindNameOf, nameOf, namespaceOf } from './identity';
import { Kind, kindNamed } from './kinds';
import { diskTemplates, Machine, matchOf } from './machine';
import { Places } from './places';
import { Reference, visitReferences } from './reference';
import { ClusterSettings, SettingsGiven } from './settings';
import { ClusterState } from './state';

/** What stands around the manifests, and what of them is not known. */
export interface ClusterOptions {
  /**
   * Objects that the manifests name and that exist without them.
   *
   * @default - none
   */
  readonly external?: readonly ExternalObject[];

  /**
   * Whether what is neither among the objects nor external does not exist.
   *
   * @default false
   */
  readonly closed?: boolean;

  /**
   * Objects whose schema is not known: that they are there is all that is known of them.
   *
   * @default - none
   */
  readonly unknown?: ReadonlySet<Reviewed>;
  /**
   * Release of KubeVirt that the cluster is taken to have.
   *
   * @default - nobody says
   */
  readonly release?: string;

  /**
   * Release of CDI that the cluster is taken to have.
   *
   * @default - nobody says
   */
  readonly cdi?: string;

  /**
   * What is known of its settings besides the objects.
   *
   * @default - nothing
   */
  readonly given?: Omit<SettingsGiven, 'release' | 'releaseAssumed' | 'cdi'>;

  /**
   * Whether nothing names that release.
   *
   * @default false
   */
  readonly releaseAssumed?: boolean;

  /**
   * What is known of the storage before the first object.
   *
   * @default - what the objects themselves say of it
   */
  readonly storage?: StorageFacts;

  /**
   * What stands once every object is applied, where that is worked out already.
   *
   * @default - it is worked out when it is asked for
   */
  readonly end?: ClusterState;
}

/**
 * The objects that are applied one after the other, in each of their states, and what they mean together. All that is
 * asked is gathered once, when it is asked for the first time.
 */
export class Cluster {
  public readonly external: readonly ExternalObject[];
  /** Whether what is neither among the objects nor external does not exist. */
  public readonly isClosed: boolean;
  /** Release of KubeVirt that the cluster is taken to have; undefined if nobody says. */
  public readonly release: string | undefined;
  /** Whether that release is only assumed. */
  public readonly isReleaseAssumed: boolean;
  private readonly given: SettingsGiven;
  private readonly unknown: ReadonlySet<Reviewed>;
  private readonly storage: StorageFacts | undefined;
  private readonly declared = new Catalogue();
  /** The objects of the kinds that were asked for by name, in their last states. */
  private readonly last = new Map<Kind, Places<Reviewed>>();
  private indexed?: Index;
  private missed?: ReadonlyMap<string, readonly Reference[]>;
  private requests?: readonly ClaimRequest[];
  private set?: ClusterSettings;
  private applied?: ClusterState;
  private asksForClones?: boolean;
  private alone?: readonly Machine[];
  private readonly gathered = new Map<(cluster: Cluster) => unknown, unknown>();

  constructor(
    /** The objects, in the order in which they are applied; one that a later step changes is there in both states. */
    public readonly objects: readonly Reviewed[],
    options: ClusterOptions = {},
  ) {
    const { external = [], unknown = new Set(), closed = false, release, releaseAssumed, storage, end } = options;
    this.storage = storage;
    this.applied = end;
    this.external = external;
    this.unknown = unknown;
    this.isClosed = closed;
    for (const { kind, name, namespace } of external) this.declared.add(kind, name, namespace);
    this.release = release;
    this.isReleaseAssumed = releaseAssumed === true;
    this.given = { ...options.given, release, releaseAssumed, cdi: options.cdi };
  }

  /** Whether the schema of an object is known. */
  public isKnown(reviewed: Reviewed): boolean {
    return !this.unknown.has(reviewed);
  }

  /**
   * The objects of a kind, in each of their states.
   *
   * @throws if the kind has no entry in the table of kinds.
   */
  public ofKind(name: string): readonly Reviewed[] {
    const kind = kindNamed(name);
    if (kind === undefined)
      throw new Error(`[cluster] 'name' must be a kind of the table, got ${JSON.stringify(name)}`);
    return this.index.byKind.get(kind) ?? [];
  }

  /** The objects whose kind has no entry in the table of kinds. */
  public get ofOtherKinds(): readonly Reviewed[] {
    return this.index.strangers;
  }

  /** An object in its last state; undefined if it is not among the manifests. */
  public object(kind: string, namespace: string, name: string): Reviewed | undefined {
    const known = kindNamed(kind);
    return known && this.lastOf(known).get(namespace, name);
  }

  /**
   * The instance type or preference that a machine names, in its last state; undefined if it is not among the manifests, or
   * if the machine keeps a revision of an earlier day.
   */
  public matched(machine: Machine, part: 'instancetype' | 'preference'): Reviewed | undefined {
    const match = matchOf(machine, part);
    if (match === undefined || match.name === '' || match.revision !== '') return undefined;
    return this.object(match.kind, match.ofCluster ? '' : machine.namespace, match.name);
  }

  /** The VirtualMachines with their instance types or preferences, as far as both are among the manifests. */
  public *matches(part: 'instancetype' | 'preference'): Generator<readonly [machine: Machine, matched: Reviewed]> {
    for (const machine of this.virtualMachines) {
      const matched = this.matched(machine, part);
      if (matched !== undefined) yield [machine, matched];
    }
  }

  /** Whether an object exists: among the manifests, made by one of them, or declared external. */
  public has(kind: string, name: string, namespace = ''): boolean {
    return this.index.catalogue.has(kind, name, namespace) || this.declared.has(kind, name, namespace);
  }

  /** Whether there is an object of a kind, among the manifests or made by one of them. */
  public holds(kind: string): boolean {
    return this.index.catalogue.holds(kind);
  }

  /**
   * What is named and does not exist, by its kind. Of a storage class it is said in a closed cluster alone: each claim may name
   * one that every cluster of its owner has.
   */
  public get missing(): ReadonlyMap<string, readonly Reference[]> {
    return (this.missed ??= this.findMissing());
  }

  /** The machines that are written as such, in each of their states; those of a set are not among them. */
  public get machines(): readonly Machine[] {
    return this.index.machines;
  }

  /** The VirtualMachines, in each of their states. */
  public get virtualMachines(): readonly Machine[] {
    return this.index.virtualMachines;
  }

  /** The VirtualMachines and the instances without one in each of their states, and of each set of machines the first. */
  public get withSets(): readonly Machine[] {
    return (this.alone ??= this.index.samples.filter((machine) => !this.isOfAnother(machine)));
  }

  /** The same in their last states. */
  public get lastMachines(): readonly Machine[] {
    return this.withSets.filter(({ from }) => this.isLast(from));
  }

  /** The VirtualMachines, in their last states: what a later step says of one replaces what an earlier one said. */
  public get lastVirtualMachines(): readonly Machine[] {
    return this.virtualMachines.filter(({ from }) => this.isLast(from));
  }

  /** A machine for each object that is or makes machines, in each of their states. */
  public get sampleMachines(): readonly Machine[] {
    return this.index.samples;
  }

  /** Every claim that the manifests ask for: as one, as a DataVolume, or as a disk template of a machine. */
  public get claimRequests(): readonly ClaimRequest[] {
    return (this.requests ??= this.findClaimRequests());
  }

  /** What several rules gather of all objects in the same way: it is gathered when the first of them asks for it. */
  public once<T>(gather: (cluster: Cluster) => T): T {
    if (!this.gathered.has(gather)) this.gathered.set(gather, gather(this));
    return this.gathered.get(gather) as T;
  }

  /** The objects that hold settings of the whole cluster. */
  public get withSettings(): readonly Reviewed[] {
    return this.index.withSettings;
  }

  /** Whether the objects ask for any claim. */
  public get holdsClaims(): boolean {
    return this.holds('PersistentVolumeClaim');
  }

  /** The clones, by the namespace and name of the claim that each makes. */
  public get clones(): ReadonlyMap<string, Clone> {
    return this.holdsClones ? this.end.clones : NO_CLONES;
  }

  /** Whether anything is known of the storage: else nothing follows of it for a claim that is no clone. */
  public get knowsStorage(): boolean {
    return this.storage !== undefined || this.ofKind('StorageClass').length > 0;
  }

  /** Whether an object asks CDI for a clone. */
  public get holdsClones(): boolean {
    return (this.asksForClones ??= this.findClones());
  }

  /** How KubeVirt and CDI are set. */
  public get settings(): ClusterSettings {
    if (this.set === undefined) {
      this.set = new ClusterSettings(this.given);
      for (const { object } of this.withSettings) this.set.note(object);
    }
    return this.set;
  }

  /** What stands once every object is applied. */
  public get end(): ClusterState {
    if (this.applied === undefined) {
      this.applied = new ClusterState(this.storage, this.storage !== undefined, this.given);
      for (const reviewed of this.objects) this.applied.apply(reviewed);
      this.applied.settle();
    }
    return this.applied;
  }

  /** Whether an object is said in its last state; one whose name the server makes is said once. */
  private isLast(reviewed: Reviewed): boolean {
    if (nameOf(reviewed) === '') return true;
    return this.object(kindNameOf(reviewed), namespaceOf(reviewed), nameOf(reviewed)) === reviewed;
  }

  /** Whether a machine is the instance of a VirtualMachine, or one that a set among the manifests makes. */
  private isOfAnother({ isInstance, replicas, from }: Machine): boolean {
    if (replicas !== undefined) return false;
    const owner = controllerOf(from.object);
    if (owner !== undefined) return this.object(owner.kind, namespaceOf(from), owner.name) !== undefined;
    return isInstance && this.object('VirtualMachine', namespaceOf(from), nameOf(from)) !== undefined;
  }

  private get index(): Index {
    return (this.indexed ??= indexOf(this.objects));
  }

  private findClones(): boolean {
    return (
      ['DataVolume', 'PersistentVolumeClaim'].some((kind) =>
        this.ofKind(kind).some(({ object }) => isClone(childIn(object, 'spec'))),
      ) ||
      this.sampleMachines.some((machine) =>
        diskTemplates(machine).some((template) => isClone(childIn(template, 'spec'))),
      )
    );
  }

  private findMissing(): Map<string, Reference[]> {
    const missing = new Map<string, Reference[]>();
    const { kinds, catalogue } = this.index;
    const visit = (reference: Reference): void => {
      const { kind, name, namespace } = reference;
      if (kind === 'StorageClass' && !this.isClosed) return;
      if (catalogue.has(kind, name, namespace) || this.declared.has(kind, name, namespace)) return;
      const same = missing.get(kind);
      if (same === undefined) missing.set(kind, [reference]);
      else same.push(reference);
    };
    this.objects.forEach((reviewed, index) => {
      visitReferences(reviewed, kinds[index], visit, this.release);
    });
    return missing;
  }

  private findClaimRequests(): ClaimRequest[] {
    const own = [...this.index.byKind].flatMap(([kind, objects]) =>
      objects.flatMap((reviewed) => ownRequest(reviewed, kind) ?? []),
    );
    return [...own, ...this.index.samples.flatMap(templateRequests)];
  }

  private lastOf(kind: Kind): Places<Reviewed> {
    let places = this.last.get(kind);
    if (places !== undefined) return places;
    this.last.set(kind, (places = new Places()));
    for (const reviewed of this.index.byKind.get(kind) ?? []) {
      places.set(kind.isClusterScoped === true ? '' : namespaceOf(reviewed), nameOf(reviewed), reviewed);
    }
    return places;
  }
}

const NO_CLONES: ReadonlyMap<string, Clone> = new Map();
