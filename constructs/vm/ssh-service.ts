import { k8s, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { applyOverrides, checkObject, objectMeta, ObjectProps } from '../shared/api-object';
import { checkOneOf, checkWholeNumber } from '../shared/checks';
import { Faults } from '../shared/refusal';

/** KubeVirt labels every VM's pod with it: staging/src/kubevirt.io/api/core/v1/types.go, VirtualMachineNameLabel. */
const VM_NAME = 'vm.kubevirt.io/name';

const SSH_PORT = 22;

/** A VM, as a Service finds it. */
export interface IVirtualMachine {
  /** Name of the VirtualMachine. */
  readonly name: string;

  /** Namespace of the VirtualMachine. */
  readonly namespace?: string;
}

/** How SSH to a guest is offered. */
export interface SshServiceOptions extends ObjectProps {
  /**
   * Name of the Service.
   *
   * @default - the name of the VM, and `-ssh`
   */
  readonly name?: string;

  /**
   * Type of the Service.
   *
   * @default ServiceType.CLUSTER_IP: reachable inside the cluster
   */
  readonly type?: ServiceType;

  /**
   * Port of the Service; that of the guest is 22.
   *
   * @default 22
   */
  readonly port?: number;
}

/** The VM that SSH is offered to. */
export interface SshServiceProps extends SshServiceOptions {
  /** The VM. */
  readonly vm: IVirtualMachine;
}

/**
 * A Service for SSH to a VM's guest. It finds the VM's pod by the label that KubeVirt sets.
 *
 * @see https://kubevirt.io/user-guide/network/service_objects/
 */
export class SshService extends Construct {
  /** Name of the Service. */
  public readonly name: string;

  /** Namespace of the Service: that of the VM. */
  public readonly namespace?: string;

  /** @throws if an option is none that Kubernetes takes. */
  public constructor(scope: Construct, id: string, props: SshServiceProps) {
    super(scope, id);
    const named = {
      ...props,
      name: props.name ?? `${props.vm.name}-ssh`,
      namespace: props.namespace ?? props.vm.namespace,
    };
    const faults = new Faults(this.node.path);
    checkObject(faults, id, named);
    checkOneOf(faults, 'type', props.type, ServiceType);
    checkWholeNumber(faults, 'port', props.port, 1, 65535);
    if (named.namespace !== props.vm.namespace) {
      faults.add('namespace', `be that of the VM ('${props.vm.namespace ?? ''}')`, named.namespace);
    }
    faults.refuse();
    this.name = named.name;
    this.namespace = named.namespace;
    const resource = new k8s.KubeService(this, 'Resource', {
      metadata: objectMeta(id, named),
      spec: {
        type: props.type ?? ServiceType.CLUSTER_IP,
        selector: { [VM_NAME]: props.vm.name },
        ports: [
          {
            name: 'ssh',
            protocol: 'TCP',
            port: props.port ?? SSH_PORT,
            targetPort: k8s.IntOrString.fromNumber(SSH_PORT),
          },
        ],
      },
    });
    applyOverrides(resource, props.overrides);
  }
}
