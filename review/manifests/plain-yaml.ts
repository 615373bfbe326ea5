import { Json } from '../rule';
import { JsonParts } from './json-parts';
import { CLASSES, FIRST_OF_SCALAR, NOT_PLAIN, SMALL, SPECIAL } from './plain-bytes';
import { MOST_LEVELS, PlainLine } from './plain-line';
import { fillIn, Missing, Place, PLACES, RepeatedValues } from './repeated-values';

/**
 * Reads a document of plain YAML, as people and programs write manifests: maps and lists by indentation, a scalar a line,
 * literal texts, flow collections of words in one line. It takes a document whole, or answers undefined: then js-yaml reads
 * it. It never answers other than js-yaml does, which `plain-yaml.test.ts` holds it to.
 *
 * js-yaml takes two fifths of the time of a review, since it knows all of YAML: most documents need little of that. Whatever
 * is rare, or is a fault, is left to it: tabs, carriage returns, other keys than words, anchors, tags, most escapes.
 *
 * The reader makes no object itself. It writes the document down as JSON, byte by byte, for V8's own parser: that makes
 * objects of a shape many times faster than a program can, keeps each name once, and holds on to no part of the text.
 *
 * @param parts Gets the JSON, too.
 * @param repeated Keeps what many objects say alike once, of texts of which nobody is given the JSON.
 */
export function readPlain(text: string, parts?: JsonParts, repeated?: RepeatedValues): Json | undefined {
  if (text.length > LONGEST) return undefined;
  const length = Buffer.byteLength(text);
  try {
    const reader = new PlainReader(text, length, parts === undefined ? repeated : undefined);
    if (!reader.document() || (!reader.isAscii && UNUSUAL.test(text))) return undefined;
    const object = JSON.parse(reader.json()) as Json;
    fillIn([object], reader.missing);
    parts?.add(reader.bytes());
    return object;
  } catch (thrown) {
    if (thrown === NOT_PLAIN) return undefined;
    throw thrown;
  }
}

/** The documents of a file, and how many lines stand before each. */
export interface PlainDocuments {
  readonly objects: readonly Json[];
  readonly lines: readonly number[];
}

/**
 * Reads a small file all of whose documents are plain YAML, in ASCII, at once: most files of manifests are such, and of their bytes no
 * text is made. It answers undefined for any other file, of which each document is then read by itself.
 *
 * @param parts Gets the JSON of each document, too.
 * @param repeated As of `readPlain`.
 */
export function readPlainFile(
  bytes: Uint8Array,
  parts?: JsonParts,
  repeated?: RepeatedValues,
): PlainDocuments | undefined {
  if (bytes.length > SMALL) return undefined;
  try {
    const reader = new PlainReader(bytes, bytes.length, parts === undefined ? repeated : undefined);
    const { lines, places } = reader.documents();
    if (!reader.isAscii || lines.length === 0) return undefined;
    const objects = JSON.parse(reader.json()) as Json[];
    fillIn(objects, reader.missing);
    for (let index = 0; parts !== undefined && index < lines.length; index++)
      parts.add(reader.bytes(places[2 * index], places[2 * index + 1]));
    return { objects, lines };
  } catch (thrown) {
    if (thrown === NOT_PLAIN) return undefined;
    throw thrown;
  }
}

/** The longest text that is tried, in characters: no object of a cluster is larger. */
const LONGEST = 4 * 2 ** 20;

/** Characters that YAML gives a meaning of its own, or that are not printable; half of a pair stands alone. */
const UNUSUAL =
  /[^\n\x20-\x7e\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\u{1f300}-\u{1f64f}]/u;

const [SPACE, QUOTE, HASH, APOSTROPHE, PLUS, COMMA, MINUS] = [0x20, 0x22, 0x23, 0x27, 0x2b, 0x2c, 0x2d];
const [LINE_END, COLON, ANGLE, OPEN_LIST, BACKSLASH, CLOSE_LIST] = [0x0a, 0x3a, 0x3e, 0x5b, 0x5c, 0x5d];
const [LETTER_N, OPEN_MAP, BAR, CLOSE_MAP] = [0x6e, 0x7b, 0x7c, 0x7d];

