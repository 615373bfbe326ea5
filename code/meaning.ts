import * as k from '../constructs';
import { isObject, objectsAt, withAt, without } from '../review/manifests/json';
import { parseQuantity } from '../review/manifests/quantity';
import { Json } from '../review/rule';
import { BIND_IMMEDIATELY } from './data-volumes';
import { call, Code, list, literal, record } from './expression';
import { Entries } from './scalars';

/** Fields that the API server writes into the metadata of every object. */
const OF_SERVER = new Set([
  'creationTimestamp',
  'uid',
  'resourceVersion',
  'generation',
  'managedFields',
  'selfLink',
  'deletionTimestamp',
]);
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object as a manifest states it: without its status and what the server wrote, and in the words of the newest version. */
export function stated(object: Json): Json {
  const { metadata, ...rest } = without(object, 'status');
  const own = Object.entries(isObject(metadata) ? metadata : {}).filter(([key]) => !OF_SERVER.has(key));
  const kept = Object.fromEntries(
    own.map(([key, value]) => [key, key === 'annotations' ? withoutKey(value, LAST_APPLIED) : value]),
  );
  const whole: Json = { ...rest, apiVersion: raised(object), metadata: kept };
  return object.kind === 'VirtualMachine' ? inOrderOfDisks(withRunStrategy(whole)) : whole;
}

/** Versions that are served no more, or will not be: what they say, the newest says in the same words. */
function raised({ apiVersion, kind }: Json): unknown {
  if (apiVersion === 'kubevirt.io/v1alpha3') return 'kubevirt.io/v1';
  if (apiVersion === 'cdi.kubevirt.io/v1alpha1') return 'cdi.kubevirt.io/v1beta1';
  return kind === 'VirtualMachine' && apiVersion === 'kubevirt.io/v1alpha1' ? 'kubevirt.io/v1' : apiVersion;
}

function withoutKey(value: unknown, key: string): unknown {
  if (!isObject(value)) return value;
  const rest = without(value, key);
  return Object.keys(rest).length > 0 ? rest : undefined;
}

/**
 * A machine with a disk for each volume that has none, as KubeVirt adds it (v1.9.0, pkg/virt-api/webhooks/mutating-webhook,
 * setDefaultVolumeDisk), and with its disks as the constructs order them: those that are plugged last, the one of cloud-init before them. The
 * order of disks says from which the guest boots, and it boots from none of these.
 */
function inOrderOfDisks(object: Json): Json {
  const path = ['spec', 'template', 'spec', 'domain', 'devices', 'disks'];
  const disks = objectsAt(object, ...path);
  const volumes = new Map(
    objectsAt(object, 'spec', 'template', 'spec', 'volumes').map((volume) => [volume.name, volume]),
  );
  const filesystems = new Set(objectsAt(object, ...path.slice(0, -1), 'filesystems').map(({ name }) => name));
  const all = disks.map((disk): Json => (DEVICES.some((key) => isObject(disk[key])) ? disk : { ...disk, disk: {} }));
  const named = new Set(disks.map(({ name }) => name));
  for (const [name, volume] of volumes) {
    if (named.has(name) || filesystems.has(name) || WITHOUT_DISK.some((key) => isObject(volume[key]))) continue;
    all.push({ name, disk: {} });
  }
  if (all.length === 0) return object;
  const rank = ({ name }: Json): number => {
    const volume = volumes.get(name) ?? {};
    const claim = [volume.persistentVolumeClaim, volume.dataVolume].find(isObject);
    if (claim?.hotpluggable === true) return 2;
    return isObject(volume.cloudInitNoCloud) || isObject(volume.cloudInitConfigDrive) ? 1 : 0;
  };
  return withAt(
    object,
    path,
    all.sort((a, b) => rank(a) - rank(b)),
  );
}

const DEVICES = ['disk', 'cdrom', 'lun'];

/** Volumes that the guest does not see as a disk. */
const WITHOUT_DISK = ['memoryDump'];

/** KubeVirt v1.9.0, staging/src/kubevirt.io/api/core/v1/types.go, VirtualMachine.RunStrategy. */
function withRunStrategy(object: Json): Json {
  if (!isObject(object.spec) || typeof object.spec.running !== 'boolean' || object.spec.runStrategy !== undefined)
    return object;
  const { running, ...spec } = object.spec;
  return { ...object, spec: { runStrategy: running ? 'Always' : 'Halted', ...spec } };
}

/** An object with the defaults written out that the server, CDI or QEMU give to what is left out. */
function withDefaults(value: Json, key: string): Json {
  switch (key) {
    // pkg/instancetype: a matcher without a kind is of the cluster.
    case 'machine':
      return value.type === '' ? { ...value, type: undefined } : value;
    case 'instancetype':
      return withKind(value, 'Instancetype');
    case 'preference':
      return withKind(value, 'Preference');
    // A feature that is there is on, unless it says otherwise: types of FeatureState.
    case 'features':
      return Object.fromEntries(
        Object.entries(value).map(([name, state]) => [
          name,
          STATES.has(name) ? { enabled: true, ...(isObject(state) ? state : {}) } : state,
        ]),
      );
    case 'hyperv':
      return Object.fromEntries(
        Object.entries(value).map(([name, state]) => [
          name,
          name === 'spinlocks' || name === 'vendorid' ? state : { enabled: true, ...(isObject(state) ? state : {}) },
        ]),
      );
    case 'efi':
      return { secureBoot: true, ...value };
    case 'pvc':
      return { volumeMode: 'Filesystem', ...value };
    case 'ports[]':
      return { protocol: 'TCP', ...value };
    case 'dataVolumeTemplates[]':
      return { ...value, apiVersion: undefined, kind: undefined };
    // CDI asks whether it is there: pkg/common/common.go, AnnImmediateBinding (v1.63.1).
    case 'annotations':
      return BIND_IMMEDIATELY in value ? { ...value, [BIND_IMMEDIATELY]: 'true' } : value;
    case 'cloudInitNoCloud':
    case 'cloudInitConfigDrive':
      return withPlainText(withPlainText(value, 'userData'), 'networkData');
    case 'cdrom':
      return value.readonly === true ? { ...value, readonly: undefined } : value;
    default:
      return value;
  }
}

