import * as fs from 'node:fs';
import * as path from 'node:path';
import { shellWord } from '../../constructs/shared/printable';
import { Severity } from '../finding';
import { DEFAULT_MAX_BYTES, fileBytes, RefusedInput, tooLarge } from './bytes';
import { decode } from './documents';
import { ListedFile } from './file-batch';
import { Input, InputFault, ParsedText } from './input';
import { KeptBytes } from './kept-bytes';
import { KUSTOMIZATION_FILES } from './kustomize';
import { ReviewedManifest } from './manifest';
import { parseManifests, parseText } from './parser';
import { SMALL } from './plain-bytes';
import { RepeatedValues } from './repeated-values';
import { KustomizeBuild, KustomizeOutput, Roots } from './roots';
import { Disk } from './roots/tree';
import { Entry, WholeTrees } from './whole-trees';

/** The path that stands for standard input. */
export const STDIN = '-';

/** The name of standard input in findings. */
export const STDIN_NAME = 'standard input';

/** The files that are read in a folder; a file named on the command line may have any extension. */
const EXTENSIONS = ['.yaml', '.yml', '.json'];

/** Skipped below a named folder: they hold no manifests of the user. */
const PASSED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** Where relative paths start, and what standard input holds. */
export interface InputWorld {
  readonly cwd: string;
  readonly stdin: () => Buffer;
  /**
   * The most bytes that one file or stream may have.
   *
   * @default 256 MiB
   */
  readonly maxBytes?: number;
  /**
   * Called before a text is parsed that takes much memory.
   *
   * @default - nothing is done
   */
  readonly onLarge?: () => void;
  /**
   * Called with the bytes of each small regular file that a folder lists, and with what was read of them.
   *
   * @default - nothing is done
   */
  readonly onRead?: (bytes: Uint8Array, content: ParsedText) => void;
  /**
   * Keeps what many objects say alike once: then nobody may change the objects.
   *
   * @default - each object is one by itself
   */
  readonly repeated?: RepeatedValues;
  /**
   * Called with a line where an output was cut off, and the whole one is read in its place.
   *
   * @default - the line is dropped
   */
  readonly onCutOff?: (line: string) => void;
}

/** A text from which on the memory of the process matters, in bytes. */
const LARGE = 32 * 2 ** 20;

/** The manifests of files, of folders (all their .yaml, .yml and .json files, recursively) and of standard input (`-`). */
export function readManifests(paths: readonly string[], world: InputWorld): Input {
  return new Reading(new Listing(paths, world)).placed();
}

/** The files and streams that paths name, none of which is read yet. */
export class Listing {
  /** What is read, in its order, by the names that findings use. */
  public readonly sources: ReadonlyMap<string, AnySource>;
  public readonly trees: WholeTrees;

  public constructor(
    public readonly paths: readonly string[],
    public readonly world: InputWorld,
  ) {
    this.trees = new WholeTrees(world.cwd);
    this.sources = new Map(paths.flatMap((given) => sources(given, world, this.trees)).map((one) => [one.file, one]));
  }

  /** The regular files that folders list: they may be read ahead. */
  public get files(): readonly ListedFile[] {
    return [...this.sources.values()].filter((source) => source instanceof ListedSource);
  }
}

/** What stands in files, folders and standard input, before it is said what of it is applied together. */
export class Reading {
  private readonly roots: Roots;
  /** Whether the files stand as they are read: no synth was cut off. */
  private readonly isWhole: boolean;

  /** @param ahead What was read of them already. */
  public constructor(listing: Listing, ahead: ReadonlyMap<string, ParsedText> = new Map()) {
    const { input, disk } = readAll(listing, ahead);
    this.isWhole = listing.trees.notes.length === 0;
    this.roots = new Roots(input, listing.world.cwd, disk);
  }

  /** The Kustomizations that kustomize may build. */
  public get builds(): readonly KustomizeBuild[] {
    return this.isWhole ? this.roots.builds : [];
  }

  /** @param outputs What kustomize made of them, by their folders; undefined if it was not asked. */
  public placed(outputs?: ReadonlyMap<string, KustomizeOutput>): Input {
    return this.roots.placed(outputs);
  }
}

