import { mkdirSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  asidePath,
  insidePrefix,
  JOURNAL,
  journalText,
  OutputJournal,
  readJournal,
  stagingPath,
} from '../shared/output-journal';
import { foldersAbove } from './file-plan';
import { entryAt, linkOrCopy, moveFile, removeFile, succeeds, syncFolder, writeDurably } from './file-system';
import { removeLeftovers } from './folder-swap';

/**
 * Replaces the files of a folder one by one, where the folder itself cannot be moved. Before the first one is touched,
 * the old ones are kept and a journal names them: it is the old output that is whole until the journal goes, and what
 * was begun is undone.
 */
export class FileReplacement {
  private readonly prefix: string;
  private readonly staging: string;
  private readonly kept: string;

  /**
   * @param folder The output folder.
   * @param id Which synth it is.
   * @param renew Called between files.
   */
  public constructor(
    private readonly folder: string,
    private readonly id: string,
    private readonly renew: () => void,
  ) {
    this.prefix = insidePrefix(folder);
    this.staging = stagingPath(this.prefix, id);
    this.kept = asidePath(this.prefix, id);
  }

  /** Takes the files of a tree that was staged elsewhere. */
  public bringIn(tree: string, paths: readonly string[]): void {
    mkdirSync(this.staging);
    for (const [index, path] of paths.entries()) {
      this.renew();
      moveFile(join(tree, path), join(this.staging, String(index)));
    }
  }

  /**
   * Puts the staged files in place: `paths`, in their order, the record last.
   *
   * @param old What an earlier synth wrote, and what is to be overwritten.
   * @throws if a call fails, after the old files were put back.
   */
  public commit(paths: readonly string[], old: readonly string[]): void {
    const touched = [...new Set([...old, ...paths])].filter((path) => isFile(join(this.folder, path)));
    mkdirSync(this.kept);
    for (const [index, path] of touched.entries()) {
      this.renew();
      keep(join(this.folder, path), join(this.kept, String(index)));
    }
    syncFolder(this.staging);
    syncFolder(this.kept);
    writeDurably(`${this.prefix}${JOURNAL}`, journalText({ id: this.id, old: touched, new: paths }));
    try {
      this.replace(paths, touched);
    } catch (error) {
      undoReplacement(this.folder);
      throw error;
    }
    removeLeftovers(this.prefix);
  }

  private replace(paths: readonly string[], old: readonly string[]): void {
    const produced = new Set(paths);
    const gone = old.filter((path) => !produced.has(path));
    for (const path of gone) {
      this.renew();
      removeWithFolders(this.folder, path);
    }
    const made = new Set<string>();
    for (const [index, path] of paths.entries()) {
      this.renew();
      makeFolderOf(this.folder, path, made);
      moveFile(join(this.staging, String(index)), join(this.folder, path));
    }
    for (const folder of new Set([...gone, ...paths].flatMap(foldersAbove))) {
      if (entryAt(join(this.folder, folder)) !== undefined) syncFolder(join(this.folder, folder));
    }
    syncFolder(this.folder);
    removeFile(`${this.prefix}${JOURNAL}`);
  }
}

/** Puts the old files back where a replacement was cut off, and removes what is left of it in the folder. */
export function undoReplacement(folder: string): void {
  const prefix = insidePrefix(folder);
  const journal = readJournal(prefix);
  if (journal !== undefined) {
    putBack(folder, journal);
    syncFolder(folder);
    removeFile(`${prefix}${JOURNAL}`);
  }
  removeLeftovers(prefix);
}

function putBack(folder: string, journal: OutputJournal): void {
  const prefix = insidePrefix(folder);
  const kept = asidePath(prefix, journal.id);
  checkKept(prefix, journal);
  const old = new Set(journal.old);
  for (const path of journal.new) if (!old.has(path) && isBelowFolders(folder, path)) removeWithFolders(folder, path);
  const made = new Set<string>();
  const temporary = join(kept, 'back');
  for (const [index, path] of journal.old.entries()) {
    const [source, target] = [join(kept, String(index)), join(folder, path)];
    if (isSame(source, target)) continue;
    if (!isBelowFolders(folder, path)) throw new Error(`'${target}' must stand in folders, and a link leads elsewhere`);
    makeFolderOf(folder, path, made);
    removeFile(temporary);
    keep(source, temporary);
    moveFile(temporary, target);
  }
}

/** A journal may have come with a clone, without the files that it speaks of. */
function checkKept(prefix: string, journal: OutputJournal): void {
  const missing = journal.old.findIndex(
    (_, index) => entryAt(join(asidePath(prefix, journal.id), String(index))) === undefined,
  );
  if (missing < 0) return;
  throw new Error(
    `'${prefix}${JOURNAL}' says that '${journal.old[missing]}' was kept, and it is not there; restore the output folder from version control, delete the journal, and synthesize again`,
  );
}

/** Whether something stands there that is not a folder: a file, or a link. */
function isFile(path: string): boolean {
  return entryAt(path)?.isDirectory() === false;
}

function isSame(source: string, target: string): boolean {
  const [one, other] = [entryAt(source), entryAt(target)];
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

function keep(source: string, target: string): void {
  if (!linkOrCopy(source, target)) throw new Error(`'${source}' must be a file or a link; move it away`);
}

/** Whether no link stands on the way to a path: what a journal names is below the folder, and nowhere else. */
function isBelowFolders(folder: string, path: string): boolean {
  return foldersAbove(path).every((above) => entryAt(join(folder, above))?.isSymbolicLink() !== true);
}

function makeFolderOf(folder: string, path: string, made: Set<string>): void {
  const above = dirname(path);
  if (made.has(above)) return;
  mkdirSync(join(folder, above), { recursive: true });
  made.add(above);
}

/** Removes a file, and the folders that are empty without it. */
function removeWithFolders(folder: string, path: string): void {
  // Where a folder stands, the file was not put in its place yet.
  if (entryAt(join(folder, path))?.isDirectory() === true) return;
  removeFile(join(folder, path));
  for (const above of foldersAbove(path).reverse()) {
    const codes = ['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR', 'EBUSY'];
    if (!succeeds(codes, () => rmdirSync(join(folder, above)))) return;
  }
}
