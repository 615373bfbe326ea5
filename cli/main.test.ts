import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { main, Status } from './main';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n';
const WRONG = `${SECRET}stringdata: {}\n`;
const WAITS = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: a}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, storageClassName: fast}
`;

const KUBEVIRT = `apiVersion: kubevirt.io/v1
kind: KubeVirt
metadata: {name: kubevirt, namespace: kubevirt}
spec: {imageTag: v1.7.2}
`;

let cwd: string;
beforeEach(() => (cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'check-'))));
afterEach(() => fs.rmSync(cwd, { recursive: true }));

const write = (name: string, text: string) => fs.writeFileSync(path.join(cwd, name), text);

async function run(...argv: string[]) {
  const said: string[] = [];
  const complaints: string[] = [];
  const status = await main(argv, {
    cwd,
    stdin: () => Promise.resolve(Buffer.from(WRONG)),
    say: (text) => said.push(text),
    complain: (text) => complaints.push(text),
  });
  return { status, said: said.join(''), complaints: complaints.join('') };
}

describe('cdk8s-kubevirt check', () => {
  test('answers 0 when nothing is wrong', async () => {
    write('a.yaml', SECRET);
    expect(await run('check', '--kubevirt', 'v1.6.2', '--cdi', 'v1.63.1', 'a.yaml')).toEqual({
      status: Status.GOOD,
      said: 'KubeVirt v1.6.2 and CDI v1.63.1, as the options say\n\n' + '0 errors, 0 warnings in 1 object\n',
      complaints: '',
    });
  });

  test('answers 1 when an error is found, and shows where', async () => {
    write('a.yaml', `${SECRET.replace('name: a', 'name: b')}---\n${WRONG}`);
    const { status, said } = await run('check', '.');
    expect(status).toBe(Status.FOUND);
    expect(said).toContain(`a.yaml
  Secret a
    a.yaml:10:1  error  stringdata  [schema-unknown-field]
      'stringdata' is no field of Secret v1; the API server drops it; write 'stringData'
