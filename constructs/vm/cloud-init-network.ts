import { isObject } from '../shared/checks';
import {
  aBoolean,
  checkEach,
  instanceOf,
  listOf,
  part,
  PropCheck,
  PropChecks,
  required,
  texts,
  wholeNumber,
} from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { isData } from './cloud-init-settings';
import { guestText } from './cloud-init-text';
import { CloudYaml, CloudYamlMap, printCloudYaml } from './cloud-init-yaml';
import { GuestNetwork } from './guest-network';

/** A way to other networks. */
export interface GuestRoute {
  /** Where it leads: a network such as `10.30.0.0/16`, or `0.0.0.0/0` for all that no other route leads to. */
  readonly to: string;

  /** Address of the router. */
  readonly via: string;

  /**
   * Which of several routes is taken: the lowest.
   *
   * @default - that of the guest
   */
  readonly metric?: number;
}

/** How the guest sets up the card of one of its networks, which cloud-init finds by its hardware address. */
export interface GuestLink {
  /** One of the VM's `networks`; it has a `macAddress`. */
  readonly network: GuestNetwork;

  /**
   * What the guest calls the card.
   *
   * @default - the name of the network, up to 15 characters
   */
  readonly name?: string;

  /**
   * Whether it asks for an address by DHCP.
   *
   * @default - true without `addresses`
   */
  readonly dhcp4?: boolean;

  /**
   * Whether it asks for an IPv6 address by DHCP.
   *
   * @default false
   */
  readonly dhcp6?: boolean;

  /**
   * Its addresses, each with the length of its network: `192.0.2.10/24`.
   *
   * @default - those that DHCP gives
   */
  readonly addresses?: string[];

  /**
   * Ways to other networks.
   *
   * @default - those that DHCP gives
   */
  readonly routes?: GuestRoute[];

  /**
   * Servers that find names.
   *
   * @default - those that DHCP gives
   */
  readonly nameservers?: string[];

  /**
   * Domains that are tried behind a name without one.
   *
   * @default - those that DHCP gives
   */
  readonly searchDomains?: string[];

  /**
   * The most bytes of a packet.
   *
   * @default - that of the network
   */
  readonly mtu?: number;
}

const word = guestText({ oneLine: true });
const ADDRESS =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}\/(?:[12]?\d|3[0-2])|(?=[0-9a-f.]*:)[0-9a-f:.]*\/(?:\d{1,2}|1[01]\d|12[0-8]))$/i;
const anAddress = guestText({
  form: ADDRESS,
  must: "be an address with the length of its network, such as '192.0.2.10/24'",
});
const CARD = guestText({ form: /^[A-Za-z0-9_.-]{1,15}$/, must: "be at most 15 letters, digits, '-', '_' and '.'" });

const aCard: PropCheck = (faults, property, network) => {
  instanceOf(GuestNetwork, 'GuestNetwork.pod({ macAddress: … })')(faults, property, network);
  if (!(network instanceof GuestNetwork) || macOf(network) !== undefined) return;
  const remedy = "give it one, such as '02:00:00:00:00:01': without it cloud-init does not know the card";
  faults.note(`'${property}' must have a macAddress, got nothing for ${JSON.stringify(network.name)}; ${remedy}`);
};

const LINK: PropChecks<GuestLink> = {
  network: required(aCard),
  name: CARD,
  dhcp4: aBoolean,
  dhcp6: aBoolean,
  addresses: listOf(anAddress),
  routes: listOf(part<GuestRoute>({ to: required(word), via: required(word), metric: wholeNumber(0) })),
  nameservers: texts,
  searchDomains: texts,
  mtu: wholeNumber(68, 65535),
};

/** The keys of network data beside its version, by its version: cloud-init's schema-network-config-v1.json and -v2.json (26.2). */
const KEYS: { readonly [version: number]: readonly string[] } = {
  1: ['config', 'disabled'],
  2: ['renderer', 'ethernets', 'wifis', 'bonds', 'bridges', 'vlans', 'tunnels', 'vrfs'],
};

/**
 * How the guest sets up its network cards, as data.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/network-config.html
 */
export class CloudInitNetwork {
  /**
   * In version 2, the form of netplan: what most images want.
   *
   * @param links The cards, by the networks of the VM.
   * @throws if a value is not what it must be, or a network has no hardware address; all faults in one error.
   */
  public static v2(links: GuestLink[]): CloudInitNetwork {
    checkLinks('CloudInitNetwork.v2', links);
    const ethernets = Object.fromEntries(links.map((link): [string, CloudYaml] => [cardOf(link), renderV2(link)]));
    return new CloudInitNetwork({ version: 2, ethernets }, links);
  }

