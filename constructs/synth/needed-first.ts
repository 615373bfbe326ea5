import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Dependencies, LateCharts } from './dependencies';

/** How far an object of a kind is needed: by what stands in it, by what stands in its namespace, or by all of the cluster. */
type Reach = 'what stands in it' | 'its namespace' | 'the cluster';

const MACHINES = ['VirtualMachine', 'VirtualMachinePool', 'VirtualMachineInstance', 'VirtualMachineInstanceReplicaSet'];
const CLAIMED = ['PersistentVolumeClaim', 'DataVolume', 'StatefulSet', ...MACHINES];
const COUNTED = [...CLAIMED, 'Pod', 'Deployment', 'DaemonSet', 'Job', 'CronJob'];
const SNAPSHOTS = ['VolumeSnapshot', 'VirtualMachineSnapshot', 'VirtualMachineClone'];

/**
 * Kinds that `kubectl apply` must meet before what needs them: in the order in which they are put first, with the kinds that
 * need them.
 */
const NEEDED: ReadonlyMap<string, readonly [reach: Reach, by: readonly string[]]> = new Map([
  ['Namespace', ['what stands in it', []]],
  ['StorageClass', ['the cluster', CLAIMED]],
  ['VolumeSnapshotClass', ['the cluster', SNAPSHOTS]],
  ['ResourceQuota', ['its namespace', COUNTED]],
  ['LimitRange', ['its namespace', COUNTED]],
  ['VirtualMachineClusterInstancetype', ['the cluster', MACHINES]],
  ['VirtualMachineClusterPreference', ['the cluster', MACHINES]],
  ['VirtualMachineInstancetype', ['its namespace', MACHINES]],
  ['VirtualMachinePreference', ['its namespace', MACHINES]],
]);

const RANKS = new Map([...NEEDED.keys()].map((kind, rank) => [kind, rank]));

/**
 * Objects in the order in which they are written, but for those that stand behind what needs them: these are put before the
 * first that does, unless they depend on it.
 *
 * @param dependsOn Whether an object was said to depend on another one.
 */
export function neededFirst(
  objects: readonly ApiObject[],
  dependsOn: (object: ApiObject, on: ApiObject) => boolean,
): readonly ApiObject[] {
  const needed = objects.filter(isNeeded).sort((a, b) => (RANKS.get(a.kind) ?? 0) - (RANKS.get(b.kind) ?? 0));
  if (needed.length === 0) return objects;
  const users = new Users(objects, needed);
  const order = [...objects];
  const places = new Map(objects.map((object, place) => [object, place]));
  for (const object of needed) {
    const [first] = users.before(object, (one) => places.get(one)!);
    if (first === undefined) continue;
    const [at, from] = [order.indexOf(object), order.indexOf(first)];
    const before = order.slice(from, at);
    const last = Math.max(-1, ...before.map((other, index) => (dependsOn(object, other) ? index : -1)));
    order.splice(at, 1);
    order.splice(from + last + 1, 0, object);
    order.forEach((one, place) => places.set(one, place));
  }
  return order;
}

/** The charts that hold what a chart needs and come later than it, by the chart that needs it. */
export function lateCharts(app: Dependencies, order: readonly Chart[]): LateCharts {
  const late = new Map<Chart, Set<Chart>>();
  const objects = app.constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  const needed = objects.filter(isNeeded);
  if (needed.length === 0) return late;
  const places = new Map(order.map((chart, place) => [chart, place]));
  const placeOf = (object: ApiObject): number => places.get(app.chartOf(object) as Chart) ?? 0;
  const users = new Users(objects, needed);
  for (const object of needed) {
    const holder = app.chartOf(object);
    for (const user of users.before(object, placeOf)) {
      const chart = app.chartOf(user);
      if (chart === undefined || holder === undefined) continue;
      const wanted = late.get(chart) ?? new Set();
      late.set(chart, wanted.add(holder));
    }
  }
  return late;
}

/**
 * The objects by what they may need, as far as any of `needed` asks for it. What they name is read only of those that come
 * before it.
 */
class Users {
  /** By namespace; undefined stands for that of whoever applies the manifest. */
  private readonly byNamespace = new Map<string | undefined, Map<string, ApiObject[]>>();
  private readonly byKind = new Map<string, ApiObject[]>();
  private readonly rendered = new Map<ApiObject, unknown>();

