import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { KUSTOMIZATION_FILES } from '../review/manifests/kustomize';

/** Files of a revision, written to a folder of their own. */
export interface WrittenRevision {
  /** The folder: it holds the tree as it stands below the repository's root. */
  readonly folder: string;
  /** Removes the folder. */
  readonly remove: () => void;
}

/** Two revisions, or a revision and the working tree. */
export interface RevisionRange {
  readonly old: string;
  /** Undefined: the working tree. */
  readonly next?: string;
}

/** Files that may hold manifests, or say how they are applied. */
const READ = /(\.ya?ml|\.json|(^|\/)Kustomization|\.env|\.properties|\.txt|\.conf|\.md)$/i;

/** The first line of a file that Git LFS keeps elsewhere: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS = 'version https://git-lfs.github.com/spec/';

/**
 * Reads `A..B`, `A...B` (from the merge base) or `REV` (against the working tree).
 *
 * @throws if there is no git, no repository, or no such revision.
 */
export function revisionRange(text: string, cwd: string): RevisionRange {
  const [, old = '', dots = '', next = ''] = /^(.*?)(\.{2,3})(.*)$/s.exec(text) ?? [undefined, text];
  if (dots === '') return { old: commitOf(old, cwd) };
  const [from, to] = [commitOf(old || 'HEAD', cwd), commitOf(next || 'HEAD', cwd)];
  return { old: dots === '...' ? mergeBase(from, to, text, cwd) : from, next: to };
}

/** The root of the repository, and where in it a folder is. */
export function repositoryOf(cwd: string): { readonly root: string; readonly prefix: string } {
  const found = git(['rev-parse', '--show-toplevel', '--show-prefix'], cwd);
  if (found.status !== 0) throw new Error(`a revision needs a Git repository, and ${cwd} is not in one`);
  const [root = '', prefix = ''] = found.stdout.toString().split('\n');
  return { root, prefix };
}

/**
 * Writes the files of a revision below some paths to a temporary folder; all others too, where a Kustomization or an engine
 * among them may name files that stand elsewhere.
 *
 * @param paths Paths in the repository, from its root.
 * @throws if a file below a path is a pointer of Git LFS or a submodule.
 */
