import { Size, Testing } from 'cdk8s';
import { testChart } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { AccessMode, ClaimApi, ContentType, VolumeMode } from '../storage/claim-modes';
import { ClaimPropertySet, StorageFacts } from '../storage/facts';
import { DataVolumeImport } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { SecondaryDisk, SecondaryDiskKind } from './secondary-disk';
import { RegistryPullMethod } from './source-options';
import { UploadTarget } from './upload-target';

const { READ_WRITE_MANY: RWX, READ_WRITE_ONCE: RWO } = AccessMode;
const { BLOCK, FILESYSTEM } = VolumeMode;
const SIZE = { size: Size.gibibytes(1), storageClassName: 'sc' };
const SOURCE = DataVolumeSource.registry('docker://example.com/disk');

function catalog(provisioner: string, ...claimPropertySets: ClaimPropertySet[]): StorageCatalog {
  const sets = claimPropertySets.length > 0 ? claimPropertySets : undefined;
  return StorageCatalog.of({ storageClasses: [{ name: 'sc', provisioner, claimPropertySets: sets }] });
}

/** Each disk that is made with a catalog. */
const DISKS = [
  ['SecondaryDisk', (props: object) => new SecondaryDisk(testChart('lab'), 'd', { ...SIZE, ...props })],
  [
    'SecondaryDisk by a DataVolume',
    (props: object) =>
      new SecondaryDisk(testChart('lab'), 'd', { ...SIZE, kind: SecondaryDiskKind.DATA_VOLUME, ...props }),
  ],
  ['UploadTarget', (props: object) => new UploadTarget(testChart('lab'), 'd', { ...SIZE, ...props })],
  [
    'DataVolumeImport',
    (props: object) => new DataVolumeImport(testChart('lab'), 'd', { ...SIZE, source: SOURCE, ...props }),
  ],
] as const;

