import { Cluster } from '../cluster/cluster';
import { kindNameOf, namespaceOf, placeKey, titleOf } from '../cluster/identity';
import { Machine } from '../cluster/machine';
import { POD_LABEL, podLabel } from '../cluster/pod-label';
import { Pods, Selector } from '../cluster/pods';
import { Severity } from '../finding';
import { childIn, objectAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { LettingIn, lettingIn, portsOf } from './guest-ports';
import { OutcomeRule } from './rule';

/** Rules that a Service finds a machine, and a guest that is reached. */
export const SERVICE_RULES: readonly OutcomeRule[] = [
  {
    id: 'service-selects-machine',
    sentence: 'A Service selects the pod of a machine.',
    source:
      'KubeVirt, pkg/virt-controller/services/template.go:podLabels; pkg/virt-controller/watch/vm/vm.go:setupVMIFromVM; pkg/util/net/dns/dns.go:SanitizeHostname',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const { service, namespace, selector, pods } of cluster.once(selecting)) {
        if (pods.selected(namespace, selector).length > 0 || pods.selectsOther(namespace, selector)) continue;
        if (service.root?.isOpen === true || pods.machinesIn(namespace).some(isOpen)) continue;
        const fault = hostnameFault(service, selector, pods) ?? selectorFault(service, selector, pods);
        if (fault !== undefined) note(service, fault.field, fault.message, fault.remedy);
      }
    },
  },
  {
    id: 'service-port-open',
    sentence: 'The guest that a Service leads to is on the network of its pod, and its interface lets the port in.',
    source:
      'KubeVirt, pkg/network/setup/netpod/masquerade/masquerade.go; pkg/virt-controller/services/rendercontainer.go:containerPortsFromVMI; pkg/virt-launcher/virtwrap/converter/network/passt.go (since v1.9.0)',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const { service, namespace, selector, pods } of cluster.once(selecting)) {
        if (pods.selectsOther(namespace, selector) || isOfAnotherProxy(service)) continue;
        const guests: LettingIn[] = [];
        for (const machine of pods.selected(namespace, selector).slice(0, MOST_MACHINES)) {
          if (!isOpen(machine)) guests.push(lettingIn(machine));
        }
        const hidden = guests.find(({ kind }) => kind === 'no pod network');
        if (hidden !== undefined) {
          const message = `'selector' must find a guest on the network of its pod, got ${titleOf(hidden.machine.from)}, whose networks are all others; nobody answers at the address of its pod`;
          note(service, 'spec.selector', message, 'give the machine an interface on the network of the pod');
        }
        // Of a headless Service each port of the pod is reached, whichever it lists.
        if (textAt(service.object, 'spec', 'clusterIP') === 'None') continue;
        for (const port of portsOf(service)) {
          for (const guest of guests) {
            const fault = port.faultOf(guest);
            if (fault === undefined) continue;
            const message = `'${port.word}' must be ${fault.must} ${titleOf(guest.machine.from)}, got ${fault.got}`;
            note(service, port.field, message, fault.remedy);
            break;
          }
        }
      }
    },
  },
];

/** Machines that one selector finds are mostly alike: no more of them are looked at. */
const MOST_MACHINES = 50;

