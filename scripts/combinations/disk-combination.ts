import { Chart, Size } from 'cdk8s';
import * as kv from '../../constructs';
import { Random } from './random';

const LOGIN = kv.RegistryCredentials.fromSecretName('login');
const SIZES = [Size.kibibytes(512), Size.mebibytes(1), Size.gibibytes(1), Size.gibibytes(10)];
const VDDK: kv.VddkSourceOptions = { uuid: 'a', backingFile: '[a] a.vmdk', thumbprint: 'a', credentials: LOGIN };

/** A claim that is in the cluster, of which more or less is known. */
export function randomClaim(random: Random, name: string): kv.IDisk {
  return kv.Disk.fromClaimName(name, {
    size: random.pickMaybe(SIZES.slice(1)),
    accessModes: random.maybe(() => [random.pick(Object.values(kv.AccessMode))]),
    volumeMode: random.pickMaybe(Object.values(kv.VolumeMode)),
    storageClassName: random.pickMaybe(['fast', 'slow']),
  });
}

/** A source of any kind. */
export function randomSource(random: Random): kv.DataVolumeSource {
  const credentials = random.maybe(() => LOGIN);
  const certConfigMapName = random.pickMaybe(['ca']);
  const reach = { credentials, certConfigMapName };
  const source = kv.DataVolumeSource;
  return random.pick<() => kv.DataVolumeSource>([
    () => source.blank(),
    () => source.upload(),
    () => source.http('https://example.com/a.qcow2', { ...reach, insecureSkipVerify: random.flag() }),
    () => source.s3('https://example.com/b/a', reach),
    () => source.gcs('gs://b/a', { credentials }),
    () => source.registry('docker://example.com/a:1', { ...reach, architecture: random.pickMaybe(['arm64']) }),
    () => source.imageStream('a', { credentials }),
    () => source.imageio('https://example.com/api', '1', { credentials: LOGIN, certConfigMapName: 'ca' }),
    () => source.vddk('https://example.com', { ...VDDK, certConfigMapName, initImageUrl: random.pickMaybe(['a']) }),
    () => randomClone(random),
    () => source.dataSource('fedora', { namespace: random.pickMaybe(['images']) }),
    () => source.populator({ apiGroup: 'example.com', kind: 'Sample', name: 'a' }),
  ])();
}

function randomClone(random: Random): kv.DataVolumeSource {
  const disk = randomClaim(random, 'golden');
  if (random.chance(0.5)) return kv.DataVolumeSource.claim(disk);
  return kv.DataVolumeSource.snapshot(kv.DiskSnapshot.fromSnapshotName('a', { disk }));
}

/** What a DataVolume is, wherever it stands. */
export function randomDataVolume(random: Random): kv.DataVolumeOptions {
  return {
    source: randomSource(random),
    size: random.pickMaybe(SIZES, 0.8),
    accessModes: random.maybe(() => random.some(2, () => random.pick(Object.values(kv.AccessMode)))),
    volumeMode: random.pickMaybe(Object.values(kv.VolumeMode)),
    storageClassName: random.pickMaybe(['fast']),
    contentType: random.pickMaybe(Object.values(kv.ContentType)),
    claimApi: random.pickMaybe(Object.values(kv.ClaimApi), 0.5),
    bindImmediately: random.flag(),
    checkpoints: random.maybe(() => [{ previous: '', current: 'a' }], 0.05),
    finalCheckpoint: random.flag(0.05),
    preallocation: random.flag(),
    priorityClassName: random.pickMaybe(['high']),
    serviceAccountName: random.pickMaybe(['robot'], 0.05),
    volumeName: random.pickMaybe(['pv']),
    volumeRules: random.maybe(() => [kv.LabelRule.in('a', ['b'])]),
    volumeAttributesClassName: random.pickMaybe(['gold'], 0.05),
    sizeLimit: random.pickMaybe(SIZES, 0.1),
  };
}

