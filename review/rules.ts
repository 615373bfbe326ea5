import { admissionRules } from './admission';
import { Severity } from './finding';
import { OUTCOME_RULES } from './outcomes';
import { REFERENCE_RULES } from './references';
import { Rule } from './rule';
import { allPairs, nearest, SCHEMA_RULES } from './schema';

/** What the review says of one of its rules. */
export interface RuleEntry {
  /** Its id: what an acceptance names. */
  readonly id: string;
  /** What it demands. */
  readonly sentence: string;
  /** Whether the cluster refuses what breaks it, or takes it and does something else. */
  readonly severity: Severity;
  /** Kinds of objects that it is asked about; empty for every kind that has a schema, or for several objects together. */
  readonly kinds: readonly string[];
  /** Where it is written: the project, the file and the functions. */
  readonly source: string;
  /** The code or the page that says so, where it stands in the web. */
  readonly help?: string;
  /** First release that it holds for, if not the first that is held. */
  readonly since?: string;
  /** Last release that it holds for, if not the last that is held. */
  readonly until?: string;
  /** Held releases that nobody has compared it with. */
  readonly unchecked?: readonly string[];
}

let known: ReadonlyMap<string, RuleEntry> | undefined;

/** Every rule of the review, by its id. */
export function ruleEntries(): ReadonlyMap<string, RuleEntry> {
  return (known ??= new Map(listed().map((entry) => [entry.id, entry])));
}

function listed(): readonly RuleEntry[] {
  return [
    ...SCHEMA_RULES.map((rule) => ({ ...rule, kinds: [] })),
    ...admissionRules().map((rule) => entryOf(rule, rule.kinds)),
    ...ROOT_RULES.map((rule) => entryOf(rule, [])),
  ];
}

/** What is asked of all objects of a root together. */
const ROOT_RULES = [...REFERENCE_RULES, ...OUTCOME_RULES];

/** Every rule that is written after the code of a project. */
export function sourcedRules(): readonly Omit<Rule<never>, 'kinds' | 'check'>[] {
  return [...admissionRules(), ...ROOT_RULES];
}

/** What there is to say of a rule, where it is written now. */
function entryOf(rule: Omit<Rule, 'kinds' | 'check'>, kinds: readonly string[]): RuleEntry {
  const { id, sentence, severity, since, until, unchecked, moved } = rule;
  const source = moved?.[0]?.source ?? rule.source;
  return { id, sentence, severity, kinds, source, help: helpOf(source, until), since, until, unchecked };
}

/** The repository of each project, and the release that its rules are linked at, if it is not one of the newest pair. */
const REPOSITORIES: Readonly<Record<string, readonly [repository: string, release?: string]>> = {
  KubeVirt: ['kubevirt/kubevirt'],
  CDI: ['kubevirt/containerized-data-importer'],
  HyperConverged: ['kubevirt/hyperconverged-cluster-operator', 'v1.18.1'],
  SSP: ['kubevirt/ssp-operator', 'v0.26.0'],
  NetworkAttachmentDefinition: ['k8snetworkplumbingwg/network-attachment-definition-client', 'v1.7.7'],
};

/** The file of a source in its repository, at the last release that the rule holds for. */
function helpOf(source: string, until?: string): string | undefined {
  const [, project = '', path] = /^(\w+), ([\w./-]+\.go)\b/.exec(source) ?? [];
  const [repository, release] = REPOSITORIES[project] ?? [];
  if (repository === undefined) return undefined;
  const newest = allPairs().at(-1)!;
  return `https://github.com/${repository}/blob/${until ?? release ?? (project === 'CDI' ? newest.cdi : newest.kubevirt)}/${path}`;
}

/** @throws if there is no such rule. */
export function ruleEntry(id: string): RuleEntry {
  const found = ruleEntries().get(id);
  if (found !== undefined) return found;
  const meant = nearest(id, ruleEntries().keys());
  const remedy = meant === undefined ? '; list them with: cdk8s-kubevirt rules' : `; write '${meant}'`;
  throw new Error(`'RULE' must be the id of a rule, got ${JSON.stringify(id)}${remedy}`);
}

/** @throws if one of the ids is not that of a rule. */
export function checkRuleIds(rules: readonly string[]): void {
  if (rules.length === 0) return;
  const ids = ruleEntries();
  const wrong = rules.find((rule) => !ids.has(rule));
  if (wrong === undefined) return;
  const meant = nearest(wrong, ids.keys());
  const remedy = meant === undefined ? '' : `; write '${meant}'`;
  throw new Error(`[review] 'accept' must name a rule, as findings name it, got ${JSON.stringify(wrong)}${remedy}`);
}

/** The releases that a rule holds for, in words. */
export function releasesOf({ since, until, unchecked = [] }: Pick<RuleEntry, 'since' | 'until' | 'unchecked'>): string {
  const held = heldReleases(since, until);
  return unchecked.length === 0 ? held : `${held}; not checked for ${unchecked.join(', ')}`;
}

function heldReleases(since: string | undefined, until: string | undefined): string {
  if (since !== undefined && until !== undefined) return `${since} to ${until}`;
  if (since !== undefined) return `${since} and later`;
  return until === undefined ? 'every one that is held' : `up to ${until}`;
}
