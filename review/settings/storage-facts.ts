import { StorageCatalog } from '../../constructs/storage/catalog';
import type { StorageFacts } from '../../constructs/storage/facts';
import { KUBECTL_COMMAND } from '../../constructs/storage/from-kubectl';
import { STORAGE_KINDS, withObject } from '../../constructs/storage/from-manifests';
import { textAt } from '../manifests/json';
import { objectsOf } from '../manifests/objects';
import { manifestList } from '../manifests/program-input';

/**
 * The facts of the storage that a review is told; undefined if it is told none.
 *
 * @throws if the text is not YAML, nothing of it is a StorageClass, or a backend is not `CLASS=BACKEND`.
 */
export function storageFacts(
  storage: Iterable<unknown> | undefined,
  backends: readonly string[] = [],
): StorageFacts | undefined {
  if (storage === undefined) {
    if (backends.length === 0) return undefined;
    throw new Error(`[review] 'backends' must stand beside 'storage', got ${JSON.stringify(backends[0])} alone`);
  }
  const catalog = typeof storage === 'string' ? StorageCatalog.fromKubectl(storage) : ofObjects(storage);
  return backends.reduce(withBackend, catalog)._facts;
}

function ofObjects(objects: Iterable<unknown>): StorageCatalog {
  const all = manifestList(objects).flatMap((manifest) => objectsOf(manifest).objects.map(({ object }) => object));
  const inOrder = STORAGE_KINDS.flatMap((kind) => all.filter((object) => textAt(object, 'kind') === kind));
  const facts = inOrder.reduce<StorageFacts>(withObject, { storageClasses: [] });
  if (facts.storageClasses.length > 0) return StorageCatalog.of(facts);
  throw new Error(`[review] 'storage' must hold a StorageClass, got none; run ${KUBECTL_COMMAND}`);
}

/** Adds `CLASS=BACKEND` to a catalog. */
function withBackend(catalog: StorageCatalog, given: string): StorageCatalog {
  const [, storageClass = '', backend = ''] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
  if (backend === '') throw new Error(`[review] 'backends' must hold CLASS=BACKEND, got ${JSON.stringify(given)}`);
  return catalog.withBackend(storageClass, backend);
}
