import { Duration, Size } from 'cdk8s';
import { ConnectionScheme, DnsPolicy, TaintEffect } from 'cdk8s-plus-27';
import { LabelRule } from '../../shared/label-rule';
import { Toleration } from '../../shared/toleration';
import { AccessCredential } from '../access-credential';
import { Affinity } from '../affinity';
import { Architecture } from '../architecture';
import { BootableVMProps } from '../bootable-vm-props';
import { Chassis } from '../chassis';
import { Clock, GuestTimer, GuestTimers, RtcTimer, RtcTrack, TickPolicy } from '../clock';
import { CloudInit } from '../cloud-init';
import { GuestTablet, InputBus, SoundModel } from '../display-devices';
import { Firmware } from '../firmware';
import { PanicDeviceModel, WatchdogAction } from '../guest-channels';
import { CpuFeature, CpuFeaturePolicy, GuestCpu } from '../guest-cpu';
import { GuestDevices } from '../guest-devices';
import { GuestDns } from '../guest-dns';
import { GuestFeatures } from '../guest-features';
import { MemoryLock } from '../guest-memory';
import { GuestProbe, HttpProbeOptions, ProbeOptions } from '../guest-probe';
import { HyperV, HyperVFeatures } from '../hyperv';
import { IoThreads } from '../io-threads';
import { LaunchSecurity } from '../launch-security';
import { LifecycleProps } from '../lifecycle-props';
import { MachineProps } from '../machine-props';
import { GuestGpu, NodeDevice } from '../node-devices';
import { ResourceClaim } from '../resource-claim';
import { RebootPolicy, UpdateVolumesStrategy } from '../run-strategy';
import { NodeInclusion, Scheduling, TopologySpread, WhenUnsatisfiable } from '../scheduling';
import { Tpm } from '../tpm';

const FEATURE: Required<CpuFeature> = { name: 'vmx', policy: CpuFeaturePolicy.REQUIRE };
const TIMER: Required<GuestTimer> = { present: true, tickPolicy: TickPolicy.CATCHUP };
const RTC: Required<RtcTimer> = { ...TIMER, track: RtcTrack.WALL };
const TABLET: Required<GuestTablet> = { name: 'tablet', bus: InputBus.VIRTIO };
const DEVICE: NodeDevice = { name: 'gpu', deviceName: 'nvidia.com/P40', tag: 'first' };
const CLAIMED: Required<Omit<GuestGpu, 'deviceName'>> = {
  name: 'claimed',
  claimName: 'gpus',
  requestName: 'one',
  tag: 'second',
  display: true,
  ramFb: false,
};
const CHASSIS: Required<Chassis> = { manufacturer: 'Example', version: '1', serial: 'S1', asset: 'A1', sku: 'K1' };

const DNS: Required<GuestDns> = {
  policy: DnsPolicy.NONE,
  nameservers: ['192.0.2.1'],
  searches: ['example.com'],
  options: [{ name: 'ndots', value: '2' }],
};
const PROBE: Required<ProbeOptions> = {
  initialDelay: Duration.minutes(2),
  period: Duration.seconds(20),
  timeout: Duration.seconds(5),
  failureThreshold: 4,
  successThreshold: 1,
};
const HTTP_PROBE: Required<HttpProbeOptions> = {
  ...PROBE,
  path: '/ready',
  host: 'web.example.com',
  scheme: ConnectionScheme.HTTPS,
  headers: { Accept: 'text/plain' },
};
const SPREAD: Required<TopologySpread> = {
  topologyKey: 'zone',
  maxSkew: 1,
  whenUnsatisfiable: WhenUnsatisfiable.SCHEDULE_ANYWAY,
  matchLabels: { app: 'db' },
  rules: [LabelRule.in('tier', ['front'])],
  matchLabelKeys: ['pod-template-hash'],
  minDomains: 2,
  nodeAffinityPolicy: NodeInclusion.IGNORE,
  nodeTaintsPolicy: NodeInclusion.HONOR,
};
const RULE = [LabelRule.in('app', ['db'])];
const SCHEDULING: Required<Scheduling> = {
  affinity: [
    Affinity.toNodes([LabelRule.exists('gpu'), LabelRule.notIn('zone', ['b'])]),
    Affinity.toNodes([LabelRule.doesNotExist('old'), LabelRule.in('zone', ['a'])], { weight: 100 }),
    Affinity.toPods(RULE, { topologyKey: 'zone', namespaces: ['apps'] }),
    Affinity.toPods(RULE, { weight: 1 }),
    Affinity.apartFromPods(RULE),
    Affinity.apartFromPods(RULE, { weight: 50, topologyKey: 'zone' }),
  ],
  tolerations: [Toleration.equals('dedicated', 'vm', TaintEffect.NO_SCHEDULE)],
  topologySpread: [SPREAD],
  priorityClassName: 'high',
  schedulerName: 'second',
};

