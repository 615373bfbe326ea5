import { valueAt, wordOf } from '../manifests/json';

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
  // VirtualMachineBackup and VirtualMachineBackupTracker, spec.source (KubeVirt v1.8 and later)
  ['has(self.apiGroup)', (self: unknown) => has(self, 'apiGroup')],
  ["has(self.apiGroup) && self.apiGroup == 'kubevirt.io'", (self: unknown) => valueAt(self, 'apiGroup') === KUBEVIRT],
  [
    "!has(self.apiGroup) || self.apiGroup == 'kubevirt.io' || self.apiGroup == 'backup.kubevirt.io'",
    (self: unknown) => !has(self, 'apiGroup') || [KUBEVIRT, BACKUP].includes(wordOf(valueAt(self, 'apiGroup'))),
  ],
  [
    "!has(self.apiGroup) || (self.apiGroup == 'kubevirt.io' && self.kind == 'VirtualMachine') || (self.apiGroup == 'backup.kubevirt.io' && self.kind == 'VirtualMachineBackupTracker')",
    (self: unknown) => !has(self, 'apiGroup') || BACKED_UP.has(`${valueAt(self, 'apiGroup')}/${valueAt(self, 'kind')}`),
  ],
  ["self.kind == 'VirtualMachine'", (self: unknown) => valueAt(self, 'kind') === 'VirtualMachine'],
  ["self.name != ''", (self: unknown) => valueAt(self, 'name') !== ''],
  // VirtualMachineBackup, spec
  [
    'has(self.pvcName) && self.pvcName != ""',
    (self: unknown) => has(self, 'pvcName') && valueAt(self, 'pvcName') !== '',
  ],
  [
    '!has(self.mode) || self.mode != \'Pull\' || (has(self.tokenSecretRef) && self.tokenSecretRef != "")',
    (self: unknown) =>
      valueAt(self, 'mode') !== 'Pull' || (has(self, 'tokenSecretRef') && valueAt(self, 'tokenSecretRef') !== ''),
  ],
  // HyperConverged, spec.mediatedDevicesConfiguration
  [
    '(has(self.mediatedDeviceTypes) && size(self.mediatedDeviceTypes)>0) || (has(self.mediatedDevicesTypes) && size(self.mediatedDevicesTypes)>0)',
    (self: unknown) =>
      isFilled(valueAt(self, 'mediatedDeviceTypes')) || isFilled(valueAt(self, 'mediatedDevicesTypes')),
  ],
  // HyperConverged, spec.resourceRequirements
  [
    '!has(self.vmiCPUAllocationRatio) || self.vmiCPUAllocationRatio > 0',
    (self: unknown) => !has(self, 'vmiCPUAllocationRatio') || Number(valueAt(self, 'vmiCPUAllocationRatio')) > 0,
  ],
  // HyperConverged, spec.kubeMacPoolConfiguration
  [
    '(has(self.rangeStart) && has(self.rangeEnd)) || (!has(self.rangeStart) && !has(self.rangeEnd))',
    (self: unknown) => has(self, 'rangeStart') === has(self, 'rangeEnd'),
  ],
  // HyperConverged v1, spec.featureGates
  [
    'self.all(x, self.exists_one(y, x.name.lowerAscii() == y.name.lowerAscii()))',
    (self: unknown) => !Array.isArray(self) || isUnique(self.map((one) => wordOf(valueAt(one, 'name')).toLowerCase())),
  ],
  [
    "(self.size() <= 1) || !self.exists(r, (r == 'none'))",
    (self: unknown) => !Array.isArray(self) || self.length <= 1 || !self.includes('none'),
  ],
  // Transition rules of the snapshot API and of the backup API
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

const [KUBEVIRT, BACKUP] = ['kubevirt.io', 'backup.kubevirt.io'];
const BACKED_UP: ReadonlySet<string> = new Set([`${KUBEVIRT}/VirtualMachine`, `${BACKUP}/VirtualMachineBackupTracker`]);

function has(self: unknown, name: string): boolean {
  return valueAt(self, name) !== undefined;
}

function isFilled(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

function isUnique(words: readonly string[]): boolean {
  return new Set(words).size === words.length;
}

function exactlyOne(a: string, b: string): string {
  return `(has(self.${a}) && !has(self.${b})) || (!has(self.${a}) && has(self.${b}))`;
}

function count(self: unknown, ...names: readonly string[]): number {
  return names.filter((name) => has(self, name)).length;
}
