import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Listing, Reading } from '../review/manifests/reader';
import { buildAll, findKustomize } from './kustomize';
import { main } from './main';

let cwd: string;
let bin: string;
beforeEach(() => {
  cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'kustomize-'));
  bin = path.join(cwd, 'bin');
  fs.mkdirSync(bin);
});
afterEach(() => fs.rmSync(cwd, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(cwd, 'tree', name)), { recursive: true });
    fs.writeFileSync(path.join(cwd, 'tree', name), text);
  }
}

/** A program in place of kustomize or kubectl: a text of sh. */
function program(name: string, text: string): void {
  fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

const env = () => ({ PATH: bin });

async function check(...argv: string[]) {
  const said: string[] = [];
  const world = { cwd: path.join(cwd, 'tree'), stdin: () => Promise.resolve(Buffer.alloc(0)), env: env() };
  const status = await main(['check', '.', ...argv], {
    ...world,
    say: (text) => said.push(text),
    complain: (text) => said.push(text),
  });
  return { status, said: said.join('') };
}

/** A VirtualMachine that cannot start, as its interface has no binding. */
const VM = (binding = '', origin = '') => `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: vm
${origin === '' ? '' : `  annotations: {config.kubernetes.io/origin: "path: ${origin}\\n"}\n`}spec:
  runStrategy: Always
  template:
    spec:
      domain: {memory: {guest: 1Gi}, devices: {interfaces: [{name: default${binding}}]}}
      networks: [{name: default, pod: {}}]
`;

/** Answers to `version` and, for the folder that it is told of, with what it finds in the file `answer` there. */
const ANSWERS = `case "$1" in
version) echo v5.7.1 ;;
*) /bin/cat answer ;;
esac`;

const TREE = { 'kustomization.yaml': 'resources: [vm.yaml]\nnamePrefix: x-\n', 'vm.yaml': VM() };

const onUnix = process.platform === 'win32' ? describe.skip : describe;

onUnix('findKustomize', () => {
  test('prefers kustomize, and knows its version', async () => {
    program('kustomize', 'echo "{Version:kustomize/v4.5.7 GitCommit:56d}"');
    program('kubectl', 'exit 1');
    expect(await findKustomize(env())).toMatchObject({ binary: path.join(bin, 'kustomize'), version: 'v4.5.7' });
  });

  test('takes kubectl else, by the version of what it holds', async () => {
    program('kubectl', `echo '{"clientVersion": {"gitVersion": "v1.33.1"}, "kustomizeVersion": "v5.6.0"}'`);
    expect(await findKustomize(env())).toEqual({
      binary: path.join(bin, 'kubectl'),
      version: 'v5.6.0',
      args: ['kustomize'],
    });
  });

  test('finds none where there is none, or where it does not say its version', async () => {
    expect(await findKustomize(env())).toBeUndefined();
    expect(await findKustomize({})).toBeUndefined();
    program('kubectl', 'echo "{}"');
    fs.writeFileSync(path.join(bin, 'kustomize'), 'not a program', { mode: 0o644 });
    expect(await findKustomize(env())).toBeUndefined();
  });

  test('does not look in folders that are named from where the user stands', async () => {
    program('kustomize', 'echo v5.7.1');
    expect(await findKustomize({ PATH: path.relative(process.cwd(), bin) })).toBeUndefined();
  });
});

onUnix('buildAll', () => {
  const builds = () =>
    new Reading(new Listing(['.'], { cwd: path.join(cwd, 'tree'), stdin: () => Buffer.alloc(0) })).builds;

  test('gives up on a build that takes too long', async () => {
    write(TREE);
    program('kustomize', '[ "$1" = version ] && echo v5.7.1 || exec /bin/sleep 600');
    const outputs = await buildAll((await findKustomize(env()))!, builds(), env(), 200);
    expect([...outputs.values()]).toEqual([{ failure: 'it took longer than 0.2 s' }]);
  });

  test('asks for no origins where the temporary folder stands in the Kustomization', async () => {
    write(TREE);
    program('kustomize', '[ "$1" = version ] && echo v5.7.1 || echo "built: $2"');
    const { TMPDIR } = process.env;
    try {
      process.env.TMPDIR = path.join(cwd, 'tree', 'scratch');
      fs.mkdirSync(process.env.TMPDIR);
      const outputs = await buildAll((await findKustomize(env()))!, builds(), env());
      const text = `built: ${fs.realpathSync(path.join(cwd, 'tree'))}\n`;
      expect([...outputs.values()]).toEqual([{ text, originsFrom: '.' }]);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  });

  test('fetches nothing, and leaves nothing behind', async () => {
    write(TREE);
    const log = path.join(cwd, 'log');
    program(
      'kustomize',
      `[ "$1" = version ] && echo v5.7.1 || { echo "$2 $GIT_ALLOW_PROTOCOL $HTTPS_PROXY" > "${log}"; /bin/cat "$2/kustomization.yaml" >> "${log}"; }`,
    );
    await buildAll((await findKustomize(env()))!, builds(), env());
    const [first = '', kustomization = ''] = fs.readFileSync(log, 'utf8').split('\n');
    const [folder = '', protocols, proxy] = first.split(' ');
    expect([protocols, proxy]).toEqual(['none', 'http://127.0.0.1:9']);
    const { resources, buildMetadata } = JSON.parse(kustomization) as Record<string, string[]>;
    expect(buildMetadata).toEqual(['originAnnotations']);
    expect(path.resolve(folder, resources![0]!)).toBe(fs.realpathSync(path.join(cwd, 'tree')));
    expect(fs.existsSync(folder)).toBe(false);
  });
});

onUnix('cdk8s-kubevirt check', () => {
  const ORIGIN = () => path.join(fs.realpathSync(cwd), 'tree', 'vm.yaml');

  test('judges what kustomize makes, leads it back to file and line, and names the program', async () => {
    write({ ...TREE, answer: VM('', ORIGIN()) });
    program('kustomize', ANSWERS);
    const { status, said } = await check('--kubevirt', 'v1.6.2');
    expect(said).toContain(`\nkustomize v5.7.1 (${path.join(bin, 'kustomize')}) built 1 Kustomization\n`);
    expect(said).toMatch(/\nvm\.yaml\n {2}VirtualMachine vm\n {4}vm\.yaml:\d+:\d+ .*\[run-interface-binding\]\n/);
    expect(status).toBe(0);
  });

  test('says nothing of what the output no longer has', async () => {
    write({ ...TREE, answer: VM(', masquerade: {}', ORIGIN()) });
    program('kustomize', ANSWERS);
    expect((await check()).said).toMatch(/\n0 errors, 0 warnings in 1 object\n$/);
  });

  test('says that a root is not built, with the first line of the error, and reads it without kustomize', async () => {
    write({ ...TREE, 'kustomization.yaml': 'resources: [vm.yaml]\npatches: [{target: {kind: VirtualMachine}}]\n' });
    program(
      'kustomize',
      `[ "$1" = version ] && echo v5.7.1 || { echo "# Warning: old" >&2; echo "Error: must specify one of patch and path" >&2; echo more >&2; exit 1; }`,
    );
    const { said } = await check();
    expect(said).toContain('built 0 of 1 Kustomization\n');
    expect(said).toContain(
      'kustomization.yaml  warning  kustomize does not build it: must specify one of patch and path; what its patches, prefixes and generators touch is not judged for what it lacks\n',
    );
    expect(said).not.toMatch(/\[.*binding.*\]/);
  });

  test.each([
    ["accumulating resources from 'b.yaml'", "accumulating resources from 'b.yaml'"],
    ['loading KV pairs: literal sources [a=hunter2 hunter2]: invalid literal source hunter2', 'literal sources …;'],
    ['env source files: x.env: "hunter2 x" is not a valid key name', 'x.env: "…" is not a valid key name;'],
    ['trouble configuring builtin PatchTransformer with config: `patch: hunter2`', 'with config: …;'],
    ['unable to parse patch from {hunter2', 'parse patch from …;'],
    ['unable to load "hunter2', 'unable to load "…";'],
  ])('repeats no value where kustomize says: %s', async (words, shown) => {
    write({ ...TREE, failure: words });
    program('kustomize', '[ "$1" = version ] && echo v5.7.1 || { echo "Error: $(/bin/cat failure)" >&2; exit 1; }');
    const { said } = await check();
    expect(said).toContain(shown);
    expect(said).not.toContain('hunter2');
  });

  test('asks kustomize for nothing that is remote, a plugin or a chart', async () => {
    write({
      'a/kustomization.yaml': 'resources: ["https://u:p@example.org/base?ref=v1"]\n',
      'b/kustomization.yaml': 'helmCharts: [{name: chart}]\n',
      'c/kustomization.yaml': 'generators: [plugin.yaml]\n',
      'c/plugin.yaml': 'apiVersion: example.org/v1\nkind: Maker\nmetadata: {name: m}\n',
      'd/kustomization.yaml': 'resources: [../a]\n',
      'e/kustomization.yaml': 'configMapGenerator: [{name: c, files: ["x=https://example.org/x"]}]\n',
    });
    program('kustomize', `[ "$1" = version ] && echo v5.7.1 || echo "$2" >> "${cwd}/asked"`);
    const { said } = await check('--verbose');
    expect(fs.existsSync(path.join(cwd, 'asked'))).toBe(false);
    expect(said).toContain('not built with kustomize, as it takes a Helm chart');
    expect(said).toContain('not built with kustomize, as it runs a plugin');
    expect(said).toContain('example.org/x", which is not fetched');
    expect(said).not.toContain('u:p');
  });

  test('is asked for what only kustomize itself configures', async () => {
    write({
      ...TREE,
      'kustomization.yaml': 'resources: [vm.yaml]\ntransformers: [names.yaml]\n',
      'names.yaml': 'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: p}\nprefix: x-\n',
      answer: VM(', masquerade: {}', ORIGIN()),
    });
    program('kustomize', ANSWERS);
    expect((await check()).said).toContain('built 1 Kustomization\n');
  });

  test('says where kustomize is not installed, and starts nothing where it is not wanted', async () => {
    write(TREE);
    expect((await check()).said).toContain('\n1 Kustomization read without kustomize, which is not installed\n');
    program('kustomize', `echo v5.7.1; echo asked >> "${cwd}/asked"`);
    const { said } = await check('--no-kustomize');
    expect(said).not.toContain('kustomize v');
    expect(fs.existsSync(path.join(cwd, 'asked'))).toBe(false);
  });

  test('shows the program in JSON and SARIF', async () => {
    write({ ...TREE, answer: VM(', masquerade: {}', ORIGIN()) });
    program('kustomize', ANSWERS);
    const use = { binary: path.join(bin, 'kustomize'), version: 'v5.7.1', built: 1, asked: 1 };
    expect(JSON.parse((await check('--format', 'json')).said)).toMatchObject({ kustomize: use });
    expect(JSON.parse((await check('--format', 'sarif')).said)).toMatchObject({
      runs: [{ properties: { kustomize: use } }],
    });
  });
});
