import * as fs from 'node:fs';
import * as path from 'node:path';
import { StorageCatalog } from '../constructs/storage/storage-catalog';
import { Inventory, inventory } from '../review/inventory';
import { readManifests, STDIN } from '../review/read';
import type { InputFault } from '../review/read';

/** What an inventory is made of. */
export interface InventoryRequest {
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

/** Where relative paths start, and what standard input holds. */
export interface InventoryWorld {
  readonly cwd: string;
  readonly stdin: () => Promise<Buffer>;
}

/** An inventory, and what could not be read. */
export interface Inventoried {
  readonly inventory: Inventory;
  readonly faults: readonly InputFault[];
}

/** Counts what stands in files, folders and standard input. */
export async function inventoryPaths(request: InventoryRequest, { cwd, stdin }: InventoryWorld): Promise<Inventoried> {
  const { paths, storage, backends = [] } = request;
  if (storage === undefined && backends.length > 0) {
    throw new Error(`'--backend' must stand beside '--storage', got ${JSON.stringify(backends[0])} alone`);
  }
  const text = storage === undefined ? undefined : fs.readFileSync(path.resolve(cwd, storage), 'utf8');
  const catalog = text === undefined ? undefined : backends.reduce(withBackend, StorageCatalog.fromKubectl(text));
  const piped = paths.includes(STDIN) ? await stdin() : Buffer.alloc(0);
  const { manifests, faults } = readManifests(paths, { cwd, stdin: () => piped });
  return { inventory: inventory(manifests, { catalog }), faults };
}

function withBackend(catalog: StorageCatalog, given: string): StorageCatalog {
  const [, storageClass = '', backend = ''] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
  if (backend === '') throw new Error(`'--backend' must be CLASS=BACKEND, got ${JSON.stringify(given)}`);
  return catalog.withBackend(storageClass, backend);
}
