import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, AppProps, Chart, IResolver, Lazy, ResolutionContext, Testing, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { ManifestApp } from './manifest-app';
import { ManifestAppProps } from './manifest-app-props';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'app-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const dist = (...names: string[]): string => join(folder, 'dist', ...names);
const read = (...names: string[]): string => readFileSync(dist(...names), 'utf8');
const files = (): string[] =>
  (readdirSync(dist(), { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist().length + 1))
    .sort();

function newApp(props: ManifestAppProps = {}): ManifestApp {
  return new ManifestApp({ outdir: dist(), ...props });
}

function object(scope: Construct, id: string, props: Record<string, unknown> = {}): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, ...props } as never);
}

/** The lines of the error after its first one. */
function faultsOf(app: ManifestApp): string[] {
  try {
    app.synth();
  } catch (error) {
    const [first, ...lines] = (error as Error).message.split('\n  ');
    expect(first).toBe('synthesis failed, the output stays as it was:');
    return lines;
  }
  throw new Error('synth did not fail');
}

describe('ManifestApp', () => {
  test('writes each chart to the path that it has in the construct tree', () => {
    const app = newApp();
    const step = new Construct(app, '1-2-registry-import');
    const vm = new Chart(step, '2-vm');
    object(vm, 'vm').addDependency(object(new Chart(step, '1-disk'), 'disk'));
    object(new Chart(vm, 'inner'), 'inner');
    object(new Chart(app, 'top'), 'top');
    app.synth();
    expect(files()).toEqual([
      '.cdk8s-files',
      '1-2-registry-import/1-disk.k8s.yaml',
      '1-2-registry-import/2-vm.k8s.yaml',
      '1-2-registry-import/2-vm/inner.k8s.yaml',
      'top.k8s.yaml',
    ]);
    expect(read('1-2-registry-import', '2-vm.k8s.yaml')).toBe(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: vm\n',
    );
    expect(read('.cdk8s-files')).toBe(
      '1-2-registry-import/1-disk.k8s.yaml\n1-2-registry-import/2-vm.k8s.yaml\n' +
        '1-2-registry-import/2-vm/inner.k8s.yaml\ntop.k8s.yaml\n',
    );
  });

  test.each<[unknown, string]>([
    ['dist', `'props' must be an object, got "dist"; write { outdir: "dist" }`],
    [null, `'props' must be an object, got null`],
    [{ gitops: true }, `'props' must have known keys only, got "gitops"; write 'gitOps'`],
    [{ outDir: 'dist' }, `'props' must have known keys only, got "outDir"; write 'outdir'`],
    [
      { yamlOutputType: YamlOutputType.FILE_PER_RESOURCE },
      `'yamlOutputType' must be left out, or YamlOutputType.FILE_PER_CHART, got 2; a ManifestApp writes a file for each chart`,
    ],
    [{ outdir: '' }, `'outdir' must be a path, got ""`],
    [{ outputFileExtension: 'yaml' }, `'outputFileExtension' must be an ending such as '.k8s.yaml', got "yaml"`],
    [{ recordConstructMetadata: 'yes' }, `'recordConstructMetadata' must be true or false, got "yes"`],
    [{ resolvers: {} }, `'resolvers' must be a list of resolvers, got an object`],
    [{ resolvers: [{}] }, `'resolvers[0]' must be a resolver: an object with the method 'resolve', got an object`],
  ])('fails when the props are %j', (props, message) => {
    expect(() => new ManifestApp(props as ManifestAppProps)).toThrow(new Error(`[ManifestApp] ${message}`));
  });

  test('takes the props of the App of cdk8s, where they ask for what it does', () => {
    const props: Required<AppProps> = {
      outdir: dist(),
      outputFileExtension: '.yaml',
      yamlOutputType: YamlOutputType.FILE_PER_CHART,
      recordConstructMetadata: false,
      resolvers: [],
    };
    const app = new ManifestApp(props);
    object(new Chart(app, 'one'), 'a');
    app.synth();
    expect(files()).toEqual(['.cdk8s-files', 'one.yaml']);
  });

  test('takes all its props', () => {
    class Shout implements IResolver {
      public resolve(context: ResolutionContext): void {
        if (context.value === 'shout') context.replaceValue('SHOUT');
      }
    }
    const props: Required<ManifestAppProps> = {
      outdir: dist('deeper', 'still'),
      outputFileExtension: '.yaml',
      recordConstructMetadata: true,
      gitOps: true,
      overwrite: true,
      resolvers: [new Shout()],
    };
    const app = newApp(props);
    object(new Chart(app, 'chart'), 'a', { data: { word: 'shout' } });
    app.synth();
    expect(read('deeper', 'still', 'chart.yaml')).toMatch(/word: SHOUT\n$/);
    expect(read('deeper', 'still', 'construct-metadata.json')).toBe(
      '{"version":"1.0.0","resources":{"a":{"path":"chart/a"},"chart ConfigMap a":{"path":"chart/a"}}}',
    );
    expect(read('deeper', 'still', '.cdk8s-files')).toBe('chart.yaml\nkustomization.yaml\n');
  });

  test('no longer keeps construct-metadata.json that is not asked for', () => {
    newApp({ recordConstructMetadata: true }).synth();
    expect(files()).toEqual(['.cdk8s-files', 'construct-metadata.json']);
    newApp().synth();
    expect(files()).toEqual(['.cdk8s-files']);
  });

  test('takes the folder from the environment, else dist', () => {
    const before = process.env.CDK8S_OUTDIR;
    try {
      process.env.CDK8S_OUTDIR = '/from/environment';
      expect(new ManifestApp().outdir).toBe('/from/environment');
      expect(new ManifestApp({ outdir: 'prop' }).outdir).toBe('prop');
      delete process.env.CDK8S_OUTDIR;
      expect(new ManifestApp().outdir).toBe('dist');
    } finally {
      if (before !== undefined) process.env.CDK8S_OUTDIR = before;
    }
  });

  test('writes an empty tree without charts', () => {
    newApp().synth();
    expect(files()).toEqual(['.cdk8s-files']);
    expect(read('.cdk8s-files')).toBe('\n');
    expect(newApp().synthYaml()).toBe('');
  });

  test('gives all charts as one stream, in the order of definition where no dependency asks for another', () => {
    const app = newApp();
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => new Chart(app, id)) as [Chart, Chart, Chart, Chart];
    object(a, 'a').addDependency(object(c, 'c'));
    object(d, 'd1').addDependency(object(d, 'd2'));
    expect(app.synthYaml().replace(/apiVersion: v1\nkind: ConfigMap\nmetadata:\n/g, '')).toBe(
      '  name: c\n---\n  name: a\n---\n  name: d2\n---\n  name: d1\n',
    );
    expect(app.charts).toEqual([c, a, b, d]);
  });

  test('leaves chart.toJson as it is', () => {
    const chart = new Chart(newApp(), 'chart');
    object(chart, 'a');
    expect(Testing.synth(chart)).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }]);
  });

  test('validates and renders everything once', () => {
    const app = newApp();
    const seen: string[] = [];
    for (const id of ['a', 'b', 'c']) {
      const chart = new Chart(app, id);
      chart.node.addValidation({ validate: () => (seen.push(`validate ${id}`), []) });
      object(chart, id, { data: { lazy: Lazy.any({ produce: () => seen.push(`render ${id}`) }) } });
    }
    app.synth();
    expect(seen).toEqual(['validate a', 'validate b', 'validate c', 'render a', 'render b', 'render c']);
  });

  test('writes a chart that is larger than its buffer', () => {
    const app = newApp();
    const chart = new Chart(app, 'chart');
    const long = 'é🐧'.repeat(100_000);
    for (const id of ['a', 'b', 'c']) object(chart, id, { data: { long } });
    app.synth();
    const text = read('chart.k8s.yaml');
    expect(text === app.synthYaml()).toBe(true);
    expect(text.split(long)).toHaveLength(4);
  });
});

