import * as fs from 'node:fs';
import { kindOf } from '../../constructs/shared/regular-file';

/** The largest file or stream that is read, unless another limit is given. */
export const DEFAULT_MAX_BYTES = 256 * 2 ** 20;

/** The highest limit: a text of Node.js holds no more characters. */
export const HIGHEST_MAX_BYTES = 500 * 2 ** 20;

/** A file or stream that must not be read, with the reason as a fault's message gives it. */
export class RefusedInput extends Error {}

/** What may be read. */
export interface ByteLimits {
  /**
   * The most bytes that one file or stream may have.
   *
   * @default 256 MiB
   */
  readonly maxBytes?: number;
  /**
   * Whether a pipe is read as well: one that the user named, as `<(…)` of a shell does.
   *
   * @default false
   */
  readonly pipes?: boolean;
  /**
   * Whether the folder that lists it has just said that it is a regular file, so that it need not be asked for once more.
   *
   * @default false
   */
  readonly isListed?: boolean;
}

/**
 * The bytes of a regular file. A device, a socket or a pipe in a tree may never end, and opening one may have effects:
 * these are refused before they are opened, and again afterwards, since the path may have changed in between.
 *
 * @throws RefusedInput, or the fault of the file system.
 */
export function fileBytes(
  at: string,
  { maxBytes = DEFAULT_MAX_BYTES, pipes = false, isListed = false }: ByteLimits = {},
): Buffer {
  const isPipe = pipes && fs.statSync(at).isFIFO();
  if (!isPipe && !isListed) refuseIrregular(fs.statSync(at), pipes);
  const nonblocking = isPipe ? 0 : (fs.constants.O_NONBLOCK ?? 0);
  const file = fs.openSync(at, fs.constants.O_RDONLY | nonblocking);
  try {
    const stats = fs.fstatSync(file);
    if (!isPipe || !stats.isFIFO()) refuseIrregular(stats, pipes);
    if (stats.size > maxBytes) throw tooLarge(maxBytes, stats.size);
    return allBytes(file, stats.size, maxBytes);
  } finally {
    fs.closeSync(file);
  }
}

/**
 * The bytes of a stream, read no further than one byte beyond the limit.
 *
 * @throws the fault of the stream.
 */
export async function streamBytes(stream: AsyncIterable<unknown>, maxBytes = DEFAULT_MAX_BYTES): Promise<Buffer> {
  // One buffer that grows: a list of chunks would be held beside their sum.
  let bytes = Buffer.allocUnsafeSlow(Math.min(SMALLEST_BUFFER, maxBytes + 1));
  let size = 0;
  for await (const chunk of stream) {
    const end = size + (chunk as Buffer).length;
    if (end > bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(Math.max(bytes.length * 2, end), maxBytes + 1));
      bytes.copy(larger, 0, 0, size);
      bytes = larger;
    }
    size += (chunk as Buffer).copy(bytes, size);
    if (end > maxBytes) break;
  }
  return bytes.subarray(0, size);
}

/** Bytes that are handed out once: whoever works on them alone holds them. */
export function handedOver(bytes: Buffer): () => Buffer {
  const left = [bytes];
  return () => left.pop() ?? Buffer.alloc(0);
}

/** The fault of an input that exceeds the limit; its size may be unknown, as that of a stream is. */
export function tooLarge(maxBytes: number, size?: number): RefusedInput {
  const got = size === undefined ? 'more' : sizeText(size);
  return new RefusedInput(`must be at most ${sizeText(maxBytes)}, got ${got}; split it, or raise --max-size`);
}

/** Reads a file at once that has as many bytes as it says; else to the end, since some say that they have none. */
function allBytes(file: number, size: number, maxBytes: number): Buffer {
  let bytes = Buffer.allocUnsafe(Math.min(size > 0 ? size : SMALLEST_BUFFER, maxBytes) + 1);
  let length = 0;
  for (;;) {
    const read = fs.readSync(file, bytes, length, bytes.length - length, null);
    length += read;
    if (read === 0 || (length === size && length <= maxBytes)) return bytes.subarray(0, length);
    if (length > maxBytes) throw tooLarge(maxBytes);
    if (length < bytes.length) continue;
    const larger = Buffer.allocUnsafe(Math.min(bytes.length * 2, maxBytes + 1));
    bytes.copy(larger);
    bytes = larger;
  }
}

/** Of a file that says it has no bytes, and of a stream at first. */
const SMALLEST_BUFFER = 65_536;

/** How the message begins that refuses what is no file. */
export const IRREGULAR = 'must be a regular file';

function refuseIrregular(stats: fs.Stats, pipes: boolean): void {
  if (stats.isFile()) return;
  const must = pipes ? `${IRREGULAR} or a pipe` : IRREGULAR;
  throw new RefusedInput(`${must}, got ${kindOf(stats)}`);
}

function sizeText(bytes: number): string {
  const [unit, name] = UNITS.find(([least]) => bytes >= least) ?? [1, 'bytes'];
  const amount = bytes / unit;
  return `${Number.isInteger(amount) ? amount : amount.toFixed(1)} ${name}`;
}

const UNITS: readonly (readonly [number, string])[] = [
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
];
