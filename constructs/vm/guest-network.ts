import { checkOneOf, checkWholeNumber } from '../shared/checks';
import { Faults } from '../shared/refusal';

/**
 * How a network card of the guest is tied to the pod's.
 *
 * @see https://kubevirt.io/user-guide/network/interfaces_and_networks/#frontend
 */
export enum NetworkBinding {
  /** The guest stands behind the pod's address (NAT). The only one on the pod network that live-migrates by itself. */
  MASQUERADE = 'masquerade',
  /** The guest has the pod's address itself. */
  BRIDGE = 'bridge',
  /** The guest has a network card's virtual function. */
  SRIOV = 'sriov',
}

/** What the guest's network card looks like. */
export enum InterfaceModel {
  /** Paravirtual, the fastest. */
  VIRTIO = 'virtio',
  /** Intel 82545EM. */
  E1000 = 'e1000',
  /** Intel 82574L. */
  E1000E = 'e1000e',
  /** Intel 82576. */
  IGB = 'igb',
  /** NE2000 on PCI. */
  NE2K_PCI = 'ne2k_pci',
  /** AMD PCnet. */
  PCNET = 'pcnet',
  /** Realtek 8139. */
  RTL8139 = 'rtl8139',
}

/** A network card of the guest. */
export interface GuestNetworkOptions {
  /**
   * Name of the network and of its card.
   *
   * @default 'default' on the pod network; of a secondary network, the name of its attachment definition
   */
  readonly name?: string;

  /**
   * How the card is tied to the pod's.
   *
   * @default NetworkBinding.MASQUERADE on the pod network, NetworkBinding.BRIDGE on a secondary one
   */
  readonly binding?: NetworkBinding;

  /**
   * What the card looks like.
   *
   * @default - KubeVirt's own: virtio
   */
  readonly model?: InterfaceModel;

  /**
   * Hardware address.
   *
   * @default - one is made each time the VM starts
   */
  readonly macAddress?: string;

  /**
   * TCP ports of the guest that are reachable through a masquerade.
   *
   * @default - all
   */
  readonly tcpPorts?: number[];
}

/** The network and its card as they stand in the manifest. */
export interface RenderedNetwork {
  readonly network: { name: string; pod?: object; multus?: { networkName: string } };
  readonly iface: { name: string } & Record<string, unknown>;
}

const NAME = /^[A-Za-z0-9_-]+$/;
const MAC_ADDRESS = /^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i;

/**
 * A network of the guest: the network and its card, which cannot disagree.
 *
 * @see https://kubevirt.io/user-guide/network/interfaces_and_networks/
 */
export class GuestNetwork {
  /** The pod network; a VM has it once. */
  public static pod(options: GuestNetworkOptions = {}): GuestNetwork {
    const binding = options.binding ?? NetworkBinding.MASQUERADE;
    const name = options.name ?? 'default';
    return new GuestNetwork('GuestNetwork.pod', name, binding, { pod: {} }, options);
  }

  /**
   * A secondary network.
   *
   * @param networkName The NetworkAttachmentDefinition: `NAME` or `NAMESPACE/NAME`.
   */
  public static multus(networkName: string, options: GuestNetworkOptions = {}): GuestNetwork {
    const binding = options.binding ?? NetworkBinding.BRIDGE;
    const name = options.name ?? String(networkName).replace(/^.*\//, '').replace(/\./g, '-');
    return new GuestNetwork('GuestNetwork.multus', name, binding, { multus: { networkName } }, options);
  }

  private constructor(
    factory: string,
    /** Name of the network and of its card. */
    public readonly name: string,
    private readonly binding: NetworkBinding,
    private readonly source: { pod?: object; multus?: { networkName: string } },
    private readonly options: GuestNetworkOptions,
  ) {
    const faults = new Faults(factory);
    if (!NAME.test(name)) faults.add('name', "be letters, digits, '-' and '_'", name);
    checkOneOf(faults, 'binding', binding, NetworkBinding);
    checkOneOf(faults, 'model', options.model, InterfaceModel);
    checkPlace(faults, source, binding);
    options.tcpPorts?.forEach((port, index) => checkWholeNumber(faults, `tcpPorts[${index}]`, port, 1, 65535));
    if (options.macAddress !== undefined && !MAC_ADDRESS.test(String(options.macAddress))) {
      faults.add('macAddress', "be six octets such as '02:00:00:00:00:01'", options.macAddress);
    }
    faults.refuse();
  }

  /** Whether this is the pod network. */
  public get isPodNetwork(): boolean {
    return this.source.pod !== undefined;
  }

  /** @internal */
  public _render(): RenderedNetwork {
    const { model, macAddress, tcpPorts } = this.options;
    const ports = tcpPorts?.map((port) => ({ port, protocol: 'TCP' }));
    return {
      network: { name: this.name, ...this.source },
      iface: { name: this.name, [this.binding]: {}, model, macAddress, ports },
    };
  }
}

/** KubeVirt: pkg/network/admitter/binding.go, validateMasqueradeBinding (v1.6.2). */
function checkPlace(faults: Faults, source: { pod?: object; multus?: { networkName: string } }, binding: string): void {
  const networkName = source.multus?.networkName;
  if (source.pod === undefined && (typeof networkName !== 'string' || !/^([^/\s]+\/)?[^/\s]+$/.test(networkName))) {
    faults.add('networkName', "be 'NAME' or 'NAMESPACE/NAME'", networkName);
  }
  if (source.pod === undefined && binding === NetworkBinding.MASQUERADE) {
    faults.add('binding', `be '${NetworkBinding.BRIDGE}' or '${NetworkBinding.SRIOV}' on a secondary network`, binding);
  }
  if (source.pod !== undefined && binding === NetworkBinding.SRIOV) {
    faults.add(
      'binding',
      `be '${NetworkBinding.MASQUERADE}' or '${NetworkBinding.BRIDGE}' on the pod network`,
      binding,
    );
  }
}
