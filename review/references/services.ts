import { Cluster } from '../cluster/cluster';
import { nameKey, placeKey, titleOf } from '../cluster/identity';
import { Machine } from '../cluster/machine';
import { POD_LABEL, podLabel } from '../cluster/pod-label';
import { Severity } from '../finding';
import { textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { ReferenceRule } from './rule';

/** Rules that a Service finds the machine that it names. */
export const SERVICE_RULES: readonly ReferenceRule[] = [
  {
    id: 'service-selects-machine',
    sentence: 'A Service selects the pod of a machine.',
    source:
      'KubeVirt v1.6.2, pkg/virt-controller/services/template.go:podLabels, pkg/util/net/dns/dns.go:SanitizeHostname',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const services = cluster.ofKind('Service').filter((one) => selected(one) !== '');
      if (services.length === 0) return;
      const { named, labels } = labelled(cluster);
      for (const service of services) {
        const key = nameKey(service, selected(service));
        const machine = named.get(key);
        if (machine === undefined || labels.has(key)) continue;
        const message = `'${POD_LABEL}' must be ${JSON.stringify(podLabel(machine))}, as the pod of ${titleOf(machine.from)} is labelled (its hostname), got ${JSON.stringify(selected(service))}; the Service selects no pod`;
        note(service, `spec.selector["${POD_LABEL}"]`, message, "or select by a label of the machine's template");
      }
    },
  },
];

function selected({ object }: Reviewed): string {
  return textAt(object, 'spec', 'selector', POD_LABEL);
}

/** Machines by their names, and the labels that any state of one of them has. */
function labelled({ machines }: Cluster): {
  readonly named: ReadonlyMap<string, Machine>;
  readonly labels: ReadonlySet<string>;
} {
  return {
    named: new Map(machines.map((machine) => [placeKey(machine.namespace, machine.name), machine] as const)),
    labels: new Set(machines.map((machine) => placeKey(machine.namespace, podLabel(machine)))),
  };
}
