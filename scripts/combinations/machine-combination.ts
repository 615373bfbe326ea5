import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, DnsPolicy, PercentOrAbsolute, Protocol, ServiceType, TaintEffect } from 'cdk8s-plus-27';
import * as kv from '../../constructs';
import { randomClaim, randomDisk, randomOptions, randomVolume } from './disk-combination';
import { randomCloudInit } from './guest-combination';
import { Random } from './random';

const SIZES = [Size.kibibytes(500), Size.mebibytes(512), Size.mebibytes(1025), Size.gibibytes(1), Size.gibibytes(4)];
const PAGES = [Size.mebibytes(2), Size.gibibytes(1), Size.gibibytes(3)];
const DNS = kv.GuestPort.udp('dns', 53);
const TIMES = [Cpu.millis(500), Cpu.units(1), Cpu.units(2), Cpu.units(4)];

/** A VM, or machines that are made alike, of any props, with disks that are attached later, and a Service. */
export function makeMachine(random: Random, chart: Chart): kv.Machine {
  const machine = random.pick<() => kv.Machine>([
    () => new kv.BootableVM(chart, 'web', { ...randomMachine(random, randomDisk), ...randomVm(random) }),
    () => new kv.BootableVM(chart, 'web', { ...randomMachine(random, randomDisk), ...randomVm(random) }),
    () => new kv.BootableVM(chart, 'web', { ...randomMachine(random, randomDisk), ...randomVm(random) }),
    () =>
      new kv.VirtualMachinePool(chart, 'web', {
        ...randomMachine(random, randomDisk),
        ...randomVm(random),
        ...randomFleet(random),
        ...randomPool(random),
      }),
    () =>
      new kv.VirtualMachineInstanceReplicaSet(chart, 'web', {
        ...randomMachine(random, randomPlainDisk),
        ...randomFleet(random),
      }),
    () => new kv.VirtualMachineInstance(chart, 'web', randomMachine(random, randomPlainDisk)),
  ])();
  const lateDisk = machine instanceof kv.BootableVM ? randomDisk : randomPlainDisk;
  if (random.chance(0.2)) machine.attach(lateDisk(random, 'late'), randomOptions(random, false));
  if (random.chance(0.15)) machine.expose(randomService(random));
  return machine;
}

type MakeDisk = (random: Random, name: string) => kv.IVolume;

/** A disk that no template makes. */
function randomPlainDisk(random: Random, name: string): kv.IVolume {
  return random.chance(0.5) ? randomVolume(random) : randomClaim(random, name);
}

function randomMachine(random: Random, disk: MakeDisk): kv.InstanceProps {
  return {
    bootDisk: disk(random, 'boot'),
    bootDiskOptions: random.maybe(() => randomOptions(random, true)),
    secondaryDisks: random.some(2, (index) => ({
      disk: disk(random, `disk-${index}`),
      ...randomOptions(random, false),
    })),
    memory: random.pickMaybe(SIZES, 0.9),
    ...randomBoard(random),
    ...randomLife(random),
    networks: random.maybe(() => random.some(3, () => randomNetwork(random)), 0.4),
  };
}

function randomVm(random: Random): Partial<kv.BootableVMProps> {
  return {
    runStrategy: random.pickMaybe(Object.values(kv.RunStrategy)),
    updateVolumesStrategy: random.pickMaybe(Object.values(kv.UpdateVolumesStrategy)),
    instancetype: random.maybe(() => randomInstancetype(random), 0.1),
    preference: random.maybe(() => randomPreference(random), 0.1),
  };
}

function randomFleet(random: Random): kv.FleetProps {
  return {
    replicas: random.pickMaybe([0, 2]),
    selector: random.pickMaybe<Record<string, string>>([{ app: 'web' }, {}]),
    selectorRules: random.maybe(() => [random.pick([kv.LabelRule.exists('app'), kv.LabelRule.notIn('app', ['web'])])]),
    paused: random.flag(),
  };
}

