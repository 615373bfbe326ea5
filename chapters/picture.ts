type Json = Record<string, unknown>;

/** The parts of a manifest that the picture shows; all else is left alone. */
interface Manifest {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string; readonly annotations?: Json };
  readonly spec?: Record<string, unknown>;
  readonly [field: string]: unknown;
}

/** The short forms that kubectl prints. */
const SHORT: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** Boxes by namespace ('' is the cluster's), arrows, and the key of each object. */
interface Drawing {
  readonly boxes: Map<string, Map<string, string>>;
  readonly arrows: Set<string>;
  readonly keys: Map<string, string>;
}

/** How the keys of the commonest kinds begin. */
const PREFIX: Record<string, string> = {
  DataVolume: 'dv',
  PersistentVolumeClaim: 'pvc',
  StorageClass: 'sc',
  VirtualMachine: 'vm',
};

/** What makes a plain claim wait for an upload. */
const UPLOAD_TARGET = 'cdi.kubevirt.io/storage.upload.target';

/**
 * A Mermaid flowchart of manifests: where a disk's bytes come from, the DataVolume, its claim, the
 * storage class, the VM.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function picture(manifests: readonly object[]): string {
  const drawing: Drawing = { boxes: new Map(), arrows: new Set(), keys: new Map() };
  for (const manifest of manifests as readonly Manifest[]) draw(drawing, manifest);
  const lines = ['flowchart LR'];
  for (const [namespace, boxes] of drawing.boxes) {
    const isCluster = namespace === '';
    if (!isCluster) lines.push(`  subgraph ${key(drawing, 'ns', namespace)}[${quoted(namespace)}]`);
    for (const [self, label] of boxes) lines.push(`  ${isCluster ? '' : '  '}${self}${label}`);
    if (!isCluster) lines.push('  end');
  }
  return [...lines, ...[...drawing.arrows].map((arrow) => `  ${arrow}`)].join('\n');
}

function draw(drawing: Drawing, manifest: Manifest): void {
  const { kind = '', metadata: { name = '', namespace = '' } = {} } = manifest;
  switch (kind) {
    case 'Namespace':
      return;
    case 'DataVolume':
      return drawDataVolume(drawing, namespace, name, manifest.spec ?? {});
    case 'PersistentVolumeClaim':
      return drawClaim(drawing, manifest, namespace, name);
    case 'VirtualMachine':
      return drawVm(drawing, namespace, name, manifest.spec ?? {});
    case 'VolumeSnapshot': {
      const source = String(at(manifest.spec, 'source', 'persistentVolumeClaimName'));
      const self = box(drawing, namespace, kind, name);
      arrow(drawing, claimBox(drawing, namespace, source), '-->', self);
      return;
    }
    case 'VirtualMachineInstanceMigration': {
      const vm = box(drawing, namespace, 'VirtualMachine', String(manifest.spec?.vmiName));
      arrow(drawing, box(drawing, namespace, kind, name), '-->', vm);
      return;
    }
    case 'Service':
      return drawService(drawing, namespace, name, manifest.spec ?? {});
    case 'Pod':
      for (const volume of list(manifest.spec?.volumes)) {
        const claim = at(volume, 'persistentVolumeClaim', 'claimName');
        if (typeof claim === 'string') {
          arrow(drawing, claimBox(drawing, namespace, claim), '-->', box(drawing, namespace, kind, name));
        }
      }
      return;
    default:
      box(drawing, namespace, kind, name);
  }
}

function drawDataVolume(drawing: Drawing, namespace: string, name: string, spec: Json): void {
  const claim = (spec.pvc ?? spec.storage ?? {}) as Json;
  const self = box(drawing, namespace, 'DataVolume', name, describeClaim(claim));
  arrow(drawing, sourceBox(drawing, namespace, (spec.source ?? {}) as Json), '-->', self);
  const made = claimBox(drawing, namespace, name);
  arrow(drawing, self, '-->', made);
  drawStorageClass(drawing, made, claim);
}

function drawClaim(drawing: Drawing, { spec = {}, metadata }: Manifest, namespace: string, name: string): void {
  const self = box(drawing, namespace, 'PersistentVolumeClaim', name, describeClaim(spec));
  if (metadata?.annotations?.[UPLOAD_TARGET] !== undefined)
    arrow(drawing, sourceBox(drawing, '', { upload: {} }), '-->', self);
  drawStorageClass(drawing, self, spec);
}

function drawStorageClass(drawing: Drawing, claim: string, spec: Json): void {
  if (typeof spec.storageClassName !== 'string') return;
  arrow(drawing, claim, '-.->', box(drawing, '', 'StorageClass', spec.storageClassName));
}

function drawVm(drawing: Drawing, namespace: string, name: string, spec: Json): void {
  const self = box(drawing, namespace, 'VirtualMachine', name);
  for (const volume of list(at(spec, 'template', 'spec', 'volumes'))) {
    const claim = at(volume, 'persistentVolumeClaim', 'claimName') ?? at(volume, 'dataVolume', 'name');
    if (typeof claim === 'string') {
      arrow(drawing, claimBox(drawing, namespace, claim), `-->|${quoted(String(volume.name))}|`, self);
    }
    const secret = at(volume, 'cloudInitNoCloud', 'secretRef', 'name');
    if (typeof secret === 'string') arrow(drawing, box(drawing, namespace, 'Secret', secret), '-.->', self);
  }
}

function drawService(drawing: Drawing, namespace: string, name: string, spec: Json): void {
  const self = box(drawing, namespace, 'Service', name);
  const vm = at(spec, 'selector', 'vm.kubevirt.io/name');
  if (typeof vm === 'string') arrow(drawing, self, '-->', box(drawing, namespace, 'VirtualMachine', vm));
}

/** What a DataVolume's bytes come from. */
function sourceBox(drawing: Drawing, namespace: string, source: Json): string {
  const [kind = 'blank', of] = Object.entries(source)[0] ?? [];
  const { url, name, namespace: from = namespace } = (of ?? {}) as Record<string, string>;
  if (kind === 'pvc' && name !== undefined) return claimBox(drawing, from, name);
  if (kind === 'snapshot' && name !== undefined) return box(drawing, from, 'VolumeSnapshot', name);
  return box(drawing, '', kind === 'blank' ? 'Source' : 'Image', url ?? kind);
}

/** A claim that a DataVolume makes, or that stands elsewhere, is drawn when something names it. */
function claimBox(drawing: Drawing, namespace: string, name: string): string {
  return box(drawing, namespace, 'PersistentVolumeClaim', name);
}

/** The key of an object's box. What is known of it later completes the label. */
function box(drawing: Drawing, namespace: string, kind: string, name: string, detail?: string): string {
  const boxes = drawing.boxes.get(namespace) ?? new Map<string, string>();
  drawing.boxes.set(namespace, boxes);
  const self = key(drawing, kind, namespace, name);
  const label = [kind, name, ...(detail === undefined ? [] : [detail])].map(escape).join('<br/>');
  if (detail !== undefined || !boxes.has(self)) boxes.set(self, shape(kind, label));
  return self;
}

/** Disks are cylinders, machines are rounded, all else is a box. */
function shape(kind: string, label: string): string {
  if (kind === 'PersistentVolumeClaim') return `[("${label}")]`;
  return kind === 'VirtualMachine' ? `(["${label}"])` : `["${label}"]`;
}

function arrow(drawing: Drawing, from: string, line: string, to: string): void {
  drawing.arrows.add(`${from} ${line} ${to}`);
}

function describeClaim(spec: Json): string | undefined {
  const modes = list(spec.accessModes).map((mode) => SHORT[String(mode)] ?? String(mode));
  const size = at(spec, 'resources', 'requests', 'storage');
  const facts = [size, ...modes, spec.volumeMode].filter((fact) => fact !== undefined);
  return facts.length > 0 ? facts.join(' ') : undefined;
}

/** The key of an object in the diagram: readable, and no other object's. */
function key(drawing: Drawing, kind: string, ...names: string[]): string {
  const identity = [kind, ...names].join('/');
  const known = drawing.keys.get(identity);
  if (known !== undefined) return known;
  const readable = [PREFIX[kind] ?? kind.toLowerCase(), ...names.filter((name) => name !== '')]
    .join('_')
    .replace(/\W/g, '_');
  const taken = new Set(drawing.keys.values());
  let chosen = readable;
  for (let next = 2; taken.has(chosen); next += 1) chosen = `${readable}_${next}`;
  drawing.keys.set(identity, chosen);
  return chosen;
}

function quoted(text: string): string {
  return `"${escape(text)}"`;
}

/**
 * Mermaid's own escapes. It takes `%%` for a comment wherever it stands, and the `;` away that ends
 * a line with `style`, a colon and an escape in it: the colon is escaped with all else.
 */
function escape(text: string): string {
  const asCode = (sign: string): string => `#${sign.codePointAt(0)};`;
  const special = /[&"<>#;`%\\\s]/.test(text.replace(/ /g, ''));
  return special ? text.replace(/[&"<>#;`%\\:]|[^\S ]/g, asCode) : text;
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((found, key) => (found as Json | undefined)?.[key], value);
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
