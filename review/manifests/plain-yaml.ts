import { loadAll } from 'js-yaml';
import { Json } from '../rule';
import { kubectlSchema } from './kubectl-schema';

/**
 * Reads a document of plain block YAML, as people and programs write manifests: maps and lists by indentation, a scalar a
 * line, literal texts. It takes a document whole, or answers undefined: then js-yaml reads it. It never answers other than
 * js-yaml does, which `plain-yaml.test.ts` holds it to.
 *
 * js-yaml takes two fifths of the time of a review, since it knows all of YAML: most documents need little of that. Whatever
 * is rare, or is a fault, is left to it: tabs, carriage returns, other keys than words, anchors, tags, flow collections with
 * something in them, folded texts, texts of several lines.
 */
export function readPlain(text: string): Json | undefined {
  if (text.length > LONGEST || UNUSUAL.test(text)) return undefined;
  try {
    return new PlainReader(text).document();
  } catch (thrown) {
    if (thrown === NOT_PLAIN) return undefined;
    throw thrown;
  }
}

/** The longest text that is tried, in characters: no object of a cluster is larger. */
const LONGEST = 4 * 2 ** 20;

/** Characters that YAML gives a meaning of its own, or that are not printable; half of a pair may stand alone. */
const UNUSUAL = /[^\n\x20-\x7e\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff]/;

/** Levels that are read here; js-yaml says where a document is nested too deep. */
const MOST_LEVELS = 60;

const NOT_PLAIN = new Error('not plain YAML');

const [SPACE, QUOTE, HASH, APOSTROPHE] = [0x20, 0x22, 0x23, 0x27];
const [PLUS, MINUS, COLON, ANGLE, OPEN_LIST, OPEN_MAP, BAR, CLOSE_MAP] = [
  0x2b, 0x2d, 0x3a, 0x3e, 0x5b, 0x7b, 0x7c, 0x7d,
];

/** What a character may be, by its code: part of a key, the first of one, the first of a plain scalar. */
const KEY = 1;
const FIRST_OF_KEY = 2;
const FIRST_OF_SCALAR = 4;
const CLASSES = new Uint8Array(128);
for (const [characters, classes] of [
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_/', KEY | FIRST_OF_KEY | FIRST_OF_SCALAR],
  ['0123456789.', KEY | FIRST_OF_SCALAR],
  ['-', KEY],
  ['+($', FIRST_OF_SCALAR],
] as const) {
  for (const character of characters) CLASSES[character.charCodeAt(0)] = classes;
}

class PlainReader {
  /** Where the next line begins. */
  private next = 0;
  /** Of the line that is read: where it begins, where its first character stands, and where it ends. */
  private start = 0;
  private first = 0;
  private end = 0;
  /** Whether no line is left. */
  private done = false;
  private levels = 0;

  constructor(private readonly text: string) {}

  public document(): Json {
    this.advance();
    if (!this.done && this.text.startsWith('---', this.first) && this.first === this.start) {
      this.rest(this.first + 3);
      this.advance();
    }
    if (this.done || this.first !== this.start) throw NOT_PLAIN;
    const object = this.map(this.first, 0);
    if (!this.done) throw NOT_PLAIN;
    return object;
  }

  /** Goes to the next line that is neither blank nor a comment. */
  private advance(): void {
    const { text } = this;
    let start = this.next;
    while (start < text.length) {
      let first = start;
      while (text.charCodeAt(first) === SPACE) first++;
      let end = text.indexOf('\n', first);
      if (end < 0) end = text.length;
      this.next = end + 1;
      if (first < end && text.charCodeAt(first) !== HASH) {
        this.start = start;
        this.first = first;
        this.end = end;
        return;
      }
      start = end + 1;
    }
    this.done = true;
  }

  private get indent(): number {
    return this.first - this.start;
  }

  /** A map whose first key stands at a place of this line, and all of whose keys stand in one column. */
  private map(first: number, column: number): Json {
    if (++this.levels > MOST_LEVELS) throw NOT_PLAIN;
    const object: Record<string, unknown> = {};
    for (let at = first; ; at = this.first) {
      const colon = this.colonOf(at);
      if (colon < 0) throw NOT_PLAIN;
      const key = this.text.slice(at, colon);
      // A key that repeats, or that every object has; and a word that means something else, such as `on`.
      if (key in object || (key.length <= LONGEST_WORD && scalar(key) !== key)) throw NOT_PLAIN;
      object[key] = this.value(colon + 1, column);
      if (this.done || this.indent < column) break;
      if (this.indent > column) throw NOT_PLAIN;
    }
    this.levels--;
    return object;
  }

  /** The colon behind a key; -1 if no key of plain characters stands there. */
  private colonOf(at: number): number {
    const { text, end } = this;
    if (((CLASSES[text.charCodeAt(at)] ?? 0) & FIRST_OF_KEY) === 0) return -1;
    for (let index = at + 1; index < end; index++) {
      const code = text.charCodeAt(index);
      if (code === COLON) {
        const isEnd = index + 1 === end || text.charCodeAt(index + 1) === SPACE;
        if (isEnd) return index - at > LONGEST_KEY || text.charCodeAt(index - 1) === COLON ? -1 : index;
      } else if (((CLASSES[code] ?? 0) & KEY) === 0) return -1;
    }
    return -1;
  }

