import { Json, Rule } from '../../rule';
import { semanticEqual } from './semantic-equal';

/** What an immutable spec is called. */
export interface ImmutableSpec {
  /** Kind of the object, as the message names it. */
  readonly kind: string;
  /** Path that the answer of the webhook names. */
  readonly serverField: string;
  /** Whether an update is let through all the same. */
  readonly exempt?: (spec: Json, old: Json) => boolean;
}

/** The check that a spec stays what it was. */
export function specStays({ kind, serverField, exempt }: ImmutableSpec): Rule['check'] {
  return ({ object, old }, note) => {
    if (old === undefined || semanticEqual(object.spec, old.spec)) return;
    if (exempt?.((object.spec ?? {}) as Json, (old.spec ?? {}) as Json)) return;
    const article = /^[AEIO]/.test(kind) ? 'an' : 'a';
    const message = `'spec' of ${article} ${kind} must stay what it was, got a change`;
    note('spec', message, 'make a new object under another name', serverField);
  };
}
