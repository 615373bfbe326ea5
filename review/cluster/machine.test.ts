import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import {
  claimName,
  claimUses,
  diskTemplateField,
  diskTemplates,
  guestField,
  isStarted,
  machineOf,
  matchOf,
  sampleMachineOf,
  sharersOf,
} from './machine';

const guest = {
  volumes: [
    { name: 'a', persistentVolumeClaim: { claimName: 'x' } },
    { name: 'b' },
    { name: 'c', dataVolume: { name: 'y' } },
  ],
};
const annotations = { k: 'v' };
const vm = { dataVolumeTemplates: [{ metadata: { name: 'y' } }], template: { metadata: { annotations }, spec: guest } };
const of = (apiVersion: string, kind: string, spec: Json, metadata: Json = {}): Reviewed => ({
  object: { apiVersion, kind, metadata: { name: 'm', namespace: 'n', ...metadata }, spec },
  origin: {},
});

const kinds: readonly [kind: string, object: Reviewed, name: string, field: string, template: string | undefined][] = [
  [
    'VirtualMachine',
    of('kubevirt.io/v1', 'VirtualMachine', vm),
    'm',
    'spec.template.spec.x',
    'spec.dataVolumeTemplates[0].metadata.name',
  ],
  [
    'VirtualMachineInstance',
    of('kubevirt.io/v1', 'VirtualMachineInstance', guest, { annotations }),
    'm',
    'spec.x',
    undefined,
  ],
  [
    'VirtualMachineInstance',
    of('kubevirt.io/v1', 'VirtualMachineInstanceReplicaSet', { template: vm.template }),
    'm*1',
    'spec.template.spec.x',
    undefined,
  ],
  [
    'VirtualMachine',
    of('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', { virtualMachineTemplate: { spec: vm } }),
    'm-0',
    'spec.virtualMachineTemplate.spec.template.spec.x',
    'spec.virtualMachineTemplate.spec.dataVolumeTemplates[0].metadata.name',
  ],
];

test.each<[string, Json, boolean]>([
  ['VirtualMachine', { runStrategy: 'Always' }, true],
  ['VirtualMachine', { runStrategy: 'RerunOnFailure' }, true],
  ['VirtualMachine', { runStrategy: 'Once' }, true],
  ['VirtualMachine', { runStrategy: 'Manual' }, false],
  ['VirtualMachine', { runStrategy: 'Halted' }, false],
  ['VirtualMachine', { running: true }, true],
  ['VirtualMachine', { running: false }, false],
  ['VirtualMachine', {}, false],
  ['VirtualMachineInstance', {}, true],
])('a %s of %j is started: %j', (kind, spec, is) => {
  const object = { apiVersion: 'kubevirt.io/v1', kind, metadata: { name: 'web', namespace: 'n' }, spec };
  expect(isStarted(machineOf({ object, origin: {} })!)).toBe(is);
});

describe('a machine', () => {
  test.each(kinds)('%s has its guest, its annotations and the paths of both', (kind, object, name, field, template) => {
    const machine = sampleMachineOf(object)!;
    expect(machine).toMatchObject({ kind, name, namespace: 'n', annotations, from: object });
    expect(machine.guest.volumes).toHaveLength(3);
    expect(guestField(machine, 'x')).toBe(field);
    expect(machine.isInstance).toBe(template === undefined);
    expect(diskTemplates(machine).map((_, index) => diskTemplateField(machine, index, 'metadata', 'name'))).toEqual(
      template === undefined ? [] : [template],
    );
  });

  test('is not a set of them, nor the machine of another vendor', () => {
    expect(machineOf(of('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', {}))).toBeUndefined();
    expect(machineOf(of('vmoperator.vmware.com/v1alpha1', 'VirtualMachine', vm))).toBeUndefined();
    expect(sampleMachineOf(of('v1', 'ConfigMap', {}))).toBeUndefined();
  });

  test('uses the claims that its volumes name', () => {
    const uses = claimUses(machineOf(of('kubevirt.io/v1', 'VirtualMachine', vm))!);
    expect(uses.map(({ name, field }) => [name, field])).toEqual([
      ['x', 'spec.template.spec.volumes[0].persistentVolumeClaim.claimName'],
      ['y', 'spec.template.spec.volumes[2].dataVolume.name'],
    ]);
    expect(guest.volumes.map(claimName)).toEqual(['x', undefined, 'y']);
  });

  test('of a set shares each claim with the others but those of its own disk templates', () => {
    const pool = (replicas: number) =>
      sampleMachineOf(
        of('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', { replicas, virtualMachineTemplate: { spec: vm } }),
      )!;
    expect([sharersOf(pool(3), 'x'), sharersOf(pool(3), 'y-0'), sharersOf(pool(3), 'z')]).toEqual([3, 1, 3]);
    expect(sharersOf(machineOf(of('kubevirt.io/v1', 'VirtualMachine', vm))!, 'x')).toBe(1);
  });

  test.each([
    [{ name: 's' }, 'VirtualMachineClusterInstancetype'],
    [{ kind: 'VirtualMachineInstancetype', name: 's' }, 'VirtualMachineInstancetype'],
    [{ kind: 'virtualmachineinstancetypes', name: 's' }, 'VirtualMachineInstancetype'],
    [{ kind: 'virtualmachineclusterinstancetypes', name: 's' }, 'VirtualMachineClusterInstancetype'],
  ])('that says %p names a %s', (instancetype, kind) => {
    const machine = machineOf(of('kubevirt.io/v1', 'VirtualMachine', { instancetype }))!;
    expect(matchOf(machine, 'instancetype')).toMatchObject({ kind, name: 's', revision: '', inferredFrom: '' });
    expect(matchOf(machine, 'preference')).toBeUndefined();
  });
});

describe('the machines that name a claim', () => {
  const pool = (replicas: number | undefined, templates: Json[] = [{ metadata: { name: 'y' } }]) =>
    sampleMachineOf(
      of('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', {
        replicas,
        virtualMachineTemplate: { spec: { dataVolumeTemplates: templates, template: { spec: guest } } },
      }),
    )!;

  test('are all of its set, unless each makes its own', () => {
    expect(sharersOf(pool(3), 'x')).toBe(3);
    expect(sharersOf(pool(3, []), 'y')).toBe(3);
    const own = pool(3);
    expect(sharersOf(own, claimUses(own)[1]!.name)).toBe(1);
    expect(sharersOf(machineOf(of('kubevirt.io/v1', 'VirtualMachine', vm))!, 'x')).toBe(1);
  });
});