/** A volume without a claim. */
export function randomVolume(random: Random): kv.VmVolume {
  return random.pick<() => kv.VmVolume>([
    () => kv.ContainerDisk.of('example.com/a:1', { path: random.pickMaybe(['/disk/a', 'a', '/a/../b']) }),
    () => kv.Volume.emptyDisk(random.pick(SIZES)),
    () => kv.Volume.ephemeral(randomClaim(random, 'shared')),
    () => kv.Volume.hostDisk('/data/a.img', { capacity: random.pickMaybe(SIZES), shared: random.flag() }),
    () => kv.Volume.configMap('settings', { optional: random.flag() }),
    () => kv.Volume.secret('secret'),
    () => kv.Volume.serviceAccount(random.pick(['robot', 'other'])),
    () => kv.Volume.downwardMetrics(),
    () => kv.Volume.downwardApi([kv.DownwardField.field('name', 'metadata.name')]),
    () => kv.Volume.memoryDump(kv.Disk.fromClaimName('dump')),
    () => kv.Volume.containerPath(random.pick(['/shared', '/var/run/kubevirt/a'])),
    () => kv.Volume.emptyCdrom(),
    () => kv.Sysprep.fromSecretName('answers'),
  ])();
}

/** A disk of any kind. */
export function randomDisk(random: Random, name: string): kv.IVolume {
  return random.pick<() => kv.IVolume>([
    () => randomClaim(random, name),
    () => randomVolume(random),
    () => kv.DataVolumeTemplate.of(name, randomDataVolume(random)),
  ])();
}

/** How a disk is attached; a boot disk is not plugged. */
export function randomOptions(random: Random, isBootDisk: boolean): kv.AttachOptions {
  const options: kv.DiskOptions = {
    name: random.pickMaybe(['rootdisk', 'data', 'cloudinitdisk', 'slic', 'a'.repeat(60)], 0.15),
    bus: random.pickMaybe(Object.values(kv.DiskBus)),
    device: random.pickMaybe(Object.values(kv.DiskDevice)),
    serial: random.pickMaybe(['S1', 'not one']),
    bootOrder: random.pickMaybe([0, 1, 2]),
    cache: random.pickMaybe(Object.values(kv.DiskCache)),
    io: random.pickMaybe(Object.values(kv.DiskIo)),
    readOnly: random.flag(),
    shareable: random.flag(),
    tray: random.pickMaybe(Object.values(kv.CdromTray), 0.05),
    reservation: random.flag(0.05),
    errorPolicy: random.pickMaybe(Object.values(kv.DiskErrorPolicy), 0.1),
    dedicatedIoThread: random.flag(0.1),
    changedBlockTracking: random.flag(0.1),
    pciAddress: random.pickMaybe(['0000:81:01.0', '81:01.0'], 0.05),
    tag: random.pickMaybe(['a'], 0.05),
  };
  const { name, device } = options;
  if (device === kv.DiskDevice.FILESYSTEM && random.chance(0.8)) return { name, device };
  const sized = device === kv.DiskDevice.FILESYSTEM ? undefined : random.maybe(() => randomBlockSize(random), 0.1);
  const others = isBootDisk ? {} : { hotpluggable: random.flag(), readOnlyClaim: random.flag(0.05) };
  return { ...options, blockSize: sized, ...others };
}

function randomBlockSize(random: Random): kv.BlockSize {
  const sizes = [0, 512, 1000, 4096, 4194304];
  if (random.chance(0.5)) return kv.BlockSize.matchVolume();
  return kv.BlockSize.custom({ logical: random.pick(sizes), physical: random.pick(sizes) });
}

/** A disk that stands by itself. */
export function makeDisk(random: Random, chart: Chart): void {
  random.pick<() => void>([
    () => new kv.DataVolumeImport(chart, 'disk', randomDataVolume(random)),
    () => new kv.DataVolumeImport(chart, 'disk', randomDataVolume(random)),
    () => new kv.DiskClone(chart, 'disk', { ...randomDataVolume(random), source: randomClone(random) }),
    () =>
      new kv.SecondaryDisk(chart, 'disk', {
        size: random.pick(SIZES),
        kind: random.pickMaybe(Object.values(kv.SecondaryDiskKind)),
        accessModes: random.maybe(() => random.some(2, () => random.pick(Object.values(kv.AccessMode)))),
        volumeMode: random.pickMaybe(Object.values(kv.VolumeMode)),
        bindImmediately: random.flag(),
      }),
    () => new kv.UploadTarget(chart, 'disk', { size: random.pick(SIZES), bindImmediately: random.flag() }),
  ])();
}
