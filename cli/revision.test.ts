import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { repositoryOf, revisionRange, writeRevision } from './revision';

let folder: string;
beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'revision-')))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const NAMES = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
const git = (...args: readonly string[]): string =>
  execFileSync('git', [...NAMES, ...args], {
    cwd: repo(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
const repo = (): string => path.join(folder, 'repo');

/** Commits a file, and answers the commit. */
function commit(name: string, text: string): string {
  fs.mkdirSync(path.dirname(path.join(repo(), name)), { recursive: true });
  fs.writeFileSync(path.join(repo(), name), text);
  git('add', '--all');
  git('commit', '--quiet', '--message', name);
  return git('rev-parse', 'HEAD');
}

let [first, second, side] = ['', '', ''];
beforeEach(() => {
  fs.mkdirSync(repo());
  git('init', '--quiet', '--initial-branch', 'main');
  first = commit('app/a.yaml', 'a: 1\n');
  git('switch', '--quiet', '--create', 'side');
  side = commit('side.yaml', 'b: 1\n');
  git('switch', '--quiet', 'main');
  second = commit('app/a.yaml', 'a: 2\n');
});

/** A clone of the last commit alone. */
function shallow(): string {
  const clone = path.join(folder, 'shallow');
  git('clone', '--quiet', '--depth', '1', '--no-single-branch', `file://${repo()}`, clone);
  return clone;
}

describe('revisionRange', () => {
  test('takes one revision against the working tree, or two', () => {
    expect(revisionRange('main~1', repo())).toEqual({ old: first });
    expect(revisionRange('main~1..main', repo())).toEqual({ old: first, next: second });
    expect(revisionRange('side..', repo())).toEqual({ old: side, next: second });
    expect(revisionRange('..side', repo())).toEqual({ old: second, next: side });
  });

  test('begins at the merge base where three dots stand', () => {
    expect(revisionRange('main...side', repo())).toEqual({ old: first, next: side });
  });

  test('fails for what is not a revision, and says so of a shallow clone', () => {
    expect(() => revisionRange('nobody', repo())).toThrow(/^"nobody" is not a revision of this repository$/);
    expect(() => revisionRange('main~1', shallow())).toThrow(
      /is not a revision of this repository; the clone is shallow: git fetch --unshallow/,
    );
  });

  test('fails where there is no merge base, and says so of a shallow clone', () => {
    git('switch', '--quiet', '--orphan', 'alone');
    commit('b.yaml', 'c: 1\n');
    expect(() => revisionRange('main...alone', repo())).toThrow(/^"main\.\.\.alone" has no merge base$/);
    expect(() => revisionRange('origin/main...origin/side', shallow())).toThrow(
      /has no merge base: the clone is shallow, git fetch --unshallow$/,
    );
  });

  test('fails outside of a repository', () => {
    expect(() => revisionRange('main', folder)).toThrow(
      `a revision needs a Git repository, and ${folder} is not in one`,
    );
  });
});

test('repositoryOf knows where in the repository a folder is', () => {
  expect(repositoryOf(repo())).toEqual({ root: repo(), prefix: '' });
  expect(repositoryOf(path.join(repo(), 'app'))).toEqual({ root: repo(), prefix: 'app/' });
});

describe('writeRevision', () => {
  const written = (revision: string, ...paths: string[]): string[] => {
    const { folder: at, remove } = writeRevision(revision, paths, repo());
    try {
      return (fs.readdirSync(at, { recursive: true, encoding: 'utf8' }) as string[])
        .filter((name) => fs.statSync(path.join(at, name)).isFile())
        .map((name) => `${name}: ${fs.readFileSync(path.join(at, name), 'utf8').trim()}`)
        .sort();
    } finally {
      remove();
      expect(fs.existsSync(at)).toBe(false);
    }
  };

  test('writes what stands below the paths', () => {
    commit('other.yaml', 'o: 1\n');
    expect(written('main~1', 'app')).toEqual(['app/a.yaml: a: 2']);
    expect(written(first, 'app')).toEqual(['app/a.yaml: a: 1']);
    expect(written('main', '.')).toEqual(['app/a.yaml: a: 2', 'other.yaml: o: 1']);
  });

  test('writes files that may hold manifests alone: no others, and no links', () => {
    fs.symlinkSync('a.yaml', path.join(repo(), 'app', 'link.yaml'));
    commit('app/picture.png', 'p');
    expect(written('main', 'app')).toEqual(['app/a.yaml: a: 2']);
  });

  test('writes everything where a Kustomization may name it', () => {
    commit('app/kustomization.yaml', 'resources: [../base]\n');
    commit('base/b.yaml', 'b: 1\n');
    expect(written('main', 'app')).toContain('base/b.yaml: b: 1');
  });

  test('fails for a pointer of Git LFS below the paths, and leaves nothing behind', () => {
    commit('big.yaml', 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n');
    const { TMPDIR } = process.env;
    const scratch = path.join(folder, 'scratch');
    fs.mkdirSync(scratch);
    try {
      process.env.TMPDIR = scratch;
      expect(() => written('main', '.')).toThrow('big.yaml');
      expect(fs.readdirSync(scratch)).toEqual([]);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
    expect(written('main', 'app')).toEqual(['app/a.yaml: a: 2']);
  });
});
