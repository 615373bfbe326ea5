import { groupOf, kindOf, nameKey, nameOf, titleOf } from '../cluster/identity';
import { hasPod, POD_LABEL, podLabel } from '../cluster/pod-label';
import { Severity } from '../finding';
import { textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { ReviewedSet, SetRule } from './rule';

/** Rules that a Service finds the machine that it names. */
export const SERVICE_RULES: readonly SetRule[] = [
  {
    id: 'service-selects-machine',
    source:
      'KubeVirt v1.6.2, pkg/virt-controller/services/template.go:podLabels, pkg/util/net/dns/dns.go:SanitizeHostname',
    severity: Severity.WARNING,
    check: (set, note) => {
      const services = set.objects.filter(
        (one) => kindOf(one) === 'Service' && groupOf(one) === '' && selected(one) !== '',
      );
      if (services.length === 0) return;
      const { named, labels } = labelled(set);
      for (const service of services) {
        const key = nameKey(service, selected(service));
        const machine = named.get(key);
        if (machine === undefined || labels.has(key)) continue;
        const message = `'${POD_LABEL}' must be ${JSON.stringify(podLabel(machine.object))}, as the pod of ${titleOf(machine)} is labelled (its hostname), got ${JSON.stringify(selected(service))}; the Service selects nothing`;
        note(service, `spec.selector["${POD_LABEL}"]`, message, "or select by a label of the machine's template");
      }
    },
  },
];

function selected({ object }: Reviewed): string {
  return textAt(object, 'spec', 'selector', POD_LABEL);
}

/** Machines by their names, and the labels that any state of one of them has. */
function labelled({ objects }: ReviewedSet): {
  readonly named: ReadonlyMap<string, Reviewed>;
  readonly labels: ReadonlySet<string>;
} {
  const machines = objects.filter((one) => groupOf(one) === 'kubevirt.io' && hasPod(kindOf(one)));
  return {
    named: new Map(machines.map((machine) => [nameKey(machine, nameOf(machine)), machine] as const)),
    labels: new Set(machines.map((machine) => nameKey(machine, podLabel(machine.object)))),
  };
}
