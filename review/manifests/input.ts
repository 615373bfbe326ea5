import { Severity } from '../finding';
import { ReviewedManifest } from './manifest';

/** What is wrong with an input itself: what it holds could not be read, or can be read in two ways. */
export interface InputFault {
  /** File, as it was named; `standard input` for that. */
  readonly file: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** An error where what stands there is lost to the review, else a warning. */
  readonly severity: Severity;
  readonly message: string;
}

/** What stands in files, folders or standard input. */
export interface Input {
  readonly manifests: readonly ReviewedManifest[];
  readonly faults: readonly InputFault[];
  /** How many lines stand before each document, by file. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
}
