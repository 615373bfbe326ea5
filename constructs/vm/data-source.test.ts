import { Size } from 'cdk8s';
import { DataVolumeImport } from '../disks/data-volume-import';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DiskSnapshot } from '../disks/snapshot';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { ClaimApi } from '../storage/claim-modes';
import { Disk } from '../storage/disk';
import { DataSource, DataSourceProps } from './data-source';
import { Instancetype, Preference } from './instancetype';

const DISK = Disk.fromClaimName('golden', { namespace: 'images', size: Size.gibibytes(10) });
const CLAIM = DataVolumeSource.claim(DISK);

describe('DataSource', () => {
  test('leads to a claim', () => {
    const source = new DataSource(testChart('shop'), 'fedora', { source: CLAIM });
    expect(manifest(source)).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataSource',
      metadata: { name: 'fedora', namespace: 'shop' },
      spec: { source: { pvc: { name: 'golden', namespace: 'images' } } },
    });
    expect(source).toMatchObject({ name: 'fedora', namespace: 'shop' });
  });

  test.each<[string, DataVolumeSource, object]>([
    ['a claim of its namespace', DataVolumeSource.claim(Disk.fromClaimName('fedora')), { pvc: { name: 'fedora' } }],
    [
      'a snapshot',
      DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName('monday', { disk: DISK })),
      { snapshot: { name: 'monday' } },
    ],
    ['another DataSource', DataVolumeSource.dataSource('latest'), { dataSource: { name: 'latest' } }],
    [
      'another DataSource of another namespace',
      DataVolumeSource.dataSource('latest', { namespace: 'shop' }),
      { dataSource: { name: 'latest', namespace: 'shop' } },
    ],
  ])('leads to %s', (_, source, expected) => {
    const { spec } = manifest(new DataSource(testChart('shop'), 'fedora', { source }));
    const [[kind, place]] = Object.entries(expected) as [string, object][] as [[string, object]];
    expect(spec).toEqual({ source: { [kind]: { namespace: 'shop', ...place } } });
  });

  test('takes all props', () => {
    const props: Required<DataSourceProps> = {
      source: CLAIM,
      defaultInstancetype: Instancetype.cluster('u1.medium'),
      defaultPreference: Preference.namespaced('fedora'),
      name: 'fedora-41',
      namespace: 'images',
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      overrides: { spec: { source: { pvc: { name: 'other' } } } },
    };
    expect(manifest(new DataSource(testChart(), 'fedora', props))).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataSource',
      metadata: {
        name: 'fedora-41',
        namespace: 'images',
        labels: {
          'instancetype.kubevirt.io/default-instancetype': 'u1.medium',
          'instancetype.kubevirt.io/default-instancetype-kind': 'VirtualMachineClusterInstancetype',
          'instancetype.kubevirt.io/default-preference': 'fedora',
          'instancetype.kubevirt.io/default-preference-kind': 'VirtualMachinePreference',
          team: 'blue',
        },
        annotations: { note: 'yes' },
      },
      spec: { source: { pvc: { name: 'other', namespace: 'images' } } },
    });
  });

  test('is the source of a disk in another namespace', () => {
    const { source } = new DataSource(testChart('images'), 'fedora', { source: CLAIM });
    const disk = new DataVolumeImport(testChart('shop'), 'copy', { source, claimApi: ClaimApi.STORAGE });
    expect(manifest(disk).spec).toMatchObject({
      sourceRef: { kind: 'DataSource', name: 'fedora', namespace: 'images' },
    });
  });

  test.each<[string, object, string]>([
    ['no source', { source: undefined }, "'source' must be given"],
    ['a name', { source: 'golden' }, "'source' must be a DataVolumeSource"],
    [
      'an image of a registry',
      { source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41') },
      `'source' must be of the kind 'pvc', 'snapshot' or 'DataSource', got "registry"`,
    ],
    [
      'an inferred preference',
      { source: CLAIM, defaultPreference: Preference.inferredFrom('a') },
      "'defaultPreference' must be given by its name",
    ],
    ['a misspelt prop', { source: CLAIM, defaultPreferenc: 1 }, "write 'defaultPreference'"],
  ])('fails when given %s', (_, props, message) => {
    expect(failureOf(() => new DataSource(testChart('shop'), 'fedora', untyped(props)))).toContain(message);
  });

  test.each([DataVolumeSource.claim(Disk.fromClaimName('golden')), DataVolumeSource.dataSource('golden')])(
    'fails when the namespace that it leads to is not known',
    (source) => {
      expect(failureOf(() => new DataSource(testChart(), 'fedora', { source }))).toBe(
        `[test/fedora] 'source' must name the namespace that it leads to, got "golden"; set 'namespace' on the source, on this construct or on its chart`,
      );
    },
  );

  testEscapeHatch(
    (overrides) =>
      new DataSource(testChart('shop'), 'fedora', {
        source: CLAIM,
        labels: { app: 'web', gone: 'yes' },
        annotations: { note: 'yes' },
        overrides,
      }),
  );
});
