import { Severity } from '../../finding';
import { Rule, Subject } from '../../rule';

/** A machine that stands in another object: a pool's template, a running instance. */
export interface Lift {
  /** The machine as the webhook of the other object sees it; nothing where it does not look. */
  readonly machine: (outer: Subject) => Subject | undefined;
  /** Where a field of a VirtualMachine stands in the other object. */
  readonly field: (path: string) => string;
}

/** Rules of a VirtualMachine, for another object that holds one. They keep their names, and say the paths of that object. */
export function liftedRules(rules: readonly Rule[], { machine, field }: Lift, severity?: Severity): readonly Rule[] {
  // All rules of one object run before the next object's, and read the parts of one machine once.
  let lastOuter: Subject | undefined;
  let lastMachine: Subject | undefined;
  const machineOf = (outer: Subject): Subject | undefined => {
    if (outer !== lastOuter) {
      lastMachine = machine(outer);
      lastOuter = outer;
    }
    return lastMachine;
  };
  return rules.map((rule) => ({
    ...rule,
    severity: severity ?? rule.severity,
    check: (outer, note) => {
      const subject = machineOf(outer);
      if (subject === undefined) return;
      rule.check(subject, (path, message, remedy) => {
        note(field(path), message, remedy?.replaceAll(SPEC, field(SPEC)));
      });
    },
  }));
}

const SPEC = 'spec.template.spec';
