import { isIP } from 'node:net';
import { k8s, ServiceType } from 'cdk8s-plus-27';
import { aBoolean, aText, PropCheck, PropChecks, texts, wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { ExternalTrafficPolicy, ServiceTraffic } from './service-traffic';

/**
 * What a Service of type `LOAD_BALANCER` asks of its load balancer.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
 */
export interface LoadBalancerOptions {
  /**
   * Class of the load balancer, for a Service of type `LOAD_BALANCER`.
   *
   * @default - the cluster's own
   */
  readonly loadBalancerClass?: string;

  /**
   * Networks, such as `203.0.113.0/24`, from which a Service of type `LOAD_BALANCER` is reachable.
   *
   * @default - all
   */
  readonly loadBalancerSourceRanges?: string[];

  /**
   * Address that the load balancer is asked for. Kubernetes calls it deprecated; many load balancers take an annotation.
   *
   * @default - the load balancer chooses one
   */
  readonly loadBalancerIp?: string;

  /**
   * Whether every port has one on each node, too.
   *
   * @default true
   */
  readonly allocateLoadBalancerNodePorts?: boolean;

  /**
   * Port of every node where the load balancer asks whether it has a guest; with `ExternalTrafficPolicy.LOCAL` only.
   *
   * @default - the cluster chooses one
   */
  readonly healthCheckNodePort?: number;
}

/** An address of version 4 or 6. */
export const anIp: PropCheck = (faults, property, value) => {
  if (typeof value !== 'string' || isIP(value) === 0) faults.add(property, 'be an IP address', value);
};

/** What `LoadBalancerOptions` must be. */
export const LOAD_BALANCER_OPTIONS: PropChecks<LoadBalancerOptions> = {
  loadBalancerClass: aText,
  loadBalancerSourceRanges: texts,
  loadBalancerIp: anIp,
  allocateLoadBalancerNodePorts: aBoolean,
  healthCheckNodePort: wholeNumber(1, 65535),
};

/** Kubernetes v1.33: pkg/apis/core/validation/validation.go, ValidateService. */
export function checkLoadBalancer(
  faults: Faults,
  options: LoadBalancerOptions & ServiceTraffic,
  type: ServiceType,
): void {
  if (type !== ServiceType.LOAD_BALANCER) {
    for (const property of Object.keys(LOAD_BALANCER_OPTIONS) as (keyof LoadBalancerOptions)[]) {
      const value = options[property];
      if (value !== undefined) faults.add(property, `be left out for type '${type}'`, value);
    }
  } else if (
    options.healthCheckNodePort !== undefined &&
    options.externalTrafficPolicy !== ExternalTrafficPolicy.LOCAL
  ) {
    faults.add('healthCheckNodePort', "be left out without externalTrafficPolicy 'Local'", options.healthCheckNodePort);
  }
}

/** The part of a Service's `spec` that they make. */
export function renderLoadBalancer(options: LoadBalancerOptions): Omit<k8s.ServiceSpec, 'ports'> {
  return {
    loadBalancerClass: options.loadBalancerClass,
    loadBalancerIp: options.loadBalancerIp,
    loadBalancerSourceRanges: options.loadBalancerSourceRanges && [...options.loadBalancerSourceRanges],
    allocateLoadBalancerNodePorts: options.allocateLoadBalancerNodePorts,
    healthCheckNodePort: options.healthCheckNodePort,
  };
}
