import * as fs from 'node:fs';
import * as path from 'node:path';
import { load } from 'js-yaml';
import { main } from './crds';
import { crd, documents, folder, list } from './fixture';
import { readFolder } from './folder-swap';

const VM = crd('kubevirt.io', 'VirtualMachine');
const VMI = crd('kubevirt.io', 'VirtualMachineInstance');
const POOL = crd('pool.kubevirt.io', 'VirtualMachinePool');
const DV = crd('cdi.kubevirt.io', 'DataVolume');
const SNAPSHOT = crd('snapshot.storage.k8s.io', 'VolumeSnapshot');
const STRANGER = crd('example.com', 'Widget');
const KUBEVIRT = ['--kubevirt', 'v1.6.2'];

let project: ReturnType<typeof folder>;
beforeEach(() => (project = folder({ 'cdk8s.yaml': 'imports:\n  - crds/kubevirt/v1.6.2/kubevirt.io.yaml\n' })));
afterEach(() => project.remove());

/** Runs the command on files of the input, and answers what came of it. */
async function crds(
  argv: readonly string[],
  files: Readonly<Record<string, string>> = {},
  stdin: string | Buffer = '',
) {
  const input = folder(files);
  const said: string[] = [];
  const complained: string[] = [];
  const code = await main(argv, {
    root: project.at,
    cwd: input.at,
    stdin: () => Promise.resolve(Buffer.from(stdin)),
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
  });
  input.remove();
  return {
    code,
    said: said.join('\n'),
    complained: complained.join('\n'),
    written: readFolder(path.join(project.at, 'crds')),
  };
}

