import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Characters that are held back before they go to the disk. */
const BUFFERED_CHARACTERS = 2 ** 18;

/** A text file that is written piece by piece, whatever its size. */
export class TextFile {
  private buffer = '';
  private descriptor: number | undefined;

  public constructor(private readonly path: string) {
    mkdirSync(dirname(path), { recursive: true });
  }

  public write(text: string): void {
    this.buffer += text;
    if (this.buffer.length >= BUFFERED_CHARACTERS) this.flush();
  }

  public close(): void {
    this.flush();
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private flush(): void {
    this.descriptor ??= openSync(this.path, 'w');
    if (this.buffer !== '') writeFileSync(this.descriptor, this.buffer);
    this.buffer = '';
  }
}
