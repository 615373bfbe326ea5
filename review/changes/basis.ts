import { Acceptance } from '../accept';
import { Cluster } from '../cluster/cluster';
import { clusterConfig } from '../cluster/config';
import { isGiven } from '../cluster/given-objects';
import { versionEvidence } from '../cluster/version-evidence';
import type { ReviewOptions } from '../engine';
import { textAt } from '../manifests/json';
import { Json } from '../rule';
import { chooseRelease } from '../schema';
import { Consequence } from './consequence';
import { ChangeContext, RolloutStrategy } from './context';
import { DiffOptions } from './options';
import { Pair } from './pairing';
import { State } from './state';

/** What a comparison rests on. */
export interface Basis {
  /** What is known of the cluster, as it is seen from a root. */
  readonly seenFrom: (root: string) => ChangeContext;
  /** Whether what is gone from the manifests is deleted, whatever its root. */
  readonly prune: boolean;
  /** What the review of the new objects is told. */
  readonly review: ReviewOptions;
  /** Those of consequences; those of rules are the review's. */
  readonly acceptances: readonly Acceptance[];
  /** All of it in a sentence. */
  readonly sentence: (pairs: readonly Pair[]) => string;
}

/** What two states and the options of a comparison say of the cluster. */
export function basisFor(before: State, after: State, options: DiffOptions): Basis {
  const { prune = false, running, migratable, bound, rolloutStrategy, storage = [], accept = [], ...rest } = options;
  const { choice } = chooseRelease(options, versionEvidence([...after.objects.values(), ...before.objects.values()]));
  const { kubevirt, cdi, reason } = choice;
  const isConsequence = ({ rule }: Acceptance): boolean => CONSEQUENCES.has(rule);
  const review = { ...rest, kubevirt, cdi, accept: accept.filter((one) => !isConsequence(one)) };
  const config = { ...clusterConfig(review, after.settings() ?? before.settings()), release: kubevirt };
  const rollout = rolloutStrategy ?? rolloutOf(config.configuration);
  const facts = new State(storage);
  const shared = {
    ...{ kubevirt, cdi, config, rollout, running, migratable, bound },
    ...existence([before, after, facts], options),
  };
  const contexts = new Map<string, ChangeContext>();
  const seenFrom = (root: string): ChangeContext => {
    let context = contexts.get(root);
    if (context === undefined) {
      const known = facts.seenFrom('');
      context = { ...shared, before: before.seenFrom(root, known), after: after.seenFrom(root, known) };
      contexts.set(root, context);
    }
    return context;
  };
  const sentence = (pairs: readonly Pair[]): string =>
    `KubeVirt ${kubevirt} and CDI ${cdi} (${reason}), vmRolloutStrategy ${rollout}, ${pruning(prune, pairs)}`;
  return { seenFrom, prune, review, acceptances: accept.filter(isConsequence), sentence };
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
