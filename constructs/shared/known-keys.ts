import { isObject } from './checks';
import { wordsMeant } from './likeness';
import { otherWord } from './other-words';
import { Faults, kindOf } from './refusal';
import { alternatives, firstWords } from './wording';

/** Every prop of an interface by its name: a new prop breaks the compile until it is listed. */
export type KnownKeys<T> = { readonly [key in keyof Required<T>]: true };

/**
 * Notes a value that is not an object, and each unknown key; returns whether it is an object.
 *
 * @param known An object of the known keys.
 */
export function checkKeys(
  faults: Faults,
  property: string,
  value: unknown,
  known: object,
): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) {
    faults.note(`'${property}' must be an object, got ${kindOf(value)}`);
    return false;
  }
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(known, key)) continue;
    const remedy = keyRemedy(key, Object.keys(known));
    faults.note(`'${property}' must have known keys only, got ${JSON.stringify(key)}; ${remedy}`);
  }
  return true;
}

function keyRemedy(key: string, names: readonly string[]): string {
  const other = otherWord(key, names);
  if (other !== undefined) return `write ${other}`;
  const meant = wordsMeant(key, names);
  if (meant.length > 0) return `write ${alternatives(meant)}`;
  return `it knows ${firstWords(names, MOST_NAMED)}`;
}

/** A reader looks through so many names. */
const MOST_NAMED = 16;
