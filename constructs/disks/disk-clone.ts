import { Construct } from 'constructs';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { StorageCatalog } from '../storage/catalog';
import { annotated, CloneAnnotations } from '../storage/clone/annotations';
import { CloneOutcome } from '../storage/clone/outcome';
import { IDisk } from '../storage/disk';
import { ClaimedDisk, settled } from './claimed-disk';
import {
  DATA_VOLUME_PROPS,
  DataVolumeImportProps,
  DataVolumeOptions,
  dataVolumeShape,
  likeSource,
} from './data-volume';
import { addDataVolume, kept } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { DataVolumeSourceKind } from './data-volume-source-kind';

/** A clone of a disk: `source` is `DataVolumeSource.claim(disk)` or `DataVolumeSource.snapshot(snapshot)`. */
export interface DiskCloneProps extends DataVolumeImportProps {
  /**
   * What the cluster's storage can do. With it a clone that would never finish is refused.
   *
   * @default - the outcome is not predicted
   */
  readonly catalog?: StorageCatalog;
}

const PROPS: KnownKeys<DiskCloneProps> = DATA_VOLUME_PROPS;

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
    const { claim, outcome } = settled(scope, id, (faults) => settleClone(faults, scope, id, asked));
    super(scope, id, claim, kept(asked), asked.overrides !== undefined);
    this.outcome = outcome;
    this.sourceNamespace = otherNamespace(asked.source, this.namespace);
    addDataVolume(this, asked);
  }
}

interface SettledClone {
  readonly claim: IDisk;
  readonly outcome?: CloneOutcome;
}

function settleClone(faults: Faults, scope: Construct, id: string, props: DiskCloneProps): SettledClone {
  const claim = dataVolumeShape(faults, scope, id, props);
  checkKeys(faults, 'props', props, PROPS);
  const { source, catalog, annotations } = props;
  if (source instanceof DataVolumeSource && !source.isClone) {
    const remedy =
      'write DataVolumeSource.claim(disk) or DataVolumeSource.snapshot(snapshot), or make a DataVolumeImport of it';
    faults.add('source', 'be a claim or a snapshot', source.kind, remedy);
  }
  faults.refuse();
  return { claim, outcome: predict(faults, claim, props, { catalog, annotations: annotated(annotations) }) };
}

function otherNamespace(source: DataVolumeSource, namespace: string | undefined): string | undefined {
  const rendered = Object.values(source._render(namespace))[0] as { readonly namespace?: string } | undefined;
  return rendered?.namespace === namespace ? undefined : rendered?.namespace;
}

/** What decides a clone, apart from its claim. */
export interface PredictionBasis {
  readonly catalog?: StorageCatalog;
  readonly annotations: CloneAnnotations;
}

/**
 * What a DataVolume that is a clone will do; notes a clone that would never finish.
 *
 * @returns undefined without a catalog, or where the disk that is cloned is not known.
 */
export function predict(
  faults: Faults,
  target: IDisk,
  { source, claimApi, contentType }: DataVolumeOptions,
  { catalog, annotations }: PredictionBasis,
): CloneOutcome | undefined {
  if (!(catalog instanceof StorageCatalog) || !(source instanceof DataVolumeSource)) return undefined;
  if (source.disk === undefined) return undefined;
  const fromSnapshot = source.kind === DataVolumeSourceKind.SNAPSHOT;
  const request = { source: source.disk, fromSnapshot, target, claimApi, contentType };
  const outcome = catalog.predictClone({ ...request, ...annotations });
  if (!outcome.finishes) faults.note(`the clone never finishes: ${outcome.reason}; ${outcome.remedy}`);
  return outcome;
}
