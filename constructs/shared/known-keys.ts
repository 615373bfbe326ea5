import { isObject } from './checks';
import { wordsMeant } from './likeness';
import { Faults, kindOf } from './refusal';
import { alternatives } from './wording';

/** Every prop of an interface by its name: a new prop breaks the compile until it is listed. */
export type KnownKeys<T> = { readonly [key in keyof Required<T>]: true };

/** Notes a value that is not an object, and each unknown key; returns whether it is an object. */
export function checkKeys(
  faults: Faults,
  property: string,
  value: unknown,
  known: { readonly [key: string]: true },
): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) {
    faults.note(`'${property}' must be an object, got ${kindOf(value)}`);
    return false;
  }
  const names = Object.keys(known);
  for (const key of Object.keys(value).filter((name) => !Object.hasOwn(known, name))) {
    const meant = wordsMeant(key, names);
    const remedy = meant.length > 0 ? `write ${alternatives(meant)}` : `it knows ${names.join(', ')}`;
    faults.note(`'${property}' must have known keys only, got ${JSON.stringify(key)}; ${remedy}`);
  }
  return true;
}
