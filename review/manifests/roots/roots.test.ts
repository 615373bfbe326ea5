import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { report, ReviewOptions } from '../..';
import { readManifests } from '../reader';

let cwd: string;
beforeEach(() => (cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'roots-'))));
afterEach(() => fs.rmSync(cwd, { recursive: true }));

type Files = Readonly<Record<string, string>>;

function tree(files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
    fs.writeFileSync(path.join(cwd, name), text);
  }
}

function read(...paths: string[]) {
  return readManifests(paths.length === 0 ? ['.'] : paths, { cwd, stdin: () => Buffer.alloc(0) });
}

function run(files: Files, options?: ReviewOptions, ...paths: string[]) {
  tree(files);
  const { manifests, faults } = read(...paths);
  const { findings, ...rest } = report(manifests, options);
  const said = findings.map(({ rule, object: { file, namespace, name }, roots }) => ({
    rule,
    object: `${file} ${namespace ?? '-'}/${name}`,
    ...(roots === undefined ? {} : { roots }),
  }));
  return { said, faults: faults.map(({ file, message }) => `${file}: ${message}`), findings, ...rest };
}

/** A machine that cannot start for want of a binding, unless one is given. */
const vm = (name: string, { binding = '', volumes = '[]' } = {}) => `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: {name: ${name}}
spec:
  runStrategy: Always
  template:
    spec:
      domain:
        memory: {guest: 1Gi}
        devices: {interfaces: [{name: default${binding}}]}
      networks: [{name: default, pod: {}}]
      volumes: ${volumes}
`;
const claim = (name: string, namespace = '') => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`}}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;
const bound = { binding: ', masquerade: {}' };
const onClaim = (name: string) => ({
  ...bound,
  volumes: `[{name: d, persistentVolumeClaim: {claimName: ${name}}}]`,
});

describe('the root of a Kustomization', () => {
  test('is what the overlay gives: a base is not judged for what the overlay adds', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [vm.yaml]\n',
      'base/vm.yaml': vm('vm'),
      'overlay/kustomization.yaml': `resources: [../base]
patches:
- target: {kind: VirtualMachine, name: vm}
  patch: |-
    - {op: add, path: /spec/template/spec/domain/devices/interfaces/0/masquerade, value: {}}
