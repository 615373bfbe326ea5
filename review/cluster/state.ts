import type { StorageKnowledge } from '../../constructs/storage/claim-outcome';
import type { StorageFacts } from '../../constructs/storage/facts';
import { withObject, withoutObject } from '../../constructs/storage/from-manifests';
import { textAt, withAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { keepsState, machineOfState, stateClaim, stateClaimName } from './backend-storage';
import { asMadeBy, asStatedNow, Claim, dataVolumeClaim, plainClaim, sizedAs } from './claim';
import { ClaimBook } from './claim-book';
import { ClonedObject } from './claim-source';
import { Clone, CloneLookup, ClonePredictions, CloneSource, cloneSource } from './clone';
import { waitingClones } from './clone-wait';
import { controllerOf, groupOf, KindAndName, kindNameOf, nameOf, namespaceOf, placeKey } from './identity';
import { kindNamed, kindOf, withApi } from './kinds';
import { Surroundings } from './live-migration';
import { diskTemplates, Machine, machineOf } from './machine';
import { MachineBook } from './machine-book';
import { ObjectBook, objectKey } from './object-book';
import { Replicas } from './replicas';
import { ClusterSettings, SettingsGiven } from './settings';
import { Step, stepOf } from './step';
import { keptFaults } from './updates/kept-fields';

/** When something is applied: the part of the whole, and the step of a folder of steps. */
interface Moment {
  readonly part: string;
  readonly step: Step;
}

/** A clone, and the storage that it met. */
interface Asked {
  readonly part: string;
  readonly step: Step;
  readonly key: string;
  readonly facts: StorageFacts;
  readonly hasCatalog: boolean;
}

/** The cron of a DataSource: CDI, pkg/common/common.go, DataImportCronLabel. */
export const CRON_LABEL = 'cdi.kubevirt.io/dataImportCron';

/**
 * What stands in the cluster after every object so far: the last state of each with the one that it replaced, the machines
 * and claims that they make, and what the storage makes of them.
 */
export class ClusterState implements CloneLookup, Surroundings {
  /** The objects as they were written; what a controller makes of them is not among them. */
  public readonly objects = new ObjectBook();
  public readonly machines = new MachineBook();
  public readonly claims = new ClaimBook();
  public readonly settings: ClusterSettings;
  /** The clones by the namespace and name of the claim that they make. */
  public readonly clones = new Map<string, Clone>();
  /** Clones that were deleted again. */
  public readonly removedClones: Clone[] = [];
  private readonly predictions: ClonePredictions;
  /** How many objects got a name of each prefix. */
  private readonly generated = new Map<string, number>();
  /** The machines whose state has its claim already. */
  private readonly kept = new Set<string>();
  private readonly first: StorageFacts;
  /** Whether the facts of the cluster were given, so that what they do not hold is not there. */
  private readonly isGiven: boolean;
  private open: Asked[] = [];
  /** The step that is applied now. */
  private step: Step = { name: '' };

  private facts: StorageFacts;

  /**
   * @param facts What is known of the storage before the first object.
   * @param isKnown Whether anything is.
   * @param given What is known of the settings of the cluster besides its objects.
   */
  public constructor(
    facts: StorageFacts = { storageClasses: [] },
    private isKnown = false,
    given: SettingsGiven = {},
  ) {
    const { cdi } = given;
    this.settings = new ClusterSettings(given);
    this.facts = cdi === undefined ? facts : { ...facts, cdi: { release: cdi, ...facts.cdi } };
    this.first = this.facts;
    this.isGiven = isKnown;
    this.predictions = new ClonePredictions(isKnown);
  }

  /** What is known of the storage now, and whether it is all that there is. */
  public get storage(): StorageKnowledge {
    return { facts: this.facts, isWhole: this.isGiven };
  }

  /** Whether anything is known of the storage of the cluster. */
  public get hasCatalog(): boolean {
    return this.isKnown;
  }

  public claim(namespace: string, name: string): Claim | undefined {
    return this.claims.claim(placeKey(namespace, name));
  }

  /** The clone that a claim is; undefined if the claim is not a clone. */
  public cloneOf({ namespace, name }: Pick<Claim, 'namespace' | 'name'>): Clone | undefined {
    return this.clones.size === 0 ? undefined : this.clones.get(placeKey(namespace, name));
  }

  public snapshot(namespace: string, name: string): Claim | undefined {
    return this.claims.snapshot(placeKey(namespace, name));
  }

  public pointer(kind: string, namespace: string, name: string): ClonedObject | undefined {
    return kindNamed(kind)?.pointsAt?.(this.object(kind, namespace, name) ?? {}, namespace);
  }

  public object(kind: string, namespace: string, name: string): Json | undefined {
    return this.objects.get(kind, placeKey(namespace, name))?.reviewed.object;
  }

  /**
   * The DataImportCron of a DataSource, by namespace and name. A cron makes a DataSource that is not there, and changes one
   * that bears its label; it leaves any other alone: CDI v1.63.1, pkg/controller/dataimportcron-controller.go,
   * updateDataSource.
   */
  public cron(namespace: string, name: string): string | undefined {
    const dataSource = this.object('DataSource', namespace, name);
    if (dataSource !== undefined) {
      const label = textAt(dataSource, 'metadata', 'labels', CRON_LABEL);
      return label === '' ? undefined : placeKey(namespace, label);
    }
    for (const [key, { reviewed }] of this.objects.ofKind('DataImportCron')) {
      const managed = kindNamed('DataImportCron')?.managedDataSource?.(reviewed.object) ?? '';
      if (placeKey(namespaceOf(reviewed), managed) === placeKey(namespace, name)) return key;
    }
    return undefined;
  }

  /** What the cron of a DataSource imports, where the class says whether that is kept as a claim or as a snapshot. */
  public imported(namespace: string, name: string): CloneSource | undefined {
    const cron = this.cron(namespace, name);
    const claim = cron === undefined ? undefined : this.objects.get('DataImportCron', cron)?.laterClaims?.[0]?.each;
    const storageClass = this.facts.storageClasses.find((known) => known.name === claim?.settled.storageClassName);
    const fromSnapshot = storageClass?.keepsImportsAsSnapshots;
    return claim === undefined || fromSnapshot === undefined ? undefined : { claim, fromSnapshot };
  }

  /**
   * Takes in an object, as it is applied. An object that does not name its API is taken for what its kind says.
   *
   * @param part The part of the whole that applies it.
   * @param step The step of the part, where it has several: who applies it may do something between them.
   */
  public apply(given: Reviewed, part = '', step?: string): void {
    const reviewed = this.named(given);
    const { object } = reviewed;
    this.step = stepOf(reviewed, step);
    const kind = kindOf(object);
    const key = objectKey(reviewed, kind);
    if (kind === undefined) return this.objects.put(shelfOf(reviewed), key, { reviewed, part });
    const standing = this.objects.get(kind.kind, key);
    // The API server refuses it: what stands stays as it is.
    if (standing !== undefined && keptFaults(kind.kind, standing.reviewed.object, object).length > 0) return;
    this.settings.note(object);
    const storage = kind.writesCdi === undefined ? object : kind.writesCdi(object);
    if (kind.describesStorage === true && storage !== undefined) this.applyStorage(storage);
    const replicas = kind.replicas?.(object);
    const laterClaims = kind.laterClaims?.(object, this.facts);
    this.objects.replace(kind.kind, key, { reviewed, part, fault: replicas?.fault, laterClaims }, standing);
    const owner = { kind: kind.kind, name: nameOf(reviewed) };
    if (replicas !== undefined) this.applyReplicas(replicas, reviewed, `${kind.kind}/${key}`, part, owner);
    for (const claim of kind.namedClaims?.(object) ?? []) this.make({ ...reviewed, object: claim }, part, owner);
    this.make(reviewed, part, undefined, reviewed, key);
  }

  /** Forgets an object, as it is deleted. */
  public remove({ kind: name, name: its, namespace = '' }: KindAndName & { readonly namespace?: string }): void {
    this.settle();
    const key = placeKey(namespace, its);
    const kind = kindNamed(name);
    this.facts = withoutObject(this.facts, this.first, name, its);
    if (name === 'Namespace') this.removeNamespace(its);
    if (kind?.claim !== undefined) this.removeClaim(key);
    if (kind?.snapshotOf !== undefined) this.claims.deleteSnapshot(key);
    if (kind?.machine !== undefined && kind.replicas === undefined) this.removeMachine(key);
    for (const member of this.machines.membersOf(`${name}/${key}`)) this.removeMachine(member);
    this.machines.deleteSet(`${name}/${key}`);
    this.objects.delete(name, key);
  }

  /** Predicts the clones whose source came later than they, as far as it came at all. */
  public settle(): void {
    const asked = this.open;
    this.open = [];
    for (const clone of asked) this.predict(clone, true);
    for (const [key, outcome] of waitingClones(this, this.predictions)) {
      this.clones.set(key, { ...this.clones.get(key)!, outcome });
    }
  }

  /** An object with an API and a name: what `generateName` says gets a name of its own, as the server would make it. */
  private named(reviewed: Reviewed): Reviewed {
    const object = this.withName(withApi(reviewed.object));
    return object === reviewed.object ? reviewed : { ...reviewed, object };
  }

  private withName(object: Json): Json {
    const prefix = textAt(object, 'metadata', 'generateName');
    if (prefix === '' || textAt(object, 'metadata', 'name') !== '') return object;
    const number = (this.generated.get(prefix) ?? 0) + 1;
    this.generated.set(prefix, number);
    return withAt(object, ['metadata', 'name'], `${prefix}*${number === 1 ? '' : number}`);
  }

  private applyStorage(object: Json): void {
    this.facts = withObject(this.facts, object);
    if (object.kind === 'StorageClass') this.isKnown = true;
  }

  private applyReplicas(replicas: Replicas, set: Reviewed, id: string, part: string, owner: KindAndName): void {
    const members: Reviewed[] = [];
    for (let index = 0; index < replicas.count; index += 1) {
      for (const object of replicas.objectsOf(index)) members.push({ ...set, object });
    }
    const machines = members.filter(({ object }) => kindOf(object)?.machine !== undefined);
    const keys = new Set(machines.map((member) => placeKey(namespaceOf(member), nameOf(member))));
    for (const gone of this.machines.putSet(id, keys)) this.removeMachine(gone);
    for (const member of members) this.make(member, part, owner, set);
  }

  /** What comes of an object, written or made by a controller: a claim, a machine, a snapshot. */
  private make(reviewed: Reviewed, part: string, owner?: KindAndName, from = reviewed, known?: string): void {
    const kind = kindOf(reviewed.object);
    const namespace = namespaceOf(reviewed);
    const key = known ?? placeKey(namespace, nameOf(reviewed));
    const place = { part, step: this.step };
    if (kind?.claim === 'DataVolume') this.addDataVolume(reviewed.object, namespace, key, place);
    if (kind?.claim === 'PersistentVolumeClaim') this.addClaim(reviewed.object, key, place, owner);
    if (kind?.snapshotOf !== undefined) {
      this.claims.takeSnapshot(key, placeKey(namespace, kind.snapshotOf(reviewed.object)));
    }
    const machine = machineOf(reviewed, from);
    if (machine !== undefined) this.addMachine(machine, key, place, reviewed.object);
  }

  private addDataVolume(
    object: Json,
    namespace: string,
    key: string,
    { part, step }: Moment,
    owner?: KindAndName,
  ): void {
    const name = textAt(object, 'metadata', 'name');
    const claim = dataVolumeClaim(this.facts, object, namespace, owner);
    const known = this.claims.claim(key);
    const isSame = known !== undefined && JSON.stringify(known.written) === JSON.stringify(claim.written);
    const isResumed = known?.source.isPaused !== claim.source.isPaused;
    const value = known?.madeFor === name ? asMadeBy(claim, known) : isSame && !isResumed ? known : claim;
    this.claims.set(key, part, value);
    if (claim.source.clones === undefined) return;
    const clone = this.clones.get(key);
    if (isSame && clone !== undefined) this.clones.set(key, { ...clone, part });
    else this.predict({ part, step, key, facts: this.facts, hasCatalog: this.isKnown }, false);
  }

  private addClaim(object: Json, key: string, { part, step }: Moment, owner: KindAndName | undefined): void {
    const known = this.claims.claim(key);
    const value = known === undefined ? plainClaim(this.facts, object, owner) : asStatedNow(this.facts, known, object);
    this.claims.set(key, part, value);
    const machine = machineOfState(object);
    if (machine !== '') {
      this.kept.add(placeKey(value.namespace, machine));
      this.claims.delete(placeKey(value.namespace, stateClaimName(machine)));
    }
    if (known === undefined && value.source.clones !== undefined) {
      this.predict({ part, step, key, facts: this.facts, hasCatalog: this.isKnown }, false);
    }
  }

  /** The instance of a VirtualMachine bears its name; it is not a machine of its own. */
  private addMachine(machine: Machine, key: string, { part, step }: Moment, object: Json): void {
    if (machine.isInstance && this.machines.get(key)?.isInstance === false) return;
    this.machines.put(key, { part, step }, machine, controllerOf(object));
    const { kind, namespace, name } = machine;
    for (const template of diskTemplates(machine)) {
      const its = placeKey(namespace, textAt(template, 'metadata', 'name'));
      this.addDataVolume(template, namespace, its, { part, step }, { kind, name });
    }
    if (!keepsState(machine.guest) || this.kept.has(key)) return;
    const claim = stateClaim(this.facts, machine, this.settings.stateStorageClass);
    if (claim !== undefined) this.claims.set(placeKey(namespace, claim.name), part, claim);
  }

  private predict(asked: Asked, isLast: boolean): void {
    const { part, step, key, facts, hasCatalog } = asked;
    const entry = this.claims.get(key);
    if (entry === undefined) return;
    const { value } = entry;
    const source = cloneSource(value.source.clones, this);
    if (source === undefined && !isLast) return void this.open.push(asked);
    const claim = source === undefined ? value : sizedAs(facts, value, source.claim, source.fromSnapshot);
    const outcome = this.predictions.of(facts, hasCatalog, value, source, this);
    this.clones.set(key, { part, step, facts: hasCatalog ? facts : undefined, claim, source, outcome });
    if (claim !== value) this.claims.set(key, entry.part, claim);
  }

  private removeMachine(key: string): void {
    const machine = this.machines.get(key);
    if (machine === undefined) return;
    this.machines.delete(key);
    for (const claim of this.claims.ownedBy(machine, machine.namespace)) this.removeClaim(claim);
  }

  private removeClaim(key: string): void {
    const clone = this.clones.get(key);
    if (clone !== undefined) this.removedClones.push(clone);
    this.claims.delete(key);
    this.clones.delete(key);
  }

  private removeNamespace(name: string): void {
    const isInside = (key: string): boolean => key.startsWith(placeKey(name, ''));
    this.machines.deleteAll(isInside);
    for (const key of this.claims.keys().filter(isInside)) this.removeClaim(key);
    this.claims.deleteSnapshots(isInside);
    this.objects.deleteAll(isInside);
  }
}

/** Where an object of a kind without an entry stands among the others. */
function shelfOf(reviewed: Reviewed): string {
  const group = groupOf(reviewed);
  return group === '' ? kindNameOf(reviewed) : `${kindNameOf(reviewed)}.${group}`;
}
