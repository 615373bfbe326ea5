import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { Json } from '../../rule';
import { isObject, objectAt, objectsAt, textAt, withAt, without } from '../json';
import { ReviewedManifest } from '../manifest';
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

function parsed(text: string): unknown[] | undefined {
  try {
    return loadAll(text);
  } catch {
    return undefined;
  }
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
  const fields = documents.flatMap((document) =>
    Array.isArray(document) ? operationFields(document) : statedFields(document),
  );
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

/** What the operations of a JSON patch name, but the name of the object, which is written at once. */
function operationFields(operations: readonly unknown[]): string[] {
  return operations.flatMap((operation) =>
    [textAt(operation, 'path'), textAt(operation, 'from')]
      .filter((pointer) => pointer !== '' && pointer !== NAME)
      .map(fieldOf),
  );
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

/** The ends of what a merged patch states, without what names its object. */
function statedFields(document: unknown): string[] {
  return isObject(document)
    ? endsOf(without(document, 'apiVersion', 'kind'), []).filter((end) => end !== 'metadata.name')
    : [];
}

function endsOf(value: unknown, way: readonly string[]): string[] {
  if (way.length > DEEPEST) return [way.join('.')];
  if (Array.isArray(value)) return value.flatMap((item) => endsOf(item, [...way, '*']));
  if (!isObject(value) || Object.keys(value).length === 0) return [way.join('.')];
  return Object.entries(value).flatMap(([key, below]) => endsOf(below, [...way, key]));
}

/** No field of a schema stands deeper. */
const DEEPEST = 40;

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
