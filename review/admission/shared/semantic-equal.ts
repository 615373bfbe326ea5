import { isObject } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { parseDuration } from './go-duration';

/** Keys whose values are quantities: `1Gi` and `1024Mi` are the same there. */
const QUANTITIES: ReadonlySet<string> = new Set(['requests', 'limits', 'capacity']);

/** Keys whose values are spans of time: `10m` and `600s` are the same there. */
const DURATIONS: ReadonlySet<string> = new Set(['failureDeadline', 'ttlDuration']);

/** Flags that Go holds by pointer: an explicit false is not the same as nothing. */
const POINTERS: ReadonlySet<string> = new Set(['preallocation']);

/** Keys that hold no pointer in Go: an empty object there is the same as an absent one. */
const PLAIN_OBJECTS: ReadonlySet<string> = new Set([
  ...['metadata', 'labels', 'annotations', 'resources', 'requests', 'limits', 'matchLabels', 'nodeSelector'],
  ...['matchExpressions', 'patches', 'customizeComponents', 'template', 'spec'],
]);

/**
 * Whether two decoded values are the same to the webhooks: apimachinery, pkg/api/equality, Semantic.DeepEqual. Quantities
 * compare by what they stand for, and what is empty is the same as what is absent.
 */
export function semanticEqual(left: unknown, right: unknown): boolean {
  return same(left, right, false, '');
}

function same(left: unknown, right: unknown, quantity: boolean, key: string): boolean {
  if (left === right || (isUnset(left, key) && isUnset(right, key))) return true;
  if (DURATIONS.has(key)) return parseDuration(left) !== undefined && parseDuration(left) === parseDuration(right);
  if (quantity) return parseQuantity(left) !== undefined && parseQuantity(left) === parseQuantity(right);
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => same(item, right[index], false, ''));
  }
  const [a, b] = [objectOf(left, key), objectOf(right, key)];
  if (a === undefined || b === undefined) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((name) => same(a[name], b[name], QUANTITIES.has(key), name));
}

/** An object; an absent one too, where Go holds it by value. */
function objectOf(value: unknown, key: string): Json | undefined {
  if (isObject(value)) return value;
  return value === undefined && PLAIN_OBJECTS.has(key) ? {} : undefined;
}

function isUnset(value: unknown, key: string): boolean {
  if (value === false && POINTERS.has(key)) return false;
  if (value == null || value === '' || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return PLAIN_OBJECTS.has(key) && isObject(value) && Object.keys(value).length === 0;
}
