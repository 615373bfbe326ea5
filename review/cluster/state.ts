import type { StorageFacts } from '../../constructs/storage/facts';
import { STORAGE_KINDS, withObject, withoutObject } from '../../constructs/storage/from-manifests';
import { CloneRow, ObjectKey, UncountedRow } from '../inventory/model';
import { uncountedOf } from '../inventory/uncounted';
import { objectsAt, textAt } from '../manifests/json';
import type { Json } from '../rule';
import { Claim, ClaimOwner, dataVolumeClaim, explained, machineState, plainClaim, restated, sizedAs } from './claim';
import { ClaimBook } from './claim-book';
import { ClonedObject, pointedAt } from './claim-source';
import { cloneRow, Lookup, outcomeOf, sourceOf } from './clone';
import { CloneDecisions } from './clone-decisions';
import { GivenNames } from './given-names';
import { ImportCrons } from './import-crons';
import { kindOf, LOOKED_UP } from './kinds';
import { Surroundings } from './live-migration';
import { machineOf, stateClaim, stateName, stateOf } from './machine';
import { MachineBook } from './machine-book';
import { membersOf } from './replicas';
import { KubeVirtSettings } from './settings';
import { Snapshots } from './snapshots';

/** A clone, and the storage that it met. */
interface Asked {
  readonly group: string;
  readonly key: string;
  readonly facts: StorageFacts;
  readonly hasCatalog: boolean;
}

const OF_STORAGE: ReadonlySet<string> = new Set(STORAGE_KINDS);

/** What stands in the cluster after every object so far: the last state of each, and the storage. */
export class InventoryState implements Lookup, Surroundings {
  public readonly uncounted = new Map<string, UncountedRow[]>();
  public readonly machines = new MachineBook();
  public readonly claims = new ClaimBook();
  public readonly settings = new KubeVirtSettings();
  public readonly clones = new Map<string, CloneRow>();
  /** Clones that were deleted again. */
  public readonly removedClones: CloneRow[] = [];
  private readonly decisions = new CloneDecisions();
  private readonly crons = new ImportCrons();
  private readonly snapshots = new Snapshots();
  private readonly others = new Map<string, Json>();
  private readonly names = new GivenNames();
  /** The machines whose state has its claim already. */
  private readonly kept = new Set<string>();
  private readonly first: StorageFacts;
  private open: Asked[] = [];

  public constructor(
    private facts: StorageFacts,
    private isKnown: boolean,
  ) {
    this.first = facts;
  }

  /** Whether anything is known of the cluster's storage. */
  public get hasCatalog(): boolean {
    return this.isKnown;
  }

  public claim(namespace: string, name: string): Claim | undefined {
    return this.claims.get(keyOf(namespace, name))?.value;
  }

  public snapshot(namespace: string, name: string): Claim | undefined {
    return this.snapshots.find(keyOf(namespace, name), this.claims);
  }

  public pointer(kind: string, namespace: string, name: string): ClonedObject | undefined {
    return pointedAt(this.object(kind, namespace, name), namespace);
  }

  public cron(namespace: string, name: string): string | undefined {
    return this.crons.of(namespace, name, this.object('DataSource', namespace, name));
  }

  public object(kind: string, namespace: string, name: string): Json | undefined {
    return this.others.get(`${kind}/${keyOf(namespace, name)}`);
  }

  /** Takes in an object, as it is applied. */
  public apply(given: Json, group: string, owner?: ClaimOwner): void {
    const object = this.names.named(given);
    const kind = kindOf(object);
    const namespace = textAt(object, 'metadata', 'namespace');
    const key = keyOf(namespace, textAt(object, 'metadata', 'name'));
    this.settings.note(object);
    if (OF_STORAGE.has(kind)) this.applyStorage(object, kind);
    this.applyMakers(object, kind, key, group);
    switch (kind) {
      case 'DataVolume':
        return this.addDataVolume(object, namespace, group);
      case 'PersistentVolumeClaim':
        return this.addClaim(object, key, group, owner);
      case 'VirtualMachine':
      case 'VirtualMachineInstance':
        return this.addMachine(object, key, group);
      case 'VolumeSnapshot': {
        const of = textAt(object, 'spec', 'source', 'persistentVolumeClaimName');
        return this.snapshots.take(key, keyOf(namespace, of), this.claims);
      }
      case 'DataImportCron':
        return this.crons.put(key, object);
      default:
        if (LOOKED_UP.has(kind)) this.others.set(`${kind}/${key}`, object);
    }
  }

  /** Forgets an object, as it is deleted. */
  public remove({ kind, name, namespace = '' }: ObjectKey): void {
    this.settle();
    const key = keyOf(namespace, name);
    this.facts = withoutObject(this.facts, this.first, kind, name);
    if (kind === 'Namespace') this.removeNamespace(name);
    if (kind === 'DataVolume' || kind === 'PersistentVolumeClaim') this.removeClaim(key);
    if (kind === 'VolumeSnapshot') this.snapshots.remove(key);
    if (kind === 'DataImportCron') this.crons.delete(key);
    if (kind === 'VirtualMachine' || kind === 'VirtualMachineInstance') this.removeMachine(key);
    for (const member of this.machines.membersOf(`${kind}/${key}`)) this.removeMachine(member);
    this.machines.deleteSet(`${kind}/${key}`);
    this.uncounted.delete(`${kind}/${key}`);
    this.others.delete(`${kind}/${key}`);
  }

