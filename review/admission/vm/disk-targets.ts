import { childIn, has, textIn } from '../../manifests/json';
import { Json, Rule } from '../../rule';
import { isPciAddress } from '../shared/formats';
import { listGate, must, mustBeOneOf, needsGate, show } from '../shared/wording';
import { DISKS_TWICE } from './disks';
import { DEVICES, EntryCheck, entryRule, gated, machineRule, vmiCreate } from './machine';

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
const RESERVATION_GATE = 'PersistentReservation';

/** How a disk is shown to the guest, and which volume is behind it. */
export const DISK_TARGET_RULES: readonly Rule[] = [
  disk('disk-target-single', 'validateDeviceTarget', (entry, index, note) => {
    const given = TARGETS.filter((target) => has(entry, target));
    if (given.length < 2) return;
    note(`${DISKS}[${index}]`, `a disk must have one of 'disk', 'lun' and 'cdrom', got ${show(given)}`);
  }),
  disk('disk-bus-known', 'validateBusSupport', (entry, index, note) => {
    const target = targetOf(entry);
    if (target === undefined || target.bus === '' || BUSES.has(target.bus)) return;
    const remedy = target.bus === 'ide' ? "KubeVirt has no IDE bus; 'sata' is the closest to it" : undefined;
    note(`${DISKS}[${index}].${target.kind}.bus`, mustBeOneOf('bus', BUSES, target.bus), remedy);
  }),
  disk('disk-bus-cdrom', 'validateBusSupport', (entry, index, note) => {
    const target = targetOf(entry);
    if (target?.kind !== 'cdrom' || target.bus !== 'virtio') return;
    note(`${DISKS}[${index}].cdrom.bus`, must('bus', "be 'sata', 'scsi' or 'usb' for a CD-ROM", target.bus));
  }),
  disk('disk-readonly-sata', 'validateBusSupport', (entry, index, note) => {
    if (textIn(childIn(entry, 'disk'), 'bus') !== 'sata' || childIn(entry, 'disk')?.readonly !== true) return;
    const message = must('bus', "be 'virtio', 'scsi' or 'usb' for a read-only disk", 'sata');
    note(`${DISKS}[${index}].disk.bus`, message, "or make it a 'cdrom'");
  }),
  disk('disk-dedicated-io-thread-bus', 'validateBusSupport', (entry, index, note) => {
    const bus = targetOf(entry)?.bus ?? '';
    if (entry.dedicatedIOThread !== true || bus === '' || bus === 'virtio') return;
    const message = must('bus', "be 'virtio' with 'dedicatedIOThread'", bus);
    note(`${DISKS_TWICE}[${index}]`, message);
  }),
  disk('disk-pci-address-bus', 'validatePciAddress', (entry, index, note, { hasPreference }) => {
    const bus = textIn(childIn(entry, 'disk'), 'bus');
    if (textIn(childIn(entry, 'disk'), 'pciAddress') === '' || bus === 'virtio') return;
    if (bus === '' && hasPreference) return;
    note(pciField(index), must('bus', "be 'virtio' for a disk with 'pciAddress'", bus));
  }),
  disk('disk-pci-address-form', 'validatePciAddress', (entry, index, note) => {
    const address = textIn(childIn(entry, 'disk'), 'pciAddress');
    if (address === '' || isPciAddress(address)) return;
    note(pciField(index), must('pciAddress', "have the form '0000:00:00.0'", address));
  }),
  disk('disk-volume-exists', 'validateBootOrder', (entry, index, note, { volumesByName }) => {
    const name = textIn(entry, 'name');
    if (volumesByName.has(name) || has(entry, 'cdrom')) return;
    note(
      `${DISKS}[${index}].name`,
      must('name', 'be the name of a volume', name),
      'add the volume, or remove the disk',
    );
  }),
  disk('disk-cdrom-empty-gate', 'validateBootOrder', (entry, index, note, machine) => {
    const name = textIn(entry, 'name');
    if (machine.volumesByName.has(name) || !has(entry, 'cdrom') || gated(machine, EMPTY_GATE)) return;
    const what = `cdrom ${show(name)}, which no volume fills,`;
    note(
      `${DISKS}[${index}].name`,
      needsGate(what, EMPTY_GATE),
      `add a volume named ${show(name)}; or ${listGate(EMPTY_GATE)}`,
    );
  }),
  disk('disk-lun-volume', 'validateBootOrder', (entry, index, note, { volumesByName }) => {
    const volume = volumesByName.get(textIn(entry, 'name'));
    if (!has(entry, 'lun') || volume === undefined) return;
    if (has(volume, 'persistentVolumeClaim') || has(volume, 'dataVolume')) return;
    const message = "'lun' must be on a volume with 'persistentVolumeClaim' or 'dataVolume'";
    note(`${DISKS}[${index}].lun`, `${message}, got ${show(Object.keys(volume).filter((key) => key !== 'name'))}`);
  }),
  machineRule('disk-lun-reservation-gate', vmiCreate('validatePersistentReservation'), (machine, note) => {
    if (gated(machine, RESERVATION_GATE)) return;
    if (!machine.disks.some((entry) => childIn(entry, 'lun')?.reservation === true)) return;
    note(`${DISKS}.luns.reservation`, needsGate('reservation', RESERVATION_GATE), listGate(RESERVATION_GATE));
  }),
  disk('disk-downward-metrics-target', 'validateBootOrder', (entry, index, note, { volumesByName }) => {
    if (!has(volumesByName.get(textIn(entry, 'name')), 'downwardMetrics') || has(entry, 'disk')) return;
    const message = must('disk', 'be given for a downwardMetrics volume', undefined);
    note(`${DISKS}[${index}].disk`, message, "write the disk out: 'disk: {bus: virtio}'");
  }),
  disk('disk-downward-metrics-bus', 'validateBootOrder', (entry, index, note, { volumesByName }) => {
    const bus = textIn(childIn(entry, 'disk'), 'bus');
    if (bus === '' || bus === 'virtio') return;
    if (!has(volumesByName.get(textIn(entry, 'name')), 'downwardMetrics')) return;
    note(`${DISKS}[${index}].disk.bus`, must('bus', "be 'virtio' for a downwardMetrics volume", bus));
  }),
];

function pciField(index: number): string {
  return `${DISKS_TWICE}.disk[${index}].pciAddress`;
}

function disk(id: string, name: string, check: EntryCheck): Rule {
  return entryRule('disks', id, vmiCreate(name), check);
}
