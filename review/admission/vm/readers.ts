import { isObject } from '../../manifests/json';
import { Json } from '../../rule';

// What `review/json` reads at any depth, at a depth of one: most of what ten thousand machines are asked for is absent,
// and a list of path keys for each question is what takes the time.

const NONE: readonly Json[] = [];

/** The object under a key; nothing where there is none. */
export function childIn(object: Json | undefined, key: string): Json | undefined {
  const value = object?.[key];
  return value !== undefined && isObject(value) ? value : undefined;
}

/** The objects of the list under a key, each at its own index; what is no object stands as an empty one. */
export function listIn(object: Json | undefined, key: string): readonly Json[] {
  const value = object?.[key];
  if (!Array.isArray(value)) return NONE;
  return value.every(isObject) ? value : value.map((entry) => (isObject(entry) ? entry : {}));
}

/** The text under a key; empty where there is none, as Go decodes it. */
export function textIn(object: Json | undefined, key: string): string {
  const value = object?.[key];
  return typeof value === 'string' ? value : '';
}

/** A number under a key; 0 where there is none, as Go decodes it. */
export function numberIn(object: Json | undefined, key: string): number {
  const value = object?.[key];
  return typeof value === 'number' ? value : 0;
}

/** Whether a key is there: set to something else than null, which the API server drops. */
export function has(object: Json | undefined, key: string): boolean {
  return object !== undefined && object[key] !== undefined && object[key] !== null;
}
