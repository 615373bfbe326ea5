import { CloneOutcomeKind } from '../../constructs/storage/clone/outcome';
import { Claim } from '../cluster/claim';
import { Clone } from '../cluster/clone';
import { CapacityRow } from './model';
import { Beside } from './peak';
import { compare } from './text';

type Sums = { -readonly [K in keyof CapacityRow]: CapacityRow[K] } & { incomplete: string[] };

/** What each namespace takes of each storage class. */
export function capacityOf(
  group: string,
  claims: Iterable<Claim>,
  clones: ReadonlyMap<string, Clone>,
  beside: Iterable<Beside>,
): CapacityRow[] {
  const rows = new Map<string, Sums>();
  let last: Sums | undefined;
  const row = (namespace: string, storageClass: string): Sums => {
    // The claims of a namespace mostly follow one another.
    if (last?.namespace === namespace && last.storageClass === storageClass) return last;
    return (last = rowOf(namespace, storageClass));
  };
  const rowOf = (namespace: string, storageClass: string): Sums => {
    const key = `${namespace}/${storageClass}`;
    const found = rows.get(key) ?? { group, namespace, storageClass, incomplete: [], ...NOTHING };
    rows.set(key, found);
    return found;
  };
  for (const claim of claims) {
    const { namespace, settled, asked, requested, usable, scratch, source } = claim;
    const sums = row(namespace, settled.storageClassName ?? '');
    sums.claims += 1;
    if (requested === undefined) sums.unknownSizes += 1;
    add(sums, 'asked', asked);
    add(sums, 'requested', requested);
    add(sums, 'usable', usable);
    if (scratch !== undefined) add(row(namespace, scratch.storageClass), scratchSum(source.scratch), scratch.bytes);
    else if (source.scratch !== 'none' && requested === undefined) add(sums, scratchSum(source.scratch), undefined);
    const clone = clones.size === 0 ? undefined : clones.get(`${namespace}/${claim.name}`);
    if (clone !== undefined) add(sums, takes(clone), requested);
  }
  for (const { namespace, storageClass, sum, bytes } of beside) add(row(namespace, storageClass), sum, bytes);
  for (const sums of rows.values()) {
    sums.peak = sums.requested + sums.scratch + sums.scratchPerhaps + sums.temporary + sums.snapshots;
    if (sums.incomplete.some((sum) => PEAK.has(sum))) sums.incomplete.push('peak');
  }
  return [...rows.values()].sort(
    (a, b) => compare(a.namespace, b.namespace) || compare(a.storageClass, b.storageClass),
  );
}

/** The sums that the peak is made of. */
const PEAK: ReadonlySet<string> = new Set(['requested', 'scratch', 'scratchPerhaps', 'temporary', 'snapshots']);

type Sum =
  | 'temporary'
  | 'snapshots'
  | 'asked'
  | 'requested'
  | 'usable'
  | 'scratch'
  | 'scratchPerhaps'
  | 'copied'
  | 'shared'
  | 'open';

/** What is not known is in no sum, which is incomplete then. */
function add(sums: Sums, sum: Sum, bytes: number | undefined): void {
  if (bytes !== undefined) sums[sum] += bytes;
  else if (!sums.incomplete.includes(sum)) sums.incomplete.push(sum);
}

function scratchSum(scratch: Claim['source']['scratch']): Sum {
  return scratch === 'perhaps' ? 'scratchPerhaps' : 'scratch';
}

const NOTHING = {
  claims: 0,
  unknownSizes: 0,
  asked: 0,
  requested: 0,
  temporary: 0,
  snapshots: 0,
  peak: 0,
  usable: 0,
  scratch: 0,
  scratchPerhaps: 0,
  copied: 0,
  shared: 0,
  open: 0,
};

function takes({ outcome: { kind } }: Clone): 'copied' | 'shared' | 'open' {
  if (kind === CloneOutcomeKind.COPY) return 'copied';
  return kind === CloneOutcomeKind.SNAPSHOT || kind === CloneOutcomeKind.CSI_CLONE ? 'shared' : 'open';
}
