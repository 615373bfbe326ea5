import { childIn, has, listIn, numberIn, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isIpv4Address, isPortName } from '../shared/formats';
import { must, mustBeOneOf } from '../shared/wording';
import { cite, DEVICES, entryRule, TEMPLATE } from './machine';

const INTERFACES = `${DEVICES}.interfaces`;
const FILE = 'pkg/network/admitter/netiface.go';
/** The webhook's bound is one too high. */
const LARGEST_PORT = 65536;
const PROTOCOLS = ['TCP', 'UDP'];
/** Option numbers that RFC 3942 leaves to sites. */
const PRIVATE_OPTIONS = { first: 224, last: 254 };

/** The ports that a pod network's interface forwards, and what its DHCP server answers. */
export const INTERFACE_SERVICE_RULES: readonly Rule[] = [
  portRule('interface-port-given', 'validateForwardPortNonZero', (port, path, note) => {
    if (numberIn(port, 'port') === 0) note(path, must('port', 'be given', port.port));
  }),
  portRule('interface-port-range', 'validateForwardPortInRange', (port, path, note) => {
    const number = numberIn(port, 'port');
    if (number < 0 || number > LARGEST_PORT) note(path, must('port', 'be from 1 to 65535', number));
  }),
  portRule('interface-port-protocol-known', 'validateForwardPortProtocol', (port, path, note) => {
    const protocol = textIn(port, 'protocol');
    if (protocol === '' || PROTOCOLS.includes(protocol)) return;
    note(`${path}.protocol`, mustBeOneOf('protocol', PROTOCOLS, protocol));
  }),
  portRule('interface-port-name-unique', 'validateForwardPortName', (port, path, note, earlier) => {
    const name = textIn(port, 'name');
    if (name === '' || !earlier.some((other) => textIn(other, 'name') === name)) return;
    note(`${path}.name`, must('name', "differ from the other ports' names", name));
  }),
  portRule('interface-port-name-form', 'validateForwardPortName', (port, path, note) => {
    const name = textIn(port, 'name');
    if (name === '' || isPortName(name)) return;
    const requirement = "be a service name: at most 15 lowercase letters, digits and single '-', with a letter";
    note(`${path}.name`, must('name', requirement, name));
  }),
  entryRule(
    'interfaces',
    'interface-dhcp-option-range',
    cite(FILE, 'validateDHCPPrivateOptionsWithinRange'),
    (entry, _index, note) => {
      for (const { option } of privateOptions(entry)) {
        const number = typeof option === 'number' ? option : 0;
        if (number >= PRIVATE_OPTIONS.first && number <= PRIVATE_OPTIONS.last) continue;
        note(TEMPLATE, must('privateOptions.option', 'be from 224 to 254', option));
      }
    },
  ),
  entryRule(
    'interfaces',
    'interface-dhcp-option-unique',
    cite(FILE, 'validateDHCPExtraOptions'),
    (entry, _index, note) => {
      const numbers = privateOptions(entry).map((option) => numberIn(option, 'option'));
      if (new Set(numbers).size === numbers.length) return;
      note(TEMPLATE, must('privateOptions', 'have each option once', numbers));
    },
  ),
  entryRule(
    'interfaces',
    'interface-dhcp-ntp-address',
    cite(FILE, 'validateDHCPNTPServersAreValidIPv4Addresses'),
    (entry, index, note) => {
      const servers = valueAt(entry, 'dhcpOptions', 'ntpServers');
      if (!Array.isArray(servers)) return;
      servers.forEach((server: unknown, at) => {
        if (typeof server !== 'string' || isIpv4Address(server)) return;
        const field = `${INTERFACES}[${index}].dhcpOptions.ntpServers[${at}]`;
        note(field, must('ntpServers', 'hold IPv4 addresses', server));
      });
    },
  ),
];

/** A rule about each port of an interface on the pod network; the webhook looks at no others. */
function portRule(
  id: string,
  name: string,
  check: (port: Json, path: string, note: Note, earlier: readonly Json[]) => void,
): Rule {
  return entryRule('interfaces', id, cite(FILE, name), (entry, index, note, { networksByName }) => {
    if (!has(entry, 'ports') || !has(networksByName.get(textIn(entry, 'name')), 'pod')) return;
    const ports = listIn(entry, 'ports');
    ports.forEach((port, at) => check(port, `${INTERFACES}[${index}].ports[${at}]`, note, ports.slice(0, at)));
  });
}

function privateOptions(entry: Json): readonly Json[] {
  return listIn(childIn(entry, 'dhcpOptions'), 'privateOptions');
}
