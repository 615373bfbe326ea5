import { MigrationVerdict } from '../../../constructs/storage/live-migration-rules';
import type { DiskRow, Inventory, VmRow } from '../../inventory/model';
import { bytesText, sizeText } from '../../inventory/text';
import type { Bar, Bars, Card, Cell, Graph, Node, Problem, Table, Weight } from './page';

/** Of a claim whose class the manifests do not name. */
const DEFAULT_CLASS = '(the default class)';

const VERDICTS: Readonly<Record<MigrationVerdict, Weight>> = {
  [MigrationVerdict.MIGRATABLE]: 'good',
  [MigrationVerdict.NOT_MIGRATABLE]: 'doubtful',
  [MigrationVerdict.UNKNOWN]: 'plain',
};

/** What will not work, or blocks others, of what the manifests make. */
export function inventoryProblems({ problems, clones, vms, uncounted }: Inventory): Problem[] {
  const said = new Set(problems.map(({ namespace, object }) => `${namespace}/${object}`));
  return [
    ...problems.map(({ namespace, object, isCertain, reason, remedy }): Problem => ({
      weight: isCertain ? 'bad' : 'doubtful',
      object: named(namespace, object),
      text: remedy === undefined ? reason : `${reason}; ${remedy}`,
    })),
    ...clones
      .filter(({ outcome, removed }) => outcome === 'never finishes' && !removed)
      .filter(({ namespace, claim }) => !said.has(`${namespace}/DataVolume ${claim}`))
      .map(({ namespace, claim, source, reason = '', remedy }): Problem => ({
        weight: 'bad',
        object: `clone ${named(namespace, claim)}`,
        text: `of ${source} never finishes: ${reason}${remedy === undefined ? '' : `; ${remedy}`}`,
      })),
    ...vms
      .filter(({ contradicts }) => contradicts)
      .map((row): Problem => ({
        weight: 'bad',
        object: `VM ${named(row.namespace, row.vm)}`,
        text: `asks for a live migration that cannot be, and blocks the drain of its node: ${obstaclesOf(row)}`,
      })),
    ...uncounted.map(({ namespace, object, reason }): Problem => ({
      weight: 'doubtful',
      object: named(namespace, object),
      text: `is in no sum: ${reason}`,
    })),
  ];
}

/** The sums that a reader looks for. */
export function inventoryCards({ total, vms, clones, storageClasses, namespaces }: Inventory): Card[] {
  const of = (verdict: MigrationVerdict) => vms.filter((vm) => vm.verdict === verdict).length;
  return [
    { label: 'VMs', value: String(total.vms) },
    { label: 'CPUs', value: `${total.cpus}${total.unknownGuests === 0 ? '' : ' + ?'}` },
    { label: 'memory', value: `${bytesText(total.memory)}${total.unknownGuests === 0 ? '' : ' + ?'}` },
    { label: 'claims', value: String(total.claims) },
    {
      label: 'requested',
      value: `${bytesText(total.bytes)}${total.unknownSizes === 0 ? '' : ` + ${total.unknownSizes} unknown`}`,
    },
    { label: 'at the peak', value: bytesText(total.peakBytes) },
    { label: 'namespaces', value: String(namespaces.length) },
    { label: 'storage classes', value: String(storageClasses.length) },
    { label: 'can be live-migrated', value: String(of(MigrationVerdict.MIGRATABLE)), weight: 'good' },
    { label: 'cannot be live-migrated', value: String(of(MigrationVerdict.NOT_MIGRATABLE)), weight: 'doubtful' },
    { label: 'clones', value: String(clones.filter(({ removed }) => !removed).length) },
  ];
}

/** Capacity by storage class, each bar of its namespaces, and by namespace, each of its classes. */
export function capacityBars({ capacity }: Inventory): Bars[] {
  const classOf = (row: { readonly storageClass: string }) => row.storageClass || DEFAULT_CLASS;
  const namespaceOf = (row: { readonly namespace: string }) => row.namespace || '(no namespace)';
  const rows = capacity.map((row) => ({ ofClass: classOf(row), of: namespaceOf(row), bytes: row.requested }));
  return [
    {
      title: 'Capacity by storage class',
      bars: barsBy(
        rows,
        ({ ofClass }) => ofClass,
        ({ of }) => of,
      ),
    },
    {
      title: 'Capacity by namespace',
      bars: barsBy(
        rows,
        ({ of }) => of,
        ({ ofClass }) => ofClass,
      ),
    },
  ].filter(({ bars }) => bars.length > 0);
}

interface Amount {
  readonly ofClass: string;
  readonly of: string;
  readonly bytes: number;
}

/** More bars than these are no picture: the rest is one. */
const MOST_BARS = 20;
const MOST_PARTS = 12;

function barsBy(rows: readonly Amount[], bar: (row: Amount) => string, part: (row: Amount) => string): Bar[] {
  const sums = grouped(rows, bar).map(({ name, own, bytes }) => ({ name, bytes, parts: grouped(own, part) }));
  const [shown, rest] = [sums.slice(0, MOST_BARS), sums.slice(MOST_BARS)];
  const bars = shown.map(({ name, bytes, parts }): Bar => {
    const others = parts.slice(MOST_PARTS).reduce((sum, one) => sum + one.bytes, 0);
    const first = parts
      .slice(0, MOST_PARTS)
      .map((one) => ({ label: one.name, value: one.bytes, text: bytesText(one.bytes) }));
    const all = others === 0 ? first : [...first, { label: 'others', value: others, text: bytesText(others) }];
    return { label: name, text: bytesText(bytes), parts: all };
  });
  if (rest.length === 0) return bars;
  const bytes = rest.reduce((sum, one) => sum + one.bytes, 0);
  const label = `${rest.length} others`;
  return [...bars, { label, text: bytesText(bytes), parts: [{ label, value: bytes, text: bytesText(bytes) }] }];
}