function randomPool(random: Random): Partial<kv.VirtualMachinePoolProps> {
  return {
    maxUnavailable: random.pickMaybe([PercentOrAbsolute.percent(50), PercentOrAbsolute.absolute(0)]),
    nameGeneration: random.maybe(() => ({ appendIndexToSecretRefs: random.flag() })),
    scaleInStrategy: random.pickMaybe([kv.PoolScaleIn.unmanaged(), kv.PoolScaleIn.proactive()]),
    updateStrategy: random.pickMaybe([kv.PoolUpdate.opportunistic(), kv.PoolUpdate.proactive()]),
    autohealing: random.maybe(() => ({ startUpFailureThreshold: random.pickMaybe([0, 1]) })),
    vmLabels: random.pickMaybe<Record<string, string>>([{ app: 'web' }, { tier: 'a' }]),
  };
}

function randomService(random: Random): kv.VmServiceOptions {
  const headless = random.flag();
  return {
    ports: random.some(2, () => random.pick([kv.GuestPort.ssh(), kv.GuestPort.http({ nodePort: 30080 }), DNS])),
    type: random.pickMaybe([ServiceType.CLUSTER_IP, ServiceType.NODE_PORT, ServiceType.LOAD_BALANCER]),
    headless,
    selector: random.pickMaybe([{ app: 'web' }]),
    externalTrafficPolicy: random.pickMaybe(Object.values(kv.ExternalTrafficPolicy)),
    sessionAffinity: random.pickMaybe(Object.values(kv.SessionAffinity)),
    sessionAffinityTimeout: random.pickMaybe([Duration.hours(1), Duration.days(2)]),
    loadBalancerClass: random.pickMaybe(['a']),
    ipFamilyPolicy: random.pickMaybe(Object.values(kv.IpFamilyPolicy)),
    clusterIps: random.pickMaybe([['10.0.0.1'], ['a']], 0.1),
    publishNotReadyAddresses: random.flag(),
  };
}

function randomBoard(random: Random): Partial<kv.InstanceProps> {
  return {
    cpu: random.maybe(() => randomCpu(random), 0.4),
    maxMemory: random.pickMaybe(SIZES, 0.1),
    hugepages: random.pickMaybe(PAGES),
    reservedOverhead: random.maybe(() => ({ memLock: random.pick(Object.values(kv.MemoryLock)) }), 0.05),
    resources: random.maybe(() => randomResources(random)),
    architecture: random.pickMaybe(Object.values(kv.Architecture)),
    machineType: random.pickMaybe(['q35', 'pc-q35-rhel9.4.0', 'virt', 's390-ccw-virtio'], 0.1),
    firmware: random.maybe(() => randomFirmware(random)),
    features: random.maybe(() => ({ acpi: random.flag(), apic: random.flag(), smm: random.flag() })),
    hyperv: random.maybe(() => randomHyperV(random)),
    clock: random.maybe(() => kv.Clock.utc({ offsetSeconds: random.pickMaybe([0, -60]) })),
    tpm: random.pickMaybe([kv.Tpm.persistent(), kv.Tpm.volatile(), kv.Tpm.disabled()]),
    devices: random.maybe(() => randomDevices(random), 0.4),
    ioThreads: random.pickMaybe([kv.IoThreads.auto(), kv.IoThreads.shared(), kv.IoThreads.supplementalPool(2)]),
    launchSecurity: random.maybe(() => randomSecurity(random), 0.1),
    resourceClaims: random.maybe(() => [kv.ResourceClaim.fromTemplateName('cards', 'a')]),
    chassis: random.maybe(() => ({ asset: 'a' }), 0.05),
  };
}

function randomLife(random: Random): Partial<kv.InstanceProps> {
  return {
    evictionStrategy: random.pickMaybe([kv.EvictionStrategy.NONE, kv.EvictionStrategy.EXTERNAL]),
    startStrategy: random.pickMaybe(Object.values(kv.StartStrategy), 0.1),
    rebootPolicy: random.pickMaybe(Object.values(kv.RebootPolicy), 0.1),
    hostname: random.pickMaybe(['web', 'Web']),
    subdomain: random.pickMaybe(['shop', 'a.b', 'A']),
    serviceAccountName: random.pickMaybe(['robot'], 0.1),
    terminationGracePeriod: random.pickMaybe([Duration.seconds(0), Duration.minutes(1)]),
    dns: random.maybe(() => ({
      policy: random.pickMaybe(Object.values(DnsPolicy)),
      nameservers: random.maybe(() => random.some(4, () => random.pick(['192.0.2.1', '192.0.2.2', 'fd00::1', 'a']))),
      searches: random.pickMaybe([['example.com'], ['A.b']]),
    })),
    scheduling: random.maybe(() => ({
      tolerations: [kv.Toleration.exists('a', random.pickMaybe(Object.values(TaintEffect)))],
      affinity: [kv.Affinity.apartFromPods([kv.LabelRule.in('a', ['b'])], { weight: random.pickMaybe([1, 100, 101]) })],
    })),
    cloudInit: random.maybe(() => randomCloudInit(random), 0.4),
    accessCredentials: random.maybe(() => random.some(2, () => randomCredential(random))),
    readinessProbe: random.maybe(() => randomProbe(random)),
    livenessProbe: random.maybe(() => randomProbe(random)),
  };
}

