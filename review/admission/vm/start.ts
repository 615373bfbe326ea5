import { childIn, has, objectAt, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { resource, wholeValue } from '../shared/quantities';
import { must, mustBeOneOf, show } from '../shared/wording';
import { targetOf } from './disk-targets';
import { DISKS_TWICE } from './disks';
import { cite, DEVICES, entryWarning, gated, Machine, machineWarning, TEMPLATE, vmiCreate } from './machine';

const DISKS = `${DEVICES}.disks`;
const WEBHOOKS = 'pkg/virt-api/webhooks';
/** What a message says of a machine that is not refused at once. */
export const LATER = 'the machine is accepted, and refused when it starts';

/** The bus that a disk gets when the machine starts, where it names none. */
export const DEFAULT_BUS: ReadonlyMap<string, string> = new Map([
  ['amd64', 'sata'],
  ['arm64', 'virtio'],
  ['s390x', 'virtio'],
]);

/** What each architecture can show: pkg/virt-api/webhooks/<architecture>.go, validateVideoType… */
const VIDEO_TYPES: ReadonlyMap<string, readonly string[]> = new Map([
  ['amd64', ['bochs', 'cirrus', 'ramfb', 'vga', 'virtio']],
  ['arm64', ['ramfb', 'virtio']],
  ['ppc64le', ['bochs', 'cirrus', 'vga', 'virtio']],
  ['s390x', ['virtio']],
]);

/** What an enlightenment needs; in the webhook's order, where one that is turned on may need another. */
const HYPERV_REQUIREMENTS = [
  ['evmcs', 'vapic'],
  ['ipi', 'vpindex'],
  ['tlbflush', 'vpindex'],
  ['synictimer', 'synic'],
  ['synic', 'vpindex'],
] as const;

/** Accepted as a machine, refused as its instance when it starts: disks without a bus, memory, devices of an architecture. */
export const START_RULES: readonly Rule[] = [
  machineWarning('start-memory', vmiCreate('ValidateVirtualMachineInstanceMandatoryFields'), (machine, note) => {
    const memory = childIn(machine.domain, 'memory');
    if (machine.hasInstancetype || wholeValue(resource(machine.domain, 'requests', 'memory')) !== 0) return;
    if (has(memory, 'guest') || has(memory, 'hugepages')) return;
    const message = must('memory.guest', 'be given to start', memory?.guest);
    note(`${TEMPLATE}.domain.memory.guest`, `${message}: ${LATER}`, "write 'memory: {guest: 2Gi}' or another size");
  }),
  defaultBusRule('start-disk-readonly-bus', 'sata', 'setDefaultAmd64DisksBus', (disk, index, note) => {
    if (childIn(disk, 'disk')?.readonly !== true) return;
    note(`${DISKS}[${index}].disk.bus`, lacksBus('a read-only disk', 'sata'), "write 'bus: virtio' or 'bus: scsi'");
  }),
  defaultBusRule('start-disk-io-thread-bus', 'sata', 'setDefaultAmd64DisksBus', (disk, index, note) => {
    if (disk.dedicatedIOThread !== true) return;
    note(`${DISKS_TWICE}[${index}]`, lacksBus("a disk with 'dedicatedIOThread'", 'sata'), "write 'bus: virtio'");
  }),
  defaultBusRule('start-disk-downward-metrics-bus', 'sata', 'setDefaultAmd64DisksBus', (disk, index, note, machine) => {
    if (!has(machine.volumesByName.get(textIn(disk, 'name')), 'downwardMetrics') || !has(disk, 'disk')) return;
    note(`${DISKS}[${index}].disk.bus`, lacksBus('a disk of downwardMetrics', 'sata'), "write 'bus: virtio'");
  }),
  defaultBusRule('start-cdrom-bus', 'virtio', 'setDefaultArm64DisksBus', (disk, index, note) => {
    if (targetOf(disk)?.kind !== 'cdrom') return;
    note(`${DISKS}[${index}].cdrom.bus`, lacksBus('a CD-ROM', 'virtio'), "write 'bus: scsi'");
  }),
  archRule('start-watchdog-amd64', 'amd64', 'validateWatchdogAmd64', ({ devices }, note) => {
    if (!has(childIn(devices, 'watchdog'), 'diag288')) return;
    note(`${DEVICES}.watchdog`, `'watchdog' must be 'i6300esb' on amd64, got 'diag288': ${LATER}`);
  }),
  archRule('start-watchdog-s390x', 's390x', 'validateWatchdogS390x', ({ devices }, note) => {
    if (!has(childIn(devices, 'watchdog'), 'i6300esb')) return;
    note(`${DEVICES}.watchdog`, `'watchdog' must be 'diag288' on s390x, got 'i6300esb': ${LATER}`);
  }),
  archRule('start-watchdog-arm64', 'arm64', 'validateWatchdog', ({ devices }, note) => {
    if (!has(devices, 'watchdog')) return;
    note(`${DEVICES}.watchdog`, `${must('watchdog', 'be left out on arm64', devices.watchdog)}: ${LATER}`);
  }),
  machineWarning('start-video-type', cite(`${WEBHOOKS}/amd64.go`, 'validateVideoTypeAmd64'), (machine, note) => {
    const types = VIDEO_TYPES.get(machine.architecture);
    if (types === undefined || !has(machine.devices, 'video') || !gated(machine, 'VideoConfig')) return;
    const type = textIn(childIn(machine.devices, 'video'), 'type');
    if (types.includes(type)) return;
    note(`${DEVICES}.video.type`, `${mustBeOneOf('type', types, type)} on ${machine.architecture}: ${LATER}`);
  }),
  archRule('start-disk-bus-arm64', 'arm64', 'validateDiskBus', ({ disks }, note) => {
    disks.forEach((disk, index) => {
      for (const target of ['disk', 'lun', 'cdrom'] as const) {
        const bus = textIn(childIn(disk, target), 'bus');
        if (bus !== 'sata' && bus !== 'usb') continue;
        note(`${DISKS}[${index}].${target}.bus`, `${mustBeOneOf('bus', ['scsi', 'virtio'], bus)} on arm64: ${LATER}`);
      }
    });
  }),
  archRule('start-cpu-model-arm64', 'arm64', 'validateCPUModel', ({ domain }, note) => {
    const model = textIn(childIn(domain, 'cpu'), 'model');
    if (model === '' || model === 'host-passthrough') return;
    note(`${TEMPLATE}.domain.cpu.model`, `${must('model', "be 'host-passthrough' on arm64", model)}: ${LATER}`);
  }),
  archRule('start-bios-arm64', 'arm64', 'validateBootOptions', ({ domain }, note) => {
    const bios = childIn(childIn(domain, 'firmware'), 'bootloader')?.bios;
    if (bios === undefined || bios === null) return;
    const message = `'bootloader' must be 'efi' on arm64, got 'bios': ${LATER}`;
    note(`${TEMPLATE}.domain.firmware.bootloader.bios`, message);
  }),
  archRule('start-secure-boot-arm64', 'arm64', 'validateBootOptions', ({ domain }, note) => {
    const efi = objectAt(domain, 'firmware', 'bootloader', 'efi');
    if (efi === undefined || efi.secureBoot === false) return;
    const message = `${must('secureBoot', 'be false on arm64', efi.secureBoot)}: ${LATER}`;
    // The webhook writes the key in small letters.
    note(`${TEMPLATE}.domain.firmware.bootloader.efi.secureboot`, message, "write 'efi: {secureBoot: false}'");
  }),
  archRule('start-sound-arm64', 'arm64', 'validateSoundDevice', ({ devices }, note) => {
    if (!has(devices, 'sound')) return;
    note(`${DEVICES}.sound`, `${must('sound', 'be left out on arm64', devices.sound)}: ${LATER}`);
  }),
  machineWarning('start-architecture-known', vmiCreate('ValidateVirtualMachineInstancePerArch'), (machine, note) => {
    if (VIDEO_TYPES.has(machine.architecture)) return;
    const message = mustBeOneOf('architecture', VIDEO_TYPES.keys(), machine.architecture);
    note(`${TEMPLATE}.architecture`, `${message}: ${LATER}`);
  }),
];

/** Hyper-V's enlightenments, refused when the machine starts. */
export const HYPERV_RULES: readonly Rule[] = [
  machineWarning(
    'start-hyperv-exclusive',
    cite(`${WEBHOOKS}/hyperv.go`, 'ValidateVirtualMachineInstanceHypervMode'),
    ({ domain }, note) => {
      const features = childIn(domain, 'features');
      // Turned off it counts too: the webhook asks whether it is there.
      if (!has(features, 'hyperv') || !has(features, 'hypervPassthrough')) return;
      const message = `'hyperv' must stand without 'hypervPassthrough', got both: ${LATER}`;
      note(`${TEMPLATE}.domain.features.hyperv`, message, 'remove one of them');
    },
  ),
  machineWarning(
    'start-hyperv-requirement',
    cite(`${WEBHOOKS}/hyperv.go`, 'ValidateVirtualMachineInstanceHypervFeatureDependencies'),
    ({ domain }, note) => {
      const hyperv = childIn(childIn(domain, 'features'), 'hyperv');
      if (hyperv === undefined) return;
      const on = new Set(Object.keys(hyperv).filter((feature) => isOn(childIn(hyperv, feature))));
      for (const [feature, required] of HYPERV_REQUIREMENTS) {
        if (!on.has(feature)) continue;
        // What is not there is turned on for the machine.
        if (!has(hyperv, required)) on.add(required);
        if (on.has(required)) continue;
        const message = `'${required}' must be on with '${feature}', got ${show(hyperv[required])}: ${LATER}`;
        note(`${TEMPLATE}.domain.features.hyperv.${feature}`, message);
      }
    },
  ),
];

function isOn(feature: Json | undefined): boolean {
  return feature !== undefined && feature.enabled !== false;
}

function lacksBus(what: string, bus: string): string {
  return `'bus' must be given for ${what}, got nothing, which becomes '${bus}': ${LATER}`;
}

/** A disk that names no bus, where no preference may name one for it. */
function defaultBusRule(
  id: string,
  bus: string,
  name: string,
  check: (disk: Json, index: number, note: Note, machine: Machine) => void,
): Rule {
  const file = `pkg/defaults/${bus === 'sata' ? 'amd64' : 'arm64'}.go`;
  return entryWarning('disks', id, cite(file, name), (disk, index, note, machine) => {
    if (DEFAULT_BUS.get(machine.architecture) !== bus || machine.hasPreference) return;
    if ((targetOf(disk)?.bus ?? '') === '') check(disk, index, note, machine);
  });
}

function archRule(id: string, architecture: string, name: string, check: (machine: Machine, note: Note) => void): Rule {
  return machineWarning(id, cite(`${WEBHOOKS}/${architecture}.go`, name), (machine, note) => {
    if (machine.architecture === architecture) check(machine, note);
  });
}
