import { Json } from '../rule';

/** Whether a value is an object, and not a list. */
export function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The value at a path; undefined if the path ends early. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return along(value, path);
}

/** As `valueAt`, of a list of keys that is not copied from one function to the next. */
export function along(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (!isObject(at)) return undefined;
    at = at[key];
    // `toString` is a member of every object, and a field of none that was read.
    if (typeof at === 'function') return undefined;
  }
  return at;
}

/** The object at a path; undefined if there is no object. */
export function objectAt(value: unknown, ...path: readonly string[]): Json | undefined {
  const found = along(value, path);
  return isObject(found) ? found : undefined;
}

/** The objects of the list at a path, each at its own index; an item that is not an object becomes an empty one. */
export function objectsAt(value: unknown, ...path: readonly string[]): readonly Json[] {
  const found = along(value, path);
  return Array.isArray(found) ? objectsIn(found) : EMPTY;
}

/** The text at a path; empty if there is no text, as Go decodes it. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = along(value, path);
  return typeof found === 'string' ? found : '';
}

/** A single value as it stands in a sentence; a list or an object by what it is. */
export function wordOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** The value of a record for a key that the data names: `constructor` is a key as any other. */
export function valueFor<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** An object with other values at a path, which shares everything else with the old one. */
export function withAt(value: Json, path: readonly string[], change: unknown, from = 0): Json {
  const key = path[from];
  if (key === undefined) return isObject(change) ? change : value;
  if (from === path.length - 1) return { ...value, [key]: change };
  const below = value[key];
  return { ...value, [key]: withAt(isObject(below) ? below : {}, path, change, from + 1) };
}

/** An object without some of its keys. */
export function without(value: Json, ...keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

// The same at a depth of one: most of what ten thousand machines are asked for is absent, and a list of path keys for
// each question is what takes the time.

/** The object under a key; undefined if absent. */
export function childIn(object: Json | undefined, key: string): Json | undefined {
  const value = object?.[key];
  return value !== undefined && isObject(value) ? value : undefined;
}

/** The objects of the list under a key, each at its own index; an entry that is not an object stands as an empty one. */
export function listIn(object: Json | undefined, key: string): readonly Json[] {
  const value = object?.[key];
  return Array.isArray(value) ? objectsIn(value) : EMPTY;
}

/** A list as it is, if it holds nothing but objects. A loop: of a fleet's lists there are a million. */
function objectsIn(list: readonly unknown[]): readonly Json[] {
  for (let index = 0; index < list.length; index += 1) {
    if (!isObject(list[index])) return list.map((entry) => (isObject(entry) ? entry : {}));
  }
  return list as readonly Json[];
}

/** The text under a key; empty if absent, as Go decodes it. */
export function textIn(object: Json | undefined, key: string): string {
  const value = object?.[key];
  return typeof value === 'string' ? value : '';
}

/** The texts of the list under a key. */
export function textsIn(object: Json | undefined, key: string): readonly string[] {
  const value = object?.[key];
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

/** A number under a key; 0 if absent, as Go decodes it. */
export function numberIn(object: Json | undefined, key: string): number {
  const value = object?.[key];
  return typeof value === 'number' ? value : 0;
}

/** Whether a key is there and not null, which the API server drops. */
export function has(object: Json | undefined, key: string): boolean {
  return object !== undefined && object[key] !== undefined && object[key] !== null;
}

const EMPTY: readonly Json[] = [];
