import { SensitiveValues } from '../../constructs/shared/sensitive';
import { Acceptance, acceptedReason } from '../accept';
import { alternatives } from '../admission/shared/wording';
import { clusterConfig } from '../cluster/config';
import { versionEvidence } from '../cluster/version-evidence';
import { referenceOf, report, ReviewOptions } from '../engine';
import { Finding, ObjectReference, Severity } from '../finding';
import { textAt, without } from '../manifests/json';
import { Reviewed, ReviewedManifest } from '../manifests/manifest';
import { Json } from '../rule';
import { chooseRelease } from '../schema';
import { compareConsequences, Consequence, Effect } from './consequence';
import { ChangeContext, RolloutStrategy } from './context';
import { createdEffects } from './creation';
import { changedEffects } from './kinds';
import { growthRemedy } from './kinds/data-volumes';
import { isLive, statedPart } from './live-object';
import { deletionEffect, unmanagedEffect } from './removal';
import { State } from './state';
import { differences, isSame } from './wording';

/** What a comparison may be told, beside what a review may. */
export interface DiffOptions extends ReviewOptions {
  /**
   * Whether an object that the new manifests do not hold is deleted from the cluster: `kubectl apply --prune`, Argo CD or Flux.
   *
   * @default false
   */
  readonly prune?: boolean;

  /**
   * Whether the machines run.
   *
   * @default - as their status or their run strategy says; Manual and Once: they do
   */
  readonly running?: boolean;

  /**
   * Whether running machines can be live-migrated, which plugging memory asks for.
   *
   * @default - assumed, and said to be
   */
  readonly migratable?: boolean;

  /**
   * Whether claims are bound.
   *
   * @default - as their status says, else assumed, and said to be
   */
  readonly bound?: boolean;

  /**
   * `vmRolloutStrategy` of the KubeVirt object.
   *
   * @default - that of the KubeVirt object, else LiveUpdate
   */
  readonly rolloutStrategy?: RolloutStrategy;

  /**
   * Objects of the cluster's storage (StorageClasses, PersistentVolumes, VolumeSnapshotClasses), as `kubectl get` gives them.
   *
   * @default - those among the manifests
   */
  readonly storage?: Iterable<unknown>;
}

/** One changed part of an object, and what it does. */
export interface Change extends Effect {
  /** The object that is changed: the new one, or the old one that is gone. */
  readonly object: ObjectReference;
}

/** What becomes of one object. */
export interface ObjectChanges {
  /** The object. */
  readonly object: ObjectReference;
  /** The worst of its changes. */
  readonly worst: Consequence;
  /** Its changed parts, the worst first. */
  readonly changes: readonly Change[];
}

/** What leads from one state to the next. */
export interface Diff {
  /** Every changed part, the worst first. */
  readonly changes: readonly Change[];
  /** The same by object, in the same order. */
  readonly objects: readonly ObjectChanges[];
  /** The worst of all; undefined if nothing changes. */
  readonly worst?: Consequence;
  /** How many objects stay as they are. */
  readonly unchanged: number;
  /** What all of it rests on: releases, rollout strategy, pruning. */
  readonly basis: string;
  /** Changes that are known and meant: they count nowhere else. */
  readonly accepted: readonly AcceptedChange[];
}

/** A change that an option or an annotation accepts: `accept.cdk8s-kubevirt/<consequence>: <reason>`. */
export interface AcceptedChange {
  /** What was found. */
  readonly change: Change;
  /** Why it is meant. */
  readonly reason: string;
}

/**
 * Compares two states and answers what an apply of the new one does to machines and data.
 *
 * @param oldManifests What stands: manifests, or objects that were read from a cluster.
 * @param newManifests What will be applied.
 * @throws if the manifests are not objects, or an option is unknown.
 */
export function diff(
  oldManifests: Iterable<unknown>,
  newManifests: Iterable<unknown>,
  options: DiffOptions = {},
): Diff {
  const { prune = false, ...known } = checked(options);
  const [before, after] = [new State(oldManifests), new State(newManifests)];
  const { context, review, acceptances, reason } = basisFor(before, after, known);
  const pairs = pairsOf(before, after);
  const different = pairs.filter(({ old, next }) => !isSame(old, next));
  const refusals = refusalsOf(different, after, review);
  const removed = different.filter(({ next }) => next === undefined).map(({ old }) => old!);
  const results = different.map((pair) => {
    const effects = effectsOf(pair, refusals.get(pair.reviewed) ?? [], removed, { context, prune });
    return judged(changesOf(pair, effects), pair.reviewed.object, acceptances);
  });
  const objects = results
    .filter(({ open }) => open.length > 0)
    .map(({ open }) => objectChanges(open))
    .sort((one, other) => compareConsequences(one.worst, other.worst));
  const changes = objects
    .flatMap((one) => one.changes)
    .sort((one, other) => compareConsequences(one.consequence, other.consequence));
  return {
    changes,
    objects,
    worst: changes[0]?.consequence,
    unchanged: pairs.length - results.filter(({ isChanged }) => isChanged).length,
    basis: basisOf(context, reason, prune),
    accepted: results.flatMap(({ accepted }) => accepted),
  };
}

