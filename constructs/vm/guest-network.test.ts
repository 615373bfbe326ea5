import { Protocol } from 'cdk8s-plus-27';
import { failureOf, untyped } from '../shared/testing/manifests';
import { DhcpOptions } from './dhcp-options';
import { GuestNetwork } from './guest-network';
import { GuestNetworkOptions, NetworkBinding } from './guest-network-options';
import { InterfaceModel, InterfaceState } from './network-card';

const DHCP: Required<DhcpOptions> = {
  bootFileName: 'boot.img',
  tftpServerName: 'tftp.example.com',
  ntpServers: ['192.0.2.1'],
  privateOptions: [{ option: 240, value: 'a' }],
};

describe('GuestNetwork', () => {
  test('is a masquerade on the pod network', () => {
    const network = GuestNetwork.pod();
    expect(rendered(network)).toEqual({
      network: { name: 'default', pod: {} },
      iface: { name: 'default', masquerade: {} },
    });
    expect(network.isPodNetwork).toBe(true);
    expect(network.name).toBe('default');
  });

  test('is a bridge on a secondary network, named as its attachment definition', () => {
    const network = GuestNetwork.multus('infra/vlan.10');
    expect(rendered(network)).toEqual({
      network: { name: 'vlan-10', multus: { networkName: 'infra/vlan.10' } },
      iface: { name: 'vlan-10', bridge: {} },
    });
    expect(network.isPodNetwork).toBe(false);
  });

  test('writes every option', () => {
    const options: Required<Omit<GuestNetworkOptions, 'bindingPlugin' | 'portRanges'>> = {
      name: 'front_1',
      binding: NetworkBinding.BRIDGE,
      model: InterfaceModel.E1000E,
      macAddress: '02:00:00:00:00:01',
      tcpPorts: [22, 80],
      bootOrder: 2,
      ports: [{ port: 53, protocol: Protocol.UDP, name: 'dns' }],
      pciAddress: '0000:81:00.1',
      acpiIndex: 101,
      state: InterfaceState.DOWN,
      tag: 'front',
      dhcp: DHCP,
    };
    const iface = {
      name: 'front_1',
      bridge: {},
      bootOrder: 2,
      model: 'e1000e',
      macAddress: '02:00:00:00:00:01',
      ports: [
        { port: 22, protocol: 'TCP' },
        { port: 80, protocol: 'TCP' },
        { port: 53, protocol: 'UDP', name: 'dns' },
      ],
      pciAddress: '0000:81:00.1',
      acpiIndex: 101,
      state: 'down',
      tag: 'front',
      dhcpOptions: DHCP,
    };
    expect(rendered(GuestNetwork.pod(options))).toEqual({ network: { name: 'front_1', pod: {} }, iface });
    expect(rendered(GuestNetwork.multus('net', options))).toEqual({
      network: { name: 'front_1', multus: { networkName: 'net' } },
      iface,
    });
  });

  test.each(['virtio', 'e1000', 'e1000e', 'igb', 'ne2k_pci', 'pcnet', 'rtl8139'])('takes the model %s', (model) => {
    const { iface } = GuestNetwork.pod({ model: untyped<InterfaceModel>(model) })._render();
    expect(iface.model).toBe(model);
  });

  test('takes a virtual function on a secondary network', () => {
    const { iface } = GuestNetwork.multus('sriov-net', { binding: NetworkBinding.SRIOV })._render();
    expect(iface).toMatchObject({ name: 'sriov-net', sriov: {} });
  });

  test('keeps what it was made of when the options change later', () => {
    const tcpPorts = [22];
    const network = GuestNetwork.pod({ tcpPorts });
    tcpPorts.push(99_999);
    expect(network._render().iface.ports).toEqual([{ port: 22, protocol: 'TCP' }]);
  });

  test.each([1, 65535])('takes the port %p', (port) => {
    expect(GuestNetwork.pod({ tcpPorts: [port] })._render().iface.ports).toEqual([{ port, protocol: 'TCP' }]);
  });

  test.each([0, 65536, 22.5, -1, null])('fails when a port is %p', (port) => {
    const failure = failureOf(() => GuestNetwork.pod({ tcpPorts: [80, untyped<number>(port)] }));
    expect(failure).toBe(
      `[GuestNetwork.pod] 'tcpPorts[1]' must be a whole number from 1 to 65535, got ${JSON.stringify(port)}`,
    );
  });

  test.each<[string, unknown, string]>([
    ['a dot in the name', { name: 'a.b' }, `'name' must be letters, digits, '-' and '_', got "a.b"`],
    ['an empty name', { name: '' }, `'name' must be letters, digits, '-' and '_', got ""`],
    ['a number for the name', { name: 1 }, "'name' must be letters, digits, '-' and '_', got 1"],
    [
      'an unknown binding',
      { binding: 'bridged' },
      `'binding' must be 'masquerade', 'bridge' or 'passtBinding' on the pod network`,
    ],
    [
      'a virtual function',
      { binding: 'sriov' },
      `'binding' must be 'masquerade', 'bridge' or 'passtBinding' on the pod network`,
    ],
    ['null for the binding', { binding: null }, "'binding' must be 'masquerade', 'bridge' or 'passtBinding'"],
    ['an unknown model', { model: 'vmxnet3' }, "'model' must be 'virtio', 'e1000', 'e1000e', 'igb', 'ne2k_pci'"],
    ['five octets', { macAddress: '02:00:00:00:01' }, "'macAddress' must be six octets"],
    ['mixed separators', { macAddress: '02:00-00:00:00:01' }, "'macAddress' must be six octets"],
    ['the reserved address', { macAddress: '02:00:00:00:00:00' }, "'macAddress' must not be the one that KubeVirt"],
    ['a port without its list', { tcpPorts: 22 }, "'tcpPorts' must be a list of port numbers, got 22; write [22]"],
    ['null for the ports', { tcpPorts: null }, "'tcpPorts' must be a list of port numbers, got null"],
    ['a misspelt option', { macaddress: '' }, `got "macaddress"; write 'macAddress'`],
    ['null for options', null, "'options' must be an object, got null"],
    ['text for options', 'default', `'options' must be an object, got "default"`],
  ])('fails when given %s', (_, options, message) => {
    const failure = failureOf(() => GuestNetwork.pod(untyped<GuestNetworkOptions>(options)));
    expect(failure).toMatch(/^\[GuestNetwork\.pod\] /);
    expect(failure).toContain(message);
  });

  test('takes the reserved address where KubeVirt does not use it', () => {
    const options = { binding: NetworkBinding.BRIDGE, macAddress: '02-00-00-00-00-00' };
    expect(GuestNetwork.pod(options)._render().iface.macAddress).toBe('02-00-00-00-00-00');
  });

  test('fails when a secondary network is a masquerade', () => {
    expect(failureOf(() => GuestNetwork.multus('net', { binding: NetworkBinding.MASQUERADE }))).toBe(
      `[GuestNetwork.multus] 'binding' must be 'bridge' or 'sriov' on a secondary network, got "masquerade"`,
    );
  });

  test.each([undefined, null, '', 'a/b/c', '/net', 'infra/', 'a b', 'Infra/net', 'in.fra/net', 'Net', 5])(
    'fails when the network is %p',
    (networkName) => {
      const failure = failureOf(() => GuestNetwork.multus(untyped<string>(networkName)));
      expect(failure).toMatch(
        /^\[GuestNetwork\.multus\] 'networkName' must be 'NAME' or 'NAMESPACE\/NAME', in lower case, got /,
      );
    },
  );

  test('fails when the types are not heeded', () => {
    // @ts-expect-error no binding has that name
    expect(() => GuestNetwork.pod({ binding: 'nat' })).toThrow(`'binding' must`);
    // @ts-expect-error no card has that name
    expect(() => GuestNetwork.pod({ model: 'virtoi' })).toThrow(`'model' must`);
  });

  test('fails with all faults in one message', () => {
    const options = untyped<GuestNetworkOptions>({ name: 'a b', model: 'x', macAddress: 'y', tcpPorts: [0, 1, 70000] });
    const failure = failureOf(() => GuestNetwork.multus('A', options));
    expect(failure.split('\n').map((line) => /'([^']+)'/.exec(line)?.[1])).toEqual([
      'networkName',
      'name',
      'model',
      'macAddress',
      'tcpPorts[0]',
      'tcpPorts[2]',
    ]);
  });
});

function rendered(network: GuestNetwork): unknown {
  return JSON.parse(JSON.stringify(network._render()));
}
