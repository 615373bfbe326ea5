import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { report } from '..';
import { Reviewed } from '../manifests/manifest';
import { readManifests } from '../manifests/reader';
import { Root } from '../manifests/roots/root';
import { asStates } from './states';

let cwd: string;
beforeEach(() => (cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'steps-'))));
afterEach(() => fs.rmSync(cwd, { recursive: true }));

function run(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(cwd, name), text);
  const { manifests } = readManifests(['.'], { cwd, stdin: () => Buffer.alloc(0) });
  return report(manifests).findings.map(({ rule, severity, object }) => `${object.file} ${severity} ${rule}`);
}

const dataVolume = (name: string, source: string, size: string) => `apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: ${name}, namespace: team-a }
spec:
  source: { ${source} }
  pvc:
    accessModes: [ReadWriteMany]
    volumeMode: Block
    storageClassName: fast
    resources: { requests: { storage: ${size} } }
`;
const machine = (disk: string, strategy = '') => `---
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: app, namespace: team-a }
spec:
  runStrategy: Always
${strategy}  template:
    spec:
      domain:
        memory: { guest: 2Gi }
        devices: { disks: [{ name: root, disk: { bus: virtio } }] }
      volumes: [{ name: root, dataVolume: { name: ${disk} } }]
`;
const web = (version: string) =>
  dataVolume('boot', `http: { url: "https://images.example.org/app-${version}.qcow2" }`, '20Gi');

describe('a later step that restates an object', () => {
  const changed = { '1-first.yaml': web('1.0') + machine('boot'), '2-later.yaml': web('1.1') + machine('boot') };

  test('is judged as an update: a DataVolume keeps its source', () => {
    expect(run(changed)).toEqual(['2-later.yaml error data-volume-spec-immutable']);
  });

  test('is no update of an object that says the same', () => {
    expect(run({ ...changed, '2-later.yaml': web('1.0') })).toEqual([]);
  });

  test('is no update where the files are no steps', () => {
    expect(run({ 'first.yaml': web('1.0'), 'later.yaml': web('1.1') })).toEqual([]);
  });

  test.each([
    ['kubectl delete datavolume/boot -n team-a --ignore-not-found', []],
    ['kubectl -n team-a apply -f 1-first.yaml && kubectl delete dv boot', []],
    ['kubectl delete dv other -n team-a', ['2-later.yaml error data-volume-spec-immutable']],
  ])('makes anew what the runbook deletes between them: %s', (command, expected) => {
    const runbook = `kubectl apply -f x/1-first.yaml\n${command}\nkubectl apply -f x/2-later.yaml\n`;
    expect(run({ ...changed, 'RUNBOOK.md': runbook })).toEqual(expected);
  });

  test('is an update of what the runbook deletes only afterwards', () => {
    const runbook = 'kubectl apply -f 1-first.yaml\nkubectl apply -f 2-later.yaml\nkubectl delete dv boot\n';
    expect(run({ ...changed, 'RUNBOOK.md': runbook })).toEqual(['2-later.yaml error data-volume-spec-immutable']);
  });
});

describe('a volume that a later step migrates', () => {
  const migration = '  updateVolumesStrategy: Migration\n';
  const steps = (size: string, strategy = migration) => ({
    '1-first.yaml':
      dataVolume('old', 'registry: { url: "docker://quay.io/containerdisks/fedora:41" }', '20Gi') + machine('old'),
    '2-move.yaml': dataVolume('new', 'blank: {}', size) + machine('new', strategy),
  });

  test('fails when its new claim is smaller', () => {
    expect(run(steps('10Gi'))).toEqual(['2-move.yaml error migration-target-size']);
  });

  test.each([['20Gi'], ['20480Mi'], ['30Gi']])('goes to a claim of %s', (size) => expect(run(steps(size))).toEqual([]));

  test('is not compared where the size of its claim is not known', () => {
    expect(run(steps('10Gy')).filter((said) => said.includes('migration-target-size'))).toEqual([]);
  });

  test('is not migrated without the strategy', () => expect(run(steps('10Gi', ''))).toEqual([]));
});

describe('the states of a folder of steps', () => {
  const root: Root = { name: 'app', kind: 'steps', isOpen: false };
  const of = (file: string, data: string, more: Partial<Reviewed> = {}, name = 'a'): Reviewed => ({
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { value: data } },
    origin: { file },
    root,
    ...more,
  });
  const old = (...objects: Reviewed[]) =>
    asStates(objects).map(({ object, origin, old: before }) => [
      `${origin.file} ${(object.data as { value: string }).value}`,
      (before?.data as { value?: string } | undefined)?.value,
    ]);

  test('follow one another in the order of the names of their files', () => {
    expect(old(of('3', 'z'), of('1', 'x'), of('2', 'y'), of('1', 'w', {}, 'b'))).toEqual([
      ['1 x', undefined],
      ['1 w', undefined],
      ['2 y', 'x'],
      ['3 z', 'y'],
    ]);
  });

  test('are as they came where they are no steps', () => {
    const whole = { root: { ...root, kind: 'kustomization' as const } };
    expect(old(of('2', 'y', whole), of('1', 'x', whole))).toEqual([
      ['2 y', undefined],
      ['1 x', undefined],
    ]);
  });

  test.each<[string, Reviewed, Reviewed, string | undefined]>([
    ['the same said again', of('1', 'x'), of('2', 'x'), undefined],
    ['two of one file', of('1', 'x'), of('1', 'y'), undefined],
    ['two that the server names', of('1', 'x', {}, ''), of('2', 'y', {}, ''), undefined],
    ['one that says what it was', of('1', 'x'), of('2', 'y', { old: { data: { value: 'w' } } }), 'w'],
    ['one that says that it was the same', of('1', 'x'), of('2', 'x', { old: { data: { value: 'w' } } }), 'w'],
  ])('of %s', (_, first, second, before) => expect(old(first, second)[1]?.[1]).toBe(before));
});
