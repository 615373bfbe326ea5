import { checkLabel, checkName, checkOneOf, checkWholeNumber } from '../shared/checks';
import { addKind, Faults } from '../shared/refusal';
import { alternatives } from '../shared/wording';
import { checkMacAddress } from './mac-address';
import { checkPart } from './part-checks';

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
   * Name of the network and of its card: letters, digits, `-` and `_`; no two networks of a VM share one.
   *
   * @default - 'default' on the pod network; of a secondary network, the name of its attachment definition
   */
  readonly name?: string;

  /**
   * How the card is tied to the pod's: `MASQUERADE` or `BRIDGE` on the pod network, `BRIDGE` or `SRIOV` on a secondary one.
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
   * Place in the order of boot devices, from 1: the guest then starts from the network.
   *
   * @default - none
   */
  readonly bootOrder?: number;

  /**
   * What the card looks like.
   *
   * @default - KubeVirt's own: virtio
   */
  readonly model?: InterfaceModel;

  /**
   * Hardware address: six octets, such as `02:00:00:00:00:01`.
   *
   * @default - one is made each time the VM starts
   */
  readonly macAddress?: string;

  /**
   * TCP ports of the guest that are reachable through a masquerade; with a list, only those, and no UDP port.
   *
   * @default - all, and all UDP ports
   */
  readonly tcpPorts?: number[];
}

/** The network and its card as they are in the manifest. */
export interface RenderedNetwork {
  readonly network: { name: string; pod?: object; multus?: { networkName: string } };
  readonly iface: { name: string } & Record<string, unknown>;
}

interface NetworkSource {
  readonly pod?: object;
  readonly multus?: { networkName: string };
}

const OPTIONS = {
  name: true,
  binding: true,
  bindingPlugin: true,
  bootOrder: true,
  model: true,
  macAddress: true,
  tcpPorts: true,
} as const;
const NAME = /^[A-Za-z0-9_-]+$/;
/** KubeVirt gives it to its own end of every masquerade: pkg/network/admitter/binding.go (v1.6.2). */
const RESERVED_MAC_ADDRESS = /^02([:-]00){5}$/;

/**
 * A network of the guest: the network and its card, which cannot disagree.
 *
 * @see https://kubevirt.io/user-guide/network/interfaces_and_networks/
 */
export class GuestNetwork {
  /**
   * The pod network; a VM has it once.
   *
   * @throws if KubeVirt does not accept an option; all faults in one error.
   */
  public static pod(options: GuestNetworkOptions = {}): GuestNetwork {
    const faults = new Faults('GuestNetwork.pod');
    checkOptions(faults, options, [NetworkBinding.MASQUERADE, NetworkBinding.BRIDGE], 'the pod network');
    faults.refuse();
    return new GuestNetwork(options.name ?? 'default', NetworkBinding.MASQUERADE, { pod: {} }, options);
  }

