import { chmodSync, readdirSync, renameSync, statSync } from 'node:fs';
import * as system from 'node:path';
import { basename, dirname, join } from 'node:path';
import {
  asidePath,
  JOURNAL,
  journalText,
  OutputJournal,
  PathModule,
  readJournal,
  resolveLinks,
  stagingPath,
} from '../shared/output-journal';
import { carryOver, NotSwappable } from './carry-over';
import { codeOf, entryAt, removeFile, removeTree, syncFolder, unless, writeDurably } from './file-system';
import { WrittenFiles } from './written-files';

/** What the system answers where a folder cannot be moved: a mount point, or a parent that takes no changes. */
export const IMMOVABLE = [
  'EBUSY',
  'EXDEV',
  'EACCES',
  'EPERM',
  'EROFS',
  'EINVAL',
  'ENOTEMPTY',
  'EEXIST',
  'ENAMETOOLONG',
];

/** An output folder, and how the names of what stands beside it begin. */
export interface SwapPlace {
  readonly folder: string;
  readonly prefix: string;
}

/**
 * Puts the staged tree in place of the folder: the folder is set aside, the tree takes its name. Between the two the
 * journal says where the old one stands.
 *
 * @throws NotSwappable, or what the system says, where the folder cannot be moved; it stands as it stood then.
 */
export function swapFolder(place: SwapPlace, journal: OutputJournal, old: WrittenFiles, renew: () => void): void {
  const { folder, prefix } = place;
  const staging = stagingPath(prefix, journal.id);
  if (entryAt(folder) === undefined) {
    renameSync(staging, folder);
    syncFolder(dirname(folder));
    return;
  }
  checkMovable(folder);
  carryOver(old.foreign(), folder, staging, renew);
  chmodSync(staging, statSync(folder).mode & 0o7777);
  writeDurably(`${prefix}${JOURNAL}`, journalText(journal));
  setAside(place, journal);
  try {
    renameSync(staging, folder);
  } catch (error) {
    healJournal(place, journal);
    throw error;
  }
  syncFolder(dirname(folder));
  endSwap(place, journal);
}

function setAside({ folder, prefix }: SwapPlace, journal: OutputJournal): void {
  try {
    renameSync(folder, asidePath(prefix, journal.id));
  } catch (error) {
    // Somebody removed it.
    if (codeOf(error) === 'ENOENT') return;
    removeFile(`${prefix}${JOURNAL}`);
    throw error;
  }
}

/** Once more brings over what others put there, which may have been in the meantime; then the old output goes. */
function endSwap({ folder, prefix }: SwapPlace, journal: OutputJournal): void {
  const aside = asidePath(prefix, journal.id);
  carryOver(WrittenFiles.known(aside, journal.old).foreign(), aside, folder, () => undefined);
  removeFile(`${prefix}${JOURNAL}`);
  removeTree(aside);
}

/** Undoes or ends a swap that was cut off, and removes what is left beside the folder. */
export function healSwap(place: SwapPlace): void {
  const journal = readJournal(place.prefix);
  if (journal !== undefined) healJournal(place, journal);
  putBack(place);
  removeLeftovers(place.prefix);
}

function healJournal(place: SwapPlace, journal: OutputJournal): void {
  const { folder, prefix } = place;
  const aside = asidePath(prefix, journal.id);
  if (entryAt(aside) !== undefined) {
    if (entryAt(folder) !== undefined) {
      endSwap(place, journal);
      return;
    }
    renameSync(aside, folder);
    syncFolder(dirname(folder));
  }
  removeFile(`${prefix}${JOURNAL}`);
}

/** Earlier versions wrote no journal. */
function putBack({ folder, prefix }: SwapPlace): void {
  if (entryAt(folder) !== undefined) return;
  const aside = leftovers(prefix).find((name) => name.endsWith('-old'));
  if (aside !== undefined) renameSync(join(dirname(prefix), aside), folder);
}

/** Removes everything that a synth leaves at a prefix, but for the lock and a journal. */
export function removeLeftovers(prefix: string): void {
  for (const name of leftovers(prefix)) removeTree(join(dirname(prefix), name));
}

function leftovers(prefix: string): string[] {
  const names = unless(['ENOENT'], () => readdirSync(dirname(prefix))) ?? [];
  const begin = `${basename(prefix)}-`;
  return names.filter((name) => name.startsWith(begin) && LEFTOVER.test(name.slice(begin.length)));
}

/** Outputs by the id of their synth, or of its process in earlier versions; what becomes a lock or a journal. */
const LEFTOVER = /^([0-9a-f]{16}|\d{1,10})(-old)?$|^lock-[0-9a-f]{16}$|^journal-new$/;

function checkMovable(folder: string): void {
  if (isWithin(folder, resolveLinks(process.cwd()))) throw new NotSwappable('the working folder stands in it');
  if (statSync(folder).dev !== statSync(dirname(folder)).dev) throw new NotSwappable('it is a mount point');
}

/** Whether a path is a folder, or stands in it. */
export function isWithin(folder: string, other: string, path: PathModule = system): boolean {
  const way = path.relative(folder, other);
  return way === '' || (way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}
