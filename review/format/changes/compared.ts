import { Change, Diff } from '../../changes';
import { InputFault } from '../../manifests/input';
import { Place } from '../../manifests/locator';
import { Paint } from '../paint';

/** All that a format of a comparison shows. */
export interface Compared {
  readonly diff: Diff;
  /** What is wrong with the inputs themselves. */
  readonly faults: readonly InputFault[];
  /** What the verdicts rest on: releases, rollout strategy, pruning. */
  readonly basis: string;
  /** Changes that are known and meant, with the reason. */
  readonly accepted: readonly AcceptedChange[];
  /**
   * The new manifests, for a format that shows more of them than the changes.
   *
   * @default - not known
   */
  readonly manifests?: Iterable<unknown>;
  /** Where a change stands in the new files, as far as that is known. */
  readonly place: (change: Change) => Place | undefined;
  /**
   * Colours of the table.
   *
   * @default - no colours
   */
  readonly paint?: Paint;
}

/** A change that somebody accepted. */
export interface AcceptedChange {
  readonly change: Change;
  readonly reason: string;
}

/** Writes a comparison as text, in pieces: of a million changes the whole is longer than a string can be. */
export type ChangeFormat = (compared: Compared) => Iterable<string>;