describe('npm run crds', () => {
  test('writes one file per API group, its CRDs sorted by name', async () => {
    const { code, written } = await crds([...KUBEVIRT, 'all.yaml'], { 'all.yaml': documents(VMI, POOL, VM) });
    expect(code).toBe(0);
    expect([...written.keys()]).toEqual(['kubevirt/v1.6.2/kubevirt.io.yaml', 'kubevirt/v1.6.2/pool.kubevirt.io.yaml']);
    const text = written.get('kubevirt/v1.6.2/kubevirt.io.yaml')!;
    expect(text.match(/^ {2}name: .*$/gm)).toEqual([
      '  name: virtualmachineinstances.kubevirt.io',
      '  name: virtualmachines.kubevirt.io',
    ]);
  });

  test('keeps the facts and drops prose and what a cluster adds', async () => {
    const { written } = await crds([...KUBEVIRT, 'vm.yaml'], { 'vm.yaml': documents(VM) });
    expect(load(written.get('kubevirt/v1.6.2/kubevirt.io.yaml')!)).toEqual({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'virtualmachines.kubevirt.io' },
      spec: {
        group: 'kubevirt.io',
        scope: 'Namespaced',
        names: {
          plural: 'virtualmachines',
          singular: 'virtualmachine',
          kind: 'VirtualMachine',
          listKind: 'VirtualMachineList',
        },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: { spec: { type: 'object', properties: { running: { type: 'boolean' } } } },
              },
            },
          },
        ],
      },
    });
  });

  test.each([
    ['a list', JSON.stringify(list(VM, POOL)).replace(/^/, '# kubectl\n')],
    ['a list as JSON', JSON.stringify(list(VM, POOL))],
    ['documents', documents(VM, POOL)],
    ['documents in another order', documents(POOL, VM)],
    ['the same CRD twice', documents(VM, POOL, VM)],
    ['UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${documents(VM, POOL)}`, 'utf16le')],
  ])('reads standard input: %s', async (_, stdin) => {
    const { written: expected } = await crds([...KUBEVIRT, 'in'], {
      'in/vm.yaml': documents(VM),
      'in/a/pool.json': JSON.stringify(POOL),
    });
    const { code, said, written } = await crds([...KUBEVIRT, '-'], {}, stdin);
    expect(code).toBe(0);
    expect(said).toContain('unchanged: crds/kubevirt/v1.6.2 (CRDs: 2, API groups: 2)');
    expect(written.size).toBe(2);
    expect(written).toEqual(expected);
  });

  test('reads folders recursively, and only .yaml, .yml and .json', async () => {
    const files = {
      'in/a/b/vm.yml': documents(VM),
      'in/pool.json': JSON.stringify(POOL),
      'in/notes.txt': ': not yaml',
    };
    expect((await crds([...KUBEVIRT, 'in'], files)).said).toContain('CRDs: 2');
  });

  test('sorts the components, and passes by what is none of theirs', async () => {
    const groups = { kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'cdi' } };
    const neighbour = crd('hco.kubevirt.io', 'HyperConverged');
    const forklift = crd('forklift.cdi.kubevirt.io', 'OvirtVolumePopulator');
    const grouped = crd('groupsnapshot.storage.k8s.io', 'VolumeGroupSnapshot');
    const { written, said } = await crds([...KUBEVIRT, '--cdi', '1.63.1', '--snapshotter', '8.2.0', 'in.yaml'], {
      'in.yaml': documents(VM, DV, forklift, SNAPSHOT, grouped, STRANGER, neighbour, groups),
    });
    expect([...written.keys()]).toEqual([
      'cdi/v1.63.1/cdi.kubevirt.io.yaml',
      'cdi/v1.63.1/forklift.cdi.kubevirt.io.yaml',
      'external-snapshotter/v8.2.0/groupsnapshot.storage.k8s.io.yaml',
      'external-snapshotter/v8.2.0/snapshot.storage.k8s.io.yaml',
      'kubevirt/v1.6.2/kubevirt.io.yaml',
      'pairs.json',
    ]);
    expect(JSON.parse(written.get('pairs.json')!)).toEqual([
      { kubevirt: 'v1.6.2', cdi: 'v1.63.1', 'external-snapshotter': 'v8.2.0' },
    ]);
    expect(said).toContain('passed by: 3 other objects');
  });

  test('changes no byte when it reads what it wrote', async () => {
    const { written: first } = await crds([...KUBEVIRT, '-'], {}, documents(VM, VMI, POOL));
    const { said, written } = await crds([...KUBEVIRT, path.join(project.at, 'crds')]);
    expect(said).toContain('unchanged: crds/kubevirt/v1.6.2');
    expect(written).toEqual(first);
  });

  test('replaces the folder of a version whole, says what is gone, and leaves other versions', async () => {
    await crds(['--kubevirt', 'v1.5.0', '-'], {}, documents(POOL));
    await crds([...KUBEVIRT, '-'], {}, documents(VM, VMI, POOL));
    const { said, written } = await crds([...KUBEVIRT, '-'], {}, documents(VM));
    expect(said).toContain(
      'no longer there: virtualmachineinstances.kubevirt.io\nno longer there: virtualmachinepools.pool.kubevirt.io',
    );
    expect([...written.keys()]).toEqual(['kubevirt/v1.5.0/pool.kubevirt.io.yaml', 'kubevirt/v1.6.2/kubevirt.io.yaml']);
    expect(fs.readdirSync(path.join(project.at, 'crds/kubevirt'))).toEqual(['v1.5.0', 'v1.6.2']);
  });

  test('names the next steps: the import alone where the version is the imported one', async () => {
    const { said } = await crds([...KUBEVIRT, '-'], {}, documents(VM));
    expect(said).toMatch(/\nnext: npm run import && npm run typecheck$/m);
    expect(said).not.toContain('cdk8s.yaml');
    await crds([...KUBEVIRT, '--cdi', 'v1.63.1', '-'], {}, documents(VM, DV));
    expect((await crds([...KUBEVIRT, '-'], {}, documents(VM))).said).not.toContain('next:');
  });

  test('names the next steps: the lines of cdk8s.yaml where it is another', async () => {
    const { said } = await crds(['--kubevirt', 'v1.7.4', '-'], {}, documents(POOL, VM));
    expect(said).toContain(
      "list these under 'imports' for KubeVirt, and no others:\n" +
        '  - crds/kubevirt/v1.7.4/kubevirt.io.yaml\n  - crds/kubevirt/v1.7.4/pool.kubevirt.io.yaml\n' +
        'next: npm run import',
    );
  });

  test('takes HyperConverged, SSP and the network attachments where their version is given', async () => {
    const own = documents(VM, crd('hco.kubevirt.io', 'HyperConverged'), crd('ssp.kubevirt.io', 'SSP'));
    const { written } = await crds([...KUBEVIRT, '--hco', 'v1.16.0', '-'], {}, own);
    expect([...written.keys()]).toEqual(['hco/v1.16.0/hco.kubevirt.io.yaml', 'kubevirt/v1.6.2/kubevirt.io.yaml']);
  });

  test('holds a schema once that two versions have', async () => {
    const pool = crd('pool.kubevirt.io', 'VirtualMachinePool', { versions: ['v1alpha1', 'v1beta1'] });
    const text = (await crds([...KUBEVIRT, '-'], {}, documents(pool))).written.get('kubevirt/v1.6.2/pool.kubevirt.io.yaml')!;
    expect(text.match(/openAPIV3Schema/g)).toHaveLength(1);
    expect(text).toContain('schema: *ref_0');
    const again = await crds([...KUBEVIRT, path.join(project.at, 'crds')]);
    expect(again.said).toContain('unchanged: crds/kubevirt/v1.6.2');
  });

  test('asks for the release that goes with a new one, and writes the pair when it is said', async () => {
    const { said } = await crds(['--kubevirt', 'v1.7.5', '-'], {}, documents(VM));
    expect(said).toContain(
      "next: say which release of CDI goes with this one of KubeVirt: the same command with '--cdi v…'",
    );
    await crds(['--kubevirt', 'v1.7.4', '--cdi', 'v1.64.0', '-'], {}, documents(VM, DV));
    const later = await crds(['--kubevirt', 'v1.7.5', '--cdi', 'v1.64.0', '-'], {}, documents(VM));
    expect(later.said).toContain('written: crds/pairs.json (2 pairs)');
    expect(JSON.parse(later.written.get('pairs.json')!)).toEqual([
      { kubevirt: 'v1.7.4', cdi: 'v1.64.0' },
      { kubevirt: 'v1.7.5', cdi: 'v1.64.0' },
    ]);
  });

  test('names what the rules of a new release are to be checked against, once', async () => {
    const { said } = await crds(['--kubevirt', 'v1.7.4', '--cdi', 'v1.64.0', '-'], {}, documents(VM, DV));
    expect(said).toContain('next: look again at what the rules are made of, in KubeVirt v1.7.4:\n  pkg/');
    expect(said).toContain('next: look again at what the rules are made of, in CDI v1.64.0:\n  pkg/');
    expect((await crds(['--kubevirt', 'v1.7.4', '--cdi', 'v1.64.0', '-'], {}, documents(VM, DV))).said).not.toContain('look again');
    const later = await crds(['--kubevirt', 'v1.8.4', '--cdi', 'v1.64.0', '-'], {}, documents(VM));
    expect(later.said).toContain("next: 'npm run rules:drift -- KubeVirt CLONE v1.7.4 v1.8.4' names those that differ");
  });

  test('prints its help', async () => {
    const { code, said } = await crds(['--help']);
    expect(code).toBe(0);
    expect(said).toMatch(/^Usage: npm run crds/);
  });
});