/** A value that was met before, and where it stands in the JSON. */
interface Found {
  readonly path: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly value: object;
}

const NULL = Buffer.from('null');

class PlainReader extends PlainLine {
  /** What the JSON does not hold, since it was met before. */
  public readonly missing: Missing[] = [];
  /** The same of the document that is read. */
  private readonly found: Found[] = [];
  /** Where the next line begins. */
  private next = 0;
  /** Of the line that is read: where it begins, where its first character stands, and where it ends. */
  private start = 0;
  private first = 0;
  private end = 0;
  /** Whether no line is left. */
  private done = false;
  /** How many lines were read. */
  private lines = 0;
  /** Where the document begins whose end is found as it is read; -1 if it is the whole text. */
  private documentStart = -1;
  /** Whether the scalar without quotes that was read last holds what JSON escapes. */
  private isEscaped = false;

  constructor(
    text: string | Uint8Array,
    size: number,
    private readonly repeated: RepeatedValues | undefined,
  ) {
    super(text, size);
  }

  /**
   * Reads a document; answers false if it is empty.
   *
   * @param document How many were read before it.
   */
  public document(document = 0): boolean {
    this.advance();
    if (!this.done && this.first === this.start && this.isMarker()) {
      this.rest(this.first + 3);
      this.advance();
    }
    if (this.done) return false;
    if (this.first !== this.start) throw NOT_PLAIN;
    this.map(this.first, 0, this.repeated === undefined ? undefined : PLACES);
    if (!this.done) throw NOT_PLAIN;
    if (this.found.length > 0) this.leaveOut(document);
    return true;
  }

  /**
   * Reads one document after another, as `splitDocuments` splits them, and answers where each stands: its line, and of its JSON the
   * beginning and the end.
   */
  public documents(): { readonly lines: number[]; readonly places: number[] } {
    const lines: number[] = [];
    const places: number[] = [];
    this.write(OPEN_LIST);
    for (let start = 0; start < this.size; start = this.length) {
      const { lines: line, written: before } = this;
      this.documentStart = start;
      this.length = this.size;
      this.next = start;
      this.done = false;
      if (lines.length > 0) this.write(COMMA);
      const from = this.written;
      if (this.document(lines.length)) {
        lines.push(line);
        places.push(from, this.written);
      } else this.written = before;
    }
    this.write(CLOSE_LIST);
    // Without the room in which it grew.
    return { lines: lines.slice(), places };
  }

  private isMarker(at = this.first): boolean {
    const bytes = this.in;
    return bytes[at] === MINUS && bytes[at + 1] === MINUS && bytes[at + 2] === MINUS;
  }

  /** Whether another document begins with this line: it does so wherever the line stands, even where a text goes on. */
  private isNextDocument(start: number): boolean {
    if (this.documentStart < 0 || start === this.documentStart || !this.isMarker(start)) return false;
    const after = this.in[start + 3];
    return after === SPACE || after === LINE_END;
  }

