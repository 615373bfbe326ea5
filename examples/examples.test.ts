import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExternalObject, report } from 'cdk8s-kubevirt/review';
import { load } from 'js-yaml';
import ts from 'typescript';
import { manifestsOf, readTree } from '../chapters/testing/scenario';
import { readManifests } from '../review/manifests/reader';
import { exampleNames } from '../scripts/docs/examples';

/** What the commented part of an example's cdk8s.yaml says. */
interface Config {
  readonly app: string;
  readonly validations: readonly {
    readonly package: string;
    readonly class: string;
    readonly properties: { readonly external: readonly ExternalObject[] };
  }[];
}

const ROOT = join(__dirname, '..');
const NAMES = exampleNames(ROOT);

const read = (name: string, file: string): string => readFileSync(join(__dirname, name, file), 'utf8');
const distOf = (name: string): Map<string, string> => readTree(join(__dirname, name, 'dist'));

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'examples-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files that an example's main.ts writes. */
function synth(name: string): Map<string, string> {
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = join(folder, name);
  try {
    createRequire(__filename)(join(__dirname, name, 'main.ts'));
    return readTree(join(folder, name));
  } finally {
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
  }
}

/** cdk8s.yaml, as it is and with the lines for a project that has the package. */
function configOf(name: string): { readonly inClone: Config; readonly inProject: Config } {
  const text = read(name, 'cdk8s.yaml');
  const [head = '', tail = ''] = text.split(/^# (?=validations:)/m);
  return { inClone: load(text) as Config, inProject: load(head + tail.replace(/^# /gm, '')) as Config };
}

const externalOf = (name: string): readonly ExternalObject[] =>
  configOf(name).inProject.validations[0]?.properties.external ?? [];

function reviewOf(name: string, external: readonly ExternalObject[]) {
  const input = { cwd: join(__dirname, name), stdin: () => Buffer.alloc(0) };
  const { manifests, faults } = readManifests(['dist'], input);
  const { findings, unchecked } = report(manifests, { external, closed: true });
  return { faults, findings, unchecked };
}

test('the examples are these', () => {
  expect(NAMES).toEqual([
    'clone-across-storage-classes',
    'cloud-init-from-secret',
    'fleet-for-argo-cd',
    'golden-image-ten-vms',
    'grow-a-disk',
    'hotplug-a-disk',
    'import-from-registry',
    'instancetype-and-preference',
    'two-data-disks',
    'uefi-secure-boot-ssh',
    'upload-an-image',
  ]);
});

test('each has its row in docs/examples.md', () => {
  const rows = readFileSync(join(ROOT, 'docs', 'examples.md'), 'utf8').split('\n');
  const missing = NAMES.filter(
    (name) => !rows.some((row) => row.startsWith(`| [${name}](../examples/${name}/main.ts) `)),
  );
  expect(missing).toEqual([]);
});

describe.each(NAMES)('%s', (name) => {
  const main = read(name, 'main.ts');

  test('writes its dist/', () => {
    expect(synth(name)).toEqual(distOf(name));
  });

  test('holds nothing that the review finds fault with, and declares external what it needs to', () => {
    const external = externalOf(name);
    expect(reviewOf(name, external)).toEqual({ faults: [], findings: [], unchecked: [] });
    for (const object of external) {
      const others = external.filter((other) => other !== object);
      expect(reviewOf(name, others).findings).toHaveLength(1);
    }
  });

  test('is set up as a project of its own', () => {
    const { inClone, inProject } = configOf(name);
    const setUp = { language: 'typescript', app: 'npx ts-node main.ts' };
    expect(inClone).toEqual(setUp);
    const plugin = { package: './node_modules/cdk8s-kubevirt/lib/review/plugin.js', version: '0.1.0' };
    const properties = { external: externalOf(name) };
    expect(inProject).toEqual({ ...setUp, validations: [{ ...plugin, class: 'KubeVirtReview', properties }] });
    const tsconfig = ts.parseConfigFileTextToJson('tsconfig.json', read(name, 'tsconfig.json'));
    expect(tsconfig).toEqual({
      config: {
        compilerOptions: { module: 'node16', target: 'es2022', strict: true, skipLibCheck: true, noEmit: true },
        'ts-node': { transpileOnly: true },
      },
    });
  });

  test('reads as a description: 50 lines, public packages', () => {
    expect(main.trimEnd().split('\n').length).toBeLessThanOrEqual(50);
    const imported = [...main.matchAll(/ from '([^']+)'/g)].map(([, from]) => from);
    const known = ['cdk8s', 'cdk8s-kubevirt', 'cdk8s-plus-27', 'constructs'];
    expect(imported.filter((from) => !known.includes(from ?? ''))).toEqual([]);
  });

  test('names in its commands what it writes, and makes every Secret that it needs', () => {
    const files = [...main.matchAll(/dist\/([\w./-]+\w)/g)].map(([, file]) => file ?? '');
    expect(files.filter((file) => !distOf(name).has(file))).toEqual([]);
    const made = [...main.matchAll(/create secret generic (\S+) -n (\S+)/g)].map(([, secret, namespace]) => ({
      kind: 'Secret',
      namespace,
      name: secret,
    }));
    expect(made).toEqual(externalOf(name).filter(({ kind }) => kind === 'Secret'));
  });

  test('applies its steps one by one, in order, with what each waits for between them', () => {
    const files = [...distOf(name).keys()];
    const steps = files.includes('team-a/kustomization.yaml') ? [] : files.filter((file) => file.endsWith('.k8s.yaml'));
    const commands = [...main.matchAll(/^\/\/ {3}((?:kubectl|virtctl) \S+)(?: -f dist\/(\S+))?/gm)];
    const applied = commands.flatMap(([, , file], index) => (file === undefined ? [] : [{ file, index }]));
    expect(applied.map(({ file }) => file)).toEqual(steps);
    const gaps = applied.slice(1).map(({ index }, before) => index - (applied[before]?.index ?? index));
    expect(gaps.filter((gap) => gap < 2)).toEqual([]);
  });

  test('waits for what its manifests hold or make', () => {
    const kinds: Readonly<Record<string, string>> = {
      datavolume: 'DataVolume',
      pvc: 'PersistentVolumeClaim',
      service: 'Service',
      vm: 'VirtualMachine',
      vmi: 'VirtualMachine', // of the same name
      volumesnapshot: 'VolumeSnapshot',
    };
    const texts = [...distOf(name)].flatMap(([file, text]) => (file.endsWith('.k8s.yaml') ? [text] : []));
    const titles = texts
      .flatMap(manifestsOf)
      .map(({ kind, metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`);
    const waits = [...main.matchAll(/kubectl wait (\w+)\/(\S+) -n (\S+) --for=\S+ --timeout=\d+m/g)];
    expect(waits).toHaveLength(main.split('kubectl wait').length - 1);
    const unknown = waits.filter(
      ([, kind = '', object, namespace]) => !titles.includes(`${kinds[kind]} ${namespace} ${object}`),
    );
    expect(unknown).toEqual([]);
  });
});
