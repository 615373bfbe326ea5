import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { AccessCredential } from './access-credential';
import { Architecture } from './architecture';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { CloudInit, CloudInitDatasource } from './cloud-init';
import { Firmware } from './firmware';
import { PanicDeviceModel, WatchdogAction } from './guest-channels';
import { GuestNetwork } from './guest-network';
import { GuestProbe } from './guest-probe';
import { HyperV } from './hyperv';
import { Instancetype, Preference } from './instancetype';
import { KernelBoot } from './kernel-boot';
import { LaunchSecurity } from './launch-security';
import { GuestGpu, renderGpuDisplay } from './node-devices';
import { ResourceClaim } from './resource-claim';
import { StartStrategy } from './run-strategy';
import { VirtualMachinePool } from './virtual-machine-pool';

const MEMORY = Size.gibibytes(4);
const ARM = { architecture: Architecture.ARM64 };
const SEV = { launchSecurity: LaunchSecurity.sev({ attestation: true }), firmware: Firmware.uefi() };

function made(props: Partial<BootableVMProps>): Record<string, unknown> {
  const least = { bootDisk: Disk.fromClaimName('boot'), memory: MEMORY };
  const { spec } = manifest(new BootableVM(testChart(), 'web', { ...least, ...props })) as {
    readonly spec?: { readonly template: { readonly spec: Record<string, unknown> } };
  };
  return spec?.template.spec ?? {};
}

