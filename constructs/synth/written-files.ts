import { Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldersAbove, METADATA_FILE, RECORD_FILE, TEMPORARY_FILE } from './file-plan';

/** The record's text: one path a line, in the order of code units. */
export function recordText(paths: readonly string[]): string {
  return [...paths]
    .sort()
    .map((path) => `${path}\n`)
    .join('');
}

/** What stands in an output folder and was not written by an earlier synth, and what was. */
export class WrittenFiles {
  private readonly recorded: ReadonlySet<string>;

  public constructor(private readonly folder: string) {
    this.recorded = readRecord(folder);
  }

  /** What an earlier synth wrote. */
  public ours(): string[] {
    return leaves(this.folder)
      .filter((leaf) => this.isOurs(leaf))
      .map(({ path }) => path);
  }

  /** What others put there: files, links, and folders that are empty. */
  public foreign(): Leaf[] {
    return leaves(this.folder).filter((leaf) => !this.isOurs(leaf));
  }

  /** What others put where the files of `paths` cannot stand beside it. */
  public inTheWay(paths: readonly string[]): Leaf[] {
    const files = new Set(paths);
    const folders = new Set(paths.flatMap(foldersAbove));
    return this.foreign().filter(
      ({ path, entry }) =>
        (folders.has(path) && !entry.isDirectory()) ||
        (files.has(path) && entry.isDirectory()) ||
        foldersAbove(path).some((folder) => files.has(folder)),
    );
  }

  private isOurs({ path, entry }: Leaf): boolean {
    return entry.isFile() && this.recorded.has(path);
  }
}

/** A file, a link or an empty folder, by its path below the folder that was listed. */
export interface Leaf {
  readonly path: string;
  readonly entry: Dirent;
}

/** All leaves below a folder; links are not followed. */
function leaves(folder: string, below = ''): Leaf[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(folder, below), { withFileTypes: true });
  } catch (error) {
    if (below === '' && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return entries.flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (!entry.isDirectory()) return [{ path, entry }];
    const inner = leaves(folder, path);
    return inner.length === 0 ? [{ path, entry }] : inner;
  });
}

/** The paths of a record. They are only looked up among what stands in the folder: none can lead out of it. */
function readRecord(folder: string): ReadonlySet<string> {
  try {
    const lines = readFileSync(join(folder, RECORD_FILE), 'utf8').split(/\r?\n/);
    return new Set([...lines, RECORD_FILE, METADATA_FILE, TEMPORARY_FILE]);
  } catch {
    return new Set();
  }
}
