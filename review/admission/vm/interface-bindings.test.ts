import { Json } from '../../rule';
import { refusals, testRules } from '../../testing/rule-tester';
import { INTERFACE_BINDING_RULES } from './interface-bindings';

const INTERFACES = 'spec.template.spec.domain.devices.interfaces';
const NO_BRIDGE = { configuration: { network: { permitBridgeInterfaceOnPodNetwork: false } } };
const multus = { multus: { networkName: 'n' } };

function nic(change: object, network: object = { pod: {} }): Json {
  return { 'D.interfaces': [{ name: 'a', ...change }], 'T.networks': [{ name: 'a', ...network }] };
}

describe('INTERFACE_BINDING_RULES', () => {
  testRules(INTERFACE_BINDING_RULES, [
    ...(
      [
        [{}, 'got none'],
        [{ bridge: {}, masquerade: {} }, 'got ["bridge","masquerade"]'],
        [{ masquerade: {}, binding: { name: 'x' } }, 'got ["masquerade","binding"]'],
      ] as const
    ).map(([bindings, got]) => ({
      rule: 'interface-binding-given',
      release: 'v1.9.0',
      accepts: nic({ masquerade: {} }, { pod: {} }),
      refuses: nic(bindings, { pod: {} }),
      field: `${INTERFACES}[0]`,
      says: `must each have one binding, ${got}`,
    })),
    {
      rule: 'interface-passt-binding-gate',
      release: 'v1.8.4',
      accepts: nic({ passtBinding: {} }, { pod: {} }),
      acceptedOn: { featureGates: ['PasstBinding'] },
      refuses: nic({ passtBinding: {} }, { pod: {} }),
      field: `${INTERFACES}[0].passtBinding`,
      serverField: `${INTERFACES}[0].name`,
      says: "'PasstBinding', which is not listed",
    },
    {
      rule: 'interface-passt-binding-network',
      release: 'v1.9.0',
      accepts: nic({ passtBinding: {} }, { pod: {} }),
      refuses: nic({ passtBinding: {} }, multus),
      field: `${INTERFACES}[0].name`,
      says: "be of a pod network with 'passtBinding'",
    },
    {
      rule: 'interface-macvtap-discontinued',
      release: 'v1.9.0',
      accepts: nic({ bridge: {} }, multus),
      refuses: nic({ macvtap: {} }, multus),
      field: `${INTERFACES}[0].macvtap`,
      serverField: 'spec.domain.devices.interfaces[0].macvtap',
      says: 'no longer has this binding',
    },
    {
      rule: 'interface-masquerade-pod',
      accepts: nic({ masquerade: {} }),
      refuses: nic({ masquerade: {} }, multus),
      field: `${INTERFACES}[0].name`,
      says: "with 'masquerade'",
    },
    {
      rule: 'interface-masquerade-mac-reserved',
      accepts: nic({ bridge: {}, macAddress: '02:00:00:00:00:00' }),
      refuses: nic({ masquerade: {}, macAddress: '02:00:00:00:00:00' }),
      field: `${INTERFACES}[0].macAddress`,
      says: 'got "02:00:00:00:00:00"',
    },
    {
      rule: 'interface-bridge-pod-permitted',
      accepts: nic({ bridge: {} }, multus),
      refuses: nic({ bridge: {} }),
      cluster: NO_BRIDGE,
      field: `${INTERFACES}[0].name`,
      says: 'the cluster forbids it',
    },
    {
      rule: 'interface-binding-exclusive',
      accepts: nic({ binding: { name: 'x' } }),
      refuses: nic({ masquerade: {}, binding: { name: 'x' } }),
      field: `${INTERFACES}[0].binding`,
      says: 'got ["masquerade"]',
    },
    {
      rule: 'interface-default-binding-permitted',
      accepts: { 'D.autoattachPodInterface': false },
      refuses: {},
      cluster: NO_BRIDGE,
      field: INTERFACES,
      says: "'bridge', is forbidden",
    },
    {
      rule: 'interface-default-binding-permitted',
      accepts: nic({ masquerade: {} }),
      refuses: {},
      cluster: { configuration: { network: { defaultNetworkInterface: 'slirp' } } },
      field: INTERFACES,
      says: "'slirp', is forbidden",
    },
    ...[
      { binding: 'macvtap', gate: 'Macvtap', right: multus, wrong: { pod: {} } },
      { binding: 'passt', gate: 'Passt', right: { pod: {} }, wrong: multus },
    ].flatMap(({ binding, gate, right, wrong }) => [
      {
        rule: `interface-${binding}-gate`,
        accepts: nic({ bridge: {} }, multus),
        refuses: nic({ [binding]: {} }, right),
        field: `${INTERFACES}[0].${binding}`,
        serverField: `${INTERFACES}[0].name`,
        says: `'${gate}', which is not listed`,
      },
      {
        rule: `interface-${binding}-network`,
        accepts: nic({ [binding]: {} }, right),
        old: {},
        refuses: nic({ [binding]: {} }, wrong),
        cluster: { featureGates: [gate] },
        field: `${INTERFACES}[0].name`,
        says: `with '${binding}'`,
      },
      {
        rule: `interface-${binding}-discontinued`,
        accepts: nic({ bridge: {} }, multus),
        refuses: nic({ [binding]: {} }, right),
        cluster: { featureGates: [gate] },
        field: `${INTERFACES}[0].${binding}`,
        says: 'no longer has this binding',
      },
    ]),
    {
      rule: 'interface-slirp-discontinued',
      accepts: nic({ bridge: {} }),
      refuses: nic({ slirp: {} }),
      field: 'spec.template.spec.domain.devices.interfaces[0].slirp',
      serverField: 'spec.domain.devices.interfaces[0].slirp',
      says: 'no longer has this binding',
    },
  ]);

  test.each<[string, Json, string[]]>([
    ['none', {}, []],
    ['two', { bridge: {}, masquerade: {} }, [`${INTERFACES}[0]`]],
  ])('lets a preference bring a binding to an interface of %s', (_which, bindings, fields) => {
    const machine = { ...nic(bindings), 'spec.preference': { name: 'p' } };
    expect(refusals(machine, { release: 'v1.9.0' })).toEqual(fields);
  });

  test('lets two built-in bindings pass, and none', () => {
    expect(refusals(nic({ bridge: {}, masquerade: {} }))).toEqual([]);
    expect(refusals(nic({}))).toEqual([]);
    expect(refusals(nic({ sriov: {} }))).toEqual([]);
  });
});
