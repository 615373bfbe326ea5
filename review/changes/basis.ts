import { STORAGE_KINDS } from '../../constructs/storage/from-manifests';
import { Acceptance } from '../accept';
import { Cluster } from '../cluster/cluster';
import { ClusterConfigs } from '../cluster/config-by-file';
import { isGiven } from '../cluster/given-objects';
import { kindOf } from '../cluster/kinds';
import { RolloutStrategy } from '../cluster/rollout-strategy';
import { versionEvidence } from '../cluster/version-evidence';
import type { ReviewOptions } from '../engine';
import { textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { chooseRelease } from '../schema';
import { Consequence } from './consequence';
import { ChangeContext } from './context';
import { DiffOptions } from './options';
import { Pair } from './pairing';
import { rootOf, State } from './state';

/** What a comparison rests on. */
export interface Basis {
  /** What is known of the cluster of an object. */
  readonly contextOf: (reviewed: Reviewed) => ChangeContext;
  /** Whether what is gone from the manifests is deleted, whatever its root. */
  readonly prune: boolean;
  /** What the review of the new objects is told. */
  readonly review: ReviewOptions;
  /** The objects that say how the cluster of a root is set. */
  readonly settingsOf: (root: string) => readonly Reviewed[];
  /** Those of consequences; those of rules are the review's. */
  readonly acceptances: readonly Acceptance[];
  /** All of it in a sentence. */
  readonly sentence: (pairs: readonly Pair[]) => string;
}

/** What two states and the options of a comparison say of the cluster. */
export function basisFor(before: State, after: State, options: DiffOptions): Basis {
  const { prune = false, running, migratable, bound, storage = [], accept = [], ...rest } = options;
  const evidence = versionEvidence([...after.objects.values(), ...before.objects.values()]);
  const { choice, isAssumed, operators } = chooseRelease(options, evidence);
  const { kubevirt, cdi, reason } = choice;
  const isConsequence = ({ rule }: Acceptance): boolean => CONSEQUENCES.has(rule);
  const review = { ...rest, backends: undefined, kubevirt, cdi, accept: accept.filter((one) => !isConsequence(one)) };
  const known = new State(storage);
  const facts = known.seenFrom('');
  const shared = {
    ...{ kubevirt, cdi, running, migratable, bound },
    ...existence([before, after, known], options),
  };
  const settingsOf = once((root) => settings(before, after, root));
  const states = once((root) => ({ before: before.seenFrom(root, facts), after: after.seenFrom(root, facts) }));
  const configs = once((root) => {
    const release = { release: kubevirt, cdi, releaseAssumed: isAssumed };
    return new ClusterConfigs(review, settingsOf(root), release, operators);
  });
  const clusters = once((root) => {
    const objects = [known.inView(''), before.inView(root), after.inView(root)].flat();
    const { featureGates, configuration } = review;
    const given = { featureGates, configuration, operators };
    return new Cluster(ofStorageFirst(objects), { release: kubevirt, cdi, releaseAssumed: isAssumed, given });
  });
  const contextOf = (reviewed: Reviewed): ChangeContext => {
    const root = rootOf(reviewed);
    const config = configs(root).of(reviewed);
    const cluster = (): Cluster => clusters(root);
    return { ...shared, ...states(root), config, rollout: rolloutOf(config.configuration), cluster };
  };
  const sentence = (pairs: readonly Pair[]): string => {
    const rollout = contextOf(pairs[0]?.reviewed ?? { object: {}, origin: {} }).rollout;
    return `KubeVirt ${kubevirt} and CDI ${cdi} (${reason}), vmRolloutStrategy ${rollout}, ${pruning(prune, pairs)}`;
  };
  return { contextOf, prune, review, settingsOf, acceptances: accept.filter(isConsequence), sentence };
}

/** What is known of the storage decides about the other objects: it comes first, and in its own order. */
function ofStorageFirst(objects: readonly Reviewed[]): Reviewed[] {
  const placeOf = ({ object }: Reviewed): number => {
    const place = STORAGE_KINDS.findIndex((kind) => kind === textAt(object, 'kind'));
    return place < 0 ? STORAGE_KINDS.length : place;
  };
  return [...objects].sort((one, other) => placeOf(one) - placeOf(other));
}

function once<T>(make: (root: string) => T): (root: string) => T {
  const known = new Map<string, T>();
  return (root) => {
    if (!known.has(root)) known.set(root, make(root));
    return known.get(root)!;
  };
}

/**
 * The objects that say how the cluster of a root is set: the KubeVirt objects that it sees, else those of HyperConverged, in
 * the new state, else in the old one. A single one speaks for every file, wherever it stands.
 */
function settings(before: State, after: State, root: string): readonly Reviewed[] {
  const found = [after, before]
    .flatMap((state) => ['KubeVirt', 'HyperConverged'].map((kind) => state.seen(kind, root)))
    .find((objects) => objects.some(({ object }) => kindOf(object)?.settings !== undefined));
  return found?.length === 1 ? [{ object: found[0]!.object, origin: {} }] : (found ?? []);
}

function pruning(prune: boolean, pairs: readonly Pair[]): string {
  if (prune) return 'what is removed is deleted (--prune)';
  const engines = [...new Set(pairs.flatMap(({ prunedBy }) => prunedBy ?? []))];
  return engines.length === 0 ? 'nothing is pruned' : `pruned by ${engines.join(', ')}, and by nothing else`;
}

/** Which objects are said, or taken, not to exist. */
function existence(
  states: readonly State[],
  { external, closed }: DiffOptions,
): Pick<ChangeContext, 'isMissing' | 'isUnlisted'> {
  const cluster = new Cluster(
    states.flatMap(({ objects }) => [...objects.values()]),
    { external, closed },
  );
  const isAbsent = (kind: string, name: string, namespace: string): boolean =>
    !isGiven(kind, name) && !cluster.has(kind, name, namespace);
  return {
    isMissing: (kind, ...place) => cluster.isClosed && isAbsent(kind, ...place),
    isUnlisted: (kind, ...place) => (cluster.isClosed || cluster.holds(kind)) && isAbsent(kind, ...place),
  };
}

function rolloutOf(configuration: Json): RolloutStrategy {
  return textAt(configuration, 'vmRolloutStrategy') === 'Stage' ? RolloutStrategy.STAGE : RolloutStrategy.LIVE_UPDATE;
}

const CONSEQUENCES: ReadonlySet<string> = new Set(Object.values(Consequence));
