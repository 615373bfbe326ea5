import { Json } from '../rule';
import { Root } from './roots/root';

/** Where an object comes from, as findings show it. */
export interface Origin {
  /**
   * File that it stands in.
   *
   * @default - none; it was made by the program
   */
  readonly file?: string;
  /**
   * Number of its document in the file, from 0.
   *
   * @default - not shown
   */
  readonly document?: number;
  /**
   * Name of the step that applies it.
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

const NO_MORE = {};

/**
 * An object, and what is known about its origin. If the origin is unknown, a plain object is enough.
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
    return new ReviewedManifest(object, origin, { old });
  }

  /** A document among the manifests that is not one, with the reason for which it is skipped. */
  public static passedBy(reason: string, origin: Origin = {}): ReviewedManifest {
    return new ReviewedManifest(undefined, origin, { reason });
  }

  /** The object in the cluster. */
  declare public readonly old?: Json;
  /** Why it is skipped; undefined if it is reviewed. */
  declare public readonly reason?: string;
  /** What it is applied with; undefined for what the command line names. */
  declare public readonly root?: Root;
  /** Whether what is applied may differ from it: a patch, a prefix or a generator changes it. */
  declare public readonly isChanged: boolean;
  /** The fields that patches and prefixes write, lists by `*`: `spec.template.spec.volumes.*.name`. */
  declare public readonly touched: readonly string[];

  private constructor(
    /** The object as it was written. */
    public readonly object: unknown,
    /** Where it comes from. */
    public readonly origin: Origin,
    more: Partial<Pick<ReviewedManifest, 'old' | 'reason' | 'root' | 'isChanged' | 'touched'>> = NO_MORE,
  ) {
    // Most say no more, and there may be a million: what is not said takes no memory.
    if (more !== NO_MORE) Object.assign(this, more);
  }

  /** The same document as part of a root, and as the root makes it. */
  public within(
    root: Root,
    object: unknown = this.object,
    isChanged = false,
    touched: readonly string[] = [],
  ): ReviewedManifest {
    const { origin, old, reason } = this;
    return new ReviewedManifest(object, origin, { old, reason, root, isChanged, touched });
  }
}

Object.assign(ReviewedManifest.prototype, { isChanged: false, touched: [] });

/** A manifest as it was given: a plain object, or one with its origin. */
export function asReviewed(given: unknown): ReviewedManifest {
  return given instanceof ReviewedManifest ? given : ReviewedManifest.of(given);
}

/** One object under review, and where it comes from. */
export interface Reviewed {
  readonly object: Json;
  readonly origin: Origin;
  readonly old?: Json;
  /** What it is applied with; undefined for what the command line names. */
  readonly root?: Root;
  /** Whether what is applied may differ from it: what it lacks, and what it names, is not judged. */
  readonly isChanged?: boolean;
  /** The fields that something writes later, lists by `*`: what stands there now is not judged. */
  readonly touched?: readonly string[];
}
