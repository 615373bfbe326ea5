import type { StorageFacts } from '../../constructs/storage/storage-facts';
import { STORAGE_KINDS, withObject, withoutObject } from '../../constructs/storage/storage-objects';
import { isKubeVirt } from '../config';
import { objectAt, objectsAt, textAt, valueAt, withAt } from '../json';
import type { Json } from '../rule';
import { ClonedObject, dataSourceTarget } from './claim-source';
import { Claim, dataVolumeClaim, plainClaim, restated, withSize } from './claims';
import { cloneRow, FoundSource, Lookup, outcomeOf, sourceOf } from './clones';
import { Machine, Surroundings } from './guest';
import { machineOf, numbered } from './machines';
import { CloneRow } from './model';

/** An object by its kind and name. */
export interface ObjectKey {
  readonly kind: string;
  readonly name: string;
  /** Namespace; none of a cluster-scoped object. */
  readonly namespace?: string;
}

interface Counted<T> {
  readonly group: string;
  readonly value: T;
}

/** A clone, and the storage that it met. */
interface Asked {
  readonly group: string;
  readonly key: string;
  readonly facts: StorageFacts;
  readonly hasCatalog: boolean;
}

/** What stands in the cluster after every object so far: the last state of each, and the storage. */
export class InventoryState implements Lookup, Surroundings {
  public readonly machines = new Map<string, Counted<Machine>>();
  public readonly claims = new Map<string, Counted<Claim>>();
  public readonly clones = new Map<string, CloneRow>();
  /** Clones that were deleted again. */
  public readonly removedClones: CloneRow[] = [];
  private readonly snapshots = new Map<string, Claim | undefined>();
  private readonly taken = new Map<string, ClonedObject>();
  private readonly others = new Map<string, Json>();
  private readonly generated = new Map<string, number>();
  private readonly first: StorageFacts;
  private open: Asked[] = [];
  private cluster: Json | undefined;

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

  public get kubevirt(): Json | undefined {
    return this.cluster;
  }

  public claim(namespace: string, name: string): Claim | undefined {
    return this.claims.get(keyOf(namespace, name))?.value;
  }

  public snapshot(namespace: string, name: string): Claim | undefined {
    const key = keyOf(namespace, name);
    const of = this.taken.get(key);
    return this.snapshots.get(key) ?? (of && this.claim(of.namespace, of.name));
  }

  public dataSource(namespace: string, name: string): ClonedObject | undefined {
    return dataSourceTarget(this.object('DataSource', namespace, name), namespace);
  }

  public object(kind: string, namespace: string, name: string): Json | undefined {
    return this.others.get(`${kind}/${keyOf(namespace, name)}`);
  }

  /** Takes in an object, as it is applied. */
  public apply(given: Json, group: string): void {
    const object = this.named(given);
    const kind = textAt(object, 'kind');
    const namespace = textAt(object, 'metadata', 'namespace');
    const name = textAt(object, 'metadata', 'name');
    if (isKubeVirt(object)) this.cluster = object;
    if ((STORAGE_KINDS as readonly string[]).includes(kind)) this.applyStorage(object, kind);
    switch (kind) {
      case 'DataVolume':
        return this.addDataVolume(object, namespace, group);
      case 'PersistentVolumeClaim':
        return this.addClaim(object, keyOf(namespace, name), group);
      case 'VirtualMachine':
      case 'VirtualMachineInstance':
        return this.addMachine(object, group);
      case 'VirtualMachinePool':
        return this.addPool(object, namespace, name, group);
      case 'VolumeSnapshot': {
        const of = textAt(object, 'spec', 'source', 'persistentVolumeClaimName');
        this.taken.set(keyOf(namespace, name), { kind: 'PersistentVolumeClaim', namespace, name: of });
        this.snapshots.set(keyOf(namespace, name), this.claim(namespace, of));
        return;
      }
      default:
        if (LOOKED_UP.has(kind)) this.others.set(`${kind}/${keyOf(namespace, name)}`, object);
    }
  }

  /** Forgets an object, as it is deleted. */
  public remove({ kind, name, namespace = '' }: ObjectKey): void {
    this.settle();
    const key = keyOf(namespace, name);
    this.facts = withoutObject(this.facts, this.first, kind, name);
    if (kind === 'Namespace') this.removeNamespace(name);
    if (kind === 'DataVolume' || kind === 'PersistentVolumeClaim') this.removeClaim(key);
    if (kind === 'VolumeSnapshot') this.removeSnapshot(key);
    if (kind.startsWith('VirtualMachine') && this.machines.delete(key)) {
      for (const [claimKey, { value }] of this.claims) if (value.owner === key) this.removeClaim(claimKey);
    }
    this.others.delete(`${kind}/${key}`);
  }

