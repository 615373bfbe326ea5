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

  test('is made by the first of two ways that leave as much to overrides', () => {
    const { code, count } = imported(volume(`source: { blank: {} }, pvc: { ${CLAIM} }`, 'finalizers: [example.com/a]'));
    expect(code).toContain("new SecondaryDisk(this, 'a', {");
    expect(code).toContain("overrides: { metadata: { finalizers: ['example.com/a'] } }");
    expect(count).toMatchObject({ constructs: 1, overridden: 1 });
  });
});
