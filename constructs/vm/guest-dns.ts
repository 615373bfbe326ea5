import { isIP } from 'node:net';
import { DnsOption, DnsPolicy } from 'cdk8s-plus-27';
import { aText, listOf, oneOf, part, PropCheck, PropChecks, required } from '../shared/prop-checks';

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

  /**
   * Options of the resolver, such as `{ name: 'ndots', value: '2' }`.
   *
   * @default - those of the policy
   */
  readonly options?: DnsOption[];
}

const EACH: PropChecks<GuestDns> = {
  policy: oneOf(DnsPolicy),
  nameservers: listOf(aText),
  searches: listOf(aText),
  options: listOf(part<DnsOption>({ name: required(aText), value: aText })),
};

const DOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** What `GuestDns` must be. KubeVirt v1.9.0: vmi-create-admitter.go, validatePodDNSConfig and validateDNSPolicy. */
export const GUEST_DNS: PropCheck = (faults, property, value) => {
  const before = faults.count;
  part<GuestDns>(EACH)(faults, property, value);
  if (faults.count > before) return;
  const { policy, nameservers = [], searches = [] } = value as GuestDns;
  if (policy === DnsPolicy.NONE && nameservers.length === 0) {
    faults.add(`${property}.nameservers`, `name a server with the policy '${DnsPolicy.NONE}'`, nameservers);
  }
  if (nameservers.length > 3) faults.add(`${property}.nameservers`, 'name at most 3 servers', nameservers);
  nameservers.forEach((server, index) => {
    if (isIP(server) === 0) faults.add(`${property}.nameservers[${index}]`, 'be an IP address', server);
  });
  if (searches.length > 6) faults.add(`${property}.searches`, 'name at most 6 domains', searches);
  if (searches.join(' ').length > 256) faults.add(`${property}.searches`, 'have at most 256 characters', searches);
  searches.forEach((domain, index) => {
    if (!DOMAIN.test(domain)) faults.add(`${property}.searches[${index}]`, 'be a DNS name in lower case', domain);
  });
};

/** The part of a VM's `spec.template.spec` that it makes. */
export function renderDns({ policy, nameservers, searches, options }: GuestDns): Record<string, unknown> {
  const hasConfig = [nameservers, searches, options].some((given) => given !== undefined);
  return {
    dnsPolicy: policy,
    dnsConfig: hasConfig
      ? {
          nameservers: nameservers && [...nameservers],
          searches: searches && [...searches],
          options: options?.map((option) => ({ ...option })),
        }
      : undefined,
  };
}
