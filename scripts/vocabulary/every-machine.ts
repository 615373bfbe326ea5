import { Duration, Size } from 'cdk8s';
import { ConnectionScheme, Cpu, ImagePullPolicy, Protocol, TaintEffect } from 'cdk8s-plus-27';
import * as kv from '../../constructs';
import { EVERY_PROP } from '../../constructs/vm/testing/every-prop';
import { DATA_VOLUMES } from './every-data-volume';
import { METADATA } from './manifests';

const SIZE = Size.gibibytes(1);
const DUMP = kv.Disk.fromClaimName('dump');
const DISK = kv.Disk.fromClaimName('golden', { namespace: 'images', size: SIZE });

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
  kv.Volume.downwardApi(
    [
      kv.DownwardField.field('name', 'metadata.name', { mode: 0o600 }),
      kv.DownwardField.resource('memory', kv.DownwardResource.MEMORY_LIMIT, {
        containerName: 'compute',
        divisor: '1Mi',
      }),
    ],
    { volumeLabel: 'a' },
  ),
  kv.Volume.memoryDump(DUMP),
  kv.Volume.containerPath('/shared'),
  kv.Volume.emptyCdrom(),
  kv.Sysprep.fromSecretName('answers'),
];

/** Makes a machine of a kind; of props that the kind does not have it takes no notice. */
type MakeMachine = (id: string, props: kv.BootableVMProps) => kv.Machine;

/** Machines of a kind that between them say all that each may say of itself. */
export function everyMachine(make: MakeMachine): void {
  const vm = (id: string, props: Partial<kv.BootableVMProps>): kv.Machine =>
    make(id, { ...METADATA, bootDisk: VOLUMES[0]!, ...props });
  vm('props', { memory: Size.gibibytes(4), ...EVERY_PROP, maxMemory: undefined, ...NETWORKS });
  vm('life', { memory: Size.gibibytes(4), maxMemory: Size.gibibytes(8), ...LIFE });
  const rich = vm('disks', { memory: SIZE, bootDiskOptions: DISK_OPTIONS, cloudInit: CLOUD_INIT[0] });
  VOLUMES.slice(1).forEach((volume, index) => rich.attach(volume, { name: `v-${index}` }));
  rich.attach(kv.Sysprep.fromConfigMapName('answers'), {
    name: 'answers',
    device: kv.DiskDevice.CDROM,
    readOnly: true,
    tray: kv.CdromTray.OPEN,
  });
  rich.attach(kv.Disk.fromClaimName('lun'), {
    device: kv.DiskDevice.LUN,
    readOnly: true,
    hotpluggable: true,
    reservation: true,
    readOnlyClaim: true,
  });
  rich.attach(kv.Disk.fromClaimName('tuned'), {
    dedicatedIoThread: true,
    pciAddress: '0000:81:01.0',
    blockSize: kv.BlockSize.custom({ logical: 512, physical: 4096, discardGranularity: 0 }),
  });
  CLOUD_INIT.forEach((cloudInit, index) => vm(`init-${index}`, { memory: SIZE, cloudInit }));
  FIRMWARE.forEach((firmware, index) => vm(`firmware-${index}`, { memory: SIZE, firmware }));
  ADDITIONS.forEach((props, index) => vm(`more-${index}`, { memory: SIZE, ...props }));
}

/** Machines of VMs and pools: with what they are made of beside that. */
export function everyVmMachine(make: MakeMachine): void {
  everyMachine(make);
  const vm = (id: string, props: Partial<kv.BootableVMProps>): kv.Machine =>
    make(id, { ...METADATA, bootDisk: VOLUMES[0]!, ...props });
  const { labels, annotations } = METADATA;
  const templates = DATA_VOLUMES.map((options, index) =>
    kv.DataVolumeTemplate.of(`dv-${index}`, { ...options, labels, annotations }),
  );
  vm('templates', { memory: SIZE, secondaryDisks: templates.map((disk) => ({ disk, hotpluggable: true })) });
  const instancetype = kv.Instancetype.cluster('u1.medium', REVISION);
  vm('inferred', {
    bootDisk: kv.Disk.fromClaimName('boot'),
    instancetype: kv.Instancetype.inferredFrom('rootdisk', INFERENCE),
    preference: kv.Preference.inferredFrom('rootdisk', INFERENCE),
  });
  vm('types', { instancetype, preference: kv.Preference.cluster('fedora', REVISION) });
}

