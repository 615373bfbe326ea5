import { Duration, Size } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-27';
import * as kv from '../../constructs';
import { EVERY_ENLIGHTENMENT, EVERY_FEATURE, EVERY_TIMER } from '../../constructs/vm/testing/every-prop';
import { everyMachine, everyVmMachine, NO_ENLIGHTENMENT } from './every-machine';
import { made, METADATA, without } from './manifests';

const SIZE = Size.gibibytes(1);
const LABELS = { a: 'b' };
const RULES = [kv.LabelRule.in('a', ['b'])];

/** VirtualMachines that between them say all that the constructs can say. */
export function everyVm(): unknown[] {
  return made((chart) => everyVmMachine((id, props) => new kv.BootableVM(chart, id, props)));
}

/** What a VM says beside its machine, and a template beside an instance. */
const OF_VM = ['updateVolumesStrategy', 'runStrategy'] as const;
const OF_TEMPLATE = ['templateLabels', 'templateAnnotations'] as const;

/** VirtualMachinePools of every machine, and one of which all else is said. */
export function everyPool(): unknown[] {
  const node: kv.PoolSelection = {
    sortPolicy: kv.PoolSortPolicy.NEWEST,
    matchLabels: LABELS,
    rules: [kv.LabelRule.in('a', ['b'])],
    nodeRules: [kv.LabelRule.in('a', ['b'])],
  };
  const statePreservation = kv.PoolStatePreservation.OFFLINE;
  const strategies: Partial<kv.VirtualMachinePoolProps>[] = [
    {
      scaleInStrategy: kv.PoolScaleIn.proactive({ selection: node, statePreservation }),
      updateStrategy: kv.PoolUpdate.proactive(node),
    },
    {
      scaleInStrategy: kv.PoolScaleIn.opportunistic(statePreservation),
      updateStrategy: kv.PoolUpdate.opportunistic(),
    },
    { scaleInStrategy: kv.PoolScaleIn.unmanaged(), updateStrategy: kv.PoolUpdate.unmanaged() },
  ];
  const fleet: Partial<kv.VirtualMachinePoolProps> = {
    replicas: 2,
    selector: LABELS,
    selectorRules: RULES,
    paused: true,
    vmLabels: LABELS,
    vmAnnotations: LABELS,
    maxUnavailable: PercentOrAbsolute.percent(50),
    nameGeneration: { appendIndexToConfigMapRefs: true, appendIndexToSecretRefs: true },
    autohealing: { startUpFailureThreshold: 2, minFailingToStartDuration: Duration.minutes(1) },
  };
  const bootDisk = kv.ContainerDisk.of('example.com/a:1');
  return made((chart) => {
    everyVmMachine((id, props) => new kv.VirtualMachinePool(chart, id, props));
    strategies.forEach(
      (strategy, index) =>
        new kv.VirtualMachinePool(chart, `fleet-${index}`, { bootDisk, memory: SIZE, ...fleet, ...strategy }),
    );
  });
}

/** VirtualMachineInstanceReplicaSets of every machine. */
export function everyReplicaSet(): unknown[] {
  const fleet = { replicas: 1, paused: true, selector: LABELS, selectorRules: RULES };
  return made((chart) =>
    everyMachine(
      (id, props) => new kv.VirtualMachineInstanceReplicaSet(chart, id, { ...without(props, ...OF_VM), ...fleet }),
    ),
  );
}

/** VirtualMachineInstances of every machine. */
export function everyInstance(): unknown[] {
  return made((chart) =>
    everyMachine((id, props) => new kv.VirtualMachineInstance(chart, id, without(props, ...OF_VM, ...OF_TEMPLATE))),
  );
}

/** Instance types. */
export function everyInstancetype(): unknown[] {
  const spec: Required<kv.InstancetypeSpec> = {
    cpu: {
      guest: 2,
      maxSockets: 4,
      model: 'host-passthrough',
      dedicated: true,
      isolateEmulatorThread: true,
      numaPassthrough: true,
      realtime: true,
      realtimeMask: '0-1',
    },
    memory: SIZE,
    maxMemory: Size.gibibytes(2),
    hugepages: Size.mebibytes(2),
    overcommitPercent: 0,
    gpus: GPUS.slice(0, 1),
    hostDevices: GPUS.map((gpu) => ({ ...without(gpu, 'display', 'ramFb'), name: `host-${gpu.name}` })),
    ioThreads: kv.IoThreads.supplementalPool(2),
    launchSecurity: kv.LaunchSecurity.sevEs(SEV),
    nodeSelector: LABELS,
    schedulerName: 'second',
    templateAnnotations: LABELS,
  };
  return made((chart) => {
    for (const [index, launchSecurity] of SECURITY.entries()) {
      new kv.VirtualMachineInstancetype(chart, `type-${index}`, {
        ...METADATA,
        ...spec,
        gpus: GPUS.slice(1),
        launchSecurity,
      });
      new kv.VirtualMachineInstancetype(chart, `named-${index}`, { ...METADATA, ...spec, launchSecurity });
      new kv.VirtualMachineClusterInstancetype(chart, `cluster-type-${index}`, { ...spec, launchSecurity });
      new kv.VirtualMachineClusterInstancetype(chart, `cluster-claimed-${index}`, {
        ...spec,
        gpus: GPUS.slice(1),
        launchSecurity,
      });
    }
  });
}

