import { Inventory, inventory } from '../review/inventory';
import type { InputFault } from '../review/manifests/input';
import type { SharedOptions } from '../review/settings/options-file';
import { ReadingOptions, ReadingWorld, readPaths } from './reading';
import { storageOf } from './storage';

/** What an inventory is made of. */
export interface InventoryRequest extends ReadingOptions {
  /** Files, folders, `-`. */
  readonly paths: readonly string[];
  /** What the cluster is: its releases, gates and storage. */
  readonly options?: ClusterOptions;
}

/** The options of a review that an inventory has, too. */
export type ClusterOptions = Pick<
  SharedOptions,
  'kubevirt' | 'cdi' | 'featureGates' | 'configuration' | 'storage' | 'backends'
>;

/** An inventory, and what could not be read. */
export interface Inventoried {
  readonly inventory: Inventory;
  readonly faults: readonly InputFault[];
  /** How many documents were read. */
  readonly documents: number;
}

/** Counts what stands in files, folders and standard input. */
export async function inventoryPaths(request: InventoryRequest, world: ReadingWorld): Promise<Inventoried> {
  const { paths, options = {}, maxBytes } = request;
  const { storage, backends, kubevirt, cdi, featureGates, configuration } = options;
  const catalog = storageOf({ storage, backends }, world.cwd, maxBytes)?.catalog;
  const {
    input: { manifests, faults },
  } = await readPaths(paths, world, request);
  return {
    inventory: inventory(manifests, { catalog, kubevirt, cdi, featureGates, configuration }),
    faults,
    documents: manifests.length,
  };
}