const INFERENCE = { failurePolicy: kv.InferenceFailurePolicy.IGNORE };
const REVISION = { revisionName: 'a' };
const LIFE: Partial<kv.BootableVMProps> = {
  runStrategy: kv.RunStrategy.ALWAYS,
  evictionStrategy: kv.EvictionStrategy.LIVE_MIGRATE,
  nodeSelector: { zone: 'a' },
  hostname: 'web',
  templateLabels: { a: 'b' },
  templateAnnotations: { a: 'b' },
  resources: {
    memoryRequest: SIZE,
    memoryLimit: Size.gibibytes(8),
    cpuRequest: Cpu.units(1),
    cpuLimit: Cpu.units(2),
    overcommitGuestOverhead: true,
  },
};
const CARD: kv.NetworkCardOptions & Pick<kv.GuestNetworkOptions, 'dhcp'> = {
  model: kv.InterfaceModel.VIRTIO,
  macAddress: '02:00:00:00:00:01',
  pciAddress: '0000:81:00.1',
  acpiIndex: 101,
  state: kv.InterfaceState.DOWN,
  tag: 'front',
  dhcp: {
    bootFileName: 'a',
    tftpServerName: 'a',
    ntpServers: ['192.0.2.1'],
    privateOptions: [{ option: 240, value: 'a' }],
  },
};
const NETWORKS: Partial<kv.BootableVMProps> = {
  networks: [
    kv.GuestNetwork.pod({
      ...CARD,
      tcpPorts: [22],
      ports: [{ port: 53, protocol: Protocol.UDP, name: 'dns' }],
      vmNetworkCidr: '10.0.2.0/24',
      vmIpv6NetworkCidr: 'fd10:0:2::/120',
    }),
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
  errorPolicy: kv.DiskErrorPolicy.REPORT,
  blockSize: kv.BlockSize.matchVolume(),
  changedBlockTracking: true,
  tag: 'a',
};
const CLOUD_INIT: readonly kv.CloudInit[] = Object.values(kv.CloudInitDatasource).flatMap((datasource) => [
  kv.CloudInit.of({ packages: ['nginx'] }, { datasource, networkData: 'version: 2' }),
  kv.CloudInit.fromSecretName('user', { datasource, networkDataSecretName: 'network' }),
]);
const NAMES: kv.FirmwareOptions = {
  uuid: '5d307ca9-b3ef-428c-8861-06e72d69f223',
  serial: 'a',
  kernelBoot: kv.KernelBoot.fromImage('example.com/kernel:1', {
    kernelPath: '/boot/vmlinuz',
    initrdPath: '/boot/initrd',
    kernelArgs: 'quiet',
    imagePullPolicy: ImagePullPolicy.ALWAYS,
    imagePullSecret: 'a',
  }),
  acpiTables: { slicSecretName: 'a', msdmSecretName: 'a' },
};
const FIRMWARE: readonly kv.Firmware[] = [
  kv.Firmware.bios({ ...NAMES, useSerial: true }),
  kv.Firmware.uefi({ ...NAMES, persistent: true }),
  kv.Firmware.secureBoot(),
];
/** Enlightenments that a preference would bring, turned off. */
export const NO_ENLIGHTENMENT: kv.HyperVFeatures = {
  evmcs: false,
  frequencies: false,
  ipi: false,
  reenlightenment: false,
  relaxed: false,
  reset: false,
  runtime: false,
  synic: false,
  synicTimer: false,
  tlbFlush: false,
  vapic: false,
  vpIndex: false,
};
const SELECTION: kv.PodAffinityOptions = {
  namespaces: ['a'],
  namespaceRules: [kv.LabelRule.in('a', ['b'])],
  matchLabelKeys: ['a'],
  mismatchLabelKeys: ['b'],
};
const RULES = [kv.LabelRule.in('a', ['b'])];
const HTTP: kv.HttpProbeOptions = { host: 'a', path: '/a', scheme: ConnectionScheme.HTTPS, headers: { A: 'b' } };
const SEV: kv.SevOptions = { attestation: true, session: 'a', dhCert: 'a' };
const ADDITIONS: readonly Partial<kv.BootableVMProps>[] = [
  { clock: kv.Clock.inTimezone('Europe/Zurich', { timers: { hyperv: false } }) },
  { clock: kv.Clock.utc({ offsetSeconds: 3600 }) },
  { devices: { gpus: [{ name: 'a', deviceName: 'example.com/gpu' }] } },
  { hyperv: kv.HyperV.passthrough() },
  { hyperv: kv.HyperV.of(NO_ENLIGHTENMENT) },
  { hyperv: kv.HyperV.of({ tlbFlush: true, tlbFlushDirect: false, synicTimer: true, synicTimerDirect: false }) },
  { tpm: kv.Tpm.disabled() },
  { livenessProbe: kv.GuestProbe.tcpSocket(22, { host: 'a' }), readinessProbe: kv.GuestProbe.exec(['a']) },
  { livenessProbe: kv.GuestProbe.httpGet(80, HTTP), readinessProbe: kv.GuestProbe.tcpSocket(22, { host: 'a' }) },
  { livenessProbe: kv.GuestProbe.exec(['a']), readinessProbe: kv.GuestProbe.guestAgentPing() },
  { networks: [kv.GuestNetwork.pod({ bindingPlugin: 'passt', bootOrder: 1 })] },
  { networks: [kv.GuestNetwork.pod({ binding: kv.NetworkBinding.PASST })] },
  { networks: [kv.GuestNetwork.pod({ portRanges: [{ start: 1, end: 9, protocol: Protocol.UDP }] })] },
  { networks: [kv.GuestNetwork.multus('lan', { isDefault: true })] },
  { networks: [] },
  {
    networks: [kv.GuestNetwork.resourceClaim('cards', 'one')],
    resourceClaims: [kv.ResourceClaim.fromTemplateName('cards', 'a')],
  },
  { architecture: kv.Architecture.S390X, devices: { watchdog: kv.WatchdogAction.RESET } },
  ...[kv.LaunchSecurity.snp(), kv.LaunchSecurity.tdx()].map((launchSecurity) => ({
    launchSecurity,
    firmware: kv.Firmware.uefi(),
  })),
  {
    launchSecurity: kv.LaunchSecurity.sev(SEV),
    firmware: kv.Firmware.uefi(),
    startStrategy: kv.StartStrategy.PAUSED,
  },
  {
    cloudInit: kv.CloudInit.fromSecretName('user', { datasource: kv.CloudInitDatasource.CONFIG_DRIVE }),
    accessCredentials: [kv.AccessCredential.sshKeysByConfigDrive('keys')],
  },
  {
    scheduling: {
      tolerations: [kv.Toleration.exists('a', TaintEffect.NO_EXECUTE, { duration: Duration.minutes(1) })],
      affinity: [
        kv.Affinity.toNode('a'),
        kv.Affinity.toNode('a', { weight: 1 }),
        ...[{}, { weight: 1 }].flatMap((weight) => [
          kv.Affinity.toPods(RULES, { ...SELECTION, ...weight }),
          kv.Affinity.apartFromPods(RULES, { ...SELECTION, ...weight }),
        ]),
      ],
    },
  },
];
