import { childIn, has, textIn, valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json, Rule } from '../../rule';
import { isCleanPath } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, mustBeOneOf, needsGate, show } from '../shared/wording';
import { each, EntryCheck, gated, Machine, inDisks, MachineCheck, TEMPLATE, vmiCreate } from './machine';

const VOLUMES = `${TEMPLATE}.volumes`;

/** What a volume can be: kubevirt.io/api, core/v1/schema.go, VolumeSource. */
const SOURCES: ReadonlySet<string> = new Set([
  'cloudInitConfigDrive',
  'cloudInitNoCloud',
  'configMap',
  // From v1.8.4 on; an earlier release does not know the key, and drops it.
  'containerPath',
  'containerDisk',
  'dataVolume',
  'downwardAPI',
  'downwardMetrics',
  'emptyDisk',
  'ephemeral',
  'hostDisk',
  'memoryDump',
  'persistentVolumeClaim',
  'secret',
  'serviceAccount',
  'sysprep',
]);

/** What a volume says that it is, in the order of its keys. */
function sourcesOf(volume: Json): readonly string[] {
  const given: string[] = [];
  for (const key in volume) if (SOURCES.has(key) && has(volume, key)) given.push(key);
  return given;
}

const HOST_DISK_TYPES = ['Disk', 'DiskOrCreate'];
const HOST_DISK_GATE = 'HostDisk';
const METRICS_GATE = 'DownwardMetrics';

