import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { Json } from '../../rule';
import { isObject, objectAt, objectsAt, textAt } from '../json';
import { textsAt } from './kustomization';
import { eachObject } from './transform';
import type { Tree } from './tree';

/** Which objects a patch changes. */
export interface Patch {
  readonly deletes: boolean;
  touches(part: Parameters<typeof eachObject>[0]): boolean;
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
    return [patch((object) => isSelected(object, target), deletes)];
  }
  if (documents === undefined) return [patch(() => true, false)];
  return documents.filter(isObject).map((document) => {
    const selector = { kind: textAt(document, 'kind'), name: textAt(document, 'metadata', 'name') };
    return patch((object) => isNamed(object, selector), document.$patch === 'delete');
  });
}

function patch(selects: (object: Json) => boolean, deletes: boolean): Patch {
  return {
    deletes,
    touches: (part) => {
      let isTouched = false;
      eachObject(part, (object) => {
        isTouched ||= selects(object);
        return object;
      });
      return isTouched;
    },
  };
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
