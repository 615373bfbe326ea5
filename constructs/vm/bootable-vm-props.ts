import { Size } from 'cdk8s';
import { ObjectProps } from '../shared/api-object';
import { Firmware } from './firmware';
import { GuestCpu } from './guest-cpu';
import { GuestNetwork } from './guest-network';
import { InstanceDisks } from './instance-disks';
import { Instancetype, Preference } from './instancetype';
import { LifecycleProps } from './lifecycle-props';
import { MachineProps } from './machine-props';
import { EvictionStrategy, RunStrategy, UpdateVolumesStrategy } from './run-strategy';
import { VmResources } from './vm-resources';

/**
 * What every machine is made of, whether it is a VM or an instance.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/virtual_machine_instances/
 */
export interface InstanceProps extends ObjectProps, InstanceDisks, MachineProps, LifecycleProps {
  /**
   * Processors of the guest.
   *
   * @default - those of the instance type, else KubeVirt's own: one
   */
  readonly cpu?: GuestCpu;

  /**
   * Memory of the guest.
   *
   * @default - that of the instance type, else what `resources` asks for, else its limit; one of them is needed
   */
  readonly memory?: Size;

  /**
   * What the VM's pod asks of its node.
   *
   * @default - follows from the guest
   */
  readonly resources?: VmResources;

  /**
   * How the VM starts.
   *
   * @default - KubeVirt's own: a BIOS
   */
  readonly firmware?: Firmware;

  /**
   * Networks of the guest; with an empty list it has no network at all. The default is a masquerade on the pod network, which
   * live-migrates.
   *
   * @default [GuestNetwork.pod()]
   */
  readonly networks?: GuestNetwork[];

  /**
   * What happens when its node is drained.
   *
   * @default - `evictionStrategy` of the KubeVirt object; without one, EvictionStrategy.NONE
   */
  readonly evictionStrategy?: EvictionStrategy;

  /**
   * Labels that its node must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: { readonly [key: string]: string };

  /**
   * Host name of the guest, a DNS label.
   *
   * @default - the name of the VM
   */
  readonly hostname?: string;
}

/** What a machine is made of that is made by another object: by a VM, a pool or a replica set. */
export interface InstanceTemplateProps extends InstanceProps {
  /**
   * Labels of the running instance and its pod, except for those that KubeVirt sets itself; `labels` are those
   * of the VirtualMachine.
   *
   * @default - those that KubeVirt sets
   */
  readonly templateLabels?: { readonly [key: string]: string };

  /**
   * Annotations of the running instance and its pod.
   *
   * @default - those that KubeVirt sets
   */
  readonly templateAnnotations?: { readonly [key: string]: string };
}

/**
 * Props of `BootableVM`: what the machine is made of, and when it runs.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/creating_vms/
 */
export interface BootableVMProps extends InstanceTemplateProps {
  /**
   * Instance type: it brings CPU and memory, which then may not be given here.
   *
   * @default - none
   */
  readonly instancetype?: Instancetype;

  /**
   * Preference: the settings that suit the guest operating system, where the VM does not say otherwise.
   *
   * @default - none
   */
  readonly preference?: Preference;

  /**
   * When the VM runs.
   *
   * @default RunStrategy.ALWAYS
   */
  readonly runStrategy?: RunStrategy;

  /**
   * What happens when a volume of the running VM is exchanged for another.
   *
   * @default - KubeVirt's own: the VM needs a restart
   */
  readonly updateVolumesStrategy?: UpdateVolumesStrategy;
}
