import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { VolumeBindingMode } from '../storage/claim-modes';
import { ReclaimPolicy, StorageClass, StorageClassProps } from './storage-class';

const TRIDENT = 'csi.trident.netapp.io';

describe('StorageClass', () => {
  test('is its driver and nothing else, and carries no namespace', () => {
    const storageClass = new StorageClass(testChart('lab'), 'fast', { provisioner: TRIDENT });
    expect(manifest(storageClass)).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'fast' },
      provisioner: 'csi.trident.netapp.io',
    });
    expect(storageClass.storageClassName).toBe('fast');
  });

  test('writes every prop', () => {
    const props: Required<StorageClassProps> = {
      name: 'storage-class-iscsi2',
      labels: { app: 'lab' },
      annotations: { note: 'yes' },
      isDefault: true,
      isVirtDefault: true,
      provisioner: TRIDENT,
      parameters: { backendType: 'ontap-san', storagePools: 'BackendForiSCSI:.*', empty: '' },
      allowVolumeExpansion: true,
      volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER,
      reclaimPolicy: ReclaimPolicy.RETAIN,
      mountOptions: ['discard'],
      allowedTopologies: [{ 'topology.kubernetes.io/zone': ['a', 'b'] }],
      overrides: { metadata: { finalizers: ['a/b'] } },
    };
    expect(manifest(new StorageClass(testChart('lab'), 'fast', props))).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'storage-class-iscsi2',
        labels: { app: 'lab' },
        annotations: {
          'storageclass.kubernetes.io/is-default-class': 'true',
          'storageclass.kubevirt.io/is-default-virt-class': 'true',
          note: 'yes',
        },
        finalizers: ['a/b'],
      },
      provisioner: 'csi.trident.netapp.io',
      parameters: { backendType: 'ontap-san', storagePools: 'BackendForiSCSI:.*', empty: '' },
      allowVolumeExpansion: true,
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Retain',
      mountOptions: ['discard'],
      allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['a', 'b'] }] }],
    });
  });

  test.each<[Pick<StorageClassProps, 'isDefault' | 'isVirtDefault'>, Record<string, string> | undefined]>([
    [{ isDefault: true }, { 'storageclass.kubernetes.io/is-default-class': 'true' }],
    [{ isVirtDefault: true }, { 'storageclass.kubevirt.io/is-default-virt-class': 'true' }],
    [{ isDefault: false, isVirtDefault: false }, undefined],
  ])('says by %j which default it is', (props, annotations) => {
    const storageClass = new StorageClass(testChart(), 'fast', { provisioner: TRIDENT, ...props });
    expect(manifest(storageClass).metadata.annotations).toEqual(annotations);
    expect(storageClass.isDefault).toBe(props.isDefault ?? false);
    expect(storageClass.isVirtDefault).toBe(props.isVirtDefault ?? false);
  });

  test.each(['kubernetes.io/no-provisioner', 'Driver.One'])('takes the driver %s', (provisioner) => {
    expect(() => new StorageClass(testChart(), 'fast', { provisioner })).not.toThrow();
  });

  test.each([
    [undefined, `'props' must be an object, got nothing`],
    [{}, `'provisioner' must be the name of a CSI driver, such as 'csi.trident.netapp.io', got nothing`],
    [
      { provisioner: 'Trident CSI' },
      `'provisioner' must be the name of a CSI driver, such as 'csi.trident.netapp.io', got "Trident CSI"`,
    ],
    [
      { provisioner: TRIDENT, parameters: { encrypted: true } },
      `'parameters["encrypted"]' must be text, got true; quote it`,
    ],
    [{ provisioner: TRIDENT, parameters: null }, `'parameters' must be an object of names and text, got null`],
    [{ provisioner: TRIDENT, parameters: 'a=b' }, `'parameters' must be an object of names and text, got "a=b"`],
    [{ provisioner: TRIDENT, allowVolumeExpansion: 'yes' }, `'allowVolumeExpansion' must be true or false, got "yes"`],
    [{ provisioner: TRIDENT, isDefault: 'true' }, `'isDefault' must be true or false, got "true"; write true`],
    [{ provisioner: TRIDENT, isVirtDefault: 'true' }, `'isVirtDefault' must be true or false, got "true"; write true`],
    [
      { provisioner: TRIDENT, volumeBindingMode: 'immediate' },
      `'volumeBindingMode' must be 'Immediate' or 'WaitForFirstConsumer', got "immediate"; write 'Immediate'`,
    ],
    [{ provisioner: TRIDENT, reclaimPolicy: 'Keep' }, `'reclaimPolicy' must be 'Delete' or 'Retain', got "Keep"`],
  ])('fails when the props are %j', (props, message) => {
    const make = () => new StorageClass(testChart(), 'fast', untyped<StorageClassProps>(props));
    expect(failureOf(make)).toBe(`[test/fast] ${message}`);
  });

  test('takes no class without a driver, and no word that Kubernetes does not know', () => {
    // @ts-expect-error a driver must be given
    expect(() => new StorageClass(testChart(), 'fast', {})).toThrow("'provisioner'");
    // @ts-expect-error reclaim policies are an enum
    expect(() => new StorageClass(testChart(), 'fast', { provisioner: TRIDENT, reclaimPolicy: 'Keep' })).toThrow();
  });

  testEscapeHatch((overrides) => new StorageClass(testChart('lab'), 'fast', { provisioner: TRIDENT, overrides }));
});
