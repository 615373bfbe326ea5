import type { Json } from '../../review/rule';
import { hasComments, sameCloudConfig, sameYaml, yamlOf } from './cloud-config';
import { withDefaults } from './defaults';

describe('withDefaults', () => {
  test.each<[string, Json, Json]>([
    ['machine', { type: '' }, { type: undefined }],
    ['machine', { type: 'q35' }, { type: 'q35' }],
    ['tpm', {}, { enabled: true }],
    ['tpm', { enabled: false }, { enabled: false }],
    ['efi', {}, { secureBoot: true }],
    ['efi', { secureBoot: false }, { secureBoot: false }],
    ['persistentVolumeClaim', { claimName: 'a' }, { claimName: 'a', hotpluggable: false }],
    ['dataVolume', { name: 'a', hotpluggable: true }, { name: 'a', hotpluggable: true }],
    ['memoryDump', { claimName: 'a' }, { claimName: 'a', hotpluggable: false }],
    ['cdrom', { readonly: true }, { readonly: undefined }],
    ['cdrom', { readonly: false }, { readonly: false }],
    [
      'features',
      { acpi: {}, smm: { enabled: false }, kvm: { hidden: true } },
      { acpi: { enabled: true }, smm: { enabled: false }, kvm: { hidden: true } },
    ],
    ['features', { acpi: null, apic: undefined }, { acpi: { enabled: true }, apic: undefined }],
    [
      'hyperv',
      { relaxed: {}, spinlocks: { spinlocks: 1 }, vendorid: { vendorid: 'a' } },
      { relaxed: { enabled: true }, spinlocks: { spinlocks: 1 }, vendorid: { vendorid: 'a' } },
    ],
    ['ports[]', { port: 80 }, { protocol: 'TCP', targetPort: 80, port: 80 }],
    ['ports[]', { port: 80, targetPort: 8080, protocol: 'UDP' }, { protocol: 'UDP', targetPort: 8080, port: 80 }],
    [
      'dataVolumeTemplates[]',
      { apiVersion: 'a', kind: 'b', spec: 1 },
      { apiVersion: undefined, kind: undefined, spec: 1 },
    ],
    [
      'annotations',
      { 'cdi.kubevirt.io/storage.bind.immediate.requested': '' },
      { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true' },
    ],
    ['annotations', { a: '' }, { a: '' }],
    [
      'devices',
      { autoattachPodInterface: true, interfaces: [{}] },
      { autoattachPodInterface: undefined, interfaces: [{}] },
    ],
    ['devices', { autoattachPodInterface: true, interfaces: [] }, { autoattachPodInterface: true, interfaces: [] }],
    ['devices', { autoattachPodInterface: true }, { autoattachPodInterface: true }],
    [
      'devices',
      { autoattachPodInterface: false, interfaces: [{}] },
      { autoattachPodInterface: false, interfaces: [{}] },
    ],
    [
      'devices',
      { preferredAutoattachInputDevice: true },
      { preferredInputType: 'tablet', preferredAutoattachInputDevice: true },
    ],
    ['devices', { preferredAutoattachInputDevice: false }, { preferredAutoattachInputDevice: false }],
    [
      'devices',
      { preferredAutoattachInputDevice: true, preferredInputType: 'x' },
      { preferredInputType: 'x', preferredAutoattachInputDevice: true },
    ],
    [
      'labels',
      { 'instancetype.kubevirt.io/default-instancetype': 'a' },
      {
        'instancetype.kubevirt.io/default-instancetype': 'a',
        'instancetype.kubevirt.io/default-instancetype-kind': 'virtualmachineclusterinstancetype',
      },
    ],
    [
      'labels',
      {
        'instancetype.kubevirt.io/default-preference': 'a',
        'instancetype.kubevirt.io/default-preference-kind': 'VirtualMachinePreference',
      },
      {
        'instancetype.kubevirt.io/default-preference': 'a',
        'instancetype.kubevirt.io/default-preference-kind': 'virtualmachinepreference',
      },
    ],
    ['labels', { a: 'b' }, { a: 'b' }],
    ['firmware', { preferredUseEfi: true, preferredUseSecureBoot: true }, { preferredEfi: { secureBoot: true } }],
    ['firmware', { preferredUseEfi: false, a: 1 }, { preferredUseEfi: false, a: 1 }],
    ['firmware', { preferredUseEfi: true, preferredEfi: {} }, { preferredUseEfi: true, preferredEfi: {} }],
    [
      'selector',
      { matchLabels: { b: '1', a: '2' } },
      {
        matchExpressions: [
          { key: 'a', operator: 'In', values: ['2'] },
          { key: 'b', operator: 'In', values: ['1'] },
        ],
      },
    ],
    [
      'selector',
      { matchLabels: {}, matchExpressions: [{ key: 'b' }, { key: 'a' }] },
      { matchExpressions: [{ key: 'a' }, { key: 'b' }] },
    ],
    ['selector', { matchLabels: { a: '1' }, app: 'x' }, { matchLabels: { a: '1' }, app: 'x' }],
    ['selector', { app: 'x' }, { app: 'x' }],
    ['instancetype', { name: 'a' }, { name: 'a', kind: 'VirtualMachineClusterInstancetype' }],
    [
      'instancetype',
      { name: 'a', kind: 'virtualMACHINEinstancetype' },
      { name: 'a', kind: 'VirtualMachineInstancetype' },
    ],
    ['preference', { inferFromVolume: 'a' }, { inferFromVolume: 'a' }],
    ['cloudInitNoCloud', { userDataBase64: 'eA==', networkDataBase64: 'eQ==' }, { userData: 'x', networkData: 'y' }],
    ['cloudInitNoCloud', { userData: 'x' }, { userData: 'x' }],
    [
      '',
      { kind: 'StorageClass' },
      { kind: 'StorageClass', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', allowVolumeExpansion: false },
    ],
    ['', { kind: 'Service' }, { kind: 'Service' }],
    [
      '',
      { kind: 'Service', spec: { type: 'NodePort' } },
      { kind: 'Service', spec: { type: 'NodePort', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' } },
    ],
    [
      '',
      { kind: 'PersistentVolumeClaim', spec: { dataSource: { a: 1 } } },
      { kind: 'PersistentVolumeClaim', spec: { volumeMode: 'Filesystem', dataSourceRef: { a: 1 } } },
    ],
    ['', { kind: 'PersistentVolumeClaim' }, { kind: 'PersistentVolumeClaim' }],
    ['', { kind: 'Pod', spec: {} }, { kind: 'Pod', spec: {} }],
    ['other', { a: 1 }, { a: 1 }],
  ])('of %s: %j', (key, value, whole) => expect(withDefaults(value, key)).toEqual(whole));
});

describe('what two texts of cloud-init say', () => {
  const config = (text: string): string => `#cloud-config\n${text}\n`;

  test.each<[string, string, boolean]>([
    ['x', 'x', true],
    ['x', 'y', false],
    [config('a: 1'), config('{ "a": 1 }'), true],
    [config('a: 1'), config('a: 2'), false],
    [config('a: 1'), 'a: 1', false],
    ['a: 1', config('a: 1'), false],
    [config('a: 1\nb: null\nc: []'), config('a: 1'), true],
    [config('a: 1\nb: [1]'), config('a: 1'), false],
    [
      config('users: [{ name: a, groups: "x, z", sudo: s }]'),
      config('users: [{ name: a, groups: [x, z], sudo: [s] }]'),
      true,
    ],
    [config('users: [{ name: a, sudo: s }]'), config('users: [{ name: a, sudo: t }]'), false],
    [config('users: [{ name: a, groups: "x w" }]'), config('users: [{ name: a, groups: [x, z] }]'), false],
    [config('users: [default, { name: a }]'), config('users: [default, { name: a }]\nb: []'), true],
    [config('users: [{ name: a }]'), config('users: [{ name: a, sudo: null }]'), false],
    [config('users: a'), config('users: b'), false],
    [config('other: [{ groups: "x,z" }]'), config('other: [{ groups: [x, z] }]'), false],
  ])('%# is the same: %j', (one, other, is) => {
    expect(sameCloudConfig(one, other)).toBe(is);
    expect(sameCloudConfig(other, one)).toBe(is);
  });

  test.each<[string, string, boolean]>([
    ['a: 1', '{a: 1}', true],
    ['a: 1', 'a: 2', false],
    ['a: 1', 'x', false],
    ['x', 'a: 1', false],
    ['x', 'x', false],
    ['[', '[', false],
  ])('%j and %j are the same YAML: %j', (one, other, is) => expect(sameYaml(one, other)).toBe(is));

  test.each<[string, boolean]>([
    ['#cloud-config\na: 1\n', false],
    ['#cloud-config\n# why\na: 1\n', true],
    ['#cloud-config\na: 1 # why\n', true],
    ['# why\na: 1\n', true],
    ['#cloud-config\na: "x # y"\n', false],
    ['#cloud-config\na: |\n  # in a text\n', false],
    ['#cloud-config\na: |\n  # in a text\n# and one\n', true],
    ["#cloud-config\na: 'x # y'\n", false],
    ['#cloud-config\r\n# why\r\na: 1\r\n', true],
  ])('%j has comments: %j', (text, has) => expect(hasComments(text, yamlOf(text)!)).toBe(has));
});
