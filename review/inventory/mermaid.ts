import { compare, DiskRow } from './model';
import { bytesText, count, shortModes } from './text';

/** More disks than these are folded by namespace. */
const DRAWN_DISKS = 24;

/** More namespaces than these are folded into one box. */
const DRAWN_NAMESPACES = 20;

/**
 * A Mermaid flowchart VM → disk → claim → class. A large fleet is folded: a box a namespace.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function picture(disks: readonly DiskRow[]): string {
  const withClaim = disks.filter(({ claim, vm }) => claim !== undefined || vm !== undefined);
  return withClaim.length > DRAWN_DISKS ? folded(withClaim) : drawn(withClaim);
}

function drawn(disks: readonly DiskRow[]): string {
  const keys = new Keys();
  const lines = new Set<string>();
  const arrows = new Set<string>();
  const namespaces = [...new Set(disks.map(({ namespace }) => namespace))].sort(compare);
  for (const namespace of namespaces) {
    lines.add(`  subgraph ${keys.of('ns', namespace)}[${quoted(namespace || 'no namespace')}]`);
    for (const disk of disks.filter((row) => row.namespace === namespace)) {
      const vm = disk.vm === undefined ? undefined : keys.of('vm', namespace, disk.vm);
      if (vm !== undefined) lines.add(`    ${vm}(["${label('VM', disk.vm ?? '')}"])`);
      const claim = drawClaim(keys, lines, disk);
      const name = [disk.disk ?? '', ...(disk.hotplug ? ['(hotplug)'] : [])].join(' ');
      if (vm !== undefined) arrows.add(`  ${vm} -->|${quoted(name)}| ${claim}`);
      if (disk.claim !== undefined) arrows.add(`  ${claim} --> ${keys.of('sc', disk.storageClass ?? '')}`);
    }
    lines.add(`  end ${keys.of('ns', namespace)}`);
  }
  const classes = [...new Set(disks.filter(({ claim }) => claim !== undefined).map(classOf))].sort(compare);
  const boxes = classes.map((name) => `  ${keys.of('sc', name)}["${label('class', name || 'not known')}"]`);
  const inside = [...lines].map((line) => line.replace(/^ {2}end .*/, '  end'));
  return ['flowchart LR', ...inside, ...boxes, ...arrows].join('\n');
}

/** A claim is a cylinder; a disk that is no claim a box. */
function drawClaim(keys: Keys, lines: Set<string>, disk: DiskRow): string {
  const { namespace, claim, vm = '', disk: name = '', made } = disk;
  if (claim === undefined) {
    const self = keys.of('disk', namespace, vm, name);
    lines.add(`    ${self}["${label(made)}"]`);
    return self;
  }
  const self = keys.of('pvc', namespace, claim);
  const size = disk.bytes === undefined ? '?' : bytesText(disk.bytes);
  const facts = [size, shortModes(disk.accessModes), disk.volumeMode].filter((fact) => fact !== undefined);
  lines.add(`    ${self}[("${label(claim, facts.join(' '))}")]`);
  return self;
}

interface Fold {
  readonly vms: Set<string>;
  readonly claims: Map<string, DiskRow>;
}

function folded(disks: readonly DiskRow[]): string {
  const keys = new Keys();
  const all = new Map<string, Fold>();
  for (const disk of disks) {
    const fold = all.get(disk.namespace) ?? { vms: new Set(), claims: new Map() };
    all.set(disk.namespace, fold);
    if (disk.vm !== undefined) fold.vms.add(`${disk.namespace}/${disk.vm}`);
    if (disk.claim !== undefined) fold.claims.set(`${disk.namespace}/${disk.claim}`, disk);
  }
  const largest = [...all].sort(([a, x], [b, y]) => y.claims.size - x.claims.size || compare(a, b));
  const shown = largest.slice(0, DRAWN_NAMESPACES).sort(([a], [b]) => compare(a, b));
  const rest = largest.slice(DRAWN_NAMESPACES).map(([, fold]) => fold);
  const lines: string[] = [];
  const arrows: string[] = [];
  const classes = new Set<string>();
  const box = (key: string, title: string, { vms, claims }: Fold): void => {
    lines.push(`  ${key}["${label(title, `${count(vms.size, 'VM')}, ${count(claims.size, 'claim')}`)}"]`);
    for (const [name, { number, bytes }] of byClass(claims.values())) {
      classes.add(name);
      arrows.push(`  ${key} -->|${quoted(`${count(number, 'claim')}, ${bytesText(bytes)}`)}| ${keys.of('sc', name)}`);
    }
  };
  for (const [namespace, fold] of shown) box(keys.of('ns', namespace), namespace || 'no namespace', fold);
  if (rest.length > 0) box('others', count(rest.length, 'other namespace'), together(rest));
  const boxes = [...classes]
    .sort(compare)
    .map((name) => `  ${keys.of('sc', name)}["${label('class', name || 'not known')}"]`);
  return ['flowchart LR', ...lines, ...boxes, ...arrows].join('\n');
}

function together(folds: readonly Fold[]): Fold {
  const vms = new Set(folds.flatMap((fold) => [...fold.vms]));
  return { vms, claims: new Map(folds.flatMap((fold) => [...fold.claims])) };
}

function byClass(claims: Iterable<DiskRow>): [string, { number: number; bytes: number }][] {
  const sums = new Map<string, { number: number; bytes: number }>();
  for (const claim of claims) {
    const { number, bytes } = sums.get(classOf(claim)) ?? { number: 0, bytes: 0 };
    sums.set(classOf(claim), { number: number + 1, bytes: bytes + (claim.bytes ?? 0) });
  }
  return [...sums].sort(([a], [b]) => compare(a, b));
}

function classOf({ storageClass }: DiskRow): string {
  return storageClass ?? '';
}

/** The keys of boxes: readable, and no two alike. */
class Keys {
  private readonly known = new Map<string, string>();
  private readonly taken = new Set<string>();

  public of(...names: readonly string[]): string {
    const identity = names.join('/');
    const known = this.known.get(identity);
    if (known !== undefined) return known;
    const readable = names.join('_').replace(/\W/g, '_');
    let chosen = readable;
    for (let next = 2; this.taken.has(chosen); next += 1) chosen = `${readable}_${next}`;
    this.known.set(identity, chosen);
    this.taken.add(chosen);
    return chosen;
  }
}

function label(...lines: readonly string[]): string {
  return lines.map(escape).join('<br/>');
}

function quoted(text: string): string {
  return `"${escape(text)}"`;
}

/** Mermaid's own escapes; it takes `%%` for a comment wherever it stands. */
function escape(text: string): string {
  return text.replace(/[&"<>#;`%\\:]|[^\S ]/g, (sign) => `#${sign.codePointAt(0)};`);
}
