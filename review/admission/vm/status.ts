import { Severity } from '../../finding';
import { childIn, has, listIn, objectsAt, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { semanticEqual } from '../shared/semantic-equal';
import { must, mustBeOneOf, show } from '../shared/wording';
import { cite, vmAdmitter } from './machine';

const STORAGE_STATUS = 'pkg/storage/admitters/vm-storage-status.go';
/** The webhook writes the first key as Go names it. */
const REQUESTS = 'Status.volumeRequests';

const KINDS = ['addVolumeOptions', 'removeVolumeOptions'] as const;
const HOTPLUG_BUSES: Readonly<Record<'disk' | 'lun', readonly string[]>> = { disk: ['scsi', 'virtio'], lun: ['scsi'] };

/** What a status in the manifest forbids. */
export const STATUS_RULES: readonly Rule[] = [
  {
    id: 'status-restore-running',
    source: cite(STORAGE_STATUS, 'validateRestoreStatus'),
    severity: Severity.ERROR,
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
    source: cite(STORAGE_STATUS, 'validateSnapshotStatus'),
    severity: Severity.ERROR,
    check: ({ raw, old }, note) => {
      const snapshot = textIn(childIn(raw, 'status'), 'snapshotInProgress');
      if (old === undefined || snapshot === '' || sameRunning(old, raw)) return;
      note('spec', must('runStrategy', `stay as it is until snapshot ${show(snapshot)} is done`, running(raw)));
    },
  },
  {
    id: 'status-snapshot-volumes',
    source: cite(STORAGE_STATUS, 'validateSnapshotStatus'),
    severity: Severity.ERROR,
    check: ({ raw, old }, note) => {
      const snapshot = textIn(childIn(raw, 'status'), 'snapshotInProgress');
      if (old === undefined || snapshot === '') return;
      const [now, then] = [raw, old].map((vm) => objectsAt(vm, 'spec', 'template', 'spec', 'volumes'));
      if (semanticEqual(now, then)) return;
      const message = `'volumes' must stay as they are until snapshot ${show(snapshot)} is done`;
      note('spec', message);
    },
  },
  requestsRule('status-volume-request-kind', (requests, note) => {
    for (const request of requests) {
      const given = KINDS.filter((kind) => has(request, kind));
      if (given.length === 1) continue;
      note(
        REQUESTS,
        `a volume request must have one of 'addVolumeOptions' and 'removeVolumeOptions', got ${show(given)}`,
      );
    }
  }),
  requestsRule('status-volume-request-unique', (requests, note) => {
    for (const kind of KINDS) {
      const names = requests
        .filter((request) => has(request, kind))
        .map((request) => textIn(childIn(request, kind), 'name'));
      const again = names.find((name, index) => names.indexOf(name) < index);
      if (again !== undefined) note(REQUESTS, must(`${kind}.name`, 'stand in one request only', again));
    }
  }),
  addRule('status-volume-request-conflict', (options, note, object) => {
    const name = textIn(options, 'name');
    const volumes = objectsAt(object, 'spec', 'template', 'spec', 'volumes');
    const own = [...volumes].reverse().find((volume) => textIn(volume, 'name') === name);
    if (own === undefined || semanticEqual(own, requestedVolume(options, name))) return;
    note(REQUESTS, must('addVolumeOptions.name', 'be of no other volume of the machine', name));
  }),
  addRule('status-volume-request-target', (options, note) => {
    const disk = childIn(options, 'disk');
    if (has(disk, 'disk') || has(disk, 'lun')) return;
    note(REQUESTS, must('addVolumeOptions.disk', "be a 'disk' or a 'lun'", disk));
  }),
  addRule('status-volume-request-bus', (options, note) => {
    const disk = childIn(options, 'disk');
    const kind = has(disk, 'disk') ? 'disk' : 'lun';
    if (!has(disk, kind)) return;
    const bus = textIn(childIn(disk, kind), 'bus');
    if (!HOTPLUG_BUSES[kind].includes(bus)) note(REQUESTS, mustBeOneOf('bus', HOTPLUG_BUSES[kind], bus));
  }),
  addRule('status-volume-request-io-thread', (options, note) => {
    const disk = childIn(options, 'disk');
    const bus = textIn(childIn(disk, 'disk'), 'bus') || textIn(childIn(disk, 'lun'), 'bus');
    if (disk?.dedicatedIOThread !== true || bus !== 'scsi') return;
    note(REQUESTS, must('dedicatedIOThread', "be left out on the bus 'scsi'", true));
  }),
];

function requestsRule(id: string, check: (requests: readonly Json[], note: Note, object: Json) => void): Rule {
  return {
    id,
    source: vmAdmitter('validateVolumeRequests'),
    severity: Severity.ERROR,
    check: ({ object }, note) => {
      const requests = listIn(childIn(object, 'status'), 'volumeRequests');
      if (requests.length > 0) check(requests, note, object);
    },
  };
}

function addRule(id: string, check: (options: Json, note: Note, object: Json) => void): Rule {
  return requestsRule(id, (requests, note, object) => {
    for (const request of requests) {
      const options = childIn(request, 'addVolumeOptions');
      if (options !== undefined && !has(request, 'removeVolumeOptions')) check(options, note, object);
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
