import { instancePath } from './disk-order';

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
