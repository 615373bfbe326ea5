import { printable } from '../../constructs/shared/printable';
import { MigrationVerdict } from '../../constructs/storage/live-migration-rules';
import { cell, code } from './markdown-cell';
import {
  CapacityRow,
  CloneRow,
  DiskRow,
  PassedKind,
  ProblemRow,
  RestatedRow,
  Total,
  UncountedRow,
  VmRow,
} from './model';
import { bytesText, count, shortModes, sizeText, sumText } from './text';
import { folded } from './uncounted';

/** Sums by name. */
export function totalsTable(
  what: string,
  nameless: string,
  totals: readonly Total[],
  columns: readonly string[] = ['VMs', 'CPUs', 'memory', 'claims', 'requested', 'at the peak'],
): Iterable<string> {
  const cells: Record<string, (total: Total) => string> = {
    VMs: ({ vms }) => String(vms),
    CPUs: ({ cpus, unknownGuests }) => guestSum(String(cpus), cpus === 0, unknownGuests > 0),
    memory: ({ memory, unknownGuests }) => guestSum(bytesText(memory), memory === 0, unknownGuests > 0),
    'at the peak': peakText,
    claims: ({ claims }) => String(claims),
    requested: sumText,
  };
  return table([what, ...columns], totals, (total) => [
    total.name || nameless,
    ...columns.map((column) => cells[column]?.(total) ?? ''),
  ]);
}

/** A sum, with `?` where a guest is not known. */
function guestSum(text: string, isNothing: boolean, isOpen: boolean): string {
  if (!isOpen) return text;
  return isNothing ? '?' : `${text} + ?`;
}

/** What is needed at once at the most: processors, memory and storage, as far as they are known. */
function peakText({ vms, peakCpus, peakMemory, unknownGuests, peakBytes, claims, unknownSizes }: Total): string {
  const memory = guestSum(bytesText(peakMemory), peakMemory === 0, unknownGuests > 0);
  const guests = vms === 0 ? [] : [`${count(peakCpus, 'CPU')}, ${memory}`];
  const bytes = guestSum(bytesText(peakBytes), peakBytes === 0, unknownSizes > 0);
  const storage = claims === 0 && peakBytes === 0 ? [] : [`${bytes} of storage`];
  return [...guests, ...storage].join('; ');
}

/** A row for each thing that will not work. */
export function problemTable(problems: readonly ProblemRow[]): Iterable<string> {
  const head = ['namespace', 'object', 'becomes', 'why', 'instead'];
  return table(head, problems, ({ namespace, object, isCertain, reason, remedy = '' }) => [
    namespace,
    object,
    isCertain ? 'never' : 'goes wrong or waits',
    reason,
    remedy,
  ]);
}

/** A row for each disk. */
export function diskTable(disks: readonly DiskRow[]): Iterable<string> {
  const head = [
    'namespace',
    'VM',
    'disk',
    'role',
    'claim',
    'source',
    'size',
    'class',
    'access',
    'mode',
    'hotplug',
    'made',
    'becomes',
  ];
  return table(head, disks, (disk) => {
    const known = (value: string | undefined): string => value ?? (disk.claim === undefined ? '' : '?');
    const { namespace, vm, role, claim, source, asked, bytes, storageClass, accessModes, volumeMode, hotplug, made } =
      disk;
    const size = sizeText(asked, bytes);
    return [
      namespace,
      vm ?? '',
      disk.disk ?? '',
      role ?? '',
      claim ?? '',
      source ?? '',
      ...[size, storageClass, shortModes(accessModes), volumeMode].map(known),
      hotplug ? 'yes' : '',
      made,
      disk.becomes ?? '',
    ];
  });
}

/** A row for each VM, with the obstacles to its live migration. */
export function vmTable(vms: readonly VmRow[]): Iterable<string> {
  const head = ['namespace', 'VM', 'disks', 'CPUs', 'memory', 'becomes', 'live migration', 'why'];
  return table(head, vms, (row) => {
    const { namespace, vm, kind, disks, cpus, memory, becomes, verdict, obstacles, contradicts } = row;
    const shown = obstacles.filter(({ certain }) => certain || verdict !== MigrationVerdict.NOT_MIGRATABLE);
    const why = shown.map(({ message, remedy }) => (remedy === undefined ? message : `${message} (${remedy})`));
    if (contradicts) why.push('evictionStrategy LiveMigrate: it blocks the drain of its node');
    return [
      namespace,
      kind === 'VirtualMachine' ? vm : `${vm} (${kind})`,
      String(disks),
      cpus === undefined ? '?' : String(cpus),
      memory === undefined ? '?' : bytesText(memory),
      becomes,
      verdict,
      why.join('; '),
    ];
  });
}

