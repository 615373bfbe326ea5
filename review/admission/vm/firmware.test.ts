import { Json } from '../../rule';
import { testRules } from '../../testing/rule-tester';
import { FIRMWARE_RULES } from './firmware';

const FIRMWARE = 'spec.template.spec.domain.firmware';
const ACPI = 'spec.template.spec.acpi';
const efiOnly = { 'T.domain.firmware': { bootloader: { efi: { secureBoot: false } } } };
const acpiSecret = { 'T.volumes.1': { name: 's', secret: { secretName: 's' } } };

function kernel(kernelBoot: object): Json {
  return { 'T.domain.firmware': { kernelBoot } };
}

function acpi(references: object): Json {
  return { 'T.domain.firmware': { acpi: references } };
}

describe('FIRMWARE_RULES', () => {
  testRules(FIRMWARE_RULES, [
    {
      rule: 'firmware-bootloader-single',
      accepts: { 'T.domain.firmware': { bootloader: { bios: {} } } },
      refuses: { 'T.domain.firmware': { bootloader: { efi: {}, bios: {} } }, 'T.domain.features': { smm: {} } },
      field: `${FIRMWARE}.bootloader`,
      says: 'got ["efi","bios"]',
    },
    {
      rule: 'firmware-secure-boot-smm',
      accepts: { 'T.domain.firmware': { bootloader: { efi: {} } }, 'T.domain.features': { smm: {} } },
      refuses: { 'T.domain.firmware': { bootloader: { efi: {} } } },
      field: 'spec.template.spec.domain.features.smm',
      serverField: 'spec.template.spec.domain',
      says: "'features.smm' must be on",
    },
    {
      rule: 'firmware-secure-boot-smm',
      accepts: efiOnly,
      refuses: {
        'T.domain.firmware': { bootloader: { efi: { secureBoot: true } } },
        'T.domain.features': { smm: { enabled: false } },
      },
      field: 'spec.template.spec.domain.features.smm',
      serverField: 'spec.template.spec.domain',
      says: 'got {"enabled":false}',
    },
    {
      rule: 'firmware-secure-boot-smm',
      accepts: { 'T.domain.firmware': { bootloader: { efi: {} } }, 'spec.preference': { name: 'p' } },
      refuses: { 'T.domain.firmware': { bootloader: { efi: {} } } },
      field: 'spec.template.spec.domain.features.smm',
      serverField: 'spec.template.spec.domain',
      says: 'got nothing',
    },
    {
      rule: 'firmware-kernel-args-container',
      accepts: kernel({ kernelArgs: 'quiet', container: { image: 'x', kernelPath: '/k' } }),
      refuses: kernel({ kernelArgs: 'quiet' }),
      field: `${FIRMWARE}.kernelBoot.kernelArgs`,
      says: 'got "quiet"',
    },
    {
      rule: 'firmware-kernel-image',
      accepts: kernel({ container: { image: 'x', initrdPath: '/i' } }),
      refuses: kernel({ container: { kernelPath: '/k' } }),
      field: `${FIRMWARE}.kernelBoot.container.image`,
      says: "'image' must be given",
    },
    {
      rule: 'firmware-kernel-path-given',
      accepts: kernel({}),
      refuses: kernel({ container: { image: 'x' } }),
      field: `${FIRMWARE}.kernelBoot.container`,
      says: "'kernelPath' must be given",
    },
    {
      rule: 'firmware-kernel-path-clean',
      accepts: kernel({ container: { image: 'x', kernelPath: '/boot/k' } }),
      refuses: kernel({ container: { image: 'x', kernelPath: 'boot/k', initrdPath: '/' } }),
      field: [`${FIRMWARE}.kernelBoot.container.kernelPath`, `${FIRMWARE}.kernelBoot.container.initrdPath`],
      says: 'got "boot/k"',
    },
    {
      rule: 'firmware-acpi-given',
      accepts: { ...acpi({ msdmNameRef: 's' }), ...acpiSecret },
      refuses: acpi({}),
      field: 'spec.template.spec.domain.firmware.acpi',
      serverField: ACPI,
      says: "'slicNameRef' or 'msdmNameRef'",
    },
    {
      rule: 'firmware-acpi-volume-exists',
      accepts: { ...acpi({ slicNameRef: 's' }), ...acpiSecret },
      refuses: acpi({ slicNameRef: 'nope' }),
      field: 'spec.template.spec.domain.firmware.acpi.slicNameRef',
      serverField: `${ACPI}.slicNameRef`,
      says: 'got "nope"',
    },
    {
      rule: 'firmware-acpi-volume-secret',
      accepts: { ...acpi({ slicNameRef: 's', msdmNameRef: 's' }), ...acpiSecret },
      refuses: { ...acpi({ slicNameRef: 's', msdmNameRef: 'root' }), ...acpiSecret },
      field: 'spec.template.spec.domain.firmware.acpi.msdmNameRef',
      serverField: `${ACPI}.msdmNameRef`,
      says: 'got "root"',
    },
  ]);
});
