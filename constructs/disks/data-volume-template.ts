import { Size } from 'cdk8s';
import { IConstruct } from 'constructs';
import { checkAnnotations, checkLabels, checkName, requireObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { AccessMode, ClaimApi, VolumeMode } from '../storage/claim-modes';
import { annotated } from '../storage/clone/annotations';
import { CloneOutcome } from '../storage/clone/outcome';
import { IDisk } from '../storage/disk';
import {
  checkDataVolume,
  DATA_VOLUME_OPTIONS,
  dataVolumeAnnotations,
  DataVolumeOptions,
  likeSource,
  renderDataVolumeSpec,
  settledClaim,
} from './data-volume';
import { DataVolumeSource } from './data-volume-source';
import { DataVolumeSourceKind } from './data-volume-source-kind';
import { predict } from './disk-clone';

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

const OPTIONS: KnownKeys<DataVolumeTemplateOptions> = {
  ...DATA_VOLUME_OPTIONS,
  labels: true,
  annotations: true,
};

/** The VM that makes the disk of a template. */
export interface TemplateOwner {
  readonly app: IConstruct;
  readonly namespace?: string;
  readonly name: string;
}

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
   * @throws if CDI does not accept an option, or with a catalog a clone would never finish; all faults in one error.
   */
  public static of(name: string, options: DataVolumeTemplateOptions): DataVolumeTemplate {
    const asked = likeSource(options);
    const faults = new Faults(typeof name === 'string' ? `DataVolumeTemplate.of ${name}` : 'DataVolumeTemplate.of');
    checkName(faults, 'name', name);
    requireObject(faults, 'options', options);
    checkKeys(faults, 'options', options, OPTIONS);
    checkLabels(faults, 'labels', options.labels);
    checkAnnotations(faults, 'annotations', options.annotations);
    checkDataVolume(faults, asked);
    checkOfTemplate(faults, asked);
    faults.refuse();
    const claim = { claimName: name, ...settledClaim(asked) };
    const basis = { catalog: options.catalog, annotations: annotated(options.annotations) };
    const outcome = predict(faults, claim, asked, basis);
    faults.refuse();
    return new DataVolumeTemplate(
      name,
      { ...asked, accessModes: claim.accessModes && [...claim.accessModes] },
      outcome,
    );
  }

  public readonly size?: Size;
  public readonly volumeMode?: VolumeMode;
  public readonly storageClassName?: string;
  public readonly claimApi?: ClaimApi;
  private readonly modes?: readonly AccessMode[];
  private readonly owners: TemplateOwner[] = [];

  private constructor(
    public readonly claimName: string,
    private readonly options: DataVolumeTemplateOptions,
    /** What a clone will do; without a catalog it is not predicted. */
    public readonly outcome?: CloneOutcome,
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
   * Notes why a VM cannot have it. A VM whose template has the name of a DataVolume or claim that is there already uses that
   * one (KubeVirt v1.6.2: pkg/virt-controller/watch/vm/vm.go, handleDataVolumes): two VMs would write to one disk, which dies
   * with the first of them, and a clone of itself would be the source. A later step may hold the same VM again.
   *
   * @param property What brought the template.
   * @internal
   */
  public _check(faults: Faults, property: string, { app, namespace, name }: TemplateOwner): void {
    this.options.source._checkCredentials(faults, namespace);
    this.options.source._checkSelf(faults, this.claimName, namespace);
    const owner = this.ownerBeside(app, namespace);
    if (owner === undefined || owner.name === name) return;
    const must = `be a template of this VM only; '${owner.name}' makes it already`;
    faults.add(property, must, this.claimName, 'call DataVolumeTemplate.of for each VM');
  }

  /**
   * Whether it is filled from an object whose labels may name an instance type.
   *
   * @internal
   */
  public get _hasLabelledSource(): boolean {
    const { source } = this.options;
    return source.kind === DataVolumeSourceKind.CLAIM || source.kind === DataVolumeSourceKind.DATA_SOURCE;
  }

  /**
   * Keeps in mind that the VM makes it.
   *
   * @internal
   */
  public _own(owner: TemplateOwner): void {
    if (this.ownerBeside(owner.app, owner.namespace) === undefined) this.owners.push(owner);
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

  private ownerBeside(app: IConstruct, namespace: string | undefined): TemplateOwner | undefined {
    return this.owners.find((owner) => owner.app === app && owner.namespace === namespace);
  }
}

/** Notes what the schema of a VM's template does not have: crds/kubevirt/v1.9.0. */
function checkOfTemplate(faults: Faults, { source, serviceAccountName }: DataVolumeOptions): void {
  const remedy = 'use a DataVolumeImport';
  if (serviceAccountName !== undefined) {
    faults.add('serviceAccountName', 'be left out of a template', serviceAccountName, remedy);
  }
  const option = source instanceof DataVolumeSource ? source._notOfTemplate : undefined;
  if (option !== undefined) faults.note(`'source' must be without '${option}' in a template; ${remedy}`);
}
