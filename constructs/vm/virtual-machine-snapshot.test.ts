import { Duration } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import {
  MachineSnapshotDeletionPolicy,
  VirtualMachineSnapshot,
  VirtualMachineSnapshotFacts,
  VirtualMachineSnapshotProps,
} from './virtual-machine-snapshot';

const WEB = { name: 'web', namespace: 'shop' };

describe('VirtualMachineSnapshot', () => {
  test('is taken of a VM, in its namespace', () => {
    const snapshot = new VirtualMachineSnapshot(testChart(), 'before-update', { vm: WEB });
    expect(manifest(snapshot)).toEqual({
      apiVersion: 'snapshot.kubevirt.io/v1beta1',
      kind: 'VirtualMachineSnapshot',
      metadata: { name: 'before-update', namespace: 'shop' },
      spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' } },
    });
    expect(snapshot).toMatchObject({ virtualMachineSnapshotName: 'before-update', namespace: 'shop', vm: WEB });
  });

  test('takes all props', () => {
    const props: Required<VirtualMachineSnapshotProps> = {
      vm: WEB,
      deletionPolicy: MachineSnapshotDeletionPolicy.RETAIN,
      failureDeadline: Duration.minutes(10),
      name: 'monday',
      namespace: 'shop',
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      overrides: { metadata: { finalizers: ['example.com/kept'] } },
    };
    expect(manifest(new VirtualMachineSnapshot(testChart(), 'snapshot', props))).toEqual({
      apiVersion: 'snapshot.kubevirt.io/v1beta1',
      kind: 'VirtualMachineSnapshot',
      metadata: {
        name: 'monday',
        namespace: 'shop',
        labels: { team: 'blue' },
        annotations: { note: 'yes' },
        finalizers: ['example.com/kept'],
      },
      spec: {
        source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' },
        deletionPolicy: 'Retain',
        failureDeadline: '600s',
      },
    });
  });

  test('takes a snapshot without a deadline', () => {
    const snapshot = new VirtualMachineSnapshot(testChart(), 's', { vm: WEB, failureDeadline: Duration.seconds(0) });
    expect(manifest(snapshot).spec).toMatchObject({ failureDeadline: '0s' });
  });

  test.each<[string, unknown, string]>([
    ['no props', undefined, "'props' must be an object, got nothing"],
    ['no VM', {}, "'vm' must be a VM, got nothing"],
    ['the name of a VM', { vm: 'web' }, 'write VirtualMachine.fromName("web")'],
    [
      'another namespace',
      { vm: WEB, namespace: 'other' },
      "'namespace' must be that of the VM ('shop'), got \"other\"",
    ],
    ['an unknown policy', { vm: WEB, deletionPolicy: 'retain' }, "write 'Retain'"],
    ['minutes as a number', { vm: WEB, failureDeadline: 5 }, "'failureDeadline' must be a Duration of cdk8s, got 5"],
    ['a misspelt prop', { vm: WEB, deadline: 5 }, `'props' must have known keys only, got "deadline"`],
  ])('fails when given %s', (_, props, message) => {
    const make = () => new VirtualMachineSnapshot(testChart(), 's', untyped<VirtualMachineSnapshotProps>(props));
    expect(failureOf(make)).toContain(message);
  });

  testEscapeHatch(
    (overrides) =>
      new VirtualMachineSnapshot(testChart(), 's', {
        vm: WEB,
        labels: { app: 'web', gone: 'yes' },
        annotations: { note: 'yes' },
        overrides,
      }),
  );
});

describe('VirtualMachineSnapshot.fromName', () => {
  test('stands for a snapshot in the cluster', () => {
    const facts: Required<VirtualMachineSnapshotFacts> = { namespace: 'shop', vm: WEB };
    expect(VirtualMachineSnapshot.fromName('monday', facts)).toEqual({
      virtualMachineSnapshotName: 'monday',
      namespace: 'shop',
      vm: WEB,
    });
  });

  test.each<[string, string, object, string]>([
    ['an upper-case name', 'Monday', {}, `[VirtualMachineSnapshot.fromName] 'name' must be a DNS name`],
    ['a namespace with a dot', 'monday', { namespace: 'a.b' }, "'namespace' must be a DNS label"],
    ['text for the VM', 'monday', { vm: 'web' }, "'vm' must be a VM"],
    ['an unknown fact', 'monday', { disk: 1 }, `'facts' must have known keys only, got "disk"`],
  ])('fails when given %s', (_, name, facts, message) => {
    expect(failureOf(() => VirtualMachineSnapshot.fromName(name, untyped(facts)))).toContain(message);
  });
});
