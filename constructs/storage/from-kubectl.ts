import { isObject } from '../shared/checks';
import { Faults, kindOf } from '../shared/refusal';
import { yamlReason } from '../shared/wording';
import { yamlParser } from '../shared/yaml-parser';
import { StorageFacts } from './facts';
import { STORAGE_KINDS, withObject } from './from-manifests';

/** What prints the storage of a cluster. */
export const KUBECTL_COMMAND =
  'kubectl get storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver,persistentvolume -o yaml';

/**
 * Reads what `kubectl get storageclass,… -o yaml` (or `-o json`) printed: one List, or several documents.
 *
 * @throws if the text is not YAML, or holds no StorageClass; all faults in one error.
 */
export function readKubectl(text: unknown): StorageFacts {
  const faults = new Faults('StorageCatalog.fromKubectl');
  if (typeof text !== 'string') {
    const remedy = Buffer.isBuffer(text) ? "write text.toString('utf8')" : 'read the file first';
    faults.note(`'text' must be text, got ${kindOf(text)}; ${remedy}`);
  } else if (isPath(text)) {
    const remedy = `write StorageCatalog.fromKubectl(readFileSync('${text.replace(/[\\']/g, '\\$&')}', 'utf8'))`;
    faults.note(`'text' must be what kubectl printed, got the path ${JSON.stringify(text)}; ${remedy}`);
  }
  faults.refuse();
  const objects = objectsOf(faults, text as string);
  objects.forEach((object, index) => checkObject(faults, object, index));
  faults.refuse();
  if (!objects.some(({ kind }) => kind === 'StorageClass')) {
    const kinds = [...new Set(objects.map(({ kind }) => String(kind)))].join(', ') || 'nothing';
    faults.note(`'text' must hold a StorageClass, got ${kinds}; run ${KUBECTL_COMMAND}`);
  }
  faults.refuse();
  const inOrder = STORAGE_KINDS.flatMap((kind) => objects.filter((object) => object.kind === kind));
  return inOrder.reduce<StorageFacts>(withObject, { storageClasses: [] });
}

/** One line that is neither a field of YAML nor an object of JSON, and ends as a file does or has folders. */
function isPath(text: string): boolean {
  return /^(?:[A-Za-z]:[\\/])?[^\n:{[]+$/.test(text) && /\.(ya?ml|json|txt)$|[\\/]/i.test(text);
}

function objectsOf(faults: Faults, text: string): Record<string, unknown>[] {
  return documentsOf(faults, text).flatMap((value, index) => {
    if (value === null || value === undefined) return [];
    const items = isObject(value) && Array.isArray(value.items) ? (value.items as unknown[]) : [value];
    if (items.every(isObject)) return items;
    const wrong = items.find((item) => !isObject(item));
    faults.note(`document ${index + 1} must be a Kubernetes object, got ${kindOf(wrong)}; run ${KUBECTL_COMMAND}`);
    return [];
  });
}

function documentsOf(faults: Faults, text: string): unknown[] {
  const { loadAll, YAMLException } = yamlParser();
  try {
    return loadAll(text);
  } catch (error) {
    const { reason, mark } = error instanceof YAMLException ? error : { reason: 'other text', mark: undefined };
    faults.note(
      `'text' must be YAML, got ${yamlReason(reason)}${mark === undefined ? '' : ` in line ${mark.line + 1}`}`,
    );
    faults.refuse();
    return [];
  }
}

function checkObject(faults: Faults, { kind, metadata }: Record<string, unknown>, index: number): void {
  const at = `objects[${index}]`;
  if (typeof kind !== 'string' || kind === '') faults.add(`${at}.kind`, 'be text', kind);
  else if ((STORAGE_KINDS as readonly string[]).includes(kind) && !isObject(metadata)) {
    faults.note(`'${at}.metadata' must be an object, got ${kindOf(metadata)}`);
  } else if ((STORAGE_KINDS as readonly string[]).includes(kind)) {
    const { name } = metadata as { name?: unknown };
    if (typeof name !== 'string' || name === '') faults.add(`${at}.metadata.name`, 'be text', name);
  }
}