function readAll(
  { paths, world, trees, sources: found }: Listing,
  ahead: ReadonlyMap<string, ParsedText>,
): { readonly input: Input; readonly disk: Disk } {
  const manifests: ReviewedManifest[] = [];
  const faults: InputFault[] = [];
  const lines = new Map<string, readonly number[]>();
  const texts = new Map<string, AnySource>();
  for (const line of trees.notes) world.onCutOff?.(line);
  for (const fault of trees.faults) faults.push({ ...fault, severity: Severity.ERROR });
  const take = (source: AnySource): readonly ReviewedManifest[] => {
    const input = ahead.get(source.file) ?? source.read(world);
    for (const fault of input.faults) faults.push(fault);
    for (const [file, before] of input.lines) lines.set(file, before);
    texts.set(source.file, source);
    return input.manifests;
  };
  for (const source of found.values()) {
    for (const manifest of take(source)) manifests.push(manifest);
  }
  const textOf = (file: string): string | undefined => texts.get(file)?.text();
  // What a folder of files takes from elsewhere is read too; a file that is named alone says nothing of its neighbours.
  const isOfFolders = paths.some(
    (given) =>
      given !== STDIN && trees.exists(path.resolve(world.cwd, given)) && trees.isFolder(path.resolve(world.cwd, given)),
  );
  const disk: Disk = {
    exists: (at) => trees.exists(at),
    isFolder: (at) => trees.exists(at) && trees.isFolder(at),
    readMore: (file) => (isOfFolders ? sources(file, world, trees).flatMap(take) : undefined),
  };
  return { input: { manifests, faults, lines, textOf }, disk };
}

/** One file or stream. */
abstract class Source {
  constructor(public readonly file: string) {}

  /** How bad it is that it cannot be read. */
  protected get refused(): Severity {
    return Severity.ERROR;
  }

  public read({ onLarge, onRead, repeated }: ReadingHooks = {}): ParsedText {
    try {
      const content = this.content(onLarge);
      if (!(content instanceof Uint8Array)) return parseText(this.file, content, undefined, repeated);
      const read = parseManifests(this.file, content, undefined, repeated);
      if (this instanceof ListedSource) onRead?.(content, read);
      return read;
    } catch (thrown) {
      if (!(thrown instanceof RefusedInput)) return unreadable(this.file, thrown);
      return faulty({ file: this.file, severity: this.refused, message: thrown.message });
    }
  }

  public text(): string | undefined {
    try {
      return decode(this.bytes());
    } catch {
      return undefined;
    }
  }

  /** The bytes, if they are few; else the text by itself, so that the bytes are gone while it is parsed. */
  private content(onLarge?: () => void): Buffer | string | undefined {
    const bytes = this.bytes();
    // Before the text takes its memory: what it takes decides when garbage is collected next.
    if (bytes.length > LARGE) onLarge?.();
    this.keep?.(bytes);
    return bytes.length > SMALL ? decode(bytes) : bytes;
  }

  /** Keeps what cannot be read once more. */
  protected keep?(bytes: Buffer): void;

  protected abstract bytes(): Buffer;
}

/** A file that is named, a stream, and what a folder lists that is no regular file. */
class NamedSource extends Source {
  /** A stream is read once. */
  private kept: KeptBytes | undefined;

  constructor(
    file: string,
    private readonly readBytes: () => Buffer,
    /** Whether its bytes are gone once they are read. */
    private readonly isStream: boolean,
    private readonly severity = Severity.ERROR,
  ) {
    super(file);
  }

  protected override get refused(): Severity {
    return this.severity;
  }

  protected bytes(): Buffer {
    return this.kept?.bytes ?? this.readBytes();
  }

  protected override keep(bytes: Buffer): void {
    if (this.isStream) this.kept = new KeptBytes(bytes, LARGE);
  }
}

/** A regular file that a folder lists. There may be a hundred thousand, so that each holds little. */
class ListedSource extends Source implements ListedFile {
  constructor(
    file: string,
    private readonly folder: ListedFolder,
    /** Where it is kept; undefined if it stands in the folder. */
    private readonly kept: string | undefined,
  ) {
    super(file);
  }

  public get place(): string {
    return this.kept ?? path.join(this.folder.at, this.file.slice(this.file.lastIndexOf('/') + 1));
  }

  public get maxBytes(): number {
    return this.folder.maxBytes;
  }

  protected bytes(): Buffer {
    return fileBytes(this.place, { maxBytes: this.maxBytes, isListed: true });
  }
}

/** What all files of a folder have in common. */
interface ListedFolder {
  readonly at: string;
  readonly maxBytes: number;
}

/** Who is told of what is read. */
type ReadingHooks = Pick<InputWorld, 'onLarge' | 'onRead' | 'repeated'>;

type AnySource = Pick<Source, 'file' | 'text' | 'read'>;