/** A row for each clone. */
export function cloneTable(clones: readonly CloneRow[]): Iterable<string> {
  const head = ['namespace', 'claim', 'source', 'size', 'class', 'outcome', 'why', 'instead', 'known', 'needs'];
  const row = (clone: CloneRow): string[] => [
    clone.namespace,
    clone.removed ? `${clone.claim} (deleted again)` : clone.claim,
    clone.source,
    clone.bytes === undefined ? '?' : bytesText(clone.bytes),
    clone.storageClass ?? '?',
    clone.outcome,
    clone.reason ?? '',
    clone.remedy ?? '',
    clone.evidence ?? '',
    clone.needs ?? '',
  ];
  return table(head, clones, row, ['needs']);
}

/** A row for each namespace and class. */
export function capacityTable(capacity: readonly CapacityRow[]): Iterable<string> {
  const head = [
    'namespace',
    'class',
    'claims',
    'asked',
    'at rest',
    'at the peak',
    'usable',
    'scratch',
    'copied',
    'shared',
    'clones open',
  ];
  return table(head, capacity, (row) => {
    const { namespace, storageClass, claims, requested, unknownSizes } = row;
    const bytes = (
      sum: 'asked' | 'peak' | 'usable' | 'scratch' | 'scratchPerhaps' | 'copied' | 'shared' | 'open',
    ): string => openSum(row[sum], row.incomplete.includes(sum));
    const [scratch, perhaps] = [bytes('scratch'), bytes('scratchPerhaps')];
    const scratches = [
      ...(scratch !== '0' || perhaps === '0' ? [scratch] : []),
      ...(perhaps === '0' ? [] : [`${perhaps} perhaps`]),
    ];
    return [
      namespace,
      storageClass || '?',
      String(claims),
      bytes('asked'),
      sumText({ bytes: requested, unknownSizes }),
      bytes('peak'),
      bytes('usable'),
      scratches.join(' + '),
      bytes('copied'),
      bytes('shared'),
      bytes('open'),
    ];
  });
}

/** A sum of bytes; with `?` where a part of it is not known. */
function openSum(bytes: number, isIncomplete: boolean): string {
  if (!isIncomplete) return bytesText(bytes);
  return bytes === 0 ? '?' : `${bytesText(bytes)} + ?`;
}

/** A row for each object whose claims are in no sum, and for all that could not be counted for the same reason. */
export function uncountedTable(rows: readonly UncountedRow[]): Iterable<string> {
  const head = ['namespace', 'object', 'makes claims', 'each', 'class', 'why'];
  return table(head, folded(rows), ({ namespace, object, makes, askedEach, bytesEach, storageClass, reason }) => {
    const known = (value: string | undefined): string => value ?? (makes === undefined ? '' : '?');
    const size = sizeText(askedEach, bytesEach);
    return [namespace, object, makes ?? '', known(size), known(storageClass), reason];
  });
}

/** How many are named; the others are a number. */
const NAMED = 10;

/** What is written down more than once, in a sentence. */
export function restatedText(rows: readonly RestatedRow[]): string {
  const of = ({ namespace, object, times }: RestatedRow): string => {
    const [kind, name] = [object.slice(0, object.indexOf(' ')), object.slice(object.indexOf(' ') + 1)];
    return `${cell(`${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`)} (${times} times)`;
  };
  const named = listed(rows.map(of), 'object');
  return `Written down more than once, and counted once, as the last of them says: ${named}.`;
}

/** The kinds that are not known, in a sentence. */
export function passedText(kinds: readonly PassedKind[]): string {
  const of = ({ kind, apiGroup, objects }: PassedKind): string => `${objects} × ${cell(`${kind} (${apiGroup})`)}`;
  return `Of these kinds nothing is known here, nor which claims their operators make: ${listed(kinds.map(of), 'kind')}.`;
}

function listed(texts: readonly string[], what: string): string {
  const rest = texts.length - NAMED;
  const more = rest > 0 ? [`and ${count(rest, `other ${what}`)}`] : [];
  return [...texts.slice(0, NAMED), ...more].join(', ');
}

/** The lines of a Markdown table; text that would break it is escaped, and commands stand as code. */
function* table<T>(
  head: readonly string[],
  items: readonly T[],
  row: (item: T) => readonly string[],
  commands: readonly string[] = [],
): Generator<string> {
  const isCommand = head.map((column) => commands.includes(column));
  const shown = (text: string, index: number): string =>
    isCommand[index] === true && text !== '' ? code(printable(text)) : cell(text);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  yield line(head);
  yield line(head.map(() => '---'));
  for (const item of items) yield line(row(item).map(shown));
}
