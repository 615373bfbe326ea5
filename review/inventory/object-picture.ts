import { publicAddress } from '../../constructs/shared/sensitive';
import { kindOf, withApi } from '../cluster/kinds';
import { claimName, machineOf } from '../cluster/machine';
import { POD_LABEL, podLabel } from '../cluster/pod-label';
import { isObject, objectAt, objectsAt, textAt, valueAt, wordOf } from '../manifests/json';
import type { Json } from '../rule';
import { arrow, box, cylinder, dotted, Keys, quoted, rounded } from './flowchart';
import { shortModes } from './text';

/** Boxes by namespace ('' is the cluster's), arrows, and the key of each object. */
interface Drawing {
  readonly boxes: Map<string, Map<string, string>>;
  readonly arrows: Set<string>;
  readonly keys: Keys;
  /** The VM of each pod label, by namespace and label. */
  readonly labelled: ReadonlyMap<string, string>;
}

/** How the keys of the commonest kinds begin. */
const PREFIX: ReadonlyMap<string, string> = new Map([
  ['DataVolume', 'dv'],
  ['PersistentVolumeClaim', 'pvc'],
  ['StorageClass', 'sc'],
  ['VirtualMachine', 'vm'],
]);

/** What makes a plain claim wait for an upload. */
const UPLOAD_TARGET = 'cdi.kubevirt.io/storage.upload.target';

/**
 * A Mermaid flowchart of manifests: where a disk's bytes come from, the DataVolume, its claim, the
 * storage class, the VM.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function objectPicture(manifests: readonly object[]): string {
  const objects = manifests.filter(isObject).map(withApi);
  const drawing: Drawing = { boxes: new Map(), arrows: new Set(), keys: new Keys(), labelled: labelled(objects) };
  for (const manifest of objects) draw(drawing, manifest);
  const lines = ['flowchart LR'];
  for (const [namespace, boxes] of drawing.boxes) {
    const isCluster = namespace === '';
    if (!isCluster) lines.push(`  subgraph ${drawing.keys.of('ns', namespace)}[${quoted(namespace)}]`);
    for (const [self, label] of boxes) lines.push(`  ${isCluster ? '' : '  '}${self}${label}`);
    if (!isCluster) lines.push('  end');
  }
  return [...lines, ...[...drawing.arrows].map((arrow) => `  ${arrow}`)].join('\n');
}

function draw(drawing: Drawing, manifest: Json): void {
  const kind = textAt(manifest, 'kind');
  const name = textAt(manifest, 'metadata', 'name');
  const namespace = textAt(manifest, 'metadata', 'namespace');
  const spec = objectAt(manifest, 'spec') ?? {};
  switch (kind) {
    case 'Namespace':
      return;
    case 'DataVolume':
      return drawDataVolume(drawing, namespace, name, spec);
    case 'PersistentVolumeClaim':
      return drawClaim(drawing, namespace, name, manifest);
    case 'VirtualMachine':
      return drawVm(drawing, namespace, name, spec);
    case 'VolumeSnapshot': {
      const self = object(drawing, namespace, kind, name);
      drawing.arrows.add(arrow(claimBox(drawing, namespace, kindOf(manifest)?.snapshotOf?.(manifest) ?? ''), self));
      return;
    }
    case 'VirtualMachineInstanceMigration': {
      const vm = object(drawing, namespace, 'VirtualMachine', textAt(spec, 'vmiName'));
      drawing.arrows.add(arrow(object(drawing, namespace, kind, name), vm));
      return;
    }
    case 'Service':
      return drawService(drawing, namespace, name, spec);
    case 'Pod':
      for (const volume of objectsAt(spec, 'volumes')) {
        const claim = claimName(volume);
        if (claim === undefined) continue;
        drawing.arrows.add(arrow(claimBox(drawing, namespace, claim), object(drawing, namespace, kind, name)));
      }
      return;
    default:
      object(drawing, namespace, kind, name);
  }
}

function drawDataVolume(drawing: Drawing, namespace: string, name: string, spec: Json): void {
  const claim = objectAt(spec, 'pvc') ?? objectAt(spec, 'storage') ?? {};
  const self = object(drawing, namespace, 'DataVolume', name, describeClaim(claim));
  drawing.arrows.add(arrow(sourceBox(drawing, namespace, objectAt(spec, 'source') ?? {}), self));
  const made = claimBox(drawing, namespace, name);
  drawing.arrows.add(arrow(self, made));
  drawStorageClass(drawing, made, claim);
}

function drawClaim(drawing: Drawing, namespace: string, name: string, manifest: Json): void {
  const spec = objectAt(manifest, 'spec') ?? {};
  const self = object(drawing, namespace, 'PersistentVolumeClaim', name, describeClaim(spec));
  if (valueAt(manifest, 'metadata', 'annotations', UPLOAD_TARGET) !== undefined)
    drawing.arrows.add(arrow(sourceBox(drawing, '', { upload: {} }), self));
  drawStorageClass(drawing, self, spec);
}

function drawStorageClass(drawing: Drawing, claim: string, spec: Json): void {
  if (typeof spec.storageClassName !== 'string') return;
  drawing.arrows.add(dotted(claim, object(drawing, '', 'StorageClass', spec.storageClassName)));
}

function drawVm(drawing: Drawing, namespace: string, name: string, spec: Json): void {
  const self = object(drawing, namespace, 'VirtualMachine', name);
  for (const volume of objectsAt(spec, 'template', 'spec', 'volumes')) {
    const claim = claimName(volume);
    if (claim !== undefined) {
      drawing.arrows.add(arrow(claimBox(drawing, namespace, claim), self, wordOf(volume.name)));
    }
    const secret = textAt(volume, 'cloudInitNoCloud', 'secretRef', 'name');
    if (secret !== '') drawing.arrows.add(dotted(object(drawing, namespace, 'Secret', secret), self));
  }
}

function labelled(manifests: readonly Json[]): Map<string, string> {
  const machines = manifests.map((manifest) => machineOf({ object: manifest, origin: {} }));
  return new Map(
    machines.flatMap((machine) =>
      machine === undefined || machine.isInstance
        ? []
        : [[`${machine.namespace}/${podLabel(machine)}`, machine.name] as const],
    ),
  );
}

function drawService(drawing: Drawing, namespace: string, name: string, spec: Json): void {
  const self = object(drawing, namespace, 'Service', name);
  const label = valueAt(spec, 'selector', POD_LABEL);
  if (typeof label !== 'string') return;
  const vm = drawing.labelled.get(`${namespace}/${label}`) ?? label;
  drawing.arrows.add(arrow(self, object(drawing, namespace, 'VirtualMachine', vm)));
}

/** The box of what the bytes of a DataVolume come from. */
function sourceBox(drawing: Drawing, namespace: string, source: Json): string {
  const [kind = 'blank', of] = Object.entries(source)[0] ?? [];
  const name = textAt(of, 'name');
  const from = textAt(of, 'namespace') || namespace;
  if (kind === 'pvc' && name !== '') return claimBox(drawing, from, name);
  if (kind === 'snapshot' && name !== '') return object(drawing, from, 'VolumeSnapshot', name);
  const address = publicAddress(textAt(of, 'url')) || kind;
  return object(drawing, '', kind === 'blank' ? 'Source' : 'Image', address);
}

