import { childIn, has, textIn, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { must, show } from '../shared/wording';
import { cite, entryRule, machineRule, TEMPLATE } from './machine';

const NETWORKS = `${TEMPLATE}.networks`;
const SOURCE = 'pkg/network/admitter/netsource.go';
const INTERFACE = 'pkg/network/admitter/netiface.go';

/** What the interfaces are connected to. */
export const NETWORK_RULES: readonly Rule[] = [
  machineRule('network-pod-single', cite(SOURCE, 'validateSinglePodNetwork'), ({ networks }, note) => {
    const names = networks.filter((network) => has(network, 'pod')).map(({ name }) => name);
    if (names.length < 2) return;
    note(`${TEMPLATE}.interfaces`, `'networks' must have at most one pod network, got ${show(names)}`);
  }),
  machineRule('network-multus-default-single', cite(SOURCE, 'validateSinglePodNetwork'), ({ networks }, note) => {
    const names = networks.filter(isMultusDefault).map(({ name }) => name);
    if (names.length < 2) return;
    note(NETWORKS, `'networks' must have at most one with 'multus.default', got ${show(names)}`);
  }),
  machineRule('network-default-single', cite(SOURCE, 'validateSinglePodNetwork'), ({ networks }, note) => {
    const names = networks.filter((network) => has(network, 'pod') || isMultusDefault(network)).map(({ name }) => name);
    if (!networks.some(isMultusDefault) || !networks.some((network) => has(network, 'pod'))) return;
    note(NETWORKS, `'networks' must have a pod network or one with 'multus.default', got ${show(names)}`);
  }),
  entryRule(
    'networks',
    'network-source-single',
    cite(SOURCE, 'validateSingleNetworkSource'),
    (network, index, note) => {
      const given = ['pod', 'multus'].filter((source) => has(network, source));
      if (given.length === 1) return;
      note(
        `${NETWORKS}[${index}]`,
        `a network must be 'pod' or 'multus', got ${given.length === 0 ? 'none' : show(given)}`,
      );
    },
  ),
  machineRule('network-multus-name', cite(SOURCE, 'validateMultusNetworkSource'), ({ networks }, note) => {
    const index = networks.findIndex(
      (network) => has(network, 'multus') && textIn(childIn(network, 'multus'), 'networkName') === '',
    );
    if (index < 0) return;
    const name = valueAt(networks[index], 'multus', 'networkName');
    note(`${NETWORKS}[${index}]`, must('networkName', 'name a NetworkAttachmentDefinition', name));
  }),
  machineRule('network-name-unique', cite(INTERFACE, 'validateNetworkNameUnique'), ({ networks }, note) => {
    const seen = new Map<string, number>();
    networks.forEach((network, index) => {
      const name = textIn(network, 'name');
      const first = seen.get(name);
      if (first === undefined) seen.set(name, index);
      else note(`${NETWORKS}[${index}].name`, must('name', `differ from the one of networks[${first}]`, name));
    });
  }),
  machineRule('network-interface-exists', cite(INTERFACE, 'validateNetworksAssignedToInterfaces'), (machine, note) => {
    const names = new Set(machine.interfaces.map((entry) => textIn(entry, 'name')));
    machine.networks.forEach((network, index) => {
      const name = textIn(network, 'name');
      if (names.has(name)) return;
      const remedy = 'add the interface to spec.template.spec.domain.devices.interfaces, or remove the network';
      note(`${NETWORKS}[${index}].name`, must('name', 'be the name of an interface', name), remedy);
    });
  }),
];

function isMultusDefault(network: Parameters<typeof has>[0]): boolean {
  return childIn(network, 'multus')?.default === true;
}
