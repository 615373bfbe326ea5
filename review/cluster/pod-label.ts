import { createHash } from 'node:crypto';
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

/** The label of a pod with the name of its machine, from KubeVirt v1.7 on. */
export const INSTANCE_LABEL = 'vmi.kubevirt.io/id';

/** The value of that label: a name that is too long is cut, and ends in a hash (KubeVirt v1.9.0: pkg/apimachinery/labels.go). */
export function instanceLabel({ name }: Machine): string {
  if (name.length <= LONGEST_DNS_LABEL) return name;
  const hash = createHash('sha1').update(name).digest('hex').slice(0, HASH);
  return `${name.slice(0, LONGEST_DNS_LABEL - HASH - 1)}-${hash}`;
}

const HASH = 8;
