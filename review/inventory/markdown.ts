import { printable } from '../../constructs/shared/printable';
import { CloneOutcomeKind } from '../../constructs/storage/clone/outcome';
import { MigrationVerdict } from '../../constructs/storage/live-migration-rules';
import { diskPicture } from './disk-picture';
import {
  capacityTable,
  cloneTable,
  diskTable,
  passedText,
  problemTable,
  restatedText,
  totalsTable,
  uncountedTable,
  vmTable,
} from './markdown-tables';
import { Inventory, InventoryReleases, Total } from './model';
import { bytesText, count, sumText } from './text';

/** The inventory as a Markdown document: sums, a picture in Mermaid, and a table of each list that is not empty. */
export function renderMarkdown(inventory: Inventory, title = 'Inventory'): string {
  return [...markdownPieces(inventory, title)].join('');
}

/** The same in pieces, each of whole lines: of a million disks the whole is longer than a string can be. */
export function* markdownPieces(inventory: Inventory, title = 'Inventory'): Generator<string> {
  let isFirst = true;
  for (const part of parts(inventory, title)) {
    if (!isFirst) yield '\n';
    isFirst = false;
    for (const line of typeof part === 'string' ? [part] : part) yield `${line}\n`;
  }
}

/** What stands between empty lines: a text, or the lines of a table. */
type Part = string | Iterable<string>;

function* parts(inventory: Inventory, title: string): Generator<Part> {
  const { groups, namespaces, storageClasses, hasCatalog, restated, passedKinds, problems, ofSeveralClusters } =
    inventory;
  yield `# ${title}`;
  yield summary(inventory);
  if (problems.length > 0) yield* ['## What will not work', problemTable(problems)];
  if (groups.length > 0) yield ofSeveralClusters ? EACH_CLUSTER : EACH;
  if (!hasCatalog) yield NO_CATALOG;
  if (restated.length > 0) yield restatedText(restated);
  if (passedKinds.length > 0) yield passedText(passedKinds);
  yield '## Totals';
  if (groups.length > 0) yield totalsTable(ofSeveralClusters ? 'roots' : 'part', '', groups);
  if (namespaces.length > 0) yield totalsTable('namespace', 'none is named', namespaces);
  if (storageClasses.length > 0) yield totalsTable('storage class', '?', storageClasses, ['claims', 'requested']);
  if (groups.length === 0) yield* groupParts(inventory, '', '');
  for (const { name } of groups) yield* groupParts(inventory, name, '##');
  yield '## How to read it';
  yield legend(inventory.releases);
}

/** What a reader wants to know first; a line whose count is 0 is left out. */
function summary({ total, vms, clones, uncounted }: Inventory): string {
  const standing = clones.filter(({ removed }) => !removed);
  const makers = uncounted.filter(({ makes }) => makes !== undefined).length;
  const others = uncounted.length - makers;
  return [
    `${count(total.vms, 'VM')}, ${count(total.claims, 'claim')}, ${sumText(total)} requested.`,
    ...(total.vms > 0 ? [guestsText(total)] : []),
    ...tally('Live migration', Object.values(MigrationVerdict), vms, ({ verdict }) => verdict),
    ...tally('Clones', Object.values(CloneOutcomeKind), standing, ({ outcome }) => outcome),
    ...(makers > 0 ? [`What ${count(makers, 'object')} will make besides is in no sum: see _Not counted_.`] : []),
    ...(others > 0 ? [`Not everything could be counted: see _Not counted_.`] : []),
  ].join('\n');
}

function guestsText({ cpus, memory, unknownGuests }: Total): string {
  const unknown = unknownGuests > 0 ? `; of ${count(unknownGuests, 'VM')} not all is known` : '';
  const known = memory === 0 ? '?' : bytesText(memory);
  return `Guests: ${count(cpus, 'CPU')}, ${known} of memory${unknown}.`;
}

function tally<T>(title: string, words: readonly string[], rows: readonly T[], of: (row: T) => string): string[] {
  if (rows.length === 0) return [];
  const counts = words.map((word) => [rows.filter((row) => of(row) === word).length, word] as const);
  const said = counts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return [`${title}: ${said.join(', ')}.`];
}

const EACH =
  'Each part counts the objects that it makes or changes, in their last state; what it deletes itself is not counted. ' +
  'What an earlier part made may be gone by then, so that the sum is more than stands in the cluster at any time.';

const EACH_CLUSTER =
  'Each part is what some roots apply, counted by itself: another makes machines or claims of the same names, for another ' +
  'cluster, or in a namespace that is not named here.';

const NO_CATALOG =
  "The cluster's storage is not known: what follows from it (the outcome of clones, what a StorageProfile fills in) is said to be unknown. To know it, give a StorageCatalog, or `--storage FILE` on the command line.";

const legend = (releases: InventoryReleases): string =>
  [
    '- **asked** is what the manifests ask for, **requested** what the claims do, which is what they take **at rest**: of `spec.storage` CDI adds what a file system takes. **usable** is what it leaves for disks.',
    '- **at the peak** is what is needed if everything goes on at once: of storage the claims with their scratch space, those that CDI fills in their place, those of restores, clones and exports of VMs, and snapshots at their largest; of CPUs and memory all guests, and a second pod of the largest that can be live-migrated, or of all that move volumes to other claims, five at once. The claim that such a volume leaves stands at rest, too, until somebody deletes it.',
    '- **CPUs** and **memory** are those of the guests, also of halted ones; what KubeVirt needs beside a guest comes on top. `?`: its instance type is not among the manifests.',
    '- **scratch** is what imports and uploads take beside their claims if all run at once; _perhaps_: it depends on the image.',
    '- **copied** clones move every byte; **shared** ones share the blocks of their source until they are written; **open** are those that never finish, or of which nothing is known.',
    `- Live migration and clones are judged by the rules of ${judgedBy(releases)}. An empty cell: it does not apply; \`?\`: it is not known (\`1Gi + ?\`: what a file system takes comes on top); \`*\` in a name: the cluster completes it.`,
  ].join('\n');

/** Whoever says the releases knows why it is these. */
function judgedBy({ kubevirt, cdi, reason }: InventoryReleases): string {
  const why = reason === 'as the options say' ? '' : ` (${printable(reason)})`;
  return `KubeVirt ${kubevirt} and CDI ${cdi}${why}`;
}

function* groupParts(inventory: Inventory, group: string, heading: string): Generator<Part> {
  const sub = heading === '' ? '##' : `${heading}#`;
  const section = function* <T extends { readonly group: string }>(
    title: string,
    all: readonly T[],
    write: (rows: readonly T[]) => Part,
  ): Generator<Part> {
    const rows = all.filter((row) => row.group === group);
    if (rows.length > 0) yield* [`${sub} ${title}`, write(rows)];
  };
  const { disks, vms, clones, capacity, uncounted } = inventory;
  if (heading !== '') yield `${heading} ${group}`;
  let isEmpty = heading !== '';
  for (const sections of [
    section('Picture', disks, (rows) => '```mermaid\n' + diskPicture(rows) + '\n```'),
    section('Disks', disks, diskTable),
    section('VMs', vms, vmTable),
    section('Clones', clones, cloneTable),
    section('Capacity', capacity, capacityTable),
    section('Not counted', uncounted, uncountedTable),
  ])
    for (const part of sections) {
      isEmpty = false;
      yield part;
    }
  if (isEmpty) yield 'No VM and no claim.';
}
