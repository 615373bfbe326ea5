import { arrow, box, cylinder, Keys, quoted, rounded } from './flowchart';
import { folded } from './folded-picture';
import { DiskRow } from './model';
import { compare, shortModes, sizeText } from './text';

/** More disks than these are folded by namespace. */
const DRAWN_DISKS = 24;

/** A Mermaid flowchart VM → disk → claim → class. A large fleet is folded by namespace. */
export function picture(disks: readonly DiskRow[]): string {
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

/** A claim is a cylinder; a disk that is no claim a box. */
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
