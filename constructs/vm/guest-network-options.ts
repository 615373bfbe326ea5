import { aBoolean, aName, listOf, PropCheck, PropChecks, wholeNumber } from '../shared/prop-checks';
import { addKind, Faults } from '../shared/refusal';
import { alternatives } from '../shared/wording';
import { DhcpOptions, dhcpOptions } from './dhcp-options';
import { ForwardedPort, ForwardedPortRange, forwardedPortRanges, forwardedPorts } from './forwarded-port';
import { InterfaceState, NETWORK_CARD, NetworkCardOptions } from './network-card';

/**
 * How a network card of the guest is tied to the pod's.
 *
 * @see https://kubevirt.io/user-guide/network/interfaces_and_networks/#interfaces
 */
export enum NetworkBinding {
  /** The guest stands behind the pod's address (NAT). The only one on the pod network that live-migrates by itself. */
  MASQUERADE = 'masquerade',
  /** The guest has the pod's address itself. */
  BRIDGE = 'bridge',
  /** The guest has a network card's virtual function. */
  SRIOV = 'sriov',
  /** A program without privileges passes the traffic on; since v1.9, with the feature gate `PasstBinding`. */
  PASST = 'passtBinding',
}

/** A network card of the guest, and how it is tied to the network. */
export interface GuestNetworkOptions extends NetworkCardOptions {
  /**
   * Name of the network and of its card: letters, digits, `-` and `_`; no two networks of a VM share one.
   *
   * @default - 'default' on the pod network; of a secondary network, the name of its attachment definition
   */
  readonly name?: string;

  /**
   * How the card is tied to the pod's: `MASQUERADE`, `BRIDGE` or `PASST` on the pod network, `BRIDGE` or `SRIOV` on a secondary
   * one.
   *
   * @default - NetworkBinding.MASQUERADE on the pod network, NetworkBinding.BRIDGE on a secondary one
   */
  readonly binding?: NetworkBinding;

  /**
   * Binding plug-in that ties the card to the pod's, by its name in the KubeVirt object, such as `passt`; in the place of
   * `binding`.
   *
   * @default - none
   */
  readonly bindingPlugin?: string;

  /**
   * TCP ports of the guest that are reachable through a masquerade; with a list, only those, and no UDP port.
   *
   * @default - all, and all UDP ports
   */
  readonly tcpPorts?: number[];

  /**
   * Ports of the guest that are reachable through a masquerade, with their names and protocols, beside `tcpPorts`.
   *
   * @default - all
   */
  readonly ports?: ForwardedPort[];

  /**
   * Ranges of ports that are reachable through a masquerade, in the place of `ports` and `tcpPorts`.
   *
   * @default - all ports
   */
  readonly portRanges?: ForwardedPortRange[];

  /**
   * What KubeVirt's DHCP server tells the guest beside its address.
   *
   * @default - nothing
   */
  readonly dhcp?: DhcpOptions;
}

/** A card on the pod network. */
export interface PodNetworkOptions extends GuestNetworkOptions {
  /**
   * IPv4 addresses of the network between guest and pod.
   *
   * @default - KubeVirt's own: 10.0.2.0/24
   */
  readonly vmNetworkCidr?: string;

  /**
   * IPv6 addresses of the network between guest and pod.
   *
   * @default - KubeVirt's own: fd10:0:2::/120
   */
  readonly vmIpv6NetworkCidr?: string;
}

