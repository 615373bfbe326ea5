import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { report } from '..';
import { generatedObjects, isKustomization } from './kustomize';
import { readManifests } from './reader';

let cwd: string;
beforeEach(() => (cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'kustomize-'))));
afterEach(() => fs.rmSync(cwd, { recursive: true }));

function write(name: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
  fs.writeFileSync(path.join(cwd, name), text);
}

const HEAD = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: default}\n';
const PATCH = 'apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: {name: vm}\nspec: {runStrategy: Always}\n';

function run(...paths: string[]) {
  const { manifests, faults } = readManifests(paths, { cwd, stdin: () => Buffer.alloc(0) });
  const { findings, unchecked, objects } = report(manifests);
  return { findings, unchecked, objects, faults };
}

describe('a Kustomization', () => {
  test.each([
    ['by its kind', `${HEAD}resources: [a.yaml]\n`, 'kustomization.yaml'],
    ['with metadata', `${HEAD}metadata: {name: x}\nresources: [./a.yaml]\n`, 'kustomization.yml'],
    ['without a kind', 'resources: [a.yaml]\n', 'Kustomization'],
    [
      'as a Component',
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [a.yaml]\n',
      'kustomization.yaml',
    ],
  ])('is no object: %s', (_title, text, name) => {
    write(`d/${name}`, text);
    write('d/a.yaml', SECRET);
    expect(run('d')).toEqual({ findings: [], unchecked: [], objects: 1, faults: [] });
  });

  test('that lists what is not there is warned of; addresses and folders are taken as they are', () => {
    const listed = [
      'gone.yaml',
      './sub',
      'https://example.com/a.yaml',
      'github.com/kubevirt/kubevirt//manifests?ref=v1.6.2',
      'git@example.com:a/b',
    ];
    write('d/kustomization.yaml', `${HEAD}resources: ${JSON.stringify(listed)}\ncomponents: [../c]\n`);
    write('d/sub/kustomization.yaml', `${HEAD}resources: []\n`);
    expect(run('d').faults).toEqual([
      {
        file: 'd/kustomization.yaml',
        severity: 'warning',
        message: `'resources' must name files and folders that exist, got "gone.yaml"`,
      },
      {
        file: 'd/kustomization.yaml',
        severity: 'warning',
        message: `'components' must name files and folders that exist, got "../c"`,
      },
    ]);
  });

  test('does not apply the file beside it that nobody lists', () => {
    write('d/kustomization.yaml', `${HEAD}resources: [a.yaml]\n`);
    write('d/a.yaml', SECRET);
    write('d/b.yaml', SECRET);
    write('d/values.yaml', 'replicas: 1\n');
    write('d/sub/c.yaml', SECRET);
    expect(run('d').faults).toEqual([
      {
        file: 'd/b.yaml',
        severity: 'warning',
        message: "must be listed in 'resources' of d/kustomization.yaml, or it is not applied with it",
      },
    ]);
  });

  test('that another one takes may leave out what it likes', () => {
    write('base/kustomization.yaml', `${HEAD}resources: [a.yaml]\n`);
    write('base/a.yaml', SECRET);
    write('base/b.yaml', SECRET);
    write('overlays/x/kustomization.yaml', `${HEAD}resources: [../../base]\n`);
    expect(run('.').faults).toEqual([]);
  });

  test('is none in a file that kustomize does not look for', () => {
    write('d/all.yaml', `${SECRET}---\n${HEAD}resources: [gone.yaml]\n`);
    expect(run('d')).toMatchObject({ objects: 1, faults: [] });
  });

  test('lists what another one lists in its folder', () => {
    write('d/kustomization.yaml', `${HEAD}resources: [sub, sub/extra.yaml]\n`);
    write('d/sub/kustomization.yaml', `${HEAD}resources: []\n`);
    write('d/sub/extra.yaml', SECRET);
    expect(run('d').faults).toEqual([]);
  });

  test.each([
    ['patches', 'patches: [{path: p.yaml}]'],
    ['patchesStrategicMerge', 'patchesStrategicMerge: [p.yaml]'],
    ['patchesJson6902', 'patchesJson6902: [{path: p.yaml, target: {kind: VirtualMachine}}]'],
    ['replacements', 'replacements: [{path: p.yaml}]'],
    ['transformers', 'transformers: [p.yaml]'],
    ['a generator', 'configMapGenerator: [{name: c, files: [key=p.yaml]}]'],
    ['the values of a chart', 'helmCharts: [{name: c, valuesFile: p.yaml}]'],
  ])('passes by a file of %s, which is no object, and says so', (_title, line) => {
    write('d/kustomization.yaml', `${HEAD}${line}\n`);
    write('d/p.yaml', PATCH);
    const { findings, unchecked, faults } = run('d');
    expect([findings, faults]).toEqual([[], []]);
    expect(unchecked).toEqual([
      {
        file: 'd/p.yaml',
        document: 0,
        reason: 'a patch, or another file that is not a whole object, for d/kustomization.yaml',
      },
    ]);
  });

  test('reviews a file that is a patch and a resource for what it says', () => {
    write('d/kustomization.yaml', `${HEAD}resources: [p.yaml]\npatches: [{path: p.yaml}]\n`);
    write('d/p.yaml', PATCH.replace('{runStrategy: Always}', '{runStrategy: Always, runs: 1}'));
    expect(run('d').findings.map(({ rule, field }) => [rule, field])).toEqual([['schema-unknown-field', 'spec.runs']]);
  });

  test('makes the Secrets and ConfigMaps that others name', () => {
    const volumes = [
      { name: 's', secret: { secretName: 'made' } },
      { name: 'c', configMap: { name: 'made' } },
      { name: 'x', secret: { secretName: 'not-made' } },
    ];
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'i' }], volumes },
    };
    const generators = 'secretGenerator: [{name: made}]\nconfigMapGenerator: [{name: made, literals: [a=b]}]\n';
    write('d/kustomization.yaml', `${HEAD}resources: [pod.json]\n${generators}`);
    write('d/pod.json', JSON.stringify(pod));
    expect(run('d').findings.map(({ rule, field }) => [rule, field])).toEqual([
      ['secret-exists', 'spec.volumes[2].secret.secretName'],
    ]);
  });

  test('is read again for no other file: one that is named alone says nothing of its neighbours', () => {
    write('d/kustomization.yaml', `${HEAD}resources: [a.yaml]\n`);
    write('d/a.yaml', SECRET);
    write('d/b.yaml', SECRET);
    expect(run('d/kustomization.yaml')).toMatchObject({ objects: 0, faults: [], unchecked: [] });
  });
});

test.each([
  [{ resources: [] }, 'a/kustomization.yaml', true],
  [{ resources: [] }, 'a/kustomize.yaml', false],
  [{ apiVersion: 'kustomize.config.k8s.io/v1beta1' }, 'a/other.yaml', true],
  [{ apiVersion: 'v1' }, 'kustomization.yaml', false],
  [{ metadata: {} }, 'kustomization.yaml', false],
  ['text', 'kustomization.yaml', false],
  [null, 'kustomization.yaml', false],
])('isKustomization of %j in %s is %s', (object, file, is) => expect(isKustomization(object, file)).toBe(is));

test('generatedObjects are named, and in a namespace if the generator has one', () => {
  const secretGenerator = [{ name: 'a' }, { name: 'b', namespace: 'n' }, { literals: [] }];
  expect(generatedObjects({ secretGenerator })).toEqual([
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b', namespace: 'n' } },
  ]);
});
