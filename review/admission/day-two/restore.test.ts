import { Json } from '../../rule';
import { Example, notes, testRules } from '../../testing/rule-tester';
import { patchFault, RESTORE_RULES } from './restore';

const acceptedOn = { featureGates: ['Snapshot'] };
const target = { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'vm' };
const object = (more: Json = {}): Json => ({ spec: { target, virtualMachineSnapshotName: 's', ...more } });
const patch = (path: string, value: string) => `{"op": "replace", "path": "${path}", "value": "${value}"}`;

const rows: Example[] = [
  {
    rule: 'restore-gate',
    accepts: object(),
    refuses: object(),
    acceptedOn,
    field: 'kind',
    says: `feature gate 'Snapshot'`,
  },
  {
    rule: 'restore-target-api-group',
    accepts: object(),
    refuses: object({ target: { kind: 'VirtualMachine', name: 'vm' } }),
    field: 'spec.target.apiGroup',
    says: 'got nothing',
  },
  {
    rule: 'restore-target-kind',
    accepts: object(),
    refuses: object({ target: { ...target, kind: 'VM' } }),
    field: 'spec.target.kind',
    says: 'got "VM"',
  },
  {
    rule: 'restore-override-volume',
    accepts: object({ volumeRestoreOverrides: [{ volumeName: 'a', restoreName: 'x' }] }),
    refuses: object({ volumeRestoreOverrides: [{ volumeName: '', restoreName: 'x' }] }),
    field: 'spec.volumeRestoreOverrides[0].volumeName',
    says: 'got ""',
  },
  {
    rule: 'restore-override-given',
    accepts: object({ volumeRestoreOverrides: [{ volumeName: 'a', labels: {} }] }),
    refuses: object({ volumeRestoreOverrides: [{ volumeName: 'a' }] }),
    field: 'spec.volumeRestoreOverrides[0]',
    says: `have 'restoreName', 'labels' or 'annotations'`,
  },
  {
    rule: 'restore-volume-policy',
    accepts: object({ volumeRestorePolicy: 'InPlace' }),
    refuses: object({ volumeRestorePolicy: 'PrefixTargetName' }),
    field: 'spec.volumeRestorePolicy',
    says: `'InPlace' or 'RandomizeNames', got "PrefixTargetName"`,
  },
  {
    rule: 'restore-volume-policy',
    release: 'v1.8.4',
    accepts: object({ volumeRestorePolicy: 'PrefixTargetName' }),
    refuses: object({ volumeRestorePolicy: 'Prefix' }),
    field: 'spec.volumeRestorePolicy',
    says: `'InPlace', 'RandomizeNames' or 'PrefixTargetName', got "Prefix"`,
  },
  {
    rule: 'restore-ownership-policy',
    release: 'v1.7.4',
    accepts: object({ volumeOwnershipPolicy: 'Vm' }),
    refuses: object({ volumeOwnershipPolicy: 'vm' }),
    field: 'spec.volumeOwnershipPolicy',
    says: `'None' or 'Vm', got "vm"`,
  },
  {
    rule: 'restore-readiness-policy',
    accepts: object({ targetReadinessPolicy: 'WaitEventually' }),
    acceptedOn,
    refuses: object({ targetReadinessPolicy: 'Wait' }),
    field: 'spec.targetReadinessPolicy',
    says: `'StopTarget', 'WaitGracePeriod', 'FailImmediate' or 'WaitEventually', got "Wait"`,
  },
  {
    rule: 'restore-spec-immutable',
    accepts: object(),
    refuses: object({ virtualMachineSnapshotName: 'z' }),
    old: object(),
    field: 'spec',
    says: 'of a VirtualMachineRestore must stay',
  },
];

describe('VirtualMachineRestore', () => testRules(RESTORE_RULES, rows));

describe('patchFault', () => {
  test.each([
    ['a patch of the spec', patch('/spec/running', 'x'), undefined],
    ['a patch of a label', patch('/metadata/labels/a', 'x'), undefined],
    ['a list of one patch', `[${patch('/spec/running', 'x')}]`, undefined],
    ['a patch of the name', patch('/metadata/name', 'b'), `'path' must begin with`],
    ['a MAC address', patch('/spec/macAddress', '02:00:00:00:00:01'), 'one colon between commas'],
    ['a comma in the value', patch('/spec/x', 'a,b'), 'one colon between commas'],
    ['a nested value', '{"op":"add","path":"/spec/x","value":{"labels":{"a":"b"}}}', 'one colon between commas'],
    ['empty text', '', 'got ""'],
  ])('of %s is %j', (_title, text, fault) => {
    if (fault === undefined) expect(patchFault(text)).toBeUndefined();
    else expect(patchFault(text)).toContain(fault);
  });
});

describe('the rules of a VirtualMachineRestore', () => {
  const other = { apiGroup: 'kubevirt.io', kind: 'VirtualMachineInstance', name: 'web' };

  test.each<[string, Json, Json]>([
    [
      'restore-override-given',
      { volumeRestoreOverrides: [{ volumeName: 'a' }] },
      { volumeRestoreOverrides: [{ restoreName: 'a' }] },
    ],
    ['restore-volume-policy', { volumeRestorePolicy: 'x' }, {}],
    ['restore-ownership-policy', { volumeOwnershipPolicy: 'x' }, {}],
  ])('ask nothing of a target that is no machine: %s', (rule, wrong, right) => {
    const on = (written: Json) => notes(RESTORE_RULES, rule, object(written), undefined, { release: 'v1.7.4' });
    expect(on(wrong)).toHaveLength(1);
    expect(on({ ...wrong, target: other })).toEqual([]);
    expect(on(right)).toEqual([]);
  });
});

describe('patchFault in whole', () => {
  test.each([
    [
      '{"path":"/x"}',
      `'path' must begin with '/spec/', '/metadata/labels/' or '/metadata/annotations/', got "\\"/x\\""`,
    ],
    ['{{{}}}', `'patches' must have one colon between commas, got ""`],
    ['{"path":"/spec/a"},b}', `'patches' must have one colon between commas, got "b"`],
  ])('of %s', (text, fault) => expect(patchFault(text)).toBe(fault));
});
