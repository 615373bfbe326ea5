import { withoutSensitive } from './sensitive';
import { shortened } from './wording';

/** A value as it stands in a message: JSON without what is secret, cut where it is long; `nothing` if undefined. */
export function show(value: unknown): string {
  return value === undefined ? 'nothing' : shortened(toText(value));
}

function toText(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  try {
    return JSON.stringify(withoutSensitive(value)) ?? typeof value;
  } catch {
    return Object.prototype.toString.call(value);
  }
}
