import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { generated } from '../generated';
import { addObject } from '../shared/api-object';
import { requireObject } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { BootableVMProps } from './bootable-vm-props';
import { GuestPort } from './guest-port';
import { Machine } from './machine';
import { SshService, SshServiceOptions } from './ssh-service';
import { VM_PROPS } from './vm-checks';
import { renderVmSpec } from './vm-spec';

/**
 * A virtual machine that boots from a disk: one VirtualMachine, which starts once its disks are filled unless
 * `runStrategy` says otherwise.
 *
 * A change of it reaches a guest that runs at the next restart; KubeVirt shows the condition `RestartRequired` until then.
 * Hotpluggable disks come and go without one, and so does what a cluster of rollout strategy `LiveUpdate` can change.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/lifecycle/
 */
export class BootableVM extends Machine {
  /**
   * A virtual machine that boots from a disk.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachine, unless `name` says otherwise.
   * @param props What the machine is made of: its boot disk at the least, and its memory.
   * @throws if KubeVirt does not accept a prop, or a disk is in another namespace; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: BootableVMProps) {
    const hostnamePath = ['spec', 'template', 'spec', 'hostname'];
    super(scope, id, props, { known: VM_PROPS, hostnamePath, hasTemplates: true });
    addObject(this, generated.kubevirt.VirtualMachine, props, {
      // A disk may still be attached until the synth.
      spec: Lazy.any({ produce: () => renderVmSpec(props, this._attached, this.namespace) }),
    });
  }

  /**
   * Makes a Service for SSH to the guest, in the namespace of the VM.
   *
   * @param options By default a ClusterIP Service on port 22, named after the VM with `-ssh` behind.
   * @throws if there is one already (`new SshService(…)` makes another), or no network of the VM
   * takes SSH in.
   */
  public exposeSsh(options: SshServiceOptions = {}): SshService {
    const faults = new Faults(this.node.path);
    if (this.node.tryFindChild('Ssh') !== undefined) {
      faults.note("'exposeSsh' must be called once; write new SshService(…) for another Service");
    }
    requireObject(faults, 'options', options, 'type');
    this._checkReach(faults, GuestPort.ssh());
    faults.refuse();
    return new SshService(this, 'Ssh', { ...options, vm: this });
  }
}
