import { objectAt, textAt, valueAt } from '../manifests/json';
import type { Json } from '../rule';
import type { Cluster } from './cluster';
import { groupOf, kindNameOf, nameOf, namespaceOf, placeKey } from './identity';
import { isKnownGroup } from './kinds';
import { Machine, memberOf, templateOf } from './machine';
import { Places } from './places';
import { INSTANCE_LABEL, instanceLabel, POD_LABEL, podLabel } from './pod-label';
import { isAtLeast } from './release-order';

/** Labels of a pod that KubeVirt sets, and that no manifest says: the UID of the machine, the node, the revision of a pool. */
const LATER: ReadonlySet<string> = new Set([
  ...['kubevirt.io/created-by', 'kubevirt.io/nodeName', 'kubevirt.io/migrationJobUID'],
  'kubevirt.io/vm-pool-revision-name',
]);

/** The first release that labels a pod with the name of its machine, too. */
const WITH_INSTANCE_LABEL = 'v1.7.0';

/** Where the labels of the pods of a workload stand. */
const POD_LABELS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', ['metadata', 'labels']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels']],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'].map(
    (kind) => [kind, ['spec', 'template', 'metadata', 'labels']] as [string, string[]],
  ),
]);

/** The labels that a selector asks for. */
export type Selector = readonly (readonly [key: string, value: string])[];

/** The pods that a Service may select: those of the machines, and those of other workloads. */
export class Pods {
  /** By the label that a selector asks for, and then by its value and the namespace. */
  private readonly byLabel = new Map<string, Places<Machine[]>>();
  private readonly byNamespace = new Map<string, Machine[]>();
  private readonly setsIn = new Map<string, Machine[]>();
  /** The labels of the pods of other workloads, by namespace. */
  private readonly others = new Map<string, Json[]>();
  /** The namespaces in which something makes pods that are not known. */
  private readonly unknown = new Set<string>();

  constructor(private readonly cluster: Cluster) {
    for (const machine of machinesOf(cluster)) {
      add(this.byNamespace, machine.namespace, machine);
      if (machine.replicas !== undefined) add(this.setsIn, machine.namespace, machine);
    }
    for (const [kind, path] of POD_LABELS) {
      for (const reviewed of cluster.ofKind(kind)) {
        add(this.others, namespaceOf(reviewed), objectAt(reviewed.object, ...path) ?? {});
      }
    }
    for (const reviewed of cluster.ofOtherKinds) {
      if (!isKnownGroup(groupOf(reviewed))) this.unknown.add(namespaceOf(reviewed));
    }
  }

  /** The machines of a namespace. */
  public machinesIn(namespace: string): readonly Machine[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** The machines whose pods a selector finds. */
  public selected(namespace: string, selector: Selector): readonly Machine[] {
    const first = selector.find(([key]) => !LATER.has(key) && key !== APP_LABEL);
    const candidates =
      first === undefined ? this.machinesIn(namespace) : (this.labelled(first[0]).get(namespace, first[1]) ?? []);
    const sets = first !== undefined && isName(first[0]) ? (this.setsIn.get(namespace) ?? []) : [];
    // Most Services ask for one label, by which their machines were found.
    if (first !== undefined && selector.length === 1 && sets.length === 0) return candidates;
    return [...new Set([...candidates, ...sets])].filter((machine) =>
      selector.every(([key, value]) => this.has(machine, key, value)),
    );
  }

  /** Whether a pod of another workload is selected, or may be, as not all of them are known. */
  public selectsOther(namespace: string, selector: Selector): boolean {
    return ['', namespace].some((place) => {
      const pods = this.others.get(place) ?? [];
      return this.unknown.has(place) || pods.some((labels) => selector.every(([key, value]) => labels[key] === value));
    });
  }

  /** Whether a namespace has pods that are not those of machines. */
  public hasOthers(namespace: string): boolean {
    return ['', namespace].some((place) => this.others.has(place) || this.unknown.has(place));
  }

  private has(machine: Machine, key: string, value: string): boolean {
    if (LATER.has(key)) return true;
    if (machine.replicas !== undefined && isName(key)) return isOfMember(machine, value);
    return this.valuesOf(machine, key).includes(value);
  }

  /** The machines by the value of a label and their namespace: Services ask for few labels, and each is gathered once. */
  private labelled(key: string): Places<Machine[]> {
    let places = this.byLabel.get(key);
    if (places !== undefined) return places;
    this.byLabel.set(key, (places = new Places()));
    for (const [namespace, machines] of this.byNamespace) {
      for (const machine of machines) {
        for (const value of this.valuesOf(machine, key)) {
          const same = places.get(namespace, value);
          if (same === undefined) places.set(namespace, value, [machine]);
          else same.push(machine);
        }
      }
    }
    return places;
  }

  /** What the pod of a machine is labelled with under a key, as far as the manifests say it; the template may say another id. */
  private valuesOf(machine: Machine, key: string): readonly string[] {
    if (key === APP_LABEL) return LAUNCHER;
    if (key === POD_LABEL) return [podLabel(machine)];
    const written = templateLabels(machine)[key];
    const labels = typeof written === 'string' ? [written] : [];
    if (key !== INSTANCE_LABEL || !this.hasInstanceLabel) return labels;
    const own = instanceLabel(machine);
    return written === own ? labels : [...labels, own];
  }

  private get hasInstanceLabel(): boolean {
    const { release, isReleaseAssumed } = this.cluster;
    return release === undefined || isReleaseAssumed || isAtLeast(release, WITH_INSTANCE_LABEL);
  }
}

const APP_LABEL = 'kubevirt.io';
const LAUNCHER: readonly string[] = ['virt-launcher'];

function isName(key: string): boolean {
  return key === POD_LABEL || key === INSTANCE_LABEL;
}

/** The labels that the template of a machine gives its instance, and so its pod. */
export function templateLabels(machine: Machine): Json {
  return objectAt(templateOf(machine), 'metadata', 'labels') ?? {};
}

/** The name of one machine of a pool; what a replica set makes is named by the cluster. */
function isOfMember(machine: Machine, value: string): boolean {
  const { from, guest } = machine;
  if (textAt(guest, 'hostname') !== '') return value === textAt(guest, 'hostname');
  const [start, number] = [`${nameOf(from)}-`, value.slice(nameOf(from).length + 1)];
  return kindNameOf(from) === 'VirtualMachinePool' && value.startsWith(start) && /^\d+$/.test(number);
}

/** The machines in each of their states, one of each set, and the clones of them. */
function* machinesOf(cluster: Cluster): Generator<Machine> {
  yield* cluster.sampleMachines;
  for (const kind of ['VirtualMachinePool', 'VirtualMachineInstanceReplicaSet']) {
    for (const set of cluster.ofKind(kind)) {
      const member = valueAt(set.object, 'spec', 'replicas') === 0 ? memberOf(set) : undefined;
      if (member !== undefined) yield member;
    }
  }
  const clones = cluster.ofKind('VirtualMachineClone');
  if (clones.length === 0) return;
  const named = new Map(cluster.sampleMachines.map((one) => [placeKey(one.namespace, one.name), one] as const));
  for (const clone of clones) {
    const machine = named.get(placeKey(namespaceOf(clone), textAt(clone.object, 'spec', 'source', 'name')));
    const target = textAt(clone.object, 'spec', 'target', 'name');
    if (machine !== undefined && target !== '') yield { ...machine, name: target };
  }
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
