import * as path from 'node:path';
import { StorageCatalog } from '../constructs/storage/catalog';
import { fileBytes, RefusedInput } from '../review/manifests/bytes';
import { decode } from '../review/manifests/documents';

/** What a command line says of the storage. */
export interface StorageRequest {
  /**
   * File with what `kubectl get storageclass,… -o yaml` printed.
   *
   * @default - nothing is known but what the manifests say
   */
  readonly storage?: string;
  /**
   * `CLASS=BACKEND`: which classes share a backend.
   *
   * @default - not known
   */
  readonly backends?: readonly string[];
}

/** Reads what is known of the storage: the text of the file, and the catalog that it makes; undefined if no file is named. */
export function storageOf(
  { storage, backends = [] }: StorageRequest,
  cwd: string,
  maxBytes: number | undefined,
): { readonly text: string; readonly catalog: StorageCatalog } | undefined {
  if (storage === undefined) {
    if (backends.length === 0) return undefined;
    throw new Error(`'--backend' must stand beside '--storage', got ${JSON.stringify(backends[0])} alone`);
  }
  const text = textOf(storage, cwd, maxBytes);
  const known = named('--storage', () => StorageCatalog.fromKubectl(text));
  return { text, catalog: backends.reduce(withBackend, known) };
}

function textOf(file: string, cwd: string, maxBytes: number | undefined): string {
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
  return text;
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