function randomCpu(random: Random): kv.GuestCpu {
  const counts = [0, 1, 2, 3];
  return {
    cores: random.pickMaybe(counts, 0.5),
    sockets: random.pickMaybe(counts),
    threads: random.pickMaybe(counts),
    maxSockets: random.pickMaybe([1, 4]),
    model: random.pickMaybe(['host-passthrough', 'host-model', 'Skylake-Server']),
    features: random.maybe(() => [{ name: 'vmx', policy: random.pick(Object.values(kv.CpuFeaturePolicy)) }]),
    dedicated: random.flag(0.5),
    isolateEmulatorThread: random.flag(),
    numaPassthrough: random.flag(),
    realtime: random.flag(),
  };
}

function randomResources(random: Random): kv.VmResources {
  return {
    memoryRequest: random.pickMaybe(SIZES, 0.5),
    memoryLimit: random.pickMaybe(SIZES, 0.3),
    cpuRequest: random.pickMaybe(TIMES, 0.3),
    cpuLimit: random.pickMaybe(TIMES, 0.3),
    overcommitGuestOverhead: random.flag(),
  };
}

function randomFirmware(random: Random): kv.Firmware {
  const options: kv.FirmwareOptions = {
    kernelBoot: random.maybe(() =>
      kv.KernelBoot.fromImage('a', {
        kernelPath: random.pickMaybe(['/boot/a', 'boot'], 0.7),
        initrdPath: random.pickMaybe(['/boot/b', '/']),
      }),
    ),
    acpiTables: random.maybe(() => ({ slicSecretName: random.pickMaybe(['slic'], 0.7) })),
  };
  return random.pick([kv.Firmware.bios, kv.Firmware.uefi, kv.Firmware.secureBoot])(options);
}

/** What of Hyper-V a guest finds. */
export function randomHyperV(random: Random): kv.HyperV {
  if (random.chance(0.3)) return random.pick([kv.HyperV.recommended(), kv.HyperV.passthrough()]);
  return kv.HyperV.of({
    evmcs: random.flag(),
    ipi: random.flag(),
    synic: random.flag(),
    synicTimer: random.flag(),
    tlbFlush: random.flag(),
    vapic: random.flag(),
    vpIndex: random.flag(),
  });
}

function randomDevices(random: Random): kv.GuestDevices {
  return {
    rng: random.flag(),
    networkMultiqueue: random.flag(),
    blockMultiqueue: random.flag(),
    graphics: random.flag(),
    videoType: random.pickMaybe(['virtio', 'vga', 'ramfb', 'qxl']),
    serialConsole: random.flag(),
    memoryBalloon: random.flag(),
    vsock: random.flag(),
    downwardMetrics: random.flag(),
    tablets: random.maybe(() => [{ name: 'tablet', bus: random.pickMaybe(Object.values(kv.InputBus)) }]),
    inputDevice: random.flag(),
    sound: random.pickMaybe(Object.values(kv.SoundModel)),
    watchdog: random.pickMaybe(Object.values(kv.WatchdogAction)),
    panicDevices: random.maybe(() => [random.pick(Object.values(kv.PanicDeviceModel))]),
    gpus: random.maybe(() => random.some(2, (index) => ({ ...randomNodeDevice(random, index), ramFb: random.flag() }))),
    hostDevices: random.maybe(() => random.some(2, (index) => randomNodeDevice(random, index))),
    disableHotplug: random.flag(0.05),
  };
}

function randomNodeDevice(random: Random, index: number): kv.NodeDevice {
  return {
    name: `device-${index}`,
    deviceName: random.pickMaybe(['example.com/card'], 0.8),
    claimName: random.pickMaybe(['cards'], 0.2),
    requestName: random.pickMaybe(['one'], 0.2),
  };
}

