/**
 * The bytes of a stream, which are gone once they are read: findings are placed in them afterwards. Many are kept compressed,
 * since their objects take the memory in between.
 */
export class KeptBytes {
  private readonly stored: Buffer;
  private readonly isPacked: boolean;

  /** @param most Up to this many bytes are kept as they are. */
  constructor(bytes: Buffer, most: number) {
    this.isPacked = bytes.length > most;
    this.stored = this.isPacked ? zlib().deflateRawSync(bytes, { level: 1 }) : bytes;
  }

  public get bytes(): Buffer {
    return this.isPacked ? zlib().inflateRawSync(this.stored) : this.stored;
  }
}

/** It is loaded where it is needed, which is seldom. */
function zlib(): typeof import('node:zlib') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('node:zlib') as typeof import('node:zlib');
}
