import { Construct } from 'constructs';
import { DataVolumeTemplate, TemplateOwner } from '../disks/data-volume-template';
import { objectName, objectNamespace } from '../shared/api-object';
import { isObject } from '../shared/checks';
import { declareExternals } from '../shared/external';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { IVolume } from '../storage/disk';
import { BootableVMProps } from './bootable-vm-props';
import { AttachOptions, DiskAttachment, SettledAttachment } from './disk-attachment';
import { GuestNetwork } from './guest-network';
import { GuestPort } from './guest-port';
import {
  AttachmentPlace,
  checkCloudInitDisk,
  GivenDisk,
  givenDisks,
  inferenceFaults,
  inOrder,
  placeOf,
  settle,
} from './vm-attachments';
import { checkVm } from './vm-checks';
import { VmService, VmServiceOptions } from './vm-service';
import { writtenDisks, writtenGuest, writtenReach } from './written-machine';

/** What differs from one kind of machine to the other. */
export interface MachineKind {
  /** The props that it takes. */
  readonly known: { readonly [prop: string]: true };
  /** Notes what is wrong with the props that it alone has; they come after those of every machine. */
  readonly check?: (faults: Faults) => void;
  /** Where the host name of the guest stands in its manifest. */
  readonly hostnamePath: readonly string[];
  /** Whether it makes the disks of `DataVolumeTemplate`s. */
  readonly hasTemplates: boolean;
  /** Labels that its pods share; undefined for one machine, which KubeVirt labels by its name. */
  readonly podLabels?: { readonly [key: string]: string };
}

/**
 * What runs guests: a VM, an instance, or many of them that are made alike.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/virtual_machine_instances/
 */
export abstract class Machine extends Construct {
  /** Name of the object. */
  public readonly name: string;

  /** Namespace of the object, as far as the manifest says. */
  public readonly namespace?: string;

  /** Host name of the guest, where the manifest gives one. */
  public readonly hostname?: string;

  /**
   * Whether its manifest may say otherwise than its props.
   *
   * @internal
   */
  public readonly _isOverridden: boolean;

  /** @internal */
  protected readonly _attached: SettledAttachment[] = [];
  private readonly kind: MachineKind;
  private readonly networks?: readonly GuestNetwork[];
  private readonly place: AttachmentPlace;

