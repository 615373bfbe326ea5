import { MigrationVerdict } from '../../constructs/storage/live-migration-rules';
import { picture } from './mermaid';
import { CapacityRow, CloneRow, DiskRow, Inventory, Total, VmRow } from './model';
import { bytesText, count, shortModes, sumText } from './text';

/** The inventory as a Markdown document. */
export function renderMarkdown(inventory: Inventory, title = 'Inventory'): string {
  const { total, groups, namespaces, storageClasses, hasCatalog } = inventory;
  const parts = [
    `# ${title}`,
    `${count(total.vms, 'VM')}, ${count(total.claims, 'claim')}, ${sumText(total)} requested.`,
    ...(groups.length > 0 ? [EACH] : []),
    ...(hasCatalog ? [] : [NO_CATALOG]),
    '## Totals',
    ...(groups.length > 0 ? [totalsTable('part', groups)] : []),
    totalsTable('namespace', namespaces),
    totalsTable('storage class', storageClasses, ['claims', 'requested']),
    ...(groups.length > 0
      ? groups.flatMap(({ name }) => groupParts(inventory, name, '##'))
      : groupParts(inventory, '', '')),
    '## How to read it',
    LEGEND,
  ];
  return `${parts.join('\n\n')}\n`;
}

const EACH =
  'Each part counts the objects that it makes or changes, in their last state; what it deletes itself is not counted. ' +
  'What an earlier part made may be gone by then, so that the sum is more than stands in the cluster at any time.';

const NO_CATALOG =
  "Nothing is known of the cluster's storage: what follows from it (the outcome of clones, what a StorageProfile fills in) is said to be unknown.";

const LEGEND = [
  '- **requested** is what the claims ask for; CDI adds the overhead of a file system for `spec.storage`. **usable** is what it leaves for disks.',
  '- **scratch** is what imports and uploads take beside their claims if all run at once; _perhaps_: it depends on the image.',
  '- **copied** clones move every byte; **shared** ones share the blocks of their source until they are written.',
  '- Live migration and clones are judged by the rules of KubeVirt v1.6.2 and CDI v1.63.1. An empty cell: it does not apply; `?`: it is not known.',
].join('\n');

function groupParts(inventory: Inventory, group: string, heading: string): string[] {
  const of = <T extends { readonly group: string }>(rows: readonly T[]): T[] =>
    rows.filter((row) => row.group === group);
  const [disks, vms, clones, capacity] = [
    of(inventory.disks),
    of(inventory.vms),
    of(inventory.clones),
    of(inventory.capacity),
  ];
  if (disks.length + vms.length + capacity.length === 0)
    return heading === '' ? [] : [`${heading} ${group}`, 'No VM and no claim.'];
  const sub = `#${heading === '' ? '#' : heading}`;
  const section = (title: string, body: string[]): string[] => (body.length > 0 ? [`${sub} ${title}`, ...body] : []);
  return [
    ...(heading === '' ? [] : [`${heading} ${group}`]),
    ...section('Picture', ['```mermaid\n' + picture(disks) + '\n```']),
    ...section('Disks', disks.length > 0 ? [diskTable(disks)] : []),
    ...section('VMs', vms.length > 0 ? [vmTable(vms)] : []),
    ...section('Clones', clones.length > 0 ? [cloneTable(clones)] : []),
    ...section('Capacity', capacity.length > 0 ? [capacityTable(capacity)] : []),
  ];
}

function totalsTable(
  what: string,
  totals: readonly Total[],
  columns: readonly string[] = ['VMs', 'claims', 'requested'],
): string {
  const cells: Record<string, (total: Total) => string> = {
    VMs: ({ vms }) => String(vms),
    claims: ({ claims }) => String(claims),
    requested: sumText,
  };
  const rows = totals.map((total) => [total.name || '?', ...columns.map((column) => cells[column]?.(total) ?? '')]);
  return table([what, ...columns], rows);
}

function diskTable(disks: readonly DiskRow[]): string {
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
  ];
  const rows = disks.map((disk) => {
    const known = (value: string | undefined): string => value ?? (disk.claim === undefined ? '' : '?');
    const { namespace, vm, role, claim, source, bytes, storageClass, accessModes, volumeMode, hotplug, made } = disk;
    const size = bytes === undefined ? undefined : bytesText(bytes);
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
    ];
  });
  return table(head, rows);
}

function vmTable(vms: readonly VmRow[]): string {
  const rows = vms.map(({ namespace, vm, kind, disks, verdict, obstacles, contradicts }) => {
    const shown = obstacles.filter(({ certain }) => certain || verdict !== MigrationVerdict.NOT_MIGRATABLE);
    const why = shown.map(({ message, remedy }) => (remedy === undefined ? message : `${message} (${remedy})`));
    if (contradicts) why.push('evictionStrategy LiveMigrate: it blocks the drain of its node');
    return [namespace, kind === 'VirtualMachine' ? vm : `${vm} (${kind})`, String(disks), verdict, why.join('; ')];
  });
  return table(['namespace', 'VM', 'disks', 'live migration', 'why'], rows);
}

function cloneTable(clones: readonly CloneRow[]): string {
  const head = ['namespace', 'claim', 'source', 'size', 'class', 'outcome', 'why', 'instead', 'known', 'needs'];
  const rows = clones.map((clone) => [
    clone.namespace,
    clone.removed ? `${clone.claim} (deleted again)` : clone.claim,
    clone.source,
    clone.bytes === undefined ? '?' : bytesText(clone.bytes),
    clone.storageClass ?? '?',
    clone.outcome,
    clone.reason ?? '',
    clone.remedy ?? '',
    clone.evidence ?? '',
    clone.needs === undefined ? '' : `\`${clone.needs}\``,
  ]);
  return table(head, rows);
}

function capacityTable(capacity: readonly CapacityRow[]): string {
  const head = [
    'namespace',
    'class',
    'claims',
    'asked',
    'requested',
    'usable',
    'scratch',
    'copied',
    'shared',
    'unknown',
  ];
  const rows = capacity.map((row) => {
    const scratch = [
      ...(row.scratch > 0 || row.scratchPerhaps === 0 ? [bytesText(row.scratch)] : []),
      ...(row.scratchPerhaps > 0 ? [`${bytesText(row.scratchPerhaps)} perhaps`] : []),
    ].join(' + ');
    const { namespace, storageClass, claims, asked, requested, usable, copied, shared, open, unknownSizes } = row;
    const sum = sumText({ bytes: requested, unknownSizes });
    const bytes = [usable, copied, shared, open].map(bytesText);
    return [
      namespace,
      storageClass || '?',
      String(claims),
      bytesText(asked),
      sum,
      bytes[0] ?? '',
      scratch,
      ...bytes.slice(1),
    ];
  });
  return table(head, rows);
}

/** A Markdown table; what would break it is escaped. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replace(/[\\|<]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');
}
