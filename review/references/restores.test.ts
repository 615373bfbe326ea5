import { found, object } from '../testing/reference-tester';
import { RESTORE_RULES } from './restores';

const target = { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'vm' };
const patch = (path: string) => `{"op": "replace", "path": "${path}", "value": "x"}`;
const restore = (...patches: string[]) =>
  object('VirtualMachineRestore', 'r', { spec: { target, virtualMachineSnapshotName: 's', patches } });
const snapshot = object('VirtualMachineSnapshot', 's');

describe('patches of a VirtualMachineRestore', () => {
  test.each(['restore-patches', 'restore-patches-refused'])('%s takes a patch of the spec', (rule) => {
    expect(found(RESTORE_RULES, rule, [restore(patch('/spec/x'))])).toEqual([]);
    expect(found(RESTORE_RULES, rule, [restore(patch('/spec/x')), snapshot])).toEqual([]);
  });

  test('are refused when they are broken and the snapshot is known', () => {
    const objects = [restore(patch('/metadata/name')), snapshot];
    expect(found(RESTORE_RULES, 'restore-patches', objects)).toEqual([]);
    expect(found(RESTORE_RULES, 'restore-patches-refused', objects).map(({ field }) => field)).toEqual([
      'spec.patches',
    ]);
  });

  test('are warned of when they are broken and the snapshot is not known', () => {
    const objects = [restore(patch('/metadata/name'))];
    expect(found(RESTORE_RULES, 'restore-patches-refused', objects)).toEqual([]);
    expect(found(RESTORE_RULES, 'restore-patches', objects).map(({ field }) => field)).toEqual(['spec.patches']);
  });
});
