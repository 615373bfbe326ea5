import { Json } from '../../rule';
import { refusals, testRules } from '../../testing/rule-tester';
import { INTERFACE_SERVICE_RULES } from './interface-services';

const NIC = 'spec.template.spec.domain.devices.interfaces[0]';

function nic(change: object): Json {
  return {
    'D.interfaces': [{ name: 'default', masquerade: {}, ...change }],
    'T.networks': [{ name: 'default', pod: {} }],
  };
}

function ports(...list: object[]): Json {
  return nic({ ports: list });
}

function options(...privateOptions: object[]): Json {
  return nic({ dhcpOptions: { privateOptions } });
}

describe('INTERFACE_SERVICE_RULES', () => {
  testRules(INTERFACE_SERVICE_RULES, [
    {
      rule: 'interface-port-given',
      accepts: ports({ port: 1 }),
      refuses: ports({ port: 80 }, { name: 'a' }),
      field: `${NIC}.ports[1].port`,
      serverField: `${NIC}.ports[1]`,
      says: "'port' must be given",
    },
    {
      rule: 'interface-port-range',
      release: 'v1.9.0',
      accepts: ports({ port: 65535 }),
      refuses: ports({ port: 65536 }),
      field: `${NIC}.ports[0].port`,
      says: 'from 1 to 65535, got 65536',
    },
    ...[-1, 65537].map((port) => ({
      rule: 'interface-port-range',
      accepts: ports({ port: 65536 }),
      refuses: ports({ port }),
      field: `${NIC}.ports[0].port`,
      serverField: `${NIC}.ports[0]`,
      says: `got ${port}`,
    })),
    {
      rule: 'interface-port-protocol-known',
      accepts: ports({ port: 80, protocol: 'UDP' }),
      refuses: ports({ port: 80, protocol: 'tcp' }),
      field: `${NIC}.ports[0].protocol`,
      says: 'got "tcp"',
    },
    {
      rule: 'interface-port-name-unique',
      accepts: ports({ port: 1, name: 'a' }, { port: 1, name: 'b' }, { port: 3 }, { port: 4 }),
      refuses: ports({ port: 1, name: 'a' }, { port: 2, name: 'a' }),
      field: `${NIC}.ports[1].name`,
      says: 'got "a"',
    },
    ...['a.b', 'A', '80', '-a', 'a--b', 'a'.repeat(16)].map((name) => ({
      rule: 'interface-port-name-form',
      accepts: ports({ port: 1, name: 'a1-b' }),
      refuses: ports({ port: 1, name }),
      field: `${NIC}.ports[0].name`,
      says: `got "${name}"`,
    })),
    ...[223, 255].map((option) => ({
      rule: 'interface-dhcp-option-range',
      accepts: options({ option: 224, value: 'x' }, { option: 254, value: 'y' }),
      refuses: options({ option, value: 'x' }),
      field: 'spec.template.spec.domain.devices.interfaces[0].dhcpOptions.privateOptions[0].option',
      serverField: 'spec.template.spec',
      says: `got ${option}`,
    })),
    {
      rule: 'interface-dhcp-option-unique',
      accepts: options({ option: 224, value: 'x' }, { option: 225, value: 'x' }),
      refuses: options({ option: 224, value: 'x' }, { option: 224, value: 'y' }),
      field: 'spec.template.spec.domain.devices.interfaces[0].dhcpOptions.privateOptions',
      serverField: 'spec.template.spec',
      says: 'got [224,224]',
    },
    {
      rule: 'interface-dhcp-ntp-address',
      accepts: nic({ dhcpOptions: { ntpServers: ['127.0.0.1', '::ffff:1.2.3.4'] } }),
      refuses: nic({ dhcpOptions: { ntpServers: ['127.0.0.1', '::1'] } }),
      field: `${NIC}.dhcpOptions.ntpServers[1]`,
      says: 'got "::1"',
    },
  ]);

  test('reads no ports of an interface on another network', () => {
    const changes = {
      'D.interfaces': [{ name: 'm', bridge: {}, ports: [{ port: 0, protocol: 'x' }] }],
      'T.networks': [{ name: 'm', multus: { networkName: 'n' } }],
    };
    expect(refusals(changes)).toEqual([]);
  });
});
