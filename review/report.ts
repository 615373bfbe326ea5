import { gatesOnWith } from './cluster/config';
import { Finding, ObjectReference, Severity } from './finding';
import { ClusterConfig } from './rule';
import { allPairs, ReleaseChoice, ReleasePair, SchemaRule } from './schema';

/** What was not checked, and why: it may be right or wrong. */
export interface Unchecked {
  /** The object; undefined if the input is not an object. */
  readonly object?: ObjectReference;
  /** File that it stands in; nothing for an object of the program itself. */
  readonly file?: string;
  /** Number of its document in the file, from 0. */
  readonly document?: number;
  /** Why nothing is said of it: no schema of its kind, not an object, a rule that could not be applied. */
  readonly reason: string;
}

/** What an upgrade to a later pair of releases would change. */
export interface Upgrade extends ReleasePair {
  /** How many findings hold there and not in the release of the cluster: the API server would refuse the object. */
  readonly refused: number;
  /** How many fields are unknown there and known in the release of the cluster: the API server would drop them. */
  readonly dropped: number;
  /** Feature gates that come on by themselves. */
  readonly switchedOn: readonly string[];
}

/** All that a review has to say. */
export interface Report {
  /** What is wrong and not accepted, in the order of file, object, field and rule. */
  readonly findings: readonly Finding[];
  /** What is accepted, with the reason. */
  readonly accepted: readonly Finding[];
  /** What was passed by, in whole or in part: no finding of it means nothing. */
  readonly unchecked: readonly Unchecked[];
  /** How many objects there are; what has no kind does not count. */
  readonly objects: number;
  /** The releases that the cluster is taken to be of, and why. */
  readonly release: ReleaseChoice;
  /** What an upgrade to each later pair would change; empty unless all releases are reviewed against. */
  readonly upgrades: readonly Upgrade[];
  /** Releases whose schemas were taken, `release` first. */
  readonly schemas: readonly ReleasePair[];
  /** Releases whose admission rules were asked: those of `release`. */
  readonly admission: ReleasePair;
}

/** What the later pairs say that the release of the cluster does not. */
export function upgradesOf(
  findings: readonly Finding[],
  release: ReleasePair,
  pairs: readonly ReleasePair[],
  config: ClusterConfig,
): Upgrade[] {
  const order = allPairs().map(({ kubevirt }) => kubevirt);
  const later = pairs.filter(({ kubevirt }) => order.indexOf(kubevirt) > order.indexOf(release.kubevirt));
  const own = titlesOf(release);
  return later.map((pair) => {
    const titles = titlesOf(pair);
    const fresh = findings.filter(
      ({ severity, releases }) =>
        severity === Severity.ERROR &&
        releases?.some((title) => titles.includes(title)) === true &&
        !releases.some((title) => own.includes(title)),
    );
    const dropped = fresh.filter(({ rule }) => rule === String(SchemaRule.UNKNOWN_FIELD)).length;
    return {
      kubevirt: pair.kubevirt,
      cdi: pair.cdi,
      refused: fresh.length - dropped,
      dropped,
      switchedOn: gatesOnWith(config, release.kubevirt, pair.kubevirt),
    };
  });
}

function titlesOf({ kubevirt, cdi }: ReleasePair): string[] {
  return [`KubeVirt ${kubevirt}`, `CDI ${cdi}`];
}
