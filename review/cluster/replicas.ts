import { valueAt } from '../manifests/json';
import type { Json } from '../rule';

/** What a set makes, one for each replica. */
export interface Replicas {
  readonly count: number;
  /** The objects that one replica stands for, by its number from 0. */
  readonly objectsOf: (index: number) => readonly Json[];
  /** Why the replicas are not counted; undefined if they are. */
  readonly fault?: string;
}

/** A set with more replicas than these is taken for a slip: no fleet is that large. */
const MOST_REPLICAS = 100_000;

/** The replicas that `spec.replicas` asks for: 1 if it is absent, and 0 with a fault if it is not a number that can be counted. */
export function replicasOf(set: Json, objectsOf: Replicas['objectsOf']): Replicas {
  const count = valueAt(set, 'spec', 'replicas') ?? 1;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
    return { count: 0, objectsOf, fault: `'replicas' must be a number, got ${JSON.stringify(count)}` };
  }
  if (count > MOST_REPLICAS) {
    return { count: 0, objectsOf, fault: `'replicas' must be at most ${MOST_REPLICAS} to be counted, got ${count}` };
  }
  return { count, objectsOf };
}
