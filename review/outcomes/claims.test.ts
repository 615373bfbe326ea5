import { report } from '../engine';

describe('a DataVolume that leaves out the access modes', () => {
  const manifests = [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'fast' },
      provisioner: 'rbd.csi.ceph.com',
      volumeBindingMode: 'Immediate',
    },
    {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'StorageProfile',
      metadata: { name: 'fast' },
      spec: { claimPropertySets: [{ accessModes: ['ReadWriteMany'], volumeMode: 'Block' }] },
      status: { claimPropertySets: [{ accessModes: ['ReadWriteMany'], volumeMode: 'Block' }] },
    },
    {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { name: 'root', namespace: 'lab' },
      spec: {
        source: { blank: {} },
        storage: { storageClassName: 'fast', volumeMode: 'Filesystem', resources: { requests: { storage: '1Gi' } } },
      },
    },
  ];
  const found = (kubevirt: string, cdi: string) =>
    report(manifests, { kubevirt, cdi }).findings.map(({ rule, message }) => [rule, message]);

  test('gets those of another volume mode from CDI v1.62.0', () => {
    expect(found('v1.5.3', 'v1.62.0')).toEqual([]);
  });

  test.each([
    ['v1.6.2', 'v1.63.1'],
    ['v1.9.0', 'v1.66.0'],
  ])('fails beside KubeVirt %s, as CDI %s looks for those of its volume mode alone', (kubevirt, cdi) => {
    expect(found(kubevirt, cdi)).toEqual([
      [
        'claim-access-modes',
        expect.stringMatching(new RegExp(`no access modes for volume mode Filesystem.*\\(CDI ${cdi}\\)`)),
      ],
    ]);
  });
});
