import { childIn, has, objectAt, textAt, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isCleanPath } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, needsGate, show } from '../shared/wording';
import { DEVICES, Machine, MachineCheck, TEMPLATE, gated, vmiCreate } from './machine';

const FIRMWARE = `${TEMPLATE}.domain.firmware`;
/** The webhook's path of the ACPI tables leaves out where they stand. */
const SERVER_ACPI = `${TEMPLATE}.acpi`;
const ACPI = `${FIRMWARE}.acpi`;
const LAUNCH_SECURITY = `${TEMPLATE}.domain.launchSecurity`;
const SERVER_LAUNCH_SECURITY = `${TEMPLATE}.launchSecurity`;
const SEV_GATE = 'WorkloadEncryptionSEV';
const SECURE_EXECUTION_GATE = 'SecureExecution';

const ACPI_REFERENCES = ['slicNameRef', 'msdmNameRef'] as const;
const SEV_EFI = "write 'firmware: {bootloader: {efi: {secureBoot: false}}}'";

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
    source: vmiCreate('validateACPIRef'),
    check: (machine, note) => {
      eachAcpiVolume(machine, (key, name, volume) => {
        if (volume !== undefined) return;
        note(`${ACPI}.${key}`, must(key, 'be the name of a volume', name), undefined, `${SERVER_ACPI}.${key}`);
      });
    },
  },
  {
    id: 'firmware-acpi-volume-secret',
    sentence: 'The volume of an ACPI table is a Secret.',
    source: vmiCreate('validateACPIRef'),
    check: (machine, note) => {
      eachAcpiVolume(machine, (key, name, volume) => {
        if (volume === undefined || has(volume, 'secret')) return;
        const message = must(key, "be the name of a volume with a 'secret'", name);
        note(`${ACPI}.${key}`, message, undefined, `${SERVER_ACPI}.${key}`);
      });
    },
  },
]);

/** Memory that the host cannot read. */
export const LAUNCH_SECURITY_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['launchSecurity'] },
  [
    {
      id: 'launch-security-secure-execution-gate',
      sentence: 'Launch security on s390x is used while its feature gate is on.',
      source: vmiCreate('validateLaunchSecurity'),
      check: (machine, note) => {
        if (!has(machine.domain, 'launchSecurity') || machine.architecture !== 's390x') return;
        if (gated(machine, SECURE_EXECUTION_GATE)) return;
        const message = needsGate('launchSecurity on s390x', SECURE_EXECUTION_GATE);
        note(LAUNCH_SECURITY, message, listGate(SECURE_EXECUTION_GATE), SERVER_LAUNCH_SECURITY);
      },
    },
    {
      id: 'launch-security-sev-gate',
      sentence: 'SEV is used while its feature gate is on.',
      source: vmiCreate('validateLaunchSecurity'),
      check: (machine, note) => {
        if (sev(machine) === undefined || gated(machine, SEV_GATE)) return;
        note(LAUNCH_SECURITY, needsGate('sev', SEV_GATE), listGate(SEV_GATE), SERVER_LAUNCH_SECURITY);
      },
    },
    {
      id: 'launch-security-sev-efi',
      sentence: 'A machine with SEV boots by EFI.',
      source: vmiCreate('validateLaunchSecurity'),
      check: withSev(({ domain, hasPreference }, note) => {
        // A preference may bring EFI.
        if (efi(domain) !== undefined || hasPreference) return;
        const message = must('firmware.bootloader.efi', "be given with 'sev'", undefined);
        note(`${FIRMWARE}.bootloader`, message, SEV_EFI, SERVER_LAUNCH_SECURITY);
      }),
    },
    {
      id: 'launch-security-sev-secure-boot',
      sentence: 'A machine with SEV has no secure boot.',
      source: vmiCreate('validateLaunchSecurity'),
      check: withSev(({ domain }, note) => {
        if (!secureBoot(domain)) return;
        const message = must('secureBoot', "be false with 'sev'", efi(domain)?.secureBoot);
        note(`${FIRMWARE}.bootloader.efi`, message, SEV_EFI, SERVER_LAUNCH_SECURITY);
      }),
    },
    {
      id: 'launch-security-sev-attestation-paused',
      sentence: 'A machine with SEV attestation starts paused.',
      source: vmiCreate('validateLaunchSecurity'),
      check: withSev((machine, note) => {
        const strategy = machine.template.startStrategy;
        if (!has(sev(machine), 'attestation') || strategy === 'Paused') return;
        const message = must('startStrategy', "be 'Paused' with 'sev.attestation'", strategy);
        note(`${TEMPLATE}.startStrategy`, message, undefined, SERVER_LAUNCH_SECURITY);
      }),
    },
    {
      id: 'launch-security-sev-boot-interface',
      sentence: 'A machine with SEV does not boot from an interface.',
      source: vmiCreate('validateLaunchSecurity'),
      check: withSev(({ interfaces }, note) => {
        for (const [index, { name, bootOrder }] of interfaces.entries()) {
          if (bootOrder === undefined || bootOrder === null) continue;
          const message = must('bootOrder', `be left out of interface ${show(name)} with 'sev'`, bootOrder);
          note(`${DEVICES}.interfaces[${index}].bootOrder`, message, undefined, SERVER_LAUNCH_SECURITY);
        }
      }),
    },
  ],
);

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

function sev({ domain }: Machine): Json | undefined {
  return childIn(childIn(domain, 'launchSecurity'), 'sev');
}

/** What SEV asks for, once it is allowed at all. */
function withSev(check: (machine: Machine, note: Note) => void): MachineCheck {
  return (machine, note) => {
    if (sev(machine) !== undefined && gated(machine, SEV_GATE)) check(machine, note);
  };
}
