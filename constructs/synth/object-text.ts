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

/** Annotations that each object of a chart has, unless it says another value of one. */
export type ChartAnnotations = Readonly<Record<string, string>>;

type Map_ = Readonly<Record<string, unknown>>;

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
  private readonly shapes = new Map<unknown, Shapes>();

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
  public write(object: ApiObject, extra?: ChartAnnotations): ObjectText {
    return this.short(object, extra) ?? longText(object.toJson(), extra);
  }

  private short(object: ApiObject, extra: ChartAnnotations | undefined): ObjectText | undefined {
    if (!this.isShort) return undefined;
    const isPlain = object.toJson === ApiObject.prototype.toJson;
    if (!isPlain && (!isOwnObject(object) || Object.hasOwn(object, 'toJson'))) return undefined;
    const shapes = isPlain ? undefined : this.shapesOf(object);
    const walk = new Walk(shapes);
    const short = walk.object(object, extra);
    if (short === undefined || shapes === undefined || walk.shape?.isShort === true) return short;
    const long = longText(object.toJson(), extra);
    if (walk.shape !== undefined)
      shapes.settle(walk.shape, long.text === short.text && long.identity === short.identity);
    return long;
  }

  private shapesOf({ constructor: type }: ApiObject): Shapes {
    const known = this.shapes.get(type);
    if (known !== undefined) return known;
    const shapes = new Shapes();
    this.shapes.set(type, shapes);
    return shapes;
  }
}

/** A manifest as it is written. */
export function longText(manifest: unknown, extra?: ChartAnnotations): ObjectText {
  const annotated = extra === undefined ? manifest : withAnnotations(manifest as Map_, extra);
  return { text: manifestText(annotated), identity: identity(manifest) };
}

function withAnnotations(manifest: Map_, extra: ChartAnnotations): Map_ {
  const { metadata, ...rest } = manifest as Map_ & { metadata?: Map_ & { annotations?: Map_ } };
  if (metadata === undefined) return manifest;
  const annotations = sorted({ ...extra, ...metadata.annotations });
  return { apiVersion: rest.apiVersion, kind: rest.kind, metadata: sorted({ ...metadata, annotations }), ...rest };
}

function sorted(map: Map_): Map_ {
  const keys = Object.keys(map).sort();
  return Object.fromEntries(keys.map((key) => [key, map[key]]));
}

/** What cdk8s keeps private in its lib/api-object.js and lib/metadata.js; where it is not there, objects go the long way. */
interface Inner {
  readonly props?: Map_;
  readonly patches?: readonly unknown[];
  readonly metadata: { readonly _additionalAttributes?: Map_ };
}

/** The walk through one object. */
class Walk {
  /** The shape so far; undefined of an object that no class changes, and of a shape too many. */
  public shape: Shape | undefined;

  private text = '';
  private gaveUp = false;

  public constructor(private readonly shapes: Shapes | undefined) {
    this.shape = shapes?.root;
  }

  public object(object: ApiObject, extra: ChartAnnotations | undefined): ObjectText | undefined {
    const { props, patches, metadata } = object as unknown as Inner;
    if (props === undefined || patches?.length !== 0 || metadata._additionalAttributes === undefined) return undefined;
    const { apiVersion } = object;
    const { kind } = props;
    const { name, namespace } = object.metadata;
    if (typeof kind !== 'string' || typeof name !== 'string') return undefined;
    if (namespace !== undefined && typeof namespace !== 'string') return undefined;
    try {
      this.entry('apiVersion', apiVersion, 0, false, true);
      this.entry('kind', kind, 0, false);
      this.entry('metadata', this.metadata(object, metadata._additionalAttributes, extra), 0, true);
      for (const key of sortedKeys(props)) if (!FIRST.has(key)) this.entry(key, props[key], 0, false);
      if (this.gaveUp) return undefined;
      return { text: `${this.text}\n`, identity: identity({ apiVersion, kind, metadata: { name, namespace } }) };
    } catch {
      // A value that cannot be produced, which the long way says.
      return undefined;
    }
  }

