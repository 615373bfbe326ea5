import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { generated } from '../generated';
import { addObject } from '../shared/api-object';
import { InstanceProps } from './bootable-vm-props';
import { Machine } from './machine';
import { INSTANCE_PROPS } from './vm-checks';
import { renderInstance } from './vm-spec';

/**
 * A running guest without a VM around it: one VirtualMachineInstance. It runs once, from the moment it is applied; when the guest
 * shuts down it stays behind, and to run it again it must be deleted and applied again. What is started and stopped is a
 * `BootableVM`.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/virtual_machine_instances/
 */
export class VirtualMachineInstance extends Machine {
  /**
   * A running guest.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachineInstance, unless `name` says otherwise.
   * @param props What the machine is made of: its boot disk at the least, and its memory.
   * @throws if KubeVirt does not accept a prop, or a disk is in another namespace; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: InstanceProps) {
    super(scope, id, props, { known: INSTANCE_PROPS, hostnamePath: ['spec', 'hostname'], hasTemplates: false });
    addObject(this, generated.kubevirt.VirtualMachineInstance, props, {
      // A disk may still be attached until the synth.
      spec: Lazy.any({ produce: () => renderInstance(props, this._attached) }),
    });
  }
}
