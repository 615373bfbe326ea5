import type { Json } from '../rule';
import { namespaceOfSource, serviceAccountOf } from './clone-rights';
import { isGateKnown } from './feature-gates';
import { guestSize, instancetypeOf } from './guest-size';
import { operatorGates } from './hyper-converged';
import { controllerOf } from './identity';
import { kindNamed, KINDS } from './kinds';
import type { Machine } from './machine';
import { operatorCdi } from './operator-cdi';
import { isAtLeast } from './release-order';
import { ClusterSettings } from './settings';
import { isOf } from './states';
import { meets } from './step';
import { diskObstacle } from './volume-migration';

const named = (kind: string, name: string): Json => ({ kind, metadata: { name } });

describe('isAtLeast', () => {
  test.each([
    ['v1.9.0', 'v1.9.0', true],
    ['v1.9.1', 'v1.9.0', true],
    ['v1.9.0', 'v1.9.1', false],
    ['v1.10.0', 'v1.9.1', true],
    ['v1.8.9', 'v1.9.1', false],
    ['v2.0.0', 'v1.9.1', true],
    ['v0.99.99', 'v1.0.0', false],
  ])('of %s and %s is %j', (release, least, is) => expect(isAtLeast(release, least)).toBe(is));
});

describe('the size of a guest', () => {
  const settings = { cpuRequest: undefined } as ClusterSettings;
  const around = { settings, object: () => undefined };
  const size = (domain: Json, set = settings) =>
    guestSize({ object: {}, guest: { domain } } as unknown as Machine, { ...around, settings: set });

  test.each<[Json, number]>([
    [{ cpu: { sockets: 2, cores: 3, threads: 4 } }, 24],
    [{ cpu: { sockets: 2 } }, 2],
    [{ cpu: { cores: 0, sockets: 0, threads: 0 }, resources: { requests: { cpu: '3' } } }, 3],
    [{ resources: { requests: { cpu: '2500m' } } }, 3],
    [{ resources: { requests: { cpu: '2' }, limits: { cpu: '4' } } }, 4],
    [{ resources: { requests: { cpu: '100m' } } }, 1],
    [{}, 1],
  ])('has of %j %d processors', (domain, cpus) => expect(size(domain).cpus).toBe(cpus));

  it('has the processors that KubeVirt requests by default', () => {
    expect(size({}, { cpuRequest: '2' } as ClusterSettings).cpus).toBe(2);
  });

  test.each<[Json, number | undefined]>([
    [{ memory: { guest: '2Ki' }, resources: { requests: { memory: '1Ki' } } }, 2048],
    [{ memory: { guest: '0' }, resources: { requests: { memory: '1Ki' } } }, 1024],
    [{ resources: { requests: { memory: '0' }, limits: { memory: '3Ki' } } }, 3072],
    [{ memory: { hugepages: { pageSize: '4Ki' } } }, 4096],
    [{ memory: { guest: 'x' } }, undefined],
  ])('has the memory of %j', (domain, memory) => expect(size(domain).memory).toBe(memory));

  it('is that of its instance type, of the cluster or of its namespace', () => {
    const asked: string[][] = [];
    const object = (...what: [string, string, string]): Json => {
      asked.push(what);
      return { spec: { cpu: { guest: 4 }, memory: { guest: '1Ki' } } };
    };
    const machine = (instancetype: Json) =>
      ({
        namespace: 'n',
        object: { spec: { instancetype } },
        from: { object: { spec: { instancetype } } },
        guest: {},
      }) as unknown as Machine;
    const type = instancetypeOf(machine({ name: 'a', revisionName: 'r' }), { object });
    expect([type, asked]).toEqual([undefined, []]);
  });
});

