import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Listing, Reading } from '../reader';
import { KustomizeOutput } from '.';

let cwd: string;
beforeEach(() => (cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'output-'))));
afterEach(() => fs.rmSync(cwd, { recursive: true }));

function reading(files: Readonly<Record<string, string>>): Reading {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
    fs.writeFileSync(path.join(cwd, name), text);
  }
  return new Reading(new Listing(['.'], { cwd, stdin: () => Buffer.alloc(0) }));
}

const folders = (read: Reading) => read.builds.map(({ folder }) => path.relative(cwd, folder) || '.');

/** What kustomize made of a folder. */
const outputs = (folder: string, output: KustomizeOutput) => new Map([[path.join(cwd, folder), output]]);

const secret = (name: string, origin = '', more = '') =>
  `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
${origin === '' ? '' : `  annotations: {config.kubernetes.io/origin: ${JSON.stringify(origin)}${more}}\n`}`;

const BASE = {
  'base/kustomization.yaml':
    'resources: [secrets.yaml, list.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n',
  'base/secrets.yaml': `${secret('a')}---\n${secret('b')}`,
  'base/list.yaml': 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: s}}\n',
  'top/kustomization.yaml': 'resources: [../base]\nnamePrefix: x-\n',
};

const placed = (read: Reading, output: KustomizeOutput) =>
  read.placed(outputs('top', output)).manifests.map(({ object, origin: { file, document }, root, isChanged }) => {
    const { kind, metadata } = object as { kind: string; metadata: object };
    return { kind, metadata, at: `${file}#${document}`, root: root?.name, isChanged };
  });

describe('what kustomize may build', () => {
  test('is what no other Kustomization takes, and no Component', () => {
    const files = {
      ...BASE,
      'part/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
    };
    expect(folders(reading(files))).toEqual(['top']);
  });

  test('may reach into other folders of the repository where Flux applies it, and nowhere else', () => {
    const flux = (folder: string) =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${folder}}\nspec: {path: ./${folder}, prune: true, interval: 1h, sourceRef: {kind: GitRepository, name: g}}\n`;
    const read = reading({
      'repository/.git/config': '',
      'repository/ks.yaml': `${flux('apps')}---\n${flux('far')}`,
      'repository/apps/kustomization.yaml': 'resources: [../secret.yaml]\n',
      'repository/far/kustomization.yaml':
        'resources: [../secret.yaml]\nconfigMapGenerator: [{name: c, files: [../../key]}]\n',
      'repository/own/kustomization.yaml': 'resources: [../secret.yaml]\n',
      'repository/secret.yaml': secret('a'),
      key: 'private',
    });
    const loose = read.builds.filter(({ isLoose }) => isLoose).map(({ folder }) => path.basename(folder));
    expect([read.builds.length, loose]).toEqual([3, ['apps']]);
  });
});

describe('what kustomize made', () => {
  test('stands for what the root takes, each object where it was written', () => {
    const text = [
      secret('x-b', 'path: ../base/secrets.yaml\n'),
      secret('x-a', 'path: ../base/secrets.yaml\n', ', kept: "yes"'),
      secret('x-s', 'path: ../base/list.yaml\n').replace('Secret', 'Service'),
      secret(
        'x-settings-4h2',
        'configuredIn: ../base/kustomization.yaml\nconfiguredBy: {kind: ConfigMapGenerator}\n',
      ).replace('Secret', 'ConfigMap'),
    ].join('---\n');
    const own = { root: 'top', isChanged: false };
    expect(placed(reading(BASE), { text, originsFrom: '.' })).toEqual([
      { kind: 'ConfigMap', metadata: { name: 'x-settings-4h2' }, at: 'base/kustomization.yaml#0', ...own },
      { kind: 'Service', metadata: { name: 'x-s' }, at: 'base/list.yaml#0', ...own },
      { kind: 'Secret', metadata: { name: 'x-a', annotations: { kept: 'yes' } }, at: 'base/secrets.yaml#0', ...own },
      { kind: 'Secret', metadata: { name: 'x-b' }, at: 'base/secrets.yaml#1', ...own },
    ]);
  });

  test('is traced by its names where it says no origin', () => {
    const text = `${secret('x-b')}---\n${secret('elsewhere')}`;
    expect(placed(reading(BASE), { text, originsFrom: '.' }).map(({ at }) => at)).toEqual([
      'base/secrets.yaml#1',
      'undefined#undefined',
    ]);
  });

  test('is of the only object of its file, or of the only one of its kind there, whatever its name became', () => {
    const text = [
      secret('other', 'path: ../base/list.yaml\n').replace('Secret', 'Zoo'),
      secret('other', 'path: ../base/secrets.yaml\n'),
      secret('other', 'path: ../base/secrets.yaml\n').replace('Secret', 'Zoo'),
    ].join('---\n');
    const both = { ...BASE, 'base/secrets.yaml': `${secret('a')}---\n${secret('b').replace('Secret', 'ConfigMap')}` };
    expect(placed(reading(both), { text, originsFrom: '.' }).map(({ kind, at }) => [kind, at])).toEqual([
      ['Zoo', 'base/list.yaml#0'],
      ['Secret', 'base/secrets.yaml#0'],
      ['Zoo', 'base/secrets.yaml#undefined'],
    ]);
  });

  test('is not there where kustomize failed: what is read counts, and the failure is said', () => {
    const input = reading(BASE).placed(outputs('top', { failure: 'no https://u:secret@h/ today' }));
    expect(input.manifests.map(({ isChanged }) => isChanged)).toEqual([true, true, true, true, true]);
    expect(input.faults).toEqual([
      {
        file: 'top/kustomization.yaml',
        severity: 'warning',
        message:
          'kustomize does not build it: no https://…@h/ today; what its patches, prefixes and generators touch is not judged for what it lacks',
      },
    ]);
  });
});
