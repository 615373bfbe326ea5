import { Json } from '../../rule';
import { preferredSpec } from './preferred-spec';

const domainOf = (template: Json, preference: Json): Json => preferredSpec(template, preference).domain as Json;
const partOf = (key: string, own: Json, preferred: Json, more: Json = {}): unknown =>
  domainOf({ domain: { [key]: own }, ...more }, { [key]: preferred })[key];

describe('preferredSpec', () => {
  test('adds no part of which the preference says nothing', () => {
    expect(preferredSpec({}, {})).toEqual({ domain: {} });
    expect(preferredSpec({ domain: { cpu: { cores: 2 } } }, {})).toEqual({ domain: { cpu: { cores: 2 } } });
  });

  test('takes over of the template what it does not say itself', () => {
    const preference = { preferredTerminationGracePeriodSeconds: 30, preferredSubdomain: 'vms' };
    expect(preferredSpec({}, preference)).toEqual({ terminationGracePeriodSeconds: 30, subdomain: 'vms', domain: {} });
    const own = { terminationGracePeriodSeconds: 0, subdomain: 'own' };
    expect(preferredSpec(own, preference)).toEqual({ ...own, domain: {} });
    expect(preferredSpec({ subdomain: '' }, preference).subdomain).toBe('vms');
  });

  test('takes over launch security where the machine has none', () => {
    const preference = { preferredLaunchSecurity: { sev: {} } };
    expect(domainOf({}, preference)).toEqual({ launchSecurity: { sev: {} } });
    expect(domainOf({ domain: { launchSecurity: { snp: {} } } }, preference)).toEqual({ launchSecurity: { snp: {} } });
  });

  test('adds features of the processor of other names', () => {
    const preferred = { preferredCPUFeatures: [{ name: 'vmx', policy: 'require' }, { name: 'hle' }] };
    expect(partOf('cpu', { features: [{ name: 'vmx', policy: 'disable' }] }, preferred)).toEqual({
      features: [{ name: 'vmx', policy: 'disable' }, { name: 'hle' }],
    });
    expect(partOf('cpu', { cores: 2 }, { preferredCPUTopology: 'cores' })).toEqual({ cores: 2 });
  });
});

describe('preferredSpec of devices', () => {
  test('takes over flags that are absent', () => {
    const preferred = {
      preferredRng: {},
      preferredTPM: { persistent: true },
      preferredBlockMultiQueue: true,
      preferredDisableHotplug: true,
    };
    expect(partOf('devices', { blockMultiQueue: false }, preferred)).toEqual({
      blockMultiQueue: false,
      rng: {},
      tpm: { persistent: true },
      disableHotplug: true,
    });
  });

  test.each<[string, Json, Json]>([
    ['a disk without a bus', { name: 'd', disk: {} }, { name: 'd', disk: { bus: 'virtio' }, cache: 'none' }],
    ['a disk of no kind', { name: 'd' }, { name: 'd', disk: { bus: 'virtio' }, cache: 'none' }],
    ['a disk with a bus', { name: 'd', disk: { bus: 'sata' } }, { name: 'd', disk: { bus: 'sata' }, cache: 'none' }],
    [
      'a disk with a cache',
      { name: 'd', disk: {}, cache: 'writeback' },
      { name: 'd', disk: { bus: 'virtio' }, cache: 'writeback' },
    ],
    ['a CD-ROM', { name: 'd', cdrom: {} }, { name: 'd', cdrom: { bus: 'sata' } }],
    ['a LUN', { name: 'd', lun: { bus: 'scsi' } }, { name: 'd', lun: { bus: 'scsi' } }],
    ['a LUN without a bus', { name: 'd', lun: {} }, { name: 'd', lun: {} }],
  ])('gives %s what it lacks', (_what, disk, expected) => {
    const preferred = { preferredDiskBus: 'virtio', preferredCdromBus: 'sata', preferredDiskCache: 'none' };
    expect(partOf('devices', { disks: [disk] }, preferred)).toEqual({ disks: [expected] });
  });

  test('gives an I/O thread to a disk on virtio alone', () => {
    const preferred = { preferredDiskDedicatedIoThread: true };
    const [onVirtio, onSata] = [
      { name: 'a', disk: { bus: 'virtio' } },
      { name: 'b', disk: { bus: 'sata' } },
    ];
    expect(partOf('devices', { disks: [onVirtio, onSata] }, preferred)).toEqual({
      disks: [{ ...onVirtio, dedicatedIOThread: true }, onSata],
    });
  });

  test('binds an interface of the pod network that is not bound', () => {
    const networks = [
      { name: 'pod', pod: {} },
      { name: 'bound', pod: {} },
      { name: 'lan', multus: { networkName: 'lan' } },
    ];
    const preferred = { preferredInterfaceModel: 'virtio', preferredInterfaceMasquerade: {} };
    const interfaces = [{ name: 'pod' }, { name: 'bound', bridge: {} }, { name: 'lan', model: 'e1000' }];
    expect(partOf('devices', { interfaces }, preferred, { networks })).toEqual({
      interfaces: [
        { name: 'pod', model: 'virtio', masquerade: {} },
        { name: 'bound', bridge: {}, model: 'virtio' },
        { name: 'lan', model: 'e1000' },
      ],
    });
  });

  test('gives models to inputs, panic devices and sound that stand there', () => {
    const preferred = {
      preferredInputBus: 'usb',
      preferredInputType: 'tablet',
      preferredPanicDeviceModel: 'isa',
      preferredSoundModel: 'ich9',
    };
    const own = { inputs: [{ name: 't' }], panicDevices: [{}, { model: 'hyperv' }], sound: { name: 's' } };
    expect(partOf('devices', own, preferred)).toEqual({
      inputs: [{ name: 't', bus: 'usb', type: 'tablet' }],
      panicDevices: [{ model: 'isa' }, { model: 'hyperv' }],
      sound: { name: 's', model: 'ich9' },
    });
    expect(partOf('devices', {}, preferred)).toEqual({});
  });
});

