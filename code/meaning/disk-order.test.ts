import type { Json } from '../../review/rule';
import { inOrderOfDisks, instancePath } from './disk-order';

test.each<[string, string, string | undefined]>([
  ['kubevirt.io/v1', 'VirtualMachine', 'spec.template.spec'],
  ['kubevirt.io/v1', 'VirtualMachineInstanceReplicaSet', 'spec.template.spec'],
  ['kubevirt.io/v1', 'VirtualMachineInstance', 'spec'],
  ['pool.kubevirt.io/v1beta1', 'VirtualMachinePool', 'spec.virtualMachineTemplate.spec.template.spec'],
  ['pool.kubevirt.io/v1beta1', 'VirtualMachine', undefined],
  ['kubevirt.io/v1', 'VirtualMachinePool', undefined],
  ['kubevirt.io/v1', 'KubeVirt', undefined],
  ['example.com/v1', 'VirtualMachine', undefined],
])('the instance of %s %s is at %s', (apiVersion, kind, path) => {
  expect(instancePath({ apiVersion, kind })?.join('.')).toBe(path);
});

describe('the disks of a machine', () => {
  const disks = (given: readonly Json[], volumes: readonly Json[], filesystems: readonly Json[] = []): unknown => {
    const object = inOrderOfDisks({ spec: { volumes, domain: { devices: { disks: given, filesystems } } } }, ['spec']);
    const { spec } = object as {
      readonly spec: { readonly domain: { readonly devices: { readonly disks: unknown } } };
    };
    return spec.domain.devices.disks;
  };
  const root = { name: 'root', persistentVolumeClaim: { claimName: 'a' } };
  const seed = { name: 'seed', cloudInitNoCloud: {} };
  const drive = { name: 'drive', cloudInitConfigDrive: {} };
  const later = { name: 'later', persistentVolumeClaim: { claimName: 'b', hotpluggable: true } };
  const never = { name: 'never', dataVolume: { name: 'c', hotpluggable: false } };
  const asDisk = ({ name }: { readonly name: string }): Json => ({ name, disk: {} });

  test('are those that are plugged last, and the one of cloud-init before them', () => {
    const all = [later, seed, root, drive, never];
    expect(disks(all.map(asDisk), all)).toEqual([root, never, seed, drive, later].map(asDisk));
  });

  test('are one for each volume that has none, but for what the guest does not see as one', () => {
    const shared = { name: 'shared', persistentVolumeClaim: { claimName: 'd' } };
    const dump = { name: 'dump', memoryDump: { claimName: 'e' } };
    expect(
      disks([{ name: 'root', cdrom: {} }, { name: 'bare' }], [seed, root, shared, dump], [{ name: 'shared' }]),
    ).toEqual([
      { name: 'root', cdrom: {} },
      { name: 'bare', disk: {} },
      { name: 'seed', disk: {} },
    ]);
  });

  test('are none where there are none', () => {
    expect(inOrderOfDisks({ spec: { domain: {} } }, ['spec'])).toEqual({ spec: { domain: {} } });
  });
});
