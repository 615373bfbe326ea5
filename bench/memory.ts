import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure, ROOT } from './process';

/** How many times its size a file at the limit of size may take in memory. */
const MOST = 6;

/** The limit of the command: `--max-size`. */
const LIMIT = 256 * 2 ** 20;

/** Takes files at the limit of size through the commands, and fails where one takes too much memory. */
export function memory(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-memory-'));
  try {
    for (const [title, object] of Object.entries(OBJECTS)) {
      const file = join(folder, 'large.yaml');
      fill(file, object);
      for (const [command, paths] of Object.entries(WORDS[title] ?? CHECK)) {
        const size = statSync(file).size * paths;
        const taken = memoryOf([command, ...Array.from({ length: paths }, () => file)]);
        const times = taken / size;
        console.log(
          `${command.padEnd(9)} ${title.padEnd(30)} ${mega(size)} take ${mega(taken)}: ${times.toFixed(1)} times`,
        );
        if (times > MOST) process.exitCode = 1;
      }
      rmSync(file);
    }
    console.log(`goal: at most ${MOST} times`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The commands that files of such objects are taken through, and how often each is given the file: `diff` takes OLD and NEW. */
const CHECK: Readonly<Record<string, number>> = { check: 1 };
const WORDS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'claims in block style': { check: 1, inventory: 1, diff: 2 },
  machines: { check: 1, inventory: 1, diff: 2 },
};

/** Documents in flow style are read by js-yaml, those in block style by the plain reader. */
const OBJECTS: Readonly<Record<string, (index: number) => string>> = {
  'claims in flow style': (index) =>
    index === 0 ? CLASS : claim(`metadata: { name: c${index}, namespace: a }`, ' { storage: 1Gi }'),
  'claims in block style': (index) =>
    index === 0 ? CLASS : claim(`metadata:\n  name: c${index}\n  namespace: a`, '\n      storage: 1Gi'),
  'claims, each with a finding': (index) =>
    index === 0
      ? CLASS
      : `${claim(`metadata:\n  name: c${index}\n  namespace: a`, '\n      storage: 1Gi')}  retained: true\n`,
  DataVolumes: (index) => `---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: d${index}, namespace: a }
spec:
  source: { blank: {} }
  storage: { resources: { requests: { storage: 1Gi } } }
`,
  machines: (index) => `---
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: vm${index}, namespace: a }
spec:
  runStrategy: Always
  template:
    spec:
      domain:
        devices: { disks: [{ name: root, disk: { bus: virtio } }], interfaces: [{ name: default, masquerade: {} }] }
        memory: { guest: 2Gi }
      networks: [{ name: default, pod: {} }]
      volumes: [{ name: root, containerDisk: { image: "quay.io/containerdisks/fedora:41" } }]
`,
};

const CLASS = `---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: rbd.csi.ceph.com
`;

function claim(metadata: string, request: string): string {
  return `---
apiVersion: v1
kind: PersistentVolumeClaim
${metadata}
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:${request}
  storageClassName: fast
`;
}

/** Writes objects up to the limit. */
function fill(file: string, object: (index: number) => string): void {
  let index = 0;
  for (let size = 0; ;) {
    const part = Array.from({ length: 10_000 }, () => object(index++)).join('');
    size += Buffer.byteLength(part);
    if (size > LIMIT) return;
    appendFileSync(file, part);
  }
}

/** The most memory that a command takes, in bytes. */
function memoryOf(words: readonly string[]): number {
  const command = ['--require', join(__dirname, 'memory-run.cjs'), join(ROOT, 'cli', 'cdk8s-kubevirt.cjs')];
  const done = spawnSync(process.execPath, [...command, ...words, '--format', 'json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: tmpdir(),
  });
  const [, kilobytes] = /most memory: (\d+)/.exec(done.stderr) ?? [];
  if (kilobytes === undefined) throw failure('check', done);
  return Number(kilobytes) * 1024;
}

function mega(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