test('preferredSpec overwrites ACPI, and takes over Hyper-V feature by feature', () => {
  const preferred = { preferredAcpi: { enabled: true }, preferredHyperv: { relaxed: {}, vapic: {} }, preferredSmm: {} };
  const own = { acpi: { enabled: false }, hyperv: { relaxed: { enabled: false } }, smm: { enabled: false } };
  expect(partOf('features', own, preferred)).toEqual({
    acpi: { enabled: true },
    hyperv: { relaxed: { enabled: false }, vapic: {} },
    smm: { enabled: false },
  });
  expect(partOf('features', { apic: {} }, {})).toEqual({ apic: {} });
});

describe('preferredSpec of firmware', () => {
  test.each<[string, Json, Json, Json]>([
    ['a BIOS', {}, { preferredUseBios: true, preferredUseBiosSerial: true }, { bios: { useSerial: true } }],
    ['EFI', {}, { preferredUseEfi: true, preferredUseSecureBoot: true }, { efi: { secureBoot: true } }],
    ['EFI as a whole', {}, { preferredEfi: { persistent: true } }, { efi: { persistent: true } }],
    ['no EFI in a BIOS', { bios: {} }, { preferredUseEfi: true }, { bios: {} }],
    ['no EFI as a whole in a BIOS', { bios: {} }, { preferredEfi: { persistent: true } }, { bios: {} }],
    ['no other EFI', { efi: { secureBoot: false } }, { preferredEfi: {} }, { efi: { secureBoot: false } }],
    [
      'secure boot of its own EFI',
      { efi: {} },
      { preferredUseEfi: true, preferredUseSecureBoot: true },
      { efi: { secureBoot: true } },
    ],
    ['no BIOS beside EFI', { efi: {} }, { preferredUseBios: true }, { efi: {} }],
    ['nothing that is off', {}, { preferredUseBios: false, preferredUseEfi: false }, {}],
  ])('gives %s', (_what, bootloader, preferred, expected) => {
    expect(partOf('firmware', { bootloader, serial: 'x' }, preferred)).toEqual({ serial: 'x', bootloader: expected });
  });
});

test.each<[string, Json, Json]>([
  ['nothing', {}, { utc: {}, timer: { hpet: {} } }],
  ['a time zone', { timezone: 'Europe/Zurich' }, { timezone: 'Europe/Zurich', timer: { hpet: {} } }],
  ['UTC', { utc: { offsetSeconds: 1 } }, { utc: { offsetSeconds: 1 }, timer: { hpet: {} } }],
  ['timers', { timer: { rtc: {} } }, { utc: {}, timer: { rtc: {} } }],
])('preferredSpec completes a clock that says %s', (_what, own, expected) => {
  expect(partOf('clock', own, { preferredClockOffset: { utc: {} }, preferredTimer: { hpet: {} } })).toEqual(expected);
});