function faultSource(file: string, read: () => ParsedText): AnySource {
  return { file, read, text: () => undefined };
}

function sources(given: string, world: InputWorld, trees: WholeTrees): AnySource[] {
  const { maxBytes = DEFAULT_MAX_BYTES } = world;
  if (given === STDIN) return [new NamedSource(STDIN_NAME, () => limited(world.stdin(), maxBytes), true)];
  const at = path.resolve(world.cwd, given);
  trees.look(at);
  try {
    if (!trees.isFolder(at)) {
      const place = trees.place(at);
      return [new NamedSource(given, () => fileBytes(place, { maxBytes, pipes: true }), !fs.statSync(place).isFile())];
    }
  } catch (thrown) {
    return [faultSource(given, () => unreadable(given, thrown))];
  }
  const folder = new Folder(given, world.cwd, maxBytes, trees);
  const found = folder.sources('');
  if (found.length > 0) return found;
  const message = `must hold files that end in ${EXTENSIONS.join(', ')}`;
  return [faultSource(given, () => faulty({ file: given, severity: Severity.WARNING, message }))];
}

function limited(bytes: Buffer, maxBytes: number): Buffer {
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

/** A folder that is walked in the order of names; a link to a folder is not followed. */
class Folder {
  constructor(
    private readonly given: string,
    private readonly cwd: string,
    private readonly maxBytes: number,
    private readonly trees: WholeTrees,
  ) {}

  public sources(below: string): AnySource[] {
    const name = slashed(path.join(this.given, below));
    const at = path.resolve(this.cwd, this.given, below);
    let entries: Entry[];
    try {
      entries = this.trees.entries(at);
    } catch (thrown) {
      return [faultSource(name, () => unreadable(name, thrown))];
    }
    const folder: ListedFolder = { at, maxBytes: this.maxBytes };
    const isChart = entries.some((entry) => entry.isFile() && entry.name === CHART_FILE);
    return entries.flatMap((entry) => {
      if (entry.isDirectory() && isChart && entry.name === CHART_TEMPLATES) return [chart(name)];
      if (entry.isDirectory()) return PASSED_FOLDERS.has(entry.name) ? [] : this.sources(path.join(below, entry.name));
      if (!isRead(entry.name)) return [];
      const [plain, file] = [path.join(at, entry.name), slashed(path.join(name, entry.name))];
      const place = this.trees.place(plain);
      if (entry.isFile()) return [new ListedSource(file, folder, place === plain ? undefined : place)];
      // No manifest is lost with a pipe or a device.
      const refused = isRegular(place) ? Severity.ERROR : Severity.WARNING;
      return [new NamedSource(file, () => fileBytes(place, { maxBytes: this.maxBytes }), false, refused)];
    });
  }
}

/** https://helm.sh/docs/topics/charts/#the-chart-file-structure */
const CHART_FILE = 'Chart.yaml';
const CHART_TEMPLATES = 'templates';

function chart(folder: string): AnySource {
  const file = `${folder}/${CHART_TEMPLATES}`;
  const message = `holds the templates of a Helm chart, which are not reviewed: helm template ${shellWord(folder)} | cdk8s-kubevirt check -`;
  return faultSource(file, () => faulty({ file, severity: Severity.WARNING, message }));
}

function isRead(name: string): boolean {
  if (KUSTOMIZATION_FILES.includes(name)) return true;
  return EXTENSIONS.includes(path.extname(name).toLowerCase()) && name !== METADATA_FILE;
}

/** Written by cdk8s beside the manifests, for validation plugins. */
const METADATA_FILE = 'construct-metadata.json';

function isRegular(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return true;
  }
}

function unreadable(file: string, thrown: unknown): ParsedText {
  // Not by `instanceof`: what Node's own modules throw inside Jest is of another realm.
  const { code, message } = thrown as NodeJS.ErrnoException;
  const isAddress = /^https?:\/\//.test(file);
  const remedy = isAddress ? `; fetch it first: curl -sL ${shellWord(file)} | cdk8s-kubevirt check -` : '';
  return faulty({
    file,
    severity: Severity.ERROR,
    message: `must be a file or folder that can be read: ${code ?? message}${remedy}`,
  });
}

function faulty(fault: InputFault): ParsedText {
  return { manifests: [], faults: [fault], lines: new Map() };
}

/** A path as findings name it, on Windows as well. */
export function slashed(name: string, { sep }: Pick<path.PlatformPath, 'sep'> = path): string {
  return sep === '/' ? name : name.replaceAll(sep, '/');
}
