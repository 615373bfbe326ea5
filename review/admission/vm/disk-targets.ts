import { childIn, has, textIn, valueAt } from '../../manifests/json';
import { Json, Rule } from '../../rule';
import { isPciAddress } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, mustBeOneOf, needsGate, show } from '../shared/wording';
import { DISKS_TWICE } from './disks';
import { DEVICES, each, gated, hasRelease, Machine, vmiCreate, inDisks } from './machine';

const DISKS = `${DEVICES}.disks`;
const TARGETS = ['disk', 'lun', 'cdrom'] as const;
const BUSES: ReadonlySet<string> = new Set(['sata', 'scsi', 'usb', 'virtio']);

/** How a disk is shown to the guest, and on which bus: of several targets the first, as the webhook reads them. */
export function targetOf(disk: Json): { readonly kind: (typeof TARGETS)[number]; readonly bus: string } | undefined {
  for (const kind of TARGETS) {
    if (has(disk, kind)) return { kind, bus: textIn(childIn(disk, kind), 'bus') };
  }
  return undefined;
}

const EMPTY_GATE = 'DeclarativeHotplugVolumes';
/** From this release on a CD-ROM drive may be empty, while the gate is on. */
const EMPTY_SINCE = 'v1.6.2';
const RESERVATION_GATE = 'PersistentReservation';

