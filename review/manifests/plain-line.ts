import { CLASSES, FIRST_OF_KEY, FIRST_OF_WORD, KEY, LETTER, NOT_PLAIN, OF_NUMBER, PlainBytes } from './plain-bytes';
import { plainScalar } from './plain-scalar';

/** Levels that are read here; js-yaml says where a document is nested too deep. */
export const MOST_LEVELS = 60;

const [SPACE, QUOTE, APOSTROPHE, COMMA, MINUS, SLASH, COLON] = [0x20, 0x22, 0x27, 0x2c, 0x2d, 0x2f, 0x3a];
const [OPEN_LIST, BACKSLASH, CLOSE_LIST, UNDERSCORE] = [0x5b, 0x5c, 0x5d, 0x5f];
const [LETTER_N, LETTER_T, OPEN_MAP, CLOSE_MAP] = [0x6e, 0x74, 0x7b, 0x7d];

/** The keys of the maps around, by their hashes: of each map those that it had so far. */
const hashes = new Int32Array(8192);

/** A map with more keys is left to js-yaml, since each key is compared with those before. */
const MOST_KEYS = 128;

/** Reads what stands in one line: keys, scalars, and collections in brackets. */
export class PlainLine extends PlainBytes {
  /** How many collections are open. */
  protected levels = 0;
  /** How many hashes there are of the maps around, and the hash of the key that was last found. */
  protected known = 0;
  protected hash = 0;

  /** The colon behind a key, which ends a line or stands before a space; 0 if no key of plain characters stands there. */
  protected colonOf(at: number, end: number): number {
    const bytes = this.in;
    if ((CLASSES[bytes[at]!]! & FIRST_OF_KEY) === 0) return 0;
    let hash = bytes[at]!;
    for (let index = at + 1; index < end; index++) {
      const code = bytes[index]!;
      if (code === COLON) {
        if (index + 1 < end && bytes[index + 1] !== SPACE) return 0;
        this.hash = hash;
        return index - at > LONGEST_KEY ? 0 : index;
      }
      if ((CLASSES[code]! & KEY) === 0) return 0;
      hash = (Math.imul(hash, 31) + code) | 0;
    }
    return 0;
  }

  /** A key: not one that repeats, nor one with a meaning to JavaScript, nor a word that means something else, such as `on`. */
  protected key(at: number, colon: number, known: number): void {
    const { in: bytes, hash } = this;
    for (let index = known; index < this.known; index++) if (hashes[index] === hash) throw NOT_PLAIN;
    if (this.known - known >= MOST_KEYS) throw NOT_PLAIN;
    hashes[this.known++] = hash;
    if (bytes[at] === UNDERSCORE) throw NOT_PLAIN;
    if (colon - at <= LONGEST_WORD && (CLASSES[bytes[at]!]! & FIRST_OF_WORD) !== 0) {
      const word = this.slice(at, colon);
      if (plainScalar(word) !== word) throw NOT_PLAIN;
    }
    this.quotedAsIs(at, colon);
    this.write(COLON);
  }

  /** A scalar in quotes or a collection in brackets, before a place; answers where it ends. */
  protected flow(at: number, end: number): number {
    const code = this.in[at]!;
    if (code === QUOTE) return this.doubleQuoted(at, end);
    if (code === APOSTROPHE) return this.singleQuoted(at, end);
    return code === OPEN_MAP ? this.flowMap(at, end) : this.flowList(at, end);
  }

  private flowList(at: number, end: number): number {
    if (++this.levels > MOST_LEVELS) throw NOT_PLAIN;
    this.write(OPEN_LIST);
    let from = this.pastSpaces(at + 1);
    while (this.in[from] !== CLOSE_LIST) {
      from = this.pastItem(from, end, CLOSE_LIST);
    }
    this.write(CLOSE_LIST);
    this.levels--;
    return from + 1;
  }