`,
    };
    expect(run(files)).toMatchObject({ said: [], faults: [], objects: 1 });
  });

  test('judges a base that nobody takes as it stands', () => {
    const { said } = run({ 'base/kustomization.yaml': 'resources: [vm.yaml]\n', 'base/vm.yaml': vm('vm') });
    expect(said).toEqual([{ rule: 'interface-binding-given', object: 'base/vm.yaml -/vm' }]);
  });

  test('says a finding of a base once, with the roots that it holds for', () => {
    const overlay = (more: string) => `resources: [../base]\n${more}`;
    const patch = 'patches: [{target: {kind: VirtualMachine}, patch: "[]"}]\n';
    const { said, objects } = run({
      'base/kustomization.yaml': 'resources: [vm.yaml]\n',
      'base/vm.yaml': vm('vm'),
      'test/kustomization.yaml': overlay('namespace: test\n'),
      'prod/kustomization.yaml': overlay('namespace: prod\n'),
      'lab/kustomization.yaml': overlay(patch),
    });
    expect(said).toEqual([
      { rule: 'interface-binding-given', object: 'base/vm.yaml prod/vm', roots: ['prod', 'test'] },
    ]);
    expect(objects).toBe(1);
  });

  test('puts every object into its namespace, and names the Namespace so', () => {
    const { said } = run(
      {
        'kustomization.yaml': 'namespace: media\nresources: [namespace.yaml, claim.yaml]\n',
        'namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: _}\n',
        'claim.yaml': claim('d', 'elsewhere'),
      },
      { closed: true },
    );
    expect(said).toEqual([]);
  });

  test('names a file that no Kustomization lists once, and does not judge it', () => {
    const { said, faults, objects } = run({
      'kustomization.yaml': 'resources: [vm.yaml]\n#patches: [{path: patch.yaml}]\n',
      'vm.yaml': vm('vm', bound),
      'patch.yaml':
        'apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: {name: vm}\nspec: {runStrategy: Manual}\n',
    });
    expect([said, objects]).toEqual([[], 1]);
    expect(faults).toEqual([
      "patch.yaml: must be listed in 'resources' of kustomization.yaml, or it is not applied with it",
    ]);
  });

  test('judges nothing that its labels and replicas may change', () => {
    const service = (name: string) => `---\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`;
    const changed = (more: string) => {
      tree({
        'kustomization.yaml': `resources: [a.yaml]\n${more}`,
        'a.yaml': `${vm('web')}${service('web-a')}${service('b')}`,
      });
      return read()
        .manifests.filter(({ isChanged, origin }) => isChanged && origin.file === 'a.yaml')
        .map(({ object }) => (object as { metadata: { name: string } }).metadata.name);
    };
    expect(changed('labels: [{pairs: {a: b}}, {pairs: {c: d}, includeSelectors: true}]\n')).toEqual(['web-a', 'b']);
    expect(changed('labels: [{pairs: {a: b}, includeSelectors: false}, {pairs: {c: d}}]\n')).toEqual([]);
    expect(changed('commonLabels: {a: b}\n')).toEqual(['web-a', 'b']);
    expect(changed('replicas: [{name: db, count: 3}, {name: web, count: 2}]\n')).toEqual(['web']);
    expect(changed('')).toEqual([]);
  });

  test('takes itself by no way, and a base two thousand times at most', () => {
    tree({
      'a/kustomization.yaml': 'resources: [../b, a.yaml]\n',
      'a/a.yaml': claim('a'),
      'b/kustomization.yaml': 'resources: [../a, b.yaml]\n',
      'b/b.yaml': claim('b'),
      'top/kustomization.yaml': 'resources: [../a]\n',
      'many/base/kustomization.yaml': 'resources: [c.yaml]\n',
      'many/base/c.yaml': claim('c'),
      'many/kustomization.yaml': `resources: [${Array(2000).fill('base').join(', ')}]\n`,
    });
    const files = (...paths: string[]) =>
      read(...paths)
        .manifests.map(({ origin }) => path.basename(origin.file ?? ''))
        .filter((name) => name !== 'kustomization.yaml');
    expect(files('a', 'b', 'top').sort()).toEqual(['a.yaml', 'b.yaml']);
    // It counts itself.
    expect(files('many')).toHaveLength(1999);
  });

  test('has names of its own: what one overlay has, another does not', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [vm.yaml]\n',
      'base/vm.yaml': vm('vm', onClaim('d')),
      'test/kustomization.yaml': 'resources: [../base, d.yaml]\n',
      'test/d.yaml': claim('d'),
      'prod/kustomization.yaml': 'resources: [../base, e.yaml]\n',
      'prod/e.yaml': claim('e'),
    };
    expect(run(files).said).toEqual([{ rule: 'claim-exists', object: 'base/vm.yaml -/vm', roots: ['prod'] }]);
  });

  test('may name what stands in a root that shares nothing with it', () => {
    const files = {
      'claims/kustomization.yaml': 'resources: [d.yaml]\n',
      'claims/d.yaml': claim('d'),
      'machines/kustomization.yaml': 'resources: [e.yaml, vm.yaml]\n',
      'machines/e.yaml': claim('e'),
      'machines/vm.yaml': vm('vm', onClaim('d')),
    };
    expect(run(files).said).toEqual([]);
  });

  test('takes a base that was not named, and a Component, and knows them by their prefixed names', () => {
    tree({
      'base/kustomization.yaml': 'namePrefix: a-\nresources: [d.yaml]\n',
      'base/d.yaml': claim('d'),
      'part/kustomization.yaml': 'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nnameSuffix: -z\n',
      'top/kustomization.yaml': 'resources: [../base, vm.yaml]\ncomponents: [../part]\n',
      'top/vm.yaml': vm('vm', onClaim('a-d-z')),
    });
    const { manifests, faults } = read('top');
    const names = manifests.map(({ object }) => (object as { metadata?: { name: string } }).metadata?.name);
    expect(names).toEqual(expect.arrayContaining(['a-d-z', 'vm-z']));
    expect(faults).toEqual([]);
  });

  test('misses nothing where a file that it takes is not there, and says that', () => {
    const files = {
      'kustomization.yaml': 'resources: [gone.yaml, vm.yaml, e.yaml]\n',
      'vm.yaml': vm('vm', onClaim('d')),
      'e.yaml': claim('e'),
    };
    const { said, faults } = run(files);
    expect(said).toEqual([]);
    expect(faults).toEqual([`kustomization.yaml: 'resources' must name files and folders that exist, got "gone.yaml"`]);
  });

  test('misses nothing where it takes what was not read', () => {
    const files = {
      'kustomization.yaml': 'resources: ["https://example.org/claims?ref=v1", vm.yaml, e.yaml]\n',
      'vm.yaml': vm('vm', onClaim('d')),
      'e.yaml': claim('e'),
    };
    expect(run(files).said).toEqual([]);
  });

  test('judges nothing below what a patch replaces', () => {
    const patch =
      '[{op: replace, path: /spec/template/spec/domain/devices, value: {interfaces: [{name: default, bridge: {}}]}}]';
    const files = {
      'kustomization.yaml': `resources: [vm.yaml]\npatches: [{target: {kind: VirtualMachine}, patch: "${patch}"}]\n`,
      'vm.yaml': vm('vm', { binding: ', model: e1000x, bridge: {}' }),
    };
    expect(run(files).said).toEqual([]);
    expect(run({ ...files, 'kustomization.yaml': 'resources: [vm.yaml]\n' }).said).toEqual([
      { rule: 'interface-model-known', object: 'vm.yaml -/vm' },
    ]);
  });

  test('judges nothing that a Component which nobody takes may leave to who takes it', () => {
    tree({
      'part/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [vm.yaml]\n',
      'part/vm.yaml': vm('vm'),
      'whole/kustomization.yaml': 'resources: [vm.yaml]\n',
      'whole/vm.yaml': vm('vm'),
    });
    const placed = read().manifests.filter(({ origin }) => origin.file?.endsWith('vm.yaml'));
    expect(placed.map(({ root, isChanged }) => [root?.name, root?.isOpen, isChanged])).toEqual([
      ['part', true, true],
      ['whole', false, false],
    ]);
  });

  test('drops what a patch deletes', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [vm.yaml, d.yaml]\n',
      'base/vm.yaml': vm('vm', onClaim('d')),
      'base/d.yaml': claim('d'),
      'base/e.yaml': claim('e'),
      'top/kustomization.yaml': `resources: [../base, ../base/e.yaml]
