import { Severity } from '../finding';
import { ReviewedManifest } from './manifest';

/** A fault of an input itself: a part of it could not be read, or can be read in two ways. */
export interface InputFault {
  /** File, as it was named; `standard input` for that. */
  readonly file: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** An error if a part of the input is not reviewed because of it, else a warning. */
  readonly severity: Severity;
  readonly message: string;
}

/** The content of files, folders or standard input. */
export interface Input {
  readonly manifests: readonly ReviewedManifest[];
  readonly faults: readonly InputFault[];
  /** How many lines stand before each document, by file. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
  /** The text of a file that was read; undefined if it can no longer be read. */
  readonly textOf: (file: string) => string | undefined;
}

/** The content of one text. */
export type ParsedText = Omit<Input, 'textOf'>;