  /**
   * In version 1, for images that do not know version 2.
   *
   * @param links The cards, by the networks of the VM.
   * @throws if a value is not what it must be, or a network has no hardware address; all faults in one error.
   */
  public static v1(links: GuestLink[]): CloudInitNetwork {
    checkLinks('CloudInitNetwork.v1', links);
    return new CloudInitNetwork({ version: 1, config: links.map(renderV1) }, links);
  }

  /**
   * Any network data, in cloud-init's own words: bonds, bridges, VLANs within the guest.
   *
   * @param data With `version: 1` or `version: 2`.
   * @throws if it has no such version, or a key that the version does not have.
   */
  public static of(data: { readonly [key: string]: unknown }): CloudInitNetwork {
    const faults = new Faults('CloudInitNetwork.of');
    if (!isObject(data) || !isData(data)) faults.note("'data' must be an object of plain data");
    else {
      const keys = KEYS[Number(data.version)];
      if (keys === undefined) faults.add('data.version', 'be 1 or 2', data.version);
      for (const key of Object.keys(data)) {
        if (key === 'version' || keys === undefined || keys.includes(key)) continue;
        faults.note(
          `'data' must have keys of version ${String(data.version)}, got ${JSON.stringify(key)}; it knows ${keys.join(', ')}`,
        );
      }
    }
    faults.refuse();
    return new CloudInitNetwork(data as CloudYamlMap, []);
  }

  private constructor(
    private readonly data: CloudYamlMap,
    private readonly links: readonly GuestLink[],
  ) {}

  /**
   * Notes a card that the VM does not have.
   *
   * @internal
   */
  public _checkNetworks(faults: Faults, networks: readonly GuestNetwork[]): void {
    for (const { network } of this.links) {
      if (networks.includes(network)) continue;
      faults.add(
        'cloudInit',
        "set up cards of the VM's own 'networks'",
        network.name,
        'give both the same GuestNetwork',
      );
    }
  }

  /** @internal */
  public _text(): string {
    return printCloudYaml(this.data);
  }
}

function checkLinks(factory: string, links: unknown): void {
  const faults = new Faults(factory);
  listOf((all, property, link) => void checkEach<GuestLink>(all, property, link, LINK))(faults, 'links', links ?? null);
  if (faults.count === 0) {
    const names = (links as GuestLink[]).map(cardOf);
    if (names.length === 0) faults.add('links', 'hold a card', []);
    if (new Set(names).size < names.length) faults.add('links', 'have names that differ', names);
  }
  faults.refuse();
}

function macOf(network: GuestNetwork): string | undefined {
  const { macAddress } = network._render().iface;
  return typeof macAddress === 'string' ? macAddress.toLowerCase().replaceAll('-', ':') : undefined;
}

function cardOf({ name, network }: GuestLink): string {
  return name ?? network.name.slice(0, 15);
}

function dhcp4Of({ dhcp4, addresses = [] }: GuestLink): boolean {
  return dhcp4 ?? addresses.length === 0;
}

function renderV2(link: GuestLink): CloudYamlMap {
  const { network, dhcp6, addresses, routes, nameservers, searchDomains, mtu } = link;
  const names =
    nameservers === undefined && searchDomains === undefined
      ? undefined
      : { addresses: nameservers, search: searchDomains };
  return {
    match: { macaddress: macOf(network) },
    'set-name': cardOf(link),
    dhcp4: dhcp4Of(link),
    dhcp6,
    addresses,
    routes: routes?.map(({ to, via, metric }): CloudYaml => ({ to, via, metric })),
    nameservers: names,
    mtu,
  };
}

function renderV1(link: GuestLink): CloudYamlMap {
  const { network, dhcp6, addresses = [], routes, nameservers, searchDomains, mtu } = link;
  const names = { dns_nameservers: nameservers, dns_search: searchDomains };
  const ways = routes?.map(({ to, via, metric }): CloudYaml => ({ destination: to, gateway: via, metric }));
  const subnets: CloudYamlMap[] = [
    ...(dhcp4Of(link) ? [{ type: 'dhcp4' }] : []),
    ...(dhcp6 === true ? [{ type: 'dhcp6' }] : []),
    ...addresses.map((address) => ({ type: address.includes(':') ? 'static6' : 'static', address })),
  ];
  const [first, ...others] = subnets;
  return {
    type: 'physical',
    name: cardOf(link),
    mac_address: macOf(network),
    mtu,
    // What belongs to the card stands with its first address.
    subnets: first && [{ ...first, routes: ways, ...names }, ...others],
  };
}
