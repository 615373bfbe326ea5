import { randomBytes } from 'node:crypto';
import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { besidePrefix, insidePrefix, OutputJournal, resolveLinks, stagingPath } from '../shared/output-journal';
import { refuse } from '../shared/refusal';
import { regularBytes } from '../shared/regular-file';
import { NotSwappable } from './carry-over';
import { METADATA_FILE, RECORD_FILE } from './file-plan';
import { FileReplacement, undoReplacement } from './file-replacement';
import { codeOf, entryAt, removeTree, succeeds, syncFolder } from './file-system';
import { FolderLock, LOCK_PATIENCE, LockHeld } from './folder-lock';
import { healSwap, IMMOVABLE, swapFolder } from './folder-swap';
import { TextFile } from './text-file';
import { inOutputFolder } from './write-failure';
import { recordText, WrittenFiles } from './written-files';

const LOCK = '-lock';

/** What the system answers where nothing can be made in a folder. */
const CLOSED = ['EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG'];

/**
 * The output folder, replaced as a whole: files are written to a staging folder beside it, which takes its place in
 * `commit`. Where the system does not let a folder be moved, its files are replaced one by one.
 *
 * Two locks keep other writers out: one beside the folder, for what stands there, and one in it, for those to whom it is
 * a mount point, and who see nothing beside it.
 */
export class OutputFolder {
  /** The folder itself, links resolved. */
  public readonly path: string;

  private readonly id = randomBytes(8).toString('hex');
  private readonly beside: string | undefined;
  private readonly inside: string;
  private readonly produced: string[] = [];
  private readonly stagedFolders = new Set<string>();
  private readonly openFiles = new Set<TextFile>();
  private readonly deadline = Date.now() + LOCK_PATIENCE;
  private besideLock: FolderLock | undefined;
  private insideLock: FolderLock | undefined;
  /** The first of the folders above that was made for the lock. */
  private madeAbove: string | undefined;
  private staging: { readonly folder: string; readonly isTree: boolean } | undefined;
  private written: WrittenFiles | undefined;

