import { ApiObject, App, Chart, Size } from 'cdk8s';
import { Cpu, ImagePullPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as kv from '../../constructs';
import { EVERY_PROP } from '../../constructs/vm/testing/every-prop';

const SIZE = Size.gibibytes(1);
const LOGIN = kv.RegistryCredentials.fromSecretName('login');
const DISK = kv.Disk.fromClaimName('golden', { namespace: 'images', size: SIZE });

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
  kv.DataVolumeSource.s3('https://example.com/b/a', { credentials: LOGIN, certConfigMapName: 'ca' }),
  kv.DataVolumeSource.gcs('gs://b/a', { credentials: LOGIN }),
  kv.DataVolumeSource.imageio('https://example.com/api', '1', { credentials: LOGIN, certConfigMapName: 'ca' }),
  kv.DataVolumeSource.vddk('https://example.com', {
    uuid: 'a',
    backingFile: 'a',
    thumbprint: 'a',
    credentials: LOGIN,
    initImageUrl: 'a',
  }),
  kv.DataVolumeSource.registry('docker://example.com/a:1', {
    credentials: LOGIN,
    certConfigMapName: 'ca',
    pullMethod: kv.RegistryPullMethod.NODE,
  }),
];

/** DataVolumes of every source by each API of claims. */
const DATA_VOLUMES: readonly kv.DataVolumeOptions[] = SOURCES.flatMap((source) =>
  [kv.ClaimApi.PVC, kv.ClaimApi.STORAGE].map((claimApi) => ({
    source,
    size: SIZE,
    accessModes: [kv.AccessMode.READ_WRITE_MANY],
    volumeMode: kv.VolumeMode.BLOCK,
    storageClassName: 'fast',
    contentType: kv.ContentType.KUBEVIRT,
    claimApi,
  })),
);

const METADATA = { namespace: 'apps', labels: { a: 'b' }, annotations: { a: 'b' } };

/** Volumes without a claim. */
const VOLUMES: readonly kv.VmVolume[] = [
  kv.ContainerDisk.of('example.com/a:1', {
    imagePullPolicy: ImagePullPolicy.ALWAYS,
    imagePullSecret: 'a',
    path: '/disk/a',
  }),
  kv.Volume.emptyDisk(SIZE),
  kv.Volume.ephemeral(DISK),
  kv.Volume.hostDisk('/data/a.img', { capacity: SIZE, shared: true }),
  kv.Volume.configMap('settings', { optional: true, volumeLabel: 'a' }),
  kv.Volume.secret('secret', { optional: true, volumeLabel: 'a' }),
  kv.Volume.serviceAccount('robot'),
  kv.Volume.downwardMetrics(),
  kv.Sysprep.fromSecretName('answers'),
];

/** DataVolumes that say all that the constructs can say. */
export function everyDataVolume(): unknown[] {
  return made((chart) =>
    DATA_VOLUMES.forEach(
      (options, index) => new kv.DataVolumeImport(chart, `dv-${index}`, { ...METADATA, ...options }),
    ),
  );
}

/** VirtualMachines that between them say all that the constructs can say. */
export function everyVm(): unknown[] {
  return made((chart) => {
    const vm = (id: string, props: Partial<kv.BootableVMProps>): kv.BootableVM =>
      new kv.BootableVM(chart, id, { ...METADATA, bootDisk: VOLUMES[0]!, ...props });
    vm('props', { memory: Size.gibibytes(4), ...EVERY_PROP, maxMemory: undefined, ...NETWORKS });
    vm('life', { memory: Size.gibibytes(4), maxMemory: Size.gibibytes(8), ...LIFE });
    const rich = vm('disks', { memory: SIZE, bootDiskOptions: DISK_OPTIONS, cloudInit: CLOUD_INIT[0] });
    VOLUMES.slice(1).forEach((volume, index) => rich.attach(volume, { name: `v-${index}` }));
    rich.attach(kv.Sysprep.fromConfigMapName('answers'), {
      name: 'answers',
      device: kv.DiskDevice.CDROM,
      readOnly: true,
    });
    rich.attach(kv.Disk.fromClaimName('lun'), { device: kv.DiskDevice.LUN, readOnly: true, hotpluggable: true });
    DATA_VOLUMES.forEach((options, index) => {
      const { labels, annotations } = METADATA;
      rich.attach(kv.DataVolumeTemplate.of(`dv-${index}`, { ...options, labels, annotations }), { hotpluggable: true });
    });
    CLOUD_INIT.forEach((cloudInit, index) => vm(`init-${index}`, { memory: SIZE, cloudInit }));
    const instancetype = kv.Instancetype.cluster('u1.medium');
    vm('inferred', {
      instancetype: kv.Instancetype.inferredFrom('rootdisk'),
      preference: kv.Preference.inferredFrom('rootdisk'),
    });
    vm('types', { instancetype, preference: kv.Preference.cluster('fedora') });
    FIRMWARE.forEach((firmware, index) => vm(`firmware-${index}`, { memory: SIZE, firmware }));
    ADDITIONS.forEach((props, index) => vm(`more-${index}`, { memory: SIZE, ...props }));
  });
}

