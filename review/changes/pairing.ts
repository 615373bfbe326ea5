import { controllerOf } from '../cluster/identity';
import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { isLive, statedPart } from './live-object';
import { objectKeyOf, rootOf, State } from './state';

/** An object before and after a change. */
export interface Pair {
  /** The new object, or the old one that is gone. */
  readonly reviewed: Reviewed;
  readonly old?: Json;
  readonly next?: Json;
  /** The engine that deletes an object that is gone from its root: `Application argocd/shop`. */
  readonly prunedBy?: string;
}

/**
 * Pairs the objects of two states by kind, namespace and name within their root. An object that only moves from one root to
 * another is the same one, unless an engine prunes the root that it leaves: then it is deleted there, and made anew.
 */
export function pairsOf(before: State, after: State): Pair[] {
  const pairing = new Pairing(before, after);
  const pairs: Pair[] = [];
  const paired = new Set<Json>();
  for (const reviewed of after.objects.values()) {
    const { object: next } = reviewed;
    const old = pairing.partner(reviewed)?.object ?? before.liveElsewhere(next);
    if (old !== undefined) paired.add(old);
    pairs.push({ reviewed, old: old !== undefined && isLive(old) ? statedPart(old, next) : old, next });
  }
  for (const reviewed of before.objects.values()) {
    if (paired.has(reviewed.object) || isMadeByController(reviewed)) continue;
    const prunedBy = pairing.prunedBy(reviewed);
    if (prunedBy === undefined && pairing.isHeldElsewhere(reviewed)) continue;
    pairs.push({ reviewed, old: reviewed.object, ...(prunedBy === undefined ? {} : { prunedBy }) });
  }
  return pairs;
}

/** What a controller made in a cluster was never among manifests: the disk of a template, the instance of a machine. */
function isMadeByController({ object }: Reviewed): boolean {
  return isLive(object) && controllerOf(object) !== undefined;
}

class Pairing {
  /** The old root of each new one. */
  private readonly oldOf: ReadonlyMap<string, string>;
  /** The new root of each old one. */
  private readonly newOf: ReadonlyMap<string, string>;

  constructor(
    private readonly before: State,
    private readonly after: State,
  ) {
    this.oldOf = matchedRoots([...before.roots.keys()], [...after.roots.keys()]);
    this.newOf = new Map([...this.oldOf].map(([next, old]) => [old, next] as const));
  }

  /** The old object of a new one: of its root, of a cluster, or of a root that does not delete it. */
  public partner(next: Reviewed): Reviewed | undefined {
    const root = this.oldOf.get(rootOf(next));
    const own = root === undefined ? undefined : this.before.objects.get(`${root}\0${objectKeyOf(next)}`);
    if (own !== undefined) return own;
    return this.before.held(next).find((old) => {
      if (isLive(old.object)) return true;
      return this.prunedBy(old) === undefined && this.after.areApart(rootOf(next), this.newOf.get(rootOf(old)) ?? '');
    });
  }

  /** The engine that prunes the root of an old object, as either state says. */
  public prunedBy(old: Reviewed): string | undefined {
    const next = this.newOf.get(rootOf(old));
    return old.root?.prunedBy ?? (next === undefined ? undefined : this.after.roots.get(next)?.prunedBy);
  }

  /** Whether another root of the same cluster applies it still. */
  public isHeldElsewhere(old: Reviewed): boolean {
    const others = this.after.held(old);
    return others.some((next) => this.before.areApart(rootOf(old), this.oldOf.get(rootOf(next)) ?? ''));
  }
}

/**
 * The old root of each new one: of the same name, else of the name that ends alike (two copies of a tree may stand in two
 * folders), else the only one that is left.
 */
function matchedRoots(old: readonly string[], next: readonly string[]): ReadonlyMap<string, string> {
  const matched = new Map<string, string>(next.filter((one) => old.includes(one)).map((one) => [one, one]));
  const taken = new Set(matched.values());
  const left = { old: old.filter((one) => !taken.has(one)), next: next.filter((one) => !matched.has(one)) };
  const candidates = left.next
    .flatMap((one) => left.old.map((other) => ({ one, other, alike: commonEnd(one, other) })))
    .filter(({ alike }) => alike > 0 || (left.old.length === 1 && left.next.length === 1))
    .sort((a, b) => b.alike - a.alike);
  for (const { one, other } of candidates) {
    if (matched.has(one) || taken.has(other)) continue;
    matched.set(one, other);
    taken.add(other);
  }
  return matched;
}

/** How many folders two paths have in common, from their ends. */
function commonEnd(one: string, other: string): number {
  const [a, b] = [one, other].map((path) => path.split('/').reverse()) as [string[], string[]];
  const different = a.findIndex((part, index) => part !== b[index]);
  return different < 0 ? a.length : different;
}
