import { Size } from 'cdk8s';
import { checkAnnotations, checkLabels, checkName, requireObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { AccessMode, ClaimApi, VolumeMode } from './claim-modes';
import {
  checkDataVolume,
  DATA_VOLUME_OPTIONS,
  dataVolumeAnnotations,
  DataVolumeOptions,
  renderDataVolumeSpec,
  settledClaim,
} from './data-volume';
import { IDisk } from './disk';

/** A disk that a VM makes for itself. */
export interface DataVolumeTemplateOptions extends DataVolumeOptions {
  /**
   * Labels of the DataVolume.
   *
   * @default - none
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Annotations of the DataVolume.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };
}

const OPTIONS: KnownKeys<DataVolumeTemplateOptions> = { ...DATA_VOLUME_OPTIONS, labels: true, annotations: true };

/**
 * A disk as one of a VM's `dataVolumeTemplates`: KubeVirt makes the DataVolume with the VM, and
 * it dies with the VM. A disk that outlives its VM is a `DataVolumeImport`.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#datavolume-vm-behavior
 */
export class DataVolumeTemplate implements IDisk {
  /**
   * A disk that KubeVirt makes with its VM.
   *
   * @param name Name of the DataVolume and its claim, unique in the VM's namespace.
   * @throws if an option is none that CDI takes; all faults in one error.
   */
  public static of(name: string, options: DataVolumeTemplateOptions): DataVolumeTemplate {
    const faults = new Faults(`DataVolumeTemplate.of ${name}`);
    checkName(faults, 'name', name);
    requireObject(faults, 'options', options);
    checkKeys(faults, 'options', options, OPTIONS);
    checkLabels(faults, 'labels', options.labels);
    checkAnnotations(faults, 'annotations', options.annotations);
    checkDataVolume(faults, options);
    faults.refuse();
    return new DataVolumeTemplate(name, { ...options, accessModes: options.accessModes && [...options.accessModes] });
  }

  public readonly size?: Size;
  public readonly volumeMode?: VolumeMode;
  public readonly storageClassName?: string;
  public readonly claimApi?: ClaimApi;
  private readonly modes?: readonly AccessMode[];

  private constructor(
    public readonly claimName: string,
    private readonly options: DataVolumeTemplateOptions,
  ) {
    const { size, accessModes, volumeMode, storageClassName, claimApi } = settledClaim(options);
    this.size = size;
    this.modes = accessModes && [...accessModes];
    this.volumeMode = volumeMode;
    this.storageClassName = storageClassName;
    this.claimApi = claimApi;
  }

  public get accessModes(): AccessMode[] | undefined {
    return this.modes === undefined ? undefined : [...this.modes];
  }

  /**
   * Notes what a VM of that namespace cannot have.
   *
   * @internal
   */
  public _check(faults: Faults, namespace: string | undefined): void {
    this.options.source._checkCredentials(faults, namespace);
  }

  /**
   * The entry in `spec.dataVolumeTemplates` of a VM of that namespace.
   *
   * @internal
   */
  public _render(namespace: string | undefined): Record<string, unknown> {
    const annotations = { ...dataVolumeAnnotations(this.options), ...this.options.annotations };
    return {
      metadata: {
        name: this.claimName,
        labels: this.options.labels,
        annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
      },
      spec: renderDataVolumeSpec(this.options, namespace),
    };
  }
}