const LIFE: Partial<kv.BootableVMProps> = {
  runStrategy: kv.RunStrategy.ALWAYS,
  evictionStrategy: kv.EvictionStrategy.LIVE_MIGRATE,
  nodeSelector: { zone: 'a' },
  hostname: 'web',
  templateLabels: { a: 'b' },
  templateAnnotations: { a: 'b' },
  resources: { memoryRequest: SIZE, memoryLimit: Size.gibibytes(8), cpuRequest: Cpu.units(1), cpuLimit: Cpu.units(2) },
};
const NETWORKS: Partial<kv.BootableVMProps> = {
  networks: [
    kv.GuestNetwork.pod({ model: kv.InterfaceModel.VIRTIO, macAddress: '02:00:00:00:00:01', tcpPorts: [22] }),
    kv.GuestNetwork.multus('lan'),
    kv.GuestNetwork.multus('fast', { binding: kv.NetworkBinding.SRIOV }),
  ],
};
const DISK_OPTIONS: kv.DiskOptions = {
  bus: kv.DiskBus.SCSI,
  serial: 'A',
  bootOrder: 1,
  cache: kv.DiskCache.NONE,
  io: kv.DiskIo.NATIVE,
  readOnly: true,
  shareable: true,
};
const CLOUD_INIT: readonly kv.CloudInit[] = Object.values(kv.CloudInitDatasource).flatMap((datasource) => [
  kv.CloudInit.of({ packages: ['nginx'] }, { datasource, networkData: 'version: 2' }),
  kv.CloudInit.fromSecretName('user', { datasource, networkDataSecretName: 'network' }),
]);
const NAMES = { uuid: '5d307ca9-b3ef-428c-8861-06e72d69f223', serial: 'a' };
const FIRMWARE: readonly kv.Firmware[] = [
  kv.Firmware.bios(NAMES),
  kv.Firmware.uefi({ ...NAMES, persistent: true }),
  kv.Firmware.secureBoot(),
];
const ADDITIONS: readonly Partial<kv.BootableVMProps>[] = [
  { clock: kv.Clock.inTimezone('Europe/Zurich') },
  { hyperv: kv.HyperV.passthrough() },
  { tpm: kv.Tpm.disabled() },
  { livenessProbe: kv.GuestProbe.tcpSocket(22), readinessProbe: kv.GuestProbe.exec(['a']) },
  { livenessProbe: kv.GuestProbe.httpGet(80), readinessProbe: kv.GuestProbe.tcpSocket(22) },
  { networks: [kv.GuestNetwork.pod({ bindingPlugin: 'passt', bootOrder: 1 })] },
  ...[kv.LaunchSecurity.snp(), kv.LaunchSecurity.tdx()].map((launchSecurity) => ({ launchSecurity })),
];

function made(make: (chart: Construct) => void): unknown[] {
  const chart = new Chart(new App(), 'vocabulary');
  make(chart);
  const objects = chart.node.findAll().filter((node) => ApiObject.isApiObject(node));
  return objects.map((object) => JSON.parse(JSON.stringify(object.toJson())) as unknown);
}
