import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { entryAt, linkOrCopy } from './file-system';
import { Leaf } from './written-files';

/** The output folder cannot be replaced as a whole. */
export class NotSwappable extends Error {}

/** Brings what others put into `from` over to `to`, and leaves alone what stands there already. */
export function carryOver(leaves: readonly Leaf[], from: string, to: string, renew: () => void): void {
  const made: string[] = [];
  const device = leaves.length === 0 ? 0 : statSync(from).dev;
  for (const { path, entry } of leaves) {
    renew();
    const [source, target] = [join(from, path), join(to, path)];
    if (entryAt(target) !== undefined) continue;
    if (entry.isDirectory()) {
      makeFolder(path, from, to, device, made);
      continue;
    }
    if (path.includes('/')) makeFolder(dirname(path), from, to, device, made);
    if (!linkOrCopy(source, target)) throw new NotSwappable(`'${source}' cannot be linked`);
  }
  // Last, because a folder may be one that takes no new files.
  for (const path of made.reverse()) chmodSync(join(to, path), statSync(join(from, path)).mode & 0o7777);
}

function makeFolder(path: string, from: string, to: string, device: number, made: string[]): void {
  if (entryAt(join(to, path)) !== undefined) return;
  if (path.includes('/')) makeFolder(dirname(path), from, to, device, made);
  const { dev, uid } = statSync(join(from, path));
  // A file system of its own would be emptied together with the old folder.
  if (dev !== device) throw new NotSwappable(`'${path}' is a file system of its own`);
  // The old folder could not be removed with it.
  if (![0, uid].includes(process.getuid?.() ?? uid)) throw new NotSwappable(`'${path}' belongs to another user`);
  mkdirSync(join(to, path));
  made.push(path);
}