/** The largest first. */
function grouped(
  rows: readonly Amount[],
  key: (row: Amount) => string,
): { name: string; own: Amount[]; bytes: number }[] {
  const found = new Map<string, Amount[]>();
  for (const row of rows) {
    const own = found.get(key(row));
    if (own === undefined) found.set(key(row), [row]);
    else own.push(row);
  }
  const sums = [...found].map(([name, own]) => ({ name, own, bytes: own.reduce((sum, { bytes }) => sum + bytes, 0) }));
  return sums.sort((one, other) => other.bytes - one.bytes);
}

/** VMs, disks, clones and capacity. */
export function inventoryTables({ vms, disks, clones, capacity, namespaces }: Inventory): Table[] {
  return [
    {
      title: 'Namespaces',
      columns: ['namespace', 'VMs', 'CPUs', 'memory', 'CPUs at the peak', 'memory at the peak', 'not known'],
      rows: namespaces
        .filter((row) => row.vms > 0)
        .map((row) => [
          row.name,
          number(row.vms),
          number(row.cpus),
          bytes(row.memory),
          number(row.peakCpus),
          bytes(row.peakMemory),
          row.unknownGuests === 0 ? '' : `${row.unknownGuests} VMs`,
        ]),
    },
    {
      title: 'VMs',
      columns: ['namespace', 'VM', 'disks', 'CPUs', 'memory', 'becomes', 'live migration', 'why'],
      rows: vms.map((row) => [
        row.namespace,
        row.vm,
        number(row.disks),
        row.cpus === undefined ? '?' : number(row.cpus),
        row.memory === undefined ? '?' : bytes(row.memory),
        becoming(row.becomes),
        { text: row.verdict, weight: VERDICTS[row.verdict] },
        obstaclesOf(row),
      ]),
    },
    {
      title: 'Disks',
      columns: ['namespace', 'VM', 'disk', 'claim', 'size', 'class', 'access', 'source', 'becomes', 'why'],
      rows: disks.map((row) => [
        row.namespace,
        row.vm ?? '',
        row.disk ?? '',
        row.claim ?? '',
        size(row),
        row.storageClass ?? '',
        (row.accessModes ?? []).join(' '),
        row.source ?? row.made,
        becoming(row.becomes),
        row.why ?? '',
      ]),
    },
    {
      title: 'Clones',
      columns: ['namespace', 'claim', 'source', 'outcome', 'why'],
      rows: clones.map(({ namespace, claim, source, outcome, reason = '' }) => [
        namespace,
        claim,
        source,
        { text: outcome, weight: outcome === 'never finishes' ? 'bad' : 'plain' },
        reason,
      ]),
    },
    {
      title: 'Capacity',
      columns: ['namespace', 'class', 'claims', 'at rest', 'at the peak', 'usable', 'scratch', 'copied'],
      rows: capacity.map((row) => [
        row.namespace,
        row.storageClass || DEFAULT_CLASS,
        number(row.claims),
        ...[row.requested, row.peak, row.usable, row.scratch, row.copied].map(bytes),
      ]),
    },
  ];
}

function bytes(amount: number): Cell {
  return { text: bytesText(amount), sort: amount };
}

const BECOMING: Readonly<Record<string, Weight>> = { never: 'bad', waits: 'doubtful', bound: 'good', starts: 'good' };

function becoming(word = ''): Cell {
  return { text: word, weight: BECOMING[word] ?? 'plain' };
}

/** Machines, their claims and the classes of these, in their namespaces. */
export function inventoryGraph({ vms, disks }: Inventory): Graph {
  const nodes = new Map<string, Node>();
  const edges: (readonly [string, string])[] = [];
  const namespace = (name: string): string => {
    const id = `namespace ${name}`;
    nodes.set(id, { id, kind: 'namespace', label: name || '(no namespace)' });
    return id;
  };
  for (const row of vms) {
    const id = `vm ${row.group}/${row.namespace}/${row.vm}`;
    const weight = row.contradicts ? 'bad' : VERDICTS[row.verdict];
    nodes.set(id, { id, kind: 'vm', label: row.vm, parent: namespace(row.namespace), weight });
  }
  for (const row of disks) {
    if (row.claim === undefined) continue;
    const disk = `disk ${row.group}/${row.namespace}/${row.claim}`;
    const label = [row.claim, sizeText(row.asked, row.bytes)].filter((part) => part !== undefined).join(' ');
    nodes.set(disk, { id: disk, kind: 'disk', label, parent: namespace(row.namespace) });
    const vm = `vm ${row.group}/${row.namespace}/${row.vm}`;
    if (nodes.has(vm)) edges.push([vm, disk]);
    const ofClass = row.storageClass ?? DEFAULT_CLASS;
    const id = `class ${ofClass}`;
    nodes.set(id, { id, kind: 'class', label: ofClass });
    edges.push([disk, id]);
  }
  return { nodes: [...nodes.values()], edges };
}

function obstaclesOf({ obstacles }: VmRow): string {
  return obstacles.map(({ message }) => message).join('; ');
}

function size({ asked, bytes }: DiskRow): Cell {
  return { text: sizeText(asked, bytes) ?? '?', sort: bytes ?? asked ?? -1 };
}

function number(value: number): Cell {
  return { text: String(value), sort: value };
}

function named(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}