  private metadata(object: ApiObject, additional: Map_, extra: ChartAnnotations | undefined): Map_ {
    const { metadata } = object;
    // Private in cdk8s, as above.
    const { annotations, finalizers, ownerReferences, labels } = metadata as unknown as Record<string, Map_>;
    const annotated = extra === undefined ? annotations : this.annotated(annotations ?? {}, extra);
    const { name, namespace } = metadata;
    const own = { annotations: annotated, finalizers, labels, name, namespace, ownerReferences };
    // cdk8s takes them for a number or a text in a class, and drops the name.
    if (Object.hasOwn(additional, 'constructor')) this.gaveUp = true;
    for (const key in additional) if (!Object.hasOwn(own, key)) return { ...additional, ...own };
    return own;
  }

  private annotated(own: Map_, extra: ChartAnnotations): Map_ {
    const keys = Object.keys(own);
    if (keys.length === 0) return extra;
    if (keys.some((key) => Object.hasOwn(extra, key) && typeof own[key] !== 'string')) this.gaveUp = true;
    return { ...extra, ...own };
  }

  /**
   * Writes a key and its value.
   *
   * @param prunes Whether empty maps and lists are left out.
   * @param isFirst Whether it stands on the line that is begun.
   * @returns Whether there is a value.
   */
  private entry(key: string, given: unknown, depth: number, prunes: boolean, isFirst = false): boolean {
    // A map of JavaScript takes it for something else.
    if (key === '__proto__') this.gaveUp = true;
    const value = this.resolved(given);
    if (value === undefined || value === null) return false;
    const before = this.text;
    this.text += isFirst ? `${this.form(keyOf(key))}:` : this.form(leadOf(key, depth));
    this.step(key);
    if (typeof value !== 'object') this.text += ` ${this.scalar(value, depth + 1)}`;
    else if (!this.inner(value, depth + 1, prunes, false)) {
      this.text = prunes ? before : `${this.text} ${Array.isArray(value) ? '[]' : '{}'}`;
      return !prunes;
    }
    return true;
  }

  /** Writes what a list or a map holds, and answers whether it holds anything. */
  private inner(value: object, depth: number, prunes: boolean, isFirst: boolean): boolean {
    let isEmpty = true;
    if (Array.isArray(value)) {
      this.step(Kind.LIST);
      for (const item of value as unknown[]) {
        this.text += isEmpty && isFirst ? '- ' : itemLead(depth);
        this.item(this.resolved(item), depth + 1, prunes);
        isEmpty = false;
      }
      this.step(Kind.LIST_END);
    } else {
      this.step(Kind.MAP);
      for (const key of sortedKeys(value as Map_)) {
        if (this.entry(key, (value as Map_)[key], depth, prunes, isEmpty && isFirst)) isEmpty = false;
      }
      this.step(Kind.MAP_END);
    }
    return !isEmpty;
  }

  private item(item: unknown, depth: number, prunes: boolean): void {
    if (typeof item !== 'object' || item === null) this.text += this.scalar(item, depth);
    else if (!this.inner(item, depth, prunes, true)) {
      // In metadata cdk8s makes it undefined, which is printed by its place.
      if (prunes) this.gaveUp = true;
      this.text += Array.isArray(item) ? '[]' : '{}';
    }
  }

  private scalar(value: unknown, depth: number): string {
    switch (typeof value) {
      case 'string':
        this.step(Kind.TEXT);
        return this.form(textForm(value, indentOf(depth)));
      case 'number':
        this.step(Kind.NUMBER);
        return this.form(numberForm(value));
      case 'boolean':
        this.step(Kind.BOOLEAN);
        return value ? 'true' : 'false';
      default:
        return this.form(undefined);
    }
  }