`);
  });

  test('answers 2 for a file above the limit of size, which --max-size raises', async () => {
    write('a.yaml', SECRET);
    const { status, said } = await run('check', 'a.yaml', '--max-size', '20');
    expect(status).toBe(Status.FAILED);
    expect(said).toContain('a.yaml  error  must be at most 20 bytes, got 48 bytes; split it, or raise --max-size\n');
    expect((await run('check', 'a.yaml', '--max-size', '1Ki')).status).toBe(Status.GOOD);
    expect((await run('inventory', 'a.yaml', '--max-size', '20')).complaints).toContain('must be at most 20 bytes');
  });

  test.each(['0', '-1', 'much', '501Mi', '0.5'])('answers 2 for --max-size %s', async (size) => {
    const { status, complaints } = await run('check', 'a.yaml', `--max-size=${size}`);
    expect(status).toBe(Status.FAILED);
    expect(complaints).toContain(`'--max-size' must be a size from 1 to 500Mi, such as '256Mi', got "${size}"`);
  });

  test('reads standard input', async () => {
    const { status, said } = await run('check', '-');
    expect(status).toBe(Status.FOUND);
    expect(said).toContain('standard input\n  Secret a\n    5:1  error');
  });

  test('answers 0 for a warning, and 1 when it is strict', async () => {
    write('a.yaml', WAITS);
    expect((await run('check', 'a.yaml')).status).toBe(Status.GOOD);
    expect((await run('check', '--strict', 'a.yaml')).status).toBe(Status.GOOD);
    expect((await run('check', '--strict', '--closed', 'a.yaml')).status).toBe(Status.FOUND);
    expect((await run('check', '--strict', '--closed', '--external', 'StorageClass/fast', 'a.yaml')).status).toBe(
      Status.GOOD,
    );
  });

  test('answers 2 when something cannot be read, and shows the rest', async () => {
    write('a.yaml', 'a: [');
    write('b.yaml', WRONG);
    const { status, said } = await run('check', '.');
    expect(status).toBe(Status.FAILED);
    expect(said).toMatch(/^Input\n {2}a\.yaml:1:5 {2}error {2}must be YAML: /m);
    expect(said).toContain('b.yaml\n  Secret a\n');
  });

  test('answers 2 when there is nothing to review', async () => {
    write('a.yaml', '# nothing');
    expect((await run('check', 'a.yaml')).status).toBe(Status.FAILED);
    expect((await run('check', 'missing')).status).toBe(Status.FAILED);
  });

  test('says what it does not check', async () => {
    write('a.yaml', 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n');
    const { status, said } = await run('check', 'a.yaml');
    expect(status).toBe(Status.GOOD);
    expect(said).toMatch(/Unchecked\n {2}a\.yaml Thing a: no schema of example\.com\/v1 Thing/);
  });

  test('lists what is accepted', async () => {
    write('a.yaml', WRONG);
    for (const what of ['schema-unknown-field', 'schema-unknown-field@Secret/a']) {
      const { status, said } = await run('check', 'a.yaml', '--accept', `${what}=it is = meant`);
      expect(status).toBe(Status.GOOD);
      expect(said).toContain('Secret a  stringdata  [schema-unknown-field]  accepted: it is = meant');
    }
    expect((await run('check', 'a.yaml', '--accept', 'schema-unknown-field@Secret/b=x')).status).toBe(Status.FOUND);
  });

  test('takes the release that an object names, and says so first', async () => {
    write('a.yaml', SECRET);
    fs.mkdirSync(path.join(cwd, 'cluster'));
    write('cluster/kubevirt.yaml', KUBEVIRT);
    expect((await run('check', 'a.yaml')).said).toMatch(
      /^KubeVirt v1\.9\.0 and CDI v1\.66\.0, the newest that are held: name those of your cluster by --kubevirt and --cdi/,
    );
    expect((await run('check', '.')).said).toMatch(
      /^KubeVirt v1\.7\.4 and CDI v1\.64\.0, since spec\.imageTag of KubeVirt kubevirt\/kubevirt in cluster\/kubevirt\.yaml says v1\.7\.2, which is not held: the nearest that is held is v1\.7\.4/,
    );
    expect((await run('check', '.', '--kubevirt', 'v1.6.2')).said).toMatch(
      /^KubeVirt v1\.6\.2 and CDI v1\.63\.1, as the options/,
    );
  });

  test('says under --all-releases what an upgrade would newly refuse and drop', async () => {
    write(
      'a.yaml',
      'apiVersion: pool.kubevirt.io/v1alpha1\nkind: VirtualMachinePool\nmetadata: {name: a, namespace: a}\nspec: {}\n',
    );
    write(
      'b.yaml',
      'apiVersion: instancetype.kubevirt.io/v1alpha2\nkind: VirtualMachinePreference\nmetadata: {name: b, namespace: a}\nspec: {}\n',
    );
    const { said } = await run('check', '.', '--all-releases', '--kubevirt', 'v1.5.3');
    expect(said).toContain(
      'Upgrade\n  to KubeVirt v1.6.2 and CDI v1.63.1: 1 newly refused, switches on ClusterProfiler, InstancetypeReferencePolicy, VMPersistentState\n',
    );
    const { said: later } = await run('check', 'b.yaml', '--all-releases', '--kubevirt', 'v1.8.4');
    expect(later).toMatch(
      /\nUpgrade\n {2}to KubeVirt v1\.9\.0 and CDI v1\.66\.0: switches on .*\bSnapshot, .*\bVMExport\b.*\n/,
    );
  });

  test('says what the storage will make of a claim, where it is told of it', async () => {
    write(
      'a.yaml',
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: disk-a, namespace: lab}\nspec: {storageClassName: nfs, volumeMode: Block, accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}\n',
    );
    expect((await run('check', 'a.yaml')).status).toBe(Status.GOOD);
    fs.writeFileSync(
      path.join(cwd, 'storage.txt'),
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: nfs}\nprovisioner: nfs.csi.k8s.io\n',
    );
    const told = await run('check', 'a.yaml', '--storage', 'storage.txt', '--backend', 'nfs=filer');
    expect(told.status).toBe(Status.FOUND);
    expect(told.said).toContain('spec.volumeMode  [claim-modes-offered]');
    expect((await run('check', 'a.yaml', '--backend', 'nfs=filer')).complaints).toContain(
      "nothing was reviewed: '--backend' must stand beside '--storage'",
    );
  });

  test('takes releases', async () => {
    write('a.yaml', SECRET);
    expect((await run('check', 'a.yaml', '--kubevirt', 'v1.9.0', '--cdi', 'v1.66.0')).said).toContain(
      'KubeVirt v1.9.0 and CDI v1.66.0, as the options say',
    );
    expect(await run('check', 'a.yaml', '--kubevirt', 'v1')).toMatchObject({
      status: Status.FAILED,
      complaints: expect.stringContaining("'kubevirt' must be"),
    });
  });

  test.each([
    [['check'], 'name a file, a folder, or - for standard input'],
    [
      ['verify', 'a'],
      `'command' must be 'init', 'check', 'inventory', 'diff', 'import', 'rules', 'explain' or 'help', got "verify"`,
    ],
    [
      ['toString', 'a'],
      `'command' must be 'init', 'check', 'inventory', 'diff', 'import', 'rules', 'explain' or 'help', got "toString"`,
    ],
    [[], `'command' must be 'init', 'check', 'inventory', 'diff', 'import', 'rules', 'explain' or 'help', got nothing`],
    [['check', 'a', '--format', 'csv'], `'--format' must be one of table, json, sarif, github, html, got "csv"`],
    [['check', 'a', '--format', 'constructor'], `'--format' must be one of`],
    [['check', 'a', '--format', 'xml'], `'--format' must be one of table, json, sarif, github, html, got "xml"`],
    [['check', 'a', '--external', 'Secret'], `'--external' must be KIND/NAME or KIND/NAMESPACE/NAME, got "Secret"`],
    [['check', 'a', '--external', 'Secret//a'], `'--external' must be`],
    [['check', 'a', '--accept', 'rule= '], `'--accept' must be RULE=REASON`],
    [['check', 'a', '--wrong'], `'--wrong' is no option of 'check'; see`],
    [['check', 'a', '--strct'], `'--strct' is no option of 'check'; write '--strict'; see`],
    [['chekc', 'a'], `got "chekc"; write 'check'; see`],
    [['help', 'chekc'], `got "chekc"; write 'check'; see`],
    [['check', 'a', '--format', 'sarf'], `got "sarf"; write 'sarif'; see`],
    [['inventory'], 'name a file, a folder, or - for standard input'],
    [['inventory', 'a', '--format', 'table'], `'--format' must be one of markdown, json, csv, html, got "table"`],
    [['inventory', 'a', '--strict'], `'--strict' is no option of 'inventory'`],
    [['inventory', 'a', '--architecture', 'arm64'], `'--architecture' is no option of 'inventory'`],
    [['inventory', 'a', '--storage'], `'--storage' must have a value, got nothing`],
  ])('fails when the command line is %j', async (argv, message) => {
    const { status, said, complaints } = await run(...argv);
    expect(status).toBe(Status.FAILED);
    expect(said).toBe('');
    expect(complaints).toContain(message);
    expect(complaints).toMatch(/^[^\n]*; see cdk8s-kubevirt (check |inventory )?--help\n$/);
  });

  test('says how it is used, and its version', async () => {
    expect((await run('--help')).said).toMatch(/^Usage: cdk8s-kubevirt init .*\n +cdk8s-kubevirt check +\[.*\n/);
    expect(await run('help')).toEqual(await run('--help'));
    expect(await run('help', 'check')).toEqual(await run('check', '--help'));
    expect((await run('diff', '-h')).said).toMatch(/^Usage: cdk8s-kubevirt diff \[/);
    expect((await run('check', '--help')).said).toMatch(/^Usage: cdk8s-kubevirt check \[.*--strict/s);
    expect((await run('inventory', '-h')).said).toMatch(/^Usage: cdk8s-kubevirt inventory \[.*--storage FILE/s);
    expect((await run('--version')).said).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each(['check', 'inventory'])(
    '%s reads the whole output where a synth was cut off, and says so in one line',
    async (command) => {
      const ID = '0123456789abcdef';
      fs.writeFileSync(path.join(cwd, '.dist.synth-journal'), `{"version":1,"id":"${ID}","old":[],"new":[]}`);
      fs.mkdirSync(path.join(cwd, `.dist.synth-${ID}-old`));
      fs.writeFileSync(path.join(cwd, `.dist.synth-${ID}-old`, 'a.yaml'), command === 'check' ? WRONG : DISK);
      const { status, said, complaints } = await run(command, 'dist');
      expect(complaints).toBe(
        'dist: a synth was cut off while it replaced this output; read is the old one, which is whole; the next synth puts it back\n',
      );
      expect(status).toBe(command === 'check' ? Status.FOUND : Status.GOOD);
      if (command === 'check') expect(said).toMatch(/^dist\/a\.yaml\n {2}Secret a\n {4}dist\/a\.yaml:5:1 {2}error/m);
      expect(fs.readdirSync(cwd).sort()).toEqual([`.dist.synth-${ID}-old`, '.dist.synth-journal']);
    },
  );

  test('runs as a program, without loading the constructs', () => {
    write('a.yaml', WRONG);
    const program = path.join(__dirname, 'cdk8s-kubevirt.cjs');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, 'check', '--format', 'json', 'a.yaml', '-'],
      {
        cwd,
        input: SECRET,
        encoding: 'utf8',
      },
    );
    expect([status, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toMatchObject({ objects: 2, findings: [{ field: 'stringdata', line: 5, column: 1 }] });
  });
});

const DISK = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, storageClassName: fast}
`;

