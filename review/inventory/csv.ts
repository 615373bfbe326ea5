import { printable } from '../../constructs/shared/printable';
import { DiskRow, Inventory, Total } from './model';

const HEAD = [
  'group',
  'namespace',
  'vm',
  'disk',
  'role',
  'claim',
  'source',
  'askedBytes',
  'bytes',
  'storageClass',
  'accessModes',
  'volumeMode',
  'hotplug',
  'made',
  'cloneOutcome',
  'cloneReason',
  'liveMigration',
  'liveMigrationReasons',
  'notKnown',
  'becomes',
  'becomesReason',
  'peakBytes',
  'vmBecomes',
  'vmCpus',
  'vmMemoryBytes',
  'willNotWork',
  'namespaceVms',
  'namespaceCpus',
  'namespaceMemoryBytes',
  'namespacePeakCpus',
  'namespacePeakMemoryBytes',
  'namespaceUnknownVms',
  'namespaceBytes',
  'namespacePeakBytes',
];

/**
 * A row per disk, with what is known about it, its clone and its VM, and the sums of its namespace, the same in each of its rows;
 * a cell that is not known is empty.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function renderCsv(inventory: Inventory): string {
  return [...csvLines(inventory)].join('');
}

/** The same, line by line. */
export function* csvLines({ disks, clones, vms, problems, namespaces }: Inventory): Generator<string> {
  const problemsOf = new Map<string, string[]>();
  for (const { namespace, object, reason } of problems) {
    const key = `${namespace}/${object}`;
    const reasons = problemsOf.get(key);
    if (reasons === undefined) problemsOf.set(key, [reason]);
    else reasons.push(reason);
  }
  const cloneOf = new Map(clones.map((clone) => [`${clone.group}/${clone.namespace}/${clone.claim}`, clone]));
  const sumsOf = new Map(namespaces.map((total) => [total.name, sums(total)]));
  const vmOf = new Map(vms.map((vm) => [`${vm.group}/${vm.namespace}/${vm.vm}`, vm]));
  const row = (disk: DiskRow): unknown[] => {
    const clone = cloneOf.get(`${disk.group}/${disk.namespace}/${disk.claim}`);
    const vm = vmOf.get(`${disk.group}/${disk.namespace}/${disk.vm}`);
    return [
      disk.group,
      disk.namespace,
      disk.vm,
      disk.disk,
      disk.role,
      disk.claim,
      disk.source,
      disk.asked,
      disk.bytes,
      disk.storageClass,
      disk.accessModes?.join(' '),
      disk.volumeMode,
      disk.hotplug,
      disk.made,
      clone?.outcome,
      clone?.reason,
      vm?.verdict,
      vm && reasonsText(vm.obstacles.map(({ message }) => message)),
      disk.notKnown.join('; '),
      disk.becomes,
      disk.why,
      disk.peak,
      vm?.becomes,
      vm?.cpus,
      vm?.memory,
      reasonsText(titlesOf(disk).flatMap((title) => problemsOf.get(title) ?? [])),
      ...(sumsOf.get(disk.namespace) ?? []),
    ];
  };
  const line = (cells: readonly unknown[]): string => `${cells.map(cell).join(',')}\r\n`;
  yield line(HEAD);
  for (const disk of disks) yield line(row(disk));
}

/** The sums of a namespace; VMs whose size is not known are in none of them. */
function sums(total: Total): unknown[] {
  const { vms, cpus, memory, peakCpus, peakMemory, unknownGuests, bytes, peakBytes } = total;
  return [vms, cpus, memory, peakCpus, peakMemory, unknownGuests, bytes, peakBytes];
}

/** The objects that a row speaks of, as problems name them. */
function titlesOf({ namespace, vm, claim }: DiskRow): string[] {
  const of = (kind: string, name: string | undefined): string[] =>
    name === undefined ? [] : [`${namespace}/${kind} ${name}`];
  return [
    ...['VirtualMachine', 'VirtualMachineInstance'].flatMap((kind) => of(kind, vm)),
    ...['DataVolume', 'PersistentVolumeClaim'].flatMap((kind) => of(kind, claim)),
  ];
}

/** A VM of a thousand volumes has a thousand reasons, and each of its thousand rows says them. */
const MOST_REASONS = 10;

function reasonsText(reasons: readonly string[]): string {
  const more = reasons.length - MOST_REASONS;
  return [...reasons.slice(0, MOST_REASONS), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/**
 * A spreadsheet takes a text for a formula by its first character: behind an apostrophe it is text.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function cellText(text: string): string {
  const shown = printable(text);
  return /^[=+\-@\t\r]/.test(text) || /^\s*[=+@]/.test(text) ? `'${shown}` : shown;
}

function cell(value: unknown): string {
  const text = typeof value === 'string' ? cellText(value) : value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
