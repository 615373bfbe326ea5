import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { DATA_VOLUME_OPTIONS, DataVolumeOptions } from '../disks/data-volume';
import { DataVolumeImport } from '../disks/data-volume-import';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DiskSnapshot } from '../disks/snapshot';
import { ObjectProps } from '../shared/api-object';
import { checkLabels, requireObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { BootableVM } from './bootable-vm';
import { CloudInit } from './cloud-init';
import { Firmware } from './firmware';
import { GuestCpu } from './guest-cpu';
import { checkPart } from './part-checks';
import { VmResources } from './vm-resources';

/** Props of `TemplateCatalogue`: the namespace of the templates, and how their snapshots are made. */
export interface TemplateCatalogueProps {
  /**
   * Namespace of the templates.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;

  /**
   * VolumeSnapshotClass of the templates' snapshots.
   *
   * @default - the default class of the disk's CSI driver
   */
  readonly snapshotClassName?: string;
}

/** A template: where its disk comes from, and the VM that customises it. */
export interface TemplateOptions extends DataVolumeOptions {
  /**
   * What the VM does to the disk at its first start.
   *
   * @default - no cloud-init data
   */
  readonly cloudInit?: CloudInit;

  /**
   * Processors of the VM.
   *
   * @default - KubeVirt's own: one
   */
  readonly cpu?: GuestCpu;

  /**
   * Memory of the VM's guest.
   *
   * @default - what `resources` asks for
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
   * Labels of the template's objects, beside `kubevirt.io/template: "true"` and `template: NAME`.
   *
   * @default - none
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * The escape hatch of the disk's DataVolume; see `overrides` of every construct.
   *
   * @default - no changes
   */
  readonly diskOverrides?: { readonly [field: string]: unknown };

  /**
   * The escape hatch of the VirtualMachine; see `overrides` of every construct.
   *
   * @default - no changes
   */
  readonly vmOverrides?: { readonly [field: string]: unknown };
}

/** A template and the catalogue's settings for it. */
export interface DiskTemplateProps extends TemplateOptions, TemplateCatalogueProps {}

/** Where the snapshot of a template is made. */
export interface TemplateSnapshotOptions extends ObjectProps {
  /**
   * VolumeSnapshotClass.
   *
   * @default - that of the catalogue
   */
  readonly snapshotClassName?: string;
}

/** The props of `TemplateCatalogueProps`, for `checkKeys`. */
export const CATALOGUE_PROPS: KnownKeys<TemplateCatalogueProps> = {
  namespace: true,
  snapshotClassName: true,
};

/** The options of `TemplateOptions`, for `checkKeys`. */
export const TEMPLATE_OPTIONS: KnownKeys<TemplateOptions> = {
  ...DATA_VOLUME_OPTIONS,
  cloudInit: true,
  cpu: true,
  memory: true,
  resources: true,
  firmware: true,
  labels: true,
  diskOverrides: true,
  vmOverrides: true,
};

/** The options of `TemplateSnapshotOptions`, for `checkKeys`. */
export const SNAPSHOT_OPTIONS: KnownKeys<TemplateSnapshotOptions> = {
  name: true,
  namespace: true,
  snapshotClassName: true,
  labels: true,
  annotations: true,
  overrides: true,
};

/**
 * One template of a catalogue, as `addTemplate` makes it: its name is the construct's id. It takes three steps: apply disk
 * and VM, stop the VM when its first start is done, then apply the snapshot.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 */
export class DiskTemplate extends Construct {
  /** The disk. */
  public readonly disk: DataVolumeImport;

  /** The VM that customises the disk; it is stopped before the snapshot. */
  public readonly vm: BootableVM;

  private readonly labels: { readonly [key: string]: string };
  private readonly snapshotClassName?: string;
  private taken?: DiskSnapshot;

  /**
   * A template; `addTemplate` of a catalogue makes it.
   *
   * @param scope The catalogue.
   * @param id Name of the template: of its disk, its VM and its snapshot.
   * @param props Where its disk comes from, and the VM that customises it.
   * @throws if CDI or KubeVirt does not accept a prop.
   */
  public constructor(scope: Construct, id: string, props: DiskTemplateProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    requireObject(faults, 'props', props);
    checkKeys(faults, 'props', props, { ...TEMPLATE_OPTIONS, ...CATALOGUE_PROPS });
    checkLabels(faults, 'labels', props.labels);
    faults.refuse();
    const { cloudInit, cpu, memory, resources, firmware, snapshotClassName, diskOverrides, vmOverrides, ...volume } =
      props;
    this.snapshotClassName = snapshotClassName;
    this.labels = { 'kubevirt.io/template': 'true', template: id, ...props.labels };
    const named = { name: id, namespace: props.namespace, labels: this.labels };
    this.disk = new DataVolumeImport(this, 'Disk', { ...volume, ...named, overrides: diskOverrides });
    const guest = { cloudInit, cpu, memory, resources, firmware };
    this.vm = new BootableVM(this, 'Vm', { ...guest, ...named, bootDisk: this.disk, overrides: vmOverrides });
  }

  /** What clones of the template are made from: its snapshot if one is taken, else its disk. */
  public get source(): DataVolumeSource {
    return this.taken === undefined ? DataVolumeSource.claim(this.disk) : DataVolumeSource.snapshot(this.taken);
  }

  /**
   * Takes the snapshot that clones are made from.
   *
   * @param scope The chart of a later step: the VM has run and is stopped before it is applied.
   * @param id Id of the snapshot in that chart; its name is that of the template, unless the options name it.
   * @throws if Kubernetes does not accept an option.
   */
  public takeSnapshot(scope: Construct, id: string, options: TemplateSnapshotOptions = {}): DiskSnapshot {
    const faults = new Faults(`${this.node.path}.takeSnapshot`);
    if (checkPart(faults, 'options', options, SNAPSHOT_OPTIONS)) checkLabels(faults, 'labels', options.labels);
    faults.refuse();
    this.taken = new DiskSnapshot(scope, id, {
      snapshotClassName: this.snapshotClassName,
      name: this.node.id,
      namespace: this.disk.namespace,
      ...options,
      labels: { ...this.labels, ...options.labels },
      disk: this.disk,
    });
    return this.taken;
  }
}
