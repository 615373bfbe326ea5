import { parseManifests } from '../manifests/program-input';
import { inventory, renderCsv, renderMarkdown } from '.';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

const vm = (name: string, domain: string, spec = 'runStrategy: Always', volumes = ''): string =>
  `apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: { name: ${name}, namespace: shop }\nspec: { ${spec}, template: { spec: { domain: { ${domain}devices: { interfaces: [{ name: default, masquerade: {} }] } }, networks: [{ name: default, pod: {} }], volumes: [${volumes}] } } }\n---\n`;
const type = (spec: string): string =>
  `apiVersion: instancetype.kubevirt.io/v1beta1\nkind: VirtualMachineClusterInstancetype\nmetadata: { name: big }\nspec: { ${spec} }\n---\n`;
const pool = (replicas: number, domain: string): string =>
  `apiVersion: pool.kubevirt.io/v1beta1\nkind: VirtualMachinePool\nmetadata: { name: workers, namespace: shop }\nspec: { replicas: ${replicas}, selector: { matchLabels: { a: b } }, virtualMachineTemplate: { metadata: { labels: { a: b } }, spec: { runStrategy: Always, template: { metadata: { labels: { a: b } }, spec: { domain: { ${domain}devices: {} } } } } } }\n---\n`;
const claim = (name: string, size = '10Gi'): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: ${name}, namespace: shop }\nspec: { accessModes: [ReadWriteMany], volumeMode: Block, storageClassName: fast, resources: { requests: { storage: ${size} } } }\n---\n`;
const volume = (name: string, source: string, size = '10Gi'): string =>
  `apiVersion: cdi.kubevirt.io/v1beta1\nkind: DataVolume\nmetadata: { name: ${name}, namespace: shop }\nspec: { source: { ${source} }, pvc: { accessModes: [ReadWriteMany], volumeMode: Block, storageClassName: fast, resources: { requests: { storage: ${size} } } } }\n---\n`;
const dayTwo = (group: string, kind: string, spec: string, name = 'x'): string =>
  `apiVersion: ${group}.kubevirt.io/v1beta1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\nspec: { ${spec} }\n---\n`;
const OF_WEB = 'apiGroup: kubevirt.io, kind: VirtualMachine, name: web';

const of = (text: string) => inventory(parseManifests(text));

describe('the guest of a VM', () => {
  test.each<[title: string, text: string, cpus: number | undefined, memory: number | undefined]>([
    ['has what it says', vm('web', 'cpu: { sockets: 2, cores: 3, threads: 2 }, memory: { guest: 4Gi }, '), 12, 4 * GIB],
    ['has one processor where it says nothing', vm('web', 'memory: { guest: 512Mi }, '), 1, 512 * MIB],
    [
      'has the processors of its limit, in whole',
      vm('web', 'resources: { limits: { cpu: 1500m, memory: 2Gi } }, '),
      2,
      2 * GIB,
    ],
    ['has the memory that it requests', vm('web', 'resources: { requests: { memory: 2Gi } }, '), 1, 2 * GIB],
    ['has the memory of one huge page', vm('web', 'memory: { hugepages: { pageSize: 1Gi } }, '), 1, GIB],
    ['is not known where nothing is said of its memory', vm('web', ''), 1, undefined],
    [
      'has what its instance type says',
      type('cpu: { guest: 4 }, memory: { guest: 16Gi }') +
        vm('web', '', 'runStrategy: Halted, instancetype: { name: big }'),
      4,
      16 * GIB,
    ],
    [
      'is not known where its instance type is elsewhere',
      vm('web', '', 'runStrategy: Halted, instancetype: { name: u1.small }'),
      undefined,
      undefined,
    ],
  ])('%s', (_title, text, cpus, memory) => {
    const [row] = of(text).vms;
    expect([row?.cpus, row?.memory]).toEqual([cpus, memory]);
  });

  test('is summed by namespace, each replica counted, with the second pod of the largest that moves', () => {
    const text =
      vm('web', 'cpu: { cores: 4 }, memory: { guest: 8Gi }, ') + pool(3, 'cpu: { cores: 2 }, memory: { guest: 2Gi }, ');
    const [namespace] = of(text).namespaces;
    expect(namespace).toMatchObject({ vms: 4, cpus: 10, memory: 14 * GIB, unknownGuests: 0 });
    expect(namespace).toMatchObject({ peakCpus: 14, peakMemory: 22 * GIB });
    const page = renderMarkdown(of(text));
    expect(page).toContain('Guests: 10 CPUs, 14Gi of memory.');
    expect(page).toContain('| shop | 4 | 10 | 14Gi | 0 | 0 | 14 CPUs, 22Gi |');
    expect(page).toContain('| shop | web | 0 | 4 | 8Gi | starts | migratable |');
  });

  test('that cannot be moved has no second pod', () => {
    const fixed = vm('web', 'memory: { guest: 8Gi }, ', undefined, '{ name: d, hostDisk: { path: /x, type: Disk } }');
    expect(of(fixed).namespaces[0]).toMatchObject({ memory: 8 * GIB, peakMemory: 8 * GIB });
  });

  test('is a question mark where it is not known', () => {
    const page = renderMarkdown(
      of(vm('web', '', 'runStrategy: Halted, instancetype: { name: u1.small }') + vm('db', 'memory: { guest: 1Gi }, ')),
    );
    expect(page).toContain('| shop | web | 0 | ? | ? | halted | unknown |');
    expect(page).toContain('| shop | 2 | 1 + ? | 1Gi + ? | 0 | 0 | 2 CPUs, 2Gi + ? |');
    expect(page).toContain('Guests: 1 CPU, 1Gi of memory; of 1 VM not all is known.');
  });
});

describe('the storage at the peak', () => {
  const sums = (text: string) => {
    const [row] = of(text).capacity;
    return [row?.requested, row?.temporary, row?.snapshots, row?.peak].map((bytes = 0) => bytes / GIB);
  };
  const web =
    claim('root') +
    vm('web', 'memory: { guest: 1Gi }, ', undefined, '{ name: root, persistentVolumeClaim: { claimName: root } }');
  const snapshot = dayTwo('snapshot', 'VirtualMachineSnapshot', `source: { ${OF_WEB} }`, 'before');

  test.each<[title: string, text: string, expected: readonly number[]]>([
    ['is that at rest for a claim that nothing fills', claim('data'), [10, 0, 0, 10]],
    ['has the claim that CDI fills in the place of a blank one', volume('d', 'blank: {}'), [10, 10, 0, 20]],
    ['has that of a clone', claim('golden') + volume('d', 'pvc: { namespace: shop, name: golden }'), [20, 10, 0, 30]],
    ['has a snapshot at its largest', web + snapshot, [10, 0, 10, 20]],
    [
      'has the claims of a restore',
      web +
        snapshot +
        dayTwo('snapshot', 'VirtualMachineRestore', `target: { ${OF_WEB} }, virtualMachineSnapshotName: before`),
      [10, 10, 10, 30],
    ],
    [
      'has the claims of the clone of a VM',
      web +
        dayTwo(
          'clone',
          'VirtualMachineClone',
          `source: { ${OF_WEB} }, target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: copy }`,
        ),
      [10, 10, 0, 20],
    ],
    [
      'has the claims of the export of a snapshot',
      web +
        snapshot +
        dayTwo(
          'export',
          'VirtualMachineExport',
          'source: { apiGroup: snapshot.kubevirt.io, kind: VirtualMachineSnapshot, name: before }',
        ),
      [10, 10, 10, 30],
    ],
    [
      'has the snapshot of a claim at its largest',
      `${claim('data')}apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshot\nmetadata: { name: s, namespace: shop }\nspec: { source: { persistentVolumeClaimName: data } }\n`,
      [10, 0, 10, 20],
    ],
  ])('%s', (_title, text, expected) => expect(sums(text)).toEqual(expected));

  test('stands beside that at rest', () => {
    const page = renderMarkdown(of(volume('d', 'blank: {}')));
    expect(page).toContain('| namespace | class | claims | asked | at rest | at the peak |');
    expect(page).toContain('| shop | fast | 1 | 10Gi | 10Gi | 20Gi |');
  });
});

test('a row of CSV says what becomes of the disk and of its VM, and what will not work', () => {
  const quota =
    'apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: team, namespace: shop }\nspec: { hard: { requests.storage: 5Gi } }\n---\n';
  const text =
    quota +
    claim('root') +
    vm('web', 'memory: { guest: 1Gi }, ', undefined, '{ name: root, persistentVolumeClaim: { claimName: root } }');
  const [head = '', row = ''] = renderCsv(of(text)).split('\r\n');
  const cells = row.split(',');
  const cell = (name: string): string | undefined => cells[head.split(',').indexOf(name)];
  expect(['becomes', 'peakBytes', 'vmBecomes', 'vmCpus', 'vmMemoryBytes'].map(cell)).toEqual([
    'unknown',
    String(10 * GIB),
    'unknown',
    '1',
    String(GIB),
  ]);
  expect(row).toContain("'storage' must fit into ResourceQuota 'team'");
});
