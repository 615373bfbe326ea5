import { DnsPolicy } from 'cdk8s-plus-27';
import { oneOf, PropChecks, texts } from '../shared/prop-checks';

/**
 * How the guest finds names: what KubeVirt's DHCP tells it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy
 */
export interface GuestDns {
  /**
   * Where the settings come from; `DnsPolicy.NONE` takes those given here alone.
   *
   * @default - Kubernetes' own: the cluster's DNS first
   */
  readonly policy?: DnsPolicy;

  /**
   * Addresses of name servers.
   *
   * @default - those of the policy
   */
  readonly nameservers?: string[];

  /**
   * Domains in which a short name is looked for.
   *
   * @default - those of the policy
   */
  readonly searches?: string[];
}

/** What `GuestDns` must be. */
export const GUEST_DNS: PropChecks<GuestDns> = { policy: oneOf(DnsPolicy), nameservers: texts, searches: texts };

/** The part of a VM's `spec.template.spec` that it makes. */
export function renderDns({ policy, nameservers, searches }: GuestDns): Record<string, unknown> {
  const hasConfig = nameservers !== undefined || searches !== undefined;
  return {
    dnsPolicy: policy,
    dnsConfig: hasConfig
      ? { nameservers: nameservers && [...nameservers], searches: searches && [...searches] }
      : undefined,
  };
}
