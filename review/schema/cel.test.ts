import { CEL_RULES } from './cel';

const BACKUP_SOURCE =
  "!has(self.apiGroup) || (self.apiGroup == 'kubevirt.io' && self.kind == 'VirtualMachine') || (self.apiGroup == 'backup.kubevirt.io' && self.kind == 'VirtualMachineBackupTracker')";

const exactlyOne = (a: string, b: string): string =>
  `(has(self.${a}) && !has(self.${b})) || (!has(self.${a}) && has(self.${b}))`;

const rows: [rule: string, holds: unknown, fails: unknown][] = [
  ['has(self.apiGroup)', { apiGroup: 'a' }, {}],
  ["has(self.apiGroup) && self.apiGroup == 'kubevirt.io'", { apiGroup: 'kubevirt.io' }, { apiGroup: 'apps' }],
  [
    "!has(self.apiGroup) || self.apiGroup == 'kubevirt.io' || self.apiGroup == 'backup.kubevirt.io'",
    { apiGroup: 'backup.kubevirt.io' },
    { apiGroup: '' },
  ],
  [
    BACKUP_SOURCE,
    { apiGroup: 'backup.kubevirt.io', kind: 'VirtualMachineBackupTracker' },
    { apiGroup: 'kubevirt.io', kind: 'VirtualMachineBackupTracker' },
  ],
  ["self.kind == 'VirtualMachine'", { kind: 'VirtualMachine' }, { kind: 'Pod' }],
  ["self.name != ''", { name: 'a' }, { name: '' }],
  [
    exactlyOne('volumeSnapshotContentName', 'persistentVolumeClaimName'),
    { persistentVolumeClaimName: 'a' },
    { persistentVolumeClaimName: 'a', volumeSnapshotContentName: 'b' },
  ],
  [exactlyOne('volumeHandle', 'snapshotHandle'), { snapshotHandle: 'a' }, {}],
  ['size(self) > 0', 'a', ''],
  ["self.startsWith('/')", '/a', 'a/'],
  ["!self.contains('..')", '/a.b', '/a/../b'],
  ['self == true', true, false],
  ['has(self.name) && has(self.__namespace__)', { name: 'a', namespace: 'b' }, { name: 'a' }],
  [
    "self.all(am, am in ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'])",
    ['ReadWriteOnce'],
    ['RWO'],
  ],
  ['has(self.pvcName) && self.pvcName != ""', { pvcName: 'a' }, { pvcName: '' }],
  [
    '!has(self.mode) || self.mode != \'Pull\' || (has(self.tokenSecretRef) && self.tokenSecretRef != "")',
    { mode: 'Pull', tokenSecretRef: 'a' },
    { mode: 'Pull' },
  ],
  [
    '(has(self.mediatedDeviceTypes) && size(self.mediatedDeviceTypes)>0) || (has(self.mediatedDevicesTypes) && size(self.mediatedDevicesTypes)>0)',
    { mediatedDevicesTypes: ['nvidia-231'] },
    { mediatedDeviceTypes: [] },
  ],
  ['!has(self.vmiCPUAllocationRatio) || self.vmiCPUAllocationRatio > 0', {}, { vmiCPUAllocationRatio: 0 }],
  [
    '(has(self.rangeStart) && has(self.rangeEnd)) || (!has(self.rangeStart) && !has(self.rangeEnd))',
    { rangeStart: '02:00:00:00:00:00', rangeEnd: '02:ff:ff:ff:ff:ff' },
    { rangeStart: '02:00:00:00:00:00' },
  ],
  [
    'self.all(x, self.exists_one(y, x.name.lowerAscii() == y.name.lowerAscii()))',
    [{ name: 'a' }, { name: 'b' }],
    [{ name: 'downwardMetrics' }, { name: 'DownwardMetrics' }],
  ],
  ["(self.size() <= 1) || !self.exists(r, (r == 'none'))", ['none'], ['none', 'a']],
];

describe('the rules in CEL', () => {
  test.each(rows)('%s', (rule, holds, fails) => {
    const check = CEL_RULES.get(rule)!;
    expect([check(holds), check(fails)]).toEqual([true, false]);
  });

  test.each(['self == oldSelf', '!has(oldSelf.volumeHandle) || has(self.volumeHandle)'])(
    '%s holds on a create',
    (rule) => expect(CEL_RULES.get(rule)!({ a: 1 })).toBe(true),
  );
});
