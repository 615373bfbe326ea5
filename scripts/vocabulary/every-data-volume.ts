import { Cron, Size } from 'cdk8s';
import * as kv from '../../constructs';
import { made, METADATA, without } from './manifests';

const SIZE = Size.gibibytes(1);
const LOGIN = kv.RegistryCredentials.fromSecretName('login');
const DISK = kv.Disk.fromClaimName('golden', { namespace: 'images', size: SIZE });

const VDDK: kv.VddkSourceOptions = { uuid: 'a', backingFile: 'a', thumbprint: 'a', credentials: LOGIN };

/** Each source of a DataVolume, with all its options. */
const SOURCES: readonly kv.DataVolumeSource[] = [
  kv.DataVolumeSource.blank(),
  kv.DataVolumeSource.upload(),
  kv.DataVolumeSource.claim(DISK),
  kv.DataVolumeSource.snapshot(kv.DiskSnapshot.fromSnapshotName('golden', { namespace: 'images', disk: DISK })),
  kv.DataVolumeSource.dataSource('fedora', { namespace: 'images' }),
  kv.DataVolumeSource.http('https://example.com/a.qcow2', {
    credentials: LOGIN,
    certConfigMapName: 'ca',
    checksum: `md5:${'0'.repeat(32)}`,
    extraHeaders: ['Accept: a'],
    secretExtraHeaders: ['token'],
  }),
  kv.DataVolumeSource.imageStream('a', { credentials: LOGIN, architecture: 'arm64' }),
  kv.DataVolumeSource.populator({ apiGroup: 'a', kind: 'A', name: 'a' }),
  kv.DataVolumeSource.s3('https://example.com/b/a', { credentials: LOGIN, certConfigMapName: 'ca' }),
  kv.DataVolumeSource.gcs('gs://b/a', { credentials: LOGIN }),
  kv.DataVolumeSource.imageio('https://example.com/api', '1', {
    credentials: LOGIN,
    certConfigMapName: 'ca',
    insecureSkipVerify: true,
  }),
  kv.DataVolumeSource.vddk('https://example.com', {
    ...VDDK,
    initImageUrl: 'a',
    extraArgsConfigMapName: 'a',
  }),
  kv.DataVolumeSource.registry('docker://example.com/a:1', {
    credentials: LOGIN,
    certConfigMapName: 'ca',
    pullMethod: kv.RegistryPullMethod.NODE,
  }),
];

const STAGES: kv.ImportOptions = { checkpoints: [{ previous: '', current: 'a' }], finalCheckpoint: true };

/** What a DataVolume says that stands by itself, and no template. */
const STANDING: readonly kv.DataVolumeOptions[] = [
  {
    source: kv.DataVolumeSource.http('https://example.com/a.qcow2', { insecureSkipVerify: true }),
    size: SIZE,
    serviceAccountName: 'a',
  },
  {
    source: kv.DataVolumeSource.vddk('https://example.com', { ...VDDK, certConfigMapName: 'ca' }),
    size: SIZE,
  },
];

/** DataVolumes of every source by each API of claims. */
export const DATA_VOLUMES: readonly kv.DataVolumeOptions[] = SOURCES.flatMap((source) =>
  [kv.ClaimApi.PVC, kv.ClaimApi.STORAGE].map((claimApi) => ({
    source,
    size: SIZE,
    accessModes: [kv.AccessMode.READ_WRITE_MANY],
    volumeMode: kv.VolumeMode.BLOCK,
    storageClassName: 'fast',
    contentType: kv.ContentType.KUBEVIRT,
    claimApi,
    volumeName: 'a',
    volumeRules: [kv.LabelRule.in('a', ['b'])],
    sizeLimit: SIZE,
    preallocation: true,
    priorityClassName: 'a',
    ...(claimApi === kv.ClaimApi.PVC ? { volumeAttributesClassName: 'a' } : {}),
    ...(source.kind === kv.DataVolumeSourceKind.VDDK ? STAGES : {}),
  })),
);

/** DataVolumes that say all that the constructs can say. */
export function everyDataVolume(): unknown[] {
  return made((chart) =>
    [...DATA_VOLUMES, ...STANDING].forEach(
      (options, index) => new kv.DataVolumeImport(chart, `dv-${index}`, { ...METADATA, ...options }),
    ),
  );
}

/** DataImportCrons. */
export function everyGoldenImage(): unknown[] {
  const rest: Partial<kv.GoldenImageProps> = {
    schedule: Cron.daily(),
    dataSourceName: 'fedora',
    retentionPolicy: kv.ImportRetentionPolicy.ALL,
    garbageCollect: kv.ImportGarbageCollect.OUTDATED,
    importsToKeep: 2,
    cronServiceAccountName: 'a',
    serviceAccountName: 'b',
  };
  return made((chart) =>
    DATA_VOLUMES.filter(({ source }) => SCHEDULED.includes(source.kind)).forEach(
      (options, index) =>
        new kv.GoldenImage(chart, `golden-${index}`, {
          ...METADATA,
          ...without(options, 'contentType', 'volumeName'),
          ...rest,
        }),
    ),
  );
}

const SCHEDULED = [kv.DataVolumeSourceKind.REGISTRY, kv.DataVolumeSourceKind.CLAIM];

/** DataSources. */
export function everyDataSource(): unknown[] {
  const disk = kv.Disk.fromClaimName('golden', { namespace: 'images' });
  return made((chart) =>
    [
      kv.DataVolumeSource.claim(disk),
      kv.DataVolumeSource.snapshot(kv.DiskSnapshot.fromSnapshotName('golden', { namespace: 'images', disk })),
      kv.DataVolumeSource.dataSource('fedora', { namespace: 'images' }),
    ].forEach((source, index) => new kv.DataSource(chart, `source-${index}`, { ...METADATA, source })),
  );
}