export function writeRevision(commit: string, paths: readonly string[], root: string): WrittenRevision {
  const named = entriesOf(commit, paths, root);
  const module = named.find(({ mode }) => mode === '160000');
  if (module !== undefined) throw new Error(`${module.name} is a submodule: compare it in its own repository`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-kubevirt-'));
  const remove = (): void => fs.rmSync(folder, { recursive: true, force: true });
  try {
    let namesOthers = false;
    for (const [name, content] of contents(named.filter(isRead), root)) {
      if (isPointer(content)) {
        throw new Error(`${name} is kept by Git LFS, and the repository holds only its pointer: git lfs pull`);
      }
      write(folder, name, content);
      namesOthers ||=
        KUSTOMIZATION_FILES.includes(path.posix.basename(name)) || ENGINE.test(content.toString('latin1'));
    }
    if (namesOthers) {
      const known = new Set(named.map(({ name }) => name));
      const others = entriesOf(commit, ['.'], root).filter((entry) => isRead(entry) && !known.has(entry.name));
      for (const [name, content] of contents(others, root)) if (!isPointer(content)) write(folder, name, content);
    }
    return { folder, remove };
  } catch (thrown) {
    remove();
    throw thrown;
  }
}

/** An object of Argo CD or of Flux. */
const ENGINE = /^ *"?apiVersion"?: *["']?(argoproj\.io|kustomize\.toolkit\.fluxcd\.io)\//m;

function isRead({ mode, name }: Entry): boolean {
  return mode.startsWith('100') && READ.test(name);
}

function isPointer(content: Buffer): boolean {
  return content.subarray(0, LFS.length).toString() === LFS;
}

function write(folder: string, name: string, content: Buffer): void {
  const at = path.join(folder, name);
  fs.mkdirSync(path.dirname(at), { recursive: true });
  fs.writeFileSync(at, content);
}

function entriesOf(commit: string, paths: readonly string[], root: string): Entry[] {
  const listed = git(['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...paths], root);
  if (listed.status !== 0) throw new Error(`git ls-tree ${commit} failed: ${firstLine(listed.stderr)}`);
  const lines = listed.stdout.toString().split('\0');
  return lines.filter((line) => line !== '').map(entryOf);
}

/** Absolute paths of the files that differ from a revision, and of those that Git does not know and does not ignore. */
export function changedFiles(revision: string, cwd: string): Set<string> {
  const commit = commitOf(revision, cwd);
  const { root } = repositoryOf(cwd);
  const lists = [
    ['diff', '--name-only', '-z', '--no-renames', '--diff-filter=d', commit],
    ['ls-files', '--others', '--exclude-standard', '-z'],
  ].map((args) => {
    const listed = git(args, root);
    if (listed.status !== 0) throw new Error(`git ${args[0]} failed: ${firstLine(listed.stderr)}`);
    return listed.stdout.toString().split('\0');
  });
  const names = lists.flat().filter((name) => name !== '');
  return new Set(names.map((name) => path.join(root, name)));
}

interface Entry {
  readonly mode: string;
  readonly blob: string;
  readonly name: string;
}

function entryOf(line: string): Entry {
  const tab = line.indexOf('\t');
  const [mode = '', , blob = ''] = line.slice(0, tab).split(' ');
  return { mode, blob, name: line.slice(tab + 1) };
}

/** The contents of files, by one process: `git cat-file --batch`. */
function* contents(files: readonly Entry[], root: string): Generator<readonly [name: string, content: Buffer]> {
  if (files.length === 0) return;
  const input = files.map(({ blob }) => `${blob}\n`).join('');
  const { stdout, status, stderr } = git(['cat-file', '--batch'], root, input);
  if (status !== 0) throw new Error(`git cat-file failed: ${firstLine(stderr)}`);
  let at = 0;
  for (const { name } of files) {
    const end = stdout.indexOf(0x0a, at);
    const [, kind, size] = stdout.subarray(at, end).toString().split(' ');
    if (kind !== 'blob') throw new Error(`${name} is not in the repository: a shallow or partial clone lacks it`);
    const content = stdout.subarray(end + 1, end + 1 + Number(size));
    yield [name, content];
    at = end + 1 + Number(size) + 1;
  }
}

function commitOf(name: string, cwd: string): string {
  const found = git(['rev-parse', '--quiet', '--verify', `${name}^{commit}`], cwd);
  if (found.status === 0) return found.stdout.toString().trim();
  repositoryOf(cwd);
  const hint = isShallow(cwd)
    ? '; the clone is shallow: git fetch --unshallow, or fetch-depth: 0 of actions/checkout'
    : '';
  throw new Error(`${JSON.stringify(name)} is not a revision of this repository${hint}`);
}

function mergeBase(from: string, to: string, text: string, cwd: string): string {
  const found = git(['merge-base', from, to], cwd);
  if (found.status === 0) return found.stdout.toString().trim();
  const hint = isShallow(cwd) ? ': the clone is shallow, git fetch --unshallow' : '';
  throw new Error(`${JSON.stringify(text)} has no merge base${hint}`);
}

/** Whether the repository lacks a part of its history. */
function isShallow(cwd: string): boolean {
  return git(['rev-parse', '--is-shallow-repository'], cwd).stdout.toString().trim() === 'true';
}

/** The largest output of git that is taken: more than the manifests of a hundred thousand machines. */
const LARGEST = 2 ** 30;

function git(args: readonly string[], cwd: string, input?: string) {
  const run = spawnSync('git', args, { cwd, input, maxBuffer: LARGEST });
  const { code } = (run.error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOENT') throw new Error('git is not installed, or not on the path');
  if (run.error !== undefined) throw run.error;
  return run;
}

function firstLine(bytes: Buffer): string {
  return bytes.toString().split('\n')[0] ?? '';
}
