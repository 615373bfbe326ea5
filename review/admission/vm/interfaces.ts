import { childIn, has, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isMacAddress, isPciAddress } from '../shared/formats';
import { must, mustBeOneOf } from '../shared/wording';
import { cite, DEVICES, EntryCheck, entryRule, machineRule, TEMPLATE, vmiCreate } from './machine';

const INTERFACES = `${DEVICES}.interfaces`;
const FILE = 'pkg/network/admitter/netiface.go';
const STATE = cite('pkg/network/admitter/admit.go', 'validateInterfaceStateValue');

const NAME = /^[A-Za-z0-9_-]+$/;
const MODELS: ReadonlySet<string> = new Set(['e1000', 'e1000e', 'igb', 'ne2k_pci', 'pcnet', 'rtl8139', 'virtio']);
const STATES: ReadonlySet<string> = new Set(['absent', 'down', 'up']);

/** Interfaces: name, model, addresses, boot order, state. */
export const INTERFACE_RULES: readonly Rule[] = [
  machineRule('interface-name-unique', cite(FILE, 'validateInterfaceNameUnique'), ({ interfaces }, note) => {
    const seen = new Map<string, number>();
    interfaces.forEach((entry, index) => {
      const name = textIn(entry, 'name');
      const first = seen.get(name);
      if (first === undefined) seen.set(name, index);
      else note(`${INTERFACES}[${index}].name`, must('name', `differ from the one of interfaces[${first}]`, name));
    });
  }),
  nic('interface-network-exists', 'validateInterfacesAssignedToNetworks', (entry, index, note, { networksByName }) => {
    const name = textIn(entry, 'name');
    if (networksByName.has(name)) return;
    const remedy = 'add the network to spec.template.spec.networks, or remove the interface';
    note(`${INTERFACES}[${index}].name`, must('name', 'be the name of a network', name), remedy);
  }),
  nic('interface-name-characters', 'validateInterfaceNameFormat', (entry, index, note) => {
    const name = textIn(entry, 'name');
    if (NAME.test(name)) return;
    note(`${INTERFACES}[${index}].name`, must('name', "be made of letters, digits, '-' and '_'", name));
  }),
  nic('interface-model-known', 'validateInterfaceModel', (entry, index, note) => {
    const model = textIn(entry, 'model');
    if (model === '' || MODELS.has(model)) return;
    note(`${INTERFACES}[${index}].model`, mustBeOneOf('model', MODELS, model));
  }),
  nic('interface-mac-address-form', 'validateMacAddress', (entry, index, note) => {
    const address = textIn(entry, 'macAddress');
    if (address === '' || isMacAddress(address)) return;
    note(`${INTERFACES}[${index}].macAddress`, must('macAddress', "have the form '02:00:00:00:00:01'", address));
  }),
  nic('interface-pci-address-form', 'validatePciAddress', (entry, index, note) => {
    const address = textIn(entry, 'pciAddress');
    if (address === '' || isPciAddress(address)) return;
    note(`${INTERFACES}[${index}].pciAddress`, must('pciAddress', "have the form '0000:00:00.0'", address));
  }),
  entryRule(
    'interfaces',
    'interface-boot-order-positive',
    vmiCreate('validateInterfaceBootOrder'),
    (entry, index, note) => {
      if (entry.bootOrder !== 0) return;
      // The webhook puts the index behind the path of the whole spec.
      note(`${TEMPLATE}[${index}].bootOrder`, must('interfaces.bootOrder', 'be at least 1', entry.bootOrder));
    },
  ),
  stateRule('interface-state-known', (state, _entry, field, note) => {
    if (!STATES.has(state)) note(field, mustBeOneOf('state', STATES, state));
  }),
  stateRule('interface-state-sriov', (state, entry, field, note) => {
    if (state === 'absent' || !STATES.has(state) || !has(entry, 'sriov')) return;
    note(field, must('state', "be left out or 'absent' for SR-IOV", state));
  }),
  stateRule('interface-state-absent-bridge', (state, entry, field, note) => {
    if (state !== 'absent' || has(entry, 'bridge')) return;
    note(field, must('state', "be 'absent' for the bridge binding only", state));
  }),
  stateRule('interface-state-absent-default', (state, _entry, field, note, network) => {
    if (state !== 'absent' || network === undefined) return;
    if (!has(network, 'pod') && childIn(network, 'multus')?.default !== true) return;
    note(field, must('state', "be something else than 'absent' on the machine's default network", state));
  }),
];

function nic(id: string, name: string, check: EntryCheck): Rule {
  return entryRule('interfaces', id, cite(FILE, name), check);
}

function stateRule(
  id: string,
  check: (state: string, entry: Json, field: string, note: Note, network: Json | undefined) => void,
): Rule {
  return entryRule('interfaces', id, STATE, (entry, index, note, { networksByName }) => {
    const state = textIn(entry, 'state');
    if (state === '') return;
    check(state, entry, `${INTERFACES}[${index}].state`, note, networksByName.get(textIn(entry, 'name')));
  });
}