  /** Decides the clones whose source came later than they, as far as it came at all. */
  public settle(): void {
    const asked = this.open;
    this.open = [];
    for (const clone of asked) this.decide(clone, true);
  }

  /** What gets its name in the cluster is another object each time. */
  private named(object: Json): Json {
    const prefix = textAt(object, 'metadata', 'generateName');
    if (prefix === '' || textAt(object, 'metadata', 'name') !== '') return object;
    const number = (this.generated.get(prefix) ?? 0) + 1;
    this.generated.set(prefix, number);
    return withAt(object, ['metadata', 'name'], `${prefix}*${number === 1 ? '' : number}`);
  }

  private applyStorage(object: Json, kind: string): void {
    this.facts = withObject(this.facts, object);
    if (kind === 'StorageClass') this.isKnown = true;
  }

  private addDataVolume(object: Json, namespace: string, group: string, owner?: string): void {
    const key = keyOf(namespace, textAt(object, 'metadata', 'name'));
    const claim = dataVolumeClaim(this.facts, object, namespace, owner);
    const known = this.claims.get(key)?.value;
    const isSame = known !== undefined && JSON.stringify(known.written) === JSON.stringify(claim.written);
    this.claims.set(key, { group, value: isSame ? known : claim });
    if (claim.source.clones === undefined) return;
    const row = this.clones.get(key);
    if (isSame && row !== undefined) this.clones.set(key, { ...row, group });
    else this.decide({ group, key, facts: this.facts, hasCatalog: this.isKnown }, false);
  }

  private addClaim(object: Json, key: string, group: string): void {
    const known = this.claims.get(key)?.value;
    const value = known === undefined ? plainClaim(this.facts, object) : restated(this.facts, known, object);
    this.claims.set(key, { group, value });
  }

  private addMachine(object: Json, group: string): void {
    const machine = machineOf(object);
    if (machine === undefined) return;
    const { namespace, name } = machine;
    this.machines.set(keyOf(namespace, name), { group, value: machine });
    for (const dataVolume of objectsAt(object, 'spec', 'dataVolumeTemplates')) {
      this.addDataVolume(dataVolume, namespace, group, keyOf(namespace, name));
    }
  }

  /** A pool's machines are numbered from 0, and so are the disks that each makes for itself. */
  private addPool(object: Json, namespace: string, name: string, group: string): void {
    const template = objectAt(object, 'spec', 'virtualMachineTemplate') ?? {};
    const replicas = valueAt(object, 'spec', 'replicas') ?? 1;
    for (let index = 0; index < Number(replicas); index += 1) {
      const spec = numbered(objectAt(template, 'spec') ?? {}, index);
      const metadata = { name: `${name}-${index}`, namespace };
      this.addMachine({ kind: 'VirtualMachine', metadata, spec }, group);
    }
  }

  private decide(asked: Asked, isLast: boolean): void {
    const { group, key, facts, hasCatalog } = asked;
    const clone = this.claims.get(key)?.value;
    if (clone === undefined) return;
    const source = sourceOf(clone.source.clones, this);
    if (source === undefined && !isLast) {
      this.open.push(asked);
      return;
    }
    this.clones.set(key, cloneRow(group, clone, outcomeOf(facts, hasCatalog, clone, source), source));
    if (source !== undefined) this.takeOverSize(key, clone, source, facts);
  }

  /** Of a clone that names no size, CDI takes that of the source: by `spec.storage` alone. */
  private takeOverSize(key: string, clone: Claim, { claim }: FoundSource, facts: StorageFacts): void {
    const counted = this.claims.get(key);
    if (clone.asked !== undefined || counted === undefined) return;
    const size = claim.settled.volumeMode === 'Filesystem' ? claim.usable : claim.requested;
    this.claims.set(key, { ...counted, value: withSize(facts, clone, size) });
  }

  private removeClaim(key: string): void {
    const clone = this.clones.get(key);
    if (clone !== undefined) this.removedClones.push({ ...clone, removed: true });
    this.claims.delete(key);
    this.clones.delete(key);
  }

  private removeSnapshot(key: string): void {
    this.taken.delete(key);
    this.snapshots.delete(key);
  }

  private removeNamespace(name: string): void {
    const isInside = (key: string): boolean => key.startsWith(`${name}/`);
    for (const key of [...this.machines.keys()].filter(isInside)) this.machines.delete(key);
    for (const key of [...this.claims.keys()].filter(isInside)) this.removeClaim(key);
    for (const key of [...this.taken.keys()].filter(isInside)) this.removeSnapshot(key);
  }
}

/** Kinds that others speak of. */
const LOOKED_UP: ReadonlySet<string> = new Set([
  'DataSource',
  'VirtualMachineInstancetype',
  'VirtualMachineClusterInstancetype',
  'VirtualMachinePreference',
  'VirtualMachineClusterPreference',
]);

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
