import { arrow, box, cylinder, Keys, quoted, rounded } from './flowchart';
import { DiskRow } from './model';
import { compare, count, shortModes, sizeText, sumText } from './text';

/** More disks than these are folded by namespace. */
const DRAWN_DISKS = 24;

/** A Mermaid flowchart VM → disk → claim → class. A large fleet is folded by namespace. */
export function diskPicture(disks: readonly DiskRow[]): string {
  const shown = disks.filter(({ claim, vm }) => claim !== undefined || vm !== undefined);
  return shown.length > DRAWN_DISKS ? folded(shown) : drawn(shown);
}

function drawn(disks: readonly DiskRow[]): string {
  const keys = new Keys();
  const lines: string[] = [];
  const arrows = new Set<string>();
  const namespaces = [...new Set(disks.map(({ namespace }) => namespace))].sort(compare);
  for (const namespace of namespaces) {
    const boxes = new Set<string>();
    for (const disk of disks.filter((row) => row.namespace === namespace)) drawDisk(keys, boxes, arrows, disk);
    lines.push(`  subgraph ${keys.of('ns', namespace)}[${quoted(namespace || 'no namespace')}]`);
    lines.push(...[...boxes].map((one) => `    ${one}`), '  end');
  }
  const classes = [...new Set(disks.filter(({ claim }) => claim !== undefined).map(classOf))].sort(compare);
  const boxes = classes.map((name) => `${keys.of('sc', name)}${box('class', name || 'not known')}`);
  return ['flowchart LR', ...lines, ...[...boxes, ...arrows].map((line) => `  ${line}`)].join('\n');
}

function drawDisk(keys: Keys, boxes: Set<string>, arrows: Set<string>, disk: DiskRow): void {
  const vm = disk.vm === undefined ? undefined : keys.of('vm', disk.namespace, disk.vm);
  if (vm !== undefined) boxes.add(`${vm}${rounded('VM', disk.vm ?? '')}`);
  const claim = drawClaim(keys, boxes, disk);
  const name = [disk.disk ?? '', ...(disk.hotplug ? ['(hotplug)'] : [])].join(' ');
  if (vm !== undefined) arrows.add(arrow(vm, claim, name));
  if (disk.claim !== undefined) arrows.add(arrow(claim, keys.of('sc', classOf(disk))));
}

/** A claim is a cylinder, a disk that is not a claim is a box. */
function drawClaim(keys: Keys, boxes: Set<string>, disk: DiskRow): string {
  const { namespace, claim, vm = '', disk: name = '', made } = disk;
  if (claim === undefined) {
    const self = keys.of('disk', namespace, vm, name);
    boxes.add(`${self}${box(made)}`);
    return self;
  }
  const self = keys.of('pvc', namespace, claim);
  const size = sizeText(disk.asked, disk.bytes) ?? 'size ?';
  const facts = [size, shortModes(disk.accessModes), disk.volumeMode].filter((fact) => fact !== undefined);
  const known = disk.notKnown.includes('the claim') ? 'not in the manifests' : facts.join(' ');
  boxes.add(`${self}${cylinder(claim, known)}`);
  return self;
}

function classOf({ storageClass }: DiskRow): string {
  return storageClass ?? '';
}

/** More namespaces than these are folded into one. */
const DRAWN_NAMESPACES = 10;

/** More classes than these, of one namespace, are folded into one. */
const DRAWN_CLASSES = 4;

interface Fold {
  readonly vms: Set<string>;
  readonly claims: Map<string, DiskRow>;
}

/** A fleet as a Mermaid flowchart: of each namespace its VMs, and its claims by class; the largest namespaces alone. */
function folded(disks: readonly DiskRow[]): string {
  const all = foldsOf(disks);
  const largest = [...all].sort(([a, x], [b, y]) => y.claims.size - x.claims.size || compare(a, b));
  const shown = largest.slice(0, DRAWN_NAMESPACES).sort(([a], [b]) => compare(a, b));
  const rest = largest.slice(DRAWN_NAMESPACES).map(([, fold]) => fold);
  const drawing = new Drawing();
  for (const [namespace, fold] of shown) drawing.add(namespace || 'no namespace', fold);
  if (rest.length > 0) drawing.add(count(rest.length, 'other namespace'), together(rest));
  return drawing.text();
}

