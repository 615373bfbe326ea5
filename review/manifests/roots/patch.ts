import * as path from 'node:path';
import { Severity } from '../../finding';
import { Json } from '../../rule';
import { isObject, objectAt, objectsAt, textAt, withAt, without } from '../json';
import { ReviewedManifest } from '../manifest';
import { parseText } from '../parser';
import { textsAt } from './kustomization';
import { eachObject } from './transform';
import type { Tree } from './tree';

/** Which objects a patch changes. */
export interface Patch {
  readonly deletes: boolean;
  /** The fields that it writes to a document, lists by `*`: `spec.template.spec.volumes.*.name`; none if it is that document. */
  fieldsOn(document: unknown): readonly string[];
  touches(part: Parameters<typeof eachObject>[0]): boolean;
  /** The object with the name that it writes, if it writes one. */
  renamed(object: Json): Json;
}

/** The patches that a Kustomization, or an engine in its place, lists. */
export function patchesOf(holder: Json, folder: string, tree: Tree): Patch[] {
  const strategic = textsAt(holder, 'patchesStrategicMerge').flatMap((entry) =>
    patches(undefined, entry.includes('\n') ? parsed(entry) : documentsOf(entry, folder, tree)),
  );
  const targeted = ['patches', 'patchesJson6902'].flatMap((list) =>
    objectsAt(holder, list).flatMap((entry) => {
      const [text, file] = [textAt(entry, 'patch'), textAt(entry, 'path')];
      return patches(objectAt(entry, 'target'), file === '' ? parsed(text) : documentsOf(file, folder, tree));
    }),
  );
  return [...strategic, ...targeted];
}

function documentsOf(file: string, folder: string, tree: Tree): unknown[] | undefined {
  return tree.file(path.resolve(folder, file))?.map(({ object }) => object);
}

/** The documents of a text, which has the same limits as a file: aliases may explode, or stand within their own anchors. */
function parsed(text: string): unknown[] | undefined {
  const { manifests, faults } = parseText('', text);
  if (faults.some(({ severity }) => severity === Severity.ERROR)) return undefined;
  return manifests.map(({ object }) => object);
}

/** A patch that cannot be read may change anything; one without a target names the object itself. */
function patches(target: Json | undefined, documents: readonly unknown[] | undefined): Patch[] {
  if (target !== undefined) {
    const deletes = documents?.some((document) => isObject(document) && document.$patch === 'delete') === true;
    return [patch((object) => isSelected(object, target), deletes, documents ?? [])];
  }
  if (documents === undefined) return [patch(() => true, false, [])];
  return documents.filter(isObject).map((document) => {
    const selector = { kind: textAt(document, 'kind'), name: textAt(document, 'metadata', 'name') };
    return patch((object) => isNamed(object, selector), document.$patch === 'delete', [document]);
  });
}

function patch(selects: (object: Json) => boolean, deletes: boolean, documents: readonly unknown[]): Patch {
  const fields = fieldsOf(documents);
  const name = documents.map(nameWritten).find((one) => one !== undefined);
  return {
    deletes,
    renamed: (object) => (name !== undefined && selects(object) ? withAt(object, ['metadata', 'name'], name) : object),
    fieldsOn: (document) => (documents.includes(document) ? [] : fields),
    // By the name that it has, or had: kustomize, api/resmap/reswrangler.go, Select.
    touches: ({ manifest, object }) => [object, manifest.object].some((one) => holds(manifest, one, selects)),
  };
}

function holds(manifest: ReviewedManifest, object: unknown, selects: (object: Json) => boolean): boolean {
  let isFound = false;
  eachObject({ manifest, object }, (one) => {
    isFound ||= selects(one);
    return one;
  });
  return isFound;
}

/** No patch that somebody writes names more fields. */
const MOST_FIELDS = 10_000;

/** The fields that documents of patches name, each once, without what names the object; none if they are too many. */
function fieldsOf(documents: readonly unknown[]): readonly string[] {
  const fields = new Set<string>();
  for (const document of documents) {
    for (const field of Array.isArray(document) ? operationFields(document) : statedFields(document)) {
      fields.add(field);
      if (fields.size > MOST_FIELDS) return [];
    }
  }
  fields.delete('metadata.name');
  return [...fields];
}

/** What the operations of a JSON patch name. */
function* operationFields(operations: readonly unknown[]): Generator<string> {
  for (const operation of operations) {
    for (const pointer of [textAt(operation, 'path'), textAt(operation, 'from')]) {
      if (pointer !== '') yield fieldOf(pointer);
    }
  }
}

const NAME = '/metadata/name';

function nameWritten(document: unknown): string | undefined {
  if (!Array.isArray(document)) return undefined;
  const operation: unknown = document.find(
    (one) => textAt(one, 'path') === NAME && ['add', 'replace'].includes(textAt(one, 'op')),
  );
  return textAt(operation, 'value') || undefined;
}

/** A pointer as findings name fields, lists by `*`: https://www.rfc-editor.org/rfc/rfc6901 */
function fieldOf(pointer: string): string {
  const keys = pointer.split('/').slice(1);
  return keys.map((key) => (/^(\d+|-)$/.test(key) ? '*' : key.replaceAll('~1', '/').replaceAll('~0', '~'))).join('.');
}

/** The ends of what a merged patch states. */
function* statedFields(document: unknown): Generator<string> {
  if (!isObject(document)) return;
  for (const [key, below] of Object.entries(without(document, 'apiVersion', 'kind'))) yield* endsOf(below, key);
}

function* endsOf(value: unknown, way: string): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* endsOf(item, `${way}.*`);
  else if (!isObject(value) || Object.keys(value).length === 0) yield way;
  else for (const [key, below] of Object.entries(value)) yield* endsOf(below, `${way}.${key}`);
}

function isNamed(object: Json, { kind, name }: { readonly kind: string; readonly name: string }): boolean {
  return textAt(object, 'kind') === kind && textAt(object, 'metadata', 'name') === name;
}

/** A selector holds regular expressions for whole words: kustomize, api/types/selector.go. Labels are not looked at. */
function isSelected(object: Json, target: Json): boolean {
  return (
    matches(textAt(target, 'kind'), textAt(object, 'kind')) &&
    matches(textAt(target, 'name'), textAt(object, 'metadata', 'name'))
  );
}

function matches(pattern: string, word: string): boolean {
  if (pattern === '' || pattern === word) return true;
  // Kustomize's expressions take linear time. RegExp may take forever, so that what could is not tried, and may match.
  if (word.length > LONGEST_NAME || mayBacktrack(pattern)) return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test(word);
  } catch {
    return true;
  }
}

const LONGEST_NAME = 253;

/** Whether a group is repeated, an earlier group is named, or more than three parts may be of any length. */
function mayBacktrack(pattern: string): boolean {
  return /\)[*+{]|\\[1-9k]/.test(pattern) || (pattern.match(/[*+{]/g) ?? []).length > 3;
}
