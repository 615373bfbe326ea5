import * as path from 'node:path';
import { printable } from '../constructs/shared/printable';
import { StorageCatalog } from '../constructs/storage/catalog';
import { Inventory, inventory } from '../review/inventory';
import { fileBytes, RefusedInput } from '../review/manifests/bytes';
import { decode } from '../review/manifests/documents';
import type { InputFault } from '../review/manifests/input';
import { readManifests, STDIN } from '../review/manifests/reader';
import { collectEarly } from './memory';

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
  /**
   * The most bytes that one file or stream may have.
   *
   * @default 256 MiB
   */
  readonly maxBytes?: number;
}

/** Where relative paths start, and what standard input holds. */
export interface InventoryWorld {
  readonly cwd: string;
  readonly stdin: (maxBytes?: number) => Promise<Buffer>;
  /**
   * Writes a line on standard error.
   *
   * @default - the line is dropped
   */
  readonly complain?: (text: string) => void;
}

/** An inventory, and what could not be read. */
export interface Inventoried {
  readonly inventory: Inventory;
  readonly faults: readonly InputFault[];
  /** How many documents were read. */
  readonly documents: number;
}

/** Counts what stands in files, folders and standard input. */
export async function inventoryPaths(request: InventoryRequest, world: InventoryWorld): Promise<Inventoried> {
  const { cwd, stdin, complain } = world;
  const { paths, storage, backends = [], maxBytes } = request;
  if (storage === undefined && backends.length > 0) {
    throw new Error(`'--backend' must stand beside '--storage', got ${JSON.stringify(backends[0])} alone`);
  }
  const known = storage === undefined ? undefined : readStorage(storage, cwd, maxBytes);
  const catalog = known && backends.reduce(withBackend, known);
  const piped = paths.includes(STDIN) ? await stdin(maxBytes) : Buffer.alloc(0);
  const { manifests, faults } = readManifests(paths, {
    cwd,
    stdin: () => piped,
    maxBytes,
    onLarge: collectEarly,
    onCutOff: (line) => complain?.(`${printable(line)}\n`),
  });
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