patches:
- patch: |-
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: d}
    $patch: delete
`,
    };
    expect(run(files).said).toEqual([{ rule: 'claim-exists', object: 'base/vm.yaml -/vm' }]);
  });
});

describe('the root of a GitOps engine', () => {
  const flux = (spec: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: db, namespace: flux-system}
spec: {interval: 1h, sourceRef: {kind: GitRepository, name: g}, ${spec}}
`;
  const application = (spec: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: db, namespace: argocd}
spec: {project: default, ${spec}}
`;

  test('of Flux takes its components, its namespace and its variables', () => {
    const { said, faults } = run({
      'app/kustomization.yaml': 'resources: [vm.yaml]\n',
      'app/vm.yaml': vm('db', onClaim('db')),
      'component/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [pvc.yaml]\n',
      'component/pvc.yaml': claim('"${APP}"'),
      'ks.yaml': flux(
        'path: ./app, prune: true, targetNamespace: shop, components: [../component], postBuild: {substitute: {APP: db}}',
      ),
    });
    expect([said, faults]).toEqual([[], []]);
    const placed = read().manifests.map(({ object, root }) => [
      (object as { kind?: string }).kind,
      (object as { metadata?: { name: string; namespace: string } }).metadata,
      root?.prunedBy,
    ]);
    expect(placed).toContainEqual([
      'PersistentVolumeClaim',
      { name: 'db', namespace: 'shop' },
      'Kustomization flux-system/db',
    ]);
  });

  test('of Flux takes every file below a folder without a Kustomization', () => {
    tree({ 'apps/a/vm.yaml': vm('a'), 'apps/b/vm.yaml': vm('b'), 'ks.yaml': flux('path: apps') });
    expect(read().manifests.map(({ origin, root }) => [origin.file, root?.name])).toEqual([
      ['apps/a/vm.yaml', 'apps'],
      ['apps/b/vm.yaml', 'apps'],
      ['ks.yaml', undefined],
    ]);
  });

  test('of Argo CD takes the files of its path, and gives a namespace to those without one', () => {
    tree({
      'apps/a/vm.yaml': `${vm('a')}---\n${claim('c', 'own')}`,
      'apps/a/deeper/vm.yaml': vm('b'),
      'app.yaml': application('source: {path: apps/a}, destination: {namespace: shop}'),
    });
    const spaces = read().manifests.map(({ object, root }) => [
      root?.name,
      (object as { metadata: { namespace?: string } }).metadata.namespace,
    ]);
    expect(spaces).toEqual([
      [undefined, 'argocd'],
      [undefined, undefined],
      ['apps/a', 'shop'],
      ['apps/a', 'own'],
    ]);
  });

  test.each([
    ['', ['apps/a/vm.yaml']],
    [', directory: {recurse: false}', ['apps/a/vm.yaml']],
    [', directory: {recurse: true}', ['apps/a/deeper/vm.yaml', 'apps/a/vm.yaml']],
  ])('of Argo CD takes the files of its path%s', (more, files) => {
    tree({
      'apps/a/vm.yaml': vm('a'),
      'apps/a/deeper/vm.yaml': vm('b'),
      'app.yaml': application(`source: {path: apps/a${more}}`),
    });
    const taken = read().manifests.filter(({ root }) => root !== undefined);
    expect(taken.map(({ origin }) => origin.file).sort()).toEqual(files);
  });

  test('gives namespaces by its own way: that of kustomize to every object, that of the destination to those without one', () => {
    const spaces = (spec: string) => {
      tree({ 'apps/a.yaml': `${claim('a')}---\n${claim('b', 'own')}`, 'app.yaml': application(spec) });
      return read()
        .manifests.filter(({ root }) => root !== undefined)
        .map(({ object }) => (object as { metadata: { namespace?: string } }).metadata.namespace);
    };
    expect(spaces('source: {path: apps}')).toEqual([undefined, 'own']);
    expect(spaces('source: {path: apps}, destination: {namespace: shop}')).toEqual(['shop', 'own']);
    expect(spaces('source: {path: apps, kustomize: {namespace: all}}, destination: {namespace: shop}')).toEqual([
      'all',
      'all',
    ]);
  });

  test('of an ApplicationSet is each folder that its generator finds', () => {
    tree({
      'apps/a/vm.yaml': vm('a'),
      'apps/b/vm.yaml': vm('b'),
      'apps/off/vm.yaml': vm('c'),
      'set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  generators: [{git: {directories: [{path: apps/*}, {path: apps/off, exclude: true}]}}]
  template:
    spec:
      source: {path: '{{path}}'}
      destination: {namespace: '{{path.basename}}'}
      syncPolicy: {automated: {prune: true}}
`,
    });
    const roots = read().manifests.map(({ object, root }) => [
      root?.name,
      root?.prunedBy,
      (object as { metadata: { namespace?: string } }).metadata.namespace,
    ]);
    expect(roots).toEqual([
      ['apps/a', 'ApplicationSet argocd/all', 'a'],
      ['apps/b', 'ApplicationSet argocd/all', 'b'],
      [undefined, undefined, undefined],
      [undefined, undefined, 'argocd'],
    ]);
  });

  test.each([
    ['{files: [{path: apps/*/config.json}]}', ['apps/a', 'apps/b', 'apps/long']],
    ['{directories: [{path: "apps/**"}]}', ['apps/a', 'apps/b', 'apps/b/c', 'apps/long']],
    ['{directories: [{path: "apps/?"}, {path: "**/c", exclude: true}]}', ['apps/a', 'apps/b']],
    ['{directories: [{path: "**"}, {path: "**/b/**", exclude: true}]}', ['apps', 'apps/a', 'apps/b', 'apps/long']],
  ])('of an ApplicationSet is each folder that %s finds', (git, roots) => {
    tree({
      ...{ 'apps/vm.yaml': vm('o'), 'apps/a/vm.yaml': vm('a'), 'apps/b/vm.yaml': vm('b'), 'apps/b/c/vm.yaml': vm('c') },
      'apps/long/vm.yaml': vm('d'),
      'set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  generators: [{git: ${git}}]
  template: {spec: {source: {path: '{{path}}'}, destination: {namespace: x}}}
`,
    });
    const found = read().manifests.flatMap(({ root }) => root?.name ?? []);
    expect([...new Set(found)].sort()).toEqual(roots);
  });

  test.each(['{{path}}/{{values.x}}', '{{path}}/gone', '""'])('of an ApplicationSet is none at the path %s', (at) => {
    tree({
      'apps/a/vm.yaml': vm('a'),
      'set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  generators: [{git: {directories: [{path: apps/*}]}}]
  template: {spec: {source: {path: ${at.startsWith('{') ? `'${at}'` : at}}, destination: {namespace: x}}}
`,
    });
    expect(read().manifests.flatMap(({ root }) => root?.name ?? [])).toEqual([]);
  });

  test('has a name of its own where an object stands twice', () => {
    tree({
      'apps/vm.yaml': vm('a'),
      'app.yaml': [1, 2, 3].map(() => application('source: {path: apps/}')).join('---\n'),
    });
    expect(read().manifests.flatMap(({ root }) => root?.name ?? [])).toEqual([
      'apps (Application argocd/db of app.yaml)',
      'apps (Application argocd/db of app.yaml), 2',
      'apps (Application argocd/db of app.yaml), 3',
    ]);
  });

  test('of Flux takes the Kustomizations below a folder without one, and no Component', () => {
    tree({
      'apps/vm/kustomization.yaml': 'resources: [vm.yaml]\n',
      'apps/vm/vm.yaml': vm('a'),
      'apps/part/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [c.yaml]\n',
      'apps/part/c.yaml': claim('c'),
      'ks.yaml': flux('path: apps'),
    });
    expect(read().manifests.map(({ origin, root }) => [origin.file, root?.name])).toEqual([
      ['apps/part/c.yaml', undefined],
      ['apps/part/kustomization.yaml', undefined],
      ['apps/vm/kustomization.yaml', 'apps'],
      ['apps/vm/vm.yaml', 'apps'],
      ['ks.yaml', undefined],
    ]);
  });

  test('has a name of its own where another of the same folder has another title', () => {
    tree({
      'apps/vm.yaml': vm('a'),
      'app.yaml': `${application('source: {path: apps}')}---\n${application('source: {path: apps}').replace('db', 'web')}`,
    });
    expect(read().manifests.flatMap(({ root }) => root?.name ?? [])).toEqual([
      'apps (Application argocd/db)',
      'apps (Application argocd/web)',
    ]);
  });

  test('of Argo CD takes files below its path that a Kustomization there does not list, and of Flux the Kustomization', () => {
    const files = {
      'apps/x/kustomization.yaml': 'resources: [vm.yaml]\n',
      'apps/x/vm.yaml': vm('a'),
      'apps/x/other.yaml': claim('c'),
    };
    const taken = (engine: string) => {
      tree({ ...files, 'engine.yaml': engine });
      return read().manifests.flatMap(({ origin, root }) =>
        root === undefined || root.kind === 'kustomization' ? [] : path.basename(origin.file ?? ''),
      );
    };
    expect(taken(application('source: {path: apps, directory: {recurse: true}}'))).toEqual(['other.yaml', 'vm.yaml']);
    expect(taken(flux('path: apps'))).toEqual(['kustomization.yaml', 'vm.yaml']);
  });

  test('may take files whose names are numbers in any order: they are no steps', () => {
    const files = { 'apps/2-b.yaml': claim('b'), 'apps/10-c.yaml': claim('c') };
    expect(run({ ...files, 'app.yaml': application('source: {path: apps}') }).faults).toEqual([]);
  });

  test('has no machine whose address clashes with one of another engine root of the same base', () => {
    const nic = ', bridge: {}, macAddress: "02:00:00:00:00:01"';
    const files = {
      'a/vm.yaml': vm('a', { binding: nic }),
      'b/vm.yaml': vm('b', { binding: nic }),
      'both.yaml': application('source: {path: a}, destination: {}').concat(
        '---\n',
        application('source: {path: b}, destination: {}'),
      ),
    };
    expect(run(files).said.filter(({ rule }) => rule === 'mac-address-of-one-machine')).toEqual([]);
    fs.rmSync(path.join(cwd, 'both.yaml'));
    expect(run({}).said.filter(({ rule }) => rule === 'mac-address-of-one-machine')).toHaveLength(1);
  });
});

