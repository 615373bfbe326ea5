import { Construct } from 'constructs';
import { isObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { Faults, kindOf } from '../shared/refusal';
import { ClaimedDisk } from './claim';
import { AccessMode, ClaimApi, VolumeMode } from './claim-modes';
import { annotated } from './clone-annotations';
import { CloneOutcome } from './clone-outcome';
import { DATA_VOLUME_PROPS, DataVolumeImportProps, dataVolumeShape } from './data-volume';
import { addDataVolume } from './data-volume-import';
import { DataVolumeSource, DataVolumeSourceKind } from './data-volume-source';
import { IDisk } from './disk';
import { StorageCatalog } from './storage-catalog';

/** A clone of a disk. What is left out is as the source has it, where that is known. */
export interface DiskCloneProps extends DataVolumeImportProps {
  /** What is cloned: `DataVolumeSource.claim(disk)` or `DataVolumeSource.snapshot(snapshot)`. */
  readonly source: DataVolumeSource;

  /**
   * Access modes.
   *
   * @default - those of the source; not known, as `DataVolumeImport`
   */
  readonly accessModes?: AccessMode[];

  /**
   * Volume mode.
   *
   * @default - that of the source; not known, as `DataVolumeImport`
   */
  readonly volumeMode?: VolumeMode;

  /**
   * Storage class.
   *
   * @default - that of the source; not known, the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * Whether the claim is written exactly (`spec.pvc`) or left to the StorageProfile (`spec.storage`).
   *
   * @default - that of the source; not known, ClaimApi.PVC
   */
  readonly claimApi?: ClaimApi;

  /**
   * What the cluster's storage can do. With it a clone that would never finish is refused.
   *
   * @default - the outcome is not predicted
   */
  readonly catalog?: StorageCatalog;
}

const PROPS: KnownKeys<DiskCloneProps> = { ...DATA_VOLUME_PROPS, catalog: true };

/**
 * A disk that is a clone of another disk or of a snapshot.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/clone-datavolume.md
 */
export class DiskClone extends ClaimedDisk {
  /** What the clone will do; without a catalog it is not predicted. */
  public readonly outcome?: CloneOutcome;

  /**
   * Namespace of the source, where that is another one: whoever applies the clone needs `create` on
   * `datavolumes/source` there, which `CloneSourceAccess` gives.
   */
  public readonly sourceNamespace?: string;

  /**
   * A clone of a disk or of a snapshot.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the DataVolume and of its claim, unless `name` says otherwise.
   * @param props What is cloned; the rest is as the source has it, where that is known.
   * @throws if the clone is smaller than its source or, with a catalog, would never finish.
   */
  public constructor(scope: Construct, id: string, props: DiskCloneProps) {
    const asked = likeSource(props);
    super(scope, id, (faults) => cloneShape(faults, scope, id, asked));
    this.outcome = predict(this, asked);
    this.sourceNamespace = otherNamespace(asked.source, this.namespace);
    refuseHopeless(this, this.outcome);
    addDataVolume(this, asked);
  }
}

function likeSource(props: DiskCloneProps): DiskCloneProps {
  if (!isObject(props)) return props;
  const disk = props.source instanceof DataVolumeSource ? props.source.disk : undefined;
  const claimApi = given(props.claimApi, disk?.claimApi);
  const isLeft = claimApi === ClaimApi.STORAGE && disk?.claimApi !== ClaimApi.STORAGE;
  const left = isLeft ? undefined : disk;
  const modes = claimApi === ClaimApi.STORAGE ? left?.accessModes : oneOf(left?.accessModes);
  return {
    ...props,
    claimApi,
    accessModes: given(props.accessModes, modes),
    volumeMode: given(props.volumeMode, left?.volumeMode),
    storageClassName: given(props.storageClassName, disk?.storageClassName),
  };
}

/** `spec.pvc` takes one mode: of several, the one that live migration needs. */
function oneOf(modes: readonly AccessMode[] | undefined): AccessMode[] | undefined {
  const first = modes?.includes(AccessMode.READ_WRITE_MANY) ? AccessMode.READ_WRITE_MANY : modes?.[0];
  return first && [first];
}

/** A `null` of JavaScript is something that was given, and wrong. */
function given<T>(asked: T | undefined, known: T | undefined): T | undefined {
  return asked === undefined ? known : asked;
}

function cloneShape(faults: Faults, scope: Construct, id: string, props: DiskCloneProps): IDisk {
  const shape = dataVolumeShape(faults, scope, id, props);
  checkKeys(faults, 'props', props, PROPS);
  if (props.source instanceof DataVolumeSource && !props.source.isClone) {
    const remedy = 'write DataVolumeSource.claim(disk) or DataVolumeSource.snapshot(snapshot)';
    faults.add('source', 'be a claim or a snapshot', props.source.kind, remedy);
  }
  if (props.catalog !== undefined && !(props.catalog instanceof StorageCatalog)) {
    faults.note(`'catalog' must be a StorageCatalog, got ${kindOf(props.catalog)}; write StorageCatalog.of(…)`);
  }
  return shape;
}

function predict(clone: IDisk, props: DiskCloneProps): CloneOutcome | undefined {
  const { catalog, source, claimApi, contentType, annotations } = props;
  if (catalog === undefined || source.disk === undefined) return undefined;
  const fromSnapshot = source.kind === DataVolumeSourceKind.SNAPSHOT;
  const request = { source: source.disk, fromSnapshot, target: clone, claimApi, contentType };
  return catalog.predictClone({ ...request, ...annotated(annotations) });
}

function otherNamespace(source: DataVolumeSource, namespace: string | undefined): string | undefined {
  const rendered = Object.values(source._render(namespace))[0] as { readonly namespace?: string } | undefined;
  return rendered?.namespace === namespace ? undefined : rendered?.namespace;
}

function refuseHopeless(clone: ClaimedDisk, outcome: CloneOutcome | undefined): void {
  if (outcome === undefined || outcome.finishes) return;
  const faults = new Faults(clone.node.path);
  faults.note(`the clone never finishes: ${outcome.reason}; ${outcome.remedy}`);
  faults.refuse();
}
