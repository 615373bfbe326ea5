import { apiGroup } from '../manifests/api-group';
import { textIn } from '../manifests/json';
import { Json, Rule } from '../rule';
import { Kind, KINDS } from './kinds';
import { Part } from './part';
import { holdsIn, isUncompared, Releases } from './rule-source';
import { Selection } from './selection';

/** One rule of a kind, and the part that it stands in. */
export interface KindRule {
  readonly rule: Rule<never>;
  readonly part: Part;
  /** Number of its view among those of the kind: parts with the same view share one. */
  readonly view: number;
  readonly about?: readonly string[];
}

/** The rules of each kind that hold in one pair of releases, filtered once for all objects of a kind. */
export class Registry {
  private readonly known = new Map<string, Map<string, Selection<KindRule>>>();

  constructor(public readonly releases: Releases = {}) {}

  /** The rules for an object of this API group and kind, whatever its version, and which of them it needs to be shown to. */
  public of(object: Json): Selection<KindRule> {
    const apiVersion = textIn(object, 'apiVersion');
    const kind = textIn(object, 'kind');
    let kinds = this.known.get(apiVersion);
    if (kinds === undefined) this.known.set(apiVersion, (kinds = new Map()));
    let selection = kinds.get(kind);
    if (selection === undefined) kinds.set(kind, (selection = this.select(apiVersion, kind)));
    return selection;
  }

  /** The rules that were asked for whose source nobody has compared with these releases, once each. */
  public get uncompared(): readonly Rule<never>[] {
    const selections = [...this.known.values()].flatMap((kinds) => [...kinds.values()]);
    const rules = new Set(selections.flatMap((selection) => selection.rules.map(({ rule }) => rule)));
    return [...rules].filter((rule) => isUncompared(rule, this.releases));
  }

  private select(apiVersion: string, kind: string): Selection<KindRule> {
    const group = apiGroup(apiVersion);
    const found = KINDS.find((one) => one.apiGroup === group && one.kind === kind);
    const rules = found === undefined ? [] : rulesOf(found);
    return new Selection(rules.filter(({ rule }) => holdsIn(rule, this.releases)));
  }
}

function rulesOf({ load, selective }: Kind): readonly KindRule[] {
  const parts = load();
  const views = [...new Set(parts.map(({ view }) => view))];
  return parts.flatMap((part) => {
    const view = views.indexOf(part.view);
    return part.rules.map((rule) => ({ rule, part, view, ...(selective === true && { about: rule.about }) }));
  });
}
