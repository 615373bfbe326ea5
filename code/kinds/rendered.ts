import { isDeepStrictEqual } from 'node:util';
import { ApiObject, Chart, Lazy } from 'cdk8s';
import { isObject } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { generatedModule } from './generated-module';

/** What cdk8s keeps private in its lib/api-object.js and lib/metadata.js; where it is not there, objects go the long way. */
interface Inner {
  readonly props?: Json;
  readonly patches?: readonly unknown[];
}

/** Makes manifests of objects: with what their `toJson` makes, in a third of its time. */
export class Renderer {
  /** Whether the short way makes of an object of a class what the long one makes; undefined before the first of them. */
  private readonly known = new Map<unknown, boolean>();

  /**
   * The manifest of an object; absent values may be undefined in it.
   *
   * cdk8s resolves and sanitizes all of an object in maps of their own before the generated class picks its fields. Where nothing
   * else has a hand in it (an override, a patch, labels of the chart), the fields are picked out of resolved props at once. The first
   * object of a class goes both ways.
   */
  public manifest(object: ApiObject): unknown {
    if (this.known.get(object.constructor) === false) return object.toJson();
    const pick = pickerOf(object);
    const short = pick && shortly(object, pick);
    if (short === undefined) return object.toJson();
    if (this.known.has(object.constructor)) return short;
    const long: unknown = object.toJson();
    this.known.set(object.constructor, isDeepStrictEqual(JSON.parse(JSON.stringify(short)), long));
    return long;
  }
}

function shortly(object: ApiObject, pick: (props: unknown) => unknown): Json | undefined {
  const { props, patches } = object as unknown as Inner;
  if (props === undefined || patches?.length !== 0) return undefined;
  if (Object.hasOwn(object, 'toJson') || Object.keys(Chart.of(object).labels).length > 0) return undefined;
  try {
    const resolved = plain(props) as Json;
    const { apiVersion, kind, name } = object;
    const metadata = { ...(resolved.metadata as Json), name, namespace: object.metadata.namespace };
    return { apiVersion, kind, ...(pick({ ...resolved, metadata }) as Json) };
  } catch {
    return undefined;
  }
}

/** What picks the fields of a generated class, by class. */
const PICKERS = new Map<unknown, ((props: unknown) => unknown) | undefined>();

function pickerOf(object: ApiObject): ((props: unknown) => unknown) | undefined {
  const type = object.constructor;
  if (!PICKERS.has(type)) PICKERS.set(type, foundPicker(object));
  return PICKERS.get(type);
}

function foundPicker(object: ApiObject): ((props: unknown) => unknown) | undefined {
  if (!/^[a-z.]+\.(?:kubevirt|k8s)\.io$|^kubevirt\.io$/.test(object.apiGroup)) return undefined;
  try {
    const module = generatedModule(object.apiGroup);
    const { name } = object.constructor;
    if (module[name] !== object.constructor) return undefined;
    return module[`toJson_${name}Props`] as ((props: unknown) => unknown) | undefined;
  } catch {
    return undefined;
  }
}

/**
 * A value as cdk8s's resolvers have it.
 *
 * @throws at what they leave, and cdk8s refuses.
 */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (isObject(value) && Object.getPrototypeOf(value) === Object.prototype) {
    const made: { [key: string]: unknown } = {};
    for (const key of Object.keys(value)) made[key] = plain(value[key]);
    return made;
  }
  if (value instanceof Lazy) return plain(value.produce());
  const { resolve, value: own } = value as { readonly resolve?: unknown; readonly value?: unknown };
  if (typeof resolve === 'function') return plain((value as { resolve: () => unknown }).resolve());
  if (typeof own === 'string') return { value: own };
  throw new Error('no plain value');
}
