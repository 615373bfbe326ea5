import { Faults, kindOf } from '../shared/refusal';
import { StorageCatalog } from '../storage/catalog';
import { CloneAnnotations } from '../storage/clone/annotations';
import { CloneOutcome } from '../storage/clone/outcome';
import { IDisk } from '../storage/disk';
import { DataVolumeOptions } from './data-volume';
import { DataVolumeSource, DataVolumeSourceKind } from './data-volume-source';

/** Notes what is no catalog. */
export function checkCatalog(faults: Faults, catalog: unknown): void {
  if (catalog === undefined || catalog instanceof StorageCatalog) return;
  faults.note(`'catalog' must be a StorageCatalog, got ${kindOf(catalog)}; write StorageCatalog.of(…)`);
}

/** What decides a clone beside its claim. */
export interface PredictionBasis {
  readonly catalog?: StorageCatalog;
  readonly annotations: CloneAnnotations;
}

/**
 * What a DataVolume will do that is a clone; notes one that would never finish.
 *
 * @returns nothing without a catalog, or where nothing is known of the disk that is cloned.
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
