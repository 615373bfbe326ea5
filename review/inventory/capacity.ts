import { CloneOutcomeKind } from '../../constructs/storage/clone/outcome';
import { Claim } from '../cluster/claim';
import { Clone } from '../cluster/clone';
import { CapacityRow } from './model';
import { compare } from './text';

type Sums = { -readonly [K in keyof CapacityRow]: CapacityRow[K] };

/** What each namespace takes of each storage class. */
export function capacityOf(group: string, claims: Iterable<Claim>, clones: ReadonlyMap<string, Clone>): CapacityRow[] {
  const rows = new Map<string, Sums>();
  const row = (namespace: string, storageClass: string): Sums => {
    const key = `${namespace}/${storageClass}`;
    const found = rows.get(key) ?? { group, namespace, storageClass, ...NOTHING };
    rows.set(key, found);
    return found;
  };
  for (const claim of claims) {
    const { namespace, settled, asked, requested, usable, scratch, source } = claim;
    const sums = row(namespace, settled.storageClassName ?? '');
    sums.claims += 1;
    if (requested === undefined) sums.unknownSizes += 1;
    sums.asked += asked ?? 0;
    sums.requested += requested ?? 0;
    sums.usable += usable ?? 0;
    if (scratch !== undefined) {
      row(namespace, scratch.storageClass)[source.scratch === 'perhaps' ? 'scratchPerhaps' : 'scratch'] +=
        scratch.bytes;
    }
    const clone = clones.get(`${namespace}/${claim.name}`);
    if (clone !== undefined) sums[takes(clone)] += requested ?? 0;
  }
  return [...rows.values()].sort(
    (a, b) => compare(a.namespace, b.namespace) || compare(a.storageClass, b.storageClass),
  );
}

const NOTHING = {
  claims: 0,
  unknownSizes: 0,
  asked: 0,
  requested: 0,
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