describe('the version', () => {
  const virt = (version: string, labels?: Record<string, string>) => ({
    annotations: { 'kubevirt.io/install-strategy-version': version },
    labels,
  });
  const cdi = (mark: 'createVersion' | 'updateVersion', version: string) => ({
    [`operator.cdi.kubevirt.io/${mark}`]: version,
  });

  test("is read from what KubeVirt's operator wrote, and not from the label that holds a product's version", async () => {
    const made = crd('kubevirt.io', 'VirtualMachine', virt('v1.7.4', { 'app.kubernetes.io/version': '1.17.0' }));
    const bare = crd('kubevirt.io', 'KubeVirt');
    const { written } = await crds(['-'], {}, documents(made, bare));
    expect([...written.keys()]).toEqual(['kubevirt/v1.7.4/kubevirt.io.yaml']);
  });

  test("is the newest that CDI's operator wrote", async () => {
    const { written } = await crds(
      ['-'],
      {},
      documents(
        crd('cdi.kubevirt.io', 'DataVolume', { labels: cdi('createVersion', 'v1.63.9') }),
        crd('cdi.kubevirt.io', 'DataSource', {
          labels: { ...cdi('createVersion', 'v1.9.0'), ...cdi('updateVersion', 'v1.63.10') },
        }),
        crd('cdi.kubevirt.io', 'StorageProfile', { labels: cdi('createVersion', 'v1.63.10-rc.1') }),
      ),
    );
    expect([...written.keys()]).toEqual(['cdi/v1.63.10/cdi.kubevirt.io.yaml']);
  });

  test('is the one that the user gives, over what the CRDs say', async () => {
    const { written } = await crds(
      [...KUBEVIRT, '-'],
      {},
      documents(crd('kubevirt.io', 'VirtualMachine', virt('devel'))),
    );
    expect([...written.keys()]).toEqual(['kubevirt/v1.6.2/kubevirt.io.yaml']);
  });

  test.each([
    [
      'fails when KubeVirt CRDs do not say',
      [VM],
      "[--kubevirt] the CRDs of KubeVirt must name the one version that made them, got nothing; give it as '--kubevirt v…'",
    ],
    [
      'fails when they say no version',
      [crd('kubevirt.io', 'VirtualMachine', virt('devel'))],
      'got ["devel"]; give it as \'--kubevirt v…\'',
    ],
    [
      'fails when they say two, as in the middle of an upgrade',
      [
        crd('kubevirt.io', 'VirtualMachine', virt('v1.6.2')),
        crd('pool.kubevirt.io', 'VirtualMachinePool', virt('v1.7.4')),
      ],
      'got ["v1.6.2","v1.7.4"]',
    ],
    ['fails when CDI CRDs do not say', [DV], "give it as '--cdi v…'"],
    ['fails for the snapshot API, which never says', [SNAPSHOT], "give it as '--snapshotter v…'"],
  ])('%s', async (_, objects, message) => {
    const { code, complained, written } = await crds(['-'], {}, documents(...objects));
    expect(code).toBe(1);
    expect(complained).toContain(message);
    expect(written.size).toBe(0);
  });
});