const SEV: kv.SevOptions = { attestation: true, session: 'a', dhCert: 'a' };
const SECURITY = [kv.LaunchSecurity.sevEs(SEV), kv.LaunchSecurity.snp(), kv.LaunchSecurity.tdx()];
const GPUS: kv.GuestGpu[] = [
  { name: 'one', deviceName: 'example.com/card', tag: 'a', display: true, ramFb: false },
  { name: 'two', claimName: 'a', requestName: 'b' },
];

/** Preferences. */
export function everyPreference(): unknown[] {
  return made((chart) => {
    for (const [index, given] of PREFERENCES.entries()) {
      new kv.VirtualMachinePreference(chart, `preference-${index}`, { ...METADATA, ...given });
      new kv.VirtualMachineClusterPreference(chart, `cluster-preference-${index}`, given);
    }
  });
}

const PREFERRED_DEVICES: Required<kv.PreferredDevices> = {
  diskBus: kv.DiskBus.VIRTIO,
  cdromBus: kv.DiskBus.SATA,
  lunBus: kv.DiskBus.SCSI,
  diskCache: kv.DiskCache.NONE,
  diskIo: kv.DiskIo.NATIVE,
  diskBlockSize: kv.BlockSize.matchVolume(),
  diskDedicatedIoThread: true,
  interfaceModel: kv.InterfaceModel.E1000E,
  interfaceMasquerade: true,
  podInterface: true,
  networkMultiqueue: true,
  blockMultiqueue: true,
  rng: true,
  tpm: kv.Tpm.persistent(),
  videoType: 'virtio',
  gpuDisplay: true,
  gpuRamFb: false,
  soundModel: kv.SoundModel.ICH9,
  panicDeviceModel: kv.PanicDeviceModel.HYPERV,
  inputBus: kv.InputBus.USB,
  tablet: true,
  graphics: true,
  serialConsole: true,
  memoryBalloon: true,
  disableHotplug: true,
  useVirtioTransitional: true,
};
const PREFERENCE: Required<Omit<kv.PreferenceSpec, 'firmware'>> = {
  cpu: {
    topology: kv.PreferredCpuTopology.SPREAD,
    spread: { across: kv.SpreadAcross.SOCKETS_CORES, ratio: 4 },
    features: [{ name: 'vmx', policy: kv.CpuFeaturePolicy.REQUIRE }],
  },
  devices: PREFERRED_DEVICES,
  features: EVERY_FEATURE,
  hyperv: kv.HyperV.of(EVERY_ENLIGHTENMENT),
  clock: kv.Clock.inTimezone('Europe/Zurich', { timers: EVERY_TIMER }),
  machineType: 'q35',
  architecture: kv.Architecture.AMD64,
  launchSecurity: kv.LaunchSecurity.sevEs(SEV),
  subdomain: 'desktops',
  terminationGracePeriod: Duration.hours(1),
  storageClassName: 'fast',
  requirements: { cpu: 2, memory: SIZE, architecture: kv.Architecture.AMD64 },
  templateAnnotations: LABELS,
};
const PREFERENCES: readonly kv.PreferenceSpec[] = [
  { ...PREFERENCE, firmware: kv.Firmware.secureBoot({ persistent: true }) },
  {
    firmware: kv.Firmware.bios({ useSerial: true }),
    clock: kv.Clock.utc({ offsetSeconds: 60, timers: { hyperv: false } }),
  },
  { launchSecurity: kv.LaunchSecurity.snp(), devices: { tpm: kv.Tpm.disabled() } },
  {
    launchSecurity: kv.LaunchSecurity.tdx(),
    hyperv: kv.HyperV.of(NO_ENLIGHTENMENT),
    features: { acpi: false, apic: false, smm: false },
    devices: {
      diskBlockSize: kv.BlockSize.custom({ logical: 512, physical: 4096, discardGranularity: 0 }),
    },
  },
  { hyperv: kv.HyperV.of({ tlbFlush: true, tlbFlushDirect: false, synicTimer: true, synicTimerDirect: false }) },
];
