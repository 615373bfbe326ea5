import { Severity } from '../../finding';
import { childIn, has, objectAt, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { resource, wholeValue } from '../shared/quantities';
import { topic } from '../shared/topic';
import { must, mustBeOneOf, show } from '../shared/wording';
import { targetOf } from './disk-targets';
import { DISKS_TWICE } from './disks';
import { cite, DEVICES, each, gated, hasRelease, Machine, MachineCheck, TEMPLATE, vmiCreate } from './machine';

const DISKS = `${DEVICES}.disks`;
const WEBHOOKS = 'pkg/virt-api/webhooks';
/** How a message ends about a machine that is not refused at once. */
export const LATER = ': the machine is accepted, and refused when it starts';

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
export const START_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, severity: Severity.WARNING },
  [
    {
      id: 'start-memory',
      sentence: 'A machine says how much memory it has, or its instance is refused.',
      source: vmiCreate('ValidateVirtualMachineInstanceMandatoryFields'),
      check: (machine, note) => {
        const memory = childIn(machine.domain, 'memory');
        if (machine.hasInstancetype || wholeValue(resource(machine.domain, 'requests', 'memory')) !== 0) return;
        if (has(memory, 'guest') || has(memory, 'hugepages')) return;
        const message = must('memory.guest', 'be given to start', memory?.guest);
        note(`${TEMPLATE}.domain.memory.guest`, `${message}`, "write 'memory: {guest: 2Gi}' or another size");
      },
    },
    {
      id: 'start-disk-readonly-bus',
      about: ['readonly'],
      sentence: 'A read-only disk names a bus, since the default one refuses it.',
      source: cite('pkg/defaults/amd64.go', 'setDefaultAmd64DisksBus'),
      check: withoutBus('sata', (disk, index, note) => {
        if (childIn(disk, 'disk')?.readonly !== true) return;
        note(`${DISKS}[${index}].disk.bus`, lacksBus('a read-only disk', 'sata'), "write 'bus: virtio' or 'bus: scsi'");
      }),
    },
    {
      id: 'start-disk-io-thread-bus',
      about: ['dedicatedIOThread'],
      sentence: 'A disk with an I/O thread of its own names a bus, since the default one refuses it.',
      source: cite('pkg/defaults/amd64.go', 'setDefaultAmd64DisksBus'),
      check: withoutBus('sata', (disk, index, note) => {
        if (disk.dedicatedIOThread !== true) return;
        const message = lacksBus("a disk with 'dedicatedIOThread'", 'sata');
        note(`${DISKS}[${index}].dedicatedIOThread`, message, "write 'bus: virtio'", `${DISKS_TWICE}[${index}]`);
      }),
    },
    {
      id: 'start-disk-downward-metrics-bus',
      about: ['downwardMetrics'],
      sentence: 'A disk of downward metrics names a bus, since the default one refuses it.',
      source: cite('pkg/defaults/amd64.go', 'setDefaultAmd64DisksBus'),
      check: withoutBus('sata', (disk, index, note, machine) => {
        if (!has(machine.volumesByName.get(textIn(disk, 'name')), 'downwardMetrics') || !has(disk, 'disk')) return;
        note(`${DISKS}[${index}].disk.bus`, lacksBus('a disk of downwardMetrics', 'sata'), "write 'bus: virtio'");
      }),
    },
    {
      id: 'start-cdrom-bus',
      about: ['cdrom'],
      sentence: 'A CD-ROM names a bus, since the default one of the architecture refuses it.',
      source: cite('pkg/defaults/arm64.go', 'setDefaultArm64DisksBus'),
      check: withoutBus('virtio', (disk, index, note) => {
        if (targetOf(disk)?.kind !== 'cdrom') return;
        note(`${DISKS}[${index}].cdrom.bus`, lacksBus('a CD-ROM', 'virtio'), "write 'bus: scsi'");
      }),
    },
    {
      id: 'start-watchdog-amd64',
      about: ['watchdog'],
      sentence: 'The watchdog on amd64 is i6300esb.',
      source: cite(`${WEBHOOKS}/amd64.go`, 'validateWatchdogAmd64'),
      check: onArchitecture('amd64', ({ devices }, note) => {
        if (!has(childIn(devices, 'watchdog'), 'diag288')) return;
        note(`${DEVICES}.watchdog`, `'watchdog' must be 'i6300esb' on amd64, got 'diag288'`);
      }),
    },
    {
      id: 'start-watchdog-s390x',
      about: ['watchdog'],
      sentence: 'The watchdog on s390x is diag288.',
      source: cite(`${WEBHOOKS}/s390x.go`, 'validateWatchdogS390x'),
      check: onArchitecture('s390x', ({ devices }, note) => {
        if (!has(childIn(devices, 'watchdog'), 'i6300esb')) return;
        note(`${DEVICES}.watchdog`, `'watchdog' must be 'diag288' on s390x, got 'i6300esb'`);
      }),
    },
    {
      id: 'start-watchdog-arm64',
      about: ['watchdog'],
      sentence: 'A machine on arm64 has no watchdog.',
      source: cite(`${WEBHOOKS}/arm64.go`, 'validateWatchdog'),
      check: onArchitecture('arm64', ({ devices }, note) => {
        if (!has(devices, 'watchdog')) return;
        note(`${DEVICES}.watchdog`, `${must('watchdog', 'be left out on arm64', devices.watchdog)}`);
      }),
    },
    {
      id: 'start-video-type',
      since: 'v1.6.2',
      about: ['video'],
      sentence: 'The video type is one that the architecture has.',
      source: cite(`${WEBHOOKS}/amd64.go`, 'validateVideoTypeAmd64'),
      check: (machine, note) => {
        const types = VIDEO_TYPES.get(machine.architecture);
        if (types === undefined || !has(machine.devices, 'video') || !gated(machine, 'VideoConfig')) return;
        const type = textIn(childIn(machine.devices, 'video'), 'type');
        if (types.includes(type)) return;
        note(`${DEVICES}.video.type`, `${mustBeOneOf('type', types, type)} on ${machine.architecture}`);
      },
    },
    {
      id: 'start-disk-bus-arm64',
      sentence: 'A disk on arm64 is on the scsi or virtio bus.',
      source: cite(`${WEBHOOKS}/arm64.go`, 'validateDiskBus'),
      check: onArchitecture('arm64', ({ disks }, note) => {
        disks.forEach((disk, index) => {
          for (const target of ['disk', 'lun', 'cdrom'] as const) {
            const bus = textIn(childIn(disk, target), 'bus');
            if (bus !== 'sata' && bus !== 'usb') continue;
            note(`${DISKS}[${index}].${target}.bus`, `${mustBeOneOf('bus', ['scsi', 'virtio'], bus)} on arm64`);
          }
        });
      }),
    },
    {
      id: 'start-cpu-model-arm64',
      about: ['model'],
      sentence: 'The CPU model on arm64 is host-passthrough.',
      source: cite(`${WEBHOOKS}/arm64.go`, 'validateCPUModel'),
      check: onArchitecture('arm64', (machine, note) => {
        const model = textIn(childIn(machine.domain, 'cpu'), 'model');
        if (model === '' || model === 'host-passthrough') return;
        // Before it was host-model alone that was refused.
        if (!hasRelease(machine, 'v1.6.2') && model !== 'host-model') return;
        note(`${TEMPLATE}.domain.cpu.model`, `${must('model', "be 'host-passthrough' on arm64", model)}`);
      }),
    },
    {
      id: 'start-bios-arm64',
      about: ['firmware'],
      sentence: 'A machine on arm64 boots by EFI.',
      source: cite(`${WEBHOOKS}/arm64.go`, 'validateBootOptions'),
      check: onArchitecture('arm64', ({ domain }, note) => {
        const bios = childIn(childIn(domain, 'firmware'), 'bootloader')?.bios;
        if (bios === undefined || bios === null) return;
        const message = `'bootloader' must be 'efi' on arm64, got 'bios'`;
        note(`${TEMPLATE}.domain.firmware.bootloader.bios`, message);
      }),
    },
    {
      id: 'start-secure-boot-arm64',
      until: 'v1.7.4',
      about: ['firmware'],
      sentence: 'A machine on arm64 has no secure boot.',
      source: cite(`${WEBHOOKS}/arm64.go`, 'validateBootOptions'),
      check: onArchitecture('arm64', ({ domain }, note) => {
        const efi = objectAt(domain, 'firmware', 'bootloader', 'efi');
        if (efi === undefined || efi.secureBoot === false) return;
        const message = `${must('secureBoot', 'be false on arm64', efi.secureBoot)}`;
        const efiPath = `${TEMPLATE}.domain.firmware.bootloader.efi`;
        // The webhook writes the key in small letters.
        note(`${efiPath}.secureBoot`, message, "write 'efi: {secureBoot: false}'", `${efiPath}.secureboot`);
      }),
    },
    {
      id: 'start-sound-arm64',
      about: ['sound'],
      sentence: 'A machine on arm64 has no sound device.',
      source: cite(`${WEBHOOKS}/arm64.go`, 'validateSoundDevice'),
      check: onArchitecture('arm64', ({ devices }, note) => {
        if (!has(devices, 'sound')) return;
        note(`${DEVICES}.sound`, `${must('sound', 'be left out on arm64', devices.sound)}`);
      }),
    },
    {
      id: 'start-architecture-known',
      sentence: 'The architecture is one that KubeVirt runs on.',
      source: vmiCreate('ValidateVirtualMachineInstancePerArch'),
      check: (machine, note) => {
        const hasPower = hasRelease(machine, 'v1.6.2') && !hasRelease(machine, 'v1.7.4');
        const isKnown = (one: string): boolean => VIDEO_TYPES.has(one) && (one !== 'ppc64le' || hasPower);
        if (isKnown(machine.architecture)) return;
        const known = [...VIDEO_TYPES.keys()].filter(isKnown);
        note(`${TEMPLATE}.architecture`, mustBeOneOf('architecture', known, machine.architecture));
      },
    },
  ],
);

