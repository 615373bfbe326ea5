import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { VirtualMachine } from '../../imports/kubevirt.io';
import { applyOverrides, objectMeta, objectName, objectNamespace } from '../shared/api-object';
import { Faults } from '../shared/refusal';
import { IDisk } from '../storage/disk';
import { BootableVMProps } from './bootable-vm-props';
import { AttachOptions, DiskAttachment, SettledAttachment, settleAttachment } from './disk-attachment';
import { SshService, SshServiceOptions } from './ssh-service';
import { checkAttachment } from './vm-attachments';
import { checkVm } from './vm-checks';
import { renderVmSpec } from './vm-spec';

/**
 * A virtual machine that boots from a disk.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/lifecycle/
 */
export class BootableVM extends Construct {
  /** Name of the VirtualMachine. */
  public readonly name: string;

  /** Namespace of the VirtualMachine, as far as the manifest says. */
  public readonly namespace?: string;

  private readonly attached: SettledAttachment[] = [];
  private readonly hasCloudInit: boolean;

  /** @throws if a prop is none that KubeVirt takes, or a disk stands in another namespace; all faults in one error. */
  public constructor(scope: Construct, id: string, props: BootableVMProps) {
    super(scope, id);
    this.name = objectName(id, props);
    this.namespace = objectNamespace(scope, props);
    this.hasCloudInit = props.cloudInit !== undefined;
    const faults = new Faults(this.node.path);
    checkVm(faults, id, props);
    this.add(faults, { name: 'rootdisk', ...props.bootDiskOptions, disk: props.bootDisk }, 'bootDisk');
    props.secondaryDisks?.forEach((attachment, index) => this.add(faults, attachment, `secondaryDisks[${index}]`));
    faults.refuse();
    const resource = new VirtualMachine(this, 'Resource', {
      metadata: objectMeta(id, props),
      // A disk may still be attached until the synth.
      spec: Lazy.any({ produce: () => renderVmSpec(props, this.attached, this.namespace) }),
    });
    applyOverrides(resource, props.overrides);
  }

  /** The disks, in the order of the VM; the boot disk is the first. */
  public get disks(): DiskAttachment[] {
    return this.attached.map((attachment) => ({ ...attachment }));
  }

  /**
   * Attaches a disk.
   *
   * @throws if the disk or its name is attached already, it stands in another namespace, or an
   * option is none that KubeVirt takes.
   */
  public attach(disk: IDisk, options: AttachOptions = {}): void {
    const faults = new Faults(this.node.path);
    this.add(faults, { ...options, disk });
    faults.refuse();
  }

  /** Makes a Service for SSH to the guest. */
  public exposeSsh(options: SshServiceOptions = {}): SshService {
    return new SshService(this, 'Ssh', { ...options, vm: this });
  }

  /** The one way in for every disk: of the props and of `attach`. */
  private add(faults: Faults, attachment: DiskAttachment, at?: string): void {
    const settled = settleAttachment(faults, attachment);
    checkAttachment(faults, settled, {
      namespace: this.namespace,
      attached: this.attached,
      hasCloudInit: this.hasCloudInit,
      at,
    });
    this.attached.push(settled);
  }
}
