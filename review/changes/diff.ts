import { SensitiveValues } from '../../constructs/shared/sensitive-values';
import { Acceptance, acceptedReason } from '../accept';
import { knownOptions, referenceOf } from '../engine';
import { Finding, ObjectReference } from '../finding';
import { textAt, without } from '../manifests/json';
import { checkedOptions } from '../options';
import { Json } from '../rule';
import { Basis, basisFor } from './basis';
import { compareConsequences, Consequence, Effect } from './consequence';
import { createdEffects } from './creation';
import { DeletedNamespaces } from './deleted-namespaces';
import { changedEffects } from './kinds';
import { dataVolumeRemedy } from './kinds/data-volumes';
import { DiffOptions } from './options';
import { Pair, pairsOf } from './pairing';
import { changedPaths, refusal, refusalsOf } from './refusals';
import { removalEffect } from './removal';
import { RemovedObjects } from './removed-objects';
import { State } from './state';
import { isSame } from './wording';

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
  const [before, after] = [new State(oldManifests), new State(newManifests)];
  const basis = basisFor(before, after, checkedOptions(options, 'diff'));
  // Said here, too, where nothing is reviewed.
  knownOptions(basis.review);
  const pairs = pairsOf(before, after);
  const namespaces = new DeletedNamespaces(pairs, basis.prune);
  const different = pairs.filter((pair) => !isSame(pair.old, pair.next) || namespaces.takes(pair));
  const refusals = refusalsOf(different, after, basis);
  const removed = new RemovedObjects(different.flatMap(({ old, next }) => (next === undefined ? [old!] : [])));
  const results = different.map((pair) => {
    const effects = namespaces.takes(pair)
      ? [namespaces.effectOn(pair.old!, basis.contextOf(pair.reviewed))]
      : effectsOf(pair, refusals.get(pair.reviewed) ?? [], removed, basis);
    return judged(changesOf(pair, effects), pair.reviewed.object, basis.acceptances);
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
    basis: basis.sentence(pairs),
    accepted: results.flatMap(({ accepted }) => accepted),
  };
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

function effectsOf(pair: Pair, findings: readonly Finding[], removed: RemovedObjects, basis: Basis): readonly Effect[] {
  const { reviewed, old, next } = pair;
  const context = basis.contextOf(reviewed);
  if (next === undefined) return [removalEffect(old!, context, pair.prunedBy, basis.prune)];
  if (old === undefined) {
    if (findings.length > 0) return findings.map((finding) => refusal(finding, 'a new object'));
    return createdEffects(next, removed, context);
  }
  const effects = changedEffects(old, next, context);
  if (findings.length > 0 && !isSame(without(old, 'status'), without(next, 'status'))) {
    const what = changedPaths(old, next);
    return findings.map((finding) => ({
      ...refusal(finding, what),
      ...(finding.rule === 'data-volume-spec-immutable' ? dataVolumeRemedy(old, next) : {}),
    }));
  }
  const refused = effects.filter(({ consequence }) => consequence === Consequence.REFUSED);
  return refused.length > 0 ? refused : effects;
}

function objectChanges(open: readonly Change[]): ObjectChanges {
  const changes = [...open].sort((one, other) => compareConsequences(one.consequence, other.consequence));
  return { object: changes[0]!.object, worst: changes[0]!.consequence, changes };
}
