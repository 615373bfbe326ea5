import { Cluster } from '../cluster/cluster';
import { titleOf } from '../cluster/identity';
import { guestField, Machine } from '../cluster/machine';
import { Severity } from '../finding';
import { has, objectAt, objectsAt, textAt, textIn, valueAt } from '../manifests/json';
import { isCloudConfig, isTemplate, parsed } from './cloud-config';
import { OutcomeRule } from './rule';
import { seedsOf } from './seeds';

/** Rules that guests have names of their own, and are found by them. */
export const HOST_NAME_RULES: readonly OutcomeRule[] = [
  {
    id: 'replicas-hostname',
    sentence: 'The machines of a set have host names of their own.',
    source:
      'KubeVirt, pkg/util/net/dns/dns.go:SanitizeHostname; pkg/virt-controller/watch/pool/pool.go:indexVMSpec; cloud-init, cloudinit/config/cc_set_hostname.py',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const machine of cluster.sampleMachines) {
        const hostname = textIn(machine.guest, 'hostname');
        if (hostname === '' || !isSeveral(machine)) continue;
        note(
          machine.from,
          guestField(machine, 'hostname'),
          shared('hostname', JSON.stringify(hostname), machine),
          LEAVE_OUT,
        );
      }
      for (const seed of seedsOf(cluster, 'userData')) {
        const { data, word, machine, from } = seed;
        if (!isSeveral(machine) || !isCloudConfig(data) || !HOST_NAME.test(data)) continue;
        note(from, seed.field, shared(word, 'a name', machine), LEAVE_OUT);
      }
    },
  },
  {
    id: 'replicas-address',
    sentence: 'The machines of a set have addresses of their own.',
    source: 'cloud-init, cloudinit/net/network_state.py (static addresses of network data)',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const seed of seedsOf(cluster, 'networkData')) {
        const { data, word, machine, from } = seed;
        // Behind a masquerade every guest may have the same.
        if (!isSeveral(machine) || isBehindMasquerade(machine) || isTemplate(data)) continue;
        if (!ADDRESS.test(data) || !namesAddress(parsed(data))) continue;
        const message = `'${word}' must name no address in a set of ${machine.replicas} machines, which all get it; their guests are at odds on their network`;
        note(
          from,
          seed.field,
          message,
          "leave the addresses to DHCP, or number the Secrets by 'nameGeneration' of a pool",
        );
      }
    },
  },
  {
    id: 'subdomain-service',
    sentence: 'The subdomain of a machine is a headless Service of its namespace.',
    source:
      'Kubernetes, pkg/kubelet/kubelet_pods.go:GeneratePodHostNameAndDomain; spec.hostname and spec.subdomain of a pod',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      let asking: ReadonlySet<string> | undefined;
      for (const machine of cluster.sampleMachines) {
        const subdomain = textIn(machine.guest, 'subdomain');
        if (subdomain === '' || machine.from.isChanged === true) continue;
        const { namespace } = machine;
        const field = guestField(machine, 'subdomain');
        const service = cluster.object('Service', namespace, subdomain);
        if (service === undefined) {
          asking ??= namespacesOfServices(cluster);
          if ((!cluster.isClosed && !asking.has(namespace)) || cluster.has('Service', subdomain, namespace)) continue;
          const message = `'subdomain' must be a headless Service of the namespace, got ${JSON.stringify(subdomain)}, which is not among the manifests; nobody finds the guest by its full name`;
          note(machine.from, field, message, HEADLESS, { kind: 'Service', name: subdomain, namespace });
          continue;
        }
        if (service.isChanged === true || textAt(service.object, 'spec', 'clusterIP') === 'None') continue;
        const message = `'subdomain' must be a headless Service, got ${titleOf(service)}, which has an address of its own; nobody finds the guest by its full name`;
        note(machine.from, field, message, HEADLESS);
      }
    },
  },
];

/** A line of a cloud-config that names its host, whatever host that is. */
const HOST_NAME = /^(hostname|fqdn):[ \t]*["']?[\w.-]+["']?[ \t]*$/m;
const LEAVE_OUT =
  "leave it out: each machine gets its own name, or write '{{ ds.meta_data.hostname }}' behind '## template: jinja'";
const HEADLESS = "make a Service of that name with 'clusterIP: None' that selects the machine";

const ADDRESS = /address/;

/** Whether network data of version 1 or 2 gives an interface an address that is written there. */
function namesAddress(value: unknown): boolean {
  const data = objectAt(value, 'network') ?? value;
  const first = objectsAt(data, 'config').flatMap((one) => objectsAt(one, 'subnets'));
  if (first.some((subnet) => /^static/.test(textIn(subnet, 'type')) && textIn(subnet, 'address') !== '')) return true;
  const second = ['ethernets', 'bonds', 'vlans', 'bridges'].flatMap((kind) =>
    Object.values(objectAt(data, kind) ?? {}),
  );
  return second.some(
    (one) => Array.isArray(valueAt(one, 'addresses')) && (valueAt(one, 'addresses') as unknown[]).length > 0,
  );
}

function isBehindMasquerade({ guest }: Machine): boolean {
  const interfaces = objectsAt(guest, 'domain', 'devices', 'interfaces');
  return interfaces.length === 0 || interfaces.some((one) => has(one, 'masquerade'));
}

function isSeveral({ replicas = 1 }: Machine): boolean {
  return replicas > 1;
}

function shared(word: string, name: string, { replicas, from }: Machine): string {
  return `'${word}' must name no host in a set of ${replicas} machines, got ${name}; each guest of ${titleOf(from)} calls itself so, and none is told from the others by its name`;
}

function namespacesOfServices(cluster: Cluster): ReadonlySet<string> {
  return new Set(cluster.ofKind('Service').map(({ object }) => textAt(object, 'metadata', 'namespace')));
}
