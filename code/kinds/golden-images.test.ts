import { imported } from '../testing/run';

const image = (source: string, labels = ''): string => `---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataSource
metadata: { name: fedora, namespace: images, labels: { ${labels} } }
spec: { source: ${source} }
`;
const LABEL = 'instancetype.kubevirt.io/default';

describe('a DataImportCron', () => {
  const cron = (name: string): string => `---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataImportCron
metadata: { name: ${name}, namespace: images }
spec:
  schedule: "0 3 * * 1"
  managedDataSource: fedora
  template:
    spec: { source: { registry: { url: "docker://example.com/fedora" } }, storage: { resources: { requests: { storage: 1Gi } } } }
`;
  const managed = image('{ pvc: { name: a, namespace: images } }', 'cdi.kubevirt.io/dataImportCron: fedora');

  test('makes its DataSource, and another one of the same leaves it to CDI', () => {
    const { code, count } = imported(`${cron('fedora')}${cron('other')}${managed}`);
    expect(code).toMatch(/new GoldenImage\(this, 'fedora', \{ [^;]*\}\);/);
    expect(/new GoldenImage\(this, 'fedora', [^;]*;/.exec(code)![0]).not.toContain('dataSourceLeftToCdi');
    expect(/new GoldenImage\(this, 'other', [^;]*;/.exec(code)![0]).toContain('dataSourceLeftToCdi: true');
    expect(code.match(/dataSourceName: 'fedora'/g)).toHaveLength(1);
    expect(code).not.toContain('new DataSource(');
    expect(count).toMatchObject({ objects: 3, constructs: 3, typed: 3 });
  });
});

test('a DataImportCron whose DataSource is not as the construct makes it is of its generated class', () => {
  const { code } = imported(`
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataImportCron
metadata: { name: fedora, namespace: images }
spec:
  schedule: "0 3 * * 1"
  managedDataSource: fedora
  template:
    spec: { source: { registry: { url: "docker://example.com/fedora" } }, storage: { resources: { requests: { storage: 1Gi } } } }
${image('{ pvc: { name: a, namespace: images } }', 'team: blue')}`);
  expect(code).toContain("new cdi.DataImportCron(this, 'fedora', {");
  expect(code).toContain("labels: { team: 'blue' }");
});

describe('a DataSource', () => {
  test.each([
    ['a claim', '{ pvc: { name: a, namespace: images } }', "DataVolumeSource.claim(Disk.fromClaimName('a'))"],
    [
      'a claim elsewhere',
      '{ pvc: { name: a, namespace: other } }',
      "DataVolumeSource.claim(Disk.fromClaimName('a', { namespace: 'other' }))",
    ],
    [
      'a snapshot',
      '{ snapshot: { name: a, namespace: images } }',
      "DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName('a'))",
    ],
    [
      'another DataSource',
      '{ dataSource: { name: a, namespace: other } }',
      "DataVolumeSource.dataSource('a', { namespace: 'other' })",
    ],
  ])('of %s is made by its construct', (_title, source, code) => {
    const one = imported(image(source));
    expect(one.code).toBe(`new DataSource(this, 'fedora', { namespace: 'images', source: ${code} });`);
    expect(one.count).toMatchObject({ constructs: 1, typed: 1 });
  });

  test('takes a disk that stands above as an object, and is the source of another', () => {
    const claim = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: a, namespace: images }
spec: { accessModes: [ReadWriteMany], volumeMode: Block, resources: { requests: { storage: 5Gi } } }
`;
    const volume = `---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: boot, namespace: images }
spec: { sourceRef: { kind: DataSource, name: fedora, namespace: images }, pvc: { accessModes: [ReadWriteMany], volumeMode: Block, resources: { requests: { storage: 5Gi } } } }
`;
    const { code, count } = imported(`${claim}${image('{ pvc: { name: a, namespace: images } }')}${volume}`);
    expect(code).toContain("const fedora = new DataSource(this, 'fedora', { source: DataVolumeSource.claim(a) });");
    expect(code).toContain('source: fedora.source,');
    expect(count).toMatchObject({ objects: 3, typed: 3 });
  });

  test.each([
    ['', "Instancetype.cluster('u1.small')"],
    ['virtualmachineclusterinstancetype', "Instancetype.cluster('u1.small')"],
    ['VirtualMachineInstancetype', "Instancetype.namespaced('u1.small')"],
  ])('says the instance type of VMs of its kind %j', (kind, code) => {
    const labels = `${LABEL}-instancetype: u1.small${kind === '' ? '' : `, ${LABEL}-instancetype-kind: ${kind}`}`;
    const one = imported(image('{ pvc: { name: a, namespace: images } }', labels));
    expect(one.code).toContain(`defaultInstancetype: ${code}`);
    expect(one.count).toMatchObject({ constructs: 1, typed: 1 });
  });
});
