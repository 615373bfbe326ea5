import { Duration, Size } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Architecture } from './architecture';
import { BlockSize } from './block-size';
import { Clock } from './clock';
import { DiskBus } from './disk-device';
import { DiskCache, DiskIo } from './disk-tuning';
import { InputBus, SoundModel } from './display-devices';
import { Firmware } from './firmware';
import { PanicDeviceModel } from './guest-channels';
import { CpuFeaturePolicy } from './guest-cpu';
import { HyperV } from './hyperv';
import { LaunchSecurity } from './launch-security';
import { InterfaceModel } from './network-card';
import { PreferenceRequirements } from './preference-spec';
import { PreferredCpu, PreferredCpuTopology, SpreadAcross } from './preferred-cpu';
import { PreferredDevices } from './preferred-devices';
import { Tpm } from './tpm';
import {
  VirtualMachineClusterPreference,
  VirtualMachinePreference,
  VirtualMachinePreferenceProps,
} from './virtual-machine-preference';

const DEVICES: Required<PreferredDevices> = {
  diskBus: DiskBus.VIRTIO,
  cdromBus: DiskBus.SATA,
  lunBus: DiskBus.SCSI,
  diskCache: DiskCache.NONE,
  diskIo: DiskIo.NATIVE,
  diskBlockSize: BlockSize.matchVolume(),
  diskDedicatedIoThread: true,
  interfaceModel: InterfaceModel.E1000E,
  interfaceMasquerade: true,
  podInterface: true,
  networkMultiqueue: true,
  blockMultiqueue: false,
  rng: true,
  tpm: Tpm.persistent(),
  videoType: 'virtio',
  gpuDisplay: true,
  gpuRamFb: false,
  soundModel: SoundModel.ICH9,
  panicDeviceModel: PanicDeviceModel.HYPERV,
  inputBus: InputBus.USB,
  tablet: true,
  graphics: true,
  serialConsole: false,
  memoryBalloon: false,
  disableHotplug: false,
  useVirtioTransitional: false,
};

