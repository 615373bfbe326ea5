import { gateMayBeOn } from '../../cluster/config';
import { objectAt, objectsAt, textAt, valueAt } from '../../manifests/json';
import { Json, Note, Rule, Subject } from '../../rule';
import { semanticEqual } from '../shared/semantic-equal';
import { topic } from '../shared/topic';
import { alternatives, must } from '../shared/wording';
import { cite, hasRelease } from '../vm/machine';

const FILE = 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/vmi-update-admitter.go';
const EMPTY_DRIVES_GATE = 'DeclarativeHotplugVolumes';
/** From this release on a disk may be plugged on the virtio bus. */
const VIRTIO_SINCE = 'v1.6.2';

function busesOf(subject: Subject): readonly string[] {
  return hasRelease(subject, VIRTIO_SINCE) ? ['scsi', 'virtio'] : ['scsi'];
}

/** Where the rules stand from v1.7.4 on. */
function inStorage(...functions: readonly string[]): Rule['moved'] {
  return [{ since: 'v1.7.4', source: cite('pkg/storage/admitters/storagehotplug.go', ...functions) }];
}

/** A change of the volumes of a running instance. */
interface Change {
  readonly volumes: readonly Json[];
  readonly disks: ReadonlyMap<string, Json>;
  readonly oldVolumes: ReadonlyMap<string, Json>;
  readonly oldDisks: ReadonlyMap<string, Json>;
  /** Names of the volumes that the instance was started with. */
  readonly permanent: ReadonlySet<string>;
  /** Names of the volumes that are being moved to other storage. */
  readonly migrated: ReadonlySet<string>;
}

