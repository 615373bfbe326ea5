import { Json } from '../../rule';
import { machineWith } from '../../testing/example-machine';
import { findings, testRules } from '../../testing/rule-tester';
import { INTERFACE_RULES } from './interfaces';

const INTERFACES = 'spec.template.spec.domain.devices.interfaces';

function nic(change: object, network: object = { pod: {} }): Json {
  const name = (change as { name?: string }).name ?? 'default';
  return { 'D.interfaces': [{ name, ...change }], 'T.networks': [{ name, ...network }] };
}

const multus = { multus: { networkName: 'n' } };

describe('INTERFACE_RULES', () => {
  testRules(INTERFACE_RULES, [
    {
      rule: 'interface-name-unique',
      accepts: nic({ masquerade: {} }),
      refuses: { ...nic({ masquerade: {} }), 'D.interfaces.1': { name: 'default', masquerade: {} } },
      field: `${INTERFACES}[1].name`,
      says: 'interfaces[0], got "default"',
    },
    {
      rule: 'interface-network-exists',
      accepts: nic({ masquerade: {} }),
      refuses: { ...nic({ masquerade: {} }), 'D.interfaces.1': { name: 'x', bridge: {} } },
      field: `${INTERFACES}[1].name`,
      says: 'the name of a network, got "x"',
    },
    {
      rule: 'interface-name-characters',
      accepts: nic({ name: 'A_b-1', masquerade: {} }),
      refuses: nic({ name: 'a.b', masquerade: {} }),
      field: `${INTERFACES}[0].name`,
      says: 'got "a.b"',
    },
    {
      rule: 'interface-model-known',
      accepts: nic({ masquerade: {}, model: 'igb' }),
      refuses: nic({ masquerade: {}, model: 'vmxnet3' }),
      field: `${INTERFACES}[0].model`,
      says: 'got "vmxnet3"',
    },
    ...['02:00:00:00:00', 'zz', '02:00:00:00:00:00:00:01', '02-00:00-00-00-01', '0200.0000.001'].map((macAddress) => ({
      rule: 'interface-mac-address-form',
      accepts: nic({ masquerade: {}, macAddress: '0200.0000.0001' }),
      refuses: nic({ masquerade: {}, macAddress }),
      field: `${INTERFACES}[0].macAddress`,
      says: `got "${macAddress}"`,
    })),
    {
      rule: 'interface-mac-address-form',
      accepts: nic({ masquerade: {}, macAddress: '02-00-00-00-00-0A' }),
      refuses: nic({ masquerade: {}, macAddress: '020000000001' }),
      field: `${INTERFACES}[0].macAddress`,
      says: 'got "020000000001"',
    },
    {
      rule: 'interface-pci-address-form',
      accepts: nic({ masquerade: {}, pciAddress: '0000:81:00.1' }),
      refuses: nic({ masquerade: {}, pciAddress: '1' }),
      field: `${INTERFACES}[0].pciAddress`,
      says: 'got "1"',
    },
    {
      rule: 'interface-boot-order-positive',
      accepts: nic({ masquerade: {}, bootOrder: 1 }),
      refuses: nic({ masquerade: {}, bootOrder: 0 }),
      field: 'spec.template.spec.domain.devices.interfaces[0].bootOrder',
      serverField: 'spec.template.spec[0].bootOrder',
      says: 'got 0',
    },
    {
      rule: 'interface-state-known',
      accepts: nic({ masquerade: {}, state: 'down' }),
      refuses: nic({ masquerade: {}, state: 'offline' }),
      field: `${INTERFACES}[0].state`,
      says: 'got "offline"',
    },
    {
      rule: 'interface-state-sriov',
      accepts: nic({ sriov: {} }, multus),
      refuses: nic({ sriov: {}, state: 'down' }, multus),
      field: `${INTERFACES}[0].state`,
      says: 'got "down"',
    },
    {
      rule: 'interface-state-absent-bridge',
      accepts: nic({ bridge: {}, state: 'absent' }, multus),
      refuses: nic({ sriov: {}, state: 'absent' }, multus),
      field: `${INTERFACES}[0].state`,
      says: 'bridge binding only',
    },
    {
      rule: 'interface-state-absent-default',
      accepts: nic({ bridge: {}, state: 'absent' }, multus),
      refuses: nic({ bridge: {}, state: 'absent' }),
      field: `${INTERFACES}[0].state`,
      says: 'default network',
    },
    {
      rule: 'interface-state-absent-default',
      accepts: nic({ bridge: {}, state: 'absent' }, { multus: { networkName: 'n', default: false } }),
      refuses: nic({ bridge: {}, state: 'absent' }, { multus: { networkName: 'n', default: true } }),
      field: `${INTERFACES}[0].state`,
      says: 'default network',
    },
  ]);
});

test.each([
  ['absent', ['interface-state-absent-bridge']],
  ['offline', ['interface-state-known']],
  ['down', ['interface-state-sriov']],
])('the state %s of an SR-IOV interface breaks one rule', (state, expected) => {
  const rules = findings(machineWith(nic({ sriov: {}, state }, multus))).map(({ id }) => id);
  expect(rules.filter((id) => id.startsWith('interface-state'))).toEqual(expected);
});
