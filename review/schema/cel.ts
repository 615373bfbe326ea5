import { valueAt } from '../manifests/json';

/**
 * The CEL rules of the CRDs, by their text, each with its equivalent; `true` holds. Those that compare with the
 * object in the cluster hold on a create.
 */
export const CEL_RULES: ReadonlyMap<string, (self: unknown) => boolean> = new Map([
  // StorageProfile, spec.claimPropertySets[].accessModes
  [
    "self.all(am, am in ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'])",
    (self: unknown) => !Array.isArray(self) || self.every((mode) => ACCESS_MODES.has(mode)),
  ],
  // VolumeSnapshot, spec.source
  [
    exactlyOne('volumeSnapshotContentName', 'persistentVolumeClaimName'),
    (self: unknown) => count(self, 'volumeSnapshotContentName', 'persistentVolumeClaimName') === 1,
  ],
  // VolumeSnapshotContent, spec.source
  [
    exactlyOne('volumeHandle', 'snapshotHandle'),
    (self: unknown) => count(self, 'volumeHandle', 'snapshotHandle') === 1,
  ],
  // VolumeSnapshotContent, spec.volumeSnapshotRef
  ['has(self.name) && has(self.__namespace__)', (self: unknown) => count(self, 'name', 'namespace') === 2],
  // VolumeSnapshot, spec.volumeSnapshotClassName
  ['size(self) > 0', (self: unknown) => typeof self !== 'string' || self.length > 0],
  // VirtualMachine, containerPath volumes (KubeVirt v1.8 and later)
  ["self.startsWith('/')", (self: unknown) => typeof self !== 'string' || self.startsWith('/')],
  ["!self.contains('..')", (self: unknown) => typeof self !== 'string' || !self.includes('..')],
  ['self == true', (self: unknown) => self === true],
  // Transition rules of the snapshot API
  ...[
    'self == oldSelf',
    '!has(oldSelf.sourceVolumeMode) || has(self.sourceVolumeMode)',
    '!has(oldSelf.volumeHandle) || has(self.volumeHandle)',
    '!has(oldSelf.snapshotHandle) || has(self.snapshotHandle)',
    '!has(oldSelf.persistentVolumeClaimName) || has(self.persistentVolumeClaimName)',
    '!has(oldSelf.volumeSnapshotContentName) || has(self.volumeSnapshotContentName)',
  ].map((text) => [text, () => true] as const),
]);

const ACCESS_MODES: ReadonlySet<unknown> = new Set([
  'ReadWriteOnce',
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOncePod',
]);

function exactlyOne(a: string, b: string): string {
  return `(has(self.${a}) && !has(self.${b})) || (!has(self.${a}) && has(self.${b}))`;
}

function count(self: unknown, ...names: readonly string[]): number {
  return names.filter((name) => valueAt(self, name) !== undefined).length;
}