  /** Decides the clones whose source came later than they, as far as it came at all. */
  public settle(): void {
    const asked = this.open;
    this.open = [];
    for (const clone of asked) this.decide(clone, true);
  }

  private applyStorage(object: Json, kind: string): void {
    this.facts = withObject(this.facts, object);
    if (kind === 'StorageClass') this.isKnown = true;
  }

  /** What an object makes beside itself: members of a set, and claims that are not counted. */
  private applyMakers(object: Json, kind: string, key: string, group: string): void {
    const members = membersOf(object);
    const name = textAt(object, 'metadata', 'name');
    const namespace = textAt(object, 'metadata', 'namespace');
    const id = `${kind}/${key}`;
    const faults = members?.fault === undefined ? [] : [{ reason: members.fault }];
    const what = { group, namespace, object: `${kind} ${name}` };
    const rows = [...faults, ...uncountedOf(this.facts, object)].map((row) => ({ ...what, ...row }));
    if (rows.length > 0) this.uncounted.set(id, rows);
    else this.uncounted.delete(id);
    if (members === undefined) return;
    const machines = members.objects.filter((member) => textAt(member, 'kind') !== 'PersistentVolumeClaim');
    const keys = new Set(machines.map((member) => keyOf(namespace, textAt(member, 'metadata', 'name'))));
    for (const gone of this.machines.putSet(id, keys)) this.removeMachine(gone);
    for (const member of members.objects) this.apply(member, group, { kind, name });
  }

  private addDataVolume(object: Json, namespace: string, group: string, owner?: ClaimOwner): void {
    const name = textAt(object, 'metadata', 'name');
    const key = keyOf(namespace, name);
    const claim = dataVolumeClaim(this.facts, object, namespace, owner);
    const known = this.claims.get(key)?.value;
    const isSame = known !== undefined && JSON.stringify(known.written) === JSON.stringify(claim.written);
    const value = known?.madeFor === name ? explained(known, claim) : isSame ? known : claim;
    this.claims.set(key, group, value);
    if (claim.source.clones === undefined) return;
    const row = this.clones.get(key);
    if (isSame && row !== undefined) this.clones.set(key, { ...row, group });
    else this.decide({ group, key, facts: this.facts, hasCatalog: this.isKnown }, false);
  }

  private addClaim(object: Json, key: string, group: string, owner: ClaimOwner | undefined): void {
    const known = this.claims.get(key)?.value;
    const value = known === undefined ? plainClaim(this.facts, object, owner) : restated(this.facts, known, object);
    this.claims.set(key, group, value);
    const machine = stateOf(object);
    if (machine !== '') {
      this.kept.add(keyOf(value.namespace, machine));
      this.claims.delete(keyOf(value.namespace, stateName(machine)));
    }
    if (known === undefined && value.source.clones !== undefined) {
      this.decide({ group, key, facts: this.facts, hasCatalog: this.isKnown }, false);
    }
  }

  /** The instance of a VM bears its name; it is no machine of its own. */
  private addMachine(object: Json, key: string, group: string): void {
    const machine = machineOf(object);
    if (machine === undefined) return;
    const { kind, namespace, name } = machine;
    if (kind === 'VirtualMachineInstance' && this.machines.get(key)?.kind === 'VirtualMachine') return;
    this.machines.put(key, group, machine, object);
    for (const dataVolume of objectsAt(object, 'spec', 'dataVolumeTemplates')) {
      this.addDataVolume(dataVolume, namespace, group, { kind, name });
    }
    const storageClass = this.settings.stateStorageClass;
    const state = this.kept.has(key) ? undefined : stateClaim(machine, storageClass);
    if (state === undefined) return;
    const value = machineState(this.facts, state, namespace, { kind, name }, storageClass !== undefined);
    this.claims.set(keyOf(namespace, value.name), group, value);
  }

  private decide(asked: Asked, isLast: boolean): void {
    const { group, key, facts, hasCatalog } = asked;
    const counted = this.claims.get(key);
    if (counted === undefined) return;
    const clone = counted.value;
    const source = sourceOf(clone.source.clones, this);
    if (source === undefined && !isLast) return void this.open.push(asked);
    const sized = source === undefined ? clone : sizedAs(facts, clone, source.claim, source.fromSnapshot);
    this.clones.set(
      key,
      cloneRow(group, sized, outcomeOf(facts, hasCatalog, clone, source, this, this.decisions), source),
    );
    if (sized !== clone) this.claims.set(key, counted.group, sized);
  }

  private removeMachine(key: string): void {
    const machine = this.machines.get(key);
    if (machine === undefined) return;
    this.machines.delete(key);
    for (const claim of this.claims.ownedBy(machine, machine.namespace)) this.removeClaim(claim);
  }

  private removeClaim(key: string): void {
    const clone = this.clones.get(key);
    if (clone !== undefined) this.removedClones.push({ ...clone, removed: true });
    this.claims.delete(key);
    this.clones.delete(key);
  }

  private removeNamespace(name: string): void {
    const isInside = (key: string): boolean => key.startsWith(`${name}/`);
    this.machines.deleteAll(isInside);
    for (const key of this.claims.keys().filter(isInside)) this.removeClaim(key);
    this.snapshots.removeAll(isInside);
    this.crons.deleteAll(isInside);
    for (const id of [...this.uncounted.keys()]) {
      if (isInside(id.slice(id.indexOf('/') + 1))) this.uncounted.delete(id);
    }
  }
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