/** A card on a secondary network. */
export interface MultusNetworkOptions extends GuestNetworkOptions {
  /**
   * Whether it takes the place of the pod network.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}

/** KubeVirt gives it to its own end of every masquerade: pkg/network/admitter/binding.go (v1.6.2). */
const RESERVED_MAC_ADDRESS = /^02([:-]00){5}$/;
const NAME = /^[A-Za-z0-9_-]+$/;
const CIDR = /^[0-9a-fA-F.:]+\/\d{1,3}$/;

const aCidr: PropCheck = (faults, property, value) => {
  if (typeof value === 'string' && CIDR.test(value)) return;
  faults.add(property, "be addresses such as '10.0.2.0/24'", value);
};
const tcpPorts: PropCheck = (faults, property, value) => {
  if (Array.isArray(value)) {
    listOf(wholeNumber(1, 65535))(faults, property, value);
    return;
  }
  const remedy = typeof value === 'number' ? `write [${value}]` : undefined;
  addKind(faults, property, 'be a list of port numbers', value, remedy);
};
const aCardName: PropCheck = (faults, property, value) => {
  if (typeof value === 'string' && NAME.test(value)) return;
  faults.add(property, "be letters, digits, '-' and '_'", value);
};

/** What the options of every network must be, where the place permits these bindings. */
function ofPlace(bindings: readonly NetworkBinding[], place: string): PropChecks<GuestNetworkOptions> {
  return {
    name: aCardName,
    binding: (faults, property, value) => {
      if (bindings.includes(value as NetworkBinding)) return;
      faults.add(property, `be ${alternatives(bindings)} on ${place}`, value);
    },
    bindingPlugin: aName,
    ...NETWORK_CARD,
    tcpPorts,
    ports: forwardedPorts,
    portRanges: forwardedPortRanges,
    dhcp: dhcpOptions,
  };
}

const { MASQUERADE, BRIDGE, SRIOV, PASST } = NetworkBinding;

/** What `PodNetworkOptions` must be. */
export const POD_NETWORK: PropChecks<PodNetworkOptions> = {
  ...ofPlace([MASQUERADE, BRIDGE, PASST], 'the pod network'),
  vmNetworkCidr: aCidr,
  vmIpv6NetworkCidr: aCidr,
};

/** What `MultusNetworkOptions` must be. */
export const MULTUS_NETWORK: PropChecks<MultusNetworkOptions> = {
  ...ofPlace([BRIDGE, SRIOV], 'a secondary network'),
  isDefault: aBoolean,
};

/** What the options of a network that a resource claim brings must be. */
export const CLAIMED_NETWORK: PropChecks<GuestNetworkOptions> = ofPlace([SRIOV], 'a network of a resource claim');

/**
 * Notes options that do not go together. KubeVirt v1.9.0: pkg/network/admitter/netiface.go, binding.go and admit.go,
 * validateInterfaceStateValue.
 */
export function checkTogether(
  faults: Faults,
  options: GuestNetworkOptions,
  usualBinding: NetworkBinding,
  isDefault: boolean,
): void {
  const { binding, bindingPlugin, macAddress, state, ports, portRanges } = options;
  const settled = bindingPlugin === undefined ? (binding ?? usualBinding) : undefined;
  if (bindingPlugin !== undefined && binding !== undefined) {
    faults.add('binding', "be left out beside 'bindingPlugin'", binding);
  }
  if (settled === MASQUERADE && typeof macAddress === 'string' && RESERVED_MAC_ADDRESS.test(macAddress)) {
    faults.add('macAddress', 'not be the one that KubeVirt itself uses for a masquerade', macAddress);
  }
  if (portRanges !== undefined) {
    if (ports !== undefined || options.tcpPorts !== undefined) {
      faults.add('portRanges', "be left out beside 'ports' and 'tcpPorts'", portRanges);
    }
    if (settled !== MASQUERADE) faults.add('portRanges', `be left out but for the binding '${MASQUERADE}'`, portRanges);
  }
  if (state === InterfaceState.ABSENT && (settled !== BRIDGE || isDefault)) {
    faults.add('state', `be '${state}' on a secondary network with the binding '${BRIDGE}' only`, state);
  } else if (state !== undefined && state !== InterfaceState.ABSENT && settled === SRIOV) {
    faults.add('state', `be left out for the binding '${SRIOV}'`, state);
  }
}
