import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { refuse } from '../shared/refusal';
import { carryOver, NotSwappable } from './carry-over';
import { foldersAbove, METADATA_FILE, RECORD_FILE, TEMPORARY_FILE } from './file-plan';
import { asideFolder, healLeftovers, mergeAside, removeFolder, stagingFolder } from './leftovers';
import { TextFile } from './text-file';
import { Leaf, recordText, WrittenFiles } from './written-files';

/** What the system answers where a folder cannot be moved: a mount point, or a parent that takes no changes. */
const IMMOVABLE = ['EBUSY', 'EXDEV', 'EACCES', 'EPERM', 'EROFS', 'EINVAL', 'ENOTEMPTY', 'EEXIST'];

/**
 * The output folder, replaced as a whole: files are written to a staging folder beside it, which
 * takes its place in `commit`. Where the system does not let a folder be moved, `commit` replaces
 * file by file.
 */
export class OutputFolder {
  /** The folder itself, links resolved. */
  public readonly path: string;

  private readonly produced: string[] = [];
  private staging: string | undefined;

  public constructor(outdir: string) {
    this.path = resolveLinks(resolve(outdir));
    healLeftovers(this.path);
    if (existsSync(this.path) && !statSync(this.path).isDirectory()) {
      refuse('ManifestApp', 'outdir', 'be a folder', outdir, 'a file stands there');
    }
  }

  /** What others put where the files of `paths` are to stand. */
  public inTheWay(paths: readonly string[]): Leaf[] {
    return new WrittenFiles(this.path).inTheWay(paths);
  }

  /** Opens a file of the new output. */
  public create(path: string): TextFile {
    const staging = this.stage();
    this.produced.push(path);
    return new TextFile(join(staging, path));
  }

  /** Puts the new output in place of the old one; what others put there stays. */
  public commit(): void {
    this.writeRecord();
    const old = new WrittenFiles(this.path);
    try {
      this.swap(old);
    } catch (error) {
      if (!(error instanceof NotSwappable) && !IMMOVABLE.includes((error as NodeJS.ErrnoException).code ?? '')) {
        throw error;
      }
      this.replaceFiles(old);
    }
  }

  /** Removes what was rendered and not put in place. */
  public discard(): void {
    if (this.staging !== undefined) removeFolder(this.staging);
    this.staging = undefined;
  }

  private stage(): string {
    if (this.staging !== undefined) return this.staging;
    const staging = stagingFolder(this.path, process.pid);
    try {
      mkdirSync(staging, { recursive: true });
      this.staging = staging;
    } catch (error) {
      if (!IMMOVABLE.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      this.staging = mkdtempSync(join(tmpdir(), 'synth-'));
    }
    return this.staging;
  }

  private writeRecord(): void {
    const paths = this.produced.filter((path) => path !== METADATA_FILE);
    const record = this.create(RECORD_FILE);
    record.write(recordText(paths));
    record.close();
  }

  private swap(old: WrittenFiles): void {
    const staging = this.stage();
    const aside = asideFolder(this.path, process.pid);
    if (!existsSync(this.path)) {
      renameSync(staging, this.path);
      return;
    }
    this.checkSwappable();
    carryOver(old.foreign(), this.path, staging);
    chmodSync(staging, statSync(this.path).mode & 0o7777);
    renameSync(this.path, aside);
    try {
      renameSync(staging, this.path);
    } catch (error) {
      if (existsSync(this.path)) mergeAside(aside, this.path);
      else renameSync(aside, this.path);
      throw error;
    }
    // Once more, for what was put there in the meantime.
    mergeAside(aside, this.path);
  }

  private checkSwappable(): void {
    const working = resolveLinks(process.cwd());
    if (`${working}${sep}`.startsWith(`${this.path}${sep}`) || this.path === dirname(this.path)) {
      throw new NotSwappable('the working folder stands in it');
    }
    if (statSync(this.path).dev !== statSync(dirname(this.path)).dev) throw new NotSwappable('it is a mount point');
  }

  /** Each file by itself, the record last: what is not in the record is not ours to delete. */
  private replaceFiles(old: WrittenFiles): void {
    const staging = this.stage();
    const kept = new Set(this.produced.map((path) => path.toLowerCase()));
    for (const path of this.produced.filter((name) => name !== RECORD_FILE)) this.replaceFile(staging, path);
    for (const path of old.ours().filter((name) => !kept.has(name.toLowerCase()))) this.removeFile(path);
    this.replaceFile(staging, RECORD_FILE);
  }

  private replaceFile(staging: string, path: string): void {
    const target = join(this.path, path);
    const temporary = join(this.path, TEMPORARY_FILE);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(staging, path), temporary);
    renameSync(temporary, target);
  }

  private removeFile(path: string): void {
    rmSync(join(this.path, path), { force: true });
    for (const folder of foldersAbove(path).reverse()) {
      if (readdirSync(join(this.path, folder)).length > 0) return;
      rmdirSync(join(this.path, folder));
    }
  }
}

/** Where a path leads, also when nothing stands there yet. */
function resolveLinks(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const link = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (link) return resolveLinks(resolve(dirname(path), readlinkSync(path)));
  return dirname(path) === path ? path : join(resolveLinks(dirname(path)), basename(path));
}
