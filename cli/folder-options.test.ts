import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { main, Status, Terminal } from './main';

const CLAIM = (name: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: shop }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }, storageClassName: fast }
`;
const WRONG = 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringdata: {}\n';

let cwd: string;
beforeEach(() => (cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'options-'))));
afterEach(() => fs.rmSync(cwd, { recursive: true }));

const write = (name: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
  fs.writeFileSync(path.join(cwd, name), text);
};

async function run(argv: readonly string[], terminal?: Terminal) {
  let [said, complaints] = ['', ''];
  const status = await main(argv, {
    cwd,
    stdin: () => Promise.resolve(Buffer.from(CLAIM('piped'))),
    say: (text) => (said += text),
    complain: (text) => (complaints += text),
    terminal,
  });
  return { status, said, complaints };
}

describe('options of the working folder', () => {
  const project = (properties: string) => `language: typescript
validations:
  - { package: ./other.js, version: 1.0.0, class: Other, properties: { kubevirt: none } }
  - { package: ./plugin.js, version: 0.1.0, class: KubeVirtReview, properties: ${properties} }
`;

  test('are those of cdk8s.yaml, and the report names it', async () => {
    write('cdk8s.yaml', project('{ kubevirt: v1.7.4, closed: true, external: [{ kind: Namespace, name: shop }] }'));
    write('dist/a.yaml', CLAIM('a'));
    const { said } = await run(['check', 'dist']);
    expect(said).toMatch(/^KubeVirt v1\.7\.4 and CDI v1\.64\.0, as the options say/);
    expect(said.split('\n')[1]).toBe('options of cdk8s.yaml (closed, external, kubevirt)');
    expect(said).toContain('--external StorageClass/fast');
    expect(said).not.toContain('--external Namespace/shop');
  });

  test('are those of cdk8s-kubevirt.yaml before those of cdk8s.yaml; a list is replaced', async () => {
    write('cdk8s.yaml', project('{ closed: true, strict: true, external: [{ kind: Namespace, name: shop }] }'));
    write('cdk8s-kubevirt.yaml', 'strict: false\nexternal:\n  - { kind: StorageClass, name: fast }\n');
    write('dist/a.yaml', CLAIM('a'));
    const { status, said } = await run(['check', 'dist']);
    expect(status).toBe(Status.GOOD);
    expect(said).toContain('options of cdk8s-kubevirt.yaml (external, strict) and cdk8s.yaml (closed)\n');
    expect(said).not.toContain('--external StorageClass/fast');
    expect(said).toContain('--external Namespace/shop');
  });

  test('give way to the command line', async () => {
    write('cdk8s-kubevirt.yaml', 'kubevirt: v1.7.4\nclosed: true\nexternal: [{ kind: StorageClass, name: fast }]\n');
    write('dist/a.yaml', CLAIM('a'));
    const { said } = await run(['check', 'dist', '--kubevirt', 'v1.6.2', '--external', 'Namespace/shop']);
    expect(said).toMatch(/^KubeVirt v1\.6\.2 .*\noptions of cdk8s-kubevirt\.yaml \(closed\)\n/);
    expect(said).toContain('--external StorageClass/fast');
    expect(said).not.toContain('--external Namespace/shop');
  });

  test('are not looked for above the working folder', async () => {
    write('cdk8s-kubevirt.yaml', 'kubevirt: v1.7.4\n');
    write('below/dist/a.yaml', CLAIM('a'));
    const { said } = await run(['check', 'below/dist']);
    expect(said).toMatch(/^KubeVirt v1\.7\.4 /);
    cwd = path.join(cwd, 'below');
    expect((await run(['check', 'dist'])).said).toMatch(/^KubeVirt v1\.9\.0 /);
    cwd = path.dirname(cwd);
  });

  test('stand in the report for programs, and hold for diff', async () => {
    write('cdk8s-kubevirt.yaml', 'kubevirt: v1.7.4\n');
    write('a.yaml', CLAIM('a'));
    const { said } = await run(['check', '--format', 'json', 'a.yaml']);
    expect(JSON.parse(said)).toMatchObject({ sources: ['cdk8s-kubevirt.yaml (kubevirt)'] });
    expect((await run(['diff', 'a.yaml', '-'])).said).toMatch(/v1\.7\.4.*options of cdk8s-kubevirt\.yaml \(kubevirt\)/);
  });

  test.each([
    ['cdk8s-kubevirt.yaml', 'exteral: []', `cdk8s-kubevirt.yaml: 'exteral' is no option; write 'external'`],
    ['cdk8s-kubevirt.yaml', 'closed: 1', `cdk8s-kubevirt.yaml: 'closed' must be true or false, got 1`],
    ['cdk8s-kubevirt.yaml', 'a: [', 'cdk8s-kubevirt.yaml must be YAML: '],
    ['cdk8s-kubevirt.yaml', '- a', 'cdk8s-kubevirt.yaml: the options must be an object'],
    ['cdk8s.yaml', project('{ strickt: true }'), `cdk8s.yaml: 'strickt' is no option; write 'strict'`],
  ])('fails for %s with %j', async (file, text, message) => {
    write(file, text);
    write('a.yaml', CLAIM('a'));
    const { status, complaints } = await run(['check', 'a.yaml']);
    expect([status, complaints]).toEqual([Status.FAILED, expect.stringContaining(`nothing was reviewed: ${message}`)]);
  });
});

describe('check --changed', () => {
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
  beforeEach(() => {
    git('init', '--quiet', '--initial-branch', 'main');
    write('dist/old.yaml', WRONG);
    write('dist/mended.yaml', WRONG.replace('name: a', 'name: b'));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'one');
    git('tag', 'one');
  });

  test('says what stands in files that changed or are new, and which those are', async () => {
    expect(await run(['check', '--changed'])).toMatchObject({ status: Status.GOOD });
    write('dist/mended.yaml', WRONG.replace('name: a', 'name: c'));
    write('dist/new.yaml', WRONG.replace('name: a', 'name: d'));
    const { status, said } = await run(['check', 'dist', '--changed']);
    expect(status).toBe(Status.FOUND);
    expect(said).toContain('only 2 files that changed since HEAD\n');
    expect(said.match(/Secret \w$/gm)).toEqual(['Secret c', 'Secret d']);
  });

  test('takes a revision, and a path for a path', async () => {
    write('dist/new.yaml', WRONG.replace('name: a', 'name: d'));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'two');
    expect((await run(['check', '--changed', 'dist'])).said).toContain('only 0 files that changed since HEAD\n');
    for (const argv of [
      ['check', '--changed', 'one', 'dist'],
      ['check', '--changed=one', 'dist'],
      ['check', '--changed', 'one'],
    ]) {
      const { status, said } = await run(argv);
      expect(status).toBe(Status.FOUND);
      expect(said.match(/Secret \w$/gm)).toEqual(['Secret d']);
    }
  });

  test('fails for a word that is neither a path nor a revision', async () => {
    expect((await run(['check', '--changed', 'none', 'dist'])).complaints).toBe(
      'nothing was reviewed: "none" is not a revision of this repository\n',
    );
  });
});

describe('on a terminal', () => {
  const [OUT, ERR] = [
    { out: true, err: true, colours: false },
    { out: false, err: true, colours: false },
  ];
  beforeEach(() => write('a.yaml', WRONG));

  test('each command says in one line what it did, once', async () => {
    expect((await run(['check', 'a.yaml'], OUT)).complaints).toBe('');
    expect((await run(['check', 'a.yaml'], ERR)).complaints).toBe('1 error, 0 warnings in 1 object\n');
    expect((await run(['check', '--format', 'json', 'a.yaml'], OUT)).complaints).toBe(
      '1 error, 0 warnings in 1 object\n',
    );
    expect((await run(['inventory', '-'], ERR)).complaints).toBe('0 VMs, 1 claim in 1 document\n');
    expect((await run(['diff', '--format', 'json', 'a.yaml', 'a.yaml'], ERR)).complaints).toBe('1 unchanged\n');
    expect((await run(['check', 'a.yaml'])).complaints).toBe('');
  });

  test('errors are red where the terminal has colours', async () => {
    const { said } = await run(['check', 'a.yaml'], { ...OUT, colours: true });
    expect(said).toContain(
      'a.yaml:4:1  \u001b[31merror\u001b[39m  stringdata  \u001b[2m[schema-unknown-field]\u001b[22m\n',
    );
    expect(said).toContain('\u001b[31m1 error, 0 warnings in 1 object\u001b[39m\n');
    expect((await run(['check', 'a.yaml'], OUT)).said).not.toContain('\u001b');
  });
});
