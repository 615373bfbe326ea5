import { readCases } from '../cases';

/** Random numbers that are the same for the same seed (mulberry32). */
export class Dice {
  private state: number;

  public constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number from 0, below a bound. */
  public below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  }

  public one<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!;
  }
}

/** Values that break what expects another: of other types, of other sizes, and names that every object has. */
const VALUES: readonly unknown[] = [
  null,
  '',
  ' ',
  'a',
  0,
  -1,
  -0,
  1e308,
  NaN,
  2 ** 53,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  [{}],
  { a: null },
  { toString: 1 },
  { length: 3 },
  [{ toString: null }],
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  '${X}',
  '{{ .Values.x }}',
  '<name>',
  'ENC[AES256_GCM,data:x]',
  '*',
  'a/b/c',
  '-1Gi',
  '1e999',
  '9'.repeat(400),
  'Infinity',
  '0x1f',
  '\u0000',
  '\ud800',
  '\u202e',
  '::error::x',
  'https://u:p@h/x?q',
  'docker://',
  'x'.repeat(3000),
  '@every 1ns',
  '* * * * *',
  '2025-13-45T99:99:99Z',
  'AAAA====',
];

const NAMES = VALUES.filter((value) => typeof value === 'string');

/** Pieces of text that a parser of YAML or JSON can stumble over. */
const PIECES: readonly string[] = [
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '%TAG ! x\n',
  '{',
  '}',
  '[',
  ']',
  ':',
  ': ',
  ',',
  '- ',
  '? ',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '  ',
  '"',
  "'",
  '|',
  '>',
  '|-\n',
  '#',
  '&a ',
  '*a',
  '!',
  '!!binary ',
  '!!int ',
  '!<x> ',
  '<<: ',
  '@',
  '`',
  '\\',
  '\\u0000',
  '\u0000',
  '\ufeff',
  '\ud800',
  '{{',
  '}}',
  '${',
  '~',
  'null',
  '0x',
  '1_0',
  '.inf',
  '=',
  'kind: List\nitems: ',
  '"kind": "List", "items": ',
  '[[[[[[[[',
  '{"a":',
];

const CASES = readCases().map(({ obj }) => JSON.stringify(obj));

/** A hostile input: objects of the recorded cases with values out of place, or a text that is broken. */
export function hostileText(dice: Dice): string {
  const count = 1 + dice.below(3);
  const objects = Array.from({ length: count }, () => changed(JSON.parse(dice.one(CASES)), dice));
  const text = written(objects, dice);
  return dice.below(3) === 0 ? broken(text, dice) : text;
}

/** An object with one to four values replaced, removed, doubled or renamed. */
function changed(object: unknown, dice: Dice): unknown {
  let whole = object;
  for (let turn = dice.below(4); turn >= 0; turn--) {
    const places: [Record<string, unknown>, string][] = [];
    collect(whole, places);
    if (places.length === 0) return whole;
    const [holder, key] = dice.one(places);
    switch (dice.below(6)) {
      case 0:
        Reflect.deleteProperty(holder, key);
        break;
      case 1:
        holder[dice.one(NAMES)] = holder[key];
        break;
      case 2:
        holder[key] = dice.one(places)[0];
        if (isCyclic(whole)) holder[key] = null;
        break;
      case 3:
        holder[key] = [holder[key], holder[key]];
        break;
      default:
        holder[key] = structuredClone(dice.one(VALUES));
    }
    if (dice.below(200) === 0) whole = structuredClone(dice.one(VALUES));
  }
  return whole;
}

function collect(value: unknown, places: [Record<string, unknown>, string][]): void {
  if (typeof value !== 'object' || value === null || places.length > 3000) return;
  for (const key of Object.keys(value)) {
    places.push([value as Record<string, unknown>, key]);
    collect((value as Record<string, unknown>)[key], places);
  }
}

function isCyclic(value: unknown): boolean {
  try {
    return JSON.stringify(value).length > 200_000;
  } catch {
    return true;
  }
}

function written(objects: readonly unknown[], dice: Dice): string {
  const texts = objects.map((object) => JSON.stringify(object, undefined, dice.below(3)) ?? 'null');
  switch (dice.below(4)) {
    case 0:
      return texts.join('\n');
    case 1:
      return `{"apiVersion": "v1", "kind": "List", "items": [${texts.join(',')}]}`;
    case 2:
      return `apiVersion: v1\nkind: List\nitems:\n${texts.map((text) => `- ${text.replaceAll('\n', '\n  ')}\n`).join('')}`;
    default:
      return texts.join('\n---\n');
  }
}

function broken(text: string, dice: Dice): string {
  let result = text;
  for (let turn = dice.below(5); turn >= 0; turn--) {
    const at = dice.below(result.length + 1);
    const cut = dice.below(3) === 0 ? dice.below(40) : 0;
    result = result.slice(0, at) + dice.one(PIECES) + result.slice(at + cut);
  }
  return result;
}
