import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { KubeVirtReview, KubeVirtReviewProps } from './plugin';

const ROOT = path.join(__dirname, '..');

/** Two Secrets with one name in two namespaces; the first is wrong in a field. */
const APP = `
require(${JSON.stringify(path.join(ROOT, 'cli', 'cdk8s-kubevirt.cjs'))});
const { ApiObject, App, Chart } = require('cdk8s');
const { ManifestApp } = require(${JSON.stringify(path.join(ROOT, 'constructs'))});
const app = process.env.STOCK ? new App() : new ManifestApp();
for (const namespace of ['default', 'kube-system']) {
  const chart = new Chart(app, 'in-' + namespace, { namespace });
  const more = namespace === 'default' ? { stringdata: { long: 'x'.repeat(200000) } } : {};
  new ApiObject(chart, 'login', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login' }, ...more });
}
app.synth();
`;

let cwd: string;
beforeEach(() => {
  cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'plugin-'));
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(cwd, 'node_modules'));
  fs.writeFileSync(path.join(cwd, 'main.cjs'), APP);
  fs.symlinkSync(ROOT, path.join(cwd, 'package'));
  fs.writeFileSync(
    path.join(cwd, 'cdk8s.yaml'),
    `language: typescript
app: node main.cjs
validations:
  - package: ./package/cli/cdk8s-kubevirt.cjs
    version: 0.1.0
    class: KubeVirtReview
`,
  );
});
afterEach(() => fs.rmSync(cwd, { recursive: true }));

function cdk8s(env: Record<string, string>, ...args: string[]) {
  return spawnSync(process.execPath, [path.join(ROOT, 'scripts', 'cdk8s-cli.cjs'), 'synth', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', CDK8S_OUTDIR: '', ...env },
  });
}

describe('KubeVirtReview', () => {
  test('fails what is wrong, with the path of the construct, whatever has the same name', () => {
    const { status, stdout } = cdk8s({});
    expect(status).toBe(2);
    expect(stdout).toContain('schema-unknown-field (1 occurrences)');
    expect(stdout).toContain('Construct Path: in-default/login\n');
    expect(stdout).toContain('Manifest Path: dist/in-default.k8s.yaml\n');
    expect(stdout).toContain("> stringdata: 'stringdata' is no field of Secret v1");
  });

  test('names no construct, rather than a wrong one, where the app is of cdk8s and two objects share a name', () => {
    const { status, stdout } = cdk8s({ STOCK: '1' });
    expect(status).toBe(2);
    expect(stdout).toContain('Construct Path: N/A\n');
    expect(stdout).toContain('Resource Name: Secret default/login\n');
  });

  test('refuses properties that it does not have, with what to write', () => {
    const properties = { externals: [], external: ['StorageClass/fast'] } as unknown as KubeVirtReviewProps;
    expect(() => new KubeVirtReview(properties)).toThrow(
      `[review] 'externals' is no option; write 'external'; 'external[0]' must be { kind, name } with or without namespace, got "StorageClass/fast"; write { kind: StorageClass, name: fast }`,
    );
  });

  test('takes what cdk8s-kubevirt.yaml of the folder says before its properties, and says so', () => {
    const project = path.join(cwd, 'cdk8s.yaml');
    fs.appendFileSync(project, '    properties: { strict: true, kubevirt: v1.6.2 }\n');
    fs.writeFileSync(
      path.join(cwd, 'cdk8s-kubevirt.yaml'),
      'kubevirt: v1.7.4\naccept: [{ rule: schema-unknown-field, object: { kind: Secret }, reason: known }]\n',
    );
    const { status, stdout } = cdk8s({});
    expect(status).toBe(0);
    expect(stdout).toContain('KubeVirt v1.7.4 and CDI v1.64.0');
    expect(stdout).toContain('cdk8s-kubevirt.yaml (accept, kubevirt)');
  });

  test('knows what the constructs were given as being in the cluster, and fails a quantity that became null', () => {
    fs.writeFileSync(
      path.join(cwd, 'main.cjs'),
      `require(${JSON.stringify(path.join(ROOT, 'cli', 'cdk8s-kubevirt.cjs'))});
const { ApiObject, App, Chart, Size } = require('cdk8s');
const { k8s } = require('cdk8s-plus-27');
const K = require(${JSON.stringify(path.join(ROOT, 'constructs'))});
const app = process.env.STOCK ? new App() : new K.ManifestApp();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
if (process.env.STOCK) {
  new k8s.KubePersistentVolumeClaim(chart, 'data', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
} else {
  const claim = { metadata: { name: 'other' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: k8s.Quantity.fromString('1Gi') } } } };
  new k8s.KubePersistentVolumeClaim(chart, 'other', claim);
  const bootDisk = K.Disk.fromClaimName('boot');
  new K.BootableVM(chart, 'web', { bootDisk, memory: Size.gibibytes(2) });
}
app.synth();
`,
    );
    const known = cdk8s({});
    expect(known.stdout).toContain('0 errors, 0 warnings in 2 objects');
    const { status, stdout } = cdk8s({ STOCK: '1' });
    expect(status).toBe(2);
    expect(stdout).toContain('quantity-lost (1 occurrences)');
    expect(stdout).toContain('> spec.resources.requests.storage: must be a quantity, got null');
  });

  test('says where a file cannot be read, as far as it is known', async () => {
    const [broken, latin] = ['broken.yaml', 'latin.yaml'].map((name) => path.join(cwd, name)) as [string, string];
    fs.writeFileSync(broken, 'kind: Secret\n  a: b\n');
    fs.writeFileSync(latin, Buffer.from('kind: \xfe\n', 'latin1'));
    const said: unknown[] = [];
    await new KubeVirtReview().validate({
      manifests: [broken, latin],
      metadata: {},
      report: {
        addViolation: ({ ruleName, violatingResources }) => said.push([ruleName, violatingResources]),
        submit: (status) => said.push(status),
      },
    });
    expect(said).toEqual([
      ['input', [{ resourceName: 'none', locations: ['line 2, column 4'], manifestPath: broken }]],
      ['input', [{ resourceName: 'none', locations: [], manifestPath: latin }]],
      'failure',
    ]);
  });

  test('keeps the stream of --stdout clean, and whole when the review fails', () => {
    const plain = cdk8s({}, '--stdout', '--no-validate');
    const { status, stdout, stderr } = cdk8s({}, '--stdout');
    expect(plain.status).toBe(0);
    expect(status).toBe(2);
    expect(stdout.length).toBeGreaterThan(200_000);
    expect(stdout === plain.stdout).toBe(true);
    expect(stderr).toContain('schema-unknown-field (1 occurrences)');
    expect(stderr).toContain('Construct Path: in-default/login\n');
  });
});
