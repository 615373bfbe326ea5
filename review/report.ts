import { Finding, ObjectReference } from './finding';
import { ReleasePair } from './schema';

/** What was passed by, and why: nothing is known about it, for better or worse. */
export interface Unchecked {
  /** The object; nothing where the input is none. */
  readonly object?: ObjectReference;
  /** File that it stands in; nothing for an object of the program itself. */
  readonly file?: string;
  /** Number of its document in the file, from 0. */
  readonly document?: number;
  /** Why nothing is said of it: no schema of its kind, not an object, a rule that could not be applied. */
  readonly reason: string;
}

/** All that a review has to say. */
export interface Report {
  /** What is wrong and not accepted, in the order of file, object, field and rule. */
  readonly findings: readonly Finding[];
  /** What is accepted, with the reason. */
  readonly accepted: readonly Finding[];
  /** What was passed by, in whole or in part: no finding of it means nothing. */
  readonly unchecked: readonly Unchecked[];
  /** How many objects there are: what has no kind is none. */
  readonly objects: number;
  /** Releases whose schemas were taken, the one that was asked for first. */
  readonly schemas: readonly ReleasePair[];
  /** Releases that the admission rules are of, whatever the schemas. */
  readonly admission: ReleasePair;
}
