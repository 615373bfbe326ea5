import { Severity } from '../finding';
import { Json, Note, Rule, Subject } from '../rule';
import { Part } from './part';
import { KindRule, selectionFor } from './registry';

/** What a rule found, in the object as the user wrote it. */
export interface AdmissionFault {
  readonly rule: Rule<never>;
  readonly severity: Severity;
  readonly field: string;
  readonly message: string;
  readonly remedy?: string;
  /** Path that the answer of the server names, where it is another one. */
  readonly serverField?: string;
}

/** Whether any rule is asked about objects of this kind. */
export function hasRules(object: Json): boolean {
  return selectionFor(object).rules.length > 0;
}

/**
 * Asks the rules of its kind about one object. Each view is made once for all rules that share it.
 *
 * @param failed Called for a rule that could not be applied.
 */
export function checkAdmission(
  subject: Subject,
  found: (fault: AdmissionFault) => void,
  failed: (rule: Rule<never>, thrown: unknown) => void,
): void {
  const views = new Map<Part['view'], unknown>();
  let current: KindRule | undefined;
  const note: Note = (field, message, remedy, serverField) => {
    if (current !== undefined) found(faultOf(current, [field, message, remedy, serverField]));
  };
  for (const asked of selectionFor(subject.raw).of(subject)) {
    const { rule, part } = asked;
    current = asked;
    try {
      if (!views.has(part.view)) views.set(part.view, part.view(subject));
      const view = views.get(part.view);
      if (view !== undefined) rule.check(view as never, note);
    } catch (thrown) {
      failed(rule, thrown);
    }
  }
}

function faultOf({ rule, part }: KindRule, [path, text, remedy, server]: Parameters<Note>): AdmissionFault {
  const { field: place, suffix = '', severity = rule.severity } = part;
  const field = place === undefined ? path : place(path);
  const serverField = place === undefined || server === undefined ? server : place(server);
  return {
    rule,
    severity,
    field,
    message: `${text}${suffix}`,
    remedy: place === undefined ? remedy : remedy?.replaceAll(SPEC, place(SPEC)),
    serverField: serverField === field ? undefined : serverField,
  };
}

/** Path of the spec of a machine's instances, as remedies name it. */
const SPEC = 'spec.template.spec';
