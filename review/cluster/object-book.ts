import { Reviewed } from '../manifests/manifest';
import { nameOf, namespaceOf, placeKey } from './identity';
import type { Kind, LaterClaims } from './kinds';

/** An object in the state in which it was applied last. */
export interface Standing {
  readonly reviewed: Reviewed;
  /** The part of the whole that it was applied in. */
  readonly part: string;
  /** The state that it replaced; undefined for an object that was applied once. */
  readonly replaced?: Standing;
  /** Why not everything that it makes is counted; undefined if everything is. */
  readonly fault?: string;
  /** The claims that it makes in the course of time, with the storage that it met. */
  readonly laterClaims?: readonly LaterClaims[];
}

/** Every object in its last state, by kind, namespace and name. */
export class ObjectBook {
  private readonly kinds = new Map<string, Map<string, Kept>>();

  public get(kind: string, key: string): Standing | undefined {
    const kept = this.kinds.get(kind)?.get(key);
    return kept && standing(kept);
  }

  /** Takes in an object as it is applied; the state before it is kept with it. */
  public put(kind: string, key: string, state: Omit<Standing, 'replaced'>): void {
    this.replace(kind, key, state, this.get(kind, key));
  }

  /**
   * The same where it was asked already how the object stands.
   *
   * @param replaced The state before it; undefined if absent.
   */
  public replace(kind: string, key: string, state: Omit<Standing, 'replaced'>, replaced: Standing | undefined): void {
    const known = this.kinds.get(kind) ?? new Map<string, Kept>();
    this.kinds.set(kind, known);
    const { reviewed, part, fault, laterClaims } = state;
    if (replaced !== undefined) known.set(key, { ...state, replaced });
    else known.set(key, part === '' && fault === undefined && laterClaims === undefined ? reviewed : state);
  }

  /** Forgets an object; kinds of other vendors are kept with their group behind a dot. */
  public delete(kind: string, key: string): void {
    for (const [name, known] of this.kinds) {
      if (name === kind || name.startsWith(`${kind}.`)) known.delete(key);
    }
  }

  public deleteAll(isGone: (key: string) => boolean): void {
    for (const known of this.kinds.values()) {
      for (const key of [...known.keys()].filter(isGone)) known.delete(key);
    }
  }

  /** The objects of a kind. */
  public *ofKind(kind: string): Generator<[key: string, standing: Standing]> {
    for (const [key, kept] of this.kinds.get(kind) ?? []) yield [key, standing(kept)];
  }

  /** Every object, kind by kind. */
  public *all(): Generator<Standing> {
    for (const known of this.kinds.values()) for (const kept of known.values()) yield standing(kept);
  }
}

/** Most objects are applied once, by the whole, and are kept as they are: a file may have a million. */
type Kept = Reviewed | Standing;

function standing(kept: Kept): Standing {
  return 'reviewed' in kept ? kept : { reviewed: kept, part: '' };
}

/** Where an object stands among those of its kind. */
export function objectKey(reviewed: Reviewed, kind: Kind | undefined): string {
  return placeKey(kind?.isClusterScoped === true ? '' : namespaceOf(reviewed), nameOf(reviewed));
}
