import { PairRecord } from '../../review/schema/node';

/** The versions of an input, by component. */
export type Versions = Readonly<Record<string, string>>;

/** The pairs with those of an input, or what is still to be said. */
export type PairPlan =
  | { readonly pairs: readonly PairRecord[]; readonly missing?: undefined }
  | { readonly pairs?: undefined; readonly missing: 'kubevirt' | 'cdi' };

/**
 * Adds the versions of an input to the pairs. A release that is in a pair already takes what else is named with it; a
 * new one makes a pair with the release of the other component, and what else goes with the nearest pair goes with it.
 */
export function withVersions(pairs: readonly PairRecord[], named: Versions): PairPlan {
  const { kubevirt, cdi } = named;
  const index = pairs.findIndex(
    (pair) => (kubevirt ?? pair.kubevirt) === pair.kubevirt && (cdi ?? pair.cdi) === pair.cdi,
  );
  if (kubevirt === undefined && cdi === undefined) return { pairs };
  if (index >= 0) return { pairs: pairs.map((pair, at) => (at === index ? { ...pair, ...named } : pair)) };
  if (kubevirt === undefined || cdi === undefined) return { missing: kubevirt === undefined ? 'kubevirt' : 'cdi' };
  const pair: PairRecord = { ...nearest(pairs, kubevirt), ...named, kubevirt, cdi };
  return { pairs: [...pairs, pair].sort(byRelease) };
}

/** The pair of the same minor version, else the newest that is older, else the oldest. */
function nearest(pairs: readonly PairRecord[], kubevirt: string): PairRecord | undefined {
  const minor = (version: string) => version.split('.').slice(0, 2).join('.');
  const same = pairs.find((pair) => minor(pair.kubevirt) === minor(kubevirt));
  const older = pairs.filter((pair) => compare(pair.kubevirt, kubevirt) < 0);
  return same ?? older.at(-1) ?? pairs[0];
}

function byRelease(a: PairRecord, b: PairRecord): number {
  return compare(a.kubevirt, b.kubevirt) || compare(a.cdi, b.cdi);
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** The text of the file that holds them: a pair a line. */
export function pairsText(pairs: readonly PairRecord[]): string {
  return `[\n${pairs.map((pair) => `  ${JSON.stringify(pair)}`).join(',\n')}\n]\n`;
}