describe('a disk with a catalog', () => {
  test.each(DISKS)('%s has the modes that its class offers first', (_name, make) => {
    const files = catalog('nfs.csi.k8s.io', { accessModes: [RWO, RWX], volumeMode: FILESYSTEM });
    expect(make({ catalog: files })).toMatchObject({ accessModes: [RWX], volumeMode: FILESYSTEM });
    const local = catalog('csi.a', { accessModes: [RWO], volumeMode: BLOCK });
    expect(make({ catalog: local })).toMatchObject({ accessModes: [RWO], volumeMode: BLOCK });
    expect(make({ catalog: catalog('csi.a') })).toMatchObject({ accessModes: [RWX], volumeMode: BLOCK });
    expect(make({})).toMatchObject({ accessModes: [RWX], volumeMode: BLOCK });
  });

  test.each(DISKS)('%s keeps what is asked for, and takes the rest from the set that fits', (_name, make) => {
    const both = catalog(
      'csi.a',
      { accessModes: [RWX], volumeMode: BLOCK },
      { accessModes: [RWO], volumeMode: FILESYSTEM },
    );
    expect(make({ catalog: both, volumeMode: FILESYSTEM })).toMatchObject({
      accessModes: [RWO],
      volumeMode: FILESYSTEM,
    });
    expect(make({ catalog: both, accessModes: [RWO] })).toMatchObject({ accessModes: [RWO], volumeMode: FILESYSTEM });
  });

  test.each(DISKS)('%s is offered no set without access modes', (_name, make) => {
    const sets = [
      { accessModes: [], volumeMode: BLOCK },
      { accessModes: [RWO], volumeMode: FILESYSTEM },
    ];
    expect(make({ catalog: catalog('csi.a', ...sets) })).toMatchObject({ accessModes: [RWO], volumeMode: FILESYSTEM });
  });

  test.each(DISKS)('%s without a class is offered what the default class has, if there is one', (_name, make) => {
    const sets = [{ accessModes: [RWO], volumeMode: FILESYSTEM }];
    const of = (...defaults: boolean[]) =>
      StorageCatalog.of({
        storageClasses: defaults.map((isDefault, index) => {
          return { name: `sc${index}`, provisioner: 'csi.a', isDefault, claimPropertySets: sets };
        }),
      });
    const offered = (...defaults: boolean[]) => make({ storageClassName: undefined, catalog: of(...defaults) });
    expect(offered(true)).toMatchObject({ accessModes: [RWO], volumeMode: FILESYSTEM });
    expect(offered(false, true)).toMatchObject({ accessModes: [RWO], volumeMode: FILESYSTEM });
    expect(offered(true, true)).toMatchObject({ accessModes: [RWX], volumeMode: BLOCK });
    expect(offered(false)).toMatchObject({ accessModes: [RWX], volumeMode: BLOCK });
  });

  test.each(DISKS)('%s fails when its driver makes no such volume', (_name, make) => {
    expect(() => make({ catalog: catalog('nfs.csi.k8s.io') })).toThrow(
      "'volumeMode' must be one with which the claim is bound: the class sc makes no volume of ReadWriteMany with volume mode Block (its provisioner nfs.csi.k8s.io makes file systems only)",
    );
  });

  test.each(DISKS)('%s fails when the catalog is none', (_name, make) => {
    expect(() => make({ catalog: {} })).toThrow("'catalog' must be a StorageCatalog, got an object");
  });

  test('fails when CDI finds no access modes', () => {
    const empty = StorageCatalog.of({ storageClasses: [{ name: 'sc', provisioner: 'csi.a', claimPropertySets: [] }] });
    const make = () =>
      new DataVolumeImport(testChart('lab'), 'd', {
        ...SIZE,
        source: SOURCE,
        claimApi: ClaimApi.STORAGE,
        catalog: empty,
      });
    expect(make).toThrow(
      "'accessModes' must be one with which the claim is bound: the StorageProfile sc names no access modes",
    );
  });

  test.each(DISKS)('%s fails when it names no class, and kubectl printed none that is the default', (_name, make) => {
    const of = (isDefault: string) =>
      StorageCatalog.fromKubectl(
        `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: sc, annotations: { storageclass.kubernetes.io/is-default-class: "${isDefault}" } }, provisioner: csi.a }`,
      );
    expect(() => make({ storageClassName: undefined, catalog: of('false') })).toThrow(
      "'storageClassName' must be one with which the claim is bound: no storage class is named, and none of the cluster is the default: the claim is never bound; name one of sc, or make one of them the default",
    );
    expect(() => make({ storageClassName: undefined, catalog: of('true') })).not.toThrow();
    expect(() => make({ storageClassName: undefined, catalog: catalog('csi.a') })).not.toThrow();
    const later = of('false').withStorageClass({ name: 'other', provisioner: 'csi.b', isDefault: true });
    expect(() => make({ storageClassName: undefined, catalog: later })).not.toThrow();
  });

  test.each(DISKS)('%s fails when no PersistentVolume is large enough', (_name, make) => {
    const local = (bytes: number) =>
      StorageCatalog.of({
        storageClasses: [{ name: 'sc', provisioner: 'kubernetes.io/no-provisioner' }],
        // The second is for the scratch space of CDI.
        persistentVolumes: ['disk-1', 'disk-2'].map((name) => {
          return { name, storageClassName: 'sc', accessModes: [RWO], volumeMode: FILESYSTEM, bytes };
        }),
      });
    const asked = { accessModes: [RWO], volumeMode: FILESYSTEM };
    expect(() => make({ ...asked, catalog: local(2 ** 29) })).toThrow(
      "'storageClassName' must be one with which the claim is bound: the class sc provisions nothing, and no PersistentVolume fits the claim",
    );
    expect(() => make({ ...asked, catalog: local(2 ** 30) })).not.toThrow();
  });

  test('takes what a driver refuses unless it is set otherwise', () => {
    const shared = { accessModes: [RWX], volumeMode: FILESYSTEM, catalog: catalog('rancher.io/local-path') };
    expect(() => new SecondaryDisk(testChart('lab'), 'd', { ...SIZE, ...shared })).not.toThrow();
  });

  test('fails when an archive is asked for on a device', () => {
    const make = () =>
      new DataVolumeImport(testChart('lab'), 'd', {
        ...SIZE,
        source: DataVolumeSource.http('https://example.com/a.tar'),
        claimApi: ClaimApi.STORAGE,
        contentType: ContentType.ARCHIVE,
        accessModes: [RWO],
        volumeMode: BLOCK,
        catalog: catalog('csi.a'),
      });
    expect(make).toThrow(/'volumeMode' must/);
  });

  describe('whose scratch space is of a class that provisions nothing', () => {
    const volume = { name: 'pv', bytes: 2 ** 31, accessModes: [RWO], storageClassName: 'manual' };
    const scratch = (...persistentVolumes: object[]): StorageCatalog =>
      StorageCatalog.of({
        storageClasses: [
          { name: 'sc', provisioner: 'csi.a' },
          { name: 'manual', provisioner: 'kubernetes.io/no-provisioner' },
        ],
        cdi: { scratchSpaceStorageClassName: 'manual' },
        persistentVolumes: persistentVolumes as StorageFacts['persistentVolumes'],
      });
    const NO_SCRATCH =
      "'storageClassName' must be one with which the claim is bound: CDI needs scratch space beside the claim, of the class manual, which provisions nothing: no PersistentVolume fits it";
    const of = (source: DataVolumeSource, props: object) =>
      new DataVolumeImport(testChart('lab'), 'd', { ...SIZE, source, ...props });

    test('fails when no volume is there for an import of a registry, or an upload', () => {
      expect(() => of(SOURCE, { catalog: scratch() })).toThrow(NO_SCRATCH);
      expect(() => of(DataVolumeSource.upload(), { catalog: scratch() })).toThrow(NO_SCRATCH);
      expect(() => new UploadTarget(testChart('lab'), 'd', { ...SIZE, catalog: scratch() })).toThrow(NO_SCRATCH);
      const byStorage = { claimApi: ClaimApi.STORAGE, accessModes: [RWO], volumeMode: BLOCK, catalog: scratch() };
      expect(() => of(SOURCE, byStorage)).toThrow(NO_SCRATCH);
    });

    test('is made where one is there, or nothing needs it', () => {
      expect(() => of(SOURCE, { catalog: scratch(volume) })).not.toThrow();
      expect(() => of(DataVolumeSource.blank(), { catalog: scratch() })).not.toThrow();
      const byNode = DataVolumeSource.registry('docker://example.com/disk', { pullMethod: RegistryPullMethod.NODE });
      expect(() => of(byNode, { catalog: scratch() })).not.toThrow();
    });
  });

  test('writes what it says', () => {
    const chart = testChart('lab');
    const files = catalog('nfs.csi.k8s.io', { accessModes: [RWX], volumeMode: FILESYSTEM });
    new SecondaryDisk(chart, 'd', { ...SIZE, catalog: files });
    expect(Testing.synth(chart)).toMatchObject([
      { spec: { accessModes: ['ReadWriteMany'], volumeMode: 'Filesystem' } },
    ]);
  });
});