  /** Goes to the next line that is neither blank nor a comment. */
  private advance(): void {
    const { in: bytes, length } = this;
    let start = this.next;
    while (start < length) {
      if (bytes[start] === MINUS && this.isNextDocument(start)) {
        this.length = start;
        break;
      }
      const first = this.pastSpaces(start);
      const end = this.lineEnd(first);
      this.next = end + 1;
      this.lines++;
      if (first < end && bytes[first] !== HASH) {
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
  private map(first: number, column: number, places?: readonly Place[]): void {
    if (++this.levels > MOST_LEVELS) throw NOT_PLAIN;
    const { known } = this;
    this.write(OPEN_MAP);
    for (let at = first; ; at = this.first) {
      const colon = this.colonOf(at, this.end);
      if (colon === 0) throw NOT_PLAIN;
      this.key(at, colon, known);
      const place = places === undefined ? undefined : this.placeOf(places, at, colon);
      const from = this.written;
      this.value(colon + 1, column, place?.below);
      if (place?.isShared === true) this.find(place, from);
      if (this.done || this.indent < column) break;
      if (this.indent > column) throw NOT_PLAIN;
      this.write(COMMA);
    }
    this.write(CLOSE_MAP);
    this.known = known;
    this.levels--;
  }

  /** The place of a key, if values of others may be like its own. */
  private placeOf(places: readonly Place[], at: number, colon: number): Place | undefined {
    for (const place of places) if (this.isWord(place.key, at, colon)) return place;
    return undefined;
  }

  /** Looks for the collection that was written last among those of other objects. */
  private find({ path }: Place, from: number): void {
    const { repeated, out, written, found } = this;
    if (repeated === undefined || !this.isAscii || (out[from] !== OPEN_MAP && out[from] !== OPEN_LIST)) return;
    const value = repeated.valueOf(out, from, written);
    if (value === undefined) return;
    // What was found within it is part of it.
    while (found.length > 0 && found[found.length - 1]!.from >= from) found.pop();
    found.push({ path, from, to: written, value });
  }

  /** Takes what was found out of the JSON. */
  private leaveOut(document: number): void {
    const { found, out } = this;
    const { written } = this;
    this.written = found[0]!.from;
    for (let index = 0; index < found.length; index++) {
      const { path, value, to } = found[index]!;
      for (const code of NULL) this.write(code);
      const next = index + 1 < found.length ? found[index + 1]!.from : written;
      out.copyWithin(this.written, to, next);
      this.written += next - to;
      this.missing.push({ document, path, value });
    }
    found.length = 0;
  }

  /** What stands behind a colon: in the same line, or in the lines below. */
  private value(at: number, column: number, places?: readonly Place[]): void {
    const from = this.pastSpaces(at);
    if (from < this.end && this.in[from] !== HASH) return this.inline(from, column);
    this.advance();
    if (!this.done && this.indent > column) {
      if (this.isItem()) this.list(this.indent);
      else this.map(this.first, this.indent, places);
    } else if (!this.done && this.indent === column && this.isItem()) this.list(column);
    else this.text('null', at);
  }

  /** Whether this line begins with a dash and a space; no value follows in this line where it ends behind the dash. */
  private isItem(): boolean {
    const { in: bytes, first } = this;
    return bytes[first] === MINUS && bytes[first + 1] === SPACE;
  }

  /** A list all of whose dashes stand in one column; it ends too where a key stands in it, of the map around. */
  private list(column: number): void {
    if (++this.levels > MOST_LEVELS) throw NOT_PLAIN;
    let separator = OPEN_LIST;
    while (!this.done && this.indent === column && this.isItem()) {
      const from = this.pastSpaces(this.first + 1);
      this.write(separator);
      separator = COMMA;
      if (this.colonOf(from, this.end) === 0) this.inline(from, column);
      else this.map(from, from - this.start);
    }
    if (!this.done && this.indent > column) throw NOT_PLAIN;
    this.write(CLOSE_LIST);
    this.levels--;
  }

  /** A scalar, or a collection, that ends in this line; or a literal text, whose lines follow. */
  private inline(at: number, column: number): void {
    const code = this.in[at]!;
    if (code === BAR || code === ANGLE) return this.block(at, column);
    if (code !== QUOTE && code !== APOSTROPHE && code !== OPEN_MAP && code !== OPEN_LIST)
      return this.plainLines(at, column);
    this.rest(this.flow(at, this.end));
    this.advance();
    // It would go on in the next line.
    if (!this.done && this.indent > column) throw NOT_PLAIN;
  }

  /** A scalar without quotes; in further lines it is text, folded to one. */
  private plainLines(at: number, column: number): void {
    const last = this.plain(at);
    const { next, isEscaped } = this;
    this.advance();
    if (this.done || this.indent <= column) return this.scalar(at, last, !isEscaped);
    this.write(QUOTE);
    this.copy(at, last);
    let line = next;
    while (!this.done && this.indent > column) {
      // Blank lines and comments between are left to js-yaml, and so is a comment behind: it ends the scalar.
      if (this.start !== line) throw NOT_PLAIN;
      const more = this.plain(this.first);
      if (this.pastSpaces(more) < this.end) throw NOT_PLAIN;
      this.write(SPACE);
      this.copy(this.first, more);
      line = this.next;
      this.advance();
    }
    if (this.pastSpaces(last) < next - 1) throw NOT_PLAIN;
    this.write(QUOTE);
  }

  /** Where a scalar without quotes ends in this line. */
  private plain(at: number): number {
    const { in: bytes, end } = this;
    const code = bytes[at]!;
    const isFirst = (CLASSES[code]! & FIRST_OF_SCALAR) !== 0;
    if (!isFirst && !(code === MINUS && at + 1 < end && bytes[at + 1] !== SPACE)) throw NOT_PLAIN;
    let last = at;
    this.isEscaped = false;
    for (let index = at + 1; index < end; index++) {
      const one = bytes[index]!;
      if ((CLASSES[one]! & SPECIAL) !== 0) {
        if (one === SPACE) continue;
        if (one === HASH && last < index - 1) break;
        if (one === COLON && (index + 1 === end || bytes[index + 1] === SPACE)) throw NOT_PLAIN;
        if (one === QUOTE || one === BACKSLASH) this.isEscaped = true;
      }
      last = index;
    }
    return last + 1;
  }

  /** Nothing but a comment may follow in this line. */
  private rest(at: number): void {
    const from = this.pastSpaces(at);
    if (from >= this.end) return;
    if (from === at || this.in[from] !== HASH) throw NOT_PLAIN;
  }

  /** The lines below that are indented deeper, as they stand or folded: YAML 1.2.2, 8.1. */
  private block(at: number, column: number): void {
    const { in: bytes, length } = this;
    const isFolded = bytes[at] === ANGLE;
    const sign = bytes[at + 1];
    const isKept = sign === PLUS;
    const isStripped = sign === MINUS;
    if (this.pastSpaces(isKept || isStripped ? at + 2 : at + 1) < this.end) throw NOT_PLAIN;
    this.write(QUOTE);
    let [width, blank, start] = [0, 0, this.next];
    while (start < length) {
      const first = this.pastSpaces(start);
      const end = this.lineEnd(first);
      if (first < end) {
        const indent = first - start;
        // Of a comment deeper than the key it is hard to say whether it ends the text.
        if (width === 0 ? indent <= column : indent > width ? isFolded : indent < width && indent > column)
          throw NOT_PLAIN;
        if (indent < width) break;
        // Lines as one: a single line end becomes a space, and of several the first goes.
        if (width > 0 && isFolded && blank === 0) this.write(SPACE);
        this.lineEnds(width > 0 && !isFolded ? blank + 1 : blank);
        if (width === 0) width = indent;
        blank = 0;
        this.copy(start + width, end);
      } else {
        // Spaces that may be part of the text.
        if (first - start > width) throw NOT_PLAIN;
        blank++;
      }
      start = end + 1;
      this.lines++;
    }
    if (width === 0 || (isKept && start > length)) throw NOT_PLAIN;
    this.lineEnds((isStripped ? 0 : 1) + (isKept ? blank : 0));
    this.write(QUOTE);
    this.next = start;
    this.advance();
  }

  private lineEnds(count: number): void {
    for (let index = 0; index < count; index++) {
      this.write(BACKSLASH);
      this.write(LETTER_N);
    }
  }
}
