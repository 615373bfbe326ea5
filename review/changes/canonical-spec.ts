import { isObject } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
import { Json } from '../rule';

/**
 * The spec of a VirtualMachineInstance as KubeVirt's controller compares it: decoded into Go's types, by
 * equality.Semantic.DeepEqual. There an absent list and an empty one are the same, quantities compare by value, and what
 * Go holds by value has no difference between absent and empty; what it holds by pointer has.
 *
 * @see https://github.com/kubevirt/kubevirt/blob/v1.9.0/staging/src/kubevirt.io/api/core/v1/schema.go
 */
export function canonicalSpec(spec: Json | undefined): Json {
  const canonical = canonicalOf(spec ?? {}, '');
  return isObject(canonical) ? canonical : {};
}

/** A part of such a spec: the path is that of the part, with `[]` for the items of a list. */
export function canonicalOf(value: unknown, path: string): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map((item) => canonicalOf(item, `${path}[]`) ?? null);
  }
  if (isObject(value)) return canonicalObject(value, path);
  if (QUANTITIES.some((quantity) => quantity.test(path))) return parseQuantity(value) ?? value;
  const isZero = value === '' || value === 0 || value === false;
  return isZero && !isPointer(path) ? undefined : value;
}

function canonicalObject(value: Json, path: string): Json | undefined {
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value).sort()) {
    const below = canonicalOf(value[key], path === '' ? key : `${path}.${key}`);
    if (below !== undefined) entries.push([key, below]);
  }
  if (entries.length === 0 && (BY_VALUE.has(path) || path.endsWith('[]'))) return path.endsWith('[]') ? {} : undefined;
  return Object.fromEntries(entries);
}

/**
 * Objects that are absent when they are empty: structs that Go holds by value, and maps (api/core/v1/schema.go and
 * types.go of KubeVirt v1.6.2 and v1.9.0, the same in both).
 */
const BY_VALUE: ReadonlySet<string> = new Set([
  'domain',
  'domain.resources',
  'domain.resources.requests',
  'domain.resources.limits',
  'domain.features.acpi',
  'domain.devices',
  'nodeSelector',
  'accessCredentials[].sshPublicKey.source',
  'accessCredentials[].sshPublicKey.propagationMethod',
  'accessCredentials[].userPassword.source',
  'accessCredentials[].userPassword.propagationMethod',
]);

const QUANTITIES: readonly RegExp[] = [
  /^domain\.memory\.(guest|maxGuest)$/,
  /^domain\.memory\.reservedOverhead\.addedOverhead$/,
  /^domain\.resources\.(requests|limits)\.[^.]+$/,
  /^volumes\[\]\.emptyDisk\.capacity$/,
  /^volumes\[\]\.hostDisk\.capacity$/,
];

/** Numbers, texts and flags that Go holds by pointer, by their last word: an explicit zero is not the same as nothing. */
const POINTERS: ReadonlySet<string> = new Set([
  ...['enabled', 'present', 'persistent', 'secureBoot', 'useSerial', 'offsetSeconds', 'timezone', 'spinlocks'],
  ...['bootOrder', 'dedicatedIOThread', 'discardGranularity', 'shareable', 'errorPolicy', 'changedBlockTracking'],
  ...['useVirtioTransitional', 'blockMultiQueue', 'networkInterfaceMultiqueue', 'logSerialConsole', 'memLock'],
  ...['ioThreadsPolicy', 'supplementalPoolThreadCount', 'encryptedState', 'rebootPolicy', 'evictionStrategy'],
  ...['startStrategy', 'terminationGracePeriodSeconds', 'shared', 'optional', 'tolerationSeconds', 'minDomains'],
  ...['resourceClaimName', 'resourceClaimTemplateName', 'allowPrivilegeEscalation'],
]);

function isPointer(path: string): boolean {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (name.startsWith('autoattach')) return true;
  // A pointer in a CD-ROM, a plain value in a disk and a LUN.
  if (name === 'readonly') return path.endsWith('cdrom.readonly');
  if (name === 'readOnly') return path.endsWith('containerPath.readOnly');
  if (name === 'model') return path.includes('panicDevices[]');
  return POINTERS.has(name);
}
