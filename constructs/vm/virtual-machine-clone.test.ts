import { JsonPatch } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import {
  CloneVolumeNamePolicy,
  VirtualMachineClone,
  VirtualMachineCloneProps,
  VmCloneSource,
} from './virtual-machine-clone';
import { VirtualMachineSnapshot } from './virtual-machine-snapshot';

const WEB = { name: 'web', namespace: 'shop' };
const source = VmCloneSource.vm(WEB);

describe('VirtualMachineClone', () => {
  test('clones a VM, in its namespace', () => {
    const clone = new VirtualMachineClone(testChart(), 'copy', { source });
    expect(manifest(clone)).toEqual({
      apiVersion: 'clone.kubevirt.io/v1beta1',
      kind: 'VirtualMachineClone',
      metadata: { name: 'copy', namespace: 'shop' },
      spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' } },
    });
    expect(clone.vm).toBeUndefined();
  });

  test('clones a snapshot, and stands for the VM that it makes', () => {
    const snapshot = VirtualMachineSnapshot.fromName('monday', { namespace: 'shop' });
    const clone = new VirtualMachineClone(testChart(), 'copy', {
      source: VmCloneSource.snapshot(snapshot),
      targetName: 'web-2',
    });
    expect(manifest(clone)).toMatchObject({
      metadata: { name: 'copy', namespace: 'shop' },
      spec: {
        source: { apiGroup: 'snapshot.kubevirt.io', kind: 'VirtualMachineSnapshot', name: 'monday' },
        target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web-2' },
      },
    });
    expect(clone.vm).toEqual({ name: 'web-2', namespace: 'shop' });
  });

  test('takes all props', () => {
    const props: Required<VirtualMachineCloneProps> = {
      source,
      targetName: 'web-2',
      labelFilters: ['*', '!team'],
      annotationFilters: ['example.com/*'],
      templateLabelFilters: ['app'],
      templateAnnotationFilters: ['!note*'],
      newMacAddresses: { default: '02:00:00:00:00:02' },
      newSmbiosSerial: 'WEB-2',
      patches: [JsonPatch.add('/spec/template/metadata/labels/of', { a: ['b:c'] })],
      volumeNamePolicy: CloneVolumeNamePolicy.PREFIX_TARGET_NAME,
      name: 'clone-1',
      namespace: 'shop',
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      overrides: { spec: { newSMBiosSerial: 'WEB-3' } },
    };
    expect(manifest(new VirtualMachineClone(testChart(), 'copy', props))).toEqual({
      apiVersion: 'clone.kubevirt.io/v1beta1',
      kind: 'VirtualMachineClone',
      metadata: { name: 'clone-1', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'yes' } },
      spec: {
        source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' },
        target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web-2' },
        labelFilters: ['*', '!team'],
        annotationFilters: ['example.com/*'],
        template: { labelFilters: ['app'], annotationFilters: ['!note*'] },
        newMacAddresses: { default: '02:00:00:00:00:02' },
        newSMBiosSerial: 'WEB-3',
        patches: ['{"op":"add","path":"/spec/template/metadata/labels/of","value":{"a":["b:c"]}}'],
        volumeNamePolicy: 'PrefixTargetName',
      },
    });
  });

  test.each<[string, object, string]>([
    ['no source', { source: undefined }, "'source' must be given, got nothing"],
    [
      'a VM for the source',
      { source: WEB },
      "'source' must be a VmCloneSource, got an object; write VmCloneSource.vm(it)",
    ],
    [
      'the name of the source',
      { targetName: 'web' },
      '\'targetName\' must differ from the name of the source, got "web"',
    ],
    ['another namespace', { namespace: 'b' }, "'namespace' must be that of the VM ('shop'), got \"b\""],
    [
      'a filter with a star within',
      { labelFilters: ['a*b'] },
      "'labelFilters[0]' must be a key, with '!' at its start",
    ],
    ['an empty filter', { annotationFilters: [''] }, "'annotationFilters[0]' must be a key"],
    ['a filter of nothing', { templateLabelFilters: ['!'] }, "'templateLabelFilters[0]' must be a key"],
    ['a wrong address', { newMacAddresses: { lan: '02' } }, `'newMacAddresses["lan"]' must be six octets`],
    ['an address alone', { newMacAddresses: '02:00:00:00:00:02' }, "'newMacAddresses' must be an object of networks"],
    [
      'a patch that is an object',
      { patches: [{ op: 'add' }] },
      "'patches[0]' must be a JsonPatch of cdk8s, got an object",
    ],
    ['a misspelt prop', { target: 'web-2' }, `got "target"; write 'targetName'`],
  ])('fails when given %s', (_, props, message) => {
    const all = untyped<VirtualMachineCloneProps>({ source, ...props });
    expect(failureOf(() => new VirtualMachineClone(testChart(), 'copy', all))).toContain(message);
  });

  test.each<[string, () => unknown, string]>([
    ['text for a VM', () => VmCloneSource.vm(untyped('web')), "[VmCloneSource.vm] 'vm' must be a VM"],
    [
      'text for a snapshot',
      () => VmCloneSource.snapshot(untyped('a')),
      "[VmCloneSource.snapshot] 'snapshot' must be a",
    ],
  ])('fails when its source is made of %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });

  testEscapeHatch(
    (overrides) =>
      new VirtualMachineClone(testChart(), 'copy', {
        source,
        labels: { app: 'web', gone: 'yes' },
        annotations: { note: 'yes' },
        overrides,
      }),
  );
});
