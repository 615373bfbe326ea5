import { Inventory, inventory } from '../review/inventory';
import type { InputFault } from '../review/manifests/input';
import { ReadingOptions, ReadingWorld, readPaths } from './reading';
import { storageOf } from './storage';

/** What an inventory is made of. */
export interface InventoryRequest extends ReadingOptions {
  /** Files, folders, `-`. */
  readonly paths: readonly string[];
  /**
   * File with what `kubectl get storageclass,… -o yaml` printed.
   *
   * @default - what the manifests themselves say of the storage
   */
  readonly storage?: string;
  /**
   * `CLASS=BACKEND`: which classes share a backend.
   *
   * @default - not known
   */
  readonly backends?: readonly string[];
}

/** An inventory, and what could not be read. */
export interface Inventoried {
  readonly inventory: Inventory;
  readonly faults: readonly InputFault[];
  /** How many documents were read. */
  readonly documents: number;
}

/** Counts what stands in files, folders and standard input. */
export async function inventoryPaths(request: InventoryRequest, world: ReadingWorld): Promise<Inventoried> {
  const { paths, storage, backends, maxBytes } = request;
  const catalog = storageOf({ storage, backends }, world.cwd, maxBytes)?.catalog;
  const {
    input: { manifests, faults },
  } = await readPaths(paths, world, request);
  return { inventory: inventory(manifests, { catalog }), faults, documents: manifests.length };
}