/** Processors of which everything is said. */
export const EVERY_CPU: Required<GuestCpu> = {
  cores: 2,
  sockets: 1,
  threads: 2,
  maxSockets: 4,
  model: 'host-passthrough',
  features: [FEATURE],
  dedicated: true,
  isolateEmulatorThread: true,
  numaPassthrough: true,
  realtime: true,
  realtimeMask: '0-1',
};

/** Timers of which everything is said. */
export const EVERY_TIMER: Required<GuestTimers> = { hpet: TIMER, hyperv: true, kvm: false, pit: TIMER, rtc: RTC };

/** All features of the board. */
export const EVERY_FEATURE: Required<GuestFeatures> = {
  acpi: true,
  apic: true,
  apicEndOfInterrupt: true,
  kvmHidden: true,
  pvSpinlock: false,
  smm: true,
};

/** All enlightenments. */
export const EVERY_ENLIGHTENMENT: Required<HyperVFeatures> = {
  evmcs: true,
  frequencies: true,
  ipi: true,
  reenlightenment: true,
  relaxed: true,
  reset: true,
  runtime: true,
  spinlockRetries: 8191,
  synic: true,
  synicTimer: true,
  synicTimerDirect: true,
  tlbFlush: true,
  tlbFlushDirect: true,
  tlbFlushExtended: false,
  vapic: true,
  vendorId: 'KVM Hv',
  vpIndex: true,
};

/** All devices. */
export const EVERY_DEVICE: Required<GuestDevices> = {
  rng: true,
  networkMultiqueue: true,
  blockMultiqueue: true,
  graphics: true,
  videoType: 'virtio',
  serialConsole: true,
  logSerialConsole: false,
  memoryBalloon: false,
  vsock: true,
  tablets: [TABLET],
  watchdog: WatchdogAction.RESET,
  watchdogName: 'guard',
  downwardMetrics: true,
  panicDevices: [PanicDeviceModel.PVPANIC],
  disableHotplug: true,
  inputDevice: true,
  sound: SoundModel.ICH9,
  gpus: [CLAIMED],
  hostDevices: [
    { ...DEVICE, name: 'card' },
    { name: 'usb', claimName: 'gpus', requestName: 'two' },
  ],
  clientPassthrough: true,
  useVirtioTransitional: false,
};

/** The machine of which everything is said. */
export const EVERY_MACHINE_PROP: Required<MachineProps> = {
  architecture: Architecture.AMD64,
  machineType: 'q35',
  features: EVERY_FEATURE,
  hyperv: HyperV.of(EVERY_ENLIGHTENMENT),
  clock: Clock.utc({ timers: EVERY_TIMER }),
  tpm: Tpm.persistent(),
  devices: EVERY_DEVICE,
  ioThreads: IoThreads.supplementalPool(4),
  launchSecurity: LaunchSecurity.sevEs(),
  maxMemory: Size.gibibytes(8),
  hugepages: Size.mebibytes(2),
  reservedOverhead: { addedOverhead: Size.mebibytes(256), memLock: MemoryLock.REQUIRED },
  memoryLeftOpen: false,
  chassis: CHASSIS,
  resourceClaims: [ResourceClaim.fromClaimName('gpus', 'shared-gpus'), ResourceClaim.fromTemplateName('net', 'cards')],
};

/** The lifecycle of which everything is said, but that it starts paused, where nothing is asked whether it lives. */
export const EVERY_LIFECYCLE_PROP: Required<Omit<LifecycleProps, 'startStrategy'>> = {
  terminationGracePeriod: Duration.minutes(2),
  subdomain: 'shop',
  dns: DNS,
  scheduling: SCHEDULING,
  accessCredentials: [
    AccessCredential.sshKeysByCloudInit('keys'),
    AccessCredential.sshKeysByGuestAgent('keys', ['root']),
    AccessCredential.passwordsByGuestAgent('passwords'),
  ],
  readinessProbe: GuestProbe.httpGet(8080, HTTP_PROBE),
  livenessProbe: GuestProbe.guestAgentPing(PROBE),
  rebootPolicy: RebootPolicy.TERMINATE,
  serviceAccountName: 'robot',
};

/** All of these together. */
export const EVERY_PROP: Required<MachineProps & Omit<LifecycleProps, 'startStrategy'>> &
  Pick<BootableVMProps, 'cpu' | 'cloudInit' | 'firmware' | 'updateVolumesStrategy'> = {
  ...EVERY_MACHINE_PROP,
  ...EVERY_LIFECYCLE_PROP,
  cpu: EVERY_CPU,
  cloudInit: CloudInit.fromSecretName('user'),
  firmware: Firmware.uefi(),
  updateVolumesStrategy: UpdateVolumesStrategy.MIGRATION,
};