  /**
   * Opens a folder to write it, and mends what a synth that was cut off left of it.
   *
   * @throws if a file stands there, another writer keeps its lock, or a call of the system fails.
   */
  public constructor(private readonly outdir: string) {
    this.path = inOutputFolder(outdir, () => resolveLinks(resolve(outdir)));
    this.beside = besidePrefix(this.path);
    this.inside = insidePrefix(this.path);
    try {
      inOutputFolder(outdir, () => this.open());
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  /** What stands in the folder now. */
  public read(): WrittenFiles {
    return inOutputFolder(this.outdir, () => WrittenFiles.read(this.path));
  }

  /** Opens a file of the new output. */
  public create(path: string): StagedFile {
    const file = inOutputFolder(this.outdir, () => {
      this.renew();
      return new TextFile(this.stage(path));
    });
    this.openFiles.add(file);
    return {
      write: (text) => inOutputFolder(this.outdir, () => file.write(text)),
      close: (options) => {
        this.openFiles.delete(file);
        inOutputFolder(this.outdir, () => file.close(options));
      },
    };
  }

  /**
   * Writes the record, and reads what stands in the folder: what others put where a file of the new output has to stand,
   * unless it holds the same, or was written by stock cdk8s.
   */
  public conflicts(): string[] {
    this.writeRecord();
    this.written = this.read();
    if (this.written.isStock) return [];
    return this.written
      .inPlaceOf(this.produced)
      .filter(({ path, entry }) => !(entry.isFile() && inOutputFolder(this.outdir, () => this.holdsSame(path))))
      .map(({ path }) => path);
  }

  /**
   * Puts the new output in place of the old one; what others put there stays.
   *
   * @returns the files of stock cdk8s that stood there without a record.
   * @throws if a call fails. The old output stands as it was then, or the new one, and the next synth removes what is left.
   */
  public commit(): string[] {
    const old = this.written ?? this.read();
    const ours = old.ours();
    inOutputFolder(this.outdir, () => {
      this.checkLocks((lock) => lock.stands());
      if (!this.swap(old, ours)) this.replaceFiles(ours);
    });
    return old.isStock ? old.foreign().map(({ path }) => path) : [];
  }

  /** Whether a file is one of the new output. */
  public holds(path: string): boolean {
    return this.produced.includes(path);
  }

  /**
   * Removes what was staged and not put in place, and lets others write.
   *
   * @throws if any of it fails; the rest is done all the same.
   */
  public close(): void {
    const { staging, insideLock, besideLock } = this;
    const steps = [
      ...[...this.openFiles].map((file) => (): void => file.abandon()),
      (): void => {
        if (staging !== undefined) removeTree(staging.folder);
      },
      (): void => insideLock?.release(),
      (): void => besideLock?.release(),
      (): void => this.removeMadeFolders(),
    ];
    this.openFiles.clear();
    [this.staging, this.insideLock, this.besideLock] = [undefined, undefined, undefined];
    const errors: unknown[] = [];
    for (const step of steps) {
      try {
        step();
      } catch (error) {
        errors.push(error);
      }
    }
    inOutputFolder(this.outdir, () => {
      if (errors.length > 0) throw errors[0];
    });
  }

  /** As `close`, after an error: what fails here would hide it. */
  public abandon(): void {
    try {
      this.close();
    } catch {
      // The next synth removes what is left.
    }
  }

  private open(): void {
    const { path, outdir } = this;
    const stands = (): boolean => {
      const entry = entryAt(path);
      if (entry === undefined || entry.isDirectory()) return entry !== undefined;
      refuse('ManifestApp', 'outdir', 'be a folder', outdir, 'a file stands there');
    };
    stands();
    this.lockBeside();
    if (this.beside !== undefined && this.besideLock !== undefined) healSwap({ folder: path, prefix: this.beside });
    if (!stands()) return;
    this.lockInside();
    if (this.insideLock !== undefined) undoReplacement(path);
  }

  private lockBeside(): void {
    if (this.beside === undefined) return;
    try {
      this.madeAbove = mkdirSync(dirname(this.path), { recursive: true });
      this.besideLock = this.take(`${this.beside}${LOCK}`);
    } catch (error) {
      if (!CLOSED.includes(codeOf(error)) || entryAt(this.path) === undefined) throw error;
    }
  }

  private lockInside(): void {
    try {
      this.insideLock = this.take(`${this.inside}${LOCK}`);
    } catch (error) {
      if (!CLOSED.includes(codeOf(error)) || this.besideLock === undefined) throw error;
    }
  }

  private take(path: string): FolderLock {
    try {
      return FolderLock.take(path, this.deadline);
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
      const remedy = `${error.message}; wait for it, or delete that file if nobody writes there`;
      refuse('ManifestApp', 'outdir', 'be written by one process at a time', this.outdir, remedy);
    }
  }

  private renew(): void {
    this.checkLocks((lock) => lock.renew());
  }

  private checkLocks(stands: (lock: FolderLock) => boolean): void {
    const [beside, inside] = [this.besideLock, this.insideLock].map((lock) => lock && stands(lock));
    // Whoever removed the whole folder removed the lock in it, too: the one beside it decides.
    if ((beside ?? inside) !== false) return;
    throw new Error(
      `[ManifestApp] the lock of '${this.path}' must stand until its output is written, and somebody removed it; synthesize again`,
    );
  }

  /** Where a file is staged; the folder for it is made. */
  private stage(path: string): string {
    const { folder, isTree } = (this.staging ??= this.makeStaging());
    const index = this.produced.push(path) - 1;
    if (!isTree) return join(folder, String(index));
    const above = dirname(path);
    if (!this.stagedFolders.has(above)) {
      if (above !== '.') mkdirSync(join(folder, above), { recursive: true });
      this.stagedFolders.add(above);
    }
    return join(folder, path);
  }

  private makeStaging(): { folder: string; isTree: boolean } {
    if (this.beside !== undefined && this.besideLock !== undefined) {
      const folder = stagingPath(this.beside, this.id);
      if (succeeds(CLOSED, () => mkdirSync(folder))) return { folder, isTree: true };
    }
    const folder = stagingPath(this.inside, this.id);
    mkdirSync(folder);
    return { folder, isTree: false };
  }

  private writeRecord(): void {
    const record = this.create(RECORD_FILE);
    record.write(recordText(this.produced.filter((path) => path !== METADATA_FILE && path !== RECORD_FILE)));
    record.close({ durable: true });
  }

  private holdsSame(path: string): boolean {
    const index = this.produced.indexOf(path);
    if (index < 0 || this.staging === undefined) return false;
    const staged = join(this.staging.folder, this.staging.isTree ? path : String(index));
    if (statSync(staged).size !== statSync(join(this.path, path)).size) return false;
    return regularBytes(staged).equals(regularBytes(join(this.path, path)));
  }

  /** Answers false where the folder cannot be moved. */
  private swap(old: WrittenFiles, ours: readonly string[]): boolean {
    const { path: folder, beside: prefix, staging } = this;
    if (prefix === undefined || staging === undefined || !staging.isTree) return false;
    const journal: OutputJournal = { id: this.id, old: ours, new: this.produced };
    try {
      for (const path of this.foldersToSync()) syncFolder(join(staging.folder, path));
      swapFolder({ folder, prefix }, journal, old, () => this.renew());
    } catch (error) {
      const isMovable = !(error instanceof NotSwappable) && !IMMOVABLE.includes(codeOf(error));
      // What is no longer staged stands in its place: it was what came after that failed.
      if (isMovable || entryAt(folder) === undefined || entryAt(staging.folder) === undefined) throw error;
      return false;
    }
    this.staging = undefined;
    return true;
  }

  /** Each folder of the staged tree, the inner ones first. */
  private foldersToSync(): string[] {
    const folders = [...this.stagedFolders].flatMap((path) => withFoldersAbove(path));
    return [...new Set([...folders, '.'])].sort((a, b) => b.length - a.length);
  }

  private replaceFiles(ours: readonly string[]): void {
    if (this.insideLock === undefined) this.insideLock = this.take(`${this.inside}${LOCK}`);
    const replacement = new FileReplacement(this.path, this.id, () => this.renew());
    if (this.staging?.isTree === true) replacement.bringIn(this.staging.folder, this.produced);
    replacement.commit(this.produced, ours);
  }

  private removeMadeFolders(): void {
    if (this.madeAbove === undefined) return;
    const first = this.madeAbove;
    this.madeAbove = undefined;
    for (let folder = dirname(this.path); folder.length >= first.length; folder = dirname(folder)) {
      if (!succeeds(['ENOTEMPTY', 'EEXIST', 'ENOENT'], () => rmdirSync(folder))) return;
    }
  }
}

/** A file of the new output. */
export interface StagedFile {
  write(text: string): void;
  close(options?: { readonly durable: boolean }): void;
}

function withFoldersAbove(path: string): string[] {
  return path === '.' ? [] : [path, ...withFoldersAbove(dirname(path))];
}