/** Memory that the node cannot read. */
export function randomSecurity(random: Random): kv.LaunchSecurity {
  const options = { attestation: random.flag() };
  return random.pick<() => kv.LaunchSecurity>([
    () => kv.LaunchSecurity.sev(options),
    () => kv.LaunchSecurity.sevEs(options),
    () => kv.LaunchSecurity.snp(),
    () => kv.LaunchSecurity.tdx(),
    () => kv.LaunchSecurity.secureExecution(),
  ])();
}

function randomNetwork(random: Random): kv.GuestNetwork {
  const options: kv.GuestNetworkOptions = {
    name: random.pickMaybe(['default', 'front', 'a.b']),
    binding: random.pickMaybe(Object.values(kv.NetworkBinding), 0.3),
    bindingPlugin: random.pickMaybe(['passt'], 0.05),
    model: random.pickMaybe(Object.values(kv.InterfaceModel)),
    macAddress: random.pickMaybe(['02:00:00:00:00:01', '02:00:00:00:00:00', '02:00']),
    pciAddress: random.pickMaybe(['0000:82:01.0', 'a'], 0.05),
    bootOrder: random.pickMaybe([0, 1, 2], 0.1),
    state: random.pickMaybe(Object.values(kv.InterfaceState)),
    dhcp: random.maybe(() => ({
      ntpServers: random.pickMaybe([['192.0.2.1'], ['ntp.example.com']]),
      privateOptions: random.maybe(() => random.some(2, () => ({ option: random.pick([223, 224, 254]), value: 'a' }))),
    })),
  };
  return random.pick<() => kv.GuestNetwork>([
    () => kv.GuestNetwork.pod({ ...options, ...randomPorts(random) }),
    () => kv.GuestNetwork.multus(random.pick(['lan', 'infra/wan']), { ...options, isDefault: random.flag() }),
    () => kv.GuestNetwork.resourceClaim('cards', random.pick(['one', 'two']), options),
  ])();
}

function randomPorts(random: Random): kv.PodNetworkOptions {
  return {
    tcpPorts: random.maybe(() => random.some(2, () => random.pick([0, 22, 65535]))),
    ports: random.maybe(() => random.some(2, () => randomPort(random))),
    portRanges: random.maybe(() => random.some(2, () => ({ start: random.pick([1, 20]), end: random.pick([10, 30]) }))),
  };
}

function randomPort(random: Random): kv.ForwardedPort {
  return {
    port: random.pick([22, 80]),
    protocol: random.pickMaybe([Protocol.TCP, Protocol.UDP, Protocol.SCTP]),
    name: random.pickMaybe(['ssh', 'web', 'Web', 'a--b']),
  };
}

function randomInstancetype(random: Random): kv.Instancetype {
  if (random.chance(0.5)) return kv.Instancetype.cluster('u1.medium');
  return kv.Instancetype.inferredFrom(random.pick(['rootdisk', 'disk-0']), randomInference(random));
}

function randomPreference(random: Random): kv.Preference {
  if (random.chance(0.5)) return kv.Preference.cluster('fedora');
  return kv.Preference.inferredFrom(random.pick(['rootdisk', 'disk-0']), randomInference(random));
}

function randomInference(random: Random): kv.InferenceOptions {
  return { failurePolicy: random.pickMaybe(Object.values(kv.InferenceFailurePolicy), 0.5) };
}

function randomCredential(random: Random): kv.AccessCredential {
  return random.pick<() => kv.AccessCredential>([
    () => kv.AccessCredential.sshKeysByCloudInit('keys'),
    () => kv.AccessCredential.sshKeysByConfigDrive('keys'),
    () => kv.AccessCredential.sshKeysByGuestAgent('keys', random.pick([['root'], []])),
    () => kv.AccessCredential.passwordsByGuestAgent('passwords'),
  ])();
}

function randomProbe(random: Random): kv.GuestProbe {
  const options = { successThreshold: random.pickMaybe([1, 2]) };
  return random.pick<() => kv.GuestProbe>([
    () => kv.GuestProbe.httpGet(80, options),
    () => kv.GuestProbe.tcpSocket(22, options),
    () => kv.GuestProbe.exec(['true'], options),
    () => kv.GuestProbe.guestAgentPing(options),
  ])();
}
