import { claim, dataVolume, machine, said, saidOfFiles, stream } from '../testing/outcome-lines';

const files = { mode: 'Filesystem' } as const;
const vm = machine('vm', { disks: { root: 'root' } });
const RULES = ['disk-image-grows'];
const larger = (name: string) => claim(name, { ...files, size: '20Gi' });

describe('hotplug-disk-image', () => {
  const plugged = vm.replace('claimName: root', 'claimName: root, hotpluggable: true');
  const of = (...texts: string[]) => said(stream(...texts), ['hotplug-disk-image']);

  test('fails when an empty claim of a file system is plugged in', () => {
    expect(of(claim('root', files), plugged)).toHaveLength(1);
    expect(of(claim('root', files), vm)).toEqual([]);
    expect(of(claim('root'), plugged)).toEqual([]);
    expect(of(dataVolume('root', '{ blank: {} }', files), plugged)).toEqual([]);
    const restored =
      '{ dataSourceRef: { kind: VolumeSnapshot, name: s, apiGroup: snapshot.storage.k8s.io }, accessModes';
    expect(of(claim('root', files).replace('{ accessModes', restored), plugged)).toEqual([]);
  });
});

describe('disk-image-grows', () => {
  test('fails when a claim with a disk image grows in a later step', () => {
    const made = { '1-vm.yaml': stream(claim('root', files), vm) };
    expect(saidOfFiles({ ...made, '2-grow.yaml': larger('root') }, RULES, { kubevirt: 'v1.6.2' })).toEqual([
      `warning spec.resources.requests.storage disk-image-grows: 'storage' must stay as it is, or KubeVirt must have the gate ExpandDisks, got "20Gi" where "root" had 10Gi; in a file system the image stays as large as it was, and so does the disk of the guest; list the gate 'ExpandDisks' (on by itself from KubeVirt v1.9 on)`,
    ]);
    const imported = { '1-vm.yaml': stream(dataVolume('root', '{ blank: {} }', files), vm) };
    expect(saidOfFiles({ ...imported, '2-grow.yaml': larger('root') }, RULES, { kubevirt: 'v1.6.2' })).toHaveLength(1);
  });

  test('says nothing of a device, of what no machine uses, of a smaller size, and from v1.9 on', () => {
    const grown = (first: string, second: string, options = { kubevirt: 'v1.6.2' }) =>
      saidOfFiles({ '1-vm.yaml': stream(first, vm), '2-grow.yaml': second }, RULES, options);
    expect(grown(claim('root'), claim('root', { size: '20Gi' }))).toEqual([]);
    expect(grown(claim('other', files), larger('other'))).toEqual([]);
    expect(grown(larger('root'), larger('root'))).toEqual([]);
    expect(grown(larger('root'), claim('root', { ...files, size: '20480Mi' }))).toEqual([]);
    expect(grown(claim('root', { ...files, size: 'much' }), larger('root'))).toEqual([]);
    expect(grown(claim('root', files), claim('root', { ...files, size: 'much' }))).toEqual([]);
    expect(grown(larger('root'), claim('root', { ...files, size: '20481Mi' }))).toHaveLength(1);
    expect(grown(claim('root', files), larger('root'), { kubevirt: 'v1.9.0' })).toEqual([]);
  });

  test('says nothing where the gate is listed', () => {
    const kubevirt = `
apiVersion: kubevirt.io/v1
kind: KubeVirt
metadata: { name: kubevirt, namespace: kubevirt }
spec: { configuration: { developerConfiguration: { featureGates: [ExpandDisks] } } }
`;
    const first = stream(kubevirt, claim('root', files), vm);
    expect(saidOfFiles({ '1-vm.yaml': first, '2-grow.yaml': larger('root') }, RULES, { kubevirt: 'v1.6.2' })).toEqual(
      [],
    );
  });

  test('fails when a clone in a file system is larger than its source', () => {
    const source = '{ pvc: { name: golden, namespace: lab } }';
    const clone = (words: object) =>
      stream(claim('golden', files), dataVolume('root', source, { ...files, ...words }), vm);
    expect(said(clone({ size: '20Gi' }), RULES, { kubevirt: 'v1.6.2' })).toHaveLength(1);
    expect(said(clone({}), RULES, { kubevirt: 'v1.6.2' })).toEqual([]);
    expect(said(clone({ size: '20Gi', mode: 'Block' }), RULES, { kubevirt: 'v1.6.2' })).toEqual([]);
  });
});
