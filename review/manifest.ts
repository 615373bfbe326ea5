import { isObject } from './json';
import { Json } from './rule';

/** Where an object comes from. */
export interface Origin {
  /** File that it stands in. */
  readonly file?: string;
  /** Number of its document in the file, from 0. */
  readonly document?: number;
  /**
   * What is applied together with it: a step's name.
   *
   * @default - its file
   */
  readonly step?: string;
  /** Path of the construct that made it. */
  readonly path?: string;
}

/** An object with what is known beside it. */
export class ReviewedManifest {
  /** An object, and where it comes from. */
  public static of(object: unknown, origin: Origin = {}): ReviewedManifest {
    return new ReviewedManifest(object, origin);
  }

  /** An object that replaces one in the cluster: the rules for updates apply too. */
  public static update(object: unknown, old: Json, origin: Origin = {}): ReviewedManifest {
    return new ReviewedManifest(object, origin, old);
  }

  private constructor(
    /** The object as it was written. */
    public readonly object: unknown,
    public readonly origin: Origin,
    /** The object in the cluster. */
    public readonly old?: Json,
  ) {}
}

/** A manifest as it was given: a plain object, or one with its origin. */
export function asReviewed(given: unknown): ReviewedManifest {
  return given instanceof ReviewedManifest ? given : ReviewedManifest.of(given);
}

/** One object under review, and where it comes from. */
export interface Reviewed {
  readonly object: Json;
  readonly origin: Origin;
  readonly old?: Json;
}

/** The objects of a manifest, and what in it is none. */
export interface ManifestObjects {
  readonly objects: readonly Reviewed[];
  readonly passedBy: readonly string[];
}

/** The objects of a manifest: a List stands for its items. */
export function objectsOf({ object, origin, old }: ReviewedManifest): ManifestObjects {
  if (!isObject(object)) return { objects: [], passedBy: [`a manifest must be an object, got ${kindOf(object)}`] };
  if (!isList(object)) return { objects: [{ object, origin, old }], passedBy: [] };
  const items: readonly unknown[] = object.items;
  const nothing = items.filter((item) => !isObject(item));
  return {
    objects: items.filter(isObject).map((item) => ({ object: item, origin })),
    passedBy: nothing.map((item) => `an item of a list must be an object, got ${kindOf(item)}`),
  };
}

function isList(object: Json): object is Json & { readonly items: readonly unknown[] } {
  return typeof object.kind === 'string' && object.kind.endsWith('List') && Array.isArray(object.items);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : typeof value;
}