describe('VirtualMachinePreference', () => {
  test('wants nothing by itself', () => {
    const preference = new VirtualMachinePreference(testChart('shop'), 'plain', {});
    expect(manifest(preference)).toEqual({
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachinePreference',
      metadata: { name: 'plain', namespace: 'shop' },
      spec: {},
    });
    expect(preference.preference._render()).toEqual({ kind: 'VirtualMachinePreference', name: 'plain' });
  });

  test('takes all props', () => {
    const cpu: Required<PreferredCpu> = {
      topology: PreferredCpuTopology.SPREAD,
      spread: { across: SpreadAcross.SOCKETS_CORES_THREADS, ratio: 4 },
      features: [{ name: 'vmx', policy: CpuFeaturePolicy.REQUIRE }],
    };
    const requirements: Required<PreferenceRequirements> = {
      cpu: 2,
      memory: Size.gibibytes(4),
      architecture: Architecture.AMD64,
    };
    const props: Required<VirtualMachinePreferenceProps> = {
      cpu,
      devices: DEVICES,
      features: { acpi: true, apic: true, kvmHidden: true, pvSpinlock: false },
      hyperv: HyperV.of({ relaxed: true }),
      clock: Clock.inTimezone('Europe/Zurich', { timers: { hyperv: true } }),
      firmware: Firmware.secureBoot({ persistent: true }),
      machineType: 'q35',
      architecture: Architecture.AMD64,
      launchSecurity: LaunchSecurity.tdx(),
      subdomain: 'desktops.office',
      terminationGracePeriod: Duration.hours(1),
      storageClassName: 'fast',
      requirements,
      templateAnnotations: { note: 'instance' },
      name: 'windows',
      namespace: 'shop',
      labels: { team: 'blue' },
      annotations: { note: 'preference' },
      overrides: { spec: { preferredSubdomain: 'other' } },
    };
    expect(manifest(new VirtualMachinePreference(testChart(), 'preference', props))).toEqual({
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachinePreference',
      metadata: { name: 'windows', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'preference' } },
      spec: {
        cpu: {
          preferredCPUTopology: 'spread',
          spreadOptions: { across: 'SocketsCoresThreads', ratio: 4 },
          preferredCPUFeatures: [{ name: 'vmx', policy: 'require' }],
        },
        devices: {
          preferredDiskBus: 'virtio',
          preferredCdromBus: 'sata',
          preferredLunBus: 'scsi',
          preferredDiskCache: 'none',
          preferredDiskIO: 'native',
          preferredDiskBlockSize: { matchVolume: { enabled: true } },
          preferredDiskDedicatedIoThread: true,
          preferredInterfaceModel: 'e1000e',
          preferredInterfaceMasquerade: {},
          preferredAutoattachPodInterface: true,
          preferredVirtualGPUOptions: { display: { enabled: true, ramFB: { enabled: false } } },
          preferredNetworkInterfaceMultiQueue: true,
          preferredBlockMultiQueue: false,
          preferredRng: {},
          preferredTPM: { persistent: true },
          preferredVideoType: 'virtio',
          preferredSoundModel: 'ich9',
          preferredPanicDeviceModel: 'hyperv',
          preferredInputBus: 'usb',
          preferredInputType: 'tablet',
          preferredAutoattachInputDevice: true,
          preferredAutoattachGraphicsDevice: true,
          preferredAutoattachSerialConsole: false,
          preferredAutoattachMemBalloon: false,
          preferredDisableHotplug: false,
          preferredUseVirtioTransitional: false,
        },
        features: {
          preferredAcpi: { enabled: true },
          preferredApic: { enabled: true },
          preferredKvm: { hidden: true },
          preferredPvspinlock: { enabled: false },
          preferredSmm: { enabled: true },
          preferredHyperv: { relaxed: {} },
        },
        clock: { preferredClockOffset: { timezone: 'Europe/Zurich' }, preferredTimer: { hyperv: {} } },
        firmware: { preferredEfi: { secureBoot: true, persistent: true } },
        machine: { preferredMachineType: 'q35' },
        preferredArchitecture: 'amd64',
        preferredLaunchSecurity: { tdx: {} },
        preferredSubdomain: 'other',
        preferredTerminationGracePeriodSeconds: 3600,
        volumes: { preferredStorageClassName: 'fast' },
        requirements: { cpu: { guest: 2 }, memory: { guest: '4Gi' }, architecture: 'amd64' },
        annotations: { note: 'instance' },
      },
    });
  });

  test('takes a BIOS', () => {
    const preference = new VirtualMachinePreference(testChart(), 'old', { firmware: Firmware.bios() });
    expect(manifest(preference).spec).toEqual({ firmware: { preferredUseBios: true } });
  });

  test.each<[string, object, string]>([
    ['an unknown topology', { cpu: { topology: 'preferSockets' } }, "'cpu.topology' must be 'sockets', 'cores'"],
    [
      'a spread of no spread',
      { cpu: { spread: {} } },
      "'cpu.topology' must be 'spread' with 'cpu.spread', got nothing",
    ],
    [
      'three threads a core',
      { cpu: { topology: 'spread', spread: { across: 'CoresThreads', ratio: 3 } } },
      "'cpu.spread.ratio' must be 2 across 'CoresThreads', got 3",
    ],
    ['all of Hyper-V', { hyperv: HyperV.passthrough() }, "'hyperv' must be HyperV.recommended() or HyperV.of(…)"],
    [
      'a serial number',
      { firmware: Firmware.uefi({ serial: 'A' }) },
      "'firmware' must not say 'serial' in a preference",
    ],
    ['an unknown bus', { devices: { diskBus: 'ide' } }, "'devices.diskBus' must be 'virtio'"],
    ['no processor', { requirements: { cpu: 0 } }, "'requirements.cpu' must be a whole number of at least 1, got 0"],
    ['a misspelt prop', { device: {} }, `got "device"; write 'devices'`],
  ])('fails when given %s', (_, props, message) => {
    const all = untyped<VirtualMachinePreferenceProps>(props);
    expect(failureOf(() => new VirtualMachinePreference(testChart(), 'plain', all))).toContain(message);
  });

  testEscapeHatch(
    (overrides) =>
      new VirtualMachinePreference(testChart(), 'plain', {
        labels: { app: 'web', gone: 'yes' },
        annotations: { note: 'yes' },
        overrides,
      }),
  );
});

describe('VirtualMachineClusterPreference', () => {
  test('is in no namespace', () => {
    const props = { devices: { rng: true }, hyperv: HyperV.recommended() };
    const preference = new VirtualMachineClusterPreference(testChart('shop'), 'windows', props);
    expect(manifest(preference)).toMatchObject({
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachineClusterPreference',
      metadata: { name: 'windows' },
      spec: { devices: { preferredRng: {} }, features: { preferredHyperv: { vapic: {} } } },
    });
    expect(manifest(preference).metadata).toEqual({ name: 'windows' });
    expect(preference.preference._render()).toEqual({ kind: 'VirtualMachineClusterPreference', name: 'windows' });
  });

  test('fails when given a namespace', () => {
    const make = () => new VirtualMachineClusterPreference(testChart(), 'windows', untyped({ namespace: 'shop' }));
    expect(failureOf(make)).toContain(`'props' must have known keys only, got "namespace"`);
  });
});