  private flowMap(at: number, end: number): number {
    if (++this.levels > MOST_LEVELS) throw NOT_PLAIN;
    const { known } = this;
    this.write(OPEN_MAP);
    let from = this.pastSpaces(at + 1);
    while (this.in[from] !== CLOSE_MAP) {
      const colon = this.colonOf(from, end);
      if (colon === 0) throw NOT_PLAIN;
      this.key(from, colon, known);
      from = this.pastItem(this.pastSpaces(colon + 1), end, CLOSE_MAP);
    }
    this.write(CLOSE_MAP);
    this.known = known;
    this.levels--;
    return from + 1;
  }

  /** Reads an item of a collection in brackets, and answers where the next or the end stands. */
  private pastItem(at: number, end: number, closing: number): number {
    const from = this.pastSpaces(this.flowItem(at, end));
    if (this.in[from] !== COMMA) return from;
    this.write(COMMA);
    const next = this.pastSpaces(from + 1);
    if (this.in[next] === closing) throw NOT_PLAIN;
    return next;
  }

  /** An item of a collection in brackets, behind which the next or the end must stand; of those without quotes, a word. */
  private flowItem(at: number, end: number): number {
    const bytes = this.in;
    const code = bytes[at]!;
    let to = at;
    if (code === QUOTE || code === APOSTROPHE || code === OPEN_MAP || code === OPEN_LIST) to = this.flow(at, end);
    else {
      if (code === MINUS) throw NOT_PLAIN;
      while ((CLASSES[bytes[to]!]! & KEY) !== 0) to++;
      if (to === at) throw NOT_PLAIN;
      this.scalar(at, to);
    }
    const after = bytes[this.pastSpaces(to)]!;
    if (after !== COMMA && after !== CLOSE_LIST && after !== CLOSE_MAP) throw NOT_PLAIN;
    return to;
  }

  /** What a scalar without quotes says: mostly text, or a small number. */
  protected scalar(at: number, to: number, isAsIs = true): void {
    const bytes = this.in;
    const first = CLASSES[bytes[at]!]!;
    if ((first & LETTER) !== 0) {
      if (to - at > LONGEST_WORD || (first & FIRST_OF_WORD) === 0) return this.textual(at, to, isAsIs);
    } else {
      let index = at;
      while (index < to && (CLASSES[bytes[index]!]! & OF_NUMBER) !== 0) index++;
      if (index < to || bytes[at] === SLASH) return this.textual(at, to, isAsIs);
    }
    const value = plainScalar(this.slice(at, to));
    if (typeof value === 'string') this.quoted(at, to);
    else this.text(JSON.stringify(value), at);
  }

  private textual(at: number, to: number, isAsIs: boolean): void {
    if (isAsIs) this.quotedAsIs(at, to);
    else this.quoted(at, to);
  }

  private singleQuoted(at: number, end: number): number {
    const bytes = this.in;
    this.write(QUOTE);
    let from = at + 1;
    for (let index = from; index < end; index++) {
      if (bytes[index] !== APOSTROPHE) continue;
      this.copy(from, index);
      if (bytes[index + 1] !== APOSTROPHE) {
        this.write(QUOTE);
        return index + 1;
      }
      from = ++index;
    }
    throw NOT_PLAIN;
  }

  /** The escapes that JSON has too are copied as they stand. */
  private doubleQuoted(at: number, end: number): number {
    const { in: bytes, out } = this;
    let { written } = this;
    out[written++] = QUOTE;
    for (let index = at + 1; index < end; index++) {
      const code = bytes[index]!;
      out[written++] = code;
      if (code === QUOTE) {
        this.written = written;
        return index + 1;
      }
      if (code !== BACKSLASH) continue;
      const escape = bytes[++index]!;
      if (escape !== QUOTE && escape !== BACKSLASH && escape !== LETTER_N && escape !== LETTER_T) throw NOT_PLAIN;
      out[written++] = escape;
    }
    throw NOT_PLAIN;
  }
}

/** The longest key that js-yaml takes without a question mark has 1024 characters. */
const LONGEST_KEY = 1000;

/** The longest word that is not text: `false`. */
const LONGEST_WORD = 5;
