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
  if (Array.isArray(value)) {
    yield* listPieces(value, indent);
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

/** Some items of a list are written at once: of ten thousand rows each by itself takes three times as long. */
const AT_ONCE = 32;

/** As the pieces of any other list, of one whose items are there already. */
function* listPieces(list: readonly unknown[], indent: string): Generator<string> {
  const inner = `${indent}  `;
  let open = '[';
  for (let from = 0; from < list.length; open = ',') {
    const most = Math.min(list.length, from + AT_ONCE);
    let to = from;
    while (to < most && isShort(list[to])) to++;
    if (to > from) {
      // Without the brackets around.
      yield open + printableJson(list.slice(from, to)).slice(1, -2).replaceAll('\n', `\n${indent}`);
      from = to;
    } else {
      yield `${open}\n${inner}`;
      yield* jsonPieces(list[from++], inner);
    }
  }
  yield `\n${indent}]`;
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
  if (Array.isArray(value)) return value.length <= MOST_AT_ONCE && value.every(isShort);
  if (Symbol.iterator in value) return false;
  const inside: readonly unknown[] = Object.values(value);
  return inside.length <= MOST_AT_ONCE && inside.every(isShort);
}