describe('the account and the namespace of a clone', () => {
  it('are those that are named', () => {
    const machine = (...volumes: Json[]) => ({ guest: { volumes } }) as unknown as Machine;
    expect(serviceAccountOf(machine())).toBe('default');
    expect(serviceAccountOf(machine({}, { serviceAccount: { serviceAccountName: 'a' } }))).toBe('a');
  });

  test.each([
    ['PersistentVolumeClaim', 'own', 0],
    ['DataSource', 'n1', 1],
    ['VolumeCloneSource', 'n1', 1],
    ['DataSource', 'n2', 2],
    ['DataSource', 'n3', 3],
    ['DataSource', 'n3', 9],
  ] as const)('are of %s, in the end %s, behind %d pointers', (kind, namespace, pointers) => {
    let left = pointers as number;
    let number = 0;
    const pointer = () => {
      left -= 1;
      number += 1;
      const next = left > 0 ? ('DataSource' as const) : ('PersistentVolumeClaim' as const);
      return left < 0 ? undefined : { kind: next, namespace: `n${number}`, name: 'a' };
    };
    expect(namespaceOfSource({ kind, namespace: 'own', name: 'a' }, { pointer })).toBe(namespace);
  });
});

describe('what HyperConverged makes', () => {
  const gates = (hypervisors: unknown) =>
    operatorGates({ apiVersion: 'hco.kubevirt.io/v1beta1', spec: { hypervisors } }, 'v1.18.0').listed;

  it('lists the gate of hypervisors where there is one', () => {
    expect([...gates([{ name: 'a' }])]).toContain('ConfigurableHypervisor');
    expect([...gates([])]).not.toContain('ConfigurableHypervisor');
    expect([...gates('a')]).not.toContain('ConfigurableHypervisor');
  });

  it('is a CDI object of what it passes on, and none where a patch may change it', () => {
    const object = (scratchSpaceStorageClass: unknown, annotations: Json = {}) =>
      operatorCdi({
        apiVersion: 'hco.kubevirt.io/v1beta1',
        metadata: { annotations },
        spec: { scratchSpaceStorageClass },
      });
    expect(JSON.stringify(object('fast'))).toContain('"scratchSpaceStorageClass":"fast"');
    expect(JSON.stringify(object(null))).not.toContain('scratchSpaceStorageClass');
    expect(JSON.stringify(object(undefined))).not.toContain('scratchSpaceStorageClass');
    expect(object('fast', { 'containerizeddataimporter.kubevirt.io/jsonpatch': '[]' })).toBeUndefined();
  });
});

test.each([
  ['VMExport', 'v1.6.2', true],
  ['SecureExecution', 'v1.6.2', true],
  ['NoSuchGate', 'v1.6.2', false],
])('the gate %s is known to %s: %j', (gate, release, is) => expect(isGateKnown(gate, release)).toBe(is));

test('the controller of an object is the owner that says so', () => {
  const owners = (...ownerReferences: Json[]): Json => ({ metadata: { ownerReferences } });
  const owner = (name: string, controller?: unknown): Json => ({ kind: 'K', name, controller });
  expect(controllerOf(owners(owner('a'), owner('b', false), owner('c', true)))).toEqual({ kind: 'K', name: 'c' });
  expect(controllerOf(owners(owner('a'), owner('b', false), owner('c', 'true')))).toBeUndefined();
  expect(controllerOf({})).toBeUndefined();
});

describe('what a runbook deletes', () => {
  test.each([
    ['vm', 'a', true],
    ['vms', 'a', true],
    ['virtualmachine', 'a', true],
    ['virtualmachines', 'a', true],
    ['vmi', 'a', false],
    ['vm', 'b', false],
  ])('is by %s/%s the machine a: %j', (kind, name, is) => {
    expect(isOf({ kind, name, after: '' }, { object: named('VirtualMachine', 'a') })).toBe(is);
  });
});

describe('a machine that one step starts', () => {
  const deletion = (after: string) => ({ kind: 'vm', name: 'a', after });
  const folder = (more: object = {}) => ({ name: 'f', kind: 'steps', ...more }) as never;
  const machine = { object: named('VirtualMachine', 'a') };

  test.each<[string, string, object, boolean]>([
    ['1', '1', { deletions: [deletion('1')] }, true],
    ['1', '2', {}, true],
    ['2', '1', {}, false],
    ['1', '2', { deletions: [deletion('1')] }, false],
    ['1', '2', { halts: [deletion('1')] }, false],
    ['1', '2', { deletions: [deletion('2')] }, true],
    ['2', '3', { deletions: [deletion('1')] }, true],
    ['1', '2', { deletions: [{ ...deletion('1'), name: 'b' }] }, true],
  ])('in %s runs in %s, %j: %j', (started, later, more, is) => {
    const root = folder(more);
    expect(meets({ name: started, folder: root }, { name: later, folder: root }, machine)).toBe(is);
  });

  it('runs in no other folder, and outside of folders in its own step alone', () => {
    const other = { name: 'g', kind: 'steps' } as never;
    expect(meets({ name: '1', folder: folder() }, { name: '1', folder: other }, machine)).toBe(false);
    expect(meets({ name: '1' }, { name: '1' }, machine)).toBe(true);
    expect(meets({ name: '1' }, { name: '2' }, machine)).toBe(false);
  });
});

