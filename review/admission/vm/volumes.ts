import { childIn, has, textIn, valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Rule } from '../../rule';
import { isCleanPath } from '../shared/formats';
import { listGate, must, mustBeOneOf, needsGate, show } from '../shared/wording';
import { EntryCheck, entryRule, gated, machineRule, TEMPLATE, vmiCreate } from './machine';

const VOLUMES = `${TEMPLATE}.volumes`;

/** What a volume can be: kubevirt.io/api, core/v1/schema.go, VolumeSource. */
const SOURCES = [
  'cloudInitConfigDrive',
  'cloudInitNoCloud',
  'configMap',
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
] as const;

const HOST_DISK_TYPES = ['Disk', 'DiskOrCreate'];
const HOST_DISK_GATE = 'HostDisk';
const METRICS_GATE = 'DownwardMetrics';

/** Sources of which a machine has at most one volume. */
const SINGLE = [
  ['volume-service-account-single', 'serviceAccount'],
  ['volume-memory-dump-single', 'memoryDump'],
  ['volume-downward-metrics-single', 'downwardMetrics'],
] as const;

/** Sources that must name what they bring in. */
const NAMED = [
  ['volume-config-map-name', 'configMap', 'name'],
  ['volume-secret-name', 'secret', 'secretName'],
  ['volume-service-account-name', 'serviceAccount', 'serviceAccountName'],
] as const;

/** What a volume is. cloud-init's content has a file of its own. */
export const VOLUME_RULES: readonly Rule[] = [
  machineRule('volume-name-unique', vmiCreate('validateVolumes'), ({ volumes }, note) => {
    const seen = new Map<string, number>();
    volumes.forEach((volume, index) => {
      const name = textIn(volume, 'name');
      const first = seen.get(name);
      if (first === undefined) seen.set(name, index);
      else note(`${VOLUMES}[${index}].name`, must('name', `differ from the one of volumes[${first}]`, name));
    });
  }),
  volume('volume-source-given', 'validateVolumes', (entry, index, note) => {
    if (SOURCES.some((source) => has(entry, source))) return;
    note(
      `${VOLUMES}[${index}]`,
      'a volume must have a source, got none',
      'write what the volume is, for instance a claim',
    );
  }),
  volume('volume-source-single', 'validateVolumes', (entry, index, note) => {
    const given = SOURCES.filter((source) => has(entry, source));
    if (given.length < 2) return;
    note(`${VOLUMES}[${index}]`, `a volume must have one source, got ${show(given)}`, 'make a volume of each');
  }),
  volume('volume-data-volume-name', 'validateVolumes', (entry, index, note) => {
    if (!has(entry, 'dataVolume') || textIn(childIn(entry, 'dataVolume'), 'name') !== '') return;
    note(`${VOLUMES}[${index}].name`, must('dataVolume.name', 'be given', valueAt(entry, 'dataVolume', 'name')));
  }),
  ...NAMED.map(([id, source, key]) =>
    volume(id, 'validateVolumes', (entry, index, note) => {
      if (!has(entry, source) || textIn(childIn(entry, source), key) !== '') return;
      note(`${VOLUMES}[${index}].${source}.${key}`, must(key, 'be given', valueAt(entry, source, key)));
    }),
  ),
  ...SINGLE.map(([id, source]) =>
    machineRule(id, vmiCreate('validateVolumes'), ({ volumes }, note) => {
      const names = volumes.filter((entry) => has(entry, source)).map(({ name }) => name);
      if (names.length < 2) return;
      note(VOLUMES, `'volumes' must have at most one with '${source}', got ${show(names)}`);
    }),
  ),
  gatedVolume('volume-host-disk-gate', 'hostDisk', HOST_DISK_GATE),
  gatedVolume('volume-downward-metrics-gate', 'downwardMetrics', METRICS_GATE),
  hostDisk('volume-host-disk-path', (entry, index, note) => {
    const path = textIn(childIn(entry, 'hostDisk'), 'path');
    if (path === '') note(`${VOLUMES}[${index}].hostDisk.path`, must('path', 'be given for a hostDisk', path));
  }),
  hostDisk('volume-host-disk-type', (entry, index, note) => {
    const type = textIn(childIn(entry, 'hostDisk'), 'type');
    if (HOST_DISK_TYPES.includes(type)) return;
    note(`${VOLUMES}[${index}].hostDisk.type`, mustBeOneOf('type', HOST_DISK_TYPES, type));
  }),
  hostDisk('volume-host-disk-capacity', (entry, index, note) => {
    const capacity = valueAt(entry, 'hostDisk', 'capacity');
    if (textIn(childIn(entry, 'hostDisk'), 'type') !== 'Disk' || (parseQuantity(capacity) ?? 0) === 0) return;
    const message = must('capacity', "be left out with 'type: Disk', whose file is there already", capacity);
    note(`${VOLUMES}[${index}].hostDisk.capacity`, message, "or write 'type: DiskOrCreate'");
  }),
  volume('volume-container-disk-path', 'validateContainerDisks', (entry, index, note) => {
    const path = textIn(childIn(entry, 'containerDisk'), 'path');
    if (path === '' || (path !== '/' && isCleanPath(path))) return;
    const message = must('path', "be an absolute path to a file, without '.', '..' and doubled slashes", path);
    note(`${VOLUMES}[${index}].containerDisk`, message);
  }),
];

function volume(id: string, name: string, check: EntryCheck): Rule {
  return entryRule('volumes', id, vmiCreate(name), check);
}

function gatedVolume(id: string, source: string, gate: string): Rule {
  return volume(id, 'validateVolumes', (entry, index, note, machine) => {
    if (!has(entry, source) || gated(machine, gate)) return;
    note(`${VOLUMES}[${index}]`, needsGate(source, gate), listGate(gate));
  });
}

/** What a hostDisk says is asked whether or not its gate is on. */
function hostDisk(id: string, check: EntryCheck): Rule {
  return volume(id, 'validateVolumes', (entry, index, note, machine) => {
    if (has(entry, 'hostDisk')) check(entry, index, note, machine);
  });
}
