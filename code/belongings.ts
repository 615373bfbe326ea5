import { isObject, objectAt, objectsAt, textAt, valueAt } from '../review/manifests/json';
import { Json } from '../review/rule';
import { podLabels, selects } from './kinds/services';
import { instancePath } from './meaning/disk-order';

/** Objects by what others call them. */
export interface Reference {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** The kinds that are called the same: a DataVolume makes the claim of its name. */
const ALIKE: Readonly<Record<string, string>> = { DataVolume: 'PersistentVolumeClaim', DataImportCron: 'DataSource' };

function keyOf({ kind, namespace, name }: Reference): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}

function ownKey(object: Json): string {
  const kind = String(object.kind);
  const name =
    kind === 'DataImportCron' ? textAt(object, 'spec', 'managedDataSource') : textAt(object, 'metadata', 'name');
  return keyOf({ kind: ALIKE[kind] ?? kind, namespace: namespaceOf(object), name });
}

/** The namespace of an object; undefined without one. */
export function namespaceOf(object: Json): string | undefined {
  return textAt(object, 'metadata', 'namespace') || undefined;
}

/** Whether an object is what guests run in. */
export function isMachine(object: Json): boolean {
  return instancePath(object) !== undefined;
}

/** Objects that stand together: a machine with its disks, its Secrets and its Services. */
export interface Group<T> {
  readonly items: readonly T[];
  /** The machine; undefined of what belongs to none, or to several. */
  readonly machine?: T;
  /** Whether nothing else names what is in it. */
  readonly isClosed: boolean;
}

/** In which order things stand that belong to no machine; what is not named follows the machines. */
const FIRST = [
  'Namespace',
  'KubeVirt',
  'HyperConverged',
  'CDI',
  'StorageClass',
  'VolumeSnapshotClass',
  'StorageProfile',
].concat(
  ['VirtualMachineClusterInstancetype', 'VirtualMachineInstancetype'],
  ['VirtualMachineClusterPreference', 'VirtualMachinePreference', 'NetworkAttachmentDefinition'],
  ['Secret', 'ConfigMap', 'DataImportCron', 'DataSource', 'PersistentVolumeClaim', 'DataVolume', 'VolumeSnapshot'],
);

/** In which order things stand that belong to one machine. */
const BESIDE = ['Secret', 'ConfigMap', 'PersistentVolumeClaim', 'DataVolume', undefined, 'Service', 'VolumeSnapshot'];

/**
 * Groups of objects in the order in which a file says them: what others name before what names it, as far as that is possible,
 * and otherwise as they were read.
 */
export function belongings<T extends { readonly object: Json }>(items: readonly T[]): readonly Group<T>[] {
  const graph = new Graph(items);
  const groups = new Map<T, T[]>();
  for (const item of items) {
    const holder = graph.holder(item);
    const group = groups.get(holder);
    if (group === undefined) groups.set(holder, [item]);
    else group.push(item);
  }
  const holders = inRanks([...groups.keys()], ({ object }) => (isMachine(object) ? FIRST.length : rank(object)));
  const ordered = graph.inOrder(holders, groups);
  return ordered.map((holder) => {
    const machine = isMachine(holder.object) ? holder : undefined;
    const members = groups.get(holder)!;
    const items = machine === undefined ? members : besideMachine(graph, members);
    return { items, machine, isClosed: graph.isClosed(members) };
  });
}

function rank({ kind }: Json): number {
  const found = FIRST.indexOf(String(kind));
  return found < 0 ? FIRST.length + 1 : found;
}

function besideMachine<T extends { readonly object: Json }>(graph: Graph<T>, items: readonly T[]): readonly T[] {
  const place = ({ object }: T): number => {
    if (isMachine(object)) return BESIDE.indexOf(undefined);
    const found = BESIDE.indexOf(String(object.kind));
    return found < 0 ? BESIDE.length : found;
  };
  return graph.inOrder(inRanks(items, place), new Map(items.map((item) => [item, [item]])));
}