/** How a disk is shown to the guest, and which volume is behind it. */
export const DISK_TARGET_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'disk-target-single',
    about: ['cdrom', 'lun'],
    sentence: 'A disk is one of disk, lun and cdrom.',
    source: vmiCreate('validateDeviceTarget'),
    moved: inDisks('validateDeviceTarget'),
    check: each('disks', (entry, index, note) => {
      const given = TARGETS.filter((target) => has(entry, target));
      if (given.length < 2) return;
      note(`${DISKS}[${index}]`, `a disk must have one of 'disk', 'lun' and 'cdrom', got ${show(given)}`);
    }),
  },
  {
    id: 'disk-bus-known',
    sentence: 'The bus of a disk is sata, scsi, usb or virtio.',
    source: vmiCreate('validateBusSupport'),
    moved: inDisks('validateBusSupport'),
    check: each('disks', (entry, index, note) => {
      const target = targetOf(entry);
      if (target === undefined || target.bus === '' || BUSES.has(target.bus)) return;
      const remedy = target.bus === 'ide' ? "KubeVirt has no IDE bus; 'sata' is the closest to it" : undefined;
      note(`${DISKS}[${index}].${target.kind}.bus`, mustBeOneOf('bus', BUSES, target.bus), remedy);
    }),
  },
  {
    id: 'disk-bus-cdrom',
    about: ['cdrom'],
    sentence: 'A CD-ROM is not on the virtio bus.',
    source: vmiCreate('validateBusSupport'),
    moved: inDisks('validateBusSupport'),
    check: each('disks', (entry, index, note) => {
      const target = targetOf(entry);
      if (target?.kind !== 'cdrom' || target.bus !== 'virtio') return;
      note(`${DISKS}[${index}].cdrom.bus`, must('bus', "be 'sata', 'scsi' or 'usb' for a CD-ROM", target.bus));
    }),
  },
  {
    id: 'disk-readonly-sata',
    about: ['readonly'],
    sentence: 'A read-only disk is not on the sata bus.',
    source: vmiCreate('validateBusSupport'),
    moved: inDisks('validateBusSupport'),
    check: each('disks', (entry, index, note) => {
      if (textIn(childIn(entry, 'disk'), 'bus') !== 'sata' || childIn(entry, 'disk')?.readonly !== true) return;
      const message = must('bus', "be 'virtio', 'scsi' or 'usb' for a read-only disk", 'sata');
      note(`${DISKS}[${index}].disk.bus`, message, "or make it a 'cdrom'");
    }),
  },
  {
    id: 'disk-dedicated-io-thread-bus',
    about: ['dedicatedIOThread'],
    sentence: 'A disk with an I/O thread of its own is on the virtio bus.',
    source: vmiCreate('validateBusSupport'),
    moved: inDisks('validateBusSupport'),
    check: each('disks', (entry, index, note) => {
      const bus = targetOf(entry)?.bus ?? '';
      if (entry.dedicatedIOThread !== true || bus === '' || bus === 'virtio') return;
      const message = must('bus', "be 'virtio' with 'dedicatedIOThread'", bus);
      note(`${DISKS}[${index}].dedicatedIOThread`, message, undefined, `${DISKS_TWICE}[${index}]`);
    }),
  },
  {
    id: 'disk-pci-address-bus',
    about: ['pciAddress'],
    sentence: 'A disk with a PCI address is on the virtio bus.',
    source: vmiCreate('validatePciAddress'),
    moved: inDisks('validatePciAddress'),
    check: each('disks', (entry, index, note, { hasPreference }) => {
      const bus = textIn(childIn(entry, 'disk'), 'bus');
      if (textIn(childIn(entry, 'disk'), 'pciAddress') === '' || bus === 'virtio') return;
      if (bus === '' && hasPreference) return;
      const message = must('bus', "be 'virtio' for a disk with 'pciAddress'", bus);
      note(`${DISKS}[${index}].disk.bus`, message, undefined, serverPciField(index));
    }),
  },
  {
    id: 'disk-pci-address-form',
    about: ['pciAddress'],
    sentence: 'The PCI address of a disk has the form domain:bus:slot.function.',
    source: vmiCreate('validatePciAddress'),
    moved: inDisks('validatePciAddress'),
    check: each('disks', (entry, index, note) => {
      const address = textIn(childIn(entry, 'disk'), 'pciAddress');
      if (address === '' || isPciAddress(address)) return;
      const message = must('pciAddress', "have the form '0000:00:00.0'", address);
      note(`${DISKS}[${index}].disk.pciAddress`, message, undefined, serverPciField(index));
    }),
  },
  {
    id: 'disk-volume-exists',
    sentence: 'Every disk has a volume of its name.',
    source: vmiCreate('validateBootOrder'),
    check: each('disks', (entry, index, note, machine) => {
      const name = textIn(entry, 'name');
      if (machine.volumesByName.has(name)) return;
      if (has(entry, 'cdrom') && hasRelease(machine, EMPTY_SINCE)) return;
      note(
        `${DISKS}[${index}].name`,
        must('name', 'be the name of a volume', name),
        'add the volume, or remove the disk',
      );
    }),
  },
  {
    id: 'disk-cdrom-empty-gate',
    since: EMPTY_SINCE,
    about: ['cdrom'],
    sentence: 'A CD-ROM drive without a volume is used while its feature gate is on.',
    source: vmiCreate('validateBootOrder'),
    check: each('disks', (entry, index, note, machine) => {
      const name = textIn(entry, 'name');
      if (machine.volumesByName.has(name) || !has(entry, 'cdrom') || gated(machine, EMPTY_GATE)) return;
      const what = `cdrom ${show(name)}, which no volume fills,`;
      note(
        `${DISKS}[${index}].name`,
        needsGate(what, EMPTY_GATE),
        `add a volume named ${show(name)}; or ${listGate(EMPTY_GATE)}`,
      );
    }),
  },
  {
    id: 'disk-lun-volume',
    about: ['lun'],
    sentence: 'A lun is on a volume that is a claim or a DataVolume.',
    source: vmiCreate('validateBootOrder'),
    check: each('disks', (entry, index, note, { volumesByName }) => {
      const volume = volumesByName.get(textIn(entry, 'name'));
      if (!has(entry, 'lun') || volume === undefined) return;
      if (has(volume, 'persistentVolumeClaim') || has(volume, 'dataVolume')) return;
      const message = "'lun' must be on a volume with 'persistentVolumeClaim' or 'dataVolume'";
      note(`${DISKS}[${index}].lun`, `${message}, got ${show(Object.keys(volume).filter((key) => key !== 'name'))}`);
    }),
  },
  {
    id: 'disk-lun-reservation-gate',
    about: ['lun'],
    sentence: 'Persistent reservation is used while the cluster permits it.',
    source: vmiCreate('validatePersistentReservation'),
    check: (machine, note) => {
      const index = machine.disks.findIndex((entry) => childIn(entry, 'lun')?.reservation === true);
      if (index < 0) return;
      const [field, serverField] = [`${DISKS}[${index}].lun.reservation`, `${DISKS}.luns.reservation`];
      const isSetting = hasRelease(machine, RESERVATION_SETTING);
      if (isSetting ? permitsReservation(machine) : gated(machine, RESERVATION_GATE)) return;
      if (!isSetting || machine.config.assumed === true) {
        note(field, needsGate('reservation', RESERVATION_GATE), listGate(RESERVATION_GATE), serverField);
      } else {
        const message = "'reservation' must have the setting 'persistentReservationConfiguration', which is not on";
        const remedy = 'set spec.configuration.persistentReservationConfiguration.enabled of the KubeVirt object';
        note(field, message, remedy, serverField);
      }
    },
  },
  {
    id: 'disk-downward-metrics-target',
    about: ['downwardMetrics'],
    sentence: 'The volume of downward metrics is shown as a disk.',
    source: vmiCreate('validateBootOrder'),
    check: each('disks', (entry, index, note, { volumesByName }) => {
      if (!has(volumesByName.get(textIn(entry, 'name')), 'downwardMetrics') || has(entry, 'disk')) return;
      const message = must('disk', 'be given for a downwardMetrics volume', undefined);
      note(`${DISKS}[${index}].disk`, message, "write the disk out: 'disk: {bus: virtio}'");
    }),
  },
  {
    id: 'disk-downward-metrics-bus',
    about: ['downwardMetrics'],
    sentence: 'The disk of downward metrics is on the virtio bus.',
    source: vmiCreate('validateBootOrder'),
    check: each('disks', (entry, index, note, { volumesByName }) => {
      const bus = textIn(childIn(entry, 'disk'), 'bus');
      if (bus === '' || bus === 'virtio') return;
      if (!has(volumesByName.get(textIn(entry, 'name')), 'downwardMetrics')) return;
      note(`${DISKS}[${index}].disk.bus`, must('bus', "be 'virtio' for a downwardMetrics volume", bus));
    }),
  },
]);

/** From this release on a setting of its own decides, and the gate where it is listed: virt-config.go, PersistentReservationEnabled. */
const RESERVATION_SETTING = 'v1.9.0';

/** Whether the cluster permits persistent reservation, which is off unless something says otherwise. */
function permitsReservation({ config }: Machine): boolean {
  const enabled = valueAt(config.configuration, 'persistentReservationConfiguration', 'enabled');
  if (typeof enabled === 'boolean') return enabled;
  return config.anyGate === true || config.featureGates.has(RESERVATION_GATE);
}

function serverPciField(index: number): string {
  return `${DISKS_TWICE}.disk[${index}].pciAddress`;
}
