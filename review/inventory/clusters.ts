import { keyOf, nameOf } from '../cluster/identity';
import { kindOf, makesMachinesOrClaims } from '../cluster/kinds';
import { ReviewedManifest } from '../manifests/manifest';
import { objectsOf } from '../manifests/objects';

/** What may be applied to one cluster. */
export interface ClusterManifests {
  /** The roots that are applied to it. */
  readonly name: string;
  /** In the order in which they were given. */
  readonly manifests: readonly ReviewedManifest[];
}

/**
 * Manifests by the cluster that they may be applied to. Roots are of one cluster unless they make machines or claims of the
 * same names: then they are of several, or an object would be counted for another.
 */
export function byCluster(manifests: readonly ReviewedManifest[]): readonly ClusterManifests[] {
  if (!manifests.some(({ root }) => root !== undefined)) return [{ name: '', manifests }];
  const clusters: Candidate[] = [];
  const of = new Map<string | undefined, Candidate>();
  for (const [name, own] of grouped(manifests)) {
    const claims = new Set(own.flatMap(claimsOf));
    let cluster = clusters.find((one) => [...claims].every((claim) => !one.claims.has(claim)));
    if (cluster === undefined) clusters.push((cluster = { roots: [], claims: new Set() }));
    cluster.roots.push(name ?? OTHERS);
    for (const claim of claims) cluster.claims.add(claim);
    of.set(name, cluster);
  }
  return clusters.map((cluster) => ({
    name: nameFor(cluster.roots),
    manifests: manifests.filter(({ root }) => of.get(root?.name) === cluster),
  }));
}

interface Candidate {
  readonly roots: string[];
  readonly claims: Set<string>;
}

/** What is part of no root. */
const OTHERS = 'files of no root';

function grouped(manifests: readonly ReviewedManifest[]): Map<string | undefined, ReviewedManifest[]> {
  const roots = new Map<string | undefined, ReviewedManifest[]>();
  for (const manifest of manifests) {
    const same = roots.get(manifest.root?.name);
    if (same === undefined) roots.set(manifest.root?.name, [manifest]);
    else same.push(manifest);
  }
  return roots;
}

/** What no other root of the same cluster may have: the names of what makes machines or claims. */
function claimsOf(manifest: ReviewedManifest): string[] {
  return objectsOf(manifest).objects.flatMap((reviewed) => {
    const kind = kindOf(reviewed.object);
    return kind !== undefined && makesMachinesOrClaims(kind) && nameOf(reviewed) !== '' ? [keyOf(reviewed)] : [];
  });
}

/** As many roots as these are named. */
const MOST_NAMED = 3;

function nameFor(roots: readonly string[]): string {
  const more = roots.length - MOST_NAMED;
  return [...roots.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
