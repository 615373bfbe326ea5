import { imported } from '../testing/run';

const CLAIM = 'accessModes: [ReadWriteMany], volumeMode: Block, resources: { requests: { storage: 1Gi } }';
const volume = (spec: string, metadata = ''): string => `
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: a, namespace: shop, ${metadata} }
spec: { ${spec} }
`;

describe('a DataVolume', () => {
  test.each([
    ['of nothing', '{ blank: {} }', 'new SecondaryDisk(this, '],
    ['of an address', '{ http: { url: "https://example.com/a.img" } }', 'new DataVolumeImport(this, '],
    ['of a claim', '{ pvc: { name: b, namespace: shop } }', 'new DiskClone(this, '],
  ])('%s says that it is bound at once', (_title, source, begin) => {
    const annotation = 'annotations: { cdi.kubevirt.io/storage.bind.immediate.requested: "true" }';
    const { code, count } = imported(volume(`source: ${source}, pvc: { ${CLAIM} }`, annotation));
    expect(code).toContain(begin);
    expect(code).toContain('bindImmediately: true');
    expect(count).toMatchObject({ constructs: 1, typed: 1 });
  });

  const POPULATOR = 'dataSourceRef: { apiGroup: example.com, kind: Filler, name: b }';

  test('is filled by an object of any kind', () => {
    const { code, count } = imported(volume(`pvc: { ${CLAIM}, ${POPULATOR} }`));
    expect(code).toContain(
      "source: DataVolumeSource.populator({ apiGroup: 'example.com', kind: 'Filler', name: 'b' }),",
    );
    expect(count).toMatchObject({ constructs: 1, typed: 1 });
  });

  test('says its source rather than what fills its claim', () => {
    const { code } = imported(
      volume(`source: { http: { url: "https://example.com/a.img" } }, pvc: { ${CLAIM}, ${POPULATOR} }`),
    );
    expect(code).toContain("DataVolumeSource.http('https://example.com/a.img')");
    expect(code).not.toContain('DataVolumeSource.populator');
  });

  test('says the checkpoints of its import, and leaves a value that is not a checkpoint to overrides', () => {
    const source = 'source: { imageio: { url: "https://example.com/api", diskId: a, secretRef: b, certConfigMap: c } }';
    const said = imported(volume(`${source}, checkpoints: [{ current: a, previous: "" }], pvc: { ${CLAIM} }`));
    expect(said.code).toContain("checkpoints: [{ current: 'a', previous: '' }]");
    expect(said.count).toMatchObject({ typed: 1 });
    const wrong = imported(volume(`${source}, checkpoints: [x], pvc: { ${CLAIM} }`));
    expect(wrong.code).toContain("overrides: { spec: { checkpoints: ['x'] } }");
    expect(wrong.count).toMatchObject({ constructs: 1, overridden: 1 });
  });

  const SOURCE = (namespace: string): string => `---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: golden, namespace: ${namespace} }
spec: { ${CLAIM} }
---`;

  test.each(['shop', 'images'])('takes its source as an object where that stands above in %s', (namespace) => {
    const copy = volume(`source: { pvc: { name: golden, namespace: ${namespace} } }, pvc: { ${CLAIM} }`);
    const { code, count } = imported(`${SOURCE(namespace)}${copy}`);
    expect(code).toContain('source: DataVolumeSource.claim(golden)');
    expect(count).toMatchObject({ constructs: 2, typed: 2 });
  });

  test('names its source where it cannot be made of the object: the disk above is larger', () => {
    const copy = volume(`source: { pvc: { name: golden, namespace: shop } }, pvc: { ${CLAIM} }`);
    const { code, count } = imported(`${SOURCE('shop').replace('1Gi', '2Gi')}${copy}`);
    expect(code).toContain("source: DataVolumeSource.claim(Disk.fromClaimName('golden'))");
    expect(count).toMatchObject({ constructs: 2, typed: 2 });
  });

  test('of nothing is an import where CDI completes its claim', () => {
    const { code, count } = imported(
      volume(`source: { blank: {} }, storage: { resources: { requests: { storage: 1Gi } } }`),
    );
    expect(code).toContain("new DataVolumeImport(this, 'a', { namespace: 'shop', source: DataVolumeSource.blank(),");
    expect(count).toMatchObject({ constructs: 1, typed: 1 });
  });

  test('of the template of a VM names its source', () => {
    const { code, count } = imported(`${SOURCE('shop')}
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web, namespace: shop }
spec:
  runStrategy: Halted
  dataVolumeTemplates:
    - metadata: { name: web-root }
      spec: { source: { pvc: { name: golden, namespace: shop } }, pvc: { ${CLAIM} } }
  template:
    spec:
      domain: { devices: { disks: [{ name: rootdisk, disk: { bus: virtio } }] }, memory: { guest: 1Gi } }
      volumes: [{ name: rootdisk, dataVolume: { name: web-root } }]
`);
    expect(code).toContain("source: DataVolumeSource.claim(Disk.fromClaimName('golden')),");
    expect(count).toMatchObject({ constructs: 2, typed: 2 });
  });

  test('is made by the first of two ways that leave as much to overrides', () => {
    const { code, count } = imported(volume(`source: { blank: {} }, pvc: { ${CLAIM} }`, 'finalizers: [example.com/a]'));
    expect(code).toContain("new SecondaryDisk(this, 'a', {");
    expect(code).toContain("overrides: { metadata: { finalizers: ['example.com/a'] } }");
    expect(count).toMatchObject({ constructs: 1, overridden: 1 });
  });
});