describe('a KubeVirt object', () => {
  const kubevirt = `apiVersion: kubevirt.io/v1
kind: KubeVirt
metadata: {name: kubevirt, namespace: kubevirt}
spec: {configuration: {emulatedMachines: [pc-q35*], developerConfiguration: {featureGates: [CPUManager]}}}
`;
  const machine = `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: {name: vm, namespace: default}
spec:
  runStrategy: Always
  template:
    spec:
      domain:
        memory: {guest: 1Gi}
        machine: {type: q35}
        devices: {disks: [{name: d, disk: {bus: virtio}}]}
      volumes: [{name: d, hostDisk: {path: /data/x.img, type: DiskOrCreate, capacity: 1Gi}}]
`;

  test('does not speak for a folder beside its own', () => {
    expect(run({ 'a/kubevirt.yaml': kubevirt, 'b/vm.yaml': machine }).said).toEqual([]);
  });

  test('speaks for the folders below its own, and the findings name its file', () => {
    const { findings } = run({ 'a/kubevirt.yaml': kubevirt, 'a/b/vm.yaml': machine }, { kubevirt: 'v1.6.2' });
    expect(findings.map(({ rule }) => rule)).toEqual(['machine-type-supported', 'volume-host-disk-gate']);
    for (const { message } of findings) expect(message).toContain('a/kubevirt.yaml');
  });

  test('speaks for its whole root', () => {
    const files = {
      'top/kustomization.yaml': 'resources: [../a/kubevirt.yaml, ../b/vm.yaml]\n',
      'a/kubevirt.yaml': kubevirt,
      'b/vm.yaml': machine,
    };
    const { said } = run(files, { kubevirt: 'v1.6.2' });
    expect(said.map(({ rule }) => rule)).toEqual(['machine-type-supported', 'volume-host-disk-gate']);
  });
});

describe('a folder of steps', () => {
  test('is a root of its own', () => {
    tree({ '1-claim.yaml': claim('d'), '2-vm.yaml': vm('vm', onClaim('d')) });
    expect(read().manifests.map(({ root }) => [root?.kind, root?.name, root?.isOpen])).toEqual([
      ['steps', '.', false],
      ['steps', '.', false],
    ]);
  });

  test('is none where a name has no number', () => {
    tree({ '1-claim.yaml': claim('d'), 'vm.yaml': vm('vm') });
    expect(read().manifests.map(({ root }) => root)).toEqual([undefined, undefined]);
  });

  test('is warned of where kubectl takes the files in another order', () => {
    const files = { '2-b.yaml': claim('b'), '10-c.yaml': claim('c'), '1-a.yaml': claim('a') };
    expect(run(files).faults).toEqual([
      ".: must be named in the order of its steps: 'kubectl apply -f' takes 10-c.yaml before 2-b.yaml; write the numbers with as many digits",
    ]);
    expect(run({ '02-b.yaml': claim('b'), '01-a.yaml': claim('a') }, {}, '01-a.yaml', '02-b.yaml').faults).toEqual([]);
  });
});
