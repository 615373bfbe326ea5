import { textAt } from '../json';
import { Json, Rule } from '../rule';
import { ADMISSION_RULES } from '.';

const NO_RULES: readonly Rule[] = [];

/** By API version and kind, as they are asked for. */
const known = new Map<string, Map<string, readonly Rule[]>>();

/** The rules for an object of this API group and kind, whatever its version. */
export function rulesFor(object: Json): readonly Rule[] {
  const apiVersion = textAt(object, 'apiVersion');
  const kind = textAt(object, 'kind');
  let kinds = known.get(apiVersion);
  if (kinds === undefined) known.set(apiVersion, (kinds = new Map()));
  let rules = kinds.get(kind);
  if (rules === undefined) kinds.set(kind, (rules = lookUp(apiVersion, kind)));
  return rules;
}

function lookUp(apiVersion: string, kind: string): readonly Rule[] {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const rules = ADMISSION_RULES.filter((one) => one.apiGroup === group && one.kind === kind).flatMap(
    (one) => one.rules,
  );
  return rules.length === 0 ? NO_RULES : rules;
}
