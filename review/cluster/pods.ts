import { objectAt, textAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import type { Cluster } from './cluster';
import { groupOf, kindNameOf, nameOf, namespaceOf, placeKey } from './identity';
import { isKnownGroup, kindOf } from './kinds';
import { Machine, memberOf, templateOf } from './machine';
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
const POD_LABELS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['metadata', 'labels'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels'],
  ...Object.fromEntries(
    ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'].map((kind) => [
      kind,
      ['spec', 'template', 'metadata', 'labels'],
    ]),
  ),
};

/** The labels that a selector asks for. */
export type Selector = readonly (readonly [key: string, value: string])[];

/** The pods that a Service may select: those of the machines, and those of other workloads. */
export class Pods {
  /** The pods of a cluster, gathered when they are asked for the first time. */
  public static of(cluster: Cluster): Pods {
    const found = KNOWN.get(cluster) ?? new Pods(cluster);
    KNOWN.set(cluster, found);
    return found;
  }

  private readonly byLabel = new Map<string, Machine[]>();
  private readonly byNamespace = new Map<string, Machine[]>();
  private readonly setsIn = new Map<string, Machine[]>();
  /** The labels of the pods of other workloads, by namespace; undefined where something makes pods that are not known. */
  private readonly others = new Map<string, Json[] | undefined>();

  private constructor(private readonly cluster: Cluster) {
    for (const machine of machinesOf(cluster)) {
      add(this.byNamespace, machine.namespace, machine);
      if (machine.replicas !== undefined) add(this.setsIn, machine.namespace, machine);
      for (const [key, value] of this.labelsOf(machine))
        add(this.byLabel, labelKey(machine.namespace, key, value), machine);
    }
    for (const reviewed of cluster.objects) this.noteOther(reviewed);
  }

  /** The machines of a namespace. */
  public machinesIn(namespace: string): readonly Machine[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** The machines whose pods a selector finds. */
  public selected(namespace: string, selector: Selector): readonly Machine[] {
    const first = selector.find(([key]) => !LATER.has(key) && key !== APP_LABEL);
    const candidates =
      first === undefined ? this.machinesIn(namespace) : (this.byLabel.get(labelKey(namespace, ...first)) ?? []);
    const sets = first !== undefined && isName(first[0]) ? (this.setsIn.get(namespace) ?? []) : [];
    // Most Services ask for one label, by which their machines were found.
    if (first !== undefined && selector.length === 1 && sets.length === 0) return [...new Set(candidates)];
    return [...new Set([...candidates, ...sets])].filter((machine) =>
      selector.every(([key, value]) => this.has(machine, key, value)),
    );
  }

  /** Whether a pod of another workload is selected, or may be, as not all of them are known. */
  public selectsOther(namespace: string, selector: Selector): boolean {
    return ['', namespace].some((place) => {
      const pods = this.others.get(place);
      if (pods === undefined) return this.others.has(place);
      return pods.some((labels) => selector.every(([key, value]) => labels[key] === value));
    });
  }

  /** Whether a namespace has pods that are not those of machines. */
  public hasOthers(namespace: string): boolean {
    return this.others.has(namespace) || this.others.has('');
  }

  private has(machine: Machine, key: string, value: string): boolean {
    if (LATER.has(key)) return true;
    if (machine.replicas !== undefined && isName(key)) return isOfMember(machine, value);
    return this.labelsOf(machine).some(([own, its]) => own === key && its === value);
  }

  /** What the pod of a machine is labelled with, as far as the manifests say it. */
  private labelsOf(machine: Machine): [key: string, value: string][] {
    const written = Object.entries(templateLabels(machine)).filter(
      (label): label is [string, string] => typeof label[1] === 'string',
    );
    const { release, isReleaseAssumed } = this.cluster;
    const id = release === undefined || isReleaseAssumed || isAtLeast(release, WITH_INSTANCE_LABEL);
    return [
      ...written.filter(([key]) => key !== APP_LABEL && key !== POD_LABEL),
      [APP_LABEL, 'virt-launcher'],
      [POD_LABEL, podLabel(machine)],
      ...(id ? [[INSTANCE_LABEL, instanceLabel(machine)] as [string, string]] : []),
    ];
  }

  private noteOther(reviewed: Reviewed): void {
    const namespace = namespaceOf(reviewed);
    const path = POD_LABELS[kindNameOf(reviewed)];
    if (path !== undefined && ['', 'apps', 'batch'].includes(groupOf(reviewed))) {
      const known = this.others.get(namespace);
      if (this.others.has(namespace) && known === undefined) return;
      const labels = objectAt(reviewed.object, ...path) ?? {};
      if (known === undefined) this.others.set(namespace, [labels]);
      else known.push(labels);
    } else if (kindOf(reviewed.object) === undefined && !isKnownGroup(groupOf(reviewed))) {
      this.others.set(namespace, undefined);
    }
  }
}

const KNOWN = new WeakMap<Cluster, Pods>();

const APP_LABEL = 'kubevirt.io';

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
  const named = new Map<string, Machine>();
  for (const machine of cluster.sampleMachines) {
    named.set(placeKey(machine.namespace, machine.name), machine);
    yield machine;
  }
  for (const kind of ['VirtualMachinePool', 'VirtualMachineInstanceReplicaSet']) {
    for (const set of cluster.ofKind(kind)) {
      const member = valueAt(set.object, 'spec', 'replicas') === 0 ? memberOf(set) : undefined;
      if (member !== undefined) yield member;
    }
  }
  for (const clone of cluster.ofKind('VirtualMachineClone')) {
    const [source, target] = ['source', 'target'].map((part) => textAt(clone.object, 'spec', part, 'name'));
    const machine = named.get(placeKey(namespaceOf(clone), source ?? ''));
    if (machine !== undefined && target !== undefined && target !== '') yield { ...machine, name: target };
  }
}

function labelKey(namespace: string, key: string, value: string): string {
  return `${namespace}\0${key}\0${value}`;
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
