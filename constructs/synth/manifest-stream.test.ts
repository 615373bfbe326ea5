import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { ManifestApp } from './manifest-app';
import { isStdoutFolder } from './manifest-stream';
import { systemError, withFileCalls } from './testing/file-calls';

const ROOT = join(__dirname, '..', '..');
const secret = (name: string): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n`;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cdk8s-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('isStdoutFolder', () => {
  test('knows the folder that the command line makes', () => {
    expect(isStdoutFolder(folder)).toBe(true);
    expect(isStdoutFolder(`${folder}/`)).toBe(true);
  });

  test('knows it from any other', () => {
    const inner = join(folder, 'cdk8s-abcdef');
    mkdirSync(inner);
    const link = join(tmpdir(), 'cdk8s-1inked');
    symlinkSync(inner, link);
    try {
      for (const path of [folder, inner, link, tmpdir(), join(tmpdir(), 'cdk8s-absent'), 'dist', `${folder}x`]) {
        expect([path, isStdoutFolder(path)]).toEqual([path, false]);
      }
    } finally {
      rmSync(link);
    }
  });
});

describe('a ManifestApp in the folder of --stdout', () => {
  const before = { ...process.env };
  beforeEach(() => (process.env.CDK8S_OUTDIR = folder));
  afterEach(() => (process.env = { ...before }));

  function app(): ManifestApp {
    const made = new ManifestApp();
    for (const name of ['a', 'b']) {
      new ApiObject(new Chart(made, name), name, { apiVersion: 'v1', kind: 'Secret', metadata: { name } });
    }
    new Chart(made, 'empty');
    made.addDocument('README.md', { produce: () => 'text' });
    return made;
  }

  test('writes one stream, and nothing else, also when it is synthesized twice', () => {
    const made = app();
    made.synth();
    made.synth();
    expect(readdirSync(folder)).toEqual(['app.k8s.yaml']);
    expect(readFileSync(join(folder, 'app.k8s.yaml'), 'utf8')).toBe(`${secret('a')}---\n${secret('b')}`);
  });

  test('writes what validation plugins read, when they run', () => {
    process.env.CDK8S_RECORD_CONSTRUCT_METADATA = 'true';
    app().synth();
    expect(readdirSync(folder)).toEqual(['app.k8s.yaml', 'construct-metadata.json']);
  });

  test('writes nothing without objects', () => {
    new ManifestApp().synth();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('writes nothing when anything is at fault', () => {
    const made = app();
    made.node.addValidation({ validate: () => ['broken'] });
    expect(() => made.synth()).toThrow('[<root>] broken');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('leaves nothing when a call of the system fails', () => {
    const calls = withFileCalls(
      () => undefined,
      () => app().synth(),
    );
    for (let call = 1; call <= calls; call += 1) {
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
      const fail = (number: number, name: string): void => {
        if (number === call) throw systemError('EIO', name);
      };
      expect(() => withFileCalls(fail, () => app().synth())).toThrow('EIO');
      expect([call, readdirSync(folder)]).toEqual([call, []]);
    }
    expect(calls).toBeGreaterThan(2);
  });

  test('writes a tree when the folder is its prop', () => {
    new ManifestApp({ outdir: folder }).synth();
    expect(readdirSync(folder)).toEqual(['.cdk8s-files']);
  });
});

describe('the cdk8s command line', () => {
  function cdk8s(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    const loader = join(ROOT, 'scripts', 'source-loader.cjs');
    const command = `${process.execPath} --require ${loader} ${join(__dirname, 'testing', 'small-app.ts')}`;
    return spawnSync(process.execPath, [join(ROOT, 'scripts', 'cdk8s-cli.cjs'), 'synth', '--app', command, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', CDK8S_OUTDIR: '' },
    });
  }

  test('prints one stream that kubectl takes, under --stdout', () => {
    const { status, stdout, stderr } = cdk8s('--stdout');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe([secret('three'), secret('four'), secret('one'), secret('two')].join('---\n'));
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });

  test('writes the tree, under --output', () => {
    writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\n');
    const { status, stdout } = cdk8s('--output', 'out');
    expect(status).toBe(0);
    expect(stdout.match(/ {2}- .*/g)?.sort()).toEqual([
      '  - out/last.k8s.yaml',
      '  - out/step/first.k8s.yaml',
      '  - out/step/second.k8s.yaml',
    ]);
    expect(readFileSync(join(folder, 'out', 'last.k8s.yaml'), 'utf8')).toBe(`${secret('three')}---\n${secret('four')}`);
    expect(readFileSync(join(folder, 'out', 'step', 'RUNBOOK.md'), 'utf8')).toBe('run\n');
    expect(readFileSync(join(folder, 'out', '.cdk8s-files'), 'utf8')).toBe(
      'last.k8s.yaml\nstep/RUNBOOK.md\nstep/first.k8s.yaml\nstep/second.k8s.yaml\n',
    );
  });
});
