import { Severity } from '../finding';
import { Json, Note, Rule, Subject } from '../rule';
import { KindRule, Registry } from './registry';
import { Releases } from './rule-source';

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

/** The admission rules of one pair of releases, asked about one object after the other. */
export class AdmissionCheck {
  private readonly registry: Registry;

  constructor(releases: Releases) {
    this.registry = new Registry(releases);
  }

  /** The rules that were asked whose source nobody has compared with these releases, once each. */
  public get uncompared(): readonly Rule<never>[] {
    return this.registry.uncompared;
  }

  /** Whether any rule is asked about objects of this kind. */
  public hasRules(object: Json): boolean {
    return this.registry.of(object).rules.length > 0;
  }

  /**
   * Asks the rules of its kind about one object. Each view is made once for all rules that share it.
   *
   * @param failed Called for a rule that could not be applied.
   */
  public check(
    subject: Subject,
    found: (fault: AdmissionFault) => void,
    failed: (rule: Rule<never>, thrown: unknown) => void,
  ): void {
    const views: unknown[] = [];
    let current: KindRule | undefined;
    const note: Note = (field, message, remedy, serverField) => {
      if (current !== undefined) found(faultOf(current, [field, message, remedy, serverField]));
    };
    for (const asked of this.registry.of(subject.raw).of(subject)) {
      const { rule, part, view: number } = asked;
      current = asked;
      try {
        const view = (views[number] ??= part.view(subject) ?? ABSENT);
        if (view !== ABSENT) rule.check(view as never, note);
      } catch (thrown) {
        failed(rule, thrown);
      }
    }
  }
}

/** Stands for a view of which the object has nothing. */
const ABSENT = Symbol('absent');

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
