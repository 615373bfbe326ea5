import { textAt } from '../manifests/json';
import { Json, Rule } from '../rule';
import { KINDS_BY_KEYS, keysOf } from './keys';
import { Selection } from './selection';
import { ADMISSION_RULES } from '.';

/** By API version and kind, as they are asked for. */
const known = new Map<string, Map<string, Selection>>();

/** The rules for an object of this API group and kind, whatever its version. */
export function rulesFor(object: Json): readonly Rule[] {
  return selectionFor(object).rules;
}

/** The same, and which of them an object needs to be shown to. */
export function selectionFor(object: Json): Selection {
  const apiVersion = textAt(object, 'apiVersion');
  const kind = textAt(object, 'kind');
  let kinds = known.get(apiVersion);
  if (kinds === undefined) known.set(apiVersion, (kinds = new Map()));
  let selection = kinds.get(kind);
  if (selection === undefined) kinds.set(kind, (selection = select(apiVersion, kind)));
  return selection;
}

function select(apiVersion: string, kind: string): Selection {
  return new Selection(lookUp(apiVersion, kind), KINDS_BY_KEYS.has(kind) ? keysOf : () => undefined);
}

function lookUp(apiVersion: string, kind: string): readonly Rule[] {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return ADMISSION_RULES.filter((one) => one.apiGroup === group && one.kind === kind).flatMap((one) => one.rules);
}
