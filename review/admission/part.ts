import { Severity } from '../finding';
import { Rule, Subject } from '../rule';

/** Where the rules of a part look in an object, and what they say there. */
export interface Placement {
  /**
   * Where a field of the view stands in the object.
   *
   * @default - at the same path
   */
  readonly field?: (path: string) => string;
  /**
   * What the messages end with.
   *
   * @default - nothing
   */
  readonly suffix?: string;
  /**
   * What a finding is here, whatever the rule says.
   *
   * @default - the severity of the rule
   */
  readonly severity?: Severity;
}

/** The rules of a kind that are asked about the same view of an object, which is made once for all of them. */
export interface Part extends Placement {
  /** The view; undefined if the object has nothing of it. */
  readonly view: (subject: Subject) => unknown;
  readonly rules: readonly Rule<never>[];
}

/** A part whose rules and view fit each other. */
export function part<View>(
  view: (subject: Subject) => View | undefined,
  rules: readonly Rule<View>[],
  placement: Placement = {},
): Part {
  return { ...placement, view, rules };
}

/** The view of rules that are asked about the whole object. */
export function whole(subject: Subject): Subject {
  return subject;
}

/** Those of a list of rules that are asked about a kind. */
export function askedOf<View>(kind: string, rules: readonly Rule<View>[]): readonly Rule<View>[] {
  return rules.filter(({ kinds }) => kinds.includes(kind));
}
