import { Duration } from 'cdk8s';
import { k8s, ServiceType } from 'cdk8s-plus-27';
import { aBoolean, aDuration, oneOf, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** To which nodes' pods a Service leads what comes from outside the cluster. */
export enum ExternalTrafficPolicy {
  /** To all. */
  CLUSTER = 'Cluster',
  /** To those of the node that it came to: the guest sees the address of the client. */
  LOCAL = 'Local',
}

/** To which nodes' pods a Service leads what comes from inside the cluster. */
export enum InternalTrafficPolicy {
  /** To all. */
  CLUSTER = 'Cluster',
  /** To those of the node that it came from. */
  LOCAL = 'Local',
}

/** Whether a client is always led to the same guest. */
export enum SessionAffinity {
  /** To any, each time. */
  NONE = 'None',
  /** To the same, by the address of the client. */
  CLIENT_IP = 'ClientIP',
}

/**
 * Which guests a Service leads to.
 *
 * @see https://kubernetes.io/docs/reference/networking/virtual-ips/
 */
export interface ServiceTraffic {
  /**
   * Which guests what comes from outside the cluster is led to.
   *
   * @default - Kubernetes' own: ExternalTrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;

  /**
   * Whether it leads to guests that are not ready, as a cluster that is just forming needs it.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: boolean;

  /**
   * Which guests what comes from inside the cluster is led to.
   *
   * @default - Kubernetes' own: InternalTrafficPolicy.CLUSTER
   */
  readonly internalTrafficPolicy?: InternalTrafficPolicy;

  /**
   * Whether a client is always led to the same guest.
   *
   * @default - Kubernetes' own: SessionAffinity.NONE
   */
  readonly sessionAffinity?: SessionAffinity;

  /**
   * How long after its last request, 1 second to 1 day; with `SessionAffinity.CLIENT_IP`.
   *
   * @default - Kubernetes' own: 3 hours
   */
  readonly sessionAffinityTimeout?: Duration;
}

/** What `ServiceTraffic` must be. */
export const SERVICE_TRAFFIC: PropChecks<ServiceTraffic> = {
  externalTrafficPolicy: oneOf(ExternalTrafficPolicy),
  internalTrafficPolicy: oneOf(InternalTrafficPolicy),
  publishNotReadyAddresses: aBoolean,
  sessionAffinity: oneOf(SessionAffinity),
  sessionAffinityTimeout: aDuration(1),
};

const DAY = 24 * 60 * 60;

/** Kubernetes v1.33: pkg/apis/core/validation/validation.go, ValidateService and validateSessionAffinityConfig. */
export function checkTraffic(faults: Faults, traffic: ServiceTraffic, type: ServiceType): void {
  const { externalTrafficPolicy, sessionAffinity, sessionAffinityTimeout: timeout } = traffic;
  if (externalTrafficPolicy !== undefined && type === ServiceType.CLUSTER_IP) {
    const must = `be left out for type '${type}'`;
    faults.add('externalTrafficPolicy', must, externalTrafficPolicy, 'write type ServiceType.NODE_PORT');
  }
  if (timeout === undefined) return;
  if (timeout.toSeconds() > DAY) faults.add('sessionAffinityTimeout', 'be at most 1 day', timeout.toHumanString());
  if (sessionAffinity !== SessionAffinity.CLIENT_IP) {
    faults.add('sessionAffinity', `be '${SessionAffinity.CLIENT_IP}' with 'sessionAffinityTimeout'`, sessionAffinity);
  }
}

/** The part of a Service's `spec` that it makes. */
export function renderTraffic(traffic: ServiceTraffic): Omit<k8s.ServiceSpec, 'ports'> {
  const timeout = traffic.sessionAffinityTimeout?.toSeconds();
  return {
    externalTrafficPolicy: traffic.externalTrafficPolicy,
    internalTrafficPolicy: traffic.internalTrafficPolicy,
    publishNotReadyAddresses: traffic.publishNotReadyAddresses,
    sessionAffinity: traffic.sessionAffinity,
    sessionAffinityConfig: timeout === undefined ? undefined : { clientIp: { timeoutSeconds: timeout } },
  };
}
