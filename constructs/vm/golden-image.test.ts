import { Cron, Size } from 'cdk8s';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { LabelRule } from '../shared/label-rule';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, Manifest, manifests, testChart, untyped } from '../shared/testing/manifests';
import { AccessMode, ClaimApi, VolumeMode } from '../storage/claim-modes';
import { Disk } from '../storage/disk';
import { BootableVM } from './bootable-vm';
import { GoldenImage, GoldenImageProps, ImportGarbageCollect, ImportRetentionPolicy } from './golden-image';
import { Instancetype, Preference } from './instancetype';

const LEAST: GoldenImageProps = {
  source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
  size: Size.gibibytes(10),
};

function made(props: Partial<GoldenImageProps> = {}): GoldenImage {
  return new GoldenImage(testChart('images'), 'fedora', { ...LEAST, ...props });
}

describe('GoldenImage', () => {
  test('is a DataImportCron and the DataSource that it manages', () => {
    const image = made();
    expect(manifests(image)).toEqual([
      {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'DataImportCron',
        metadata: { name: 'fedora', namespace: 'images' },
        spec: {
          schedule: '',
          managedDataSource: 'fedora',
          template: {
            spec: {
              pvc: {
                accessModes: ['ReadWriteMany'],
                resources: { requests: { storage: '10Gi' } },
                volumeMode: 'Block',
              },
              source: { registry: { url: 'docker://quay.io/containerdisks/fedora:41' } },
            },
          },
        },
      },
      {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'DataSource',
        metadata: {
          name: 'fedora',
          namespace: 'images',
          labels: { 'cdi.kubevirt.io/dataImportCron': 'fedora' },
        },
        spec: { source: {} },
      },
    ]);
    expect(image).toMatchObject({ name: 'fedora', namespace: 'images', dataSourceName: 'fedora' });
  });

  test('takes all props', () => {
    const props: Required<Omit<GoldenImageProps, 'dataSourceLeftToCdi'>> = {
      source: LEAST.source,
      schedule: Cron.schedule({ minute: '30', hour: '3' }),
      size: Size.gibibytes(30),
      accessModes: [AccessMode.READ_WRITE_ONCE],
      volumeMode: VolumeMode.FILESYSTEM,
      storageClassName: 'fast',
      claimApi: ClaimApi.PVC,
      dataSourceName: 'fedora-latest',
      retentionPolicy: ImportRetentionPolicy.NONE,
      garbageCollect: ImportGarbageCollect.NEVER,
      importsToKeep: 1,
      cronServiceAccountName: 'importer',
      volumeRules: [LabelRule.in('tier', ['fast'])],
      volumeAttributesClassName: 'gold',
      sizeLimit: Size.gibibytes(40),
      preallocation: true,
      priorityClassName: 'low',
      serviceAccountName: 'puller',
      defaultInstancetype: Instancetype.cluster('u1.medium'),
      defaultPreference: Preference.namespaced('fedora'),
      name: 'fedora-cron',
      namespace: 'golden',
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      overrides: { spec: { importsToKeep: 2 } },
      dataSourceOverrides: { metadata: { labels: { shown: 'yes' } } },
    };
    const inferred = {
      'instancetype.kubevirt.io/default-instancetype': 'u1.medium',
      'instancetype.kubevirt.io/default-instancetype-kind': 'VirtualMachineClusterInstancetype',
      'instancetype.kubevirt.io/default-preference': 'fedora',
      'instancetype.kubevirt.io/default-preference-kind': 'VirtualMachinePreference',
      team: 'blue',
    };
    const image = new GoldenImage(testChart(), 'fedora', props);
    expect(manifests(image)).toEqual([
      {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'DataImportCron',
        metadata: { name: 'fedora-cron', namespace: 'golden', labels: inferred, annotations: { note: 'yes' } },
        spec: {
          schedule: '30 3 * * *',
          managedDataSource: 'fedora-latest',
          retentionPolicy: 'None',
          garbageCollect: 'Never',
          importsToKeep: 2,
          serviceAccountName: 'importer',
          template: {
            spec: {
              pvc: {
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: '30Gi' }, limits: { storage: '40Gi' } },
                selector: { matchExpressions: [{ key: 'tier', operator: 'In', values: ['fast'] }] },
                storageClassName: 'fast',
                volumeAttributesClassName: 'gold',
                volumeMode: 'Filesystem',
              },
              preallocation: true,
              priorityClassName: 'low',
              serviceAccountName: 'puller',
              source: { registry: { url: 'docker://quay.io/containerdisks/fedora:41' } },
            },
          },
        },
      },
      {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'DataSource',
        metadata: {
          name: 'fedora-latest',
          namespace: 'golden',
          labels: { 'cdi.kubevirt.io/dataImportCron': 'fedora-cron', ...inferred, shown: 'yes' },
          annotations: { note: 'yes' },
        },
        spec: { source: {} },
      },
    ]);
  });

  test('leaves its DataSource to CDI', () => {
    const image = new GoldenImage(testChart('images'), 'fedora', { ...LEAST, dataSourceLeftToCdi: true });
    expect(manifests(image)).toMatchObject([{ kind: 'DataImportCron', spec: { managedDataSource: 'fedora' } }]);
  });

  test('fails when a DataSource that is left to CDI has overrides', () => {
    const props = { ...LEAST, dataSourceLeftToCdi: true, dataSourceOverrides: {} };
    expect(() => new GoldenImage(testChart('images'), 'fedora', props)).toThrow(
      "'dataSourceOverrides' must be left out with 'dataSourceLeftToCdi'",
    );
  });

  test('is the source of a disk in another namespace', () => {
    const bootDisk = DataVolumeTemplate.of('web-boot', { source: made().source, claimApi: ClaimApi.STORAGE });
    const vm = new BootableVM(testChart('shop'), 'web', { bootDisk, memory: Size.gibibytes(2) });
    expect(manifests(vm)[0]?.spec).toMatchObject({
      dataVolumeTemplates: [{ spec: { sourceRef: { kind: 'DataSource', name: 'fedora', namespace: 'images' } } }],
    });
  });

  test('is made of a claim, whose size and modes it takes over', () => {
    const size = Size.gibibytes(5);
    const facts = { namespace: 'lab', size, accessModes: [AccessMode.READ_WRITE_ONCE], storageClassName: 'fast' };
    const source = DataVolumeSource.claim(Disk.fromClaimName('golden', facts));
    expect(manifests(made({ source, size: undefined }))[0]?.spec).toMatchObject({
      template: {
        spec: {
          pvc: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '5Gi' } },
            storageClassName: 'fast',
          },
          source: { pvc: { name: 'golden', namespace: 'lab' } },
        },
      },
    });
  });

  test.each<[string, object, string]>([
    ['no source', { source: undefined }, "'source' must be a DataVolumeSource, got nothing"],
    [
      'a web server',
      { source: DataVolumeSource.http('https://a/b') },
      `'source' must be of the kind 'registry' or 'pvc'`,
    ],
    ['no size', { size: undefined }, "'size' must be given"],
    [
      'a schedule that is text',
      { schedule: '0 3 * * *' },
      `'schedule' must be a Cron of cdk8s, got "0 3 * * *"; write Cron.schedule({ minute: '0', hour: '3' })`,
    ],
    [
      'a schedule of four fields',
      { schedule: '0 3 * *' },
      `got "0 3 * *"; write for example Cron.schedule({ minute: '0', hour: '3' })`,
    ],
    ['a schedule that is a number', { schedule: 3 }, `got 3; write for example Cron.schedule({`],
    ['less than no imports', { importsToKeep: -1 }, "'importsToKeep' must be a whole number of at least 0, got -1"],
    ['an unknown policy', { retentionPolicy: 'none' }, "write 'None'"],
    ['an unknown collection', { garbageCollect: 'Always' }, "'garbageCollect' must be 'Outdated' or 'Never'"],
    ['a long name of the DataSource', { dataSourceName: 'a'.repeat(64) }, "'dataSourceName' must be a DNS name"],
    ['a long name', { name: 'a'.repeat(64) }, "'name' must be a DNS name"],
    [
      'an inferred instance type',
      { defaultInstancetype: Instancetype.inferredFrom('a') },
      "'defaultInstancetype' must be",
    ],
    ['a content type', { contentType: 'archive' }, `'props' must have known keys only, got "contentType"`],
    ['a volume, as there are many imports', { volumeName: 'pv' }, `got "volumeName"`],
    ['a step', { checkpoints: [] }, `got "checkpoints"`],
    [
      'attributes with ClaimApi.STORAGE',
      { claimApi: ClaimApi.STORAGE, volumeAttributesClassName: 'gold' },
      "'volumeAttributesClassName' must be left out with ClaimApi.STORAGE",
    ],
    [
      'overrides by which it manages another DataSource',
      { overrides: { spec: { managedDataSource: 'other' } } },
      `'overrides.spec.managedDataSource' must be "fedora", as the DataSource is called, got "other"`,
    ],
    ['overrides that are text', { dataSourceOverrides: 'a' }, "'dataSourceOverrides' must be a plain object"],
  ])('fails when given %s', (_, props, message) => {
    expect(failureOf(() => made(untyped(props)))).toContain(message);
  });

  test('takes names of 63 characters, and keeps no import', () => {
    const name = 'a'.repeat(63);
    const [cron] = manifests(made({ name, dataSourceName: name, importsToKeep: 0 }));
    expect(cron).toMatchObject({ metadata: { name }, spec: { managedDataSource: name, importsToKeep: 0 } });
  });

  testEscapeHatch(
    (overrides) => made({ labels: { app: 'web', gone: 'yes' }, annotations: { note: 'yes' }, overrides }),
    (image) => manifests(image)[0] as Manifest,
  );
});
