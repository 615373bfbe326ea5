import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { main, Status } from './main';

const CLAIM = (size: string): string => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec:
  accessModes: [ReadWriteMany]
  storageClassName: fast
  resources: { requests: { storage: ${size} } }
`;

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'diff-')));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
}

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

async function run(...argv: readonly string[]) {
  let [out, err] = ['', ''];
  const world = {
    cwd: folder,
    stdin: () => Promise.resolve(Buffer.from(CLAIM('1Gi'))),
    say: (text: string) => void (out += text),
    complain: (text: string) => void (err += text),
  };
  const status = await main(['diff', ...argv], world);
  return { status, out, err };
}

test('says once which pipe of a folder it skips', async () => {
  write('old/claim.yaml', CLAIM('1Gi'));
  write('new/claim.yaml', CLAIM('1Gi'));
  spawnSync('mkfifo', [path.join(folder, 'new', 'pipe.yaml')]);
  const { status, out, err } = await run('old', 'new');
  expect([status, err]).toEqual([0, 'new/pipe.yaml: warning: must be a regular file, got a pipe\n']);
  expect(out).toMatch(/^1 unchanged/);
});

test('says nothing of a Helm chart beside the files, whose parts are no objects', async () => {
  write('old/claim.yaml', CLAIM('1Gi'));
  write('new/claim.yaml', CLAIM('1Gi'));
  write('new/chart/Chart.yaml', 'apiVersion: v2\nname: web\n');
  write('new/chart/values.yaml', 'replicas: 1\n');
  write('new/chart/templates/web.yaml', '{{ if .Values.x }}\n');
  const { status, out, err } = await run('old', 'new');
  expect([status, err]).toEqual([0, '']);
  expect(out).toMatch(/^1 unchanged/);
});

test.each([[['--', 'old']], [['--', 'old', 'new']], [[]], [['old']], [['../old', 'old', 'old']]])(
  'fails when it is not said what is compared with what: %j',
  async (argv) => {
    write('old/claim.yaml', CLAIM('1Gi'));
    const { status, err } = await run(...argv);
    expect([status, err]).toEqual([2, 'name OLD and NEW, or a revision and -- PATH; see cdk8s-kubevirt diff --help\n']);
  },
);

describe('diff where a synth was cut off', () => {
  const ID = '0123456789abcdef';
  const LINE =
    'dist: a synth was cut off while it replaced this output; read is the old one, which is whole; the next synth puts it back\n';

  beforeEach(() => {
    git('init', '--quiet');
    write('dist/claim.yaml', CLAIM('1Gi'));
    commit('first');
    fs.writeFileSync(path.join(folder, '.dist.synth-journal'), `{"version":1,"id":"${ID}","old":[],"new":[]}`);
    fs.renameSync(path.join(folder, 'dist'), path.join(folder, `.dist.synth-${ID}-old`));
  });

  test.each([
    ['a revision', ['HEAD', '--', 'dist']],
    ['another folder', [`.dist.synth-${ID}-old`, 'dist']],
  ])('compares the output that is whole with %s, and says so in one line', async (_with, argv) => {
    const { status, out, err } = await run(...argv);
    expect([status, err]).toEqual([Status.GOOD, LINE]);
    expect(out).not.toMatch(/PersistentVolumeClaim/);
  });
});

describe('diff of two paths', () => {
  beforeEach(() => {
    write('old/claim.yaml', CLAIM('1Gi'));
    write('new/claim.yaml', CLAIM('2Gi'));
  });

  test('says the plan in one line, and each change with its reason', async () => {
    const { status, out } = await run('old', 'new');
    expect(status).toBe(Status.GOOD);
    expect(out.split('\n')[0]).toBe('1 in place, 0 unchanged');
    expect(out).toContain('in-place: disk data grows 1Gi → 2Gi  [spec.resources.requests.storage]');
    expect(out).toContain('assumed: the claim is bound; the class fast expands volumes');
  });

  test('takes standard input for one of the two', async () => {
    expect((await run('-', 'new')).out.split('\n')[0]).toBe('1 in place, 0 unchanged');
  });

  test('fails where a consequence is found that --fail-on names', async () => {
    expect((await run('--fail-on', 'refused,data-lost', 'new', 'old')).status).toBe(Status.FOUND);
    expect((await run('--fail-on', 'data-lost', 'new', 'old')).status).toBe(Status.GOOD);
  });

  test.each([
    ['that is not there', 'nowhere.yaml', 'nowhere.yaml must be a file or folder that can be read: ENOENT'],
    ['of which a part cannot be read', 'torn.yaml', 'torn.yaml:2 must be YAML'],
  ])('fails when the file of the storage is one %s', async (_what, file, said) => {
    write('torn.yaml', `a: [\n---\n${CLAIM('1Gi')}`);
    const { status, err } = await run('--storage', file, 'old', 'new');
    expect([status, err]).toEqual([
      Status.FAILED,
      expect.stringContaining(`'--storage' must be a file that can be read: ${said}`),
    ]);
  });

  test('fails when an option is wrong, where nothing differs, too', async () => {
    const { status, err } = await run('--kubevirt', 'v0', 'old', 'old');
    expect([status, err]).toEqual([Status.FAILED, expect.stringContaining("'kubevirt' must be")]);
  });

  test('takes facts of the storage from a file', async () => {
    write(
      'storage.yaml',
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\nprovisioner: x\n',
    );
    const { out } = await run('--storage', 'storage.yaml', 'old', 'new');
    expect(out).toContain('the class fast does not expand volumes');
  });

  test('writes JSON with the fields of every change', async () => {
    const { out } = await run('--format', 'json', 'new', 'old');
    const { plan, worst, changes } = JSON.parse(out) as { plan: string; worst: string; changes: object[] };
    expect([plan, worst]).toEqual(['1 refused, 0 unchanged', 'refused']);
    expect(changes).toEqual([
      {
        object: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          namespace: 'shop',
          name: 'data',
          file: 'old/claim.yaml',
          document: 0,
        },
        field: 'spec.resources.requests.storage',
        consequence: 'refused',
        message: 'disk data shrinks 2Gi → 1Gi',
        reason: 'a claim never shrinks',
        remedy: 'make a smaller claim of another name, and copy the files in the guest',
        source: 'Kubernetes v1.34.4, pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaimUpdate',
      },
    ]);
  });

  test.each([
    ['markdown', '### 1 refused, 0 unchanged'],
    ['sarif', '"ruleId": "refused"'],
    ['github', '::error file=old/claim.yaml,line=7,col=28,title=refused::PersistentVolumeClaim shop/data'],
  ])('writes %s', async (format, part) => {
    expect((await run('--format', format, 'new', 'old')).out).toContain(part);
  });

  test('accepts what is meant', async () => {
    const { out, status } = await run(
      '--fail-on',
      'refused',
      '--accept',
      'refused@PersistentVolumeClaim/shop/data=known',
      'new',
      'old',
    );
    expect(status).toBe(Status.GOOD);
    expect(out).toContain('accepted: known');
  });

  test.each([
    [['old'], 'name OLD and NEW, or a revision and -- PATH'],
    [['--running', 'maybe', 'old', 'new'], `'--running' must be 'yes' or 'no', got "maybe"`],
    [['--rollout-strategy', 'Never', 'old', 'new'], "'--rollout-strategy' must be LiveUpdate or Stage"],
    [['--fail-on', 'lost', 'old', 'new'], "'--fail-on' must name consequences: data-lost, refused"],
    [['--format', 'xml', 'old', 'new'], "'--format' must be one of table, markdown, json, sarif, github"],
    [['--steps', 'old', 'new'], "'--steps' compares the files of one folder"],
    [['--live', 'old'], "beside '--live' name the new files or folders"],
    [['--external', 'Secret', 'old', 'new'], `'--external' must be KIND/NAME or KIND/NAMESPACE/NAME, got "Secret"`],
    [['--accept', 'refused', 'old', 'new'], `'--accept' must be RULE=REASON or RULE@KIND/[NAMESPACE/]NAME=REASON`],
  ])('fails for %j', async (argv, message) => {
    const { status, err } = await run(...argv);
    expect(status).toBe(Status.FAILED);
    expect(err).toContain(message);
    expect(err).toMatch(/^[^\n]*; see cdk8s-kubevirt diff --help\n$/);
  });
});

describe('diff with a side of which nothing can be read', () => {
  test.each([
    ['is not there', undefined, 'new.yaml must be a file or folder that can be read'],
    ['is no YAML', 'a: {', 'new.yaml:1 must be YAML'],
  ])('fails when it %s, and says of no disk that it is lost', async (_title, text, message) => {
    write('old.yaml', CLAIM('1Gi'));
    if (text !== undefined) write('new.yaml', text);
    const { status, out, err } = await run('--prune', 'old.yaml', 'new.yaml');
    expect({ status, out }).toEqual({ status: Status.FAILED, out: '' });
    expect(err).toContain(`nothing was compared: ${message}`);
  });
});

describe('diff of revisions', () => {
  beforeEach(() => {
    git('init', '--quiet', '--initial-branch', 'main');
    write('dist/claim.yaml', CLAIM('1Gi'));
    commit('one');
    git('tag', 'one');
    write('dist/claim.yaml', CLAIM('2Gi'));
    commit('two');
  });

  test('compares the working tree with a revision', async () => {
    write('dist/claim.yaml', CLAIM('3Gi'));
    expect((await run('one', '--', 'dist')).out).toContain('disk data grows 1Gi → 3Gi');
    expect((await run('HEAD', '--', 'dist')).out).toContain('disk data grows 2Gi → 3Gi');
  });

  test('compares two revisions, whatever the working tree holds', async () => {
    fs.rmSync(path.join(folder, 'dist'), { recursive: true });
    expect((await run('one..main', '--', 'dist')).out).toContain('disk data grows 1Gi → 2Gi');
    expect((await run('one..main')).out).toContain('disk data grows 1Gi → 2Gi');
  });

  test('takes HEAD for the end of a range that is left out', async () => {
    expect((await run('one..', '--', 'dist')).out).toContain('disk data grows 1Gi → 2Gi');
    expect((await run('..one', '--', 'dist')).out).toContain('disk data shrinks 2Gi → 1Gi');
    expect((await run('main..one', '--', 'dist')).out).toContain('disk data shrinks 2Gi → 1Gi');
  });

  test('compares from the merge base', async () => {
    git('checkout', '--quiet', '-b', 'side', 'one');
    write('dist/other.yaml', CLAIM('1Gi').replace('name: data', 'name: other'));
    commit('side');
    const { out } = await run('main...side', '--', 'dist');
    expect(out.split('\n')[0]).toBe('1 created, 1 unchanged');
  });

  test('takes a path that one of the two lacks for empty', async () => {
    write('more/other.yaml', CLAIM('1Gi').replace('name: data', 'name: other'));
    expect((await run('HEAD', '--', 'more')).out.split('\n')[0]).toBe('1 created, 0 unchanged');
  });

  test('works in a folder below the root', async () => {
    write('dist/claim.yaml', CLAIM('3Gi'));
    const below = {
      cwd: path.join(folder, 'dist'),
      stdin: () => Promise.resolve(Buffer.alloc(0)),
      complain: () => undefined,
    };
    let out = '';
    await main(['diff', 'HEAD', '--', '.'], { ...below, say: (text) => void (out += text) });
    expect(out).toContain('disk data grows 2Gi → 3Gi');
  });

  test('leaves nothing in the temporary folder', async () => {
    const { TMPDIR } = process.env;
    process.env.TMPDIR = fs.mkdtempSync(path.join(folder, 'tmp-'));
    await run('one..main', '--', 'dist');
    expect(fs.readdirSync(process.env.TMPDIR)).toEqual([]);
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });

  test('fails for an unknown revision, a pointer of Git LFS and a submodule', async () => {
    expect((await run('none', '--', 'dist')).err).toContain('"none" is not a revision of this repository');
    write('dist/claim.yaml', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n');
    commit('lfs');
    expect((await run('main..main', '--', 'dist')).err).toContain('dist/claim.yaml is kept by Git LFS');
    git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD').trim()},dist/module`);
    git('commit', '--quiet', '--message', 'module');
    expect((await run('main..main', '--', 'dist')).err).toContain('dist/module is a submodule');
  });

  test('fails outside of a repository', async () => {
    fs.rmSync(path.join(folder, '.git'), { recursive: true });
    expect((await run('HEAD', '--', 'dist')).err).toContain('a revision needs a Git repository');
  });
});

