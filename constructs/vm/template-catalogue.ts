import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { objectNamespace, ObjectProps } from '../shared/api-object';
import { checkLabel } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { DataVolumeOptions } from '../storage/data-volume';
import { DataVolumeImport } from '../storage/data-volume-import';
import { DataVolumeSource } from '../storage/data-volume-source';
import { DiskSnapshot } from '../storage/snapshot';
import { BootableVM } from './bootable-vm';
import { GuestCpu, VmResources } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { Firmware } from './firmware';

/** A namespace of templates. */
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
   * @default - nothing
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
}

/** Where the snapshot of a template is made. */
export interface TemplateSnapshotOptions extends ObjectProps {
  /**
   * VolumeSnapshotClass.
   *
   * @default - that of the catalogue
   */
  readonly snapshotClassName?: string;
}

/**
 * A catalogue of boot disks: each a disk, the VM of the same name that customises it at its first
 * start and is then stopped, and a snapshot of the outcome, which the VMs made from it clone.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/clone-from-volumesnapshot-source.md
 */
export class TemplateCatalogue extends Construct {
  /** Namespace of the templates, as far as the manifest says. */
  public readonly namespace?: string;

  private readonly snapshotClassName?: string;
  private readonly added: DiskTemplate[] = [];

  public constructor(scope: Construct, id: string, props: TemplateCatalogueProps = {}) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    if (props.namespace !== undefined) checkLabel(faults, 'namespace', props.namespace);
    faults.refuse();
    this.namespace = objectNamespace(scope, props);
    this.snapshotClassName = props.snapshotClassName;
  }

  /** The templates, in the order in which they were added. */
  public get templates(): DiskTemplate[] {
    return [...this.added];
  }

  /**
   * Adds a template.
   *
   * @param name Name of its disk, its VM and its snapshot.
   */
  public addTemplate(name: string, options: TemplateOptions): DiskTemplate {
    const template = new DiskTemplate(this, name, { ...options, ...this.place() });
    this.added.push(template);
    return template;
  }

  private place(): TemplateCatalogueProps {
    return { namespace: this.namespace, snapshotClassName: this.snapshotClassName };
  }
}

/** A template and the catalogue's settings for it. */
export interface DiskTemplateProps extends TemplateOptions, TemplateCatalogueProps {}

/** One template of a catalogue; its name is the construct's id. */
export class DiskTemplate extends Construct {
  /** The disk. */
  public readonly disk: DataVolumeImport;

  /** The VM that customises the disk; it is stopped before the snapshot. */
  public readonly vm: BootableVM;

  private readonly labels: { readonly [key: string]: string };
  private readonly snapshotClassName?: string;
  private taken?: DiskSnapshot;

  public constructor(scope: Construct, id: string, props: DiskTemplateProps) {
    super(scope, id);
    const { cloudInit, cpu, memory, resources, firmware, snapshotClassName, ...volume } = props;
    this.snapshotClassName = snapshotClassName;
    this.labels = { 'kubevirt.io/template': 'true', template: id, ...props.labels };
    const named = { name: id, namespace: props.namespace, labels: this.labels };
    this.disk = new DataVolumeImport(this, 'Disk', { ...volume, ...named });
    const guest = { cloudInit, cpu, memory, resources, firmware };
    this.vm = new BootableVM(this, 'Vm', { ...guest, ...named, bootDisk: this.disk });
  }

  /** What clones of the template are made from: its snapshot if one is taken, else its disk. */
  public get source(): DataVolumeSource {
    return this.taken === undefined ? DataVolumeSource.claim(this.disk) : DataVolumeSource.snapshot(this.taken);
  }

  /**
   * Takes the snapshot that clones are made from.
   *
   * @param scope The chart of a later step: the VM has run and is stopped before it is applied.
   */
  public takeSnapshot(scope: Construct, id: string, options: TemplateSnapshotOptions = {}): DiskSnapshot {
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