  /**
   * A secondary network, which Multus ties to the pod.
   *
   * @param networkName The NetworkAttachmentDefinition: `NAME` or `NAMESPACE/NAME`.
   * @throws if it is not such a name, or KubeVirt does not accept an option; all faults in one error.
   */
  public static multus(networkName: string, options: GuestNetworkOptions = {}): GuestNetwork {
    const faults = new Faults('GuestNetwork.multus');
    checkNetworkName(faults, networkName);
    checkOptions(faults, options, [NetworkBinding.BRIDGE, NetworkBinding.SRIOV], 'a secondary network');
    faults.refuse();
    const name = options.name ?? networkName.replace(/^.*\//, '').replace(/\./g, '-');
    return new GuestNetwork(name, NetworkBinding.BRIDGE, { multus: { networkName } }, options);
  }

  private readonly options: GuestNetworkOptions;

  private constructor(
    /** Name of the network and of its card. */
    public readonly name: string,
    private readonly usualBinding: NetworkBinding,
    private readonly source: NetworkSource,
    options: GuestNetworkOptions,
  ) {
    this.options = { ...options, tcpPorts: options.tcpPorts && [...options.tcpPorts] };
  }

  /** Whether this is the pod network. */
  public get isPodNetwork(): boolean {
    return this.source.pod !== undefined;
  }

  /**
   * Whether a Service reaches this port of the guest. A masquerade that lists ports forwards
   * only those.
   *
   * @see https://kubevirt.io/user-guide/network/interfaces_and_networks/#masquerade
   * @internal
   */
  public _reaches(port: number, protocol = 'TCP'): boolean {
    const { tcpPorts } = this.options;
    return this.isPodNetwork && (tcpPorts === undefined || (protocol === 'TCP' && tcpPorts.includes(port)));
  }

  /** @internal */
  public _render(): RenderedNetwork {
    const { binding = this.usualBinding, bindingPlugin, bootOrder, model, macAddress, tcpPorts } = this.options;
    const tie = bindingPlugin === undefined ? { [binding]: {} } : { binding: { name: bindingPlugin } };
    const ports = tcpPorts?.map((port) => ({ port, protocol: 'TCP' }));
    return {
      network: { name: this.name, ...this.source },
      iface: { name: this.name, ...tie, bootOrder, model, macAddress, ports },
    };
  }
}

/** The rule for names of Kubernetes objects, before it that for namespaces. */
function checkNetworkName(faults: Faults, networkName: unknown): void {
  const [name, namespace, ...rest] = typeof networkName === 'string' ? networkName.split('/').reverse() : [];
  const parts = new Faults('');
  checkName(parts, 'name', name);
  if (namespace !== undefined) checkLabel(parts, 'namespace', namespace);
  if (parts.count + rest.length === 0) return;
  addKind(faults, 'networkName', "be 'NAME' or 'NAMESPACE/NAME', in lower case", networkName);
}

/** KubeVirt: pkg/network/admitter/netiface.go and binding.go, validateMasqueradeBinding (v1.6.2). */
function checkOptions(
  faults: Faults,
  options: GuestNetworkOptions,
  bindings: readonly NetworkBinding[],
  place: string,
): void {
  if (!checkPart<GuestNetworkOptions>(faults, 'options', options, OPTIONS)) return;
  const { name, binding, bindingPlugin, bootOrder, model, macAddress, tcpPorts } = options;
  checkWholeNumber(faults, 'bootOrder', bootOrder, 1);
  if (bindingPlugin !== undefined) {
    checkName(faults, 'bindingPlugin', bindingPlugin);
    if (binding !== undefined) faults.add('binding', "be left out beside 'bindingPlugin'", binding);
  }
  if (name !== undefined && (typeof name !== 'string' || !NAME.test(name))) {
    faults.add('name', "be letters, digits, '-' and '_'", name);
  }
  if (binding !== undefined && !bindings.includes(binding)) {
    faults.add('binding', `be ${alternatives(bindings)} on ${place}`, binding);
  }
  checkOneOf(faults, 'model', model, InterfaceModel);
  if (macAddress !== undefined) checkCardAddress(faults, macAddress, binding ?? bindings[0]);
  if (tcpPorts !== undefined) checkPorts(faults, tcpPorts);
}

function checkCardAddress(faults: Faults, macAddress: unknown, binding: NetworkBinding | undefined): void {
  if (!checkMacAddress(faults, 'macAddress', macAddress)) return;
  if (binding === NetworkBinding.MASQUERADE && RESERVED_MAC_ADDRESS.test(macAddress)) {
    faults.add('macAddress', 'not be the one that KubeVirt itself uses for a masquerade', macAddress);
  }
}

function checkPorts(faults: Faults, ports: unknown): void {
  if (!Array.isArray(ports)) {
    const remedy = typeof ports === 'number' ? `write [${ports}]` : undefined;
    addKind(faults, 'tcpPorts', 'be a list of port numbers', ports, remedy);
    return;
  }
  Array.from(ports, (port, index) => checkWholeNumber(faults, `tcpPorts[${index}]`, port ?? null, 1, 65535));
}
