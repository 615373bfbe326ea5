import { report } from '../engine';
import { claim, dataVolume, machine, said, storage, stream } from '../testing/outcome-lines';

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

describe('a clone of a VolumeCloneSource whose source is in use', () => {
  const SOURCE = `
apiVersion: cdi.kubevirt.io/v1beta1
kind: VolumeCloneSource
metadata: { name: of-root, namespace: lab }
spec: { source: { kind: PersistentVolumeClaim, name: root } }
`;
  const REF = 'dataSourceRef: { apiGroup: cdi.kubevirt.io, kind: VolumeCloneSource, name: of-root }';
  const ASKED = 'storageClassName: f, accessModes: [ReadWriteMany], volumeMode: Block';
  const spec = (part: string): string =>
    `{ ${part}: { ${ASKED}, ${REF}, resources: { requests: { storage: 10Gi } } } }`;
  const disk = (part: string): string => dataVolume('copy').replace(/spec: .*/, () => `spec: ${spec(part)}`);
  const plain = claim('copy').replace('spec: {', () => `spec: { ${REF},`);
  const templated = (part: string): string =>
    machine('twin', {
      run: 'Halted',
      spec: `dataVolumeTemplates: [{ metadata: { name: copy }, spec: ${spec(part)} }]`,
    });
  const fields = (made: string): string[] =>
    said(stream(claim('root'), machine('vm', { disks: { root: 'root' } }), SOURCE, made), ['clone-source-in-use'], {
      storage: storage(),
    }).map((line) => line.split(' ')[1] ?? '');

  test.each([
    ['a claim', plain, 'spec.dataSourceRef'],
    ["a DataVolume by 'pvc'", disk('pvc'), 'spec.pvc.dataSourceRef'],
    ["a DataVolume by 'storage'", disk('storage'), 'spec.storage.dataSourceRef'],
    ["a template by 'pvc'", templated('pvc'), 'spec.dataVolumeTemplates[0].spec.pvc.dataSourceRef'],
    ["a template by 'storage'", templated('storage'), 'spec.dataVolumeTemplates[0].spec.storage.dataSourceRef'],
  ])('is said of %s where that stands', (_, made, field) => expect(fields(made)).toEqual([field]));
});
