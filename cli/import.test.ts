import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { importPaths } from './import';
import type { OwnPackage } from './init';
import { main, Status } from './main';

const OWN: OwnPackage = {
  version: '0.1.0',
  peerDependencies: { cdk8s: '^2.68.12', 'cdk8s-plus-27': '^2.9.0', constructs: '^10.3.0' },
  devDependencies: { 'cdk8s-cli': '^2.207.60', typescript: '5.9', '@types/node': '^20.19.43', tsx: '^4.23.0' },
  repository: { url: 'git+https://github.com/acme/cdk8s-kubevirt.git' },
};

const VM = `
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web }
spec:
  runStrategy: Always
  template:
    spec:
      domain:
        memory: { guest: 1Gi }
        devices: { disks: [{ name: rootdisk, disk: { bus: virtio } }] }
      volumes: [{ name: rootdisk, containerDisk: { image: "quay.io/containerdisks/fedora:41" } }]
`;

let folder: string;
beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'import-')))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

async function run(argv: readonly string[], stdin = ''): Promise<{ status: Status; out: string; err: string }> {
  let [out, err] = ['', ''];
  const status = await main(['import', ...argv], {
    cwd: folder,
    stdin: () => Promise.resolve(Buffer.from(stdin)),
    say: (text) => (out += text),
    complain: (text) => (err += text),
  });
  return { status, out, err };
}

describe('cdk8s-kubevirt import', () => {
  test('prints the code, and says on standard error what it did', async () => {
    const { status, out, err } = await run(['-'], VM);
    expect(status).toBe(Status.GOOD);
    expect(out).toContain("new BootableVM(this, 'web', {");
    expect(err).toBe(
      '1 object: 1 in typed words, 0 with overrides (0 fields), 0 by generated classes, 0 as they stand; 0 secrets left out\n',
    );
  });

  test('writes a project that makes the charts', async () => {
    fs.writeFileSync(path.join(folder, 'web.yaml'), VM);
    // A clone beside the new project, which `npm pack` was run in.
    const root = path.join(folder, 'cdk8s-kubevirt');
    fs.mkdirSync(root);
    fs.writeFileSync(path.join(root, 'cdk8s-kubevirt-0.1.0.tgz'), '');
    const request = { paths: ['web.yaml'], out: 'project', esm: true, options: {} };
    const world = { cwd: folder, stdin: () => Promise.resolve(Buffer.alloc(0)) };
    const { text } = await importPaths(request, world, { root, own: OWN });
    expect(text).toBe('8 files → project/\n');
    const read = (file: string): string => fs.readFileSync(path.join(folder, 'project', file), 'utf8');
    expect(read('main.ts')).toBe(`import { ManifestApp } from 'cdk8s-kubevirt';
import { Machines } from './machines.js';

const app = new ManifestApp();
new Machines(app, 'machines');
app.synth();
`);
    expect(read('machines.ts')).toContain('export class Machines extends Chart {');
    expect(read('charts.test.ts')).toContain("const charts = [new Machines(app, 'machines')];");
    expect(JSON.parse(read('package.json'))).toMatchObject({
      type: 'module',
      scripts: { test: 'node --import tsx --test charts.test.ts' },
    });
  });

  test('writes a project of several charts, a line for each', async () => {
    for (const name of ['one', 'two']) {
      fs.mkdirSync(path.join(folder, name));
      fs.writeFileSync(path.join(folder, name, 'kustomization.yaml'), 'resources: [web.yaml]\n');
      fs.writeFileSync(path.join(folder, name, 'web.yaml'), VM);
    }
    fs.writeFileSync(path.join(folder, 'cdk8s-kubevirt-0.1.0.tgz'), '');
    const request = { paths: ['one', 'two'], out: 'project', esm: false, options: {} };
    const world = { cwd: folder, stdin: () => Promise.resolve(Buffer.alloc(0)) };
    await importPaths(request, world, { root: folder, own: OWN });
    expect(fs.readFileSync(path.join(folder, 'project', 'charts.test.ts'), 'utf8')).toContain(`const charts = [
  new One(app, 'one'),
  new Two(app, 'two'),
];`);
  });

  test.each([
    ['it', ['boot']],
    ['them', ['boot', 'data']],
  ])('leaves out what another object makes: %s', async (them, names) => {
    const owner = '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, name: web, uid: a, controller: true }';
    const claims = names.map(
      (name) => `---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: ${name}, ownerReferences: [${owner}] }
spec: { source: { blank: {} }, storage: { resources: { requests: { storage: 1Gi } } } }
`,
    );
    const { status, err } = await run(['-'], `${VM}${claims.join('')}`);
    expect(status).toBe(Status.GOOD);
    const objects = names.length === 1 ? '1 object' : `${names.length} objects`;
    expect(err).toContain(`\n${objects} left out, since another object makes ${them} again\n`);
  });

  test('goes on where a part cannot be read, and says so', async () => {
    const { status, out, err } = await run(['-'], `${VM}---\n{`);
    expect(status).toBe(Status.FAILED);
    expect(out).toContain('new BootableVM');
    expect(err).toContain('standard input:');
  });

  test.each<[string, string[], string]>([
    ['no input is named', [], 'name a file'],
    ['nothing is in the input', ['-'], 'no object stands in -'],
    ['modules are asked for without a project', ['-', '--esm'], "'--esm' must stand beside '--out'"],
    ['the file is not there', ['web.yaml'], 'web.yaml'],
  ])('fails when %s', async (_title, argv, message) => {
    const { status, err } = await run(argv, '# nothing\n');
    expect(status).toBe(Status.FAILED);
    expect(err).toContain(message);
  });
});
