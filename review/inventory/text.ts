import { Total } from './model';

/** The short forms that kubectl prints. */
const SHORT: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** Access modes as kubectl prints them. */
export function shortModes(modes: readonly string[] | undefined): string | undefined {
  return modes === undefined || modes.length === 0 ? undefined : modes.map((mode) => SHORT[mode] ?? mode).join(' ');
}

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Bytes as Kubernetes writes them where that is short, else to two decimals: `10Gi`, `1086Mi`, `9.31Gi`. */
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

/** A sum of bytes; `+ ?` where some of its parts are not known. */
export function sumText({ bytes, unknownSizes }: Pick<Total, 'bytes' | 'unknownSizes'>): string {
  return `${bytesText(bytes)}${unknownSizes > 0 ? ` + ${unknownSizes} of unknown size` : ''}`;
}

/** `1 VM`, `2 VMs`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