describe('cdk8s-kubevirt inventory', () => {
  test('counts a folder, as Markdown unless another format is asked for', async () => {
    write('a.yaml', DISK);
    const { status, said, complaints } = await run('inventory', '.');
    expect([status, complaints]).toEqual([Status.GOOD, '']);
    expect(said).toMatch(/^# Inventory\n\n0 VMs, 1 claim, 1Gi requested\.\n/);
    expect((await run('inventory', 'a.yaml', '--format', 'csv')).said).toContain(
      '\r\n,shop,,,,data,,1073741824,1073741824,fast,ReadWriteOnce,Filesystem,',
    );
    const { said: json } = await run('inventory', '--format', 'json', 'a.yaml');
    expect(JSON.parse(json)).toMatchObject({ total: { claims: 1, bytes: 1073741824 }, hasCatalog: false });
  });

  test('answers 2 where no VM and no claim is found, and says what it looked for', async () => {
    const { status, said, complaints } = await run('inventory', '-');
    expect([status, said]).toEqual([Status.FAILED, '']);
    expect(complaints).toBe(
      'nothing was counted: no VM and no claim stands in -: looked for VirtualMachine, VirtualMachineInstance, VirtualMachineInstanceReplicaSet, VirtualMachinePool, PersistentVolumeClaim, DataVolume, StatefulSet\n',
    );
  });

  test('counts what will make claims later, though none stands yet', async () => {
    const cron = `apiVersion: cdi.kubevirt.io/v1beta1
kind: DataImportCron
metadata: {name: images}
spec: {managedDataSource: os, template: {spec: {source: {registry: {url: 'docker://x'}}}}}
`;
    write('a.yaml', cron);
    const { status, said } = await run('inventory', 'a.yaml');
    expect(status).toBe(Status.GOOD);
    expect(said).toContain('What 1 object will make besides is in no sum');
  });

  test('answers 2 when something cannot be read, says so on standard error, and counts the rest', async () => {
    write('a.yaml', 'a: [');
    write('b.yaml', DISK);
    const { status, said, complaints } = await run('inventory', '.');
    expect(status).toBe(Status.FAILED);
    expect(complaints).toMatch(/^a\.yaml:1:5: error: must be YAML: /);
    expect(said).toContain('1 claim, 1Gi requested.');
  });

  test('answers 2 when nothing is there to count', async () => {
    write('a.yaml', '# nothing');
    expect(await run('inventory', 'a.yaml')).toEqual({
      status: Status.FAILED,
      said: '',
      complaints: 'a.yaml: warning: holds no manifest\nnothing was counted: no manifest stands in a.yaml\n',
    });
    expect((await run('inventory', 'missing')).complaints).toMatch(/^missing: error: .*\nnothing was counted: /);
  });

  test.each([
    [['--storage', 'none.yaml'], `'--storage' must be a file that can be read, got "none.yaml": ENOENT`],
    [['--storage', '.'], `'--storage' must be a regular file or a pipe, got a folder: "."`],
    [['--storage', 'picture'], `'--storage' must be text, got "picture", which is not text`],
    [['--backend', 'a=x'], `'--backend' must stand beside '--storage', got "a=x" alone`],
    [['--storage', 'a.yaml', '--backend', 'a'], `'--storage' must hold a StorageClass`],
  ])('answers 2 for %j', async (options, message) => {
    write('a.yaml', DISK);
    fs.writeFileSync(path.join(cwd, 'picture'), Buffer.from([0xff, 0x00, 0x80]));
    const { status, said, complaints } = await run('inventory', 'a.yaml', ...options);
    expect([status, said]).toEqual([Status.FAILED, '']);
    expect(complaints).toContain(`nothing was counted: ${message}`);
  });

  test('runs as a program, and counts below the folder from which npm was called', () => {
    write('a.yaml', DISK);
    const program = path.join(__dirname, 'cdk8s-kubevirt.cjs');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, 'inventory', '--format', 'json', 'a.yaml'],
      {
        env: { ...process.env, npm_lifecycle_event: 'inventory', INIT_CWD: cwd },
        encoding: 'utf8',
      },
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ total: { claims: 1 } });
  });
});
