import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Leaf } from './written-files';

/** The output folder cannot be replaced as a whole. */
export class NotSwappable extends Error {}

/** Brings what others put into `from` over to `to`, and leaves alone what stands there already. */
export function carryOver(leaves: readonly Leaf[], from: string, to: string): void {
  const made: string[] = [];
  const device = leaves.length === 0 ? 0 : statSync(from).dev;
  for (const { path, entry } of leaves) {
    const [source, target] = [join(from, path), join(to, path)];
    if (isThere(target)) continue;
    if (entry.isDirectory()) {
      makeFolder(path, from, to, device, made);
      continue;
    }
    if (path.includes('/')) makeFolder(dirname(path), from, to, device, made);
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target, entry.isFile());
  }
  // Last, because a folder may be one that takes no new files.
  for (const path of made.reverse()) chmodSync(join(to, path), statSync(join(from, path)).mode & 0o7777);
}

function makeFolder(path: string, from: string, to: string, device: number, made: string[]): void {
  if (existsSync(join(to, path))) return;
  if (path.includes('/')) makeFolder(dirname(path), from, to, device, made);
  // A file system of its own would be emptied together with the old folder.
  if (statSync(join(from, path)).dev !== device) throw new NotSwappable(`'${path}' is a file system of its own`);
  mkdirSync(join(to, path));
  made.push(path);
}

function linkOrCopy(source: string, target: string, regular: boolean): void {
  try {
    linkSync(source, target);
  } catch {
    if (!regular) throw new NotSwappable(`'${source}' cannot be linked`);
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
