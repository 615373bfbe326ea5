import { isUtf8 } from 'node:buffer';
import { Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { INSIDE } from '../shared/output-journal';
import { regularBytes } from '../shared/regular-file';
import { foldersAbove, METADATA_FILE, RECORD_FILE, segmentFault } from './file-plan';
import { entryAt, unless } from './file-system';

/** What earlier versions wrote through, where they could not move the output folder. */
const EARLIER_TEMPORARY_FILE = '.cdk8s-files.tmp';

/** What stock cdk8s writes. */
const STOCK_FILE = /\.k8s\.yaml$/;

/** The record's text: one path a line, in the order of code units. That of no file has an empty line: a record without a line was cut off. */
export function recordText(paths: readonly string[]): string {
  return `${[...paths].sort().join('\n')}\n`;
}

/** A file, a link or an empty folder, by its path below the folder that was listed. */
export interface Leaf {
  readonly path: string;
  readonly entry: Dirent;
}

/** What stands in an output folder: what an earlier synth wrote, and what others put there. */
export class WrittenFiles {
  /**
   * Reads a folder and its record.
   *
   * @throws if the record is there and cannot be read: without it stale files would stay.
   */
  public static read(folder: string): WrittenFiles {
    const leaves = leavesOf(folder);
    const recorded = readRecord(folder);
    return new WrittenFiles(leaves, recorded ?? new Set(), recorded !== undefined);
  }

  /** What stands in a folder whose own files are known. */
  public static known(folder: string, paths: Iterable<string>): WrittenFiles {
    return new WrittenFiles(leavesOf(folder), new Set([...paths, RECORD_FILE]), true);
  }

  private constructor(
    private readonly leaves: readonly Leaf[],
    private readonly recorded: ReadonlySet<string>,
    private readonly hasRecord: boolean,
  ) {}

  /** Whether all of it is what stock cdk8s writes, which keeps no record. */
  public get isStock(): boolean {
    const areStock = this.leaves.every(({ path, entry }) => entry.isFile() && isStockFile(path));
    return !this.hasRecord && areStock && this.leaves.length > 0;
  }

  /** What an earlier synth wrote. */
  public ours(): string[] {
    return this.leaves.filter((leaf) => this.isOurs(leaf)).map(({ path }) => path);
  }

  /** What others put there: files, links, and folders that are empty. */
  public foreign(): Leaf[] {
    return this.leaves.filter((leaf) => !this.isOurs(leaf));
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

  /** What others put where one of the files of `paths` is to stand, upper and lower case being alike. */
  public inPlaceOf(paths: readonly string[]): Leaf[] {
    const files = new Set(paths.map((path) => path.toLowerCase()));
    return this.foreign().filter(({ path, entry }) => !entry.isDirectory() && files.has(path.toLowerCase()));
  }

  private isOurs({ path, entry }: Leaf): boolean {
    return entry.isFile() && this.recorded.has(path);
  }
}

function isStockFile(path: string): boolean {
  return STOCK_FILE.test(path) || path === METADATA_FILE;
}

/** All leaves below a folder but what a synth keeps there while it writes; links are not followed. */
function leavesOf(folder: string, below = ''): Leaf[] {
  if (below === '' && entryAt(folder) === undefined) return [];
  const entries: Dirent[] = readdirSync(join(folder, below), { withFileTypes: true });
  return entries.flatMap((entry) => {
    if (below === '' && entry.name.startsWith(`${INSIDE}-`)) return [];
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (!entry.isDirectory()) return [{ path, entry }];
    const inner = leavesOf(folder, path);
    return inner.length === 0 ? [{ path, entry }] : inner;
  });
}

/** The paths of a record. They are only looked up among what stands in the folder, so that no path leads out of it. */
function readRecord(folder: string): ReadonlySet<string> | undefined {
  const file = join(folder, RECORD_FILE);
  const bytes = unless(['ENOENT'], () => regularBytes(file));
  if (bytes === undefined) return undefined;
  const names = isUtf8(bytes) ? namesOf(bytes.toString('utf8')) : undefined;
  if (names === undefined) throw new Error(`'${file}' must be the record of a synth, and is damaged; ${RESTORE}`);
  return new Set([...names, RECORD_FILE, METADATA_FILE, EARLIER_TEMPORARY_FILE]);
}

const RESTORE = 'restore it from version control, or delete the output folder, and synthesize again';

/** The lines of a record; undefined if it was cut off, or is not a list of paths: what it does not name would stay. */
function namesOf(text: string): string[] | undefined {
  const lines = text.split(/\r?\n/);
  const names = lines.filter((line) => line !== '');
  const isWhole = lines.at(-1) === '' && lines.length > 1;
  return isWhole && (names.length === 0 || names.some(isWrittenPath)) ? names : undefined;
}

function isWrittenPath(path: string): boolean {
  return path.split('/').every((segment) => segmentFault(segment) === undefined);
}
