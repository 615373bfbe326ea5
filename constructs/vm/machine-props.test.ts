import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Architecture } from './architecture';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { Clock } from './clock';
import { ContainerDisk } from './container-disk';
import { Firmware } from './firmware';
import { HyperV } from './hyperv';
import { Instancetype } from './instancetype';
import { IoThreads } from './io-threads';
import { LaunchSecurity } from './launch-security';
import { EVERY_PROP } from './testing/every-prop';
import { Tpm } from './tpm';

interface Spec {
  readonly updateVolumesStrategy?: string;
  readonly template: { readonly spec: { readonly domain: Record<string, unknown> & { readonly devices: object } } };
}

function made(props: Partial<BootableVMProps>): Spec {
  const bootDisk = ContainerDisk.of('quay.io/containerdisks/fedora:41');
  const memory = props.instancetype === undefined ? Size.gibibytes(4) : undefined;
  return manifest(new BootableVM(testChart(), 'web', { bootDisk, memory, ...props })).spec as Spec;
}

function domain(props: Partial<BootableVMProps>): Spec['template']['spec']['domain'] {
  return made(props).template.spec.domain;
}

describe('the machine of a BootableVM', () => {
  test('is all that its props say', () => {
    // A machine with realtime, NUMA or encrypted memory takes none while it runs.
    const { template, updateVolumesStrategy } = made({ ...EVERY_PROP, maxMemory: undefined });
    expect(updateVolumesStrategy).toBe('Migration');
    expect(template.spec).toMatchObject({
      architecture: 'amd64',
      terminationGracePeriodSeconds: 120,
      subdomain: 'shop',
      resourceClaims: [
        { name: 'gpus', resourceClaimName: 'shared-gpus' },
        { name: 'net', resourceClaimTemplateName: 'cards' },
      ],
    });
    const { devices, ...rest } = template.spec.domain;
    expect(rest).toEqual({
      machine: { type: 'q35' },
      firmware: { bootloader: { efi: { secureBoot: false } } },
      rebootPolicy: 'Terminate',
      chassis: { manufacturer: 'Example', version: '1', serial: 'S1', asset: 'A1', sku: 'K1' },
      cpu: {
        cores: 2,
        sockets: 1,
        threads: 2,
        maxSockets: 4,
        model: 'host-passthrough',
        features: [{ name: 'vmx', policy: 'require' }],
        dedicatedCpuPlacement: true,
        isolateEmulatorThread: true,
        numa: { guestMappingPassthrough: {} },
        realtime: { mask: '0-1' },
      },
      memory: {
        guest: '4Gi',
        hugepages: { pageSize: '2Mi' },
        reservedOverhead: { addedOverhead: '256Mi', memLock: 'Required' },
      },
      ioThreadsPolicy: 'supplementalPool',
      ioThreads: { supplementalPoolThreadCount: 4 },
      launchSecurity: { sev: { policy: { encryptedState: true } } },
      clock: {
        utc: {},
        timer: {
          hpet: { present: true, tickPolicy: 'catchup' },
          hyperv: {},
          kvm: { present: false },
          pit: { present: true, tickPolicy: 'catchup' },
          rtc: { present: true, tickPolicy: 'catchup', track: 'wall' },
        },
      },
      features: {
        acpi: { enabled: true },
        apic: { enabled: true, endOfInterrupt: true },
        kvm: { hidden: true },
        pvspinlock: { enabled: false },
        smm: { enabled: true },
        hyperv: {
          evmcs: {},
          frequencies: {},
          ipi: {},
          reenlightenment: {},
          relaxed: {},
          reset: {},
          runtime: {},
          spinlocks: { spinlocks: 8191 },
          synic: {},
          synictimer: { direct: {} },
          tlbflush: { direct: {}, extended: { enabled: false } },
          vapic: {},
          vendorid: { vendorid: 'KVM Hv' },
          vpindex: {},
        },
      },
    });
    expect(devices).toEqual({
      disks: [
        { name: 'rootdisk', disk: { bus: 'virtio' } },
        { name: 'cloudinitdisk', disk: { bus: 'virtio' } },
      ],
      interfaces: [{ name: 'default', masquerade: {} }],
      tpm: { persistent: true },
      rng: {},
      networkInterfaceMultiqueue: true,
      blockMultiQueue: true,
      autoattachGraphicsDevice: true,
      autoattachInputDevice: true,
      sound: { name: 'sound', model: 'ich9' },
      downwardMetrics: {},
      panicDevices: [{ model: 'pvpanic' }],
      disableHotplug: true,
      video: { type: 'virtio' },
      autoattachSerialConsole: true,
      logSerialConsole: false,
      autoattachMemBalloon: false,
      autoattachVSOCK: true,
      inputs: [{ name: 'tablet', type: 'tablet', bus: 'virtio' }],
      watchdog: { name: 'guard', i6300esb: { action: 'reset' } },
      gpus: [
        {
          name: 'claimed',
          claimName: 'gpus',
          requestName: 'one',
          tag: 'second',
          virtualGPUOptions: { display: { enabled: true, ramFB: { enabled: false } } },
        },
      ],
      hostDevices: [
        { name: 'card', deviceName: 'nvidia.com/P40', tag: 'first' },
        { name: 'usb', claimName: 'gpus', requestName: 'two' },
      ],
      clientPassthrough: {},
      useVirtioTransitional: false,
    });
  });

  test('keeps the system management mode of secure boot beside other features', () => {
    const props = { firmware: Firmware.secureBoot(), features: { acpi: false }, hyperv: HyperV.passthrough() };
    expect(domain(props).features).toEqual({
      smm: { enabled: true },
      acpi: { enabled: false },
      hypervPassthrough: { enabled: true },
    });
  });

  test('leaves out what is not said', () => {
    expect(domain({ features: {}, devices: { tablets: [], gpus: [], rng: false } })).toEqual({
      devices: {
        disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
        interfaces: [{ name: 'default', masquerade: {} }],
      },
      memory: { guest: '4Gi' },
    });
  });

  test.each<[string, Partial<BootableVMProps>, object]>([
    ['I/O threads that are shared', { ioThreads: IoThreads.shared() }, { ioThreadsPolicy: 'shared' }],
    ['I/O threads by number of processors', { ioThreads: IoThreads.auto() }, { ioThreadsPolicy: 'auto' }],
    ['SEV', { launchSecurity: LaunchSecurity.sev(), firmware: Firmware.uefi() }, { launchSecurity: { sev: {} } }],
    ['SEV-SNP', { launchSecurity: LaunchSecurity.snp(), firmware: Firmware.uefi() }, { launchSecurity: { snp: {} } }],
    ['TDX', { launchSecurity: LaunchSecurity.tdx(), firmware: Firmware.uefi() }, { launchSecurity: { tdx: {} } }],
    [
      'Secure Execution',
      { launchSecurity: LaunchSecurity.secureExecution(), architecture: Architecture.S390X },
      { launchSecurity: {} },
    ],
    ['a TPM that forgets', { tpm: Tpm.volatile() }, { devices: { tpm: {} } }],
    ['no TPM', { tpm: Tpm.disabled() }, { devices: { tpm: { enabled: false } } }],
    ['a clock of a place', { clock: Clock.inTimezone('Europe/Zurich') }, { clock: { timezone: 'Europe/Zurich' } }],
  ])('takes %s', (_, props, expected) => {
    expect(domain(props)).toMatchObject(expected);
  });

  test.each([
    [Size.gibibytes(8), '8Gi'],
    [Size.mebibytes(4098), '4098Mi'],
  ])('takes memory that is plugged in whole blocks: %j', (maxMemory, maxGuest) => {
    expect(domain({ maxMemory }).memory).toMatchObject({ maxGuest });
  });

  test('recommends every enlightenment that does not depend on the processor of the node', () => {
    expect(domain({ hyperv: HyperV.recommended() }).features).toEqual({
      hyperv: {
        frequencies: {},
        ipi: {},
        reenlightenment: {},
        relaxed: {},
        reset: {},
        runtime: {},
        spinlocks: { spinlocks: 8191 },
        synic: {},
        synictimer: { direct: {} },
        tlbflush: {},
        vapic: {},
        vpindex: {},
      },
    });
  });

  test('gives Windows what it wants', () => {
    const clock = Clock.inTimezone('Europe/Zurich', { timers: Clock.windowsTimers() });
    expect(domain({ hyperv: HyperV.recommended(), clock })).toMatchObject({
      clock: {
        timezone: 'Europe/Zurich',
        timer: { hpet: { present: false }, hyperv: {}, pit: { tickPolicy: 'delay' }, rtc: { tickPolicy: 'catchup' } },
      },
      features: { hyperv: { relaxed: {}, vapic: {}, spinlocks: { spinlocks: 8191 }, synictimer: { direct: {} } } },
    });
  });

  test.each<[string, object, string]>([
    ['an unknown device', { devices: { rgn: true } }, `'devices' must have known keys only, got "rgn"; it knows rng,`],
    ['a device that is no boolean', { devices: { rng: {} } }, "'devices.rng' must be true or false, got {}"],
    [
      'GPUs by name and by claim',
      {
        devices: {
          gpus: [
            { name: 'a', deviceName: 'x/y' },
            { name: 'b', claimName: 'c', requestName: 'd' },
          ],
        },
      },
      "'devices.gpus' must all have a 'deviceName', or all a 'claimName'",
    ],
    [
      'a GPU of a claim without a request',
      { devices: { gpus: [{ name: 'a', claimName: 'c' }] } },
      "'devices.gpus[0].requestName' must be given together with 'claimName', got nothing",
    ],
    [
      'a GPU of a request without a claim',
      { devices: { gpus: [{ name: 'a', requestName: 'd' }] } },
      `'devices.gpus[0].requestName' must be given together with 'claimName', got "d"`,
    ],
    [
      'a GPU by name and by claim',
      { devices: { gpus: [{ name: 'a', deviceName: 'x/y', claimName: 'c', requestName: 'd' }] } },
      "'devices.gpus[0].deviceName' must be given, or 'claimName' and 'requestName', not both",
    ],
    [
      'two screens of GPUs',
      {
        devices: {
          gpus: ['a', 'b'].map((name) => ({ name, deviceName: 'x/y', display: true, ramFb: true })),
        },
      },
      `'devices.gpus' must have one display with 'ramFb', got ["a","b"]`,
    ],
    ['a GPU without a resource', { devices: { gpus: [{ name: 'a' }] } }, "'devices.gpus[0].deviceName' must be given"],
    ['a tablet without a name', { devices: { tablets: [{}] } }, "'devices.tablets[0].name' must be given, got nothing"],
    ['an unknown architecture', { architecture: 'x86' }, "'architecture' must be 'amd64', 'arm64' or 's390x'"],
    [
      'seconds for a duration',
      { terminationGracePeriod: 30 },
      'be a Duration of cdk8s, got 30; write Duration.seconds(30)',
    ],
    ['half a second', { terminationGracePeriod: Duration.millis(500) }, 'be a whole number of at least 0, got 0.5'],
    [
      'less memory at the most',
      { maxMemory: Size.gibibytes(2) },
      `'maxMemory' must be at least the 'memory' of the guest`,
    ],
    [
      'memory that is plugged beside real-time processors',
      { maxMemory: Size.gibibytes(8), cpu: { cores: 2, dedicated: true, realtime: true } },
      `'maxMemory' must not be given beside 'cpu.realtime', got "8Gi"`,
    ],
    [
      'memory that is plugged beside encryption',
      { maxMemory: Size.gibibytes(8), launchSecurity: EVERY_PROP.launchSecurity },
      `'maxMemory' must not be given beside 'launchSecurity', got "8Gi"`,
    ],
    [
      'dedicated processors that are asked for in another number',
      { cpu: { cores: 2, dedicated: true }, resources: { cpuRequest: Cpu.units(3), cpuLimit: Cpu.units(3) } },
      `'resources.cpuRequest' must be the 2 processors of the guest with dedicated ones, got "3"; leave it out`,
    ],
    [
      'dedicated processors that are limited to another number',
      { cpu: { cores: 2, dedicated: true }, resources: { cpuLimit: Cpu.units(3) } },
      `'resources.cpuLimit' must be the 2 processors of the guest with dedicated ones, got "3"; leave it out`,
    ],
    [
      'dedicated processors beside a limit of memory that differs',
      {
        cpu: { cores: 2, dedicated: true },
        resources: { memoryRequest: Size.gibibytes(4), memoryLimit: Size.gibibytes(6) },
      },
      `'resources.memoryRequest' must equal the limit "6Gi" with dedicated processors, got "4Gi"`,
    ],
    [
      'pages that do not fit',
      { hugepages: Size.gibibytes(3) },
      `'hugepages' must divide the 'memory' of the guest "4Gi"`,
    ],
    [
      'hugepages beside an instance type',
      { memory: undefined, instancetype: Instancetype.cluster('u1.medium'), hugepages: Size.mebibytes(2) },
      "'hugepages' must not be given beside an instancetype",
    ],
    [
      'secure boot without SMM',
      { firmware: Firmware.secureBoot(), features: { smm: false } },
      "'features.smm' must be left out or true",
    ],
    ['an isolated emulator alone', { cpu: { isolateEmulatorThread: true } }, "without 'cpu.dedicated', got true"],
    [
      'NUMA without huge pages',
      { cpu: { dedicated: true, numaPassthrough: true } },
      "'cpu.numaPassthrough' must be left out without 'hugepages'",
    ],
    ['real time without NUMA', { cpu: { dedicated: true, realtime: true } }, "without 'cpu.numaPassthrough'"],
    [
      'a mask without real time',
      { cpu: { realtimeMask: '0' } },
      "'cpu.realtimeMask' must be left out without 'cpu.realtime'",
    ],
    [
      'fewer sockets at the most',
      { cpu: { sockets: 4, maxSockets: 2 } },
      "'cpu.maxSockets' must be at least 'cpu.sockets' (4), got 2",
    ],
    ['a clock that is text', { clock: 'utc' }, `'clock' must be a Clock, got "utc"; write Clock.utc()`],
  ])('fails when given %s', (_, props, message) => {
    expect(failureOf(() => made(untyped(props)))).toContain(message);
  });
});

