import { ApiObject } from 'cdk8s';
import { isObject } from './checks';

/** What a generated class writes: its fields by their names on the wire, a list as the shape of one item; else undefined. */
export type FieldShape = { readonly [field: string]: FieldShape } | readonly FieldShape[] | undefined;

const SHAPES = new WeakMap<object, FieldShape>();

/**
 * The fields that the class of an object knows. The generated code is the one list of them at run time: its static `manifest`
 * reads every field that the schema has, so it is given an object that has them all. Undefined for a class without it.
 */
export function shapeOf(object: ApiObject): FieldShape {
  const type = object.constructor as { manifest?: (props: unknown) => unknown };
  if (typeof type.manifest !== 'function') return undefined;
  if (!SHAPES.has(type)) SHAPES.set(type, read(type.manifest(everything())));
  return SHAPES.get(type);
}

/** A map of names that users choose, and any value, have no shape. */
function read(value: unknown): FieldShape {
  if (Array.isArray(value)) return value.map(read);
  if (!isObject(value)) return undefined;
  const fields = Object.entries(value).map(([field, below]) => [field, read(below)] as const);
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/** Has every field, each of which has every field; is a list of one; has no keys of its own, as a map of free names. */
function everything(): unknown {
  const self: unknown = new Proxy(() => undefined, {
    get: (_, field) => (field === 'map' ? (visit: (item: unknown) => unknown) => [visit(self)] : self),
    apply: () => self,
    ownKeys: () => [],
  });
  return self;
}
