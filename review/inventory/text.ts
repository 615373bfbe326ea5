import { Total } from './model';

/** The short forms that kubectl prints. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
]);

/** Access modes as kubectl prints them. */
export function shortModes(modes: readonly string[] | undefined): string | undefined {
  return modes === undefined || modes.length === 0 ? undefined : modes.map((mode) => SHORT.get(mode) ?? mode).join(' ');
}

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Bytes as Kubernetes writes them if that is short, else to two decimals: `10Gi`, `1086Mi`, `9.31Gi`. */
export function bytesText(bytes: number): string {
  if (bytes === 0) return '0';
  let exact = bytes;
  let unit = 0;
  while (exact % 1024 === 0 && unit < UNITS.length - 1) {
    exact /= 1024;
    unit += 1;
  }
  if (exact < 10_000) return `${exact}${UNITS[unit]}`;
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  return `${(bytes / 1024 ** power).toFixed(2)}${UNITS[power]}`;
}

/** A size, with `+ ?` if a file system may take more than is asked for; undefined if the size is not known. */
export function sizeText(asked: number | undefined, requested: number | undefined): string | undefined {
  if (requested !== undefined) return bytesText(requested);
  return asked === undefined ? undefined : `${bytesText(asked)} + ?`;
}

/** A sum of bytes, and how many of its parts are not known. */
export function sumText({ bytes, unknownSizes }: Pick<Total, 'bytes' | 'unknownSizes'>): string {
  if (unknownSizes === 0) return bytesText(bytes);
  const unknown = `${unknownSizes} of unknown size`;
  return bytes === 0 ? unknown : `${bytesText(bytes)} + ${unknown}`;
}

/** `1 VM`, `2 VMs`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** By code points, whatever the locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
