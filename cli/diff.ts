import * as path from 'node:path';
import { printable } from '../constructs/shared/printable';
import type { DiffOptions } from '../review';
import { diff } from '../review/changes';
import { isOf } from '../review/cluster/states';
import { Severity } from '../review/finding';
import type { Compared } from '../review/format/changes';
import { IRREGULAR } from '../review/manifests/bytes';
import type { Input, InputFault } from '../review/manifests/input';
import { isObject } from '../review/manifests/json';
import { Locator } from '../review/manifests/locator';
import { ReviewedManifest } from '../review/manifests/manifest';
import { readManifests, STDIN } from '../review/manifests/reader';
import { RepeatedValues } from '../review/manifests/repeated-values';
import { WholeTrees } from '../review/manifests/whole-trees';
import { collectEarly } from './engine-flags';
import { repositoryOf, revisionRange, writeRevision } from './revision';

/** What is compared. */
export interface DiffRequest {
  /** What stands before `--`, or all of it: OLD and NEW, a revision, or NEW alone beside `live`. */
  readonly words: readonly string[];
  /** Paths after `--`: of the revision. Undefined where none was written. */
  readonly paths?: readonly string[];
  /** File with what `kubectl get -o yaml` printed: what stands. */
  readonly live?: string;
  /** Folder of steps that are compared one after the other. */
  readonly steps?: string;
  /** File with the objects of the cluster's storage. */
  readonly storage?: string;
  readonly options: DiffOptions;
  /**
   * The most bytes that one file or stream may have.
   *
   * @default 256 MiB
   */
  readonly maxBytes?: number;
}

/** Where relative paths start, and what standard input holds. */
export interface DiffWorld {
  readonly cwd: string;
  readonly stdin: (maxBytes?: number) => Promise<Buffer>;
  /**
   * Writes a line on standard error.
   *
   * @default - the line is dropped
   */
  readonly complain?: (text: string) => void;
}

/** One comparison, and what it is called where there are several. */
export interface NamedComparison {
  readonly title?: string;
  readonly compared: Compared;
}

/** Compares what a command line names. */
export async function diffPaths(request: DiffRequest, world: DiffWorld): Promise<NamedComparison[]> {
  const read = await reader(request, world);
  const storage = request.storage === undefined ? [] : wholly(request.storage, read);
  const options = { ...request.options, storage };
  if (request.steps !== undefined) return steps(read([request.steps]), options);
  const removals: (() => void)[] = [];
  try {
    const { old, next } = sides(request, world.cwd, read, removals);
    return [{ compared: compared(old, next, options) }];
  } finally {
    for (const remove of removals) remove();
  }
}

type Read = (paths: readonly string[], root?: string) => Input;

async function reader(request: DiffRequest, { cwd, stdin, complain }: DiffWorld): Promise<Read> {
  const { words, live, storage, maxBytes } = request;
  const isPiped = [...words, live, storage].includes(STDIN);
  const piped = isPiped ? await stdin(maxBytes) : Buffer.alloc(0);
  const said = new Set<string>();
  const say = (line: string): void => {
    if (!said.has(line)) complain?.(`${printable(line)}\n`);
    said.add(line);
  };
  const repeated = new RepeatedValues();
  return (paths, root = cwd) => {
    const how = { maxBytes, onLarge: collectEarly, repeated, onCutOff: say };
    const input = readManifests(paths, { cwd: root, stdin: () => piped, ...how });
    for (const { file, message } of input.faults.filter(isSkipped)) say(`${file}: warning: ${message}`);
    return input;
  };
}

/** What lies between the files and holds no manifest, whatever it is: a pipe, a device. */
function isSkipped({ severity, message }: InputFault): boolean {
  return severity === Severity.WARNING && message.startsWith(IRREGULAR);
}