  /** A value as cdk8s's resolvers have it: what is no text, number, boolean, list or map gives up. */
  private resolved(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (value.constructor === Object && Object.getPrototypeOf(value) === Object.prototype) return value;
    if (value instanceof Lazy) return this.resolved(value.produce());
    const { resolve, value: own } = value as { readonly resolve?: unknown; readonly value?: unknown };
    if (typeof resolve === 'function') return this.resolved((value as { resolve: () => unknown }).resolve());
    if (typeof own !== 'string' && typeof own !== 'number') this.gaveUp = true;
    if (this.shapes === undefined) return { value: own };
    // The class that takes it picks the value; where it does not, the shape shows it.
    this.step(Kind.UNION);
    return own;
  }

  private step(word: Word): void {
    if (this.shape !== undefined) this.shape = this.shapes?.after(this.shape, word);
  }

  private form(form: string | undefined): string {
    if (form === undefined) this.gaveUp = true;
    return form ?? '';
  }
}

const FIRST: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

enum Kind {
  TEXT,
  NUMBER,
  BOOLEAN,
  UNION,
  LIST,
  LIST_END,
  MAP,
  MAP_END,
}

/** What the shape of an object consists of: its keys, and the kinds of its values. */
type Word = string | Kind;

/** The shape of an object, or its beginning, which it has in common with others. */
interface Shape {
  readonly next: Map<Word, Shape>;

  /** Whether objects of it may go the short way; undefined until one was tried. */
  isShort: boolean | undefined;
}

/** The shapes of the objects of one class. */
class Shapes {
  public readonly root: Shape = { next: new Map(), isShort: undefined };
  private settled = 0;

  public after({ next }: Shape, word: Word): Shape | undefined {
    const known = next.get(word);
    if (known !== undefined || this.settled >= TRIED_SHAPES) return known;
    const shape: Shape = { next: new Map(), isShort: undefined };
    next.set(word, shape);
    return shape;
  }

  public settle(shape: Shape, isShort: boolean): void {
    if (shape.isShort === undefined) this.settled += 1;
    shape.isShort ??= isShort;
  }
}

/** How many shapes of a class are tried: one whose objects are all unlike is left to the long way. */
const TRIED_SHAPES = 200;

/** How many keys are remembered with the text that they begin a line with. */
const REMEMBERED_KEYS = 10_000;

const keys = new Map<string, string | undefined>();
const leads: Map<string, string | undefined>[] = [];

/** A key as it is printed; undefined also of one that a map of JavaScript keeps in an order of its own. */
function keyOf(key: string): string | undefined {
  return remembered(keys, key, () => (/^\d/.test(key) ? undefined : keyForm(key)));
}

/** What begins the line of a key. */
function leadOf(key: string, depth: number): string | undefined {
  return remembered((leads[depth] ??= new Map()), key, () => {
    const form = keyOf(key);
    return form === undefined ? undefined : `\n${indentOf(depth)}${form}:`;
  });
}

function remembered(
  memory: Map<string, string | undefined>,
  key: string,
  make: () => string | undefined,
): string | undefined {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (memory.size >= REMEMBERED_KEYS) memory.clear();
  memory.set(key, made);
  return made;
}

/** The keys of a map that have a value, in the order of code units. Most maps have few, and sorting a list takes memory. */
function sortedKeys(map: Map_): string[] {
  const sorted = Object.keys(map);
  if (sorted.length > FEW) return sorted.sort();
  let count = 0;
  for (let index = 0; index < sorted.length; index += 1) {
    const key = sorted[index] as string;
    if (map[key] === undefined) continue;
    let place = count;
    for (; place > 0 && (sorted[place - 1] as string) > key; place -= 1) sorted[place] = sorted[place - 1] as string;
    sorted[place] = key;
    count += 1;
  }
  sorted.length = count;
  return sorted;
}

const FEW = 32;

const INDENTS: string[] = [];
const ITEM_LEADS: string[] = [];

function indentOf(depth: number): string {
  return (INDENTS[depth] ??= '  '.repeat(depth));
}

/** What begins the line of an item. */
function itemLead(depth: number): string {
  return (ITEM_LEADS[depth] ??= `\n${indentOf(depth)}- `);
}
