import { textAt } from '../manifests/json';
import { Machine } from './machine';

/** The label by which a Service finds the pod of a machine. */
export const POD_LABEL = 'vm.kubevirt.io/name';

const LONGEST_DNS_LABEL = 63;

/**
 * What KubeVirt labels the pod of a machine with: the hostname of the guest, which need not be the name of the machine
 * (KubeVirt v1.6.2: pkg/virt-controller/services/template.go, podLabels; pkg/util/net/dns/dns.go, SanitizeHostname).
 */
export function podLabel({ guest, name }: Machine): string {
  return textAt(guest, 'hostname') || name.split('.')[0]!.slice(0, LONGEST_DNS_LABEL);
}
