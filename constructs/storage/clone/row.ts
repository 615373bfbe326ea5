import { fromBytes, Quantity } from '../../shared/quantity';
import { CloneOutcomeKind, Evidence } from './outcome';
import { Situation } from './situation';

/** What `docs/clone-outcomes.md` says of a rule: `npm run clone-table` prints it from here. */
export interface RuleWords {
  readonly rule: string;
  /** What the rule is about: the clone of a claim, of a snapshot, or both. */
  readonly source: CloneSource;
  /** When it applies, as a sentence for a table. */
  readonly situation: string;
  /** The way that the clone takes; undefined where it is the strategy that was asked for. */
  readonly outcome?: CloneOutcomeKind;
  readonly evidence: Evidence;
}

/** What is cloned. */
export type CloneSource = 'claim' | 'snapshot' | 'both';

/** One row of the decision table. */
export interface Row extends RuleWords {
  /** Whether a clone of such a source is in this situation. */
  readonly applies: (clone: Situation) => boolean;
  readonly reason?: (clone: Situation) => string;
  readonly remedy?: (clone: Situation) => string;
  /** Whether the class of the source must be known to say whether the row applies. */
  readonly asksSource?: true;
}

/** A row that stops a clone on its way. */
export interface Obstacle extends Row {
  /** The ways that it stops. */
  readonly stops: readonly CloneOutcomeKind[];
}

/** Whether a row is about such a source, and applies. */
export function concerns({ source, applies }: Row, clone: Situation): boolean {
  return (source === 'both' || (source === 'snapshot') === clone.fromSnapshot) && applies(clone);
}

/** Whether the bytes are presented alike. */
export function sameVolumeMode({ source, target }: Situation): boolean {
  return source.volumeMode === target.volumeMode;
}

/** Whether the bytes of source and clone are said to be of different kinds. */
export function contentTypesDiffer({ contentType, sourceContentType }: Situation): boolean {
  return contentType !== sourceContentType;
}

/** The same, as a reason. */
export function differentTypes({ contentType, sourceContentType }: Situation): string {
  return `the content types differ (${sourceContentType}, ${contentType})`;
}

/** What to do about it. */
export function sameType({ sourceContentType }: Situation): string {
  return `ask for content type ${sourceContentType}`;
}

/** A size as Kubernetes writes it. */
export function text(size: number): string {
  return Quantity.format(fromBytes(size));
}
