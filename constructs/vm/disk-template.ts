import { Construct } from 'constructs';
import { DataVolumeImport } from '../disks/data-volume-import';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DiskSnapshot } from '../disks/snapshot';
import { checkLabels, requireObject } from '../shared/checks';
import { checkKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { BootableVM } from './bootable-vm';
import { checkPart } from './part-checks';
import {
  CATALOGUE_PROPS,
  DiskTemplateProps,
  SNAPSHOT_OPTIONS,
  TEMPLATE_OPTIONS,
  TemplateSnapshotOptions,
} from './template-props';

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
   * @throws if a prop is none that CDI or KubeVirt takes.
   */
  public constructor(scope: Construct, id: string, props: DiskTemplateProps) {
    super(scope, id);
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
   * @throws if an option is none that Kubernetes takes.
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