function inRanks<T>(items: readonly T[], rankOf: (item: T) => number): readonly T[] {
  const ranked = items.map((item) => ({ item, rank: rankOf(item) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

/** Which objects name which others. */
class Graph<T extends { readonly object: Json }> {
  private readonly byKey = new Map<string, T>();
  private readonly named = new Map<T, readonly T[]>();
  private readonly namedBy = new Map<T, T[]>();

  public constructor(items: readonly T[]) {
    const machines = new Map<string | undefined, { readonly item: T; readonly labels: Json }[]>();
    for (const item of items) {
      const key = ownKey(item.object);
      if (!this.byKey.has(key)) this.byKey.set(key, item);
      if (!isMachine(item.object)) continue;
      const namespace = namespaceOf(item.object);
      const known = machines.get(namespace);
      const one = { item, labels: podLabels(item.object) };
      if (known === undefined) machines.set(namespace, [one]);
      else known.push(one);
    }
    const byName = new SelectedMachines(machines);
    for (const item of items) {
      const found = referencesOf(item.object).flatMap((reference) => this.byKey.get(keyOf(reference)) ?? []);
      if (item.object.kind === 'Service') found.push(...byName.of(item.object));
      const others = [...new Set(found)].filter((other) => other !== item);
      this.named.set(item, others);
      for (const other of others) {
        const users = this.namedBy.get(other);
        if (users === undefined) this.namedBy.set(other, [item]);
        else users.push(item);
      }
    }
  }

  /** What an object stands with: the machine that alone uses it, or that it alone serves; else itself. */
  public holder(item: T, depth = 0): T {
    // A chain that leads back to itself has no end.
    if (depth > DEEPEST) return item;
    const [only, ...others] = new Set(this.beside(item).map((other) => this.holder(other, depth + 1)));
    return only !== undefined && others.length === 0 && isMachine(only.object) ? only : item;
  }

  /** What an object may stand with: what uses it, or what it serves. */
  private beside(item: T): readonly T[] {
    const kind = String(item.object.kind);
    if (SERVING.has(kind)) return this.named.get(item) ?? [];
    if (!HELD.has(kind)) return [];
    return (this.namedBy.get(item) ?? []).filter(({ object }) => isMachine(object) || HELD.has(String(object.kind)));
  }

  /** Whether nobody else names one of some objects. */
  public isClosed(members: readonly T[]): boolean {
    return members.every((member) => (this.namedBy.get(member) ?? []).every((user) => members.includes(user)));
  }

  /** Holders in an order in which what is named comes first, and what names it follows. */
  public inOrder(holders: readonly T[], groups: ReadonlyMap<T, readonly T[]>): readonly T[] {
    const holderOf = new Map<T, T>();
    for (const [holder, members] of groups) for (const member of members) holderOf.set(member, holder);
    const ordered: T[] = [];
    const seen = new Set<T>();
    const visit = (holder: T): void => {
      if (seen.has(holder)) return;
      seen.add(holder);
      for (const member of groups.get(holder) ?? []) {
        for (const other of this.named.get(member) ?? []) {
          const before = holderOf.get(other);
          if (before !== undefined) visit(before);
        }
      }
      ordered.push(holder);
    };
    for (const holder of holders) visit(holder);
    return ordered;
  }
}

/** How many objects may stand between one and the machine that it stands with. */
const DEEPEST = 4;

/** Kinds that stand with the machine that uses them. */
const HELD = new Set(['PersistentVolumeClaim', 'DataVolume', 'Secret', 'ConfigMap']);

/** Kinds that stand with the machine that they act on. */
const SERVING = new Set([
  'Service',
  'VolumeSnapshot',
  'VirtualMachineSnapshot',
  'VirtualMachineRestore',
  'VirtualMachineClone',
  'VirtualMachineExport',
  'VirtualMachineInstanceMigration',
]);

/** The machines of each namespace, by the labels of their pods. */
export class SelectedMachines<T extends { readonly object: Json }> {
  private readonly byLabel = new Map<string, { readonly item: T; readonly labels: Json }[]>();

  public constructor(
    machines: ReadonlyMap<string | undefined, readonly { readonly item: T; readonly labels: Json }[]>,
  ) {
    for (const [namespace, all] of machines) {
      for (const one of all) {
        for (const [label, value] of Object.entries(one.labels)) {
          const key = `${namespace ?? ''} ${label}=${String(value)}`;
          const known = this.byLabel.get(key);
          if (known === undefined) this.byLabel.set(key, [one]);
          else known.push(one);
        }
      }
    }
  }

  /** Those that a Service leads to. */
  public of(service: Json): readonly T[] {
    return this.selected(namespaceOf(service), objectAt(service, 'spec', 'selector') ?? {});
  }

  public selected(namespace: string | undefined, selector: Json): readonly T[] {
    const [first] = Object.entries(selector);
    if (first === undefined) return [];
    const candidates = this.byLabel.get(`${namespace ?? ''} ${first[0]}=${String(first[1])}`) ?? [];
    return candidates.filter(({ labels }) => selects(selector, labels)).map(({ item }) => item);
  }
}

/** What an object names, in its own namespace unless it says another. */
function referencesOf(object: Json): Reference[] {
  const namespace = namespaceOf(object);
  const found: Reference[] = [];
  const add = (kind: string, name: unknown, where: unknown = namespace): void => {
    if (typeof name !== 'string' || name === '') return;
    found.push({ kind, name, namespace: typeof where === 'string' && where !== '' ? where : namespace });
  };
  const spec = objectAt(object, 'spec') ?? {};
  const path = instancePath(object);
  if (path !== undefined) {
    ofInstance(valueAt(object, ...path), add);
    for (const template of objectsAt(object, 'spec', 'dataVolumeTemplates'))
      ofDataVolume(objectAt(template, 'spec') ?? {}, add);
  }
  switch (object.kind) {
    case 'DataVolume':
    case 'DataSource':
      ofDataVolume(spec, add);
      break;
    case 'DataImportCron':
      ofDataVolume(objectAt(spec, 'template', 'spec') ?? {}, add);
      break;
    case 'VolumeSnapshot':
      add('PersistentVolumeClaim', valueAt(spec, 'source', 'persistentVolumeClaimName'));
      break;
    case 'VirtualMachineRestore':
      add('VirtualMachineSnapshot', spec.virtualMachineSnapshotName);
      break;
    case 'VirtualMachineInstanceMigration':
      add('VirtualMachine', spec.vmiName);
      break;
    default:
  }
  for (const field of ['source', 'target']) {
    const reference = spec[field];
    if (isObject(reference) && typeof reference.kind === 'string' && object.kind !== 'DataVolume')
      add(reference.kind, reference.name);
  }
  return found;
}

type Add = (kind: string, name: unknown, namespace?: unknown) => void;

function ofInstance(instance: unknown, add: Add): void {
  for (const volume of objectsAt(instance, 'volumes')) {
    add('PersistentVolumeClaim', valueAt(volume, 'persistentVolumeClaim', 'claimName'));
    add('PersistentVolumeClaim', valueAt(volume, 'dataVolume', 'name'));
    add('PersistentVolumeClaim', valueAt(volume, 'ephemeral', 'persistentVolumeClaim', 'claimName'));
    for (const kind of ['cloudInitNoCloud', 'cloudInitConfigDrive']) {
      add('Secret', valueAt(volume, kind, 'secretRef', 'name'));
      add('Secret', valueAt(volume, kind, 'networkDataSecretRef', 'name'));
    }
    add('Secret', valueAt(volume, 'secret', 'secretName'));
    add('Secret', valueAt(volume, 'sysprep', 'secret', 'name'));
    add('ConfigMap', valueAt(volume, 'configMap', 'name'));
    add('ConfigMap', valueAt(volume, 'sysprep', 'configMap', 'name'));
  }
  for (const credential of objectsAt(instance, 'accessCredentials')) {
    for (const kind of ['sshPublicKey', 'userPassword'])
      add('Secret', valueAt(credential, kind, 'source', 'secret', 'secretName'));
  }
}

function ofDataVolume(spec: Json, add: Add): void {
  const [kind, source] = Object.entries(objectAt(spec, 'source') ?? {})[0] ?? [];
  add('DataSource', valueAt(spec, 'sourceRef', 'name'), valueAt(spec, 'sourceRef', 'namespace'));
  if (!isObject(source)) return;
  if (kind === 'pvc') add('PersistentVolumeClaim', source.name, source.namespace);
  if (kind === 'snapshot') add('VolumeSnapshot', source.name, source.namespace);
  if (kind === 'dataSource') add('DataSource', source.name, source.namespace);
  add('Secret', source.secretRef);
  add('ConfigMap', source.certConfigMap);
}