/** Kinds are told apart whatever their case: KubeVirt v1.9.0, pkg/instancetype/find, by strings.ToLower. */
function withKind(value: Json, type: string): Json {
  if (value.name === undefined) return value;
  const isNamespaced = String(value.kind).toLowerCase() === `virtualmachine${type.toLowerCase()}`;
  return { ...value, kind: isNamespaced ? `VirtualMachine${type}` : `VirtualMachineCluster${type}` };
}

/** Data of cloud-init as text, where it is written in base64. */
function withPlainText(source: Json, field: string): Json {
  const { [`${field}Base64`]: encoded, ...rest } = source;
  if (typeof encoded !== 'string') return source;
  return { ...rest, [field]: Buffer.from(encoded, 'base64').toString() };
}

const STATES = new Set(['acpi', 'apic', 'smm', 'pvspinlock', 'hypervPassthrough']);

/** Whether two values mean the same: absent, null and an empty list do, and quantities are compared by value. */
export function isSame(one: unknown, other: unknown, key = ''): boolean {
  if (isNothing(one, key) && isNothing(other, key)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    const [mine, theirs] = [byName(one, key), byName(other, key)];
    return mine.length === theirs.length && mine.every((item, index) => isSame(item, theirs[index], `${key}[]`));
  }
  if (isObject(one) && isObject(other)) {
    const [mine, theirs] = [withDefaults(one, key), withDefaults(other, key)];
    return [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].every((below) =>
      isSame(mine[below], theirs[below], below),
    );
  }
  if (one === other) return true;
  const [amount, asked] = [one, other].map((value) =>
    typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined,
  );
  return amount !== undefined && amount === asked && typeof one !== 'boolean';
}

function isNothing(value: unknown, key: string): boolean {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return true;
  return (
    EMPTY.has(key) && isObject(value) && Object.values(value).every((one) => one === '' || isNothing(one, 'requests'))
  );
}

/** Maps that say nothing while they are empty. */
const EMPTY = new Set([
  'machine',
  'labels',
  'annotations',
  'resources',
  'requests',
  'limits',
  'nodeSelector',
  'metadata',
]);

/** Lists of which the order says nothing, since items are told by their names; disks are tried in their order. */
const UNORDERED = new Set(['volumes', 'networks', 'dataVolumeTemplates']);

function byName(items: readonly unknown[], key: string): readonly unknown[] {
  if (!UNORDERED.has(key)) return items;
  const nameOf = (item: unknown): string => {
    const { name, metadata } = isObject(item) ? item : ({} as Json);
    return String(name ?? (isObject(metadata) ? metadata.name : ''));
  };
  return [...items].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** What `overrides` say of a value. */
interface Difference {
  readonly code: Code;
  /** Where the two differ. */
  readonly paths: readonly string[];
  /** Of an object, its fields that differ. */
  readonly entries?: Entries;
}

/** What makes the one of the other by `overrides`, with the paths at which they differ; undefined if they mean the same. */
export function overridesFor(made: unknown, wanted: unknown, path = '', key = ''): Difference | undefined {
  if (isSame(made, wanted, key)) return undefined;
  if (isNothing(wanted, key)) return { code: literal(null), paths: [path] };
  if (Array.isArray(wanted)) return listOverrides(made, wanted, path);
  if (!isObject(wanted) || !isObject(made)) return { code: literal(wanted), paths: [path] };
  const entries: [string, Code][] = [];
  const paths: string[] = [];
  const [had, asked] = [withDefaults(made, key), withDefaults(wanted, key)];
  for (const below of new Set([...Object.keys(had), ...Object.keys(asked)])) {
    const found = overridesFor(had[below], asked[below], path === '' ? below : `${path}.${below}`, below);
    if (found === undefined) continue;
    entries.push([below, found.code]);
    paths.push(...found.paths);
  }
  return { code: record(entries), paths, entries };
}

function listOverrides(made: unknown, wanted: readonly unknown[], path: string): Difference {
  const before = Array.isArray(made) ? made : [];
  const names = (items: readonly unknown[]): (string | undefined)[] =>
    items.map((item) => (isObject(item) && typeof item.name === 'string' ? item.name : undefined));
  const [had, asked] = [names(before), names(wanted)];
  const isOrdered =
    had.length === asked.length && had.every((name, index) => name === asked[index] && name !== undefined);
  if (before.length === 0) return { code: literal(wanted), paths: [path] };
  if (!isOrdered) return { code: call('Overrides', k.Overrides, 'replaceList', literal(wanted)), paths: [path] };
  const paths: string[] = [];
  const items = wanted.flatMap((item, index) => {
    const found = overridesFor(before[index], item, `${path}[${index}]`);
    if (found === undefined) return [];
    paths.push(...found.paths);
    return [record([['name', literal(asked[index])], ...(found.entries ?? [])])];
  });
  return { code: list(items), paths };
}