describe('the machine of a VM', () => {
  test('is attested before it runs', () => {
    expect(made({ ...SEV, startStrategy: StartStrategy.PAUSED })).toMatchObject({
      startStrategy: 'Paused',
      domain: { launchSecurity: { sev: { attestation: {} } } },
    });
  });

  test('is encrypted with the UEFI that its preference may bring, and not with another firmware', () => {
    const props = { launchSecurity: LaunchSecurity.sev(), preference: Preference.cluster('fedora') };
    expect(() => made(props)).not.toThrow();
    expect(failureOf(() => made({ ...props, firmware: Firmware.secureBoot() }))).toContain(
      "'firmware' must be UEFI without secure boot with sev, got secure boot; write Firmware.uefi()",
    );
  });

  test('has the watchdog of its architecture', () => {
    const devices = { watchdog: WatchdogAction.RESET };
    expect(made({ devices, architecture: Architecture.S390X })).toMatchObject({
      domain: { devices: { watchdog: { name: 'watchdog', diag288: { action: 'reset' } } } },
    });
  });

  test('has processors of its own on arm64, of one thread each', () => {
    const cpu = { cores: 2, threads: 1, dedicated: true };
    expect(made({ ...ARM, cpu })).toMatchObject({ domain: { cpu: { threads: 1, dedicatedCpuPlacement: true } } });
    expect(failureOf(() => made({ ...ARM, cpu: { ...cpu, threads: 2 } }))).toContain(
      "'cpu.threads' must be 1 on arm64 with dedicated processors, got 2",
    );
  });

  test('has the tables of its licence as disks', () => {
    const spec = made({ firmware: Firmware.uefi({ acpiTables: { slicSecretName: 'licence' } }) });
    expect(spec).toMatchObject({
      domain: {
        firmware: { acpi: { slicNameRef: 'slic' } },
        devices: { disks: [{ name: 'rootdisk' }, { name: 'slic', disk: { bus: 'virtio' } }] },
      },
      volumes: [{ name: 'rootdisk' }, { name: 'slic', secret: { secretName: 'licence' } }],
    });
  });

  test('may say beside an instance type what the type leaves open', () => {
    const cpu = { model: 'host-passthrough', dedicated: true, numaPassthrough: true };
    const instancetype = Instancetype.cluster('u1.medium', { revisionName: 'web-u1-1' });
    expect(made({ memory: undefined, instancetype, cpu, resources: { overcommitGuestOverhead: true } })).toMatchObject({
      domain: {
        cpu: { model: 'host-passthrough', dedicatedCpuPlacement: true, numa: { guestMappingPassthrough: {} } },
        resources: { overcommitGuestOverhead: true },
      },
    });
  });

  test.each<[string, Partial<BootableVMProps>, string]>([
    [
      'keys that no cloud-init brings',
      { accessCredentials: [AccessCredential.sshKeysByCloudInit('keys')] },
      "'accessCredentials[0]' must have a cloud-init disk that brings it, got none",
    ],
    [
      'keys that another cloud-init brings',
      {
        accessCredentials: [AccessCredential.sshKeysByConfigDrive('keys')],
        cloudInit: CloudInit.fromSecretName('user', { datasource: CloudInitDatasource.NO_CLOUD }),
      },
      "give 'cloudInit' with the datasource CloudInitDatasource.CONFIG_DRIVE",
    ],
    ['an attested guest that runs at once', SEV, "'startStrategy' must be 'Paused' with the attestation of SEV"],
    [
      'SEV with a BIOS',
      { launchSecurity: LaunchSecurity.sev() },
      'must be UEFI without secure boot with sev, got nothing',
    ],
    [
      'SEV with secure boot',
      { launchSecurity: LaunchSecurity.sevEs(), firmware: Firmware.secureBoot() },
      'got secure boot; write Firmware.uefi()',
    ],
    [
      'SEV that starts from the network',
      {
        launchSecurity: LaunchSecurity.sev(),
        firmware: Firmware.uefi(),
        networks: [GuestNetwork.pod({ bootOrder: 1 })],
      },
      `'networks' must have no 'bootOrder' with sev, got "default"`,
    ],
    [
      'TDX with system management mode',
      { launchSecurity: LaunchSecurity.tdx(), firmware: Firmware.uefi(), features: { smm: true } },
      "'features.smm' must be left out or false with tdx",
    ],
    [
      'SNP that keeps its variables',
      { launchSecurity: LaunchSecurity.snp(), firmware: Firmware.uefi({ persistent: true }) },
      "'firmware' must keep no UEFI variables with snp; leave 'persistent' out",
    ],
    ['SNP on arm64', { ...ARM, launchSecurity: LaunchSecurity.snp() }, "'architecture' must be 'amd64' with snp, got"],
    [
      'a card that no architecture has',
      { devices: { videoType: 'qxl' } },
      "'devices.videoType' must be bochs, cirrus,",
    ],
    [
      'a paused guest that is asked whether it lives',
      { startStrategy: StartStrategy.PAUSED, livenessProbe: GuestProbe.guestAgentPing() },
      "'startStrategy' must be left out with a 'livenessProbe'",
    ],
    [
      'a video card without a screen',
      { devices: { graphics: false, videoType: 'virtio' } },
      "'devices.videoType' must be left out with 'graphics: false'",
    ],
    [
      'a BIOS on arm64',
      { ...ARM, firmware: Firmware.bios() },
      "'firmware' must be Firmware.uefi() on arm64, got a BIOS",
    ],
    [
      'a processor of Intel on arm64',
      { ...ARM, cpu: { model: 'Skylake' } },
      "'cpu.model' must be 'host-passthrough' on arm64",
    ],
    [
      'a watchdog on arm64',
      { ...ARM, devices: { watchdog: WatchdogAction.RESET } },
      "'devices.watchdog' must be left out on arm64",
    ],
    [
      'a card that arm64 has not',
      { ...ARM, devices: { videoType: 'vga' } },
      "'devices.videoType' must be ramfb, virtio on arm64",
    ],
    [
      'a machine of another architecture',
      { ...ARM, machineType: 'q35' },
      '\'machineType\' must be one of arm64, got "q35"',
    ],
    [
      'memory that is plugged on arm64',
      { ...ARM, maxMemory: Size.gibibytes(8) },
      "'maxMemory' must not be given on arm64",
    ],
    [
      'a panic device on s390x',
      { architecture: Architecture.S390X, devices: { panicDevices: [PanicDeviceModel.ISA] } },
      "'devices.panicDevices' must be left out on s390x",
    ],
    [
      'little memory that grows',
      { memory: Size.mebibytes(512), maxMemory: Size.gibibytes(2) },
      "'memory' must be at least '1Gi' with 'maxMemory'",
    ],
    [
      'memory that is plugged in other blocks',
      { maxMemory: Size.mebibytes(4097) },
      `'maxMemory' must be a multiple of "2Mi", which is plugged at once, got "4097Mi"`,
    ],
    [
      'memory that grows from nothing',
      { memory: undefined, maxMemory: Size.gibibytes(2), resources: { memoryRequest: Size.gibibytes(1) } },
      "'memory' must be given with 'maxMemory'",
    ],
    [
      'three threads of their own',
      { cpu: { threads: 3, dedicated: true } },
      "'cpu.threads' must be at most 2 with dedicated",
    ],
    [
      'half a processor of its own',
      { cpu: { dedicated: true }, resources: { cpuRequest: Cpu.millis(500) } },
      '\'resources.cpuRequest\' must be whole processors with dedicated ones, got "500m"',
    ],
    [
      'pages that do not fit the request',
      { hugepages: Size.gibibytes(1), resources: { memoryRequest: Size.mebibytes(2560) } },
      `'hugepages' must divide 'resources.memoryRequest' "2560Mi"`,
    ],
  ])('fails when given %s', (_, props, message) => {
    expect(failureOf(() => made(props))).toContain(message);
  });

  test.each<[string, Partial<BootableVMProps>, string]>([
    [
      'SEV on s390x',
      { architecture: Architecture.S390X, launchSecurity: LaunchSecurity.sev() },
      `'architecture' must be 'amd64' with sev, got "s390x"`,
    ],
    [
      'Secure Execution without its architecture',
      { launchSecurity: LaunchSecurity.secureExecution() },
      "'architecture' must be 's390x' with Secure Execution, got nothing",
    ],
    [
      'an architecture that nobody knows, with a machine of one',
      { architecture: untyped<Architecture>('x86'), machineType: 'virt' },
      `'architecture' must be 'amd64', 'arm64' or 's390x', got "x86"`,
    ],
  ])('fails once when given %s', (_, props, message) => {
    expect(failureOf(() => made(props))).toBe(`[test/web] ${message}`);
  });

  test.each<[string, () => unknown, string]>([
    [
      'a kernel has no file',
      () => KernelBoot.fromImage('a', {}),
      "'options.kernelPath' must be given, or 'initrdPath'",
    ],
    [
      'a kernel is not at a path',
      () => KernelBoot.fromImage('a', { kernelPath: 'boot/a' }),
      'be an absolute path of a file',
    ],
    [
      'a path of a kernel goes up',
      () => KernelBoot.fromImage('a', { kernelPath: '/a/../b' }),
      "without '.', '..' and '//'",
    ],
    ['a claim has no name', () => ResourceClaim.fromClaimName('', 'a'), "'name' must be a DNS label"],
    [
      'a flush needs another',
      () => HyperV.of({ tlbFlushDirect: true }),
      "'features.tlbFlushDirect' must be left out without",
    ],
    ['what is needed is turned off', () => HyperV.of({ ipi: true, vpIndex: false }), "left out or true with 'ipi'"],
    ['what is needed is needed in turn', () => HyperV.of({ synicTimer: true, vpIndex: false }), "true with 'synic'"],
    ['a Secret has a long name', () => AccessCredential.sshKeysByCloudInit('a'.repeat(52)), 'be at most 51 characters'],
  ])('fails when %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });
});

describe('the claims of devices', () => {
  const bootDisk = Disk.fromClaimName('boot');
  const make = (props: Partial<BootableVMProps>) => () =>
    new BootableVM(testChart(), 'web', { bootDisk, memory: Size.gibibytes(1), ...props });
  const device = { name: 'card', claimName: 'cards', requestName: 'one' };

  test('are those of the VM', () => {
    const resourceClaims = [ResourceClaim.fromTemplateName('cards', 'a')];
    expect(
      make({ resourceClaims, devices: { gpus: [device], hostDevices: [{ ...device, requestName: 'two' }] } }),
    ).not.toThrow();
  });

  test('fails when a request is asked for twice', () => {
    const resourceClaims = [ResourceClaim.fromTemplateName('cards', 'a')];
    expect(failureOf(make({ resourceClaims, devices: { gpus: [device], hostDevices: [device] } }))).toContain(
      `'devices.hostDevices[0].requestName' must be asked for once of a claim, got "one"`,
    );
  });

  test.each(['gpus', 'hostDevices'])('fails when %s name another one', (property) => {
    expect(failureOf(make({ devices: { [property]: [device] } }))).toContain(
      `'devices.${property}[0].claimName' must be a claim of 'resourceClaims' [], got "cards"`,
    );
  });
});

test.each<[boolean | undefined, boolean | undefined, unknown]>([
  [undefined, undefined, undefined],
  [true, undefined, { display: { enabled: true } }],
  [undefined, false, { display: { ramFb: { enabled: false } } }],
  [true, true, { display: { enabled: true, ramFb: { enabled: true } } }],
])('renderGpuDisplay of %j and %j is %j', (display, ramFb, rendered) => {
  expect(renderGpuDisplay(display, ramFb)).toEqual(rendered);
});

describe('the screens of GPUs', () => {
  const made = (...screens: readonly Partial<GuestGpu>[]) => {
    const gpus = screens.map((screen, index) => ({ name: `g${index}`, deviceName: 'x/y', ...screen }));
    const memory = Size.gibibytes(1);
    return () =>
      new BootableVM(testChart(), 'web', { bootDisk: Disk.fromClaimName('boot'), memory, devices: { gpus } });
  };

  test.each<[Partial<GuestGpu>, Partial<GuestGpu>]>([
    [{}, {}],
    [{ display: true }, {}],
    [{ display: true }, { display: false }],
    [{ display: true }, { display: true, ramFb: false }],
    [{ ramFb: true }, { display: false, ramFb: true }],
  ])('are one: %j and %j', (one, other) => {
    expect(made(one, other)).not.toThrow();
  });

  test.each<[Partial<GuestGpu>, Partial<GuestGpu>]>([
    [{ display: true }, { display: true }],
    [{ ramFb: true }, { ramFb: true }],
    [{ display: true }, { ramFb: true }],
  ])('fails when they are two: %j and %j', (one, other) => {
    expect(failureOf(made(one, other))).toContain(
      `'devices.gpus' must have one display with 'ramFb', got ["g0","g1"]; write 'ramFb: false' on the others`,
    );
  });
});

describe('the memory that may be plugged', () => {
  test.each<[number, number, Size | undefined, string | undefined]>([
    [2048, 2560, undefined, undefined],
    [2048, 2560, Size.mebibytes(2), undefined],
    [2048, 3072, Size.gibibytes(1), undefined],
    [2048, 2561, undefined, `'maxMemory' must be a multiple of "2Mi", which is plugged at once, got "2561Mi"`],
    [2048, 2560, Size.gibibytes(1), `'maxMemory' must be a multiple of "1Gi", which is plugged at once, got "2560Mi"`],
  ])('is plugged in blocks: %d Mi to %d Mi', (memory, maxMemory, hugepages, said) => {
    const make = () => made({ memory: Size.mebibytes(memory), maxMemory: Size.mebibytes(maxMemory), hugepages });
    if (said === undefined) expect(make).not.toThrow();
    else expect(failureOf(make)).toBe(`[test/web] ${said}`);
  });

  const props = { bootDisk: Disk.fromClaimName('boot'), hugepages: Size.gibibytes(3), maxMemory: Size.gibibytes(2) };

  test('fails when it is less than the page that the guest has without any memory', () => {
    expect(failureOf(() => new BootableVM(testChart(), 'web', props))).toContain(
      `'maxMemory' must be at least the 'memory' of the guest "3Gi", got "2Gi"`,
    );
  });

  test('fails when a pool leaves the guest to its page', () => {
    const make = () => new VirtualMachinePool(testChart(), 'web', { ...props, maxMemory: Size.gibibytes(6) });
    expect(failureOf(make)).toContain("'memory' must be given with 'maxMemory'");
  });
});
