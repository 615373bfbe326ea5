import * as fs from 'node:fs';
import * as path from 'node:path';

/** A folder as it shall be: its files by name, and nothing beside them. */
export interface FolderContent {
  /** Absolute path of the folder. */
  readonly path: string;
  /** Text of each file. */
  readonly files: ReadonlyMap<string, string>;
}

/** How the files of a folder differ from what it holds now, each list sorted. */
export interface FolderChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** The text files of a folder by name; none where the folder does not exist. */
export function readFolder(folder: string): Map<string, string> {
  if (!fs.existsSync(folder)) return new Map();
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile()).sort();
  return new Map(
    files.map((name) => [name.split(path.sep).join('/'), fs.readFileSync(path.join(folder, name), 'utf8')]),
  );
}

/** What `replaceFolders` would change in this folder. */
export function folderChanges(content: FolderContent): FolderChanges {
  const old = readFolder(content.path);
  const names = [...content.files.keys()].sort();
  return {
    added: names.filter((name) => !old.has(name)),
    changed: names.filter((name) => old.has(name) && old.get(name) !== content.files.get(name)),
    removed: [...old.keys()].filter((name) => !content.files.has(name)),
  };
}

/** True if a folder already is what it shall be. */
export function isUnchanged({ added, changed, removed }: FolderChanges): boolean {
  return added.length + changed.length + removed.length === 0;
}

/**
 * Replaces folders whole: all are written beside their places first and then renamed into them, so
 * that a failure leaves every folder as it was. Folders that would not change are not touched.
 */
export function replaceFolders(contents: readonly FolderContent[]): void {
  const swaps = contents
    .filter((content) => !isUnchanged(folderChanges(content)))
    .map((content) => ({ content, staged: sibling(content.path, 'new'), old: sibling(content.path, 'old') }));
  const swapped: typeof swaps = [];
  try {
    for (const { content, staged } of swaps) writeFolder(staged, content.files);
    for (const swap of swaps) {
      if (fs.existsSync(swap.content.path)) fs.renameSync(swap.content.path, swap.old);
      swapped.push(swap);
      fs.renameSync(swap.staged, swap.content.path);
    }
  } catch (thrown) {
    for (const { content, old } of swapped) {
      fs.rmSync(content.path, { recursive: true, force: true });
      if (fs.existsSync(old)) fs.renameSync(old, content.path);
    }
    throw thrown;
  } finally {
    for (const { staged } of swaps) fs.rmSync(staged, { recursive: true, force: true });
  }
  for (const { old } of swaps) fs.rmSync(old, { recursive: true, force: true });
}

function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) fs.writeFileSync(path.join(folder, name), text);
}

/** A place on the same file system, which a rename needs. */
function sibling(folder: string, purpose: string): string {
  return path.join(path.dirname(folder), `.${path.basename(folder)}.${purpose}-${process.pid}`);
}
