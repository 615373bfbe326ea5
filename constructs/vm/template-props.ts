import { Size } from 'cdk8s';
import { DataVolumeOptions } from '../disks/data-volume';
import { ObjectProps } from '../shared/api-object';
import { KnownKeys } from '../shared/known-keys';
import { GuestCpu, VmResources } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { Firmware } from './firmware';

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

  /**
   * The escape hatch of the disk's DataVolume; see `overrides` of every construct.
   *
   * @default - nothing is changed
   */
  readonly diskOverrides?: { readonly [field: string]: unknown };

  /**
   * The escape hatch of the VirtualMachine; see `overrides` of every construct.
   *
   * @default - nothing is changed
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
  source: true,
  size: true,
  accessModes: true,
  volumeMode: true,
  storageClassName: true,
  contentType: true,
  claimApi: true,
  bindImmediately: true,
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
