import { referenceOf, report, ReviewOptions } from '../engine';
import { Finding, ObjectReference, Severity } from '../finding';
import { without } from '../manifests/json';
import { Reviewed, ReviewedManifest } from '../manifests/manifest';
import { Json } from '../rule';
import { Consequence, Effect } from './consequence';
import { Pair } from './pairing';
import { State } from './state';
import { differences } from './wording';

/** Kinds that decide what is said of others: they are handed to the review though they do not change. */
const DECIDING = [
  'KubeVirt',
  'HyperConverged',
  'CDI',
  ...['', 'Cluster'].flatMap((word) => [`VirtualMachine${word}Instancetype`, `VirtualMachine${word}Preference`]),
];

/** Errors of the review that no server answers with: what they say of a change is said by its consequence. */
const NO_REFUSALS: ReadonlySet<string> = new Set(['migration-target-size']);

/** What the review finds wrong with the new objects that are changed or new: an error is a refusal. */
export function refusalsOf(
  pairs: readonly Pair[],
  after: State,
  options: ReviewOptions,
): ReadonlyMap<Reviewed, readonly Finding[]> {
  const judged = pairs.filter(({ next }) => next !== undefined);
  const changed = new Set(judged.map(({ next }) => next));
  const { all } = after.seenFrom('');
  const deciding = DECIDING.flatMap((kind) => all(kind)).filter((object) => !changed.has(object));
  const refusals = new Map<Reviewed, Finding[]>();
  for (const round of rounds(judged)) {
    const manifests: (ReviewedManifest | Json)[] = [...round.values()].map(({ reviewed: { object, origin }, old }) =>
      old === undefined ? ReviewedManifest.of(object, origin) : ReviewedManifest.update(object, old, origin),
    );
    for (const finding of report([...manifests, ...deciding], options).findings) {
      const reviewed = round.get(titleOf(finding.object))?.reviewed;
      if (finding.severity !== Severity.ERROR || reviewed === undefined || NO_REFUSALS.has(finding.rule)) continue;
      refusals.set(reviewed, [...(refusals.get(reviewed) ?? []), finding]);
    }
  }
  return refusals;
}

/** The objects in as few lists as it takes for each to have a name of its own: several roots may make one of the same name. */
function rounds(pairs: readonly Pair[]): readonly ReadonlyMap<string, Pair>[] {
  const lists: Map<string, Pair>[] = [];
  const times = new Map<string, number>();
  for (const pair of pairs) {
    const title = titleOf(referenceOf(pair.reviewed));
    const time = times.get(title) ?? 0;
    times.set(title, time + 1);
    (lists[time] ??= new Map<string, Pair>()).set(title, pair);
  }
  return lists;
}

/** What changes in an object, by its paths: those of the spec, if it changes. */
export function changedPaths(old: Json, next: Json): string {
  const inSpec = differences(old.spec, next.spec);
  const paths = inSpec.length > 0 ? inSpec : differences(without(old, 'status'), without(next, 'status'));
  const shown = paths.slice(0, 3).join(', ');
  if (paths.length > 3) return `${shown} and ${paths.length - 3} more change`;
  return `${shown} ${paths.length === 1 ? 'changes' : 'change'}`;
}

/** What the review finds wrong, said of what is changed. */
export function refusal({ field, message, remedy, rule }: Finding, what: string): Effect {
  return {
    field,
    message: what,
    consequence: Consequence.REFUSED,
    reason: `the cluster refuses it, and nothing of the object is changed: ${message}`,
    ...(remedy === undefined ? {} : { remedy }),
    source: `rule ${rule}`,
  };
}

function titleOf({ apiVersion, kind, namespace, name }: ObjectReference): string {
  return [apiVersion, kind, namespace ?? '', name].join('\0');
}
