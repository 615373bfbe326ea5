import { Severity } from '../../finding';
import { Json, Rule } from '../../rule';
import { semanticEqual } from './semantic-equal';

/** What an immutable spec is called, and where. */
export interface ImmutableSpec {
  readonly id: string;
  readonly source: string;
  /** Kind of the object, as the message names it. */
  readonly kind: string;
  /** Path that the webhook's answer names. */
  readonly field: string;
  /** Whether an update is let through all the same. */
  readonly exempt?: (spec: Json, old: Json) => boolean;
}

/** The rule that a spec stays what it was. */
export function immutableSpec({ id, source, kind, field, exempt }: ImmutableSpec): Rule {
  return {
    id,
    source,
    severity: Severity.ERROR,
    check: ({ object, old }, note) => {
      if (old === undefined || semanticEqual(object.spec, old.spec)) return;
      if (exempt?.((object.spec ?? {}) as Json, (old.spec ?? {}) as Json)) return;
      note(
        field,
        `'spec' of ${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind} must stay what it was, got a change`,
        'make a new object under another name',
      );
    },
  };
}