/** A claim that a DataVolume makes, or that stands elsewhere, is drawn when something names it. */
function claimBox(drawing: Drawing, namespace: string, name: string): string {
  return object(drawing, namespace, 'PersistentVolumeClaim', name);
}

/** The key of the box of an object. What is known of it later completes the label. */
function object(drawing: Drawing, namespace: string, kind: string, name: string, detail?: string): string {
  const boxes = drawing.boxes.get(namespace) ?? new Map<string, string>();
  drawing.boxes.set(namespace, boxes);
  const self = drawing.keys.of(PREFIX.get(kind) ?? kind.toLowerCase(), namespace, name);
  if (detail !== undefined || !boxes.has(self)) {
    boxes.set(self, shape(kind)(kind, name, ...(detail === undefined ? [] : [detail])));
  }
  return self;
}

/** Disks are cylinders, machines are rounded, all else is a box. */
function shape(kind: string): typeof box {
  if (kind === 'PersistentVolumeClaim') return cylinder;
  return kind === 'VirtualMachine' ? rounded : box;
}

function describeClaim(spec: Json): string | undefined {
  const size = valueAt(spec, 'resources', 'requests', 'storage');
  const modes = Array.isArray(spec.accessModes) ? shortModes(spec.accessModes.map(wordOf)) : undefined;
  const facts = [size, modes, spec.volumeMode].filter((fact) => fact !== undefined);
  return facts.length > 0 ? facts.map(wordOf).join(' ') : undefined;
}
