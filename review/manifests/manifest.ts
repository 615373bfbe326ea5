import { Json } from '../rule';
import { isObject } from './json';
import { generatedObjects, isKustomization } from './kustomization';

/** Where an object comes from, as findings show it. */
export interface Origin {
  /**
   * File that it stands in.
   *
   * @default - none: it was made by the program
   */
  readonly file?: string;
  /**
   * Number of its document in the file, from 0.
   *
   * @default - not shown
   */
  readonly document?: number;
  /**
   * What is applied together with it: a step's name.
   *
   * @default - its file
   */
  readonly step?: string;
  /**
   * Path of the construct that made it.
   *
   * @default - not shown
   */
  readonly path?: string;
}

/**
 * An object with what is known beside it. A plain object will do where nothing is.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/
 */
export class ReviewedManifest {
  /** An object, and where it comes from. */
  public static of(object: unknown, origin: Origin = {}): ReviewedManifest {
    return new ReviewedManifest(object, origin);
  }

  /** An object that replaces one in the cluster: the rules for updates apply too. */
  public static update(object: unknown, old: Json, origin: Origin = {}): ReviewedManifest {
    return new ReviewedManifest(object, origin, old);
  }

  /** What stands among the manifests and is none, with the reason for which it is passed by. */
  public static passedBy(reason: string, origin: Origin = {}): ReviewedManifest {
    return new ReviewedManifest(undefined, origin, undefined, reason);
  }

  private constructor(
    /** The object as it was written. */
    public readonly object: unknown,
    /** Where it comes from. */
    public readonly origin: Origin,
    /** The object in the cluster. */
    public readonly old?: Json,
    /** Why it is passed by, where it is. */
    public readonly reason?: string,
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

/** The objects of a manifest: a List stands for its items, kustomize's own file for the objects that it generates. */
export function objectsOf({ object, origin, old, reason }: ReviewedManifest): ManifestObjects {
  if (reason !== undefined) return { objects: [], passedBy: [reason] };
  if (isKustomization(object, origin.file)) {
    return { objects: generatedObjects(object).map((made) => ({ object: made, origin })), passedBy: [] };
  }
  if (!isObject(object)) return { objects: [], passedBy: [`a manifest must be an object, got ${kindOf(object)}`] };
  if (isEmptyList(object)) return { objects: [], passedBy: ['a list of nothing'] };
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

/** `kubectl get` answers `items: []`; kubectl takes null for that. */
function isEmptyList({ apiVersion, kind, items }: Json): boolean {
  return apiVersion === 'v1' && kind === 'List' && (items === undefined || items === null);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : typeof value;
}
