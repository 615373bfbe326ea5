import { isObject } from '../../review/manifests/json';
import { parseQuantity } from '../../review/manifests/quantity';
import { Json } from '../../review/rule';
import { inOrderOf } from '../language/order';
import { sameCloudConfig, sameYaml } from './cloud-config';
import { withDefaults } from './defaults';

/** Whether two values mean the same: absent, null and an empty list do, and quantities are compared by value. */
export function isSame(one: unknown, other: unknown, key = ''): boolean {
  if (one === other) return true;
  if (isNothing(one, key)) return isNothing(other, key);
  if (isNothing(other, key)) return false;
  if (Array.isArray(one) && Array.isArray(other)) return sameLists(one, other, key);
  if (isObject(one) && isObject(other)) return sameObjects(one, other, key);
  const sameText = TEXTS.get(key);
  if (sameText !== undefined) return typeof one === 'string' && typeof other === 'string' && sameText(one, other);
  if (DURATIONS.has(key)) return sameDurations(one, other);
  return sameQuantities(one, other);
}

/** Texts that are told apart by what they say. */
const TEXTS: ReadonlyMap<string, (one: string, other: string) => boolean> = new Map([
  ['userData', sameCloudConfig],
  ['networkData', sameYaml],
]);

function sameLists(one: readonly unknown[], other: readonly unknown[], key: string): boolean {
  if (one.length !== other.length) return false;
  const [mine, theirs] = [byName(one, key), byName(other, key)];
  return mine.every((item, index) => isSame(item, theirs[index], `${key}[]`));
}

function sameObjects(one: Json, other: Json, key: string): boolean {
  const [mine, theirs] = [withDefaults(one, key), withDefaults(other, key)];
  const below = MAPS.has(key) ? '{}' : undefined;
  for (const field of Object.keys(mine)) if (!isSame(mine[field], theirs[field], below ?? field)) return false;
  for (const field of Object.keys(theirs)) {
    if (!(field in mine) && !isNothing(theirs[field], below ?? field)) return false;
  }
  return true;
}

function sameQuantities(one: unknown, other: unknown): boolean {
  const amount = parseQuantity(one);
  return amount !== undefined && amount === parseQuantity(other);
}

/** Durations of Go, in whole units. */
const DURATIONS = new Set(['failureDeadline', 'ttlDuration', 'minFailingToStartDuration', 'batchEvictionInterval']);

function sameDurations(one: unknown, other: unknown): boolean {
  const seconds = secondsOf(one);
  return seconds !== undefined && seconds === secondsOf(other);
}

/** `1h30m` in seconds; undefined if it has other units. */
export function secondsOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = /^(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(value);
  if (parts === null) return undefined;
  const [, hours = 0, minutes = 0, seconds = 0] = parts;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** Whether a value says as much as its absence. */
export function isNothing(value: unknown, key: string): boolean {
  if (value === undefined || value === null) return true;
  if (value === '') return !KEPT_EMPTY.has(key) && !key.endsWith('[]');
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.length === 0;
  return EMPTY.has(key) && Object.entries(value).every(([field, one]) => isNothing(one, MAPS.has(key) ? '{}' : field));
}

/** Maps whose keys are anybody's words. */
const MAPS = new Set([
  'labels',
  'annotations',
  'nodeSelector',
  'matchLabels',
  'parameters',
  'requests',
  'limits',
  'selector',
]);

/** Text that says something though it is empty: a claim of no class, a value in a map. Go leaves all other text out that is empty. */
const KEPT_EMPTY = new Set([
  'storageClassName',
  'volumeAttributesClassName',
  '{}',
  'userData',
  'networkData',
  'apiGroup',
]);

/** Objects that say nothing while they are empty. */
const EMPTY = new Set([
  'machine',
  'labels',
  'annotations',
  'resources',
  'requests',
  'limits',
  'nodeSelector',
  'metadata',
  'spec',
  'configuration',
  'developerConfiguration',
  'config',
  'kvm',
  'bootloader',
  'certificateRotateStrategy',
  'customizeComponents',
  'workloadUpdateStrategy',
  'podResourceRequirements',
  'infra',
  'workload',
  'workloads',
  'nodePlacement',
  'status',
  'firmware',
]);

/** Lists of which the order says nothing, since items are told by their names; disks are tried in their order. */
const UNORDERED = new Set(['volumes', 'networks', 'dataVolumeTemplates']);

function byName(items: readonly unknown[], key: string): readonly unknown[] {
  if (!UNORDERED.has(key) || items.length < 2) return items;
  const nameOf = (item: unknown): string => {
    const { name, metadata } = isObject(item) ? item : ({} as Json);
    return String(name ?? (isObject(metadata) ? metadata.name : ''));
  };
  return inOrderOf(items, nameOf);
}
