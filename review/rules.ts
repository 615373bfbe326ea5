import { admissionRules } from './admission';
import { REFERENCE_RULES } from './references';
import { METADATA_RULES, nearest, SchemaRule } from './schema';

let known: ReadonlySet<string> | undefined;

/** The id of every rule. */
export function ruleIds(): ReadonlySet<string> {
  return (known ??= new Set([
    ...Object.values(SchemaRule),
    ...METADATA_RULES,
    ...admissionRules().map(({ id }) => id),
    ...REFERENCE_RULES.map(({ id }) => id),
  ]));
}

/** @throws if one of the rules is none. */
export function checkRuleIds(rules: readonly string[]): void {
  if (rules.length === 0) return;
  const ids = ruleIds();
  const wrong = rules.find((rule) => !ids.has(rule));
  if (wrong === undefined) return;
  const meant = nearest(wrong, ids);
  const remedy = meant === undefined ? '' : `; write '${meant}'`;
  throw new Error(`[review] 'accept' must name a rule, as findings name it, got ${JSON.stringify(wrong)}${remedy}`);
}