describe('diff of roots', () => {
  const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example.org/shop.git, path: shop }
  destination: { namespace: shop }
  syncPolicy: { automated: { prune: true } }
`;

  beforeEach(() => {
    git('init', '--quiet', '--initial-branch', 'main');
    write('base/kustomization.yaml', 'resources: [claim.yaml]\n');
    write('base/claim.yaml', CLAIM('1Gi'));
    write('overlays/prod/kustomization.yaml', 'namespace: prod\nresources: [../../base]\n');
    write('overlays/test/kustomization.yaml', 'namespace: test\nresources: [../../base]\n');
    commit('one');
    git('tag', 'one');
    write('base/claim.yaml', CLAIM('2Gi'));
    commit('two');
  });

  test('builds the Kustomizations of a revision, with a base outside of the paths', async () => {
    const { out } = await run('one..main', '--', 'overlays/prod');
    expect(out.split('\n')[0]).toBe('1 in place, 0 unchanged');
    expect(out).toContain('PersistentVolumeClaim prod/data');
  });

  test('tells the change of a base in each of its overlays', async () => {
    const { out } = await run('one', '--', 'overlays');
    expect(out.split('\n')[0]).toBe('2 in place, 0 unchanged');
    expect(out).toContain('PersistentVolumeClaim test/data');
  });

  test('deletes what is gone where an Application prunes, and says so', async () => {
    write('app.yaml', APPLICATION);
    write('shop/claim.yaml', CLAIM('1Gi'));
    write('shop/other.yaml', CLAIM('1Gi').replace('name: data', 'name: other'));
    commit('three');
    fs.rmSync(path.join(folder, 'shop/claim.yaml'));
    const { out, status } = await run('--fail-on', 'data-lost', 'HEAD', '--', 'shop', 'app.yaml');
    expect(status).toBe(Status.FOUND);
    expect(out.split('\n')[0]).toBe('1 data lost, 2 unchanged');
    expect(out).toContain('Application argocd/shop deletes what is gone (prune)');
  });
});

describe('diff --closed', () => {
  test('knows that the class of a claim does not exist', async () => {
    write('old.yaml', CLAIM('1Gi'));
    write('new.yaml', CLAIM('2Gi'));
    const reason = 'StorageClass fast does not exist: nothing expands the volume';
    expect((await run('--closed', 'old.yaml', 'new.yaml')).out).toContain(reason);
    expect((await run('old.yaml', 'new.yaml')).out).not.toContain(reason);
    const external = ['--external', 'StorageClass/fast'];
    expect((await run('--closed', ...external, 'old.yaml', 'new.yaml')).out).not.toContain(reason);
  });
});

describe('diff --steps', () => {
  test('compares the files of a folder one after the other', async () => {
    write('steps/1-claim.yaml', CLAIM('1Gi'));
    write('steps/2-grown.yaml', CLAIM('2Gi'));
    write('steps/3-shrunk.yaml', CLAIM('1Gi'));
    const { out, status } = await run('--steps', 'steps', '--fail-on', 'refused');
    expect(status).toBe(Status.FOUND);
    expect(out.split('\n').filter((line) => line.startsWith('#') || /^\d/.test(line))).toEqual([
      '# steps/1-claim.yaml',
      '1 created, 0 unchanged',
      '# steps/2-grown.yaml',
      '1 in place, 0 unchanged',
      '# steps/3-shrunk.yaml',
      '1 refused, 0 unchanged',
    ]);
  });
});

describe('diff --steps of a folder with a file that cannot be read', () => {
  test('says so of the step that it stands in, and compares the rest', async () => {
    write('steps/1-claim.yaml', CLAIM('1Gi'));
    write('steps/2-grown.yaml', `${CLAIM('2Gi')}---\na: [1\n`);
    const { out, status } = await run('--steps', 'steps', '--format', 'json');
    expect(status).toBe(Status.FAILED);
    const steps = JSON.parse(out) as { step: string; faults: { file: string }[] }[];
    expect(steps.map(({ faults }) => faults.map(({ file }) => file))).toEqual([[], ['steps/2-grown.yaml']]);
  });
});

describe('diff --steps of a folder with a runbook', () => {
  test('takes what it deletes between two files for gone', async () => {
    write('steps/1-claim.yaml', CLAIM('2Gi'));
    write('steps/2-anew.yaml', CLAIM('1Gi'));
    write(
      'steps/RUNBOOK.md',
      '# Steps\n\nkubectl apply -f 1-claim.yaml\nkubectl delete pvc data -n shop\nkubectl apply -f 2-anew.yaml\n',
    );
    const plans = (await run('--steps', 'steps')).out.split('\n').filter((line) => /^\d/.test(line));
    expect(plans).toEqual(['1 created, 0 unchanged', '1 created, 0 unchanged']);
  });
});

describe('diff --steps in another format', () => {
  beforeEach(() => {
    write('steps/1-claim.yaml', CLAIM('1Gi'));
    write('steps/2-grown.yaml', CLAIM('2Gi'));
  });

  test('writes one list of JSON, with the file of each step', async () => {
    const steps = JSON.parse((await run('--steps', 'steps', '--format', 'json')).out) as object[];
    expect(steps).toMatchObject([
      { step: 'steps/1-claim.yaml', plan: '1 created, 0 unchanged' },
      { step: 'steps/2-grown.yaml', plan: '1 in place, 0 unchanged' },
    ]);
  });

  test('writes one log of SARIF, with a run of each step', async () => {
    const log = JSON.parse((await run('--steps', 'steps', '--format', 'sarif')).out) as {
      runs: { results: object[] }[];
    };
    expect(log.runs.map(({ results }) => results.length)).toEqual([1, 1]);
  });

  test('says once what all of it rests on', async () => {
    const { out } = await run('--steps', 'steps');
    expect(out.match(/vmRolloutStrategy LiveUpdate, nothing is pruned/g)).toHaveLength(1);
  });
});

describe('diff --live', () => {
  test('takes what kubectl printed for what stands', async () => {
    const live = CLAIM('1Gi').replace(
      'namespace: shop }',
      'namespace: shop, uid: "1", annotations: { pv.kubernetes.io/bind-completed: "yes" } }',
    );
    write(
      'live.yaml',
      `${live}  volumeName: pv-1\n  volumeMode: Filesystem\nstatus: { phase: Bound, capacity: { storage: 1Gi } }\n`,
    );
    write('new.yaml', CLAIM('2Gi'));
    const { out } = await run('--live', 'live.yaml', 'new.yaml');
    expect(out.split('\n')[0]).toBe('1 in place, 0 unchanged');
    expect(out).toContain('assumed: the class fast expands volumes');
  });
});
