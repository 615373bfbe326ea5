/** More values than any object of a cluster has: etcd takes 1.5 MiB. */
const MOST_VALUES = 2_000_000;

/** As deep as the YAML parser goes; aliases and JSON may go deeper. */
const MOST_LEVELS = 100;

/**
 * Why a document cannot be walked, if it cannot: aliases that explode, an alias within its own anchor, or nesting
 * without end. Every collection is looked at once, however often it is named.
 */
export function extentFault(document: unknown): string | undefined {
  try {
    const { values, levels } = measure(document, new Map());
    if (values > MOST_VALUES) return `must have at most ${MOST_VALUES} values with its aliases written out`;
    return levels > MOST_LEVELS ? TOO_DEEP : undefined;
  } catch (thrown) {
    if (thrown instanceof Endless) return 'must not hold an alias within its own anchor';
    if (thrown instanceof RangeError) return TOO_DEEP;
    throw thrown;
  }
}

const TOO_DEEP = `must be nested at most ${MOST_LEVELS} levels deep`;

class Endless extends Error {}

interface Extent {
  readonly values: number;
  readonly levels: number;
}

const ONE: Extent = { values: 1, levels: 0 };

function measure(value: unknown, known: Map<object, Extent | undefined>): Extent {
  if (value === null || typeof value !== 'object') return ONE;
  const seen = known.get(value);
  if (seen !== undefined) return seen;
  if (known.has(value)) throw new Endless();
  known.set(value, undefined);
  let [values, levels] = [1, 0];
  for (const below of Object.values(value)) {
    const extent = measure(below, known);
    values += extent.values;
    levels = Math.max(levels, extent.levels);
  }
  const extent = { values, levels: levels + 1 };
  known.set(value, extent);
  return extent;
}
