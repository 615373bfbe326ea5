import { Size, Testing } from 'cdk8s';
import { testChart } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { AccessMode, ClaimApi, VolumeMode } from '../storage/claim-modes';
import { ClaimPropertySet } from '../storage/facts';
import { DataVolumeImport } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { SecondaryDisk, SecondaryDiskKind } from './secondary-disk';
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

  test('writes what it says', () => {
    const chart = testChart('lab');
    const files = catalog('nfs.csi.k8s.io', { accessModes: [RWX], volumeMode: FILESYSTEM });
    new SecondaryDisk(chart, 'd', { ...SIZE, catalog: files });
    expect(Testing.synth(chart)).toMatchObject([
      { spec: { accessModes: ['ReadWriteMany'], volumeMode: 'Filesystem' } },
    ]);
  });
});
