import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  Stats,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** The code of a failed call, or an empty text. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}

/** Runs a call; answers undefined where it fails with one of `codes`. */
export function unless<T>(codes: readonly string[], call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (codes.includes(codeOf(error))) return undefined;
    throw error;
  }
}

/** Runs a call; answers false where it fails with one of `codes`. */
export function succeeds(codes: readonly string[], call: () => void): boolean {
  try {
    call();
    return true;
  } catch (error) {
    if (codes.includes(codeOf(error))) return false;
    throw error;
  }
}

/** What stands at a path, links not followed; undefined if nothing does. Not `existsSync`, which hides a failed call. */
export function entryAt(path: string): Stats | undefined {
  return unless(['ENOTDIR'], () => lstatSync(path, { throwIfNoEntry: false }));
}

/** Removes a file, if there is one. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(codeOf(error)) || entryAt(path) !== undefined) throw error;
  }
}

/** Removes a file or a whole folder, if there is one; links are not followed. Not `rmSync`, which hides failed calls. */
export function removeTree(path: string): void {
  const entry = entryAt(path);
  if (entry === undefined) return;
  if (entry.isDirectory()) removeFolder(path);
  else removeFile(path);
}

function removeFolder(folder: string): void {
  try {
    emptyFolder(folder);
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes(codeOf(error))) throw error;
    // A copy of a folder that takes no changes has its mode.
    chmodSync(folder, 0o700);
    emptyFolder(folder);
  }
  unless(['ENOENT'], () => rmdirSync(folder));
}

function emptyFolder(folder: string): void {
  for (const entry of unless(['ENOENT'], () => readdirSync(folder, { withFileTypes: true })) ?? []) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeFolder(path);
    else removeFile(path);
  }
}

/** What the system answers where a file system does not have the call. */
const UNSUPPORTED = ['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/** Lets a folder's entries outlive a loss of power. Windows does not have the call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    unless(UNSUPPORTED, () => fsyncSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

/** Writes a small file as a whole, so that it outlives a loss of power. */
export function writeDurably(path: string, text: string): void {
  const temporary = `${path}-new`;
  const descriptor = openSync(temporary, 'w');
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** What the system answers where a file cannot be linked, but may be copied. */
const UNLINKABLE = ['EACCES', 'EMLINK', 'EPERM', 'EXDEV', ...UNSUPPORTED];

/** Links a file, or copies it where it cannot be linked; answers false where it can be neither. */
export function linkOrCopy(source: string, target: string): boolean {
  try {
    linkSync(source, target);
    return true;
  } catch (error) {
    if (!UNLINKABLE.includes(codeOf(error))) throw error;
  }
  const entry = lstatSync(source);
  if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
  else if (entry.isFile()) copyFileSync(source, target, constants.COPYFILE_FICLONE);
  else return false;
  return true;
}

/** Moves a file, or copies it where it has to go to another file system. */
export function moveFile(source: string, target: string): void {
  if (succeeds(['EXDEV'], () => renameSync(source, target))) return;
  // What stands there may be a link, which a copy would follow.
  removeFile(target);
  copyFileSync(source, target, constants.COPYFILE_FICLONE);
}