/** Rules for what is plugged into a running VirtualMachineInstance, and out of it. */
export const HOTPLUG_RULES: readonly Rule[] = topic({ kinds: ['VirtualMachineInstance'] }, [
  {
    id: 'hotplug-disk-per-volume',
    sentence: 'Every volume of a running instance has one disk or file system.',
    source: `${FILE}:validateExpectedDisksAndFilesystems`,
    moved: inStorage('validateExpectedDisksAndFilesystems'),
    check: ({ object, old, config }, note) => {
      if (old === undefined || isSame(object, old)) return;
      const volumes = volumesOf(object).filter(({ memoryDump }) => memoryDump === undefined);
      const names = new Set(volumes.map((volume) => textAt(volume, 'name')));
      const emptyDrives = gateMayBeOn(config, EMPTY_DRIVES_GATE);
      const disks = disksOf(object).filter(
        (disk) => names.has(textAt(disk, 'name')) || disk.cdrom === undefined || !emptyDrives,
      );
      const uses = disks.length + objectsAt(object, 'spec', 'domain', 'devices', 'filesystems').length;
      if (uses === names.size) return;
      const message = `'volumes' must each have one disk or filesystem, got ${names.size} volumes and ${uses} uses`;
      note('spec.volumes', message, emptyDrives ? undefined : `an empty drive needs the gate '${EMPTY_DRIVES_GATE}'`);
    },
  },
  {
    id: 'hotplug-permanent-volume-kept',
    sentence: 'A volume that the machine was started with stays what it was.',
    source: `${FILE}:verifyPermanentVolumes`,
    moved: inStorage('verifyPermanentVolumes'),
    check: ofChange((change, note) => {
      const now = new Set(change.volumes.map((volume) => textAt(volume, 'name')));
      for (const name of change.oldVolumes.keys()) {
        if (!change.permanent.has(name) || now.has(name)) continue;
        note('spec.volumes', `'volumes' must keep '${name}', which the machine was started with, got it left out`);
      }
      for (const [index, volume] of change.volumes.entries()) {
        const name = textAt(volume, 'name');
        if (!change.permanent.has(name) || change.migrated.has(name)) continue;
        if (semanticEqual(volume, change.oldVolumes.get(name))) continue;
        note(`spec.volumes[${index}]`, must(name, 'stay what it was: the machine was started with it', volume));
      }
    }),
  },
  {
    id: 'hotplug-permanent-disk-kept',
    sentence: 'A disk that the machine was started with stays what it was.',
    source: `${FILE}:verifyPermanentVolumes`,
    moved: inStorage('verifyPermanentVolumes'),
    check: ofChange((change, note) => {
      for (const [name, before] of change.oldDisks) {
        const isKept = change.oldVolumes.has(name) && change.permanent.has(name) && !change.migrated.has(name);
        if (isKept) keepDisk(change, name, before, note);
      }
    }),
  },
  {
    id: 'hotplug-volume-kept',
    sentence: 'A plugged volume stays what it was.',
    source: `${FILE}:verifyHotplugVolumes`,
    moved: inStorage('verifyHotplugVolumes'),
    check: ofChange((change, note) => {
      for (const [index, volume] of change.volumes.entries()) {
        const name = textAt(volume, 'name');
        const before = change.oldVolumes.get(name);
        if (before === undefined || change.permanent.has(name) || change.migrated.has(name)) continue;
        if (semanticEqual(volume, before)) continue;
        note(`spec.volumes[${index}]`, must(name, 'stay what it was while it is plugged', volume), 'unplug it first');
      }
    }),
  },
  {
    id: 'hotplug-disk-kept',
    sentence: 'A plugged disk stays what it was.',
    source: `${FILE}:verifyHotplugVolumes`,
    moved: inStorage('verifyHotplugVolumes'),
    check: ofChange((change, note) => {
      for (const volume of change.volumes) {
        const name = textAt(volume, 'name');
        const before = change.oldDisks.get(name);
        if (before === undefined || change.permanent.has(name) || volume.memoryDump !== undefined) continue;
        if (change.oldVolumes.has(name)) keepDisk(change, name, before, note);
      }
    }),
  },
  {
    id: 'hotplug-volume-kind',
    sentence: 'A volume that is plugged is a claim, a DataVolume or a memory dump.',
    source: `${FILE}:verifyHotplugVolumes`,
    moved: inStorage('verifyHotplugVolumes'),
    check: ofChange((change, note) => {
      for (const [index, volume] of newVolumesOf(change)) {
        const kinds = [volume.persistentVolumeClaim, volume.dataVolume, volume.memoryDump];
        if (kinds.some((kind) => kind !== undefined)) continue;
        const message = must(
          textAt(volume, 'name'),
          `be a 'persistentVolumeClaim' or 'dataVolume' to be plugged`,
          volume,
        );
        note(`spec.volumes[${index}]`, message);
      }
    }),
  },
  {
    id: 'hotplug-disk-target',
    sentence: 'A disk that is plugged is a disk or a lun.',
    source: `${FILE}:verifyHotplugVolumes; vms-admitter.go:validateHotplugDiskConfiguration`,
    moved: inStorage('verifyHotplugVolumes', 'ValidateHotplugDiskConfiguration'),
    check: eachNewDisk((disk, note, field) => {
      if (disk.disk !== undefined || disk.lun !== undefined) return;
      note(field, must(textAt(disk, 'name'), `be a 'disk' or 'lun' to be plugged`, disk));
    }),
  },
  {
    id: 'hotplug-disk-bus',
    sentence: 'A disk that is plugged is on the scsi or virtio bus; before v1.6.2 on the scsi bus.',
    source: `${FILE}:verifyHotplugVolumes; vms-admitter.go:validateHotplugDiskConfiguration`,
    moved: inStorage('verifyHotplugVolumes', 'ValidateHotplugDiskConfiguration'),
    check: eachNewDisk((disk, note, field, subject) => {
      const buses = busesOf(subject);
      if (disk.disk === undefined || buses.includes(textAt(disk, 'disk', 'bus'))) return;
      const bus = valueAt(disk, 'disk', 'bus');
      note(`${field}.disk.bus`, must('bus', `be ${alternatives(buses)} for a plugged disk`, bus));
    }),
  },
  {
    id: 'hotplug-lun-bus',
    sentence: 'A lun that is plugged is on the scsi bus.',
    source: `${FILE}:verifyHotplugVolumes; vms-admitter.go:validateHotplugDiskConfiguration`,
    moved: inStorage('verifyHotplugVolumes', 'ValidateHotplugDiskConfiguration'),
    check: eachNewDisk((disk, note, field) => {
      if (disk.disk !== undefined || disk.lun === undefined || textAt(disk, 'lun', 'bus') === 'scsi') return;
      note(`${field}.lun.bus`, must('bus', `be 'scsi' for a plugged lun`, valueAt(disk, 'lun', 'bus')));
    }),
  },
  {
    id: 'hotplug-io-thread',
    sentence: 'A plugged disk with an I/O thread of its own is on the virtio bus.',
    source: `${FILE}:verifyHotplugVolumes; vms-admitter.go:validateHotplugDiskConfiguration`,
    moved: inStorage('verifyHotplugVolumes', 'ValidateHotplugDiskConfiguration'),
    check: eachNewDisk((disk, note, field) => {
      const bus = textAt(disk, disk.disk === undefined ? 'lun' : 'disk', 'bus');
      if (disk.dedicatedIOThread !== true || bus === 'virtio') return;
      note(`${field}.dedicatedIOThread`, must('dedicatedIOThread', `have the bus 'virtio'`, bus));
    }),
  },
]);