  /** What stands behind a colon: in the same line, or in the lines below. */
  private value(at: number, column: number): unknown {
    const from = this.pastSpaces(at);
    if (from < this.end && this.text.charCodeAt(from) !== HASH) return this.inline(from, column);
    this.advance();
    if (this.done || this.indent < column) return null;
    if (this.indent > column) return this.isItem() ? this.list(this.indent) : this.map(this.first, this.indent);
    return this.isItem() ? this.list(column) : null;
  }

  private pastSpaces(at: number): number {
    let from = at;
    while (this.text.charCodeAt(from) === SPACE) from++;
    return from;
  }

  /** Whether this line begins with a dash that stands alone. */
  private isItem(): boolean {
    const { text, first, end } = this;
    return text.charCodeAt(first) === MINUS && (first + 1 === end || text.charCodeAt(first + 1) === SPACE);
  }

  /** A list all of whose dashes stand in one column; it ends too where a key stands in it, of the map around. */
  private list(column: number): unknown[] {
    if (++this.levels > MOST_LEVELS) throw NOT_PLAIN;
    const items: unknown[] = [];
    while (!this.done && this.indent === column && this.isItem()) {
      const from = this.pastSpaces(this.first + 1);
      if (from >= this.end) throw NOT_PLAIN;
      items.push(this.colonOf(from) < 0 ? this.inline(from, column) : this.map(from, from - this.start));
    }
    if (!this.done && this.indent > column) throw NOT_PLAIN;
    this.levels--;
    return items;
  }

  /** A scalar, or an empty collection, that ends in this line; or a literal text, whose lines follow. */
  private inline(at: number, column: number): unknown {
    const { text } = this;
    const code = text.charCodeAt(at);
    let value: unknown;
    if (code === QUOTE) value = this.doubleQuoted(at);
    else if (code === APOSTROPHE) value = this.singleQuoted(at);
    else if (code === BAR || code === ANGLE) return this.block(at, column);
    else if (code === OPEN_MAP) value = this.empty(at, CLOSE_MAP, {});
    else if (code === OPEN_LIST) value = this.words(at);
    else return this.plainLines(at, column);
    this.advance();
    // It would go on in the next line.
    if (!this.done && this.indent > column) throw NOT_PLAIN;
    return value;
  }

  /** A scalar without quotes; in further lines it is text, folded to one. */
  private plainLines(at: number, column: number): unknown {
    const [begin, { next }] = [this.plain(at), this];
    this.advance();
    if (this.done || this.indent <= column) return scalar(begin);
    const lines = [begin];
    let line = next;
    while (!this.done && this.indent > column) {
      // Blank lines and comments between are left to js-yaml, and so is a comment behind: it ends the scalar.
      if (this.start !== line) throw NOT_PLAIN;
      const more = this.plain(this.first);
      if (this.pastSpaces(this.first + more.length) < this.end) throw NOT_PLAIN;
      lines.push(more);
      line = this.next;
      this.advance();
    }
    if (this.pastSpaces(at + begin.length) < next - 1) throw NOT_PLAIN;
    return lines.join(' ');
  }

  /** The text of a scalar without quotes, as far as this line has it. */
  private plain(at: number): string {
    const { text, end } = this;
    const code = text.charCodeAt(at);
    const isFirst = ((CLASSES[code] ?? 0) & FIRST_OF_SCALAR) !== 0;
    if (!isFirst && !(code === MINUS && at + 1 < end && text.charCodeAt(at + 1) !== SPACE)) throw NOT_PLAIN;
    let last = at;
    for (let index = at + 1; index < end; index++) {
      const one = text.charCodeAt(index);
      if (one === SPACE) continue;
      if (one === HASH && last < index - 1) break;
      last = index;
      if (one === COLON && (index + 1 === end || text.charCodeAt(index + 1) === SPACE)) throw NOT_PLAIN;
    }
    return text.slice(at, last + 1);
  }

  private singleQuoted(at: number): string {
    const { text, end } = this;
    let closing = text.indexOf("'", at + 1);
    while (closing >= 0 && closing < end && text.charCodeAt(closing + 1) === APOSTROPHE) {
      closing = text.indexOf("'", closing + 2);
    }
    if (closing < 0 || closing >= end) throw NOT_PLAIN;
    this.rest(closing + 1);
    const inner = text.slice(at + 1, closing);
    return inner.includes("'") ? inner.replaceAll("''", "'") : inner;
  }

  private doubleQuoted(at: number): string {
    const { text, end } = this;
    const closing = text.indexOf('"', at + 1);
    if (closing < 0 || closing >= end) throw NOT_PLAIN;
    const inner = text.slice(at + 1, closing);
    if (inner.includes('\\')) throw NOT_PLAIN;
    this.rest(closing + 1);
    return inner;
  }

