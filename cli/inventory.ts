import * as path from 'node:path';
import { StorageCatalog } from '../constructs/storage/catalog';
import { Inventory, inventory } from '../review/inventory';
import { fileBytes, RefusedInput } from '../review/manifests/bytes';
import { decode } from '../review/manifests/documents';
import type { InputFault } from '../review/manifests/input';
import { ReadingOptions, ReadingWorld, readPaths } from './reading';

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
  const { paths, storage, backends = [], maxBytes } = request;
  if (storage === undefined && backends.length > 0) {
    throw new Error(`'--backend' must stand beside '--storage', got ${JSON.stringify(backends[0])} alone`);
  }
  const known = storage === undefined ? undefined : readStorage(storage, world.cwd, maxBytes);
  const catalog = known && backends.reduce(withBackend, known);
  const {
    input: { manifests, faults },
  } = await readPaths(paths, world, request);
  return { inventory: inventory(manifests, { catalog }), faults, documents: manifests.length };
}

function readStorage(file: string, cwd: string, maxBytes: number | undefined): StorageCatalog {
  const must = (what: string, got: string): Error =>
    new Error(`'--storage' must ${what}, got ${JSON.stringify(file)}${got}`);
  let bytes: Buffer;
  try {
    bytes = fileBytes(path.resolve(cwd, file), { maxBytes, pipes: true });
  } catch (thrown) {
    if (thrown instanceof RefusedInput) throw new Error(`'--storage' ${thrown.message}: ${JSON.stringify(file)}`);
    throw must('be a file that can be read', `: ${(thrown as NodeJS.ErrnoException).code}`);
  }
  const text = decode(bytes);
  if (text === undefined) throw must('be text', ', which is not text');
  return named('--storage', () => StorageCatalog.fromKubectl(text));
}

function withBackend(catalog: StorageCatalog, given: string): StorageCatalog {
  const [, storageClass = '', backend = ''] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
  if (backend === '') throw new Error(`'--backend' must be CLASS=BACKEND, got ${JSON.stringify(given)}`);
  return named('--backend', () => catalog.withBackend(storageClass, backend));
}

/** Whoever types a command line knows its option, and no parameter of a function. */
function named<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw new Error((thrown as Error).message.replace(/^\[[^\]]*\] '[^']*'/, `'${option}'`));
  }
}
