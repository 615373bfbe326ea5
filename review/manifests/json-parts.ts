/**
 * The documents of some files as JSON, one after the other: what was read once is handed on as text, not as objects. A document that JSON
 * cannot say is missing: one that names a collection twice, or an infinite number.
 */
export class JsonParts {
  private readonly parts: (Buffer | string)[] = [];

  /** How many there are. */
  public get length(): number {
    return this.parts.length;
  }

  /** Adds the JSON of a document; of bytes a copy, as the buffer is used again. */
  public add(json: Buffer | string): void {
    this.parts.push(typeof json === 'string' ? json : Buffer.from(json));
  }

  /** Goes back to where there were so many. */
  public cut(length: number): void {
    this.parts.length = length;
  }

  /** All of them as one list, in UTF-8. */
  public list(): Uint8Array<ArrayBuffer> {
    const pieces = this.parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
    const length = pieces.reduce((sum, piece) => sum + piece.length + 1, 1);
    const bytes = new Uint8Array(Math.max(length, 2));
    let at = 0;
    for (const piece of pieces) {
      bytes[at++] = at === 1 ? OPEN : COMMA;
      bytes.set(piece, at);
      at += piece.length;
    }
    if (pieces.length === 0) bytes[at++] = OPEN;
    bytes[at] = CLOSE;
    return bytes;
  }
}

const [OPEN, COMMA, CLOSE] = [0x5b, 0x2c, 0x5d];