  public constructor(objects: readonly ApiObject[], needed: readonly ApiObject[]) {
    for (const object of needed) this.listsFor(object);
    for (const object of objects) {
      this.byKind.get(object.kind)?.push(object);
      const namespace = isOfCluster(object.kind) ? undefined : object.metadata.namespace;
      const inNamespace = this.byNamespace.get(namespace);
      inNamespace?.get(object.kind)?.push(object);
      if (namespace !== undefined) inNamespace?.get(ANY_KIND)?.push(object);
    }
  }

  /** What needs an object and has a place before it, in their order. */
  public before(object: ApiObject, placeOf: (object: ApiObject) => number): ApiObject[] {
    const place = placeOf(object);
    return this.listsFor(object).flatMap((list) =>
      list.filter((other) => placeOf(other) < place && this.names(other, object)),
    );
  }

  /** The lists of what may need an object. */
  private listsFor(object: ApiObject): ApiObject[][] {
    const [reach, by] = NEEDED.get(object.kind) ?? ['the cluster', []];
    if (reach === 'the cluster') return by.map((kind) => listOf(this.byKind, kind));
    const namespace = reach === 'its namespace' ? object.metadata.namespace : object.name;
    const lists = this.byNamespace.get(namespace) ?? new Map<string, ApiObject[]>();
    this.byNamespace.set(namespace, lists);
    return reach === 'its namespace' ? by.map((kind) => listOf(lists, kind)) : [listOf(lists, ANY_KIND)];
  }

  /** Whether an object names another one, where a name decides. */
  private names(object: ApiObject, named: ApiObject): boolean {
    switch (named.kind) {
      case 'StorageClass':
        return holds(this.render(object), 'storageClassName', named.name);
      case 'VolumeSnapshotClass':
        return object.kind !== 'VolumeSnapshot' || holds(this.render(object), 'volumeSnapshotClassName', named.name);
      case 'VirtualMachineInstancetype':
      case 'VirtualMachineClusterInstancetype':
        return isMatched(this.render(object), 'instancetype', named);
      case 'VirtualMachinePreference':
      case 'VirtualMachineClusterPreference':
        return isMatched(this.render(object), 'preference', named);
      default:
        return true;
    }
  }

  /** An object as it is written; what cannot be written is said when it is. */
  private render(object: ApiObject): unknown {
    if (this.rendered.has(object)) return this.rendered.get(object);
    let json: unknown;
    try {
      json = object.toJson() as unknown;
    } catch {
      json = undefined;
    }
    this.rendered.set(object, json);
    return json;
  }
}

/** Stands for every kind of a namespace. */
const ANY_KIND = '';

function listOf(lists: Map<string, ApiObject[]>, key: string): ApiObject[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list: ApiObject[] = [];
  lists.set(key, list);
  return list;
}

function isNeeded(object: IConstruct): boolean {
  return NEEDED.has((object as ApiObject).kind);
}

/** Whether objects of a kind stand in no namespace, though cdk8s writes that of their chart. An app has few kinds, and many objects. */
function isOfCluster(kind: string): boolean {
  const known = clusterKinds.get(kind);
  if (known !== undefined) return known;
  const isCluster = CLUSTER_KIND.test(kind) || OF_CLUSTER.has(kind);
  clusterKinds.set(kind, isCluster);
  return isCluster;
}

const clusterKinds = new Map<string, boolean>();

const CLUSTER_KIND = /^(Cluster|Namespace$|Node$|CSI|Mutating|Validating)|Class$|Cluster(Instancetype|Preference)$/;

const OF_CLUSTER: ReadonlySet<string> = new Set([
  ...['CustomResourceDefinition', 'APIService', 'PersistentVolume', 'MigrationPolicy', 'CDI', 'StorageProfile'],
]);

/** Whether a value holds a text under a key, at any depth. */
function holds(value: unknown, key: string, text: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([own, below]) => (own === key && below === text) || holds(below, key, text));
}

/** Whether a machine or a pool names an instance type or a preference; without a kind it is one of the cluster. */
function isMatched(value: unknown, part: 'instancetype' | 'preference', named: ApiObject): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([own, below]) => {
    if (own !== part) return own === 'template' ? false : isMatched(below, part, named);
    const { name, kind = '' } = (below ?? {}) as Record<string, unknown>;
    const isOfTheCluster = kind === '' || /^virtualmachinecluster/i.test(String(kind));
    return name === named.name && isOfTheCluster === named.kind.startsWith('VirtualMachineCluster');
  });
}
