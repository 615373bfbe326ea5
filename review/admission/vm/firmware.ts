import { childIn, has, objectAt, textAt, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isCleanPath } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { must, show } from '../shared/wording';
import { Machine, MachineCheck, TEMPLATE, vmiCreate, hasRelease } from './machine';

const FIRMWARE = `${TEMPLATE}.domain.firmware`;
/** The webhook's path of the ACPI tables leaves out where they stand. */
const SERVER_ACPI = `${TEMPLATE}.acpi`;
const ACPI = `${FIRMWARE}.acpi`;

const ACPI_REFERENCES = ['slicNameRef', 'msdmNameRef'] as const;

/** Boot loader, kernel boot, ACPI tables. */
export const FIRMWARE_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER, about: ['firmware'] }, [
  {
    id: 'firmware-bootloader-single',
    sentence: 'The boot loader is efi or bios, not both.',
    source: vmiCreate('validateBootloader'),
    check: ({ domain }, note) => {
      const bootloader = childIn(childIn(domain, 'firmware'), 'bootloader');
      if (!has(bootloader, 'efi') || !has(bootloader, 'bios')) return;
      note(`${FIRMWARE}.bootloader`, `'bootloader' must be 'efi' or 'bios', got ${show(['efi', 'bios'])}`);
    },
  },
  {
    id: 'firmware-secure-boot-smm',
    sentence: 'Secure boot has the SMM feature on.',
    source: vmiCreate('validateDomainSpec'),
    check: ({ domain, hasPreference }, note) => {
      // A preference may bring the SMM feature.
      if (!secureBoot(domain) || isOn(childIn(childIn(domain, 'features'), 'smm')) || hasPreference) return;
      const message = must('features.smm', 'be on with EFI secure boot', valueAt(domain, 'features', 'smm'));
      const remedy = "write 'features: {smm: {enabled: true}}', or 'efi: {secureBoot: false}'";
      note(`${TEMPLATE}.domain.features.smm`, message, remedy, `${TEMPLATE}.domain`);
    },
  },
  {
    id: 'firmware-kernel-args-container',
    sentence: 'Kernel arguments stand beside a kernel container.',
    source: vmiCreate('validateKernelBoot'),
    check: ({ domain }, note) => {
      const args = textAt(domain, 'firmware', 'kernelBoot', 'kernelArgs');
      if (args === '' || kernelContainer(domain) !== undefined) return;
      note(`${FIRMWARE}.kernelBoot.kernelArgs`, must('kernelArgs', "stand beside a 'container'", args));
    },
  },
  {
    id: 'firmware-kernel-image',
    sentence: 'A kernel container has an image.',
    source: vmiCreate('validateKernelBoot'),
    check: kernelBoot((container, path, note) => {
      if (textIn(container, 'image') === '') note(`${path}.image`, must('image', 'be given', container.image));
    }),
  },
  {
    id: 'firmware-kernel-path-given',
    sentence: 'A kernel container has a kernel or an initrd.',
    source: vmiCreate('validateKernelBoot'),
    check: kernelBoot((container, path, note) => {
      if (textIn(container, 'kernelPath') !== '' || textIn(container, 'initrdPath') !== '') return;
      note(path, must('kernelPath', "be given, or 'initrdPath'", undefined));
    }),
  },
  {
    id: 'firmware-kernel-path-clean',
    sentence: 'The paths of a kernel container are absolute and clean.',
    source: vmiCreate('validateKernelBoot'),
    check: kernelBoot((container, path, note) => {
      for (const key of ['kernelPath', 'initrdPath']) {
        const value = textIn(container, key);
        if (value === '' || (value !== '/' && isCleanPath(value))) continue;
        const message = must(key, "be an absolute path to a file, without '.', '..' and doubled slashes", value);
        note(`${path}.${key}`, message);
      }
    }),
  },
  {
    id: 'firmware-acpi-given',
    sentence: 'ACPI tables name at least one volume.',
    source: vmiCreate('validateFirmwareACPI'),
    check: ({ domain }, note) => {
      const acpi = childIn(childIn(domain, 'firmware'), 'acpi');
      if (acpi === undefined || ACPI_REFERENCES.some((key) => textIn(acpi, key) !== '')) return;
      note(ACPI, must('acpi', "have 'slicNameRef' or 'msdmNameRef'", acpi), undefined, SERVER_ACPI);
    },
  },
  {
    id: 'firmware-acpi-volume-exists',
    sentence: 'The volume of an ACPI table exists in the machine.',
    source: vmiCreate('validateFirmwareACPI'),
    moved: [{ since: 'v1.6.2', source: vmiCreate('validateACPIRef') }],
    check: (machine, note) => {
      eachAcpiVolume(machine, (key, name, volume) => {
        if (volume !== undefined) return;
        const serverField = hasRelease(machine, 'v1.6.2') ? `${SERVER_ACPI}.${key}` : SERVER_ACPI;
        note(`${ACPI}.${key}`, must(key, 'be the name of a volume', name), undefined, serverField);
      });
    },
  },
  {
    id: 'firmware-acpi-volume-secret',
    sentence: 'The volume of an ACPI table is a Secret.',
    source: vmiCreate('validateFirmwareACPI'),
    moved: [{ since: 'v1.6.2', source: vmiCreate('validateACPIRef') }],
    check: (machine, note) => {
      eachAcpiVolume(machine, (key, name, volume) => {
        if (volume === undefined || has(volume, 'secret')) return;
        const message = must(key, "be the name of a volume with a 'secret'", name);
        note(`${ACPI}.${key}`, message, undefined, `${SERVER_ACPI}.${key}`);
      });
    },
  },
]);

function kernelContainer(domain: Json): Json | undefined {
  return objectAt(domain, 'firmware', 'kernelBoot', 'container');
}

function kernelBoot(check: (container: Json, path: string, note: Note) => void): MachineCheck {
  return ({ domain }, note) => {
    const container = kernelContainer(domain);
    if (container !== undefined) check(container, `${FIRMWARE}.kernelBoot.container`, note);
  };
}

function eachAcpiVolume(
  { domain, volumes }: Machine,
  visit: (key: string, name: string, volume: Json | undefined) => void,
): void {
  const acpi = childIn(childIn(domain, 'firmware'), 'acpi');
  if (acpi === undefined) return;
  for (const key of ACPI_REFERENCES) {
    const name = textIn(acpi, key);
    // The first of that name, where the webhook stops.
    if (name !== '')
      visit(
        key,
        name,
        volumes.find((volume) => textIn(volume, 'name') === name),
      );
  }
}

function efi(domain: Json): Json | undefined {
  return objectAt(domain, 'firmware', 'bootloader', 'efi');
}

/** Secure boot is on unless it is turned off. */
function secureBoot(domain: Json): boolean {
  const loader = efi(domain);
  return loader !== undefined && loader.secureBoot !== false;
}

/** Whether a feature is there and not turned off. */
function isOn(feature: Json | undefined): boolean {
  return feature !== undefined && feature.enabled !== false;
}