interface Fault {
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

/** A Service that selects pods beside machines, and what it asks for. */
interface Selecting {
  readonly service: Reviewed;
  readonly namespace: string;
  readonly selector: Selector;
  readonly pods: Pods;
}

function selecting(cluster: Cluster): Selecting[] {
  const services = cluster.ofKind('Service').filter(({ object }) => hasSelector(object));
  if (services.length === 0 || cluster.sampleMachines.length === 0) return [];
  const pods = new Pods(cluster);
  const found: Selecting[] = [];
  for (const service of services) {
    const namespace = namespaceOf(service);
    if (pods.machinesIn(namespace).length === 0) continue;
    const selector = Object.entries(objectAt(service.object, 'spec', 'selector') ?? {});
    if (selector.every((label): label is [string, string] => typeof label[1] === 'string')) {
      found.push({ service, namespace, selector, pods });
    }
  }
  return found;
}

/** A Service of an outer name selects nothing, and one without a selector has its endpoints from somebody else. */
function hasSelector(object: Reviewed['object']): boolean {
  const selector = objectAt(object, 'spec', 'selector');
  return (
    selector !== undefined && Object.keys(selector).length > 0 && textAt(object, 'spec', 'type') !== 'ExternalName'
  );
}

/** What a patch may still label, or put onto another network. */
function isOpen({ from }: Machine): boolean {
  return from.isChanged === true;
}

/** Another proxy than that of Kubernetes leads it, to other networks too. */
function isOfAnotherProxy({ object }: Reviewed): boolean {
  return childIn(childIn(object, 'metadata'), 'labels')?.['service.kubernetes.io/service-proxy-name'] !== undefined;
}

/** A Service that selects the name of a machine whose pod is labelled with another hostname. */
function hostnameFault(service: Reviewed, selector: Selector, pods: Pods): Fault | undefined {
  const [, name] = selector.find(([key]) => key === POD_LABEL) ?? [];
  if (name === undefined) return undefined;
  const namespace = namespaceOf(service);
  const machine = pods
    .machinesIn(namespace)
    .find((one) => placeKey(one.namespace, one.name) === placeKey(namespace, name));
  if (machine === undefined || podLabel(machine) === name) return undefined;
  return {
    field: `spec.selector["${POD_LABEL}"]`,
    message: `'${POD_LABEL}' must be ${JSON.stringify(podLabel(machine))}, as the pod of ${titleOf(machine.from)} is labelled (its hostname), got ${JSON.stringify(name)}; the Service selects no pod`,
    remedy: "or select by a label of the machine's template",
  };
}

/** A Service that is meant for a machine, and finds none. */
function selectorFault(service: Reviewed, selector: Selector, pods: Pods): Fault | undefined {
  const namespace = namespaceOf(service);
  const machines = pods.machinesIn(namespace);
  const outer = machines.find(({ from }) =>
    LABELS_OF_OTHERS.some((path) => holds(objectAt(from.object, ...path), selector)),
  );
  const isOfMachine = selector.some(([key]) => MACHINE_LABEL.test(key));
  if (outer === undefined && !isOfMachine && pods.hasOthers(namespace)) return undefined;
  const text = selector.map(([key, value]) => `${key}=${value}`).join(',');
  const got = `got ${JSON.stringify(text)}`;
  if (outer !== undefined) {
    return {
      field: 'spec.selector',
      message: `'selector' must be labels of a machine's template, ${got}, which ${titleOf(outer.from)} has itself; its pod gets the labels of its template alone, and the Service selects no pod`,
      remedy: `write them below '${templateField(outer)}metadata.labels', too`,
    };
  }
  return {
    field: 'spec.selector',
    message: `'selector' must find the pod of a machine, ${got}, which no pod of the ${machines.length === 1 ? 'machine' : `${machines.length} machines`} beside it is labelled with; the Service selects no pod`,
    remedy: `select a label of the machine's template, or '${POD_LABEL}: ${podLabel(machines[0]!)}'`,
  };
}

/** Labels that are on pods of machines alone. */
const MACHINE_LABEL = /^(vmi?\.)?kubevirt\.io\//;

/** Where the labels of a machine or a set stand, which its pods do not get. */
const LABELS_OF_OTHERS = [
  ['metadata', 'labels'],
  ['spec', 'virtualMachineTemplate', 'metadata', 'labels'],
] as const;

function holds(labels: ReturnType<typeof objectAt>, selector: Selector): boolean {
  return labels !== undefined && selector.every(([key, value]) => labels[key] === value);
}

function templateField({ from }: Machine): string {
  return kindNameOf(from) === 'VirtualMachinePool' ? 'spec.virtualMachineTemplate.spec.template.' : 'spec.template.';
}
