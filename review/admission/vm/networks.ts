import { childIn, has, textIn, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { must, show } from '../shared/wording';
import { cite, each, Machine, TEMPLATE } from './machine';

const NETWORKS = `${TEMPLATE}.networks`;
const SOURCE = 'pkg/network/admitter/netsource.go';
const INTERFACE = 'pkg/network/admitter/netiface.go';

/** What the interfaces are connected to. */
export const NETWORK_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'network-pod-single',
    sentence: 'A machine is on at most one pod network.',
    source: cite(SOURCE, 'validateSinglePodNetwork'),
    check: ({ networks }, note) => {
      const names = networks.filter((network) => has(network, 'pod')).map(({ name }) => name);
      if (names.length < 2) return;
      const message = `'networks' must have at most one pod network, got ${show(names)}`;
      note(NETWORKS, message, undefined, `${TEMPLATE}.interfaces`);
    },
  },
  {
    id: 'network-multus-default-single',
    about: ['multus'],
    sentence: 'At most one multus network is the default.',
    source: cite(SOURCE, 'validateSinglePodNetwork'),
    check: ({ networks }, note) => {
      const names = networks.filter(isMultusDefault).map(({ name }) => name);
      if (names.length < 2) return;
      note(NETWORKS, `'networks' must have at most one with 'multus.default', got ${show(names)}`);
    },
  },
  {
    id: 'network-default-single',
    about: ['multus'],
    sentence: 'The default network is the pod network or one of multus, not both.',
    source: cite(SOURCE, 'validateSinglePodNetwork'),
    check: ({ networks }, note) => {
      const names = networks
        .filter((network) => has(network, 'pod') || isMultusDefault(network))
        .map(({ name }) => name);
      if (!networks.some(isMultusDefault) || !networks.some((network) => has(network, 'pod'))) return;
      note(NETWORKS, `'networks' must have a pod network or one with 'multus.default', got ${show(names)}`);
    },
  },
  {
    id: 'network-source-single',
    sentence: 'A network has one type.',
    source: cite(SOURCE, 'validateSingleNetworkSource'),
    check: each('networks', (network, index, note) => {
      // Claims are of v1.9.0 on; an earlier release does not know the key, and drops it.
      const given = ['pod', 'multus', 'resourceClaim'].filter((source) => has(network, source));
      if (given.length === 1) return;
      note(
        `${NETWORKS}[${index}]`,
        `a network must be one of 'pod', 'multus' and 'resourceClaim', got ${given.length === 0 ? 'none' : show(given)}`,
      );
    }),
  },
  {
    id: 'network-multus-name',
    about: ['multus'],
    sentence: 'A multus network names its NetworkAttachmentDefinition.',
    source: cite(SOURCE, 'validateMultusNetworkSource'),
    check: ({ networks }, note) => {
      const index = networks.findIndex(
        (network) => has(network, 'multus') && textIn(childIn(network, 'multus'), 'networkName') === '',
      );
      if (index < 0) return;
      const name = valueAt(networks[index], 'multus', 'networkName');
      note(`${NETWORKS}[${index}]`, must('networkName', 'name a NetworkAttachmentDefinition', name));
    },
  },
  {
    id: 'network-name-unique',
    sentence: 'Each network has a name of its own.',
    source: cite(INTERFACE, 'validateNetworkNameUnique'),
    check: ({ networks }, note) => {
      const seen = new Map<string, number>();
      networks.forEach((network, index) => {
        const name = textIn(network, 'name');
        const first = seen.get(name);
        if (first === undefined) seen.set(name, index);
        else note(`${NETWORKS}[${index}].name`, must('name', `differ from the one of networks[${first}]`, name));
      });
    },
  },
  {
    id: 'network-interface-exists',
    sentence: 'Every network has an interface.',
    source: cite(INTERFACE, 'validateNetworksAssignedToInterfaces'),
    check: (machine, note) => {
      const names = new Set(machine.interfaces.map((entry) => textIn(entry, 'name')));
      machine.networks.forEach((network, index) => {
        const name = textIn(network, 'name');
        if (names.has(name)) return;
        const remedy = 'add the interface to spec.template.spec.domain.devices.interfaces, or remove the network';
        note(`${NETWORKS}[${index}].name`, must('name', 'be the name of an interface', name), remedy);
      });
    },
  },
]);

function isMultusDefault(network: Parameters<typeof has>[0]): boolean {
  return childIn(network, 'multus')?.default === true;
}
