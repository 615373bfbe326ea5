import { groupOf, kindNameOf, nameOf, namespaceOf } from '../cluster/identity';
import { kindOf } from '../cluster/kinds';
import { visitReferences } from '../cluster/reference';
import { Severity } from '../finding';
import { objectAt, objectsAt, textAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { ReferenceRule } from './rule';

/** Rules that what others need is made before them, where the order of the manifests is that of the apply. */
export const ORDER_RULES: readonly ReferenceRule[] = [
  {
    id: 'namespace-first',
    sentence: 'A Namespace stands before the objects in it, in a file and in a folder of steps.',
    source: 'Kubernetes, plugin/pkg/admission/namespace/lifecycle: refused until the namespace exists',
    severity: Severity.WARNING,
    check: ({ objects }, note) => {
      const found = waiting(objects, (reviewed) => kindNameOf(reviewed) === 'Namespace', needsNamespace);
      for (const { late, first, field, count } of found) {
        const name = JSON.stringify(nameOf(late));
        const message = `'namespace' must be made before what stands in it, got ${name}, which is made behind it${others(count)}`;
        note(first, field, message, `put the Namespace ${name} first`);
      }
    },
  },
  {
    id: 'needed-first',
    sentence:
      'A storage class, a snapshot class, an instance type, a preference, a quota or the definition of a kind stands before what needs it, in a file and in a folder of steps.',
    source:
      'kubectl apply: the objects of a file in their order, the files of a folder by name; KubeVirt, pkg/instancetype/webhooks/vm/admitter.go:ApplyToVM; pkg/storage/snapshot/snapshot.go:createContent',
    severity: Severity.WARNING,
    check: ({ objects }, note) => {
      for (const { late, first, field, count } of waiting(objects, (one) => EFFECTS.has(kindNameOf(one)), needs)) {
        const [kind, name] = [kindNameOf(late), JSON.stringify(nameOf(late))];
        const word = field.split('.').at(-1) ?? field;
        const message = `'${word}' must need nothing that is made behind it, got ${kind} ${name}${others(count)}; ${EFFECTS.get(kind)}`;
        note(first, field, message, `put the ${kind} ${name} first`);
      }
    },
  },
];

const UNCHECKED = 'the machine is taken unchecked, and does not start until it is there';

/** What becomes of what needs an object that comes later, by its kind. */
const EFFECTS: ReadonlyMap<string, string> = new Map([
  ['CustomResourceDefinition', 'the API server does not know the kind yet, and refuses the object'],
  ['StorageClass', 'a claim gets no volume, or one of another class, until it is there'],
  ['VolumeSnapshotClass', 'a snapshot that is taken before it holds no disk, or fails'],
  ['ResourceQuota', 'what is made before it is not held against it, and may fill it at once'],
  ['LimitRange', 'what is made before it is not held against it, and does not get its defaults'],
  ['VirtualMachineInstancetype', UNCHECKED],
  ['VirtualMachineClusterInstancetype', UNCHECKED],
  ['VirtualMachinePreference', UNCHECKED],
  ['VirtualMachineClusterPreference', UNCHECKED],
]);

/** What is made after something that needs it. */
interface Late {
  readonly late: Reviewed;
  /** The first object that needs it, and where it says so. */
  readonly first: Reviewed;
  readonly field: string;
  count: number;
}

/** Notes that an object needs another, by the key of that. */
type NoteNeed = (key: string, field: string) => void;

/** The objects of some kinds that stand behind what needs them. */
function waiting(
  objects: readonly Reviewed[],
  isNeeded: (reviewed: Reviewed) => boolean,
  needsOf: (reviewed: Reviewed, note: NoteNeed) => void,
): readonly Late[] {
  const needed = objects.filter((reviewed) => isNeeded(reviewed) && isApplied(reviewed));
  if (needed.length === 0) return [];
  const bySequence = new Map<string, Map<string, Reviewed>>();
  for (const reviewed of needed) {
    const sequence = sequenceOf(reviewed);
    const known = bySequence.get(sequence) ?? new Map<string, Reviewed>();
    bySequence.set(sequence, known);
    for (const key of keysOf(reviewed)) if (!known.has(key)) known.set(key, reviewed);
  }
  const found = new Map<Reviewed, Late>();
  const made = new Set<Reviewed>();
  for (const reviewed of objects) {
    // What stands behind the last of them waits for none.
    if (made.size === needed.length) break;
    const known = bySequence.get(sequenceOf(reviewed));
    if (known === undefined || !isApplied(reviewed)) continue;
    needsOf(reviewed, (key, field) => {
      const late = known.get(key);
      if (late === undefined || late === reviewed || made.has(late)) return;
      const before = found.get(late);
      if (before === undefined) found.set(late, { late, first: reviewed, field, count: 1 });
      else if (before.first !== reviewed) before.count += 1;
    });
    if (isNeeded(reviewed)) made.add(reviewed);
  }
  return [...found.values()];
}

const DEFAULT_CLASS = 'StorageClass the default';
const ANY_SNAPSHOT_CLASS = 'VolumeSnapshotClass any';

/** The keys under which others need an object. */
function keysOf(reviewed: Reviewed): string[] {
  const [kind, name, namespace] = [kindNameOf(reviewed), nameOf(reviewed), namespaceOf(reviewed)];
  switch (kind) {
    case 'StorageClass':
      return [`${kind} ${name}`, ...(isDefault(reviewed.object) ? [DEFAULT_CLASS] : [])];
    case 'VolumeSnapshotClass':
      return [`${kind} ${name}`, ANY_SNAPSHOT_CLASS];
    case 'ResourceQuota':
    case 'LimitRange':
      return [`${kind} ${namespace}`];
    case 'CustomResourceDefinition':
      return [
        `${kind} ${textAt(reviewed.object, 'spec', 'names', 'kind')}.${textAt(reviewed.object, 'spec', 'group')}`,
      ];
    case 'Namespace':
      return [name];
    default:
      return [`${kind} ${namespace}/${name}`];
  }
}

/** The annotations that make a class the default one, of the cluster or of virtualization. */
const DEFAULT_MARKS = ['storageclass.kubernetes.io/is-default-class', 'storageclass.kubevirt.io/is-default-virt-class'];

function isDefault(object: Json): boolean {
  return DEFAULT_MARKS.some((mark) => valueAt(object, 'metadata', 'annotations', mark) === 'true');
}

function needsNamespace(reviewed: Reviewed, note: NoteNeed): void {
  note(namespaceOf(reviewed), 'metadata.namespace');
}

/** Kinds whose names are needed, and which of them stand in no namespace. */
const NAMED: ReadonlyMap<string, 'of the cluster' | 'in a namespace'> = new Map([
  ['VirtualMachineInstancetype', 'in a namespace'],
  ['VirtualMachinePreference', 'in a namespace'],
  ['VirtualMachineClusterInstancetype', 'of the cluster'],
  ['VirtualMachineClusterPreference', 'of the cluster'],
]);

/** What quotas count, or what they limit. */
const COUNTED: ReadonlySet<string> = new Set([
  ...['VirtualMachine', 'VirtualMachineInstance', 'VirtualMachinePool', 'VirtualMachineInstanceReplicaSet'],
  ...['DataVolume', 'PersistentVolumeClaim', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
]);

function needs(reviewed: Reviewed, note: NoteNeed): void {
  const { object } = reviewed;
  const [kind, namespace] = [kindNameOf(reviewed), namespaceOf(reviewed)];
  visitReferences(reviewed, kindOf(object), ({ kind: named, name, namespace: its, field }) => {
    if (named === 'StorageClass') note(`StorageClass ${name}`, field());
    else if (NAMED.has(named)) note(`${named} ${its}/${name}`, field());
  });
  for (const [claim, field] of classless(object)) if (claim) note(DEFAULT_CLASS, field);
  if (COUNTED.has(kind))
    for (const limit of ['ResourceQuota', 'LimitRange']) note(`${limit} ${namespace}`, 'metadata.namespace');
  if (kind === 'VolumeSnapshot') {
    const name = textAt(object, 'spec', 'volumeSnapshotClassName');
    if (name === '') note(ANY_SNAPSHOT_CLASS, 'spec.source');
    else note(`VolumeSnapshotClass ${name}`, 'spec.volumeSnapshotClassName');
  }
  if (kind === 'VirtualMachineSnapshot' || kind === 'VirtualMachineClone') note(ANY_SNAPSHOT_CLASS, 'spec.source');
  const group = groupOf(reviewed);
  if (group.includes('.')) note(`CustomResourceDefinition ${kind}.${group}`, 'kind');
}

/** The claims of an object that name no class: they get the default one. */
function classless(object: Json): (readonly [isClassless: boolean, field: string])[] {
  const of = (spec: Json | undefined, path: string): (readonly [boolean, string])[] =>
    ['storage', 'pvc'].flatMap((part) => {
      const claim = objectAt(spec, part);
      return claim === undefined ? [] : [[claim.storageClassName === undefined, `${path}.${part}`] as const];
    });
  switch (object.kind) {
    case 'PersistentVolumeClaim':
      return [[valueAt(object, 'spec', 'storageClassName') === undefined, 'spec']];
    case 'DataVolume':
      return of(objectAt(object, 'spec'), 'spec');
    case 'VirtualMachine':
      return objectsAt(object, 'spec', 'dataVolumeTemplates').flatMap((template, index) =>
        of(objectAt(template, 'spec'), `spec.dataVolumeTemplates[${index}].spec`),
      );
    default:
      return [];
  }
}

function others(count: number): string {
  return count === 1 ? '' : `, and so stand ${count - 1} more`;
}

/** What is applied one after the other: the steps of a folder, else the documents of a file. */
function sequenceOf({ root, origin }: Reviewed): string {
  return root?.kind === 'steps' ? root.name : (origin.file ?? '');
}

/** kustomize and the GitOps engines sort; what a cluster printed is there already. */
function isApplied({ root, origin, object }: Reviewed): boolean {
  if (origin.file === undefined || (root !== undefined && root.kind !== 'steps')) return false;
  return valueAt(object, 'metadata', 'uid') === undefined;
}