function sides(request: DiffRequest, cwd: string, read: Read, removals: (() => void)[]): { old: Input; next: Input } {
  const { words, paths, live } = request;
  if (live !== undefined) return { old: readable(live, read), next: read(words) };
  if (paths === undefined && words.length === 2)
    return { old: readable(words[0]!, read), next: readable(words[1]!, read) };
  const { old, next } = revisionRange(words[0]!, cwd);
  const { root, prefix } = repositoryOf(cwd);
  const given = paths === undefined || paths.length === 0 ? ['.'] : paths;
  const below = given.map((one) => path.posix.normalize(path.posix.join(prefix, one.split(path.sep).join('/'))));
  const at = (commit: string): Input => {
    const written = writeRevision(commit, below, root);
    removals.push(written.remove);
    return existing(below, written.folder, read);
  };
  return { old: at(old), next: next === undefined ? existing(below, root, read) : at(next) };
}

/**
 * What a path holds. One of which nothing can be read is refused: compared as if it were empty, all of the other side would be
 * said to be new, or lost.
 */
function readable(named: string, read: Read): Input {
  const input = read([named]);
  const fault = input.faults.find(isHarm);
  if (input.manifests.length > 0 || fault === undefined) return input;
  throw new Error(placed(fault));
}

/** The objects of the file of the storage, of which all must be read. */
function wholly(file: string, read: Read): Input['manifests'] {
  const { manifests, faults } = read([file]);
  const fault = faults.find(isHarm);
  if (fault !== undefined) throw new Error(`'--storage' must be a file that can be read: ${placed(fault)}`);
  return manifests;
}

function placed({ file, line, message }: InputFault): string {
  return `${file}${line === undefined ? '' : `:${line}`} ${message}`;
}

/** A path that does not exist in one of two revisions is empty there: it was added or removed. */
function existing(paths: readonly string[], root: string, read: Read): Input {
  const trees = new WholeTrees(root);
  const there = paths.filter((one) => trees.holds(path.join(root, one)));
  return there.length === 0 ? NOTHING : read(there, root);
}

const NOTHING: Input = { manifests: [], faults: [], lines: new Map(), textOf: () => undefined };

function compared(old: Input, next: Input, options: DiffOptions): Compared {
  const result = diff(old.manifests, next.manifests, options);
  const places = new Locator(next.textOf, (file) => next.lines.get(file) ?? []).places(
    result.changes.filter(({ field }) => field !== ''),
  );
  return {
    diff: result,
    accepted: result.accepted,
    faults: [...old.faults, ...next.faults].filter(isHarm),
    basis: result.basis,
    manifests: next.manifests,
    place: (change) => places.get(change),
  };
}

/** What was lost to the comparison; a file beside a Kustomization was not. */
function isHarm({ severity }: InputFault): boolean {
  return severity === Severity.ERROR;
}

/** The files of a folder of steps, each against all that stood before it. */
function steps({ manifests, faults, lines, textOf }: Input, options: DiffOptions): NamedComparison[] {
  const files = [...new Set(manifests.map(({ origin }) => origin.file ?? ''))];
  if (files.length < 2) throw new Error("'--steps' must be a folder of two files or more, each a step");
  let standing: ReviewedManifest[] = [];
  return files.map((file) => {
    const own = manifests.filter(({ origin }) => origin.file === file);
    const before = { manifests: [...standing], faults: [], lines, textOf };
    standing.push(...own);
    const after = { manifests: [...standing], faults: faults.filter((fault) => fault.file === file), lines, textOf };
    standing = standing.filter((manifest) => !isDeletedAfter(file, manifest));
    return { title: file, compared: compared(before, after, { ...options, prune: false }) };
  });
}

/** Whether the runbook of the folder deletes an object once a file is applied: a later file makes it anew. */
function isDeletedAfter(file: string, { object, root }: ReviewedManifest): boolean {
  return isObject(object) && (root?.deletions ?? []).some((one) => one.after === file && isOf(one, { object }));
}
