import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { init, OwnPackage } from './init';
import { main, Status } from './main';

const OWN: OwnPackage = {
  version: '0.1.0',
  peerDependencies: { cdk8s: '^2.68.12', 'cdk8s-plus-27': '^2.9.0', constructs: '^10.3.0' },
  devDependencies: { 'cdk8s-cli': '^2.207.60', typescript: '5.9', '@types/node': '^20.19.43', tsx: '^4.23.0' },
  repository: { url: 'git+https://github.com/acme/cdk8s-kubevirt.git' },
};
const FILES = [
  'package.json',
  'tsconfig.json',
  'cdk8s.yaml',
  'main.ts',
  'web.ts',
  'web.test.ts',
  '.gitignore',
  '.github/workflows/manifests.yml',
];

let folder: string;
beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'init-')))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** A clone beside the new project, which `npm pack` was run in. */
function clone(): string {
  const root = path.join(folder, 'cdk8s-kubevirt');
  fs.mkdirSync(root);
  fs.writeFileSync(path.join(root, 'cdk8s-kubevirt-0.1.0.tgz'), '');
  return root;
}

/** What npx makes: a folder of its own with the package installed from somewhere. */
function installed(from: string): string {
  const npx = path.join(folder, 'cache', '_npx', '0123');
  const root = path.join(npx, 'node_modules', 'cdk8s-kubevirt');
  fs.mkdirSync(root, { recursive: true });
  fs.writeFileSync(path.join(npx, 'package.json'), JSON.stringify({ dependencies: { 'cdk8s-kubevirt': from } }));
  return root;
}

const read = (file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');
const project = (file: string) => JSON.parse(read(file)) as Record<string, Record<string, string> | string>;

describe('init', () => {
  test('writes a project of CommonJS into a folder of that name', () => {
    expect(init({ folder: 'web', esm: false }, folder, clone(), OWN)).toEqual({
      folder: 'web',
      files: FILES,
      next: 'cd web && npm install && npm run synth',
    });
    expect(project('web/package.json')).toEqual({
      name: 'web',
      version: '0.0.0',
      private: true,
      type: 'commonjs',
      scripts: {
        synth: 'cdk8s synth --check-upgrade=false',
        check: 'cdk8s-kubevirt check dist',
        test: 'node --import tsx --test web.test.ts',
        typecheck: 'tsc',
      },
      dependencies: {
        cdk8s: '^2.68.12',
        'cdk8s-plus-27': '^2.9.0',
        'cdk8s-kubevirt': 'file:../cdk8s-kubevirt/cdk8s-kubevirt-0.1.0.tgz',
        constructs: '^10.3.0',
      },
      devDependencies: { '@types/node': '^20.19.43', 'cdk8s-cli': '^2.207.60', tsx: '^4.23.0', typescript: '5.9' },
    });
    expect(read('web/main.ts')).toContain("import { Web } from './web';");
    expect(read('web/cdk8s.yaml')).toContain('class: KubeVirtReview');
    expect(read('web/.github/workflows/manifests.yml')).toContain('uses: acme/cdk8s-kubevirt@v0.1.0 ');
  });

  test('writes ES modules, which name the files that they import', () => {
    init({ folder: 'web', esm: true }, folder, clone(), OWN);
    expect(project('web/package.json').type).toBe('module');
    expect(read('web/main.ts')).toContain("import { Web } from './web.js';");
    expect(read('web/web.test.ts')).toContain("import { Web } from './web.js';");
  });

  test('writes into the working folder, and leaves what stands there', () => {
    const root = clone();
    const target = path.join(folder, 'My VMs');
    fs.mkdirSync(target);
    fs.writeFileSync(path.join(target, 'README.md'), 'mine');
    expect(init({ esm: false }, target, root, OWN)).toMatchObject({
      folder: '.',
      next: 'npm install && npm run synth',
    });
    expect(project('My VMs/package.json').name).toBe('my-vms');
    expect(read('My VMs/README.md')).toBe('mine');
  });

  test('takes the packed file that npx installed, by its path from the project', () => {
    const root = installed('file:../../../clone/cdk8s-kubevirt-0.1.0.tgz');
    init({ folder: 'apps/web', esm: false }, folder, root, OWN);
    expect(project('apps/web/package.json').dependencies).toMatchObject({
      'cdk8s-kubevirt': 'file:../../clone/cdk8s-kubevirt-0.1.0.tgz',
    });
  });

  test('takes the version where npx installed it from a registry', () => {
    init({ folder: 'web', esm: false }, folder, installed('^0.1.0'), OWN);
    expect(project('web/package.json').dependencies).toMatchObject({ 'cdk8s-kubevirt': '^0.1.0' });
  });

  test('fails when a file would be overwritten, and writes nothing', () => {
    fs.mkdirSync(path.join(folder, 'web'));
    fs.writeFileSync(path.join(folder, 'web', 'main.ts'), 'mine');
    const root = clone();
    expect(() => init({ folder: 'web', esm: false }, folder, root, OWN)).toThrow(
      "'web' must not hold main.ts; name another folder, or move them away",
    );
    expect(fs.readdirSync(path.join(folder, 'web'))).toEqual(['main.ts']);
  });

  test.each([
    ['Web', `got "Web"; write 'web'`],
    ['_web', `got "_web"; write 'web'`],
    ['my vms', `got "my vms"; write 'my-vms'`],
    ['ä', `got "ä"`],
  ])('fails for the name %s', (name, message) => {
    const root = clone();
    expect(() => init({ folder: name, esm: false }, folder, root, OWN)).toThrow(message);
    expect(fs.existsSync(path.join(folder, name))).toBe(false);
  });

  test('fails in a clone that was not packed', () => {
    expect(() => init({ folder: 'web', esm: false }, folder, folder, OWN)).toThrow(
      `${folder}/cdk8s-kubevirt-0.1.0.tgz, which does not exist; run 'npm pack' in ${folder}`,
    );
  });
});

describe('cdk8s-kubevirt init', () => {
  const run = async (...argv: string[]) => {
    let [said, complaints] = ['', ''];
    const status = await main(['init', ...argv], {
      cwd: folder,
      stdin: () => Promise.resolve(Buffer.alloc(0)),
      say: (text) => (said += text),
      complain: (text) => (complaints += text),
    });
    return { status, said, complaints };
  };

  test('fails for two names and for an unknown option, in one line', async () => {
    expect(await run('a', 'b')).toEqual({
      status: Status.FAILED,
      said: '',
      complaints: `'NAME' must be one folder, got "a b"; see cdk8s-kubevirt init --help\n`,
    });
    expect((await run('--es')).complaints).toBe(
      `'--es' is no option of 'init'; write '--esm'; see cdk8s-kubevirt init --help\n`,
    );
  });
});
