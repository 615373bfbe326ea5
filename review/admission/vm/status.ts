import { childIn, has, listIn, objectsAt, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule, Subject } from '../../rule';
import { MACHINE } from '../shared/holders';
import { semanticEqual } from '../shared/semantic-equal';
import { topic } from '../shared/topic';
import { must, mustBeOneOf, show } from '../shared/wording';
import { cite, hasRelease, vmAdmitter } from './machine';

const STORAGE_STATUS = 'pkg/storage/admitters/vm-storage-status.go';
const REQUESTS = 'status.volumeRequests';
/** The webhook writes the first key as Go names it. */
const SERVER_REQUESTS = 'Status.volumeRequests';

const KINDS = ['addVolumeOptions', 'removeVolumeOptions'] as const;
/** Before v1.6.2 a disk is plugged on the scsi bus alone. */
function hotplugBuses(kind: 'disk' | 'lun', subject: Subject): readonly string[] {
  return kind === 'disk' && hasRelease(subject, 'v1.6.2') ? ['scsi', 'virtio'] : ['scsi'];
}

/** What a status in the manifest forbids. */
export const STATUS_RULES: readonly Rule[] = topic({ kinds: [MACHINE], about: ['status'] }, [
  {
    id: 'status-restore-running',
    sentence: 'A machine that is being restored is not started.',
    source: cite(STORAGE_STATUS, 'validateRestoreStatus'),
    check: ({ raw, old }, note) => {
      const restore = textIn(childIn(raw, 'status'), 'restoreInProgress');
      if (old === undefined || restore === '' || halted(raw)) return;
      if (semanticEqual(old.spec, raw.spec)) return;
      note(
        'spec',
        must('runStrategy', `be 'Halted' for a change until restore ${show(restore)} is done`, running(raw)),
      );
    },
  },
  {
    id: 'status-snapshot-running',
    sentence: 'A machine that a snapshot is made of keeps its run strategy.',
    source: cite(STORAGE_STATUS, 'validateSnapshotStatus'),
    check: ({ raw, old }, note) => {
      const snapshot = textIn(childIn(raw, 'status'), 'snapshotInProgress');
      if (old === undefined || snapshot === '' || sameRunning(old, raw)) return;
      note('spec', must('runStrategy', `stay as it is until snapshot ${show(snapshot)} is done`, running(raw)));
    },
  },
  {
    id: 'status-snapshot-volumes',
    sentence: 'A machine that a snapshot is made of keeps its volumes.',
    source: cite(STORAGE_STATUS, 'validateSnapshotStatus'),
    check: ({ raw, old }, note) => {
      const snapshot = textIn(childIn(raw, 'status'), 'snapshotInProgress');
      if (old === undefined || snapshot === '') return;
      const [now, then] = [raw, old].map((vm) => objectsAt(vm, 'spec', 'template', 'spec', 'volumes'));
      if (semanticEqual(now, then)) return;
      const message = `'volumes' must stay as they are until snapshot ${show(snapshot)} is done`;
      note('spec', message);
    },
  },
  {
    id: 'status-volume-request-kind',
    sentence: 'A volume request adds or removes a volume.',
    source: vmAdmitter('validateVolumeRequests'),
    check: ofRequests((requests, note) => {
      for (const request of requests) {
        const given = KINDS.filter((kind) => has(request, kind));
        if (given.length === 1) continue;
        note(
          REQUESTS,
          `a volume request must have one of 'addVolumeOptions' and 'removeVolumeOptions', got ${show(given)}`,
        );
      }
    }),
  },
  {
    id: 'status-volume-request-unique',
    sentence: 'Each volume stands in one volume request.',
    source: vmAdmitter('validateVolumeRequests'),
    check: ofRequests((requests, note) => {
      for (const kind of KINDS) {
        const names = requests
          .filter((request) => has(request, kind))
          .map((request) => textIn(childIn(request, kind), 'name'));
        const again = names.find((name, index) => names.indexOf(name) < index);
        if (again !== undefined) note(REQUESTS, must(`${kind}.name`, 'stand in one request only', again));
      }
    }),
  },
  {
    id: 'status-volume-request-conflict',
    sentence: 'A volume request adds no volume that the machine has already.',
    source: vmAdmitter('validateVolumeRequests'),
    check: eachAddition((options, note, { object }) => {
      const name = textIn(options, 'name');
      const volumes = objectsAt(object, 'spec', 'template', 'spec', 'volumes');
      const own = [...volumes].reverse().find((volume) => textIn(volume, 'name') === name);
      if (own === undefined || semanticEqual(own, requestedVolume(options, name))) return;
      note(REQUESTS, must('addVolumeOptions.name', 'be of no other volume of the machine', name));
    }),
  },
  {
    id: 'status-volume-request-target',
    sentence: 'A volume request adds a disk or a lun.',
    source: vmAdmitter('validateVolumeRequests'),
    check: eachAddition((options, note) => {
      const disk = childIn(options, 'disk');
      if (has(disk, 'disk') || has(disk, 'lun')) return;
      note(REQUESTS, must('addVolumeOptions.disk', "be a 'disk' or a 'lun'", disk));
    }),
  },
  {
    id: 'status-volume-request-bus',
    sentence: 'The disk of a volume request is on a bus that takes plugged disks.',
    source: vmAdmitter('validateVolumeRequests'),
    check: eachAddition((options, note, subject) => {
      const disk = childIn(options, 'disk');
      const kind = has(disk, 'disk') ? 'disk' : 'lun';
      if (!has(disk, kind)) return;
      const bus = textIn(childIn(disk, kind), 'bus');
      const buses = hotplugBuses(kind, subject);
      if (!buses.includes(bus)) note(REQUESTS, mustBeOneOf('bus', buses, bus));
    }),
  },
  {
    id: 'status-volume-request-io-thread',
    sentence: 'The disk of a volume request on the scsi bus has no I/O thread of its own.',
    source: vmAdmitter('validateVolumeRequests'),
    check: eachAddition((options, note) => {
      const disk = childIn(options, 'disk');
      const bus = textIn(childIn(disk, 'disk'), 'bus') || textIn(childIn(disk, 'lun'), 'bus');
      if (disk?.dedicatedIOThread !== true || bus !== 'scsi') return;
      note(REQUESTS, must('dedicatedIOThread', "be left out on the bus 'scsi'", true));
    }),
  },
]);

