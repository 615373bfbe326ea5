import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { load } from 'js-yaml';
import { readTree, synthScenario } from './chapters/testing/scenario';
import { review, ReviewOptions } from './review';
import { readManifests } from './review/manifests/reader';

/** The part of cdk8s.yaml that says what stands outside the manifests. */
interface Config {
  readonly validations: readonly { readonly properties: ReviewOptions }[];
}

const root = __dirname;
const files = synthScenario();
const chapters = [...new Set([...files.keys()].filter((path) => path.includes('/')).map((path) => path.split('/')[0]))];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'main-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs Node in a process of its own, with nothing of the environment but what is given. */
async function node(args: string[], cwd: string, env: Record<string, string>): Promise<string> {
  const project = { TS_NODE_PROJECT: join(root, 'tsconfig.json'), CDK8S_CHECK_UPGRADE: 'false' };
  const all = { PATH: process.env.PATH, HOME: folder, ...project, ...env };
  const { stdout } = await promisify(execFile)('node', args, { cwd, env: all, maxBuffer: 2 ** 24 });
  return stdout;
}

/** The files that `main.ts` writes, run in some folder and environment. */
async function synth(name: string, cwd: string, env: Record<string, string>): Promise<Map<string, string>> {
  const outdir = join(folder, name);
  const main = [
    '-C',
    'cdk8s-kubevirt-source',
    '--require',
    join(root, 'scripts/source-loader.cjs'),
    join(root, 'main.ts'),
  ];
  await node(main, cwd, { CDK8S_OUTDIR: outdir, ...env });
  return readTree(outdir);
}

test('the scenario is these files', () => {
  expect([...files.keys()]).toEqual([
    '.cdk8s-files',
    '0-lab-prep/1-kubevirt.k8s.yaml',
    '0-lab-prep/2-cdi.k8s.yaml',
    '0-lab-prep/3-upload-proxy.k8s.yaml',
    '0-lab-prep/4-dashboard.k8s.yaml',
    '0-lab-prep/RUNBOOK.md',
    '1-1-pvc-upload/1-disk.k8s.yaml',
    '1-1-pvc-upload/2-vm.k8s.yaml',
    '1-1-pvc-upload/RUNBOOK.md',
    '1-2-registry-import/1-disk.k8s.yaml',
    '1-2-registry-import/2-vm.k8s.yaml',
    '1-2-registry-import/RUNBOOK.md',
    '1-3-upload/1-disk.k8s.yaml',
    '1-3-upload/2-vm.k8s.yaml',
    '1-3-upload/RUNBOOK.md',
    '1-4-clone-same-class/1-a-copy.k8s.yaml',
    '1-4-clone-same-class/2-b-copy-other-namespace.k8s.yaml',
    '1-4-clone-same-class/3-snapshot-class.k8s.yaml',
    '1-4-clone-same-class/4-c-snapshot.k8s.yaml',
    '1-4-clone-same-class/5-d-snapshot-other-namespace.k8s.yaml',
    '1-4-clone-same-class/6-csi-clone-profile.k8s.yaml',
    '1-4-clone-same-class/7-e-csi-clone.k8s.yaml',
    '1-4-clone-same-class/8-f-csi-clone-other-namespace.k8s.yaml',
    '1-4-clone-same-class/RUNBOOK.md',
    '1-5-clone-across-classes/1-iscsi2-class.k8s.yaml',
    '1-5-clone-across-classes/2-iscsi2-copy-profile.k8s.yaml',
    '1-5-clone-across-classes/3-iscsi2-copy.k8s.yaml',
    '1-5-clone-across-classes/4-nvme-copy-profile.k8s.yaml',
    '1-5-clone-across-classes/5-nvme-copy.k8s.yaml',
    '1-5-clone-across-classes/6-iscsi2-snapshot-profile.k8s.yaml',
    '1-5-clone-across-classes/7-iscsi2-snapshot.k8s.yaml',
    '1-5-clone-across-classes/8-nfs-export.k8s.yaml',
    '1-5-clone-across-classes/9-nfs-import.k8s.yaml',
    '1-5-clone-across-classes/RUNBOOK.md',
    '1-6-template-catalogue/1-templates.k8s.yaml',
    '1-6-template-catalogue/2-snapshots.k8s.yaml',
    '1-6-template-catalogue/3-vm1.k8s.yaml',
    '1-6-template-catalogue/4-vm2.k8s.yaml',
    '1-6-template-catalogue/5-vm3.k8s.yaml',
    '1-6-template-catalogue/6-vm4.k8s.yaml',
    '1-6-template-catalogue/RUNBOOK.md',
    '2-secondary-disks/1-disks.k8s.yaml',
    '2-secondary-disks/2-attached.k8s.yaml',
    '2-secondary-disks/3-without-cloud-init.k8s.yaml',
    '2-secondary-disks/4-data1-grown.k8s.yaml',
    '2-secondary-disks/5-data2-hotplugged.k8s.yaml',
    '2-secondary-disks/6-data2-grown.k8s.yaml',
    '2-secondary-disks/7-data2-detached.k8s.yaml',
    '2-secondary-disks/8-data2-attached-again.k8s.yaml',
    '2-secondary-disks/RUNBOOK.md',
    '3-uefi/1-alpine-disk.k8s.yaml',
    '3-uefi/2-alpine-vm.k8s.yaml',
    '3-uefi/3-alpine-migration.k8s.yaml',
    '3-uefi/4-ubuntu-disk.k8s.yaml',
    '3-uefi/5-ubuntu-vm.k8s.yaml',
    '3-uefi/6-ubuntu-migration.k8s.yaml',
    '3-uefi/RUNBOOK.md',
    'INVENTORY.md',
    'README.md',
  ]);
});

