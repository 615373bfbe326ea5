import { ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkOneOf, checkWholeNumber, requireObject } from '../shared/checks';
import { checkKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { IVirtualMachine, requireVm } from './virtual-machine';
import { addService, podSelector, serviceName, settleService } from './vm-service';

/** The port that a guest's SSH server listens on. */
export const SSH_PORT = 22;

const PROPS: { readonly [key in keyof Required<SshServiceProps>]: true } = {
  vm: true,
  type: true,
  port: true,
  name: true,
  namespace: true,
  labels: true,
  annotations: true,
  overrides: true,
};

/** How SSH to a guest is offered: options of `exposeSsh`. */
export interface SshServiceOptions {
  /**
   * Name of the Service.
   *
   * @default - the name of the VM with dashes for dots, and `-ssh`
   */
  readonly name?: string;

  /**
   * Namespace of the Service. It must be that of the VM.
   *
   * @default - that of the VM
   */
  readonly namespace?: string;

  /**
   * Labels of the Service, beside those of its chart.
   *
   * @default - those of the chart
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Annotations of the Service.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };

  /**
   * The escape hatch of the Service; see `overrides` of every construct.
   *
   * @default - no changes
   */
  readonly overrides?: { readonly [field: string]: unknown };

  /**
   * Type of the Service: `CLUSTER_IP` is reachable inside the cluster, `NODE_PORT` and `LOAD_BALANCER` from outside.
   *
   * @default ServiceType.CLUSTER_IP
   */
  readonly type?: ServiceType;

  /**
   * Port of the Service, 1 to 65535; that of the guest is 22.
   *
   * @default 22
   */
  readonly port?: number;
}

/** Props of `SshService`: the VM whose guest is reached, and how. */
export interface SshServiceProps extends SshServiceOptions {
  /** The VM: a `BootableVM`, or the name and namespace of one that is in the cluster. */
  readonly vm: IVirtualMachine;
}

/**
 * A Service for SSH to a VM's guest. It finds the VM's pod by the label that KubeVirt sets: the guest's host name, else
 * the name of the VM up to its first dot. Where two VMs of a namespace share it, the Service leads to both.
 *
 * @see https://kubevirt.io/user-guide/network/service_objects/
 */
export class SshService extends Construct {
  /** Name of the Service. */
  public readonly name: string;

  /** Namespace of the Service: that of the VM. */
  public readonly namespace?: string;

  /**
   * A Service for SSH to a VM's guest; `exposeSsh` of the VM makes one.
   *
   * @param scope The chart, or a construct in it.
   * @param id Id of the construct; the Service is named after the VM, unless `name` says otherwise.
   * @param props The VM, and how its guest is reached.
   * @throws if the VM is in another namespace, or Kubernetes does not accept an option.
   */
  public constructor(scope: Construct, id: string, props: SshServiceProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    requireObject(faults, 'props', props);
    checkKeys(faults, 'props', props, PROPS);
    requireVm(faults, props.vm);
    const named = settleService(faults, this, props, props.name ?? `${serviceName(props.vm)}-ssh`);
    checkOneOf(faults, 'type', props.type, ServiceType);
    checkWholeNumber(faults, 'port', props.port, 1, 65535);
    faults.refuse();
    this.name = named.name;
    this.namespace = named.namespace;
    addService(this, named, {
      type: props.type ?? ServiceType.CLUSTER_IP,
      selector: podSelector(props.vm),
      ports: [{ name: 'ssh', protocol: 'TCP', port: props.port ?? SSH_PORT, targetPort: SSH_PORT }],
    });
  }
}