/** What a comparison rests on. */
interface Basis {
  readonly context: ChangeContext;
  /** What the review of the new objects is told. */
  readonly review: ReviewOptions;
  /** Those of consequences; those of rules are the review's. */
  readonly acceptances: readonly Acceptance[];
  /** Why the releases are taken. */
  readonly reason: string;
}

function basisFor(before: State, after: State, options: Omit<DiffOptions, 'prune'>): Basis {
  const { running, migratable, bound, rolloutStrategy, storage = [], accept = [], ...rest } = options;
  const { choice } = chooseRelease(options, versionEvidence([...after.objects.values(), ...before.objects.values()]));
  const { kubevirt, cdi, reason } = choice;
  const isConsequence = ({ rule }: Acceptance): boolean => CONSEQUENCES.has(rule);
  const review = { ...rest, kubevirt, cdi, accept: accept.filter((one) => !isConsequence(one)) };
  const config = { ...clusterConfig(review, after.settings() ?? before.settings()), release: kubevirt };
  const rollout = rolloutStrategy ?? rolloutOf(config.configuration);
  const facts = new State(storage);
  const states = { before: before.with(facts), after: after.with(facts) };
  const context = { kubevirt, cdi, config, rollout, running, migratable, bound, ...states };
  return { context, review, acceptances: accept.filter(isConsequence), reason };
}

/** The changes of one object, without a sensitive value of either state. */
function changesOf({ reviewed, old, next }: Pair, effects: readonly Effect[]): Change[] {
  const sensitive = new SensitiveValues(textAt(reviewed.object, 'kind'), [old, next]);
  return effects.map((effect) => ({ object: referenceOf(reviewed), ...shownEffect(effect, sensitive) }));
}

/** Changes of an object, parted by whether they are accepted. */
function judged(changes: readonly Change[], written: Json, acceptances: readonly Acceptance[]) {
  const reasons = changes.map(({ consequence, object }) => acceptedReason(consequence, object, written, acceptances));
  return {
    isChanged: changes.length > 0,
    open: changes.filter((_, index) => reasons[index] === undefined),
    accepted: changes.flatMap((change, index): AcceptedChange[] => {
      const reason = reasons[index];
      return reason === undefined ? [] : [{ change, reason }];
    }),
  };
}

/** What happens, without a sensitive value of either state. */
function shownEffect(effect: Effect, sensitive: SensitiveValues): Effect {
  const { field, message, reason, remedy } = effect;
  return {
    ...effect,
    message: sensitive.hide(message, field),
    reason: sensitive.hide(reason),
    ...(remedy === undefined ? {} : { remedy: sensitive.hide(remedy) }),
  };
}

function basisOf({ kubevirt, cdi, rollout }: ChangeContext, reason: string, prune: boolean): string {
  const removal = prune ? 'what is removed is pruned' : 'nothing is pruned';
  return `KubeVirt ${kubevirt} and CDI ${cdi} (${reason}), vmRolloutStrategy ${rollout}, ${removal}`;
}

function checked(options: DiffOptions): DiffOptions {
  const strategies: readonly string[] = Object.values(RolloutStrategy);
  const { rolloutStrategy } = options;
  if (rolloutStrategy === undefined || strategies.includes(rolloutStrategy)) return options;
  const got = JSON.stringify(rolloutStrategy);
  throw new Error(`[diff] 'rolloutStrategy' must be ${alternatives(strategies)}, got ${got}`);
}

function rolloutOf(configuration: Json): RolloutStrategy {
  return textAt(configuration, 'vmRolloutStrategy') === 'Stage' ? RolloutStrategy.STAGE : RolloutStrategy.LIVE_UPDATE;
}

interface Pair {
  /** The new object, or the old one that is gone. */
  readonly reviewed: Reviewed;
  readonly old?: Json;
  readonly next?: Json;
}

