import { lstatSync, readlinkSync } from 'node:fs';
import * as system from 'node:path';
import { regularText } from './regular-file';

/**
 * What a synth keeps while it replaces an output folder, and which tree is whole when it was cut off. The writer
 * (`synth/`) and the readers of manifests (`review/`) both ask here; nothing in this file writes.
 *
 * All of it stands beside the folder, under names that begin with `.<folder>.synth`, or where nothing can be made there,
 * in the folder, under names that begin with `.cdk8s-files.synth`:
 *
 * | name            | what it is                                                                                         |
 * | --------------- | -------------------------------------------------------------------------------------------------- |
 * | `-lock`         | who writes the folder                                                                              |
 * | `-<id>`         | the new output: a tree beside the folder, numbered files in it                                     |
 * | `-<id>-old`     | the old output: the folder itself, set aside, or numbered files in it, in the order of the journal |
 * | `-journal`      | the paths of both outputs. As long as it stands, the old output is the whole one                   |
 */
export interface OutputJournal {
  /** Which synth wrote it: a part of the names above. */
  readonly id: string;
  /** The files of the old output that it replaces or removes, by their paths below the folder. */
  readonly old: readonly string[];
  /** The files of the new output. */
  readonly new: readonly string[];
}

/** The functions of `node:path` that names are made with: those of another system in a test. */
export type PathModule = Pick<typeof system, 'basename' | 'dirname' | 'isAbsolute' | 'join' | 'relative' | 'sep'>;

/** How the names in the folder begin: they are never part of the output. */
export const INSIDE = '.cdk8s-files.synth';

/** The end of a journal's name. */
export const JOURNAL = '-journal';

const VERSION = 1;

/** How the names beside a folder begin; undefined for the root of a file system. */
export function besidePrefix(folder: string, path: PathModule = system): string | undefined {
  const name = path.basename(folder);
  return name === '' || path.dirname(folder) === folder ? undefined : path.join(path.dirname(folder), `.${name}.synth`);
}

/** How the names in a folder begin. */
export function insidePrefix(folder: string, path: PathModule = system): string {
  return path.join(folder, INSIDE);
}

/** Where the new output of a synth stands. */
export function stagingPath(prefix: string, id: string): string {
  return `${prefix}-${id}`;
}

/** Where the old output stands while the new one is put in place. */
export function asidePath(prefix: string, id: string): string {
  return `${prefix}-${id}-old`;
}

/** Whether a name in any folder is one of an unfinished output, old or new: what stands there is read by nobody. */
export function isUnfinished(name: string): boolean {
  return /^\..+\.synth-[0-9a-f]{16}(-old)?$/.test(name);
}

/** A journal's text. */
export function journalText(journal: OutputJournal): string {
  return `${JSON.stringify({ version: VERSION, ...journal })}\n`;
}

/**
 * The journal at a prefix, undefined if there is none.
 *
 * @throws if it cannot be read, or is not one that a synth writes: a path in it may not lead out of the folder.
 */
export function readJournal(prefix: string): OutputJournal | undefined {
  const file = `${prefix}${JOURNAL}`;
  if (!isThere(file)) return undefined;
  const journal = parse(regularText(file));
  if (journal !== undefined) return journal;
  throw new Error(
    `'${file}' must be the journal of a synth, and is damaged; restore the output folder from version control, delete the file, and synthesize again`,
  );
}

/** The last whole output of a folder whose replacement was cut off. */
export interface WholeTree {
  /** The folder that it stands in. */
  readonly root: string;
  /** Where those of its files stand that have been kept elsewhere, by their paths below the folder. */
  readonly kept: ReadonlyMap<string, string>;
  /** Files of the unfinished output, which are not part of it, by their paths below the folder. */
  readonly unfinished: ReadonlySet<string>;
}

/** Which tree of a folder is whole, where a synth was cut off while it put its output in place; else undefined. */
export function wholeTree(folder: string): WholeTree | undefined {
  const path = resolveLinks(folder);
  const root = setAside(path) ?? path;
  const inside = readJournal(insidePrefix(root));
  if (inside === undefined) {
    return root === path ? undefined : { root, kept: new Map(), unfinished: new Set() };
  }
  const kept = asidePath(insidePrefix(root), inside.id);
  const old = new Set(inside.old);
  return {
    root,
    kept: new Map(inside.old.map((file, index) => [file, system.join(kept, String(index))])),
    unfinished: new Set(inside.new.filter((file) => !old.has(file))),
  };
}

/** Where a path leads, also when nothing stands there yet. */
export function resolveLinks(path: string, links = 0): string {
  if (links > MOST_LINKS) throw new Error(`'${path}' must lead somewhere, and is a link that leads back to itself`);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    return resolveLinks(system.resolve(system.dirname(path), readlinkSync(path)), links + 1);
  }
  const above = system.dirname(path);
  return above === path ? path : system.join(resolveLinks(above, links), system.basename(path));
}

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/** The folder that was set aside, where nothing has taken its place yet. */
function setAside(path: string): string | undefined {
  const prefix = besidePrefix(path);
  if (prefix === undefined || isThere(path)) return undefined;
  const journal = readJournal(prefix);
  const aside = journal && asidePath(prefix, journal.id);
  return aside !== undefined && isThere(aside) ? aside : undefined;
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // In a file, or beside a folder whose own name is nearly as long as a name may be.
    if (['ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function parse(text: string): OutputJournal | undefined {
  let value: Partial<Record<'version' | 'id' | 'old' | 'new', unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return undefined;
  }
  const { version, id, old, new: produced } = value ?? {};
  if (version !== VERSION || typeof id !== 'string' || !/^[0-9a-f]{16}$/.test(id)) return undefined;
  return isPaths(old) && isPaths(produced) ? { id, old, new: produced } : undefined;
}

function isPaths(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((path) => typeof path === 'string' && staysInside(path));
}

/** Whether a path leads to something below the folder on every system. */
function staysInside(path: string): boolean {
  return path.split('/').every((name) => !['', '.', '..'].includes(name) && !/[\\:\0]/.test(name));
}
