import { childIn, has, listIn, numberIn, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isIpv4Address, isPortName } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { must, mustBeOneOf } from '../shared/wording';
import { cite, DEVICES, each, hasRelease, Machine, MachineCheck, TEMPLATE } from './machine';

const INTERFACES = `${DEVICES}.interfaces`;
const FILE = 'pkg/network/admitter/netiface.go';
const LARGEST_PORT = 65535;
/** Before this release the webhook's bound is one too high, and its answer names the entry of the list. */
const CORRECTED = 'v1.9.0';
const PROTOCOLS = ['TCP', 'UDP'];
/** Option numbers that RFC 3942 leaves to sites. */
const PRIVATE_OPTIONS = { first: 224, last: 254 };

/** The ports that a pod network's interface forwards, and what its DHCP server answers. */
export const INTERFACE_SERVICE_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'interface-port-given',
    about: ['ports'],
    sentence: 'A forwarded port has a number.',
    source: cite(FILE, 'validateForwardPortNonZero'),
    check: eachPort((port, path, note, _earlier, machine) => {
      if (numberIn(port, 'port') !== 0) return;
      note(`${path}.port`, must('port', 'be given', port.port), undefined, serverPort(path, machine));
    }),
  },
  {
    id: 'interface-port-range',
    about: ['ports'],
    sentence: 'A forwarded port is from 1 to 65535.',
    source: cite(FILE, 'validateForwardPortInRange'),
    check: eachPort((port, path, note, _earlier, machine) => {
      const number = numberIn(port, 'port');
      const most = hasRelease(machine, CORRECTED) ? LARGEST_PORT : LARGEST_PORT + 1;
      if (number >= 0 && number <= most) return;
      note(`${path}.port`, must('port', 'be from 1 to 65535', number), undefined, serverPort(path, machine));
    }),
  },
  {
    id: 'interface-port-protocol-known',
    about: ['ports'],
    sentence: 'The protocol of a forwarded port is TCP or UDP.',
    source: cite(FILE, 'validateForwardPortProtocol'),
    check: eachPort((port, path, note) => {
      const protocol = textIn(port, 'protocol');
      if (protocol === '' || PROTOCOLS.includes(protocol)) return;
      note(`${path}.protocol`, mustBeOneOf('protocol', PROTOCOLS, protocol));
    }),
  },
  {
    id: 'interface-port-name-unique',
    about: ['ports'],
    sentence: 'Each forwarded port has a name of its own.',
    source: cite(FILE, 'validateForwardPortName'),
    moved: [{ since: 'v1.9.0', source: cite(FILE, 'validateForwardPortsName') }],
    check: eachPort((port, path, note, earlier) => {
      const name = textIn(port, 'name');
      if (name === '' || !earlier.some((other) => textIn(other, 'name') === name)) return;
      note(`${path}.name`, must('name', "differ from the other ports' names", name));
    }),
  },
  {
    id: 'interface-port-name-form',
    about: ['ports'],
    sentence: 'The name of a forwarded port is a service name.',
    source: cite(FILE, 'validateForwardPortName'),
    moved: [{ since: 'v1.9.0', source: cite(FILE, 'validateForwardPortsName') }],
    check: eachPort((port, path, note) => {
      const name = textIn(port, 'name');
      if (name === '' || isPortName(name)) return;
      const requirement = "be a service name: at most 15 lowercase letters, digits and single '-', with a letter";
      note(`${path}.name`, must('name', requirement, name));
    }),
  },
  {
    id: 'interface-dhcp-option-range',
    about: ['dhcpOptions'],
    sentence: 'Private DHCP options are from 224 to 254.',
    source: cite(FILE, 'validateDHCPPrivateOptionsWithinRange'),
    check: each('interfaces', (entry, index, note) => {
      for (const [at, { option }] of privateOptions(entry).entries()) {
        const number = typeof option === 'number' ? option : 0;
        if (number >= PRIVATE_OPTIONS.first && number <= PRIVATE_OPTIONS.last) continue;
        const message = must('privateOptions.option', 'be from 224 to 254', option);
        note(`${INTERFACES}[${index}].dhcpOptions.privateOptions[${at}].option`, message, undefined, TEMPLATE);
      }
    }),
  },
  {
    id: 'interface-dhcp-option-unique',
    about: ['dhcpOptions'],
    sentence: 'Each private DHCP option is given once.',
    source: cite(FILE, 'validateDHCPExtraOptions'),
    check: each('interfaces', (entry, index, note) => {
      const numbers = privateOptions(entry).map((option) => numberIn(option, 'option'));
      if (new Set(numbers).size === numbers.length) return;
      const message = must('privateOptions', 'have each option once', numbers);
      note(`${INTERFACES}[${index}].dhcpOptions.privateOptions`, message, undefined, TEMPLATE);
    }),
  },
  {
    id: 'interface-dhcp-ntp-address',
    about: ['dhcpOptions'],
    sentence: 'NTP servers are IPv4 addresses.',
    source: cite(FILE, 'validateDHCPNTPServersAreValidIPv4Addresses'),
    check: each('interfaces', (entry, index, note) => {
      const servers = valueAt(entry, 'dhcpOptions', 'ntpServers');
      if (!Array.isArray(servers)) return;
      servers.forEach((server: unknown, at) => {
        if (typeof server !== 'string' || isIpv4Address(server)) return;
        const field = `${INTERFACES}[${index}].dhcpOptions.ntpServers[${at}]`;
        note(field, must('ntpServers', 'hold IPv4 addresses', server));
      });
    }),
  },
]);

type PortCheck = (port: Json, path: string, note: Note, earlier: readonly Json[], machine: Machine) => void;

/** A check of each port of an interface on the pod network; the webhook looks at no others. */
function eachPort(check: PortCheck): MachineCheck {
  return each('interfaces', (entry, index, note, machine) => {
    if (!has(entry, 'ports') || !has(machine.networksByName.get(textIn(entry, 'name')), 'pod')) return;
    const ports = listIn(entry, 'ports');
    ports.forEach((port, at) => {
      check(port, `${INTERFACES}[${index}].ports[${at}]`, note, ports.slice(0, at), machine);
    });
  });
}

function serverPort(path: string, machine: Machine): string {
  return hasRelease(machine, CORRECTED) ? `${path}.port` : path;
}

function privateOptions(entry: Json): readonly Json[] {
  return listIn(childIn(entry, 'dhcpOptions'), 'privateOptions');
}