describe('refusals', () => {
  const other = crd('kubevirt.io', 'VirtualMachine', { spec: { halted: { type: 'boolean' } } });
  const old = crd('kubevirt.io', 'VirtualMachine', { apiVersion: 'apiextensions.k8s.io/v1beta1' });
  const schemaless = { ...VM, spec: { ...(VM.spec as object), versions: [{ name: 'v1' }] } };
  const misnamed = { ...VM, metadata: { name: 'vms.kubevirt.io' } };
  const escaping = crd('../../x.kubevirt.io', 'VirtualMachine');

  test.each([
    [
      'fails when there is no CRD',
      documents({ apiVersion: 'v1', kind: 'Pod' }),
      'the input must hold CRDs of KubeVirt, CDI, the snapshot API, HyperConverged, SSP or the network attachments, got "1 other object"',
    ],
    ['fails when no CRD is ours', documents(STRANGER), 'the input must hold CRDs'],
    [
      'fails when two CRDs of one name differ',
      documents(VM, other),
      '[virtualmachines.kubevirt.io] must be one CRD, got ["standard input, document 1","standard input, document 2"]; give the CRDs of one version at a time',
    ],
    ['fails when it is not YAML', 'a: [', '[standard input:1] must be YAML: '],
    ['fails when it is a word', 'Forbidden', '[standard input] must be a Kubernetes object, got "Forbidden"'],
    ['fails when a list has no items', 'kind: List', "'items' must be a list, got nothing"],
    [
      'fails when it is empty',
      ' \n',
      "[standard input] must hold CRDs, got nothing; pipe 'kubectl get crd -o yaml' into it",
    ],
    [
      'fails for v1beta1',
      documents(VMI, old),
      "[standard input, document 2] 'apiVersion' of a CRD must be 'apiextensions.k8s.io/v1', got \"apiextensions.k8s.io/v1beta1\"",
    ],
    [
      'fails for a version without a schema',
      documents(schemaless),
      "'spec.versions[0].schema.openAPIV3Schema' must be a schema, got nothing",
    ],
    [
      'fails for a name that is not plural and group',
      documents(misnamed),
      '\'metadata.name\' of a CRD must be its plural and group, got "vms.kubevirt.io"',
    ],
    ['fails for a group that leaves the folder', documents(escaping), "'metadata.name' of a CRD must be"],
  ])('%s', async (_, stdin, message) => {
    const { code, complained, written } = await crds([...KUBEVIRT, '-'], {}, stdin);
    expect(code).toBe(1);
    expect(complained).toContain(message);
    expect(complained).not.toContain('\n');
    expect(written.size).toBe(0);
  });

  test.each([
    [
      'fails when a path does not exist',
      ['gone.yaml'],
      '[gone.yaml] must be a file or folder that can be read: ENOENT',
    ],
    [
      'fails when a folder holds no file',
      ['empty'],
      '[empty] must hold files that end in .yaml, .yml, .json',
    ],
    [
      'fails when an option has no CRD',
      ['--cdi', 'v1.63.1', 'vm.yaml'],
      '[--cdi] the input must hold CRDs of CDI, got nothing',
    ],
  ])('%s', async (_, argv, message) => {
    const { code, complained } = await crds([...KUBEVIRT, ...argv], { 'empty/a.txt': '', 'vm.yaml': documents(VM) });
    expect(code).toBe(1);
    expect(complained).toBe(message);
  });

  test('fails for one bad file and writes none of the good ones', async () => {
    await crds([...KUBEVIRT, '-'], {}, documents(VM));
    const { code, said, written } = await crds([...KUBEVIRT, 'a.yaml', 'b.yaml'], {
      'a.yaml': documents(POOL),
      'b.yaml': '[',
    });
    expect(code).toBe(1);
    expect(said).toBe('');
    expect([...written.keys()]).toEqual(['kubevirt/v1.6.2/kubevirt.io.yaml']);
  });

  test('fails when crds/ cannot be written', async () => {
    fs.writeFileSync(path.join(project.at, 'crds'), 'a file');
    const input = folder({ 'vm.yaml': documents(VM) });
    const complained: string[] = [];
    const world = { root: project.at, cwd: input.at, stdin: () => Promise.reject(new Error()), say: () => {} };
    const code = await main([...KUBEVIRT, 'vm.yaml'], { ...world, complain: (line) => complained.push(line) });
    input.remove();
    expect(code).toBe(1);
    expect(complained.join()).toMatch(/^nothing was written: /);
  });

  test.each([
    ['fails without a path', [], '[crds] name a file, a folder, or - for standard input'],
    ['fails for an unknown option', ['--all', '-'], "Unknown option '--all'"],
    [
      'fails for a version that is none',
      ['--kubevirt', 'latest', '-'],
      '[--kubevirt] must be like \'v1.6.2\', got "latest"',
    ],
    ['fails for a version that leaves the folder', ['--cdi', 'v1.2.3-/../..', '-'], '[--cdi] must be like'],
  ])('%s, as a usage error', async (_, argv, message) => {
    const { code, complained } = await crds(argv);
    expect(code).toBe(2);
    expect(complained).toContain(message);
    expect(complained).toContain('Usage: npm run crds');
  });
});
