import { Certainty, Outcome, OutcomeKind } from '../../constructs/storage/outcome';
import { Severity } from '../finding';
import { Reviewed } from '../manifests/manifest';
import { NoteOn, ReferenceRule } from '../references/rule';

/** A rule over all manifests that says what will become of an object. */
export type OutcomeRule = ReferenceRule;

/** What becomes of an object, and where the finding of it stands. */
export interface Judged {
  readonly from: Reviewed;
  /** The path of the field that decides. */
  readonly field: string;
  readonly outcome: Outcome;
}

/**
 * Notes an outcome. What never comes is an error if the facts that decide were given, and a warning if that rests on a default;
 * what waits is a warning; anything else is no finding.
 */
export function noteOutcome({ from, field, outcome }: Judged, must: string, note: NoteOn): void {
  const severity = severityOf(outcome);
  if (severity === undefined) return;
  const name =
    field
      .replace(/\[[^\][]*\]$/, '')
      .split('.')
      .at(-1) ?? field;
  note(from, field, `'${name}' must ${must}; ${outcome.reason}`, outcome.remedy, undefined, severity);
}

/** How bad an outcome is; undefined if it is no finding. */
export function severityOf({ kind, certainty }: Outcome): Severity | undefined {
  if (kind === OutcomeKind.NEVER) return certainty === Certainty.DEFAULT ? Severity.WARNING : Severity.ERROR;
  return kind === OutcomeKind.WAITS ? Severity.WARNING : undefined;
}