  /** @internal */
  protected constructor(scope: Construct, id: string, props: BootableVMProps, kind: MachineKind) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkVm(faults, id, props, kind.known);
    kind.check?.(faults);
    this.kind = kind;
    this.name = objectName(id, props);
    this.namespace = objectNamespace(faults, scope, props);
    this.hostname = hostnameOf(props, kind.hostnamePath);
    this._isOverridden = props.overrides !== undefined;
    this.networks = props.networks;
    this.place = { vm: this.asOwner, attached: this._attached, ...placeOf(props) };
    checkCloudInitDisk(faults, props);
    for (const given of givenDisks(faults, props)) this.add(this.settle(faults, given));
    faults.refuse();
    this.own();
    // A disk may still be attached until the synth.
    this.node.addValidation({ validate: () => inferenceFaults(this.place, this._attached) });
  }

  /**
   * Whether it stands for many machines: none of them has its name.
   *
   * @internal
   */
  public get _isFleet(): boolean {
    return this.kind.podLabels !== undefined;
  }

  /** The disks, in the order of the VM: the boot disk is the first, the hotpluggable ones are the last. */
  public get disks(): DiskAttachment[] {
    const written = this._isOverridden ? writtenDisks(this.written, this._attached) : inOrder(this._attached);
    return written.map((attachment) => ({ ...attachment }));
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
    declareExternals(this, disk, this.namespace);
    this.own();
  }

  /**
   * Makes a Service for ports of the guest, in the namespace of the VM; of a pool or a replica set it leads to all its guests.
   *
   * @param options Its ports; by default a ClusterIP Service named after the VM.
   * @throws if there is one of that name already, no network of the VM takes a port in, or Kubernetes does not accept an option.
   */
  public expose(options: VmServiceOptions): VmService {
    const faults = new Faults(this.node.path);
    const { name = this.name, ports = [] } = isObject(options) ? options : {};
    const id = `Service-${String(name)}`;
    if (this.node.tryFindChild(id) !== undefined) {
      faults.add('name', 'differ from that of every other Service of the VM', name, "give the second one a 'name'");
    }
    const given: readonly unknown[] = Array.isArray(ports) ? ports : [];
    for (const port of given) if (port instanceof GuestPort) this._checkReach(faults, port);
    const { podLabels } = this.kind;
    if (podLabels !== undefined && options?.selector === undefined) this.checkPodLabels(faults, podLabels);
    faults.refuse();
    if (podLabels === undefined) return new VmService(this, id, { ...options, vm: this });
    const vm = { name: this.name, namespace: this.namespace };
    return new VmService(this, id, { ...options, selector: options.selector ?? podLabels, vm });
  }

  /**
   * Notes a port that no network of the guest lets in.
   *
   * @internal
   */
  protected _checkReach(faults: Faults, guestPort: GuestPort): void {
    const { targetPort: port, protocol } = guestPort._render();
    const isReached = this._isOverridden
      ? writtenReach(this.written, port, protocol)
      : this.networks?.some((network) => network._reaches(port, protocol));
    if (isReached !== false) return;
    const pod = this.networks?.find((network) => network.isPodNetwork);
    const added = pod?._remedyFor(port, protocol) ?? 'give it GuestNetwork.pod()';
    const remedy = this._isOverridden
      ? "give it the pod network in 'overrides', and the port where it lists any"
      : added;
    faults.note(`'networks' must let port ${port} in for a Service; ${remedy}`);
  }

  /** Notes labels by which a Service finds the guests, and which `overrides` have changed. */
  private checkPodLabels(faults: Faults, podLabels: { readonly [key: string]: string }): void {
    if (!this._isOverridden) return;
    const path = [...this.kind.hostnamePath.slice(0, -2), 'metadata', 'labels'];
    const written = writtenGuest(this.node.tryFindChild('Resource'), path);
    for (const [label, value] of Object.entries(podLabels)) {
      if (written[label] === value) continue;
      const remedy = "give the 'selector' of the Service, or leave the label as it is";
      faults.add(`overrides.${path.join('.')}`, `keep '${label}' for a Service`, written[label], remedy);
    }
  }

  /** The one way in for every disk: of the props and of `attach`. */
  private settle(faults: Faults, given: GivenDisk): SettledAttachment | undefined {
    if (given.disk instanceof DataVolumeTemplate && !this.kind.hasTemplates) {
      const remedy = 'use a DataVolumeImport, which stands by itself, or a ContainerDisk';
      faults.add(given.diskProperty, 'not be a template, which only a VM makes', given.disk.claimName, remedy);
    }
    return settle(faults, given, this.place);
  }

  /** The guest as the finished manifest has it. */
  private get written(): Readonly<Record<string, unknown>> {
    return writtenGuest(this.node.tryFindChild('Resource'), this.kind.hostnamePath.slice(0, -1));
  }

  private get asOwner(): TemplateOwner {
    return { app: this.node.root, namespace: this.namespace, name: this.name };
  }

  /** Takes the templates for its own, once all checks are done. */
  private own(): void {
    for (const { disk } of this._attached) if (disk instanceof DataVolumeTemplate) disk._own(this.place.vm);
  }

  private add(settled: SettledAttachment | undefined): void {
    if (settled !== undefined) this._attached.push(settled);
  }
}

/** The overrides win; to KubeVirt '' and `null` are no host name (pkg/util/net/dns/sanitize.go, SanitizeHostname, v1.6.2). */
function hostnameOf({ hostname, overrides }: BootableVMProps, path: readonly string[]): string | undefined {
  const overridden = path.reduce<unknown>((value, field) => (isObject(value) ? value[field] : undefined), overrides);
  if (overridden === undefined) return hostname;
  return typeof overridden === 'string' && overridden !== '' ? overridden : undefined;
}