describe('the golden file', () => {
  test.each([...files.keys()].filter((path) => path.endsWith('.yaml')))('%s', (path) => {
    expect(files.get(path)).toMatchSnapshot();
  });
});

test('dist/ holds what a synth writes', () => {
  const committed = readTree(join(root, 'dist'));
  // Where it stands, the cdk8s command line asked for it; Git ignores it.
  committed.delete('construct-metadata.json');
  expect(committed).toEqual(files);
});

describe('the app', () => {
  test('writes the same bytes whatever the time zone, the language and the working folder', async () => {
    const elsewhere = join(folder, 'work');
    mkdirSync(elsewhere);
    const [here, there] = await Promise.all([
      synth('here', root, { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }),
      synth('there', elsewhere, { TZ: 'America/St_Johns', LANG: 'C' }),
    ]);
    expect(here).toEqual(files);
    expect(there).toEqual(files);
  }, 30_000);

  test('streams the steps in the order of their names, `---` between, under --stdout', async () => {
    const stream = await node([join(root, 'scripts/cdk8s-cli.cjs'), 'synth', '--stdout'], root, {});
    const manifests = [...files].flatMap(([path, text]) => (path.endsWith('.yaml') ? [text] : []));
    expect(stream.trimEnd()).toBe(manifests.join('---\n').trimEnd());
  }, 30_000);

  test('holds nothing that the review finds fault with', () => {
    const { validations } = load(readFileSync(join(root, 'cdk8s.yaml'), 'utf8')) as Config;
    const { manifests, faults } = readManifests([join(root, 'dist')], { cwd: root, stdin: () => Buffer.alloc(0) });
    expect(faults).toEqual([]);
    expect(review(manifests, validations[0]?.properties)).toEqual([]);
  });

  test('adds the chapters in the order of their names', () => {
    expect(chapters).toEqual([
      '0-lab-prep',
      '1-1-pvc-upload',
      '1-2-registry-import',
      '1-3-upload',
      '1-4-clone-same-class',
      '1-5-clone-across-classes',
      '1-6-template-catalogue',
      '2-secondary-disks',
      '3-uefi',
    ]);
  });
});

test('every chapter has its row in the table of the README', () => {
  const rows = readFileSync(join(root, 'README.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const missing = chapters.filter((chapter) => !rows.some((row) => row.split('|')[1]?.includes(`dist/${chapter}/`)));
  expect(missing).toEqual([]);
});
