import { Size } from 'cdk8s';
import { load } from 'js-yaml';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { BootableVM } from './bootable-vm';
import { CloudInit } from './cloud-init';
import { CloudInitNetwork, GuestLink, GuestRoute } from './cloud-init-network';
import { ContainerDisk } from './container-disk';
import { GuestNetwork } from './guest-network';

const POD = GuestNetwork.pod({ macAddress: '02-00-00-00-00-0A' });
const LAN = GuestNetwork.multus('vlan-20', { macAddress: '02:00:00:00:00:0b' });
const ROUTE: Required<GuestRoute> = { to: '10.30.0.0/16', via: '10.20.0.1', metric: 100 };
const LINK: Required<GuestLink> = {
  network: LAN,
  name: 'lan0',
  dhcp4: false,
  dhcp6: true,
  addresses: ['10.20.0.5/24', '2001:db8::5/64'],
  routes: [ROUTE],
  nameservers: ['10.20.0.2'],
  searchDomains: ['example.com'],
  mtu: 9000,
};

describe('CloudInitNetwork', () => {
  test('is network data of version 2, which finds cards by the addresses of the networks', () => {
    expect(load(CloudInitNetwork.v2([{ network: POD }, LINK])._text())).toEqual({
      version: 2,
      ethernets: {
        default: { match: { macaddress: '02:00:00:00:00:0a' }, 'set-name': 'default', dhcp4: true },
        lan0: {
          match: { macaddress: '02:00:00:00:00:0b' },
          'set-name': 'lan0',
          dhcp4: false,
          dhcp6: true,
          addresses: ['10.20.0.5/24', '2001:db8::5/64'],
          routes: [{ to: '10.30.0.0/16', via: '10.20.0.1', metric: 100 }],
          nameservers: { addresses: ['10.20.0.2'], search: ['example.com'] },
          mtu: 9000,
        },
      },
    });
  });

  test('is network data of version 1', () => {
    expect(load(CloudInitNetwork.v1([{ network: POD }, LINK])._text())).toEqual({
      version: 1,
      config: [
        { type: 'physical', name: 'default', mac_address: '02:00:00:00:00:0a', subnets: [{ type: 'dhcp4' }] },
        {
          type: 'physical',
          name: 'lan0',
          mac_address: '02:00:00:00:00:0b',
          mtu: 9000,
          subnets: [
            {
              type: 'dhcp6',
              routes: [{ destination: '10.30.0.0/16', gateway: '10.20.0.1', metric: 100 }],
              dns_nameservers: ['10.20.0.2'],
              dns_search: ['example.com'],
            },
            { type: 'static', address: '10.20.0.5/24' },
            { type: 'static6', address: '2001:db8::5/64' },
          ],
        },
      ],
    });
  });

  test('asks for no address where it has one', () => {
    expect(load(CloudInitNetwork.v2([{ network: LAN, addresses: ['10.20.0.5/24'] }])._text())).toMatchObject({
      ethernets: { 'vlan-20': { dhcp4: false, addresses: ['10.20.0.5/24'] } },
    });
  });

  test.each<[Partial<GuestLink>, object]>([
    [{}, {}],
    [{ nameservers: ['10.20.0.2'] }, { nameservers: { addresses: ['10.20.0.2'] } }],
    [{ searchDomains: ['example.com'] }, { nameservers: { search: ['example.com'] } }],
  ])('asks for names as it says: %j', (names, expected) => {
    const { ethernets } = load(CloudInitNetwork.v2([{ network: POD, ...names }])._text()) as { ethernets: object };
    const found = { match: { macaddress: '02:00:00:00:00:0a' }, 'set-name': 'default', dhcp4: true };
    expect(ethernets).toEqual({ default: { ...found, ...expected } });
  });

  test('is data in the words of cloud-init', () => {
    const data = { version: 2, bonds: { bond0: { interfaces: ['eth0', 'eth1'], parameters: { mode: '802.3ad' } } } };
    expect(load(CloudInitNetwork.of(data)._text())).toEqual(data);
  });

  test('stands beside the user data of a VM that has these networks', () => {
    const vm = new BootableVM(testChart(), 'web', {
      bootDisk: ContainerDisk.of('a'),
      memory: Size.gibibytes(1),
      networks: [POD, LAN],
      cloudInit: CloudInit.of({}, { network: CloudInitNetwork.v2([LINK]) }),
    });
    expect(JSON.stringify(manifest(vm).spec)).toContain('"networkData":"version: 2\\nethernets:\\n  lan0:');
  });

  const link =
    (more: object): (() => unknown) =>
    () =>
      CloudInitNetwork.v2([untyped({ ...LINK, ...more })]);
  test.each<[string, () => unknown, string]>([
    [
      'a network without an address',
      link({ network: GuestNetwork.pod() }),
      "'links[0].network' must have a macAddress",
    ],
    ['the name of a network', link({ network: 'lan' }), '\'links[0].network\' must be a GuestNetwork, got "lan"'],
    [
      'an address without a length',
      link({ addresses: ['10.20.0.5'] }),
      "'links[0].addresses[0]' must be an address with",
    ],
    ['a length of 33', link({ addresses: ['10.20.0.5/33'] }), "'links[0].addresses[0]' must be an address with"],
    ['a name of 16 letters', link({ name: 'a'.repeat(16) }), "'links[0].name' must be at most 15 letters"],
    ['a route without a router', link({ routes: [{ to: 'a' }] }), "'links[0].routes[0].via' must be given"],
    ['a tiny MTU', link({ mtu: 67 }), "'links[0].mtu' must be a whole number from 68 to 65535"],
    ['no card', () => CloudInitNetwork.v1([]), "[CloudInitNetwork.v1] 'links' must hold a card"],
    ['two cards of a name', () => CloudInitNetwork.v2([LINK, LINK]), "'links' must have names that differ"],
    ['no list', () => CloudInitNetwork.v2(untyped({})), "'links' must be a list"],
    ['an unknown version', () => CloudInitNetwork.of({ version: 3 }), "'data.version' must be 1 or 2, got 3"],
    ['a key of another version', () => CloudInitNetwork.of({ version: 2, config: [] }), 'must have keys of version 2'],
    ['a function', () => CloudInitNetwork.of({ version: () => 1 }), "'data' must be an object of plain data"],
  ])('fails when given %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });

  test('fails when the VM does not have the network, or both forms are given', () => {
    const network = CloudInitNetwork.v2([LINK]);
    const props = { bootDisk: ContainerDisk.of('a'), memory: Size.gibibytes(1), networks: [POD] };
    expect(
      failureOf(() => new BootableVM(testChart(), 'web', { ...props, cloudInit: CloudInit.of({}, { network }) })),
    ).toBe(
      `[test/web] 'cloudInit' must set up cards of the VM's own 'networks', got "vlan-20"; give both the same GuestNetwork`,
    );
    expect(failureOf(() => CloudInit.of({}, { network, networkData: 'version: 2' }))).toContain(
      "'networkData' must stand without 'network', got both; keep one",
    );
    expect(failureOf(() => CloudInit.of({}, { network, networkDataSecretName: 'net' }))).toContain(
      "'networkDataSecretName' must stand without 'network', got both; keep one",
    );
    expect(failureOf(() => CloudInit.of({}, untyped({ network: 'version: 2' })))).toContain(
      "'network' must be a CloudInitNetwork, got a value of type 'string'",
    );
  });
});
