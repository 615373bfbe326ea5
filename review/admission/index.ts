import { Rule } from '../rule';
import { KINDS } from './kinds';

export { AdmissionFault, checkAdmission, hasRules } from './admission-check';

/** Every admission rule once, in the order of the kinds. */
export function admissionRules(): readonly Rule<never>[] {
  const rules = KINDS.flatMap(({ load }) => load().flatMap((part) => part.rules));
  return [...new Map(rules.map((rule) => [rule.id, rule])).values()];
}
