import { Protocol } from 'cdk8s-plus-27';
import { checkLabel } from '../shared/checks';
import { aNamespacedName, checkOptions, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { renderDhcp } from './dhcp-options';
import { ForwardedPort, renderPort, renderRange } from './forwarded-port';
import {
  checkTogether,
  CLAIMED_NETWORK,
  GuestNetworkOptions,
  MULTUS_NETWORK,
  MultusNetworkOptions,
  NetworkBinding,
  POD_NETWORK,
  PodNetworkOptions,
} from './guest-network-options';
import { InterfaceState } from './network-card';

/** The network and its card as they are in the manifest. */
export interface RenderedNetwork {
  readonly network: { name: string } & Readonly<Record<string, unknown>>;
  readonly iface: { name: string } & Record<string, unknown>;
}

interface NetworkSource {
  readonly pod?: object;
  readonly multus?: { readonly networkName: string; readonly default?: boolean };
  readonly resourceClaim?: { readonly claimName: string; readonly requestName: string };
}

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
  public static pod(options: PodNetworkOptions = {}): GuestNetwork {
    const faults = new Faults('GuestNetwork.pod');
    const usual = NetworkBinding.MASQUERADE;
    checkNetwork<PodNetworkOptions>(faults, options, POD_NETWORK, { usual, isDefault: true });
    const { vmNetworkCidr, vmIpv6NetworkCidr, ...others } = options;
    const pod = { vmNetworkCidr, vmIPv6NetworkCidr: vmIpv6NetworkCidr };
    return new GuestNetwork(options.name ?? 'default', usual, { pod }, others);
  }

  /**
   * The pod network as the cluster's configuration has it (`spec.configuration.network.defaultNetworkInterface` of the KubeVirt
   * object: a bridge, unless it says otherwise): the manifest names no network, and KubeVirt adds it. It stands alone.
   *
   * @see https://kubevirt.io/user-guide/network/interfaces_and_networks/
   */
  public static leftToCluster(): GuestNetwork {
    return new GuestNetwork('default', NetworkBinding.BRIDGE, { pod: {} }, {}, true);
  }

  /**
   * A secondary network, which Multus ties to the pod.
   *
   * @param networkName The NetworkAttachmentDefinition: `NAME` or `NAMESPACE/NAME`.
   * @throws if it is not such a name, or KubeVirt does not accept an option; all faults in one error.
   */
  public static multus(networkName: string, options: MultusNetworkOptions = {}): GuestNetwork {
    const faults = new Faults('GuestNetwork.multus');
    aNamespacedName(faults, 'networkName', networkName);
    const usual = NetworkBinding.BRIDGE;
    const isDefault = (options as MultusNetworkOptions | null)?.isDefault === true;
    checkNetwork<MultusNetworkOptions>(faults, options, MULTUS_NETWORK, { usual, isDefault });
    const { isDefault: given, ...others } = options;
    const name = options.name ?? networkName.replace(/^.*\//, '').replace(/\./g, '-');
    return new GuestNetwork(name, usual, { multus: { networkName, default: given } }, others);
  }

  /**
   * A virtual function of a network card that a resource claim of the VM brings (dynamic resource allocation); it needs the feature
   * gate `NetworkDevicesWithDRA`.
   *
   * @param claimName Name of one of the VM's `resourceClaims`.
   * @param requestName Which request of the claim it is.
   * @throws if a name or an option is not what it must be; all faults in one error.
   */
  public static resourceClaim(claimName: string, requestName: string, options: GuestNetworkOptions = {}): GuestNetwork {
    const faults = new Faults('GuestNetwork.resourceClaim');
    checkLabel(faults, 'claimName', claimName);
    checkLabel(faults, 'requestName', requestName);
    const usual = NetworkBinding.SRIOV;
    checkNetwork<GuestNetworkOptions>(faults, options, CLAIMED_NETWORK, { usual, isDefault: false });
    return new GuestNetwork(options.name ?? claimName, usual, { resourceClaim: { claimName, requestName } }, options);
  }

  private readonly options: GuestNetworkOptions;

  private constructor(
    /** Name of the network and of its card. */
    public readonly name: string,
    private readonly usualBinding: NetworkBinding,
    private readonly source: NetworkSource,
    options: GuestNetworkOptions,
    /**
     * Whether the manifest does not name it.
     *
     * @internal
     */
    public readonly _isLeftToCluster = false,
  ) {
    const { tcpPorts, ports, portRanges } = options;
    this.options = {
      ...options,
      tcpPorts: tcpPorts && [...tcpPorts],
      ports: ports && [...ports],
      portRanges: portRanges && [...portRanges],
    };
  }

  /** Whether this is the pod network. */
  public get isPodNetwork(): boolean {
    return this.source.pod !== undefined;
  }

  /**
   * Whether it is the network that the pod's own address is on.
   *
   * @internal
   */
  public get _isDefault(): boolean {
    return this.isPodNetwork || this.source.multus?.default === true;
  }

  /** @internal */
  public get _bootOrder(): number | undefined {
    return this.options.bootOrder;
  }

  /** @internal */
  public get _acpiIndex(): number | undefined {
    return this.options.acpiIndex;
  }

  /** @internal */
  public get _isMultus(): boolean {
    return this.source.multus !== undefined;
  }

  /**
   * The resource claim of the VM that brings it.
   *
   * @internal
   */
  public get _claim(): NetworkSource['resourceClaim'] {
    return this.source.resourceClaim;
  }

  /**
   * Whether a Service reaches this port of the guest. A masquerade that lists ports forwards
   * only those.
   *
   * @see https://kubevirt.io/user-guide/network/interfaces_and_networks/#masquerade
   * @internal
   */
  public _reaches(port: number, protocol = 'TCP'): boolean {
    if (!this.isPodNetwork || this.options.state === InterfaceState.DOWN) return false;
    const { portRanges } = this.options;
    const ports = this.ports();
    if (portRanges !== undefined) {
      return portRanges.some((range) => protocolOf(range) === protocol && range.start <= port && port <= range.end);
    }
    return ports?.some((open) => protocolOf(open) === protocol && open.port === port) ?? true;
  }

  /**
   * How to let a port in that `_reaches` has not found, by the prop that lists the others.
   *
   * @internal
   */
  public _remedyFor(port: number, protocol: string): string {
    const { state, portRanges, tcpPorts } = this.options;
    if (state === InterfaceState.DOWN) return "leave out the 'state' of the pod network, which is down";
    const suffix = protocol === 'TCP' ? '' : `, protocol: Protocol.${protocol}`;
    if (portRanges !== undefined)
      return `add { start: ${port}, end: ${port}${suffix} } to 'portRanges' of the pod network`;
    if (tcpPorts !== undefined && protocol === 'TCP') return `add ${port} to 'tcpPorts' of the pod network`;
    return `add { port: ${port}${suffix} } to 'ports' of the pod network`;
  }

  /** @internal */
  public _render(): RenderedNetwork {
    const { binding = this.usualBinding, bindingPlugin, dhcp, portRanges, ...options } = this.options;
    const { model, macAddress, pciAddress, acpiIndex, bootOrder, state, tag } = options;
    const tie = bindingPlugin === undefined ? { [binding]: {} } : { binding: { name: bindingPlugin } };
    const card = { model, macAddress, pciAddress, acpiIndex, bootOrder, state, tag };
    return {
      network: { name: this.name, ...this.source },
      iface: {
        name: this.name,
        ...tie,
        ...card,
        ports: this.ports()?.map(renderPort),
        portRanges: portRanges?.map(renderRange),
        dhcpOptions: dhcp && renderDhcp(dhcp),
      },
    };
  }

  private ports(): ForwardedPort[] | undefined {
    const { tcpPorts, ports } = this.options;
    if (tcpPorts === undefined) return ports && [...ports];
    return [...tcpPorts.map((port) => ({ port })), ...(ports ?? [])];
  }
}

function protocolOf({ protocol = Protocol.TCP }: { readonly protocol?: Protocol }): string {
  return protocol;
}

/** The rule for names of Kubernetes objects, before it that for namespaces. */
function checkNetwork<T extends GuestNetworkOptions>(
  faults: Faults,
  options: T,
  checks: PropChecks<T>,
  { usual, isDefault }: { readonly usual: NetworkBinding; readonly isDefault: boolean },
): void {
  const before = faults.count;
  checkOptions<T>(faults, options, checks);
  if (faults.count === before) checkTogether(faults, options, usual, isDefault);
  faults.refuse();
}
