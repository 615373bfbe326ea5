import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { StorageClass } from '../index';
import { ManifestApp } from './manifest-app';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** The files of an app, by path. */
function synth(fill: (app: ManifestApp) => void, gitOps = true): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'git-ops-'));
  folders.push(outdir);
  const app = new ManifestApp({ outdir: join(outdir, 'dist'), gitOps });
  fill(app);
  app.synth();
  const files = readdirSync(join(outdir, 'dist'), { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  const paths = files.map((file) => join(file.parentPath, file.name).slice(outdir.length + '/dist/'.length));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(outdir, 'dist', path), 'utf8')]));
}

/** A step of a chapter that states some ConfigMaps. */
function step(chapter: Construct, id: string, ...names: string[]): void {
  const chart = new Chart(chapter, id);
  for (const name of names) new ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
}

describe('ManifestApp with gitOps', () => {
  it('writes a Kustomization of each folder, in the order of its charts', () => {
    const files = synth((app) => {
      const chapter = new Construct(app, 'import');
      step(chapter, '1-disk', 'a');
      step(chapter, '2-vm', 'b');
      step(app, 'top', 'c');
    });
    expect(Object.keys(files)).toEqual([
      '.cdk8s-files',
      'import/1-disk.k8s.yaml',
      'import/2-vm.k8s.yaml',
      'import/kustomization.yaml',
      'kustomization.yaml',
      'top.k8s.yaml',
    ]);
    expect(files['import/kustomization.yaml']).toBe(
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - 1-disk.k8s.yaml\n  - 2-vm.k8s.yaml\n',
    );
  });

  it.each(['name', 'namespace'])('tells objects apart by a %s that is known only when they are written', (field) => {
    const paths = (...values: string[]): string[] =>
      Object.keys(
        synth((app) => {
          const chapter = new Construct(app, 'import');
          for (const [index, value] of values.entries()) {
            const metadata = { name: 'a', [field]: Lazy.any({ produce: () => value }) as string };
            new ApiObject(new Chart(chapter, `${index}-step`), 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
          }
        }),
      );
    expect(paths('x', 'y')).toContain('import/0-step.k8s.yaml');
    expect(paths('x', 'x')).toContain('import/0-step/0-step.k8s.yaml');
  });

  it('puts the wave of its step on each object', () => {
    const files = synth((app) => {
      const chapter = new Construct(app, 'import');
      step(chapter, '1-disk', 'a');
      step(chapter, '2-vm', 'b');
    });
    expect(files['import/2-vm.k8s.yaml']).toBe(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    argocd.argoproj.io/sync-wave: "1"\n  name: b\n',
    );
  });

  it('puts charts that are no steps into waves by what they depend on', () => {
    const files = synth((app) => {
      const team = new Construct(app, 'team');
      for (const id of ['image', 'web-1', 'web-2', 'proxy']) step(team, id, id);
      const chart = (id: string): Construct => team.node.findChild(id) as Construct;
      for (const id of ['web-1', 'web-2']) chart(id).node.addDependency(chart('image'));
      chart('proxy').node.addDependency(chart('web-2'));
    });
    const wave = (id: string): string | undefined => /sync-wave: "(\d+)"/.exec(files[`team/${id}.k8s.yaml`] ?? '')?.[1];
    expect(['image', 'web-1', 'web-2', 'proxy'].map(wave)).toEqual(['0', '1', '1', '2']);
  });

  it('leaves a wave that an object has', () => {
    const metadata = { name: 'a', annotations: { 'argocd.argoproj.io/sync-wave': '-5' } };
    const files = synth((app) => {
      new ApiObject(new Chart(app, 'c'), 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
    });
    expect(files['c.k8s.yaml']).toContain('sync-wave: "-5"');
  });

  it('gives each step a folder of its own where a later one restates an object', () => {
    const files = synth((app) => {
      const chapter = new Construct(app, 'disks');
      step(chapter, '1-first', 'vm');
      step(chapter, '2-grown', 'vm');
    });
    expect(Object.keys(files)).toEqual([
      '.cdk8s-files',
      'disks/1-first/1-first.k8s.yaml',
      'disks/1-first/kustomization.yaml',
      'disks/2-grown/2-grown.k8s.yaml',
      'disks/2-grown/kustomization.yaml',
    ]);
    expect(files['disks/2-grown/kustomization.yaml']).toContain('resources:\n  - 2-grown.k8s.yaml\n');
    expect(files['disks/2-grown/2-grown.k8s.yaml']).not.toContain('sync-wave');
  });

  it('sees the name that a patch gives to an object', () => {
    const files = synth((app) => {
      const chapter = new Construct(app, 'disks');
      step(chapter, '1-first', 'vm');
      const chart = new Chart(chapter, '2-grown');
      const object = new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'ConfigMap' });
      object.addJsonPatch(JsonPatch.replace('/metadata/name', 'vm'));
    });
    expect(Object.keys(files)).toContain('disks/2-grown/kustomization.yaml');
  });

  it('sees an object of the cluster that charts of different namespaces make', () => {
    const files = synth((app) => {
      const chapter = new Construct(app, 'classes');
      for (const id of ['1-first', '2-again']) {
        new StorageClass(new Chart(chapter, id, { namespace: id }), 'fast', { provisioner: 'csi.example.com' });
      }
    });
    expect(Object.keys(files)).toContain('classes/2-again/kustomization.yaml');
  });

  it('takes objects of one name for two where their kinds or namespaces differ', () => {
    const files = synth((app) => {
      const chapter = new Construct(app, 'disks');
      step(chapter, '1-config', 'web');
      const metadata = { name: 'web' };
      const chart = new Chart(chapter, '2-secret');
      new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Secret', metadata });
      const other = new Chart(chapter, '3-elsewhere', { namespace: 'elsewhere' });
      new ApiObject(other, 'web', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
    });
    expect(Object.keys(files)).toEqual([
      '.cdk8s-files',
      'disks/1-config.k8s.yaml',
      'disks/2-secret.k8s.yaml',
      'disks/3-elsewhere.k8s.yaml',
      'disks/kustomization.yaml',
    ]);
  });

  it('writes nothing of it unless it is asked for', () => {
    const files = synth((app) => step(app, 'top', 'c'), false);
    expect(Object.keys(files)).toEqual(['.cdk8s-files', 'top.k8s.yaml']);
    expect(files['top.k8s.yaml']).toBe('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n');
  });

  it('fails when gitOps is no choice', () => {
    expect(() => new ManifestApp({ gitOps: 'flux' as unknown as boolean })).toThrow(
      '[ManifestApp] \'gitOps\' must be true or false, got "flux"',
    );
  });
});
