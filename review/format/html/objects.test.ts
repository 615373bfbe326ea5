import { inventory } from '../../inventory/inventory';
import type { Inventory } from '../../inventory/model';
import type { Json } from '../../rule';
import { capacityBars, inventoryCards, inventoryGraph, inventoryProblems, inventoryTables } from './objects';

const EMPTY = inventory([]);
const of = (part: object): Inventory => ({ ...EMPTY, ...part });

const GI = 2 ** 30;
const total = { ...EMPTY.total, vms: 2, cpus: 3, memory: GI, claims: 4, bytes: 5 * GI, peakBytes: 6 * GI };

describe('inventoryProblems', () => {
  const clone = { namespace: 'a', claim: 'c', source: 'golden', outcome: 'never finishes', reason: 'too small' };
  const vm = { namespace: '', vm: 'web', contradicts: true, obstacles: [{ message: 'one' }, { message: 'two' }] };

  test('names what will not work, the certain as bad', () => {
    const problems = [
      { namespace: 'a', object: 'DataVolume d', isCertain: true, reason: 'no class', remedy: 'name one' },
      { namespace: '', object: 'VirtualMachine w', isCertain: false, reason: 'it waits' },
    ];
    expect(inventoryProblems(of({ problems }))).toEqual([
      { weight: 'bad', object: 'a/DataVolume d', text: 'no class; name one' },
      { weight: 'doubtful', object: 'VirtualMachine w', text: 'it waits' },
    ]);
  });

  test('names a clone that never finishes, unless it is gone or said already', () => {
    const said = { namespace: 'a', object: 'DataVolume c', isCertain: true, reason: 'said' };
    const text = 'of golden never finishes: too small';
    expect(inventoryProblems(of({ clones: [clone] }))).toEqual([{ weight: 'bad', object: 'clone a/c', text }]);
    expect(inventoryProblems(of({ clones: [{ ...clone, remedy: 'grow it' }] }))[0]?.text).toBe(`${text}; grow it`);
    expect(inventoryProblems(of({ clones: [{ ...clone, removed: true }] }))).toEqual([]);
    expect(inventoryProblems(of({ clones: [{ ...clone, outcome: 'copies' }] }))).toEqual([]);
    expect(inventoryProblems(of({ clones: [clone], problems: [said] }))).toHaveLength(1);
    expect(inventoryProblems(of({ clones: [clone], problems: [{ ...said, namespace: 'b' }] }))).toHaveLength(2);
  });

  test('names a machine that blocks a drain, and what is in no sum', () => {
    const uncounted = [{ namespace: 'a', object: 'Pool p', reason: 'no number' }];
    expect(inventoryProblems(of({ vms: [vm, { ...vm, contradicts: false }], uncounted }))).toEqual([
      {
        weight: 'bad',
        object: 'VM web',
        text: 'asks for a live migration that cannot be, and blocks the drain of its node: one; two',
      },
      { weight: 'doubtful', object: 'a/Pool p', text: 'is in no sum: no number' },
    ]);
  });
});

describe('inventoryCards', () => {
  const values = (part: object): Record<string, string> =>
    Object.fromEntries(inventoryCards(of(part)).map(({ label, value }) => [label, value]));

  test('say sums', () => {
    expect(values({ total })).toMatchObject({
      VMs: '2',
      CPUs: '3',
      memory: '1Gi',
      claims: '4',
      requested: '5Gi',
      'at the peak': '6Gi',
    });
  });

  test('say what is not known', () => {
    const open = { ...total, unknownGuests: 1, unknownSizes: 2 };
    expect(values({ total: open })).toMatchObject({ CPUs: '3 + ?', memory: '1Gi + ?', requested: '5Gi + 2 unknown' });
  });

  test('count machines by their verdict, and clones that stand', () => {
    const vms = ['migratable', 'migratable', 'not migratable', 'unknown'].map((verdict) => ({ verdict }));
    const clones = [{ removed: false }, { removed: true }, { removed: false }];
    expect(values({ vms, clones })).toMatchObject({
      'can be live-migrated': '2',
      'cannot be live-migrated': '1',
      clones: '2',
    });
  });
});

describe('capacityBars', () => {
  const row = (namespace: string, storageClass: string, requested: number) => ({ namespace, storageClass, requested });

  test('stand by class and by namespace, the largest first', () => {
    const capacity = [row('a', 'fast', GI), row('b', 'fast', GI), row('', '', GI / 2)];
    expect(
      capacityBars(of({ capacity })).map(({ title, bars }) => [
        title,
        bars.map(({ label, text }) => `${label} ${text}`),
      ]),
    ).toEqual([
      ['Capacity by storage class', ['fast 2Gi', '(the default class) 512Mi']],
      ['Capacity by namespace', ['a 1Gi', 'b 1Gi', '(no namespace) 512Mi']],
    ]);
    expect(capacityBars(of({ capacity: [] }))).toEqual([]);
  });

  test('are twenty at the most, and one for the others', () => {
    const rows = (count: number) => Array.from({ length: count }, (_one, index) => row(`n${index}`, 'fast', GI));
    const [, byNamespace] = capacityBars(of({ capacity: rows(20) }));
    expect(byNamespace?.bars).toHaveLength(20);
    const [, folded] = capacityBars(of({ capacity: rows(23) }));
    expect(folded?.bars).toHaveLength(21);
    expect(folded?.bars[20]).toEqual({
      label: '3 others',
      text: '3Gi',
      parts: [{ label: '3 others', value: 3 * GI, text: '3Gi' }],
    });
  });

  test('have twelve parts at the most, and no others of nothing', () => {
    const rows = (count: number) => Array.from({ length: count }, (_one, index) => row(`n${index}`, 'fast', GI));
    const parts = (count: number) => capacityBars(of({ capacity: rows(count) }))[0]?.bars[0]?.parts ?? [];
    expect(parts(12).map(({ label }) => label)).not.toContain('others');
    expect(parts(14).slice(11)).toEqual([
      { label: 'n11', value: GI, text: '1Gi' },
      { label: 'others', value: 2 * GI, text: '2Gi' },
    ]);
  });
});