/** Hyper-V's enlightenments, refused when the machine starts. */
export const HYPERV_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, severity: Severity.WARNING, about: ['features'] },
  [
    {
      id: 'start-hyperv-exclusive',
      sentence: 'A machine has hyperv or hypervPassthrough, not both.',
      source: cite(`${WEBHOOKS}/hyperv.go`, 'ValidateVirtualMachineInstanceHypervMode'),
      check: ({ domain }, note) => {
        const features = childIn(domain, 'features');
        // Turned off it counts too: the webhook asks whether it is there.
        if (!has(features, 'hyperv') || !has(features, 'hypervPassthrough')) return;
        const message = `'hyperv' must stand without 'hypervPassthrough', got both`;
        note(`${TEMPLATE}.domain.features.hyperv`, message, 'remove one of them');
      },
    },
    {
      id: 'start-hyperv-requirement',
      sentence: 'An enlightenment has those on that it needs.',
      source: cite(`${WEBHOOKS}/hyperv.go`, 'ValidateVirtualMachineInstanceHypervFeatureDependencies'),
      check: ({ domain }, note) => {
        const hyperv = childIn(childIn(domain, 'features'), 'hyperv');
        if (hyperv === undefined) return;
        const on = new Set(Object.keys(hyperv).filter((feature) => isOn(childIn(hyperv, feature))));
        for (const [feature, required] of HYPERV_REQUIREMENTS) {
          if (!on.has(feature)) continue;
          // What is not there is turned on for the machine.
          if (!has(hyperv, required)) on.add(required);
          if (on.has(required)) continue;
          const message = `'${required}' must be on with '${feature}', got ${show(hyperv[required])}`;
          note(`${TEMPLATE}.domain.features.hyperv.${feature}`, message);
        }
      },
    },
  ],
);

function isOn(feature: Json | undefined): boolean {
  return feature !== undefined && feature.enabled !== false;
}

function lacksBus(what: string, bus: string): string {
  return `'bus' must be given for ${what}, got nothing, which becomes '${bus}'`;
}

/** A disk that names no bus, where no preference may name one for it. */
function withoutBus(
  bus: string,
  check: (disk: Json, index: number, note: Note, machine: Machine) => void,
): MachineCheck {
  return each('disks', (disk, index, note, machine) => {
    if (DEFAULT_BUS.get(machine.architecture) !== bus || machine.hasPreference) return;
    if ((targetOf(disk)?.bus ?? '') === '') check(disk, index, note, machine);
  });
}

function onArchitecture(architecture: string, check: (machine: Machine, note: Note) => void): MachineCheck {
  return (machine, note) => {
    if (machine.architecture === architecture) check(machine, note);
  };
}
