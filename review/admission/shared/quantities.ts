import { childIn } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';

/** A quantity as apimachinery's Value() gives it: whole, rounded away from zero; 0 if there is no quantity. */
export function wholeValue(quantity: unknown): number {
  return awayFromZero(parseQuantity(quantity) ?? 0);
}

/** A quantity as MilliValue() gives it. */
export function milliValue(quantity: unknown): number {
  // 1.001 * 1000 is 1000.9999999999999: what is below a billionth is the format's, not the writer's.
  return awayFromZero(Number(((parseQuantity(quantity) ?? 0) * 1000).toFixed(6)));
}

function awayFromZero(value: number): number {
  return value < 0 ? Math.floor(value) : Math.ceil(value);
}

/** One resource of `domain.resources`. */
export function resource(domain: Json, list: 'requests' | 'limits', name: 'cpu' | 'memory'): unknown {
  return childIn(childIn(domain, 'resources'), list)?.[name];
}