test('capacityBars go from the largest to the smallest', () => {
  const capacity = [2, 3, 1, 4].map((size) => ({ namespace: 'a', storageClass: `s${size}`, requested: size * GI }));
  const [byClass, byNamespace] = capacityBars(of({ capacity }));
  expect(byClass?.bars.map(({ label, text }) => `${label} ${text}`)).toEqual(['s4 4Gi', 's3 3Gi', 's2 2Gi', 's1 1Gi']);
  expect(byNamespace?.bars[0]?.parts.map(({ label }) => label)).toEqual(['s4', 's3', 's2', 's1']);
});

test('inventoryTables say what is not known by a sign', () => {
  const vms = [{ namespace: 'a', vm: 'web', disks: 1, becomes: 'never', verdict: 'unknown', obstacles: [] }];
  const disks = [
    { namespace: 'a', made: 'blank', becomes: 'waits' },
    {
      namespace: 'a',
      claim: 'c',
      asked: GI,
      bytes: 2 * GI,
      source: 'golden',
      made: 'clone',
      accessModes: ['RWO', 'RWX'],
    },
    { namespace: 'a', claim: 'd', asked: GI, made: 'clone', accessModes: [] },
  ];
  const namespaces = [
    { name: 'a', vms: 1, cpus: 1, memory: GI, peakCpus: 2, peakMemory: GI, unknownGuests: 1 },
    { name: 'b', vms: 0, unknownGuests: 0 },
    { name: 'c', vms: 2, cpus: 1, memory: GI, peakCpus: 2, peakMemory: GI, unknownGuests: 0 },
  ];
  const clones = [
    { namespace: 'a', claim: 'c', source: 's', outcome: 'never finishes' },
    { namespace: 'a', claim: 'd', source: 's', outcome: 'copies', reason: 'so' },
  ];
  const tables = new Map(
    inventoryTables(of({ vms, disks, namespaces, clones })).map(({ title, rows }) => [title, rows] as const),
  );
  expect(tables.get('Namespaces')?.map((row) => [row[0], row[6]])).toEqual([
    ['a', '1 VMs'],
    ['c', ''],
  ]);
  expect(tables.get('VMs')?.[0]?.slice(3, 7)).toEqual([
    '?',
    '?',
    { text: 'never', weight: 'bad' },
    { text: 'unknown', weight: 'plain' },
  ]);
  expect(tables.get('Disks')?.map((row) => [row[4], row[6], row[7], row[8]])).toEqual([
    [{ text: '?', sort: -1 }, '', 'blank', { text: 'waits', weight: 'doubtful' }],
    [{ text: expect.stringContaining('2Gi'), sort: 2 * GI }, 'RWO RWX', 'golden', { text: '', weight: 'plain' }],
    [{ text: expect.stringContaining('1Gi'), sort: GI }, '', 'clone', { text: '', weight: 'plain' }],
  ]);
  expect(tables.get('Clones')?.map((row) => row.slice(3))).toEqual([
    [{ text: 'never finishes', weight: 'bad' }, ''],
    [{ text: 'copies', weight: 'plain' }, 'so'],
  ]);
});

test('inventoryTables name the class of a capacity, or that it is the default one', () => {
  const capacity = ['fast', ''].map((storageClass) => ({
    ...{ namespace: 'a', storageClass, claims: 1, requested: GI, peak: GI, usable: GI, scratch: 0, copied: 0 },
  }));
  const rows = inventoryTables(of({ capacity })).find(({ title }) => title === 'Capacity')?.rows;
  expect(rows?.map((row) => row[1])).toEqual(['fast', '(the default class)']);
});

test('inventoryGraph draws a disk of no machine, and no disk without a claim', () => {
  const disks = [
    { group: '', namespace: '', claim: 'c', vm: 'gone', storageClass: undefined },
    { group: '', namespace: '', vm: 'web', disk: 'seed' },
  ] as unknown as Json[];
  const vms = [{ group: '', namespace: '', vm: 'web', contradicts: true, verdict: 'migratable' }];
  const { nodes, edges } = inventoryGraph(of({ vms, disks }));
  expect(nodes.map(({ kind, label, weight }) => [kind, label, weight])).toEqual([
    ['namespace', '(no namespace)', undefined],
    ['vm', 'web', 'bad'],
    ['disk', 'c', undefined],
    ['class', '(the default class)', undefined],
  ]);
  expect(edges).toEqual([['disk //c', 'class (the default class)']]);
});
