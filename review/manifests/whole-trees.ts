import * as fs from 'node:fs';
import * as path from 'node:path';
import { isUnfinished, JOURNAL, WholeTree, wholeTree } from '../../constructs/shared/output-journal';

/** A file, a link or a folder, as a folder lists it. */
export type Entry = Pick<fs.Dirent, 'name' | 'isDirectory' | 'isFile'>;

/** A journal that could not be read. */
export interface JournalFault {
  /** The folder that it speaks of, from the working folder. */
  readonly file: string;
  readonly message: string;
}

/**
 * Folders and files as the last whole output of `ManifestApp` has them, also where a synth was cut off: then the journal
 * says where they stand. Nothing is written: the next synth mends the folder.
 */
export class WholeTrees {
  private readonly trees = new Map<string, WholeTree>();
  private readonly looked = new Set<string>();
  private readonly damaged: JournalFault[] = [];

  public constructor(private readonly cwd: string) {}

  /** A line for each folder whose output was cut off. */
  public get notes(): string[] {
    return [...this.trees.keys()].map(
      (folder) =>
        `${this.named(folder)}: a synth was cut off while it replaced this output; read is the old one, ` +
        'which is whole; the next synth puts it back',
    );
  }

  /** What is wrong with journals. */
  public get faults(): readonly JournalFault[] {
    return this.damaged;
  }

  /** Looks for the journals of a path, and of the folders that it stands in. */
  public look(at: string): void {
    const isFile = fs.lstatSync(at, { throwIfNoEntry: false })?.isFile() === true;
    for (let folder = isFile ? path.dirname(at) : at; !this.looked.has(folder); folder = path.dirname(folder))
      this.lookAt(folder);
  }

  /** Where the content of a path stands. */
  public place(at: string): string {
    for (const [folder, tree] of this.trees) {
      const below = pathBelow(folder, at);
      if (below === undefined) continue;
      // A file of the unfinished output: nothing stands at this path.
      if (tree.unfinished.has(below)) return path.join(at, 'unfinished');
      return tree.kept.get(below) ?? path.join(tree.root, below);
    }
    return at;
  }

  /** Whether anything stands at a path, or in the whole output that a journal names for it. */
  public holds(at: string): boolean {
    this.look(at);
    return this.exists(at);
  }

  /** Whether anything stands at a path, by the journals that were looked for. */
  public exists(at: string): boolean {
    return this.keptBelow(at).length > 0 || fs.existsSync(this.place(at));
  }

  /**
   * Whether a folder stands at a path.
   *
   * @throws if nothing does.
   */
  public isFolder(at: string): boolean {
    return this.keptBelow(at).length > 0 || fs.statSync(this.place(at)).isDirectory();
  }

  /**
   * What a folder lists, by name, without what a synth keeps in it and beside it.
   *
   * @throws if it cannot be read.
   */
  public entries(at: string): Entry[] {
    const place = this.place(at);
    const listed =
      this.keptBelow(at).length > 0 && !fs.existsSync(place) ? [] : fs.readdirSync(place, { withFileTypes: true });
    for (const { name } of listed) {
      const folder = folderOfJournal(name);
      if (folder !== undefined) this.lookAt(path.join(at, folder));
    }
    const found = new Map<string, Entry>();
    for (const entry of listed) {
      if (!isUnfinished(entry.name) && !this.isUnfinishedFile(path.join(at, entry.name))) found.set(entry.name, entry);
    }
    for (const below of this.keptBelow(at)) {
      const [name = '', ...deeper] = below.split('/');
      found.set(name, entryOf(name, deeper.length > 0));
    }
    for (const folder of this.trees.keys()) {
      const name = path.basename(folder);
      if (path.dirname(folder) === at && !found.has(name)) found.set(name, entryOf(name, true));
    }
    return [...found.keys()].sort().map((name) => found.get(name)!);
  }

  private named(folder: string): string {
    return path.relative(this.cwd, folder) || '.';
  }

  private lookAt(folder: string): void {
    if (this.looked.has(folder)) return;
    this.looked.add(folder);
    try {
      const tree = wholeTree(folder);
      if (tree !== undefined) this.trees.set(folder, tree);
    } catch (thrown) {
      this.damaged.push({ file: this.named(folder), message: (thrown as Error).message });
    }
  }

  private isUnfinishedFile(at: string): boolean {
    return [...this.trees].some(([folder, tree]) => tree.unfinished.has(pathBelow(folder, at) ?? ''));
  }

  /** The paths below a folder of the files that are kept elsewhere. */
  private keptBelow(at: string): string[] {
    return [...this.trees].flatMap(([folder, tree]) => {
      const below = pathBelow(folder, at);
      if (below === undefined) return [];
      const begin = below === '' ? '' : `${below}/`;
      return [...tree.kept.keys()].filter((file) => file.startsWith(begin)).map((file) => file.slice(begin.length));
    });
  }
}

/** The folder that a journal beside it speaks of, or `.` for a journal in the folder itself. */
function folderOfJournal(name: string): string | undefined {
  const beside = /^\.(.+)\.synth$/.exec(name.endsWith(JOURNAL) ? name.slice(0, -JOURNAL.length) : '')?.[1];
  return beside === 'cdk8s-files' ? '.' : beside;
}

function pathBelow(folder: string, at: string): string | undefined {
  const way = path.relative(folder, at);
  if (way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way)) return undefined;
  return way.split(path.sep).join('/');
}

function entryOf(name: string, isFolder: boolean): Entry {
  return { name, isDirectory: () => isFolder, isFile: () => !isFolder };
}
