import { valueFor } from '../manifests/json';

/**
 * What Kubernetes and KubeVirt themselves put into a cluster.
 *
 * @see https://github.com/kubevirt/common-instancetypes
 */
const GIVEN_NAMES: Readonly<Record<string, RegExp>> = {
  VirtualMachineClusterInstancetype: /^(cx1|d1|gn1|m1|n1|o1|rt1|u1)\.[0-9a-z]+$/,
  VirtualMachineClusterPreference:
    /^(alpine|centos|cirros|debian|fedora|legacy|linux|opensuse|oraclelinux|rhel|sles|ubuntu|windows)(\.[0-9a-z]+)*$/,
  PriorityClass: /^(system-(cluster|node)-critical|kubevirt-cluster-critical)$/,
  ServiceAccount: /^default$/,
};

/**
 * Where SSP, and OpenShift Virtualization with it, keep boot images: they let every ServiceAccount clone them (SSP v0.26.0,
 * internal/operands/data-sources/resource.go, newViewRoleBinding; internal/constants.go).
 */
export const OS_IMAGES: ReadonlySet<string> = new Set(['openshift-virtualization-os-images', 'kubevirt-os-images']);

/** Whether Kubernetes or KubeVirt itself makes an object: no manifest need hold it. */
export function isGiven(kind: string, name: string): boolean {
  return valueFor(GIVEN_NAMES, kind)?.test(name) === true;
}
