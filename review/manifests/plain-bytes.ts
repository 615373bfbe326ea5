const [LINE_END, SPACE, QUOTE, BACKSLASH, DELETE, FIRST_OF_NO_ASCII] = [0x0a, 0x20, 0x22, 0x5c, 0x7f, 0x80];

/** Says that a text is not plain YAML: js-yaml reads it. Thrown, since it is found deep within. */
export const NOT_PLAIN = new Error('not plain YAML');

/** What a byte may be: part of a key, the first of one, the first of a plain scalar, a letter, part of a number. */
export const KEY = 1;
export const FIRST_OF_KEY = 2;
export const FIRST_OF_SCALAR = 4;
export const LETTER = 8;
export const OF_NUMBER = 16;
/** The first of a word that may be no text: `true`, `yes`, `null`. */
export const FIRST_OF_WORD = 32;
/** What may end a scalar without quotes, or stand in one in another way than as itself. */
export const SPECIAL = 64;
/** What JSON writes with a backslash. */
const ESCAPED = 128;
export const CLASSES = new Uint8Array(256);
for (const [characters, classes] of [
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', KEY | FIRST_OF_KEY | FIRST_OF_SCALAR | LETTER | OF_NUMBER],
  ['_', KEY | FIRST_OF_KEY | FIRST_OF_SCALAR | OF_NUMBER],
  ['/', KEY | FIRST_OF_KEY | FIRST_OF_SCALAR],
  ['0123456789.', KEY | FIRST_OF_SCALAR | OF_NUMBER],
  ['-', KEY | OF_NUMBER],
  ['+', FIRST_OF_SCALAR | OF_NUMBER],
  ['($', FIRST_OF_SCALAR],
  ['fFnNoOtTyY', FIRST_OF_WORD],
  ['"\\', ESCAPED | SPECIAL],
  [' #:', SPECIAL],
] as const) {
  for (const character of characters) CLASSES[character.charCodeAt(0)]! |= classes;
}
// Other letters than those of ASCII, as UTF-8 has them.
CLASSES.fill(FIRST_OF_SCALAR, 0xc2);

/** The bytes of a text with a line end behind them, and of its JSON. */
interface Buffers {
  readonly input: Buffer;
  readonly output: Buffer;
}

/** JSON of a text takes at most this many times its bytes: `a:` and a line end become `"a":null,`. */
const GROWTH = 4;
const ROOM = 1024;

/** Buffers for a text of so many bytes. */
function buffersFor(length: number): Buffers {
  return { input: Buffer.allocUnsafeSlow(length + 1), output: Buffer.allocUnsafeSlow(length * GROWTH + ROOM) };
}

/** Most files are small: their buffers are kept from one to the next. */
export const SMALL = 2 ** 16;
const small = buffersFor(SMALL);

/** The bytes of a text, and of its JSON as far as that is written. */
export class PlainBytes {
  /** Whether no byte was met that ASCII has not. */
  public isAscii = true;
  protected readonly in: Buffer;
  protected readonly out: Buffer;
  /** How much JSON is written. */
  protected written = 0;

  /** Where the document ends that is read. */
  protected length: number;

  /** @param size How many bytes it takes. */
  constructor(
    text: string | Uint8Array,
    protected readonly size: number,
  ) {
    const { input, output } = size > SMALL ? buffersFor(size) : small;
    this.in = input;
    this.out = output;
    this.length = size;
    if (typeof text === 'string') input.write(text);
    else input.set(text);
    input[size] = LINE_END;
  }

  /** What was written from one place to another, in memory that the next document takes. */
  public bytes(from = 0, to = this.written): Buffer {
    return this.out.subarray(from, to);
  }

  /** The JSON of what was read. */
  public json(): string {
    return this.out.toString(this.isAscii ? 'latin1' : 'utf8', 0, this.written);
  }

  /** Where a line ends, and that it holds nothing unusual. */
  protected lineEnd(from: number): number {
    const bytes = this.in;
    let end = from;
    for (let code = bytes[end]!; code !== LINE_END; code = bytes[++end]!) {
      if (code >= SPACE && code < DELETE) continue;
      if (code < FIRST_OF_NO_ASCII) throw NOT_PLAIN;
      this.isAscii = false;
    }
    return end;
  }

  protected pastSpaces(at: number): number {
    const bytes = this.in;
    let from = at;
    while (bytes[from] === SPACE) from++;
    return from;
  }

  protected quoted(from: number, to: number): void {
    this.write(QUOTE);
    this.copy(from, to);
    this.write(QUOTE);
  }

  /** The same of a part in which JSON escapes nothing. */
  protected quotedAsIs(from: number, to: number): void {
    const { in: bytes, out } = this;
    let { written } = this;
    out[written++] = QUOTE;
    for (let index = from; index < to; index++) out[written++] = bytes[index]!;
    out[written++] = QUOTE;
    this.written = written;
  }

  /** Copies a part of the text as JSON has it between quotes. */
  protected copy(from: number, to: number): void {
    const { in: bytes, out } = this;
    let { written } = this;
    for (let index = from; index < to; index++) {
      const code = bytes[index]!;
      if ((CLASSES[code]! & ESCAPED) !== 0) out[written++] = BACKSLASH;
      out[written++] = code;
    }
    this.written = written;
  }

  protected write(code: number): void {
    this.out[this.written++] = code;
  }

  /** Writes ASCII that may be longer than what stands for it, at a place of the text. */
  protected text(text: string, at: number): void {
    if (this.written + text.length + (this.size - at) * GROWTH > this.out.length) throw NOT_PLAIN;
    for (let index = 0; index < text.length; index++) this.write(text.charCodeAt(index));
  }

  /** Whether a part of the text is a word of ASCII. */
  protected isWord(word: string, from: number, to: number): boolean {
    if (to - from !== word.length) return false;
    for (let index = 0; index < word.length; index++)
      if (this.in[from + index] !== word.charCodeAt(index)) return false;
    return true;
  }

  /** A part of the text, of ASCII. */
  protected slice(from: number, to: number): string {
    let text = '';
    for (let index = from; index < to; index++) text += String.fromCharCode(this.in[index]!);
    return text;
  }
}
