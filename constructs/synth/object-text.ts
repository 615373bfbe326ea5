import { ApiObject, ImplicitTokenResolver, IResolver, Lazy, LazyResolver, NumberStringUnionResolver } from 'cdk8s';
import { isOwnObject } from '../shared/api-object';
import { identity } from './identity';
import { manifestText } from './manifest-text';
import { keyForm, numberForm, textForm } from './scalar-text';

/** An object as it is written. */
export interface ObjectText {
  readonly text: string;

  /** What the API server tells it apart by; undefined of what has no name. */
  readonly identity: string | undefined;
}

/** An annotation that each object of a chart has, unless it says another value of it. */
export interface ChartAnnotation {
  readonly key: string;
  readonly value: string;
}

type Map_ = Readonly<Record<string, unknown>>;

/** How many shapes of a class are tried: one whose objects are all unlike is left to the long way. */
const TRIED_SHAPES = 200;

/**
 * Writes objects: with the bytes of `longText`, in a quarter of its time.
 *
 * cdk8s walks an object five times: it resolves the metadata and sanitizes them, then all of it again, then the generated
 * class picks its fields, and then it is printed; each walk but the last makes new maps. Here it is walked once, from the props
 * to the text.
 *
 * - The walk prints what cdk8s's own resolvers, and the sorting of keys, make of a value, and gives up where it meets a value whose
 *   rendering it does not know; the object then goes the long way.
 * - What a generated class does (it knows its fields, and picks the value out of a class of a quantity) depends on the keys of
 *   an object and the kinds of their values alone, not on the values: the object's shape. The first object of a shape goes both ways,
 *   and where they differ the whole shape goes the long way.
 * - An object whose `toJson` is anything else (a user's subclass, an object with overrides) goes the long way.
 */
export class ObjectWriter {
  private readonly isShort: boolean;
  private readonly shapes = new Map<unknown, Map<string, boolean>>();

  /** @param resolvers Those of the app. */
  public constructor(resolvers: readonly IResolver[]) {
    const own: readonly unknown[] = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];
    const areOwn = resolvers.length === own.length && own.every((type, at) => resolvers[at]?.constructor === type);
    this.isShort = areOwn && !process.env.CDK8S_DISABLE_SORT;
  }

  /**
   * An object as it is written.
   *
   * @throws what its `toJson` throws.
   */
  public write(object: ApiObject, annotation?: ChartAnnotation): ObjectText {
    return this.short(object, annotation) ?? longText(object.toJson(), annotation);
  }

  private short(object: ApiObject, annotation: ChartAnnotation | undefined): ObjectText | undefined {
    if (!this.isShort) return undefined;
    const isPlain = object.toJson === ApiObject.prototype.toJson;
    if (!isPlain && (!isOwnObject(object) || Object.hasOwn(object, 'toJson'))) return undefined;
    const walk = new Walk(isPlain);
    const short = walk.object(object, annotation);
    return short === undefined || isPlain ? short : this.tried(object, walk.shape, short, annotation);
  }

  /** The short text where it is known to be that of objects of this class and shape; else the long one. */
  private tried(object: ApiObject, shape: string, short: ObjectText, annotation?: ChartAnnotation): ObjectText {
    let shapes = this.shapes.get(object.constructor);
    if (shapes === undefined) this.shapes.set(object.constructor, (shapes = new Map<string, boolean>()));
    const known = shapes.get(shape);
    if (known === true) return short;
    const long = longText(object.toJson(), annotation);
    if (known === undefined && shapes.size < TRIED_SHAPES) {
      shapes.set(shape, long.text === short.text && long.identity === short.identity);
    }
    return long;
  }
}

/** A manifest as it is written. */
export function longText(manifest: unknown, annotation?: ChartAnnotation): ObjectText {
  const annotated = annotation === undefined ? manifest : withAnnotation(manifest as Map_, annotation);
  return { text: manifestText(annotated), identity: identity(manifest) };
}

function withAnnotation(manifest: Map_, { key, value }: ChartAnnotation): Map_ {
  const { metadata, ...rest } = manifest as Map_ & { metadata?: Map_ & { annotations?: Map_ } };
  if (metadata === undefined) return manifest;
  const annotations = sorted({ [key]: value, ...metadata.annotations });
  return { apiVersion: rest.apiVersion, kind: rest.kind, metadata: sorted({ ...metadata, annotations }), ...rest };
}