describe('the values of a machine', () => {
  test.each<[string, () => unknown, string]>([
    [
      'HyperV.of with too few retries',
      () => HyperV.of({ spinlockRetries: 4095 }),
      "'features.spinlockRetries' must be a whole number of at least 4096, got 4095",
    ],
    [
      'HyperV.of with a direct timer alone',
      () => HyperV.of({ synicTimerDirect: true }),
      "be left out without 'synicTimer'",
    ],
    ['HyperV.of with a long vendor', () => HyperV.of({ vendorId: 'thirteen long' }), 'be at most 12 characters'],
    ['Clock.inTimezone without a place', () => Clock.inTimezone(''), `'timezone' must be text, got ""`],
    [
      'Clock.utc with a policy that the RTC has not',
      () => Clock.utc({ timers: { rtc: untyped({ tickPolicy: 'merge' }) } }),
      "'options.timers.rtc.tickPolicy' must be 'delay' or 'catchup'",
    ],
    [
      'IoThreads.supplementalPool of none',
      () => IoThreads.supplementalPool(0),
      "'threadCount' must be a whole number of at least 1, got 0",
    ],
  ])('fails when %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });

  test('takes the fewest retries, and a vendor of 12 characters', () => {
    expect(HyperV.of({ spinlockRetries: 4096, vendorId: 'twelve chars' })._render()).toMatchObject({
      hyperv: { spinlocks: { spinlocks: 4096 }, vendorid: { vendorid: 'twelve chars' } },
    });
  });
});