describe('what keeps a disk from being moved', () => {
  test.each<[Json, string | undefined]>([
    [{ filesystems: [{ name: 'a' }] }, 'a file system that virtiofs shares is not migrated'],
    [{ filesystems: [{ name: 'b' }], disks: [{ name: 'a' }] }, undefined],
    [{ disks: [{ name: 'a', shareable: true }] }, 'a shareable disk is not migrated'],
    [{ disks: [{ name: 'a', shareable: false }] }, undefined],
    [{ disks: [{ name: 'b', shareable: true }] }, undefined],
  ])('of %j is %j', (devices, reason) => {
    expect(diskObstacle({ domain: { devices } }, 'a')?.reason).toBe(reason);
  });
});

describe('what objects make later', () => {
  const facts = { storageClasses: [] };
  const later = (kind: string, object: Json) =>
    kindNamed(kind)!.laterClaims!({ kind, metadata: { name: 'own', namespace: 'n' }, ...object }, facts).map(
      ({ names, reason }) => `${names}: ${reason}`,
    );

  it('is a claim for each disk of a clone and of a snapshot that is exported', () => {
    const source = { kind: 'VirtualMachine', name: 'web' };
    expect(later('VirtualMachineClone', { spec: { source } })).toEqual([
      'restore-*: VM *, with a claim for each disk of VirtualMachine web',
    ]);
    expect(later('VirtualMachineClone', { spec: { source, target: { name: 'b' } } })).toEqual([
      'restore-*: VM b, with a claim for each disk of VirtualMachine web',
    ]);
    expect(later('VirtualMachineExport', { spec: { source } })).toEqual([]);
    expect(later('VirtualMachineExport', { spec: { source: { kind: 'VirtualMachineSnapshot' } } })).toEqual([
      'own-*: a claim for each disk of the snapshot, while the export is there',
    ]);
  });

  it('is a claim for each pod with a volume of its own', () => {
    const volumes = [{ name: 'v', ephemeral: { volumeClaimTemplate: {} } }, { name: 'w' }];
    const template = { spec: { volumes } };
    expect(later('Deployment', { spec: { template, replicas: 2 } })).toEqual([
      'own-*-v: a claim for each pod (2), as long as it lives',
    ]);
    expect(later('Deployment', { spec: { template } })).toEqual(['own-*-v: a claim for each pod, as long as it lives']);
    expect(later('Deployment', {})).toEqual([]);
  });

  it('is an import for each new image', () => {
    const spec = (more: Json): Json => ({ spec: { managedDataSource: 'ds', template: {}, ...more } });
    const SNAPSHOTS = ' (as snapshots, where the StorageProfile says so)';
    expect(later('DataImportCron', spec({}))).toEqual([`ds-*: an import for each new image, 3 are kept${SNAPSHOTS}`]);
    expect(later('DataImportCron', spec({ importsToKeep: 5 }))).toEqual([
      `ds-*: an import for each new image, 5 are kept${SNAPSHOTS}`,
    ]);
    expect(later('DataImportCron', spec({ garbageCollect: 'Never' }))).toEqual([
      `ds-*: an import for each new image, all are kept${SNAPSHOTS}`,
    ]);
  });
});

test('a VirtualMachineClone makes the machine that it names', () => {
  const made = (target: Json) =>
    KINDS.find(({ kind }) => kind === 'VirtualMachineClone')!.makes!({ spec: { target } }, 'own');
  expect(made({ kind: 'VirtualMachine', name: 'a' })).toEqual([['VirtualMachine', 'a']]);
  expect(made({ kind: 'Pod', name: 'a' })).toEqual([]);
});
