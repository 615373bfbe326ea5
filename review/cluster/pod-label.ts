import { textAt } from '../manifests/json';

/** The label by which a Service finds the pod of a machine. */
export const POD_LABEL = 'vm.kubevirt.io/name';

/** Where the hostname of a machine stands, by its kind. */
const HOSTNAMES: Readonly<Record<string, readonly string[]>> = {
  VirtualMachine: ['spec', 'template', 'spec', 'hostname'],
  VirtualMachineInstance: ['spec', 'hostname'],
};

const LONGEST_DNS_LABEL = 63;

/** Whether KubeVirt makes and labels a pod for objects of this kind. */
export function hasPod(kind: string): boolean {
  return Object.hasOwn(HOSTNAMES, kind);
}

/**
 * What KubeVirt labels the pod of a machine with: the hostname of the guest, which need not be the machine's name (KubeVirt
 * v1.6.2: pkg/virt-controller/services/template.go, podLabels; pkg/util/net/dns/dns.go, SanitizeHostname).
 */
export function podLabel(machine: unknown): string {
  const hostname = textAt(machine, ...(HOSTNAMES[textAt(machine, 'kind')] ?? []));
  return hostname || textAt(machine, 'metadata', 'name').split('.')[0]!.slice(0, LONGEST_DNS_LABEL);
}
