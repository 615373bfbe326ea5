import { JsonPatch } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import {
  TargetReadinessPolicy,
  VirtualMachineRestore,
  VirtualMachineRestoreProps,
  VolumeOwnershipPolicy,
  VolumeRestoreOverride,
  VolumeRestorePolicy,
} from './virtual-machine-restore';
import { IVirtualMachineSnapshot, VirtualMachineSnapshot } from './virtual-machine-snapshot';

const WEB = { name: 'web', namespace: 'shop' };
const MONDAY: IVirtualMachineSnapshot = { virtualMachineSnapshotName: 'monday', namespace: 'shop', vm: WEB };

describe('VirtualMachineRestore', () => {
  test('puts the VM of a snapshot back, in its namespace', () => {
    const chart = testChart();
    const snapshot = new VirtualMachineSnapshot(chart, 'monday', { vm: WEB });
    const restore = new VirtualMachineRestore(chart, 'undo', { snapshot });
    expect(manifest(restore)).toEqual({
      apiVersion: 'snapshot.kubevirt.io/v1beta1',
      kind: 'VirtualMachineRestore',
      metadata: { name: 'undo', namespace: 'shop' },
      spec: {
        target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' },
        virtualMachineSnapshotName: 'monday',
      },
    });
    expect(restore).toMatchObject({ name: 'undo', namespace: 'shop', vm: WEB });
  });

  test('is in the namespace of its chart, where that of the snapshot is not known, and fails when it has none', () => {
    const snapshot = VirtualMachineSnapshot.fromName('monday');
    expect(new VirtualMachineRestore(testChart('shop'), 'undo', { snapshot, vm: { name: 'web' } }).namespace).toBe(
      'shop',
    );
    const made = new VirtualMachineSnapshot(testChart(), 'monday', { vm: { name: 'web' } });
    expect(new VirtualMachineRestore(testChart(), 'undo', { snapshot: made }).namespace).toBeUndefined();
    expect(failureOf(() => new VirtualMachineRestore(testChart('shop'), 'undo', { snapshot: made }))).toContain(
      `'namespace' must be left out, as the snapshot has no namespace, got "shop"`,
    );
  });

  test('takes all props', () => {
    const override: Required<VolumeRestoreOverride> = {
      volumeName: 'rootdisk',
      restoreName: 'copy-boot',
      labels: { app: 'copy' },
      annotations: { note: 'copy' },
    };
    const props: Required<VirtualMachineRestoreProps> = {
      snapshot: MONDAY,
      vm: { name: 'copy' },
      targetReadinessPolicy: TargetReadinessPolicy.STOP_TARGET,
      volumeRestorePolicy: VolumeRestorePolicy.IN_PLACE,
      volumeOwnershipPolicy: VolumeOwnershipPolicy.NONE,
      volumeRestoreOverrides: [override],
      patches: [JsonPatch.replace('/spec/runStrategy', 'Halted'), JsonPatch.remove('/metadata/labels/old')],
      name: 'undo-1',
      namespace: 'shop',
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      overrides: { spec: { targetReadinessPolicy: 'FailImmediate' } },
    };
    expect(manifest(new VirtualMachineRestore(testChart(), 'undo', props))).toEqual({
      apiVersion: 'snapshot.kubevirt.io/v1beta1',
      kind: 'VirtualMachineRestore',
      metadata: { name: 'undo-1', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'yes' } },
      spec: {
        target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'copy' },
        virtualMachineSnapshotName: 'monday',
        targetReadinessPolicy: 'FailImmediate',
        volumeRestorePolicy: 'InPlace',
        volumeOwnershipPolicy: 'None',
        volumeRestoreOverrides: [
          { volumeName: 'rootdisk', restoreName: 'copy-boot', labels: { app: 'copy' }, annotations: { note: 'copy' } },
        ],
        patches: [
          '{"op":"replace","path":"/spec/runStrategy","value":"Halted"}',
          '{"op":"remove","path":"/metadata/labels/old"}',
        ],
      },
    });
  });

  const patch = (path: string, value: unknown): object => ({ patches: [JsonPatch.add(path, value)] });
  test.each<[string, object, string]>([
    ['no snapshot', { snapshot: undefined }, "'snapshot' must be a snapshot of a VM, got nothing"],
    ['the name of a snapshot', { snapshot: 'monday' }, 'write VirtualMachineSnapshot.fromName("monday")'],
    [
      'a snapshot of a disk',
      { snapshot: { snapshotName: 'a' } },
      "'snapshot' must be a snapshot of a VM, got an object",
    ],
    [
      'a snapshot whose VM is not known',
      { snapshot: { virtualMachineSnapshotName: 'a' } },
      "'vm' must be a VM, got nothing",
    ],
    [
      'a VM of another namespace',
      { vm: { name: 'web', namespace: 'b' } },
      'be in the snapshot\'s namespace, got "b/web"',
    ],
    ['another namespace', { namespace: 'b' }, "'namespace' must be that of the snapshot ('shop'), got \"b\""],
    ['an unknown policy', { volumeRestorePolicy: 'inplace' }, "write 'InPlace'"],
    ['an override of no volume', { volumeRestoreOverrides: [{ restoreName: 'a' }] }, ".volumeName' must be given"],
    [
      'an override of nothing',
      { volumeRestoreOverrides: [{ volumeName: 'a' }] },
      "must have 'restoreName', 'labels' or",
    ],
    ['a patch that is text', { patches: ['{}'] }, `'patches[0]' must be a JsonPatch of cdk8s, got "{}"`],
    ['a patch of the name', patch('/metadata/name', 'b'), `'patches[0]' must have a path below '/spec/'`],
    ['a patch with a list', patch('/spec/a', ['b']), "'patches[0]' must hold one value, no ',' and no ':'"],
    ['a patch with a colon', patch('/spec/a', 'b:c'), "'patches[0]' must hold one value, no ',' and no ':'"],
  ])('fails when given %s', (_, props, message) => {
    const all = untyped<VirtualMachineRestoreProps>({ snapshot: MONDAY, ...props });
    expect(failureOf(() => new VirtualMachineRestore(testChart(), 'undo', all))).toContain(message);
  });

  testEscapeHatch(
    (overrides) =>
      new VirtualMachineRestore(testChart(), 'undo', {
        snapshot: MONDAY,
        labels: { app: 'web', gone: 'yes' },
        annotations: { note: 'yes' },
        overrides,
      }),
  );
});