function ofRequests(check: (requests: readonly Json[], note: Note, subject: Subject) => void): Rule['check'] {
  return (subject, note) => {
    const requests = listIn(childIn(subject.object, 'status'), 'volumeRequests');
    if (requests.length === 0) return;
    check(requests, (field, message, remedy) => note(field, message, remedy, SERVER_REQUESTS), subject);
  };
}

function eachAddition(check: (options: Json, note: Note, subject: Subject) => void): Rule['check'] {
  return ofRequests((requests, note, subject) => {
    for (const request of requests) {
      const options = childIn(request, 'addVolumeOptions');
      if (options !== undefined && !has(request, 'removeVolumeOptions')) check(options, note, subject);
    }
  });
}

function requestedVolume(options: Json, name: string): Json {
  const source = childIn(options, 'volumeSource');
  const kind = has(source, 'persistentVolumeClaim') ? 'persistentVolumeClaim' : 'dataVolume';
  return has(source, kind) ? { name, [kind]: source?.[kind] } : { name };
}

function running(vm: Json): unknown {
  return valueAt(vm, 'spec', 'runStrategy') ?? valueAt(vm, 'spec', 'running');
}

function halted(vm: Json): boolean {
  const value = running(vm);
  return value === 'Halted' || value === false;
}

/** A switch between the two fields counts as a change. */
function sameRunning(old: Json, vm: Json): boolean {
  return (['running', 'runStrategy'] as const).some((key) => {
    const [then, now] = [valueAt(old, 'spec', key), valueAt(vm, 'spec', key)];
    return then !== undefined && then !== null && then === now;
  });
}
