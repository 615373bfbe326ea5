import { childIn, has, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isMacAddress, isPciAddress } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { must, mustBeOneOf } from '../shared/wording';
import { cite, DEVICES, each, Machine, MachineCheck, TEMPLATE, vmiCreate } from './machine';

const INTERFACES = `${DEVICES}.interfaces`;
const FILE = 'pkg/network/admitter/netiface.go';
const STATE = cite('pkg/network/admitter/admit.go', 'validateInterfaceStateValue');

const NAME = /^[A-Za-z0-9_-]+$/;
const MODELS: ReadonlySet<string> = new Set(['e1000', 'e1000e', 'igb', 'ne2k_pci', 'pcnet', 'rtl8139', 'virtio']);
const STATES: ReadonlySet<string> = new Set(['absent', 'down', 'up']);

/** Interfaces: name, model, addresses, boot order, state. */
export const INTERFACE_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'interface-name-unique',
    sentence: 'Each interface has a name of its own.',
    source: cite(FILE, 'validateInterfaceNameUnique'),
    check: ({ interfaces }, note) => {
      const seen = new Map<string, number>();
      interfaces.forEach((entry, index) => {
        const name = textIn(entry, 'name');
        const first = seen.get(name);
        if (first === undefined) seen.set(name, index);
        else note(`${INTERFACES}[${index}].name`, must('name', `differ from the one of interfaces[${first}]`, name));
      });
    },
  },
  {
    id: 'interface-network-exists',
    sentence: 'Every interface has a network of its name.',
    source: cite(FILE, 'validateInterfacesAssignedToNetworks'),
    check: each('interfaces', (entry, index, note, { networksByName }) => {
      const name = textIn(entry, 'name');
      if (networksByName.has(name)) return;
      const remedy = 'add the network to spec.template.spec.networks, or remove the interface';
      note(`${INTERFACES}[${index}].name`, must('name', 'be the name of a network', name), remedy);
    }),
  },
  {
    id: 'interface-name-characters',
    sentence: "The name of an interface has letters, digits, '-' and '_' only.",
    source: cite(FILE, 'validateInterfaceNameFormat'),
    check: each('interfaces', (entry, index, note) => {
      const name = textIn(entry, 'name');
      if (NAME.test(name)) return;
      note(`${INTERFACES}[${index}].name`, must('name', "be made of letters, digits, '-' and '_'", name));
    }),
  },
  {
    id: 'interface-model-known',
    about: ['model'],
    sentence: 'The model of an interface is one that QEMU emulates.',
    source: cite(FILE, 'validateInterfaceModel'),
    check: each('interfaces', (entry, index, note) => {
      const model = textIn(entry, 'model');
      if (model === '' || MODELS.has(model)) return;
      note(`${INTERFACES}[${index}].model`, mustBeOneOf('model', MODELS, model));
    }),
  },
  {
    id: 'interface-mac-address-form',
    about: ['macAddress'],
    sentence: 'A MAC address has six bytes in the usual form.',
    source: cite(FILE, 'validateMacAddress'),
    check: each('interfaces', (entry, index, note) => {
      const address = textIn(entry, 'macAddress');
      if (address === '' || isMacAddress(address)) return;
      note(`${INTERFACES}[${index}].macAddress`, must('macAddress', "have the form '02:00:00:00:00:01'", address));
    }),
  },
  {
    id: 'interface-pci-address-form',
    about: ['pciAddress'],
    sentence: 'The PCI address of an interface has the form domain:bus:slot.function.',
    source: cite(FILE, 'validatePciAddress'),
    check: each('interfaces', (entry, index, note) => {
      const address = textIn(entry, 'pciAddress');
      if (address === '' || isPciAddress(address)) return;
      note(`${INTERFACES}[${index}].pciAddress`, must('pciAddress', "have the form '0000:00:00.0'", address));
    }),
  },
  {
    id: 'interface-boot-order-positive',
    about: ['bootOrder'],
    sentence: 'The boot order of an interface is at least 1.',
    source: vmiCreate('validateInterfaceBootOrder'),
    check: each('interfaces', (entry, index, note) => {
      if (entry.bootOrder !== 0) return;
      // The webhook puts the index behind the path of the whole spec.
      const message = must('interfaces.bootOrder', 'be at least 1', entry.bootOrder);
      note(`${INTERFACES}[${index}].bootOrder`, message, undefined, `${TEMPLATE}[${index}].bootOrder`);
    }),
  },
  {
    id: 'interface-state-known',
    about: ['state'],
    sentence: 'The state of an interface is absent, down or up.',
    source: STATE,
    check: eachState((state, _entry, field, note) => {
      if (!STATES.has(state)) note(field, mustBeOneOf('state', STATES, state));
    }),
  },
  {
    id: 'interface-state-sriov',
    about: ['state'],
    sentence: 'The state of an SR-IOV interface is absent or left out.',
    source: STATE,
    check: eachState((state, entry, field, note) => {
      if (state === 'absent' || !STATES.has(state) || !has(entry, 'sriov')) return;
      note(field, must('state', "be left out or 'absent' for SR-IOV", state));
    }),
  },
  {
    id: 'interface-state-absent-bridge',
    about: ['state'],
    sentence: 'Only an interface with the bridge binding is absent.',
    source: STATE,
    check: eachState((state, entry, field, note) => {
      if (state !== 'absent' || has(entry, 'bridge')) return;
      note(field, must('state', "be 'absent' for the bridge binding only", state));
    }),
  },
  {
    id: 'interface-state-absent-default',
    about: ['state'],
    sentence: 'The interface of the default network is not absent.',
    source: STATE,
    check: eachState((state, _entry, field, note, network) => {
      if (state !== 'absent' || network === undefined) return;
      if (!has(network, 'pod') && childIn(network, 'multus')?.default !== true) return;
      note(field, must('state', "be something else than 'absent' on the machine's default network", state));
    }),
  },
]);

function eachState(
  check: (state: string, entry: Json, field: string, note: Note, network: Json | undefined) => void,
): MachineCheck {
  return each('interfaces', (entry, index, note, { networksByName }) => {
    const state = textIn(entry, 'state');
    if (state === '') return;
    check(state, entry, `${INTERFACES}[${index}].state`, note, networksByName.get(textIn(entry, 'name')));
  });
}
