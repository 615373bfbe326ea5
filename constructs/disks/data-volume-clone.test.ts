import { Size } from 'cdk8s';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { AccessMode, ClaimApi, VolumeMode } from '../storage/claim-modes';
import { Disk, IDisk } from '../storage/disk';
import { DataVolumeOptions } from './data-volume';
import { DataVolumeImport } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { DataVolumeTemplate } from './data-volume-template';
import { DiskClone } from './disk-clone';
import { DiskSnapshot } from './snapshot';

const KNOWN = Disk.fromClaimName('golden', {
  namespace: 'images',
  size: Size.gibibytes(1),
  accessModes: [AccessMode.READ_WRITE_ONCE],
  volumeMode: VolumeMode.FILESYSTEM,
  storageClassName: 'files',
});
const SOURCE = DataVolumeSource.claim(KNOWN);

/** What a disk made of the options says of itself, and the part of its manifest that asks for the claim. */
interface Made {
  readonly disk: IDisk;
  readonly asked: unknown;
}

const ways: [string, (options: DataVolumeOptions) => Made][] = [
  ['DiskClone', (options) => ofConstruct(new DiskClone(testChart('lab'), 'copy', options))],
  ['DataVolumeImport', (options) => ofConstruct(new DataVolumeImport(testChart('lab'), 'copy', options))],
  [
    'DataVolumeTemplate',
    (options) => {
      const disk = DataVolumeTemplate.of('copy', options);
      const { spec } = JSON.parse(JSON.stringify(disk._render('lab'))) as { spec: Record<string, unknown> };
      return { disk, asked: withoutSource(spec) };
    },
  ],
];

describe.each(ways)('a clone by %s', (_, make) => {
  test('is as its source is, as far as that is known', () => {
    const { disk, asked } = make({ source: SOURCE });
    expect(asked).toMatchObject({
      pvc: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', storageClassName: 'files' },
    });
    expect(disk.size).toEqual(Size.gibibytes(1));
    expect([disk.accessModes, disk.volumeMode, disk.storageClassName]).toEqual([
      ['ReadWriteOnce'],
      'Filesystem',
      'files',
    ]);
  });

  test('of a snapshot is as the disk that it was taken of', () => {
    const snapshot = DiskSnapshot.fromSnapshotName('golden-1', { disk: KNOWN });
    expect(make({ source: DataVolumeSource.snapshot(snapshot) }).asked).toMatchObject({
      pvc: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', storageClassName: 'files' },
    });
  });

  test('is what is said of it', () => {
    const said = { accessModes: [AccessMode.READ_WRITE_MANY], volumeMode: VolumeMode.BLOCK, storageClassName: 'block' };
    expect(make({ source: SOURCE, ...said }).asked).toMatchObject({
      pvc: { accessModes: ['ReadWriteMany'], volumeMode: 'Block', storageClassName: 'block' },
    });
  });

  test('is a block device for many nodes, of the default class, where nothing is known of its source', () => {
    const source = DataVolumeSource.claim(Disk.fromClaimName('golden'));
    const { disk, asked } = make({ source, size: Size.gibibytes(1) });
    expect(asked).toMatchObject({ pvc: { accessModes: ['ReadWriteMany'], volumeMode: 'Block' } });
    expect(disk.storageClassName).toBeUndefined();
  });

  test('is asked for as its source is, and leaves the size to CDI then', () => {
    const image = new DataVolumeImport(testChart('images'), 'image', {
      source: DataVolumeSource.blank(),
      size: Size.gibibytes(2),
      volumeMode: VolumeMode.FILESYSTEM,
      storageClassName: 'files',
      claimApi: ClaimApi.STORAGE,
    });
    const { disk, asked } = make({ source: DataVolumeSource.claim(image) });
    expect(asked).toEqual({ storage: { storageClassName: 'files', volumeMode: 'Filesystem' } });
    expect(disk.claimApi).toBe('storage');
  });

  test('leaves the modes to CDI with ClaimApi.STORAGE, and keeps the class', () => {
    const { asked } = make({ source: SOURCE, claimApi: ClaimApi.STORAGE });
    expect(asked).toEqual({ storage: { storageClassName: 'files' } });
  });

  test.each<[keyof DataVolumeOptions]>([['accessModes'], ['volumeMode'], ['storageClassName'], ['claimApi']])(
    'fails when %s is null, and does not take that for left out',
    (property) => {
      const options = untyped<DataVolumeOptions>({ source: SOURCE, [property]: null });
      expect(failureOf(() => make(options))).toContain(`'${property}' must be`);
    },
  );
});

function ofConstruct(disk: DiskClone | DataVolumeImport): Made {
  return { disk, asked: withoutSource(manifest(disk).spec as Record<string, unknown>) };
}

function withoutSource({ source, ...asked }: Record<string, unknown>): unknown {
  expect(source).toBeDefined();
  return asked;
}
