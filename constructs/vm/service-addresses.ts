import { k8s } from 'cdk8s-plus-27';
import { listOf, oneOf, PropCheck, PropChecks } from '../shared/prop-checks';
import { anIp } from './load-balancer';

/** Which families of addresses a Service has. */
export enum IpFamilyPolicy {
  /** One. */
  SINGLE_STACK = 'SingleStack',
  /** Both, where the cluster has both. */
  PREFER_DUAL_STACK = 'PreferDualStack',
  /** Both. */
  REQUIRE_DUAL_STACK = 'RequireDualStack',
}

/** A family of addresses. */
export enum IpFamily {
  /** Of version 4. */
  IPV4 = 'IPv4',
  /** Of version 6. */
  IPV6 = 'IPv6',
}

/**
 * Under which addresses a Service is reached.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dual-stack/
 */
export interface ServiceAddresses {
  /**
   * Which families of addresses it has.
   *
   * @default - Kubernetes' own: IpFamilyPolicy.SINGLE_STACK
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;

  /**
   * Families of addresses, the first one first.
   *
   * @default - the cluster's own
   */
  readonly ipFamilies?: IpFamily[];

  /**
   * Addresses inside the cluster, of each family at most one.
   *
   * @default - the cluster chooses them
   */
  readonly clusterIps?: string[];

  /**
   * Addresses by which nodes are reached from outside, that you lead there yourself.
   *
   * @default - none
   */
  readonly externalIps?: string[];
}

/** Kubernetes v1.33: pkg/apis/core/validation/validation.go, ValidateServiceClusterIPsRelatedFields. */
function atMostTwo(check: PropCheck): PropCheck {
  return (faults, property, value) => {
    const before = faults.count;
    listOf(check)(faults, property, value);
    if (faults.count > before) return;
    const list = value as unknown[];
    if (list.length < 1 || list.length > 2) faults.add(property, 'hold one or two', list);
    else if (list[0] === list[1]) faults.add(property, 'name each value once', list);
  };
}

/** What `ServiceAddresses` must be. */
export const SERVICE_ADDRESSES: PropChecks<ServiceAddresses> = {
  ipFamilyPolicy: oneOf(IpFamilyPolicy),
  ipFamilies: atMostTwo(oneOf(IpFamily)),
  clusterIps: atMostTwo(anIp),
  externalIps: listOf(anIp),
};

/** The part of a Service's `spec` that they make. */
export function renderAddresses(addresses: ServiceAddresses): Omit<k8s.ServiceSpec, 'ports'> {
  const { clusterIps, externalIps, ipFamilies } = addresses;
  return {
    ipFamilyPolicy: addresses.ipFamilyPolicy,
    ipFamilies: ipFamilies && [...ipFamilies],
    clusterIp: clusterIps?.[0],
    clusterIPs: clusterIps && [...clusterIps],
    externalIPs: externalIps && [...externalIps],
  };
}
