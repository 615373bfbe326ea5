import { k8s, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addObject, checkObject, OBJECT_PROPS, ObjectProps } from '../shared/api-object';
import { checkServiceName, requireObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import {
  aBoolean,
  checkGiven,
  instanceOf,
  keysOf,
  labels,
  listOf,
  oneOf,
  PropChecks,
  required,
} from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { withFields } from '../shared/with-fields';
import { GuestPort, RenderedPort } from './guest-port';
import { checkLoadBalancer, LOAD_BALANCER_OPTIONS, LoadBalancerOptions, renderLoadBalancer } from './load-balancer';
import { renderAddresses, SERVICE_ADDRESSES, ServiceAddresses } from './service-addresses';
import { checkTraffic, renderTraffic, SERVICE_TRAFFIC, ServiceTraffic } from './service-traffic';
import { IVirtualMachine, namespaceBeside, requireVm } from './virtual-machine';

/**
 * KubeVirt labels every VM's pod with it: pkg/virt-controller/services/template.go, podLabels (v1.6.2). By its name it
 * would be that of the VM; its value is the guest's host name. The label with the name, `vmi.kubevirt.io/id`, came
 * later (kubevirt/kubevirt#15783).
 */
const POD_LABEL = 'vm.kubevirt.io/name';

/** How ports of a guest are offered: options of `expose`. */
export interface VmServiceOptions extends ObjectProps, ServiceAddresses, ServiceTraffic, LoadBalancerOptions {
  /**
   * Name of the Service.
   *
   * @default - the name of the VM with dashes for dots
   */
  readonly name?: string;

  /** Ports of the guest, such as `GuestPort.http()`; a headless Service may have an empty list. */
  readonly ports: GuestPort[];

  /**
   * Type of the Service: `CLUSTER_IP` is reachable inside the cluster, `NODE_PORT` and `LOAD_BALANCER` from outside.
   *
   * @default ServiceType.CLUSTER_IP
   */
  readonly type?: ServiceType;

  /**
   * Whether the Service has no address of its own: its name leads to the addresses of the guests. Where it is named as the
   * `subdomain` of VMs, each of them is found as `HOSTNAME.SUBDOMAIN.NAMESPACE.svc`.
   *
   * @default false
   */
  readonly headless?: boolean;

  /**
   * Labels of the pods that it leads to: those of `templateLabels`. With labels that several VMs share it leads to all of them.
   *
   * @default - the label that KubeVirt gives the pod of this VM alone
   */
  readonly selector?: { readonly [key: string]: string };
}

/** Props of `VmService`: the VM whose guest is reached, and how. */
export interface VmServiceProps extends VmServiceOptions {
  /** The VM: a `BootableVM`, or the name and namespace of one that is in the cluster. */
  readonly vm: IVirtualMachine;
}

const { CLUSTER_IP, NODE_PORT, LOAD_BALANCER } = ServiceType;

const OPTIONS: PropChecks<Omit<VmServiceOptions, keyof ObjectProps>> = {
  ports: required(listOf(instanceOf(GuestPort, 'GuestPort.ssh()'))),
  type: oneOf({ CLUSTER_IP, NODE_PORT, LOAD_BALANCER }),
  headless: aBoolean,
  selector: labels,
  ...SERVICE_ADDRESSES,
  ...SERVICE_TRAFFIC,
  ...LOAD_BALANCER_OPTIONS,
};

const PROPS: KnownKeys<VmServiceProps> = { ...OBJECT_PROPS, ...keysOf(OPTIONS), vm: true };

/**
 * A Service for ports of a VM's guest. It finds the VM's pod by the label that KubeVirt sets: the guest's host name, else
 * the name of the VM up to its first dot. Where two VMs of a namespace share it, the Service leads to both.
 *
 * @see https://kubevirt.io/user-guide/network/service_objects/
 */
export class VmService extends Construct {
  /** Name of the Service. */
  public readonly name: string;

  /** Namespace of the Service: that of the VM. */
  public readonly namespace?: string;

  /**
   * A Service for ports of a VM's guest; `expose` of the VM makes one, and refuses ports that its networks do not let in.
   *
   * @param scope The chart, or a construct in it.
   * @param id Id of the construct; the Service is named after the VM, unless `name` says otherwise.
   * @param props The VM, and which ports of its guest are reached.
   * @throws if the VM is in another namespace, or Kubernetes does not accept an option.
   */
  public constructor(scope: Construct, id: string, props: VmServiceProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    requireObject(faults, 'props', props);
    checkKeys(faults, 'props', props, PROPS);
    requireVm(faults, props.vm);
    const { headless, selector, ports, type = CLUSTER_IP } = props;
    const named = settleService(faults, this, props, props.name ?? serviceName(props.vm));
    const before = faults.count;
    checkGiven(faults, '', props, OPTIONS);
    if (faults.count === before) checkTogether(faults, props);
    faults.refuse();
    this.name = named.name;
    this.namespace = named.namespace;
    addService(this, named, {
      type,
      selector: selector === undefined ? podSelector(props.vm) : { ...selector },
      ports: ports.map((port) => port._render()),
      ...renderAddresses(props),
      ...(headless === true ? { clusterIp: 'None' } : {}),
      ...renderTraffic(props),
      ...renderLoadBalancer(props),
    });
  }
}

/** The props of a Service beside a VM, with its name and the VM's namespace; notes what is wrong with them. */
export function settleService<P extends ObjectProps & { readonly vm: IVirtualMachine }>(
  faults: Faults,
  service: Construct,
  props: P,
  name: string,
): P & { readonly name: string } {
  const scope = service.node.scope as Construct;
  const namespace = namespaceBeside(faults, scope, props.vm, props.namespace);
  const named = withFields(props, { name });
  checkObject(faults, service.node.id, named, checkServiceName);
  return withFields(named, { namespace });
}

/** Makes the Service of a construct. */
export function addService(
  service: Construct,
  props: ObjectProps,
  spec: Omit<k8s.ServiceSpec, 'ports'> & { readonly ports: readonly RenderedPort[] },
): void {
  const { ports: given, ...others } = spec;
  const ports = given.map(({ targetPort, ...port }) => ({
    targetPort: k8s.IntOrString.fromNumber(targetPort),
    ...port,
  }));
  addObject(service, k8s.KubeService, props, { spec: { ports, ...others } });
}

/** KubeVirt v1.6.2: pkg/util/net/dns/sanitize.go, SanitizeHostname. It cuts at 63 characters, which no name here has more of. */
export function podSelector(vm: IVirtualMachine): { [label: string]: string } {
  return { [POD_LABEL]: vm.hostname ?? vm.name.split('.', 1)[0]! };
}

/** A Service's name has no dots; a VM's may. */
export function serviceName(vm: IVirtualMachine): string {
  return String(vm.name).replace(/\./g, '-');
}

/** Kubernetes v1.33: pkg/apis/core/validation/validation.go, ValidateService. */
function checkTogether(faults: Faults, props: VmServiceProps): void {
  const { ports, type = CLUSTER_IP, headless = false, selector } = props;
  const rendered = ports.map((port) => port._render());
  if (ports.length === 0 && !headless) faults.add('ports', 'hold a port where the Service is not headless', []);
  const names = rendered.map(({ name }) => name);
  // Kubernetes v1.33: pkg/apis/core/validation/validation.go, validateServicePort: of several each has a name.
  for (const [index, { name, targetPort }] of rendered.entries()) {
    if (rendered.length < 2 || name !== undefined) continue;
    const got = `got GuestPort.unnamed(${targetPort}); write GuestPort.tcp('NAME', ${targetPort})`;
    faults.note(`'ports[${index}]' must have a name, since the Service has several ports, ${got}`);
  }
  const given = names.filter((name) => name !== undefined);
  if (new Set(given).size < given.length) faults.add('ports', 'have names that differ', names);
  const numbers = rendered.map(({ port, protocol }) => `${protocol} ${port}`);
  if (new Set(numbers).size < numbers.length) faults.add('ports', "differ in 'port' or protocol", numbers);
  if (headless && type !== CLUSTER_IP) faults.add('headless', `be left out for type '${type}'`, headless);
  if (selector !== undefined && Object.keys(selector).length === 0) faults.add('selector', 'hold a label', selector);
  const nodePorts = rendered.filter(({ nodePort }) => nodePort !== undefined).map(({ nodePort }) => nodePort);
  if (type === CLUSTER_IP && nodePorts.length > 0) {
    faults.add('ports', `have no nodePort for type '${type}'`, nodePorts, 'write type ServiceType.NODE_PORT');
  }
  if (headless && props.clusterIps !== undefined)
    faults.add('clusterIps', "be left out with 'headless'", props.clusterIps);
  checkTraffic(faults, props, type);
  checkLoadBalancer(faults, props, type);
}
