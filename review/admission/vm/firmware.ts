import { childIn, has, objectAt, textAt, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isCleanPath } from '../shared/formats';
import { listGate, must, needsGate, show } from '../shared/wording';
import { gated, Machine, machineRule, TEMPLATE, vmiCreate } from './machine';

const FIRMWARE = `${TEMPLATE}.domain.firmware`;
/** The webhook's path of the ACPI tables leaves out where they stand. */
const ACPI = `${TEMPLATE}.acpi`;
const LAUNCH_SECURITY = `${TEMPLATE}.launchSecurity`;
const SEV_GATE = 'WorkloadEncryptionSEV';
const SECURE_EXECUTION_GATE = 'SecureExecution';

const ACPI_REFERENCES = ['slicNameRef', 'msdmNameRef'] as const;
const SEV_EFI = "write 'firmware: {bootloader: {efi: {secureBoot: false}}}'";

/** Boot loader, kernel boot, ACPI tables. */
export const FIRMWARE_RULES: readonly Rule[] = [
  machineRule('firmware-bootloader-single', vmiCreate('validateBootloader'), ({ domain }, note) => {
    const bootloader = childIn(childIn(domain, 'firmware'), 'bootloader');
    if (!has(bootloader, 'efi') || !has(bootloader, 'bios')) return;
    note(`${FIRMWARE}.bootloader`, `'bootloader' must be 'efi' or 'bios', got ${show(['efi', 'bios'])}`);
  }),
  machineRule('firmware-secure-boot-smm', vmiCreate('validateDomainSpec'), ({ domain, hasPreference }, note) => {
    // A preference may bring the SMM feature.
    if (!secureBoot(domain) || isOn(childIn(childIn(domain, 'features'), 'smm')) || hasPreference) return;
    const message = must('features.smm', 'be on with EFI secure boot', valueAt(domain, 'features', 'smm'));
    const remedy = "write 'features: {smm: {enabled: true}}', or 'efi: {secureBoot: false}'";
    note(`${TEMPLATE}.domain`, message, remedy);
  }),
  machineRule('firmware-kernel-args-container', vmiCreate('validateKernelBoot'), ({ domain }, note) => {
    const args = textAt(domain, 'firmware', 'kernelBoot', 'kernelArgs');
    if (args === '' || kernelContainer(domain) !== undefined) return;
    note(`${FIRMWARE}.kernelBoot.kernelArgs`, must('kernelArgs', "stand beside a 'container'", args));
  }),
  kernelBoot('firmware-kernel-image', (container, path, note) => {
    if (textIn(container, 'image') === '') note(`${path}.image`, must('image', 'be given', container.image));
  }),
  kernelBoot('firmware-kernel-path-given', (container, path, note) => {
    if (textIn(container, 'kernelPath') !== '' || textIn(container, 'initrdPath') !== '') return;
    note(path, must('kernelPath', "be given, or 'initrdPath'", undefined));
  }),
  kernelBoot('firmware-kernel-path-clean', (container, path, note) => {
    for (const key of ['kernelPath', 'initrdPath']) {
      const value = textIn(container, key);
      if (value === '' || (value !== '/' && isCleanPath(value))) continue;
      const message = must(key, "be an absolute path to a file, without '.', '..' and doubled slashes", value);
      note(`${path}.${key}`, message);
    }
  }),
  machineRule('firmware-acpi-given', vmiCreate('validateFirmwareACPI'), ({ domain }, note) => {
    const acpi = childIn(childIn(domain, 'firmware'), 'acpi');
    if (acpi === undefined || ACPI_REFERENCES.some((key) => textIn(acpi, key) !== '')) return;
    note(ACPI, must('acpi', "have 'slicNameRef' or 'msdmNameRef'", acpi));
  }),
  machineRule('firmware-acpi-volume-exists', vmiCreate('validateACPIRef'), (machine, note) => {
    eachAcpiVolume(machine, (key, name, volume) => {
      if (volume === undefined) note(`${ACPI}.${key}`, must(key, 'be the name of a volume', name));
    });
  }),
  machineRule('firmware-acpi-volume-secret', vmiCreate('validateACPIRef'), (machine, note) => {
    eachAcpiVolume(machine, (key, name, volume) => {
      if (volume === undefined || has(volume, 'secret')) return;
      note(`${ACPI}.${key}`, must(key, "be the name of a volume with a 'secret'", name));
    });
  }),
];

/** Memory that the host cannot read. */
export const LAUNCH_SECURITY_RULES: readonly Rule[] = [
  machineRule('launch-security-secure-execution-gate', vmiCreate('validateLaunchSecurity'), (machine, note) => {
    if (!has(machine.domain, 'launchSecurity') || machine.architecture !== 's390x') return;
    if (gated(machine, SECURE_EXECUTION_GATE)) return;
    const message = needsGate('launchSecurity on s390x', SECURE_EXECUTION_GATE);
    note(LAUNCH_SECURITY, message, listGate(SECURE_EXECUTION_GATE));
  }),
  machineRule('launch-security-sev-gate', vmiCreate('validateLaunchSecurity'), (machine, note) => {
    if (sev(machine) === undefined || gated(machine, SEV_GATE)) return;
    note(LAUNCH_SECURITY, needsGate('sev', SEV_GATE), listGate(SEV_GATE));
  }),
  sevRule('launch-security-sev-efi', ({ domain, hasPreference }, note) => {
    // A preference may bring EFI.
    if (efi(domain) !== undefined || hasPreference) return;
    note(LAUNCH_SECURITY, must('firmware.bootloader.efi', "be given with 'sev'", undefined), SEV_EFI);
  }),
  sevRule('launch-security-sev-secure-boot', ({ domain }, note) => {
    if (!secureBoot(domain)) return;
    note(LAUNCH_SECURITY, must('secureBoot', "be false with 'sev'", efi(domain)?.secureBoot), SEV_EFI);
  }),
  sevRule('launch-security-sev-attestation-paused', (machine, note) => {
    const strategy = machine.template.startStrategy;
    if (!has(sev(machine), 'attestation') || strategy === 'Paused') return;
    note(LAUNCH_SECURITY, must('startStrategy', "be 'Paused' with 'sev.attestation'", strategy));
  }),
  sevRule('launch-security-sev-boot-interface', ({ interfaces }, note) => {
    for (const { name, bootOrder } of interfaces) {
      if (bootOrder === undefined || bootOrder === null) continue;
      note(LAUNCH_SECURITY, must('bootOrder', `be left out of interface ${show(name)} with 'sev'`, bootOrder));
    }
  }),
];

function kernelContainer(domain: Json): Json | undefined {
  return objectAt(domain, 'firmware', 'kernelBoot', 'container');
}

function kernelBoot(id: string, check: (container: Json, path: string, note: Note) => void): Rule {
  return machineRule(id, vmiCreate('validateKernelBoot'), ({ domain }, note) => {
    const container = kernelContainer(domain);
    if (container !== undefined) check(container, `${FIRMWARE}.kernelBoot.container`, note);
  });
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
function sevRule(id: string, check: (machine: Machine, note: Note) => void): Rule {
  return machineRule(id, vmiCreate('validateLaunchSecurity'), (machine, note) => {
    if (sev(machine) !== undefined && gated(machine, SEV_GATE)) check(machine, note);
  });
}
