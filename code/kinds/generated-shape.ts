import { isObject } from '../../review/manifests/json';

/** What a generated class takes for a field of the wire. */
export interface FieldShape {
  /** The name of the prop. */
  readonly prop: string;
  /** The fields below it; undefined for a value, and for one of any form. */
  readonly fields?: Fields;
  /** Whether it is a list. */
  readonly isList: boolean;
  /** Whether its values are of a class that takes numbers and text. */
  readonly isWrapped: boolean;
  /** Whether it is a point in time. */
  readonly isTime: boolean;
}

/** Fields by their names on the wire; `*` stands for those of a map. */
export type Fields = ReadonlyMap<string, FieldShape>;

/** A class of `imports/`. */
export interface GeneratedClass {
  readonly GVK: { readonly apiVersion: string; readonly kind: string };
  readonly manifest: (props: unknown) => unknown;
}

const SHAPES = new WeakMap<object, Fields>();

/**
 * The fields of a generated class. Its static `manifest` reads every prop and writes it to its field: it is given props that have
 * everything, and the path that it reads says which prop becomes which field.
 */
export function fieldsOf(type: GeneratedClass): Fields {
  const known = SHAPES.get(type);
  if (known !== undefined) return known;
  const fields = read(type.manifest(everything([])), 0).fields ?? new Map<string, FieldShape>();
  SHAPES.set(type, fields);
  return fields;
}

/** Where the values were read that stand in what the class wrote. */
const PATHS = new WeakMap<object, readonly string[]>();

/** Has every prop, each of which has every prop; is a list of one, and a map of one. */
function everything(path: readonly string[]): unknown {
  const proxy: object = new Proxy(() => undefined, {
    get: (_, key) => {
      if (key === 'map') return (visit: (item: unknown) => unknown) => [visit(everything(path))];
      return typeof key === 'string' ? everything([...path, key]) : undefined;
    },
    apply: () => proxy,
    ownKeys: () => ['*'],
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: undefined }),
  });
  PATHS.set(proxy, path);
  return proxy;
}

/** What stands at a place, and the path of props that leads there. */
function read(value: unknown, depth: number): Omit<FieldShape, 'prop'> & { readonly path: readonly string[] } {
  const path = typeof value === 'function' ? (PATHS.get(value) ?? []) : [];
  if (Array.isArray(value)) return { ...read(value[0], depth), isList: true };
  const own = path[depth];
  const plain = { isList: false, isWrapped: own === 'value', isTime: own === 'toISOString' };
  if (!isObject(value)) return { ...plain, path };
  let way: readonly string[] = [];
  const fields = new Map<string, FieldShape>();
  for (const [field, one] of Object.entries(value)) {
    const { path: found, ...below } = read(one, depth + 1);
    if (found.length > 0) way = found;
    fields.set(field, { ...below, prop: field === '*' ? '*' : (found[depth] ?? field) });
  }
  return { ...plain, isWrapped: false, path: way, fields };
}
