/** Characters that are held in pieces before they are made one. */
const PIECES_CHARACTERS = 2 ** 18;

/**
 * A text that is held in memory, written piece by piece. A text that was put together is to the engine a tree of its parts, five
 * times its size, until somebody reads it: joined every so often, it takes what it is long.
 */
export class CollectedText {
  private readonly joined: string[] = [];
  private pieces: string[] = [];
  private length = 0;

  public write(text: string): void {
    this.pieces.push(text);
    this.length += text.length;
    if (this.length >= PIECES_CHARACTERS) this.join();
  }

  /** All that was written. */
  public whole(): string {
    this.join();
    return this.joined.join('');
  }

  private join(): void {
    this.joined.push(this.pieces.join(''));
    this.pieces = [];
    this.length = 0;
  }
}