describe('the faults of an app', () => {
  test('are all in one error, each with its path, and nothing is written', () => {
    const app = newApp();
    const one = new Chart(app, 'one');
    one.node.addValidation({ validate: () => ['lacks a disk', "[one] 'size' must be more, got 1"] });
    object(one, 'lazy', { data: Lazy.any({ produce: () => fail("[one/lazy] 'cpu' must be set") }) });
    object(one, 'type', { data: Lazy.any({ produce: () => (undefined as never as { x: string }).x }) });
    const two = new Chart(new Construct(app, 'sp ace'), 'two');
    object(two, 'plain').toJson = () => fail('not today\nat line 2');
    object(two, 'set', { data: new Set() });
    app.addDocument('README.md', { produce: () => fail('no text') });
    app.addDocument('NUMBER.md', { produce: () => 7 as never });
    expect(faultsOf(app)).toEqual([
      '[one] lacks a disk',
      "[one] 'size' must be more, got 1",
      `[sp ace] 'id' must consist of letters, digits, '.', '_' and '-', got "sp ace"; it names a file or a folder`,
      "[one/lazy] 'cpu' must be set",
      "[one/type] TypeError: Cannot read properties of undefined (reading 'x')",
      '[sp ace/two/plain] not today',
      '  at line 2',
      "[sp ace/two/set] can't render non-simple object of type 'Set'",
      '[README.md] no text',
      "[NUMBER.md] 'text' must produce text, got number",
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('name the construct that validates when the error names something that is no construct', () => {
    const app = newApp();
    new Chart(app, 'one').node.addValidation({ validate: () => fail("[Quantity.parse] 'text' must be a quantity") });
    expect(faultsOf(app)).toEqual(["[one] [Quantity.parse] 'text' must be a quantity"]);
  });

  test('leave the old output as it was', () => {
    const old = newApp();
    object(new Chart(old, 'old'), 'old');
    old.synth();
    const app = newApp();
    object(new Chart(app, 'fine'), 'fine');
    object(new Chart(app, 'new'), 'new', { data: Lazy.any({ produce: () => fail('broken') }) });
    expect(faultsOf(app)).toEqual(['[new/new] broken']);
    expect(files()).toEqual(['.cdk8s-files', 'old.k8s.yaml']);
    expect(readdirSync(folder)).toEqual(['dist']);
  });

  test.each(['..', '.', 'a b', 'a:b', 'ä', 'x'.repeat(250)])('fails when a chart is named %j', (id) => {
    const app = newApp();
    new Chart(app, id);
    expect(faultsOf(app)[0]).toContain(`[${id}] 'id' must `);
  });

  test.each([
    ['con', 'not be the name of a device of Windows'],
    ['NUL', 'not be the name of a device of Windows'],
    ['lpt1.web', 'not be the name of a device of Windows'],
    ['-rf', "not begin with '-', which commands take for an option"],
    ['web.', "not end in '.', which Windows drops"],
    ['x'.repeat(256), 'have at most 255 characters'],
  ])('fails when a chart, a folder or a document is named %j', (name, must) => {
    for (const id of [`${name}/web`, `web/${name}`]) {
      const app = newApp();
      const [outer = '', inner = ''] = id.split('/');
      new Chart(new Construct(app, outer), inner);
      expect(faultsOf(app)).toEqual([
        `[${id === `web/${name}` ? id : name}] 'id' must ${must}, got ${JSON.stringify(name).slice(0, 300)}; it names a file or a folder`,
      ]);
    }
    expect(() => newApp().addDocument(`web/${name}`, { produce: () => '' })).toThrow(
      `'path' must be of names that each ${must}`,
    );
  });

  test.each(['console', 'nullable', 'com', 'lpt10', 'a-rf', '.web', 'x'.repeat(246)])(
    'takes a chart named %j',
    (id) => {
      const app = newApp();
      new Chart(app, id);
      app.synth();
      expect(files()).toEqual(['.cdk8s-files', `${id}.k8s.yaml`].sort());
    },
  );

  test('fails when a path is one that a synth keeps for itself', () => {
    const app = newApp();
    new Chart(app, '.cdk8s-files.synth-lock');
    expect(faultsOf(app)).toEqual([
      "[.cdk8s-files.synth-lock] must not begin with '.cdk8s-files.synth-', got '.cdk8s-files.synth-lock.k8s.yaml', which is kept for a synth that is under way",
    ]);
  });

  test('takes or refuses any name without writing outside of its folder', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 4 }), (id) => {
        const app = newApp();
        const chart = new Chart(app, id);
        const written = /^[A-Za-z0-9._][A-Za-z0-9._-]*$/.test(chart.node.id) && !/\.$/.test(chart.node.id);
        if (written) app.synth();
        else expect(() => app.synth()).toThrow(`] 'id' must `);
        expect(readdirSync(folder).filter((name) => name !== 'dist')).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('fails when two paths differ only in case', () => {
    const app = newApp();
    new Chart(app, 'vm');
    new Chart(app, 'VM');
    expect(faultsOf(app)).toEqual([
      "[VM] must be written to a file of its own, got 'VM.k8s.yaml', which clashes with [vm]; upper and lower case are alike",
    ]);
  });

  test('fails when a file stands where a folder is needed', () => {
    const app = newApp();
    new Chart(app, 'vm');
    new Chart(new Construct(app, 'vm.k8s.yaml'), 'inner');
    expect(faultsOf(app)).toEqual([
      expect.stringContaining("[vm.k8s.yaml/inner] must be written to a file of its own, got 'vm.k8s.yaml/inner"),
    ]);
  });

  test('fails when an object stands twice in a chart', () => {
    const app = newApp();
    const [one, two] = [new Chart(app, 'one'), new Chart(app, 'two')];
    const metadata = { name: 'web', namespace: 'shop' };
    object(one, 'a', { apiVersion: 'apps/v1', kind: 'Deployment', metadata });
    object(one, 'b', { apiVersion: 'apps/v1beta1', kind: 'Deployment', metadata });
    object(one, 'c', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...metadata, namespace: 'other' } });
    object(one, 'd', { apiVersion: 'other/v1', kind: 'Deployment', metadata });
    object(two, 'e', { apiVersion: 'apps/v1', kind: 'Deployment', metadata });
    expect(faultsOf(app)).toEqual([
      "[one/b] must make an object of its own, got Deployment.apps 'shop/web', as [one/a] in this chart",
    ]);
  });

  test.each([
    [{ outdir: '' }, `[ManifestApp] 'outdir' must be a path, got ""`],
    [{ outdir: 7 as never }, `[ManifestApp] 'outdir' must be a path, got 7`],
    [{ outputFileExtension: '/../x' }, `[ManifestApp] 'outputFileExtension' must be an ending such as '.k8s.yaml'`],
  ])('fails with the props %j', (props, message) => {
    expect(() => new ManifestApp(props)).toThrow(message);
  });
});

describe('addDocument', () => {
  test('writes a text beside the manifests, after they were rendered', () => {
    const app = newApp();
    const seen: string[] = [];
    app.addDocument('1-import/RUNBOOK.md', { produce: () => (seen.push('document'), '# Run ☸\n') });
    object(new Chart(app, '1-import'), 'a', { data: { lazy: Lazy.any({ produce: () => seen.push('chart') }) } });
    app.synth();
    expect(seen).toEqual(['chart', 'document']);
    expect(read('1-import', 'RUNBOOK.md')).toBe('# Run ☸\n');
    expect(read('.cdk8s-files')).toBe('1-import.k8s.yaml\n1-import/RUNBOOK.md\n');
  });

  test.each([
    ['/etc/motd', `be relative to the output folder, got "/etc/motd"`],
    ['C:/x', `be relative to the output folder, got "C:/x"`],
    ['\\x', `be relative to the output folder, got "\\\\x"`],
    ['../x.md', `be of names that each be other than '.' and '..', got "../x.md"`],
    ['a/../../x.md', `be of names that each be other than '.' and '..', got "a/../../x.md"`],
    ['a//b.md', `be of names that each consist of letters, digits, '.', '_' and '-', got "a//b.md"`],
    ['a\nb.md', `be of names that each consist of letters`],
    ['x.yaml', `not end in '.yaml', '.yml' or '.json', got "x.yaml"; kubectl would take it for a manifest`],
    ['x.YML', `not end in '.yaml', '.yml' or '.json', got "x.YML"`],
    ['x.json', `not end in '.yaml', '.yml' or '.json', got "x.json"`],
    ['', `be a path below the output folder, got ""`],
    [7 as never, `be a path below the output folder, got 7`],
  ])('fails when the path is %j', (path, message) => {
    expect(() => newApp().addDocument(path, { produce: () => '' })).toThrow(
      `[ManifestApp.addDocument] 'path' must ${message}`,
    );
  });

  test('fails when two documents, or a document and a chart, have one path', () => {
    const app = newApp({ outputFileExtension: '.txt' });
    new Chart(app, 'notes');
    app.addDocument('NOTES.txt', { produce: () => '' });
    app.addDocument('read.me', { produce: () => '' });
    app.addDocument('READ.me', { produce: () => '' });
    app.addDocument('.cdk8s-files', { produce: () => '' });
    expect(() => app.addDocument('read.me', { produce: () => '' })).toThrow(
      `'path' must be of one document, got "read.me"`,
    );
    expect(() => app.addDocument('x', 'text' as never)).toThrow(`'text' must be what produces text`);
    expect(faultsOf(app)).toEqual([
      expect.stringContaining(
        "[NOTES.txt] must be written to a file of its own, got 'NOTES.txt', which clashes with [notes]",
      ),
      expect.stringContaining('[READ.me] must be written to a file of its own'),
      expect.stringContaining('[.cdk8s-files] must be written to a file of its own'),
    ]);
    expect(existsSync(dist())).toBe(false);
  });
});

function fail(message: string): never {
  throw new Error(message);
}
