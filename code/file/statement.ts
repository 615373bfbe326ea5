import { Made } from '../kinds/way';

/** A statement that makes an object, or comments alone. */
export interface Statement {
  /** Comments above it. */
  readonly notes: readonly string[];
  readonly made?: Made;
  readonly id?: string;
  /** What others call it. */
  readonly variable?: string;
}

/** Statements that stand together. */
export interface Section {
  /** The name of the machine that they are about. */
  readonly name?: string;
  /** The names of all machines that they make alike, one after the other; undefined if they make one. */
  readonly names?: readonly string[];
  readonly statements: readonly Statement[];
}
