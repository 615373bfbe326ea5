import { Rule } from '../rule';
import { KINDS } from './kinds';

export { AdmissionCheck, AdmissionFault } from './admission-check';
export { holdsIn, isUncompared, sourceIn } from './rule-source';

/** Every admission rule once, in the order of the kinds. */
export function admissionRules(): readonly Rule<never>[] {
  const rules = KINDS.flatMap(({ load }) => load().flatMap((part) => part.rules));
  return [...new Map(rules.map((rule) => [rule.id, rule])).values()];
}
