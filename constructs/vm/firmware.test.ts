import { failureOf, untyped } from '../shared/testing/manifests';
import { BiosOptions, Firmware, FirmwareOptions, UefiOptions } from './firmware';
import { KernelBoot } from './kernel-boot';

const UUID = '5d307ca9-b3ef-428c-8861-06e72d69f223';

describe('Firmware', () => {
  test('is a BIOS', () => {
    expect(rendered(Firmware.bios())).toEqual({ firmware: { bootloader: { bios: {} } } });
  });

  test('is UEFI without secure boot, and says so: KubeVirt takes an empty efi for secure boot', () => {
    expect(rendered(Firmware.uefi())).toEqual({ firmware: { bootloader: { efi: { secureBoot: false } } } });
  });

  test('is secure boot with the system management mode that it needs', () => {
    expect(rendered(Firmware.secureBoot())).toEqual({
      firmware: { bootloader: { efi: { secureBoot: true } } },
      features: { smm: { enabled: true } },
    });
  });

  test('leaves how the VM starts to its preference, and says its numbers', () => {
    const uuid = '5d307ca9-b3ef-428c-8861-06e72d69f223';
    expect(rendered(Firmware.leftOpen({ uuid, serial: 'abc' }))).toEqual({ firmware: { uuid, serial: 'abc' } });
  });

  test('writes every option', () => {
    const all: Required<FirmwareOptions> = {
      uuid: UUID,
      serial: 'web-1',
      kernelBoot: KernelBoot.fromImage('example.com/kernel:1', { kernelPath: '/boot/vmlinuz', kernelArgs: 'quiet' }),
      acpiTables: { slicSecretName: 'licence', msdmSecretName: 'key' },
    };
    const bios: Required<BiosOptions> = { ...all, useSerial: true };
    const uefi: Required<UefiOptions> = { ...all, persistent: true };
    const written = {
      uuid: UUID,
      serial: 'web-1',
      kernelBoot: { kernelArgs: 'quiet', container: { image: 'example.com/kernel:1', kernelPath: '/boot/vmlinuz' } },
      acpi: { slicNameRef: 'slic', msdmNameRef: 'msdm' },
    };
    expect(rendered(Firmware.bios(bios))).toEqual({
      firmware: { bootloader: { bios: { useSerial: true } }, ...written },
    });
    expect(rendered(Firmware.uefi(uefi))).toEqual({
      firmware: { bootloader: { efi: { secureBoot: false, persistent: true } }, ...written },
    });
    expect(rendered(Firmware.secureBoot(uefi))).toEqual({
      firmware: { bootloader: { efi: { secureBoot: true, persistent: true } }, ...written },
      features: { smm: { enabled: true } },
    });
  });

  test('keeps what it was made of when the options change later', () => {
    const options = { serial: 'before' };
    const firmware = Firmware.bios(options);
    options.serial = 'after';
    expect(rendered(firmware)).toEqual({ firmware: { bootloader: { bios: {} }, serial: 'before' } });
  });

  test.each<[string, unknown, string]>([
    ['text that is not a UUID', { uuid: 'web-1' }, `'uuid' must be a UUID such as '${UUID}', got "web-1"`],
    ['a UUID without dashes', { uuid: UUID.replace(/-/g, '') }, "'uuid' must be a UUID"],
    ['null for a UUID', { uuid: null }, "'uuid' must be a UUID such as"],
    ['an empty serial number', { serial: '' }, `'serial' must be text, got ""`],
    ['a serial number that is a number', { serial: 7 }, "'serial' must be text, got 7"],
    ['text for a boolean', { persistent: 'yes' }, `'persistent' must be true or false, got "yes"`],
    ['an unknown option', { persistant: true }, `'options' must have known keys only, got "persistant"`],
    ['null for options', null, "'options' must be an object, got null"],
    ['text for options', 'web-1', `'options' must be an object, got "web-1"`],
  ])('fails when given %s', (_, options, message) => {
    const failure = failureOf(() => Firmware.secureBoot(untyped<UefiOptions>(options)));
    expect(failure).toContain(`[Firmware.secureBoot] ${message}`);
    expect(failureOf(() => Firmware.uefi(untyped<UefiOptions>(options)))).toContain(`[Firmware.uefi] ${message}`);
  });

  test('fails when a BIOS is to keep UEFI variables', () => {
    // @ts-expect-error a BIOS has none
    const failure = failureOf(() => Firmware.bios({ persistent: true }));
    expect(failure).toBe(
      `[Firmware.bios] 'options' must have known keys only, got "persistent"; it knows uuid, serial, kernelBoot, acpiTables, useSerial`,
    );
  });

  test('fails with all faults in one message', () => {
    const failure = failureOf(() => Firmware.uefi(untyped<UefiOptions>({ uuid: 'a', serial: '', persistent: 1 })));
    expect(failure.split('\n')).toEqual([
      expect.stringContaining("'uuid'"),
      expect.stringContaining("'serial'"),
      expect.stringContaining("'persistent'"),
    ]);
  });
});

function rendered(firmware: Firmware): unknown {
  return JSON.parse(JSON.stringify(firmware._render()));
}
