import * as path from 'node:path';
import { Input } from '../input';
import { isKustomization, KUSTOMIZATION_FILES } from '../kustomize';
import { ReviewedManifest } from '../manifest';
import { Kustomization } from './kustomization';

/** What stands on the disk, by absolute paths. */
export interface Disk {
  readonly exists: (at: string) => boolean;
  readonly isFolder: (at: string) => boolean;
  /** Reads one file more, under the name that findings use; undefined if it is not to be read. */
  readonly readMore: (file: string) => readonly ReviewedManifest[] | undefined;
}

/** The documents that were read, by the absolute path of their file. */
export class Tree {
  private readonly files: Map<string, readonly ReviewedManifest[]>;
  private readonly folders = new Map<string, string[]>();
  private readonly found = new Map<string, Kustomization | undefined>();

  constructor(
    { manifests }: Pick<Input, 'manifests'>,
    private readonly cwd: string,
    public readonly disk: Disk,
  ) {
    const files = new Map<string, ReviewedManifest[]>();
    let [last, same]: [string | undefined, ReviewedManifest[]] = [undefined, []];
    for (const manifest of manifests) {
      const { file } = manifest.origin;
      if (file === undefined) continue;
      // The documents of a file follow one another.
      if (file !== last) {
        const at = path.resolve(cwd, file);
        last = file;
        same = files.get(at) ?? [];
        files.set(at, same);
      }
      same.push(manifest);
    }
    this.files = files;
    for (const at of [...files.keys()].sort()) {
      const folder = path.dirname(at);
      const same = this.folders.get(folder);
      if (same === undefined) this.folders.set(folder, [at]);
      else same.push(at);
    }
  }

  /** The documents of a file, read now if it was not named; undefined if it cannot be read. */
  public file(at: string): readonly ReviewedManifest[] | undefined {
    const known = this.files.get(at);
    if (known !== undefined || !this.disk.exists(at) || this.disk.isFolder(at)) return known;
    const read = this.disk.readMore(this.nameOf(at));
    if (read !== undefined) this.files.set(at, read);
    return read;
  }

  /** The documents of what a Kustomization names: a file, or a folder with a Kustomization of its own. */
  public documents(folder: string, given: string): readonly unknown[] {
    const at = path.resolve(folder, given);
    const below = this.kustomization(at);
    if (below !== undefined) return below.applied.flatMap((one) => this.documents(one, ''));
    return this.file(at)?.map(({ object }) => object) ?? [undefined];
  }

  /** The files of a folder that were read at first, in the order of their names. */
  public in(folder: string): readonly string[] {
    return this.folders.get(folder) ?? [];
  }

  /** The folders that hold files that were read at first. */
  public allFolders(): readonly string[] {
    return [...this.folders.keys()];
  }

  /** The folders right below a folder that hold such files, or others that do. */
  public foldersIn(folder: string): readonly string[] {
    const below = this.allFolders().filter((one) => isBelow(one, folder));
    const first = below.map((one) => path.join(folder, path.relative(folder, one).split(path.sep)[0]!));
    return [...new Set(first)].sort();
  }

  /** Whether a folder is one of them, or holds one. */
  public holds(folder: string): boolean {
    return this.allFolders().some((one) => one === folder || isBelow(one, folder));
  }

  /** The Kustomization of a folder; undefined if it has none. */
  public kustomization(folder: string): Kustomization | undefined {
    if (!this.found.has(folder)) this.found.set(folder, this.findKustomization(folder));
    return this.found.get(folder);
  }

  /** The absolute path of what findings name. */
  public pathOf(name: string): string {
    return path.resolve(this.cwd, name);
  }

  /** What findings call a path. */
  public nameOf(at: string): string {
    const [first] = this.files.get(at) ?? [];
    return first?.origin.file ?? (path.relative(this.cwd, at).split(path.sep).join('/') || '.');
  }

  private findKustomization(folder: string): Kustomization | undefined {
    for (const name of KUSTOMIZATION_FILES) {
      const at = path.join(folder, name);
      const manifest = this.file(at)?.find(({ object, origin }) => isKustomization(object, origin.file));
      if (manifest !== undefined) return new Kustomization(manifest, folder);
    }
    return undefined;
  }
}

/** Whether a path stands below a folder. */
export function isBelow(at: string, folder: string): boolean {
  return at.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}
