import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { DataVolumeTemplate, TemplateOwner } from '../disks/data-volume-template';
import { generated } from '../generated';
import { addObject, objectName, objectNamespace } from '../shared/api-object';
import { isObject } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { IVolume } from '../storage/disk';
import { BootableVMProps } from './bootable-vm-props';
import { AttachOptions, DiskAttachment, SettledAttachment } from './disk-attachment';
import { GuestNetwork } from './guest-network';
import { SSH_PORT, SshService, SshServiceOptions } from './ssh-service';
import { GivenDisk, givenDisks, inOrder, settle } from './vm-attachments';
import { checkVm } from './vm-checks';
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
export class BootableVM extends Construct {
  /** Name of the VirtualMachine. */
  public readonly name: string;

  /** Namespace of the VirtualMachine, as far as the manifest says. */
  public readonly namespace?: string;

  /** Host name of the guest, where the manifest gives one. */
  public readonly hostname?: string;

  /**
   * Whether its manifest may say otherwise than its props.
   *
   * @internal
   */
  public readonly _isOverridden: boolean;

  private readonly attached: SettledAttachment[] = [];
  private readonly hasCloudInit: boolean;
  private readonly hasPreference: boolean;
  private readonly networks?: readonly GuestNetwork[];

  /**
   * A virtual machine that boots from a disk.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachine, unless `name` says otherwise.
   * @param props What the machine is made of: its boot disk at the least, and its memory.
   * @throws if KubeVirt does not accept a prop, or a disk is in another namespace; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: BootableVMProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkVm(faults, id, props);
    this.name = objectName(id, props);
    this.namespace = objectNamespace(faults, scope, props);
    this.hostname = hostnameOf(props);
    this._isOverridden = props.overrides !== undefined;
    this.hasCloudInit = props.cloudInit !== undefined;
    this.hasPreference = props.preference !== undefined;
    this.networks = props.networks;
    for (const given of givenDisks(faults, props)) this.add(this.settle(faults, given));
    faults.refuse();
    this.own();
    addObject(this, generated.kubevirt.VirtualMachine, props, {
      // A disk may still be attached until the synth.
      spec: Lazy.any({ produce: () => renderVmSpec(props, this.attached, this.namespace) }),
    });
  }

  /** The disks, in the order of the VM: the boot disk is the first, the hotpluggable ones are the last. */
  public get disks(): DiskAttachment[] {
    return inOrder(this.attached).map((attachment) => ({ ...attachment }));
  }

  /**
   * Attaches a disk.
   *
   * @param disk Of the VM's namespace; a VM has a disk once.
   * @param options How the guest sees it, and whether it can be plugged into the running VM.
   * @throws if the disk or its name is attached already, it is in another namespace, or an
   * option is not one that KubeVirt accepts; the VM is then as it was.
   */
  public attach(disk: IVolume, options: AttachOptions = {}): void {
    const faults = new Faults(this.node.path);
    const settled = this.settle(faults, { disk, options, diskProperty: 'disk', optionsProperty: 'options', at: '' });
    faults.refuse();
    this.add(settled);
    this.own();
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
    if (this.networks?.some((network) => network._reaches(SSH_PORT)) === false) {
      const remedy = `give it GuestNetwork.pod(), with ${SSH_PORT} among its 'tcpPorts' where it lists any`;
      faults.note(`'networks' must let port ${SSH_PORT} in for a Service; ${remedy}`);
    }
    faults.refuse();
    return new SshService(this, 'Ssh', { ...options, vm: this });
  }

  /** The one way in for every disk: of the props and of `attach`. */
  private settle(faults: Faults, given: GivenDisk): SettledAttachment | undefined {
    const { attached, hasCloudInit, hasPreference } = this;
    return settle(faults, given, { vm: this.asOwner, attached, hasCloudInit, hasPreference });
  }

  private get asOwner(): TemplateOwner {
    return { app: this.node.root, namespace: this.namespace, name: this.name };
  }

  /** Takes the templates for its own, once all checks are done. */
  private own(): void {
    for (const { disk } of this.attached) if (disk instanceof DataVolumeTemplate) disk._own(this.asOwner);
  }

  private add(settled: SettledAttachment | undefined): void {
    if (settled !== undefined) this.attached.push(settled);
  }
}

/** The overrides win; to KubeVirt '' and `null` are no host name (pkg/util/net/dns/sanitize.go, SanitizeHostname, v1.6.2). */
function hostnameOf({ hostname, overrides }: BootableVMProps): string | undefined {
  const overridden = ['spec', 'template', 'spec', 'hostname'].reduce<unknown>(
    (value, field) => (isObject(value) ? value[field] : undefined),
    overrides,
  );
  if (overridden === undefined) return hostname;
  return typeof overridden === 'string' && overridden !== '' ? overridden : undefined;
}
