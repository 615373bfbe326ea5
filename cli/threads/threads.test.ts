import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { report, reportWith } from '../../review/engine';
import { Listing, Reading } from '../../review/manifests/reader';
import { main } from '../main';
import { Threads } from './threads';

const machine = (name: string, more = ''): string => `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: ${name}
  namespace: shop
spec:
  runStrategy: Always
  template:
    spec:
      hostname: Web
      evictionStrategy: LiveMigrate
      domain:
        memory:
          guest: 1Gi
        devices:
          hostDevices:
            - name: h
              deviceName: x/y
${more}`;

const secret = (name: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\ndata:\n  password: hunter-2-${name}\n`;

/** Findings, faults, what is not checked, several roots and clusters, and every way of writing. */
const TREE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`vms/vm-${index}.yaml`, machine(`vm-${index}`)])),
  ...Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`secret-${index}.yaml`, secret(`s-${index}`)])),
  'again.yaml': machine('vm-3'),
  'placeholder.yaml': machine('x').replace('hostname: Web', 'hostname: ${HOST}'),
  'parts.yaml': `${machine('part-1')}---\n${machine('part-2')}`,
  'flow.yaml':
    '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: c}, spec: {accessModes: [ReadSometimes]}}\n',
  'objects.json':
    '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"B"}}\n{"kind":"Thing","apiVersion":"a.b/v1"}',
  'things.json': '{"kind":"Thing","apiVersion":"a.b/v1","metadata":{"name":"t"}}',
  'more-things.json': '{"kind":"Thing","apiVersion":"a.b/v1","metadata":{"name":"u"}}',
  'list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: {name: l}\n    data: {a: "!"}\n`,
  'broken.yaml': 'a: [1\n',
  'empty.yaml': '# nothing\n',
  'repeated.yaml': 'apiVersion: v1\nkind: Namespace\nkind: Namespace\nmetadata: {name: r}\n',
  'sealed.yaml': `${secret('sealed')}sops: {mac: ENC}\n`,
  'cluster-a/kubevirt.yaml':
    'apiVersion: kubevirt.io/v1\nkind: KubeVirt\nmetadata: {name: k}\nspec: {configuration: {developerConfiguration: {featureGates: [HostDevices]}}}\n',
  'cluster-a/vm.yaml': machine('a'),
  'cluster-b/kubevirt.yaml': 'apiVersion: kubevirt.io/v1\nkind: KubeVirt\nmetadata: {name: k}\nspec: {}\n',
  'cluster-b/vm.yaml': machine('b'),
  'base/kustomization.yaml': 'resources: [vm.yaml, gone.yaml]\n',
  'base/vm.yaml': machine('based'),
  'one/kustomization.yaml': 'resources: [../base]\nnamePrefix: one-\n',
  'two/kustomization.yaml': 'resources: [../base]\nnamespace: two\n',
  'steps/1-vm.yaml': machine('stepped'),
  'steps/2-vm.yaml': machine('stepped', '          gpus: []\n'),
};

let cwd: string;
beforeAll(() => {
  cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'threads-'));
  for (const [name, text] of Object.entries(TREE)) {
    fs.mkdirSync(path.join(cwd, path.dirname(name)), { recursive: true });
    fs.writeFileSync(path.join(cwd, name), text);
  }
});
afterAll(() => fs.rmSync(cwd, { recursive: true }));

async function run(...argv: readonly string[]): Promise<readonly [number, string]> {
  let text = '';
  const say = (more: string): void => void (text += more);
  const status = await main(argv, { cwd, stdin: () => Promise.resolve(Buffer.alloc(0)), say, complain: say });
  return [status, text];
}

describe('a check in several threads', () => {
  test.each([['json'], ['table'], ['sarif']])(
    'says what one thread says, as %s',
    async (format) => {
      const one = await run('check', '.', '--format', format, '--threads', '1');
      expect(one[1]).toContain('hostname-label');
      expect(one[1]).not.toContain('hunter');
      expect(await run('check', '.', '--format', format, '--threads', '3')).toEqual(one);
    },
    60_000,
  );

  test('says the same of every release, with what is meant and what is only a part', async () => {
    const options = ['--all-releases', '--accept', 'hostname-label@VirtualMachine/shop/vm-7=meant', '--closed'];
    const argv = ['check', '.', '--format', 'json', '--partial', 'VirtualMachine/shop/vm-8', ...options];
    expect(await run(...argv, '--threads', '2')).toEqual(await run(...argv, '--threads', '1'));
  }, 60_000);
});

describe('Threads', () => {
  const world = { stdin: () => Buffer.alloc(0) };
  const listing = (): Listing => new Listing(['.'], { ...world, cwd });
  const alone = () => {
    const { manifests } = new Reading(listing()).placed();
    return report(manifests);
  };

  test('leave to this one what they did not do where they end before they have read', async () => {
    const threads = new Threads(listing(), 3);
    threads.end();
    const { manifests } = new Reading(listing(), await threads.read()).placed();
    expect(await reportWith(threads, manifests, {})).toEqual(alone());
  }, 60_000);

  /** Threads that have read all files between them, and left none to this one. */
  const haveRead = async (): Promise<Threads> => {
    const threads = new Threads(listing(), 3);
    const until = Reflect.get(threads, 'until') as (isSo: (thread: { hasRead: boolean }) => boolean) => Promise<void>;
    await until.call(threads, ({ hasRead }) => hasRead);
    return threads;
  };

  test('leave to this one what one of them has read that ends before it is asked', async () => {
    const threads = await haveRead();
    const [first] = Reflect.get(threads, 'threads') as readonly { readonly worker: Worker }[];
    await first!.worker.terminate();
    const { manifests } = new Reading(listing(), await threads.read()).placed();
    expect(await reportWith(threads, manifests, {})).toEqual(alone());
    threads.end();
  }, 60_000);

  test('leave to this one what they did not do where they end before they have judged', async () => {
    const threads = await haveRead();
    const { manifests } = new Reading(listing(), await threads.read()).placed();
    const said = reportWith(threads, manifests, {});
    threads.end();
    expect(await said).toEqual(alone());
  }, 60_000);
});
