import { printableJson } from './printable';

/** A list or an object of more entries than these is written entry by entry. */
const MOST_AT_ONCE = 100;

/**
 * The text of `printableJson` in pieces: the whole may be longer than a string can be. A list may also be any other iterable,
 * whose items are made when they are written.
 */
export function* jsonPieces(value: unknown, indent = ''): Generator<string> {
  if (value === null || typeof value !== 'object' || isShort(value)) {
    yield printableJson(value).replaceAll('\n', `\n${indent}`);
    return;
  }
  const isList = Symbol.iterator in value;
  const entries = isList ? items(value as Iterable<unknown>) : members(value);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const inner = `${indent}  `;
  let isEmpty = true;
  for (const [key, entry] of entries) {
    yield `${isEmpty ? open : ','}\n${inner}${key}`;
    yield* jsonPieces(entry, inner);
    isEmpty = false;
  }
  yield isEmpty ? `${open}${close}` : `\n${indent}${close}`;
}

function* items(list: Iterable<unknown>): Generator<readonly [string, unknown]> {
  for (const item of list) yield ['', item === undefined ? null : item];
}

function* members(object: object): Generator<readonly [string, unknown]> {
  for (const [key, entry] of Object.entries(object)) if (entry !== undefined) yield [`${printableJson(key)}: `, entry];
}

/** Whether nothing in it is long, so that it can be written at once, which is quicker. */
function isShort(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (Symbol.iterator in value && !Array.isArray(value)) return false;
  const inside: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return inside.length <= MOST_AT_ONCE && inside.every(isShort);
}
