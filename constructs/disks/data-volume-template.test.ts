import { App, Size } from 'cdk8s';
import { Faults } from '../shared/refusal';
import { failureOf, untyped } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { AccessMode, ClaimApi, ContentType, VolumeMode } from '../storage/claim-modes';
import { Disk } from '../storage/disk';
import { ClaimSelection } from './claim-selection';
import { DataVolumeSource } from './data-volume-source';
import { DataVolumeTemplate, DataVolumeTemplateOptions } from './data-volume-template';
import { ImportOptions } from './import-options';
import { RegistryCredentials } from './registry-credentials';

describe('DataVolumeTemplate', () => {
  test('is a block device for many nodes, exactly as written', () => {
    const disk = DataVolumeTemplate.of('boot', { source: DataVolumeSource.blank(), size: Size.gibibytes(1) });
    expect(plain(disk._render('lab'))).toEqual({
      metadata: { name: 'boot' },
      spec: {
        pvc: { accessModes: ['ReadWriteMany'], volumeMode: 'Block', resources: { requests: { storage: '1Gi' } } },
        source: { blank: {} },
      },
    });
  });

  test('fails when given what the schema of a VM does not have', () => {
    const options = { size: Size.gibibytes(1), serviceAccountName: 'importer' };
    const source = DataVolumeSource.http('https://example.com/a', { insecureSkipVerify: true });
    const failure = failureOf(() => DataVolumeTemplate.of('boot', { ...options, source }));
    expect(failure).toContain(
      '\'serviceAccountName\' must be left out of a template, got "importer"; use a DataVolumeImport',
    );
    expect(failure).toContain("'source' must be without 'insecureSkipVerify' in a template; use a DataVolumeImport");
  });

  test('writes every option', () => {
    const options: Required<Omit<DataVolumeTemplateOptions, keyof ClaimSelection | keyof ImportOptions>> = {
      labels: { app: 'alpine' },
      annotations: { note: 'yes' },
      source: DataVolumeSource.http('https://example.com/a.qcow2'),
      size: Size.gibibytes(10),
      accessModes: [AccessMode.READ_WRITE_ONCE],
      volumeMode: VolumeMode.FILESYSTEM,
      storageClassName: 'slow',
      contentType: ContentType.KUBEVIRT,
      claimApi: ClaimApi.STORAGE,
      bindImmediately: true,
      catalog: StorageCatalog.of({ storageClasses: [{ name: 'slow', provisioner: 'csi.a' }] }),
    };
    const disk = DataVolumeTemplate.of('boot', options);
    expect(plain(disk._render('lab'))).toEqual({
      metadata: {
        name: 'boot',
        labels: { app: 'alpine' },
        annotations: { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true', note: 'yes' },
      },
      spec: {
        storage: {
          accessModes: ['ReadWriteOnce'],
          volumeMode: 'Filesystem',
          storageClassName: 'slow',
          resources: { requests: { storage: '10Gi' } },
        },
        contentType: 'kubevirt',
        source: { http: { url: 'https://example.com/a.qcow2' } },
      },
    });
    expect([disk.claimName, disk.size, disk.accessModes, disk.volumeMode, disk.storageClassName]).toEqual([
      'boot',
      Size.gibibytes(10),
      ['ReadWriteOnce'],
      'Filesystem',
      'slow',
    ]);
  });

  test('clones from the namespace of its VM where the source has none', () => {
    const source = DataVolumeSource.claim(Disk.fromClaimName('golden', { size: Size.gibibytes(1) }));
    expect(plain(DataVolumeTemplate.of('boot', { source })._render('lab'))).toMatchObject({
      spec: { source: { pvc: { name: 'golden', namespace: 'lab' } } },
    });
  });

  test('gives and takes copies of its access modes', () => {
    const accessModes = [AccessMode.READ_WRITE_ONCE];
    const options = { source: DataVolumeSource.blank(), size: Size.gibibytes(1), accessModes };
    const disk = DataVolumeTemplate.of('boot', options);
    accessModes.push(AccessMode.READ_WRITE_MANY);
    disk.accessModes?.push(AccessMode.READ_WRITE_MANY);
    expect(disk.accessModes).toEqual(['ReadWriteOnce']);
    expect(plain(disk._render('lab'))).toMatchObject({ spec: { pvc: { accessModes: ['ReadWriteOnce'] } } });
  });

  const BLANK = { source: DataVolumeSource.blank(), size: Size.gibibytes(1) };
  test.each([
    ['Boot', BLANK, `[DataVolumeTemplate.of Boot] 'name' must be a DNS name`],
    [undefined, BLANK, `'name' must be a DNS name`],
    ['boot', undefined, `[DataVolumeTemplate.of boot] 'options' must be an object, got nothing`],
    ['boot', null, `[DataVolumeTemplate.of boot] 'options' must be an object, got null`],
    ['boot', { ...BLANK, size: 1 }, `'size' must be a Size of cdk8s, got 1`],
    ['boot', { ...BLANK, labels: { a: 1 } }, `'labels["a"]' must be text`],
    ['boot', { ...BLANK, annotations: { a: 1 } }, `'annotations["a"]' must be text`],
    ['boot', { size: Size.gibibytes(1) }, `'source' must be a DataVolumeSource, got nothing`],
  ])('fails when %p has the options %p', (name, options, message) => {
    const make = () => DataVolumeTemplate.of(untyped<string>(name), untyped<DataVolumeTemplateOptions>(options));
    expect(failureOf(make)).toContain(message);
  });

  test('fails when the Secret of the source stands in another namespace than the VM', () => {
    const credentials = RegistryCredentials.fromSecretName('login', { namespace: 'other' });
    const source = DataVolumeSource.registry('docker://quay.io/x', { credentials });
    const faults = new Faults('x');
    const vm = { app: new App(), namespace: 'lab', name: 'web' };
    DataVolumeTemplate.of('boot', { source, size: Size.gibibytes(1) })._check(faults, 'bootDisk', vm);
    expect(failureOf(() => faults.refuse())).toContain("'source.credentials' must name a Secret");
  });

  const FAST = Disk.fromClaimName('golden', {
    namespace: 'images',
    size: Size.gibibytes(1),
    volumeMode: VolumeMode.BLOCK,
    storageClassName: 'fast',
  });
  const CATALOG = StorageCatalog.of({
    storageClasses: [
      { name: 'fast', provisioner: 'csi.a', backend: 'a' },
      { name: 'other', provisioner: 'csi.a', backend: 'b' },
    ],
    snapshotClasses: [{ name: 'snap', driver: 'csi.a' }],
  });

  test('says what a clone will do, where a catalog tells', () => {
    const source = DataVolumeSource.claim(FAST);
    expect(DataVolumeTemplate.of('boot', { source, catalog: CATALOG }).outcome?.kind).toBe('snapshot');
    expect(DataVolumeTemplate.of('boot', { source }).outcome).toBeUndefined();
    const annotations = { 'cdi.kubevirt.io/storage.usePopulator': 'false' };
    expect(DataVolumeTemplate.of('boot', { source, catalog: CATALOG, annotations }).outcome?.rule).toBe('L1');
    expect(DataVolumeTemplate.of('boot', { ...BLANK, catalog: CATALOG }).outcome).toBeUndefined();
  });

  test('fails when a clone would never finish', () => {
    const options = { source: DataVolumeSource.claim(FAST), storageClassName: 'other', catalog: CATALOG };
    expect(failureOf(() => DataVolumeTemplate.of('boot', options))).toBe(
      `[DataVolumeTemplate.of boot] the clone never finishes: fast and other have no common backend, and the CSI driver refuses to clone across backends; set the StorageProfile other to cloneStrategy 'copy'`,
    );
  });

  test.each([[{}], [null]])('fails when the catalog is %p', (catalog) => {
    const options = untyped<DataVolumeTemplateOptions>({ ...BLANK, catalog });
    expect(failureOf(() => DataVolumeTemplate.of('boot', options))).toContain(
      "'catalog' must be a StorageCatalog, got",
    );
  });

  test('is made by its factory alone', () => {
    // @ts-expect-error the constructor is private
    expect(() => new DataVolumeTemplate('boot', BLANK)).not.toThrow();
  });
});

/** As it is in a manifest: quantities as text, without undefined fields. */
function plain(entry: Record<string, unknown>): unknown {
  return JSON.parse(
    JSON.stringify(entry, (_, value) =>
      typeof value === 'object' && value !== null && 'value' in value ? value.value : value,
    ),
  );
}
