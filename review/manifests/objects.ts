import { Json } from '../rule';
import { isObject } from './json';
import { generatedObjects, isKustomization } from './kustomize';
import { Reviewed, ReviewedManifest } from './manifest';

/** The objects of a manifest, and why parts of it are not objects. */
export interface ManifestObjects {
  readonly objects: readonly Reviewed[];
  readonly passedBy: readonly string[];
}

/** The objects of a manifest: a List stands for its items, kustomize's own file for the objects that it generates. */
export function objectsOf(manifest: ReviewedManifest): ManifestObjects {
  const { object, origin, reason, root, isChanged, touched } = manifest;
  if (reason !== undefined) return { objects: [], passedBy: [reason] };
  const place = root === undefined ? { origin } : { origin, root, isChanged, touched };
  if (isKustomization(object, origin.file)) {
    return { objects: generatedObjects(object).map((made) => ({ object: made, ...place })), passedBy: [] };
  }
  if (!isObject(object)) return { objects: [], passedBy: [`a manifest must be an object, got ${kindOf(object)}`] };
  if (isEmptyList(object)) return { objects: [], passedBy: ['a list of nothing'] };
  // A manifest of one object is taken as it is: a hundred thousand copies would take memory.
  if (!isList(object)) return { objects: [manifest as Reviewed], passedBy: [] };
  const items: readonly unknown[] = object.items;
  const nothing = items.filter((item) => !isObject(item));
  return {
    objects: items.filter(isObject).map((item) => ({ object: item, ...place })),
    passedBy: nothing.map((item) => `an item of a list must be an object, got ${kindOf(item)}`),
  };
}

function isList(object: Json): object is Json & { readonly items: readonly unknown[] } {
  return typeof object.kind === 'string' && object.kind.endsWith('List') && Array.isArray(object.items);
}

/** `kubectl get` answers `items: []`; kubectl takes null for that. */
function isEmptyList({ apiVersion, kind, items }: Json): boolean {
  return apiVersion === 'v1' && kind === 'List' && (items === undefined || items === null);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : typeof value;
}