function keepDisk(change: Change, name: string, before: Json, note: Note): void {
  const index = [...change.disks.keys()].indexOf(name);
  const now = change.disks.get(name);
  if (semanticEqual(now, before)) return;
  const field = `spec.domain.devices.disks${index < 0 ? '' : `[${index}]`}`;
  note(field, must(name, 'stay what it was while it is plugged', now), 'unplug it first');
}

function ofChange(check: (change: Change, note: Note, subject: Subject) => void): Rule['check'] {
  return (subject, note) => {
    const change = changeOf(subject);
    if (change !== undefined) check(change, note, subject);
  };
}

/** A rule for the disk of a volume that is plugged; a drive that was there empty is filled, and not asked. */
function eachNewDisk(check: (disk: Json, note: Note, field: string, subject: Subject) => void): Rule['check'] {
  return ofChange((change, note, subject) => {
    for (const [, volume] of newVolumesOf(change)) {
      const name = textAt(volume, 'name');
      const disk = change.disks.get(name);
      if (disk === undefined || change.oldDisks.has(name) || volume.memoryDump !== undefined) continue;
      check(disk, note, `spec.domain.devices.disks[${[...change.disks.keys()].indexOf(name)}]`, subject);
    }
  });
}

function newVolumesOf({ volumes, oldVolumes, permanent }: Change): [number, Json][] {
  return [...volumes.entries()].filter(([, volume]) => {
    const name = textAt(volume, 'name');
    return !oldVolumes.has(name) && !permanent.has(name);
  });
}

function changeOf({ object, old }: Subject): Change | undefined {
  if (old === undefined || isSame(object, old)) return undefined;
  const statuses = objectsAt(old, 'status', 'volumeStatus');
  return {
    volumes: volumesOf(object),
    disks: byName(disksOf(object)),
    oldVolumes: byName(volumesOf(old)),
    oldDisks: byName(disksOf(old)),
    permanent: namesOf(
      statuses.filter(({ hotplugVolume }) => hotplugVolume === undefined),
      'name',
    ),
    migrated: namesOf(objectsAt(object, 'status', 'migratedVolumes'), 'volumeName'),
  };
}

/** Whether the specs are the same: then nothing is asked. */
function isSame(object: Json, old: Json): boolean {
  return semanticEqual(objectAt(object, 'spec'), objectAt(old, 'spec'));
}

function volumesOf(instance: Json): readonly Json[] {
  return objectsAt(instance, 'spec', 'volumes');
}

function disksOf(instance: Json): readonly Json[] {
  return objectsAt(instance, 'spec', 'domain', 'devices', 'disks');
}

function byName(items: readonly Json[]): Map<string, Json> {
  return new Map(items.map((item) => [textAt(item, 'name'), item]));
}

function namesOf(items: readonly Json[], key: string): Set<string> {
  return new Set(items.map((item) => textAt(item, key)));
}
