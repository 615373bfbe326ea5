import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const SCRIPT = path.join(__dirname, 'action.sh');
const claim = (size: string): string => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteMany], storageClassName: fast, resources: { requests: { storage: ${size} } } }
`;

/** Stands for the command of GitHub: it answers what comments there are, and keeps what it was asked. */
const GH = `#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$GH_LOG"
case "$*" in
  *--paginate*) cat "$GH_COMMENTS" ;;
  *) for word in "$@"; do case "$word" in body=@*) cat "\${word#body=@}" >"$GH_BODY" ;; esac; done ;;
esac
`;

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'action-')));
  write('bin/gh', GH);
  fs.chmodSync(at('bin/gh'), 0o755);
  write('comments', '');
  fs.mkdirSync(at('repository'));
  git('init', '--quiet', '--initial-branch', 'main');
  commit('2Gi');
  git('checkout', '--quiet', '-b', 'side');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);

function write(name: string, text: string): void {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
}

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  return spawnSync('git', [...identity, ...args], { cwd: at('repository'), encoding: 'utf8' }).stdout.trim();
}

function commit(size: string): void {
  write('repository/dist/claim.yaml', claim(size));
  git('add', '--all');
  git('commit', '--quiet', '--message', size);
}

/** Runs the script as a job on a pull request does; each test says what differs. */
function run(inputs: Readonly<Record<string, string>> = {}) {
  const { status, stdout } = spawnSync('bash', [SCRIPT], {
    cwd: at('repository'),
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${at('bin')}:${process.env.PATH ?? ''}`,
      GH_LOG: at('log'),
      GH_COMMENTS: at('comments'),
      GH_BODY: at('body'),
      GITHUB_REPOSITORY: 'shop/manifests',
      GITHUB_STEP_SUMMARY: at('summary'),
      PULL_REQUEST: '7',
      BASE_SHA: git('rev-parse', 'main'),
      INPUT_PATHS: 'dist',
      INPUT_FAIL_ON: 'refused,data-lost',
      ...inputs,
    },
  });
  return {
    status,
    out: stdout,
    read: (name: string) => (fs.existsSync(at(name)) ? fs.readFileSync(at(name), 'utf8') : ''),
  };
}

describe('the action on a pull request', () => {
  test('annotates what is refused, fails, and posts one comment', () => {
    commit('1Gi');
    const { status, out, read } = run();
    expect(status).toBe(1);
    expect(out).toMatch(/^::error file=dist\/claim.yaml,line=4,.*title=refused::.*disk data shrinks 2Gi → 1Gi/m);
    expect(read('log')).toContain('--method POST repos/shop/manifests/issues/7/comments');
    expect(read('body')).toMatch(/^<!-- cdk8s-kubevirt diff -->\n### 1 refused, 0 unchanged/);
    expect(read('summary')).toBe(read('body'));
  });

  test('changes the comment that it wrote before', () => {
    commit('3Gi');
    write('comments', '11\n12\n');
    const { status, read } = run();
    expect(status).toBe(0);
    expect(read('log')).toContain('--method PATCH repos/shop/manifests/issues/comments/11');
    expect(read('body')).toContain('### 1 in place, 0 unchanged');
  });

  test('fails for nothing where no consequence is named, and writes no comment where none is asked for', () => {
    commit('1Gi');
    const { status, read } = run({ INPUT_FAIL_ON: '', INPUT_COMMENT: 'false' });
    expect([status, read('log')]).toEqual([0, '']);
  });

  test('hands options to both commands, and those of the comparison to it alone', () => {
    git('rm', '--quiet', 'dist/claim.yaml');
    write('repository/dist/other.yaml', claim('1Gi').replace('name: data', 'name: other'));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'other');
    const { status, out } = run({ INPUT_OPTIONS: '--kubevirt v1.6.2', INPUT_DIFF_OPTIONS: '--prune' });
    expect(status).toBe(1);
    expect(out).toContain('title=data-lost');
    expect(out).toContain('KubeVirt v1.6.2');
  });

  test('only reviews where there is no base to compare with', () => {
    const { status, out, read } = run({ BASE_SHA: '' });
    expect([status, read('summary')]).toEqual([0, '']);
    expect(out).not.toContain('unchanged');
  });
});

describe('the hook of pre-commit', () => {
  const root = path.join(__dirname, '..', '..');
  const [, entry = ''] =
    /^ {2}entry: (\S+)$/m.exec(fs.readFileSync(path.join(root, '.pre-commit-hooks.yaml'), 'utf8')) ?? [];

  test.each([
    ['finds nothing in what the cluster takes', claim('1Gi'), 0, '0 errors'],
    ['fails for what the cluster refuses', claim('ten'), 1, 'schema-quantity'],
  ])('%s', (_what, text, status, says) => {
    write('repository/staged.yaml', text);
    const run = spawnSync(path.join(root, entry), ['staged.yaml'], { cwd: at('repository'), encoding: 'utf8' });
    expect([run.status, run.stdout]).toEqual([status, expect.stringContaining(says)]);
  });
});
