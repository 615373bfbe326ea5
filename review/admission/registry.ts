import { apiGroup } from '../manifests/api-group';
import { textAt } from '../manifests/json';
import { Json, Rule } from '../rule';
import { Kind, KINDS } from './kinds';
import { Part } from './part';
import { Selection } from './selection';

/** One rule of a kind, and the part that it stands in. */
export interface KindRule {
  readonly rule: Rule<never>;
  readonly part: Part;
  readonly about?: readonly string[];
}

/** By API version and kind, as they are asked for. */
const known = new Map<string, Map<string, Selection<KindRule>>>();

/** The rules for an object of this API group and kind, whatever its version. */
export function rulesFor(object: Json): readonly Rule<never>[] {
  return selectionFor(object).rules.map(({ rule }) => rule);
}

/** The same with their parts, and which of them an object needs to be shown to. */
export function selectionFor(object: Json): Selection<KindRule> {
  const apiVersion = textAt(object, 'apiVersion');
  const kind = textAt(object, 'kind');
  let kinds = known.get(apiVersion);
  if (kinds === undefined) known.set(apiVersion, (kinds = new Map()));
  let selection = kinds.get(kind);
  if (selection === undefined) kinds.set(kind, (selection = select(apiVersion, kind)));
  return selection;
}

function select(apiVersion: string, kind: string): Selection<KindRule> {
  const group = apiGroup(apiVersion);
  const found = KINDS.find((one) => one.apiGroup === group && one.kind === kind);
  return new Selection(found === undefined ? [] : rulesOf(found));
}

function rulesOf({ load, selective }: Kind): readonly KindRule[] {
  return load().flatMap((part) =>
    part.rules.map((rule) => ({ rule, part, ...(selective === true && { about: rule.about }) })),
  );
}
