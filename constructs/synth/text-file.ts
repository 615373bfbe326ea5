import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';

/** Characters that are held back before they go to the disk. */
const BUFFERED_CHARACTERS = 2 ** 18;

/** A text file that is written piece by piece, whatever its size. */
export class TextFile {
  private buffer = '';
  private descriptor: number | undefined;

  /** @param path Where the file is made, in a folder that stands already. */
  public constructor(private readonly path: string) {}

  public write(text: string): void {
    this.buffer += text;
    if (this.buffer.length >= BUFFERED_CHARACTERS) this.flush();
  }

  /** Writes what was held back and closes the file; a durable one outlives a loss of power. */
  public close({ durable = false } = {}): void {
    if (this.descriptor === undefined && !durable) {
      // One call of Node.js where three would do the same; most files are as small.
      const text = this.buffer;
      this.buffer = '';
      writeFileSync(this.path, text);
      return;
    }
    try {
      const descriptor = this.flush();
      if (durable) fsyncSync(descriptor);
    } finally {
      this.abandon();
    }
  }

  /** Closes the file without what was held back. */
  public abandon(): void {
    const { descriptor } = this;
    this.descriptor = undefined;
    this.buffer = '';
    if (descriptor !== undefined) closeSync(descriptor);
  }

  private flush(): number {
    this.descriptor ??= openSync(this.path, 'w');
    if (this.buffer !== '') writeFileSync(this.descriptor, this.buffer);
    this.buffer = '';
    return this.descriptor;
  }
}
