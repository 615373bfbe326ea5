import { raised } from './versions';

test.each<[string, string, string | undefined, string]>([
  ['kubevirt.io/v1alpha3', 'VirtualMachine', undefined, 'kubevirt.io/v1'],
  ['kubevirt.io/v1', 'VirtualMachine', 'v1.9.0', 'kubevirt.io/v1'],
  ['export.kubevirt.io/v1beta1', 'VirtualMachineExport', undefined, 'export.kubevirt.io/v1'],
  ['export.kubevirt.io/v1beta1', 'VirtualMachineExport', 'v1.9.0', 'export.kubevirt.io/v1'],
  ['export.kubevirt.io/v1beta1', 'VirtualMachineExport', 'v1.8.4', 'export.kubevirt.io/v1beta1'],
  ['export.kubevirt.io/v1alpha1', 'VirtualMachineExport', 'v1.8.4', 'export.kubevirt.io/v1beta1'],
  ['export.kubevirt.io/v1', 'VirtualMachineExport', 'v1.8.4', 'export.kubevirt.io/v1'],
  ['export.kubevirt.io/next', 'VirtualMachineExport', 'v1.8.4', 'export.kubevirt.io/next'],
  ['apps/v1beta1', 'Deployment', undefined, 'apps/v1beta1'],
  ['v1', 'Pod', undefined, 'v1'],
])('%s %s for KubeVirt %s is said in %s', (apiVersion, kind, kubevirt, version) => {
  expect(raised({ apiVersion, kind }, kubevirt)).toBe(version);
});