function sorted(map: Map_): Map_ {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What cdk8s keeps private in its lib/api-object.js and lib/metadata.js; where it is not there, objects go the long way. */
interface Inner {
  readonly props?: Map_;
  readonly patches?: readonly unknown[];
  readonly metadata: { readonly _additionalAttributes?: Map_ };
}

/** The walk through one object. */
class Walk {
  /** The keys of the object and the kinds of their values; empty of an object that no class changes. */
  public shape = '';

  private gaveUp = false;

  public constructor(private readonly isPlain: boolean) {}

  public object(object: ApiObject, annotation: ChartAnnotation | undefined): ObjectText | undefined {
    const { props, patches, metadata } = object as unknown as Inner;
    if (props === undefined || patches?.length !== 0 || metadata._additionalAttributes === undefined) return undefined;
    const { apiVersion, kind } = props;
    const { name, namespace } = object.metadata;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return undefined;
    if (namespace !== undefined && typeof namespace !== 'string') return undefined;
    try {
      let text = `apiVersion: ${this.form(textForm(apiVersion, ''))}\nkind: ${this.form(textForm(kind, ''))}`;
      text += `\nmetadata:\n  ${this.map(this.metadata(object, metadata._additionalAttributes, annotation), 1, true)}`;
      for (const key of sortedKeys(props)) {
        const entry = FIRST.has(key) ? '' : this.entry(key, props[key], 0, false);
        if (entry !== '') text += `\n${entry}`;
      }
      if (this.gaveUp) return undefined;
      return { text: `${text}\n`, identity: identity({ apiVersion, kind, metadata: { name, namespace } }) };
    } catch {
      // A value that cannot be produced, which the long way says.
      return undefined;
    }
  }

  private metadata(object: ApiObject, additional: Map_, annotation: ChartAnnotation | undefined): Map_ {
    const { metadata } = object;
    // Private in cdk8s, as above.
    const { annotations, finalizers, ownerReferences, labels } = metadata as unknown as Record<string, Map_>;
    let annotated = annotations;
    if (annotation !== undefined) {
      annotated = { [annotation.key]: annotation.value, ...annotations };
      if (typeof annotated[annotation.key] !== 'string') this.gaveUp = true;
    }
    const { name, namespace } = metadata;
    return { ...additional, name, namespace, annotations: annotated, finalizers, ownerReferences, labels };
  }

  /**
   * The entries of a map, without those that have no value.
   *
   * @param prunes Whether empty maps and lists are left out, too.
   */
  private map(map: Map_, depth: number, prunes: boolean): string {
    let text = '';
    if (!this.isPlain) this.shape += '{';
    for (const key of sortedKeys(map)) {
      const entry = this.entry(key, map[key], depth, prunes);
      if (entry !== '') text += text === '' ? entry : `${breakOf(depth)}${entry}`;
    }
    if (!this.isPlain) this.shape += '}';
    return text;
  }

  /** A key and its value; nothing where there is no value. */
  private entry(key: string, given: unknown, depth: number, prunes: boolean): string {
    // A map of JavaScript takes it for something else.
    if (key === '__proto__') this.gaveUp = true;
    const value = this.resolved(given);
    if (value === undefined || value === null) return '';
    if (!this.isPlain) this.shape += `${key}\n`;
    const lead = `${this.key(key)}:`;
    if (typeof value !== 'object') return `${lead} ${this.scalar(value, depth + 1)}`;
    const inner = Array.isArray(value)
      ? this.list(value, depth + 1, prunes)
      : this.map(value as Map_, depth + 1, prunes);
    if (inner !== '') return `${lead}${breakOf(depth + 1)}${inner}`;
    return prunes ? '' : `${lead} ${Array.isArray(value) ? '[]' : '{}'}`;
  }

  private list(items: readonly unknown[], depth: number, prunes: boolean): string {
    let text = '';
    if (!this.isPlain) this.shape += '[';
    for (const given of items) {
      const item = this.resolved(given);
      text += `${text === '' ? '' : breakOf(depth)}- ${this.item(item, depth + 1, prunes)}`;
    }
    if (!this.isPlain) this.shape += ']';
    return text;
  }

  private item(item: unknown, depth: number, prunes: boolean): string {
    if (typeof item !== 'object' || item === null) return this.scalar(item, depth);
    const isList = Array.isArray(item);
    const text = isList ? this.list(item, depth, prunes) : this.map(item as Map_, depth, prunes);
    if (text !== '') return text;
    // In metadata cdk8s makes it undefined, which is printed by its place.
    if (prunes) this.gaveUp = true;
    return isList ? '[]' : '{}';
  }

  private scalar(value: unknown, depth: number): string {
    if (!this.isPlain) this.shape += typeof value;
    if (typeof value === 'string') return this.form(textForm(value, indentOf(depth)));
    if (typeof value === 'boolean') return value ? 'true' : 'false';
    return this.form(typeof value === 'number' ? numberForm(value) : undefined);
  }

  /** A value as cdk8s's resolvers have it: what is no text, number, boolean, list or map gives up. */
  private resolved(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (value.constructor === Object && Object.getPrototypeOf(value) === Object.prototype) return value;
    if (value instanceof Lazy) return this.resolved(value.produce());
    const { resolve, value: own } = value as { readonly resolve?: unknown; readonly value?: unknown };
    if (typeof resolve === 'function') return this.resolved((value as { resolve: () => unknown }).resolve());
    if (typeof own !== 'string' && typeof own !== 'number') this.gaveUp = true;
    if (this.isPlain) return { value: own };
    // The class that takes it picks the value; where it does not, the shape shows it.
    this.shape += 'union ';
    return own;
  }

  private key(key: string): string {
    return this.form(knownKeyForm(key));
  }

  private form(form: string | undefined): string {
    if (form === undefined) this.gaveUp = true;
    return form ?? '';
  }
}

const FIRST: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** How many keys are remembered with their form. */
const REMEMBERED_KEYS = 10_000;

const keyForms = new Map<string, string | undefined>();

/** The form of a key; undefined of those, too, that a map of JavaScript keeps in an order of its own. */
function knownKeyForm(key: string): string | undefined {
  const known = keyForms.get(key);
  if (known !== undefined) return known;
  const form = /^\d/.test(key) ? undefined : keyForm(key);
  if (keyForms.size >= REMEMBERED_KEYS) keyForms.clear();
  keyForms.set(key, form);
  return form;
}

function sortedKeys(map: object): string[] {
  const keys = Object.keys(map);
  for (let index = 1; index < keys.length; index += 1) {
    if ((keys[index - 1] as string) > (keys[index] as string)) return keys.sort();
  }
  return keys;
}

const STEP = '  ';
const INDENTS: string[] = [];
const BREAKS: string[] = [];

function indentOf(depth: number): string {
  return (INDENTS[depth] ??= STEP.repeat(depth));
}

function breakOf(depth: number): string {
  return (BREAKS[depth] ??= `\n${indentOf(depth)}`);
}