/** What a volume is. cloud-init's content has a file of its own. */
export const VOLUME_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'volume-name-unique',
    sentence: 'Each volume has a name of its own.',
    source: vmiCreate('validateVolumes'),
    check: ({ volumes }, note) => {
      const seen = new Map<string, number>();
      volumes.forEach((volume, index) => {
        const name = textIn(volume, 'name');
        const first = seen.get(name);
        if (first === undefined) seen.set(name, index);
        else note(`${VOLUMES}[${index}].name`, must('name', `differ from the one of volumes[${first}]`, name));
      });
    },
  },
  {
    id: 'volume-source-given',
    sentence: 'Each volume has a source.',
    source: vmiCreate('validateVolumes'),
    check: each('volumes', (entry, index, note) => {
      if (sourcesOf(entry).length > 0) return;
      note(
        `${VOLUMES}[${index}]`,
        'a volume must have a source, got none',
        'write what the volume is, for instance a claim',
      );
    }),
  },
  {
    id: 'volume-source-single',
    sentence: 'Each volume has one source.',
    source: vmiCreate('validateVolumes'),
    check: each('volumes', (entry, index, note) => {
      const given = sourcesOf(entry);
      if (given.length < 2) return;
      note(
        `${VOLUMES}[${index}]`,
        `a volume must have one source, got ${show([...given].sort())}`,
        'make a volume of each',
      );
    }),
  },
  {
    id: 'volume-data-volume-name',
    about: ['dataVolume'],
    sentence: 'A volume that is a DataVolume names it.',
    source: vmiCreate('validateVolumes'),
    check: each('volumes', (entry, index, note) => {
      if (!has(entry, 'dataVolume') || textIn(childIn(entry, 'dataVolume'), 'name') !== '') return;
      note(`${VOLUMES}[${index}].name`, must('dataVolume.name', 'be given', valueAt(entry, 'dataVolume', 'name')));
    }),
  },
  {
    id: 'volume-config-map-name',
    about: ['configMap'],
    sentence: 'A volume that is a ConfigMap names it.',
    source: vmiCreate('validateVolumes'),
    check: namesIts('configMap', 'name'),
  },
  {
    id: 'volume-secret-name',
    about: ['secret'],
    sentence: 'A volume that is a Secret names it.',
    source: vmiCreate('validateVolumes'),
    check: namesIts('secret', 'secretName'),
  },
  {
    id: 'volume-service-account-name',
    about: ['serviceAccount'],
    sentence: 'A volume that is a ServiceAccount names it.',
    source: vmiCreate('validateVolumes'),
    check: namesIts('serviceAccount', 'serviceAccountName'),
  },
  {
    id: 'volume-service-account-single',
    about: ['serviceAccount'],
    sentence: 'A machine has at most one ServiceAccount volume.',
    source: vmiCreate('validateVolumes'),
    check: atMostOne('serviceAccount'),
  },
  {
    id: 'volume-memory-dump-single',
    about: ['memoryDump'],
    sentence: 'A machine has at most one memory dump volume.',
    source: vmiCreate('validateVolumes'),
    check: atMostOne('memoryDump'),
  },
  {
    id: 'volume-downward-metrics-single',
    about: ['downwardMetrics'],
    sentence: 'A machine has at most one downward metrics volume.',
    source: vmiCreate('validateVolumes'),
    check: atMostOne('downwardMetrics'),
  },
  {
    id: 'volume-host-disk-gate',
    about: ['hostDisk'],
    sentence: 'A host disk is used while its feature gate is on.',
    source: vmiCreate('validateVolumes'),
    check: gatedVolume('hostDisk', HOST_DISK_GATE),
  },
  {
    id: 'volume-downward-metrics-gate',
    about: ['downwardMetrics'],
    sentence: 'A downward metrics volume is used while its feature gate is on.',
    source: vmiCreate('validateVolumes'),
    check: gatedVolume('downwardMetrics', METRICS_GATE),
  },
  {
    id: 'volume-host-disk-path',
    about: ['hostDisk'],
    sentence: 'A host disk has a path.',
    source: vmiCreate('validateVolumes'),
    check: eachHostDisk((entry, index, note) => {
      const path = textIn(childIn(entry, 'hostDisk'), 'path');
      if (path === '') note(`${VOLUMES}[${index}].hostDisk.path`, must('path', 'be given for a hostDisk', path));
    }),
  },
  {
    id: 'volume-host-disk-type',
    about: ['hostDisk'],
    sentence: 'The type of a host disk is Disk or DiskOrCreate.',
    source: vmiCreate('validateVolumes'),
    check: eachHostDisk((entry, index, note) => {
      const type = textIn(childIn(entry, 'hostDisk'), 'type');
      if (HOST_DISK_TYPES.includes(type)) return;
      note(`${VOLUMES}[${index}].hostDisk.type`, mustBeOneOf('type', HOST_DISK_TYPES, type));
    }),
  },
  {
    id: 'volume-host-disk-capacity',
    about: ['hostDisk'],
    sentence: 'A host disk that exists already has no capacity.',
    source: vmiCreate('validateVolumes'),
    check: eachHostDisk((entry, index, note) => {
      const capacity = valueAt(entry, 'hostDisk', 'capacity');
      if (textIn(childIn(entry, 'hostDisk'), 'type') !== 'Disk' || (parseQuantity(capacity) ?? 0) === 0) return;
      const message = must('capacity', "be left out with 'type: Disk', whose file is there already", capacity);
      note(`${VOLUMES}[${index}].hostDisk.capacity`, message, "or write 'type: DiskOrCreate'");
    }),
  },
  {
    id: 'volume-container-disk-path',
    about: ['containerDisk'],
    sentence: 'The path in a container disk is absolute and clean.',
    source: vmiCreate('validateContainerDisks'),
    moved: inDisks('ValidateContainerDisks'),
    check: each('volumes', (entry, index, note) => {
      const path = textIn(childIn(entry, 'containerDisk'), 'path');
      if (path === '' || (path !== '/' && isCleanPath(path))) return;
      const message = must('path', "be an absolute path to a file, without '.', '..' and doubled slashes", path);
      note(`${VOLUMES}[${index}].containerDisk`, message);
    }),
  },
]);

/** A volume that brings something in must name it. */
function namesIts(source: string, key: string): MachineCheck {
  return each('volumes', (entry, index, note) => {
    if (!has(entry, source) || textIn(childIn(entry, source), key) !== '') return;
    note(`${VOLUMES}[${index}].${source}.${key}`, must(key, 'be given', valueAt(entry, source, key)));
  });
}

function atMostOne(source: string): MachineCheck {
  return ({ volumes }, note) => {
    const names = volumes.filter((entry) => has(entry, source)).map(({ name }) => name);
    if (names.length < 2) return;
    note(VOLUMES, `'volumes' must have at most one with '${source}', got ${show(names)}`);
  };
}

function gatedVolume(source: string, gate: string): MachineCheck {
  return each('volumes', (entry, index, note, machine) => {
    if (!has(entry, source) || gated(machine, gate)) return;
    note(`${VOLUMES}[${index}]`, needsGate(source, gate), listGate(gate));
  });
}

/** What a hostDisk says is asked whether or not its gate is on. */
function eachHostDisk(check: EntryCheck): MachineCheck {
  return each('volumes', (entry, index, note, machine) => {
    if (has(entry, 'hostDisk')) check(entry, index, note, machine);
  });
}
