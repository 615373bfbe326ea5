import { ImagePullPolicy } from 'cdk8s-plus-27';
import * as k from '../../constructs';
import { isObject, valueAt } from '../../review/manifests/json';
import { call, Code, literal, options, record } from '../language/expression';
import { Entries, flagCode, memberCode, objectOr, textCode, tried } from '../language/scalars';

/** How the machine starts. */
export function firmware(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const names: Entries = [
    ['uuid', textCode(value.uuid)],
    ['serial', textCode(value.serial)],
    ['kernelBoot', kernelBoot(value.kernelBoot)],
  ];
  const efi = valueAt(value, 'bootloader', 'efi');
  if (isObject(efi)) {
    const factory = efi.secureBoot === false ? 'uefi' : 'secureBoot';
    const persistent = efi.persistent === true ? literal(true) : undefined;
    return tried(() => call('Firmware', k.Firmware, factory, options([...names, ['persistent', persistent]])));
  }
  const useSerial = flagCode(valueAt(value, 'bootloader', 'bios', 'useSerial'));
  if (isObject(valueAt(value, 'bootloader', 'bios'))) {
    return tried(() => call('Firmware', k.Firmware, 'bios', options([...names, ['useSerial', useSerial]])));
  }
  const all = options(names);
  return all && tried(() => call('Firmware', k.Firmware, 'leftOpen', all));
}

/** What the virtual board can do, beside what the firmware brings. */
export function features(value: unknown, ofFirmware: unknown): Code | undefined {
  const from = objectOr(value);
  const enabled = (key: string): Code | undefined => (isObject(from[key]) ? literal(isOn(from[key])) : undefined);
  const efi = valueAt(ofFirmware, 'bootloader', 'efi');
  const hasSecureBoot = isObject(efi) && efi.secureBoot !== false;
  return options([
    ['acpi', enabled('acpi')],
    ['apic', enabled('apic')],
    ['apicEndOfInterrupt', flagCode(valueAt(from, 'apic', 'endOfInterrupt'))],
    ['kvmHidden', flagCode(valueAt(from, 'kvm', 'hidden'))],
    ['pvSpinlock', enabled('pvspinlock')],
    // The firmware brings it.
    ['smm', hasSecureBoot && isOn(from.smm) ? undefined : enabled('smm')],
  ]);
}

function isOn(value: unknown): boolean {
  return isObject(value) && value.enabled !== false;
}

function kernelBoot(value: unknown): Code | undefined {
  const container = valueAt(value, 'container');
  if (!isObject(container)) return undefined;
  const all = record([
    ['kernelPath', textCode(container.kernelPath)],
    ['initrdPath', textCode(container.initrdPath)],
    ['kernelArgs', textCode(valueAt(value, 'kernelArgs'))],
    ['imagePullPolicy', memberCode('ImagePullPolicy', ImagePullPolicy, container.imagePullPolicy)],
    ['imagePullSecret', textCode(container.imagePullSecret)],
  ]);
  return tried(() => call('KernelBoot', k.KernelBoot, 'fromImage', literal(container.image), all));
}