function foldsOf(disks: readonly DiskRow[]): Map<string, Fold> {
  const all = new Map<string, Fold>();
  for (const { namespace, vm, claim, ...disk } of disks) {
    const fold = all.get(namespace) ?? { vms: new Set(), claims: new Map() };
    all.set(namespace, fold);
    if (vm !== undefined) fold.vms.add(`${namespace}/${vm}`);
    if (claim !== undefined) fold.claims.set(`${namespace}/${claim}`, { namespace, vm, claim, ...disk });
  }
  return all;
}

function together(folds: readonly Fold[]): Fold {
  const vms = new Set(folds.flatMap((fold) => [...fold.vms]));
  return { vms, claims: new Map(folds.flatMap((fold) => [...fold.claims])) };
}

/** Sums stand in boxes: Mermaid draws the texts of many arrows over each other. */
class Drawing {
  private readonly keys = new Keys();
  private readonly lines: string[] = [];
  private readonly arrows: string[] = [];
  private readonly classes = new Map<string, string>();

  public add(title: string, { vms, claims }: Fold): void {
    this.lines.push(`  subgraph ${this.keys.of('ns', title)}[${quoted(title)}]`);
    const machines = this.keys.of('vms', title);
    if (vms.size > 0) this.lines.push(`    ${machines}${rounded(count(vms.size, 'VM'))}`);
    for (const { name, key, number, bytes, unknown } of sums(claims.values())) {
      const self = this.keys.of('pvcs', title, key);
      const size = sumText({ bytes, unknownSizes: unknown });
      this.lines.push(
        `    ${self}${cylinder(name === UNKNOWN ? 'class not known' : name, count(number, 'claim'), size)}`,
      );
      if (vms.size > 0) this.arrows.push(arrow(machines, self));
      this.arrows.push(arrow(self, this.classKey(key, name)));
    }
    this.lines.push('  end');
  }

  public text(): string {
    const boxes = [...this.classes].sort(([a], [b]) => compare(a, b)).map(([, drawn]) => drawn);
    return ['flowchart LR', ...this.lines, ...[...boxes, ...this.arrows].map((line) => `  ${line}`)].join('\n');
  }

  private classKey(key: string, name: string): string {
    const self = this.keys.of('sc', key);
    this.classes.set(key, `${self}${box('class', name)}`);
    return self;
  }
}

const UNKNOWN = 'not known';

interface Sum {
  /** Its identity: the name of the class. */
  readonly key: string;
  readonly name: string;
  number: number;
  bytes: number;
  unknown: number;
}

/** The claims by class, the largest classes alone. */
function sums(claims: Iterable<DiskRow>): Sum[] {
  const all = new Map<string, Sum>();
  for (const { storageClass: key = '', bytes } of claims) {
    const sum = all.get(key) ?? { key, name: key || UNKNOWN, number: 0, bytes: 0, unknown: 0 };
    sum.number += 1;
    sum.bytes += bytes ?? 0;
    if (bytes === undefined) sum.unknown += 1;
    all.set(key, sum);
  }
  const largest = [...all.values()].sort((a, b) => b.bytes - a.bytes || compare(a.key, b.key));
  if (largest.length <= DRAWN_CLASSES) return largest.sort((a, b) => compare(a.key, b.key));
  const shown = largest.slice(0, DRAWN_CLASSES - 1).sort((a, b) => compare(a.key, b.key));
  const others: Sum = { key: 'other/classes', name: 'others', number: 0, bytes: 0, unknown: 0 };
  for (const { number, bytes, unknown } of largest.slice(DRAWN_CLASSES - 1)) {
    others.number += number;
    others.bytes += bytes;
    others.unknown += unknown;
  }
  return [...shown, others];
}
