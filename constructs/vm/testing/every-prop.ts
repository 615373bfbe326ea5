import { Duration, Size } from 'cdk8s';
import { BootableVMProps } from '../bootable-vm-props';
import { Clock, GuestTimer, GuestTimers, TickPolicy } from '../clock';
import { CpuFeature, CpuFeaturePolicy, GuestCpu } from '../guest-cpu';
import { GuestDevices, GuestTablet, InputBus, NodeDevice, WatchdogAction } from '../guest-devices';
import { GuestFeatures } from '../guest-features';
import { HyperV, HyperVFeatures } from '../hyperv';
import { IoThreads } from '../io-threads';
import { LaunchSecurity } from '../launch-security';
import { Architecture, LifecycleProps, MachineProps } from '../machine-props';
import { UpdateVolumesStrategy } from '../run-strategy';
import { Tpm } from '../tpm';

const FEATURE: Required<CpuFeature> = { name: 'vmx', policy: CpuFeaturePolicy.REQUIRE };
const TIMER: Required<GuestTimer> = { present: true, tickPolicy: TickPolicy.CATCHUP };
const TABLET: Required<GuestTablet> = { name: 'tablet', bus: InputBus.VIRTIO };
const DEVICE: Required<NodeDevice> = { name: 'gpu', deviceName: 'nvidia.com/P40', tag: 'first' };

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
export const EVERY_TIMER: Required<GuestTimers> = { hpet: TIMER, hyperv: true, kvm: false, pit: TIMER, rtc: TIMER };

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
  tlbFlush: false,
  vapic: true,
  vendorId: 'KVM Hv',
  vpIndex: true,
};

/** All devices. */
export const EVERY_DEVICE: Required<GuestDevices> = {
  rng: true,
  networkMultiqueue: true,
  blockMultiqueue: true,
  graphics: false,
  videoType: 'virtio',
  serialConsole: true,
  logSerialConsole: false,
  memoryBalloon: false,
  vsock: true,
  tablets: [TABLET],
  watchdog: WatchdogAction.RESET,
  gpus: [DEVICE],
  hostDevices: [{ ...DEVICE, name: 'card' }],
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
};

/** The lifecycle of which everything is said. */
export const EVERY_LIFECYCLE_PROP: Required<LifecycleProps> = {
  terminationGracePeriod: Duration.minutes(2),
  subdomain: 'shop',
  updateVolumesStrategy: UpdateVolumesStrategy.MIGRATION,
};

/** All of these together. */
export const EVERY_PROP: Required<MachineProps & LifecycleProps> & Pick<BootableVMProps, 'cpu'> = {
  ...EVERY_MACHINE_PROP,
  ...EVERY_LIFECYCLE_PROP,
  cpu: EVERY_CPU,
};