  private empty<T>(at: number, closing: number, value: T): T {
    if (this.text.charCodeAt(at + 1) !== closing) throw NOT_PLAIN;
    this.rest(at + 2);
    return value;
  }

  /** A list in brackets of words, with or without quotes. */
  private words(at: number): unknown[] {
    const { text, end } = this;
    const closing = text.indexOf(']', at);
    if (closing < 0 || closing >= end) throw NOT_PLAIN;
    this.rest(closing + 1);
    const inner = text.slice(at + 1, closing).trim();
    if (inner === '') return [];
    return inner.split(',').map((item) => {
      const word = WORD.exec(item);
      if (word === null) throw NOT_PLAIN;
      return word[1] ?? word[2] ?? scalar(word[3]!);
    });
  }

  /** Nothing but a comment may follow in this line. */
  private rest(at: number): void {
    const from = this.pastSpaces(at);
    if (from >= this.end) return;
    if (from === at || this.text.charCodeAt(from) !== HASH) throw NOT_PLAIN;
  }

  /** The lines below that are indented deeper, as they stand or folded: YAML 1.2.2, 8.1. */
  private block(at: number, column: number): string {
    const { text } = this;
    const isFolded = text.charCodeAt(at) === ANGLE;
    const sign = text.charCodeAt(at + 1);
    const isKept = sign === PLUS;
    const isStripped = sign === MINUS;
    if (this.pastSpaces(isKept || isStripped ? at + 2 : at + 1) < this.end) throw NOT_PLAIN;
    const lines: string[] = [];
    let width = -1;
    let start = this.next;
    while (start < text.length) {
      let first = start;
      while (text.charCodeAt(first) === SPACE) first++;
      let end = text.indexOf('\n', first);
      if (end < 0) end = text.length;
      if (first < end) {
        const indent = first - start;
        if (width < 0) {
          if (indent <= column) throw NOT_PLAIN;
          width = indent;
        } else if (indent > width && isFolded) throw NOT_PLAIN;
        else if (indent < width) {
          // Of a comment deeper than the key it is hard to say whether it ends the text.
          if (indent > column) throw NOT_PLAIN;
          break;
        }
      } else if (width < 0 ? first > start : first - start > width) {
        // Spaces that may be part of the text.
        throw NOT_PLAIN;
      }
      lines.push(first < end ? text.slice(start + width, end) : '');
      start = end + 1;
    }
    if (width < 0 || (isKept && start > text.length)) throw NOT_PLAIN;
    this.next = start;
    this.advance();
    let count = lines.length;
    while (lines[count - 1] === '') count--;
    const kept = isKept ? '\n'.repeat(lines.length - count) : '';
    lines.length = count;
    return `${isFolded ? folded(lines) : lines.join('\n')}${isStripped ? '' : '\n'}${kept}`;
  }
}

/** Lines as one: a single line end becomes a space, and of several the first goes. */
function folded(lines: readonly string[]): string {
  let text = '';
  let isBlank = true;
  for (const line of lines) {
    if (line === '') text += '\n';
    else text += isBlank ? line : ` ${line}`;
    isBlank = line === '';
  }
  return text;
}

/** An item of a list in brackets: in double quotes, in single quotes, or plain. */
const WORD = /^ *(?:"([^"\\]*)"|'([^']*)'|([\w/.][\w/.-]*)) *$/;

/** The longest key that js-yaml takes without a question mark has 1024 characters. */
const LONGEST_KEY = 1000;

/** The longest word that is not text: `false`. */
const LONGEST_WORD = 5;

/** The longest scalar that is remembered: V8 copies it, where a longer one would keep the whole text. */
const LONGEST_KEPT = 12;

/** What could be a number. */
const NUMBER = /^[-+.\d][\w.+-]*$/;

const SMALL_INTEGER = /^(?:0|[1-9]\d{0,8})$/;

const OPTIONS = { schema: kubectlSchema() };

const known = new Map<string, unknown>();
const MOST_KNOWN = 10_000;

/** What a scalar without quotes says: js-yaml decides, by the schema, and its answers are kept. */
function scalar(text: string): unknown {
  const code = text.charCodeAt(0);
  const isWord = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  if (text.length > (isWord ? LONGEST_WORD : LONGEST_KEPT)) return isWord || !NUMBER.test(text) ? text : resolved(text);
  if (SMALL_INTEGER.test(text)) return Number(text);
  if (known.has(text)) return known.get(text);
  if (known.size > MOST_KNOWN) known.clear();
  const value = resolved(text);
  known.set(text, value);
  return value;
}

function resolved(text: string): unknown {
  const [{ a } = { a: undefined }] = loadAll(`a: ${text}\n`, OPTIONS) as { a: unknown }[];
  // JSON has neither an infinite number nor a zero below zero.
  if (typeof a === 'number' && (!Number.isFinite(a) || Object.is(a, -0))) throw NOT_PLAIN;
  return a;
}
