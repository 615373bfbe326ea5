import { closeSync, constants, fstatSync, openSync, readFileSync, Stats } from 'node:fs';

/**
 * The bytes of a regular file, also behind a link: a pipe or a device in its place may never end, and is neither waited for nor
 * read.
 *
 * @throws what the file system answers, or that it is no file.
 */
export function regularBytes(path: string): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Error(`'${path}' must be a regular file, got ${kindOf(stats)}`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** Its text. */
export function regularText(path: string): string {
  return regularBytes(path).toString('utf8');
}

/** What stands in the place of a file. */
export function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}