function pairsOf(before: State, after: State): Pair[] {
  const pairs: Pair[] = [];
  const paired = new Set<Json>();
  for (const [key, reviewed] of after.objects) {
    const next = reviewed.object;
    const old = before.objects.get(key)?.object ?? before.liveElsewhere(next);
    if (old !== undefined) paired.add(old);
    pairs.push({ reviewed, old: old !== undefined && isLive(old) ? statedPart(old, next) : old, next });
  }
  for (const reviewed of before.objects.values()) {
    if (!paired.has(reviewed.object)) pairs.push({ reviewed, old: reviewed.object });
  }
  return pairs;
}

/** Kinds that decide what is said of others: they are handed to the review though they do not change. */
const DECIDING = [
  'KubeVirt',
  'HyperConverged',
  'CDI',
  ...['', 'Cluster'].flatMap((word) => [`VirtualMachine${word}Instancetype`, `VirtualMachine${word}Preference`]),
];

/** What the review finds wrong with the new objects that are changed or new: an error is a refusal. */
function refusalsOf(pairs: readonly Pair[], after: State, options: ReviewOptions): Map<Reviewed, Finding[]> {
  const judged = pairs.filter(({ next }) => next !== undefined);
  const changed = new Set(judged.map(({ next }) => next));
  const deciding = DECIDING.flatMap((kind) => after.all(kind)).filter((object) => !changed.has(object));
  const manifests: (ReviewedManifest | Json)[] = judged.map(({ reviewed: { object, origin }, old }) =>
    old === undefined ? ReviewedManifest.of(object, origin) : ReviewedManifest.update(object, old, origin),
  );
  manifests.push(...deciding);
  const byObject = new Map(judged.map(({ reviewed }) => [titleOf(referenceOf(reviewed)), reviewed] as const));
  const refusals = new Map<Reviewed, Finding[]>();
  for (const finding of report(manifests, options).findings) {
    const reviewed = byObject.get(titleOf(finding.object));
    if (finding.severity !== Severity.ERROR || reviewed === undefined) continue;
    refusals.set(reviewed, [...(refusals.get(reviewed) ?? []), finding]);
  }
  return refusals;
}

function effectsOf(
  { old, next }: Pair,
  findings: readonly Finding[],
  removed: readonly Json[],
  { context, prune }: { readonly context: ChangeContext; readonly prune: boolean },
): readonly Effect[] {
  if (next === undefined) return [prune ? deletionEffect(old!, context) : unmanagedEffect(old!)];
  if (old === undefined)
    return findings.length > 0
      ? findings.map((finding) => refusal(finding, 'a new object'))
      : createdEffects(next, removed, context);
  const effects = changedEffects(old, next, context);
  if (findings.length > 0 && !isSame(without(old, 'status'), without(next, 'status')))
    return findings.map((finding) => ({ ...refusal(finding, changedPaths(old, next)), ...growthRemedy(old, next) }));
  const refused = effects.filter(({ consequence }) => consequence === Consequence.REFUSED);
  return refused.length > 0 ? refused : effects;
}

/** What changes in an object, by its paths: those of the spec, if it changes. */
function changedPaths(old: Json, next: Json): string {
  const inSpec = differences(old.spec, next.spec);
  const paths = inSpec.length > 0 ? inSpec : differences(without(old, 'status'), without(next, 'status'));
  const shown = paths.slice(0, 3).join(', ');
  if (paths.length > 3) return `${shown} and ${paths.length - 3} more change`;
  return `${shown} ${paths.length === 1 ? 'changes' : 'change'}`;
}

/** What the review finds wrong, said of what is changed. */
function refusal({ field, message, remedy, rule }: Finding, what: string): Effect {
  return {
    field,
    message: what,
    consequence: Consequence.REFUSED,
    reason: `the cluster refuses it, and nothing of the object is changed: ${message}`,
    ...(remedy === undefined ? {} : { remedy }),
    source: `rule ${rule}`,
  };
}

function objectChanges(open: readonly Change[]): ObjectChanges {
  const changes = [...open].sort((one, other) => compareConsequences(one.consequence, other.consequence));
  return { object: changes[0]!.object, worst: changes[0]!.consequence, changes };
}

const CONSEQUENCES: ReadonlySet<string> = new Set(Object.values(Consequence));

function titleOf({ apiVersion, kind, namespace, name }: ObjectReference): string {
  return [apiVersion, kind, namespace ?? '', name].join('\0');
}
