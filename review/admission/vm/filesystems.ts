import { has, textIn } from '../../manifests/json';
import { Rule } from '../../rule';
import { listGate, needsGate } from '../shared/wording';
import { DEVICES, entryRule, gated, vmiCreate } from './machine';

/** Deprecated, and still opens every kind of volume. */
const OLD_GATE = 'ExperimentalVirtiofsSupport';

/**
 * | volume | gate |
 * | --- | --- |
 * | configMap, secret, serviceAccount, downwardAPI | EnableVirtioFsConfigVolumes |
 * | persistentVolumeClaim, dataVolume | EnableVirtioFsStorageVolumes |
 */
const GATES = [
  [
    'filesystem-config-volume-gate',
    ['configMap', 'secret', 'serviceAccount', 'downwardAPI'],
    'EnableVirtioFsConfigVolumes',
  ],
  ['filesystem-storage-volume-gate', ['persistentVolumeClaim', 'dataVolume'], 'EnableVirtioFsStorageVolumes'],
] as const;

/** Volumes that are shared with the guest by virtiofs. */
export const FILESYSTEM_RULES: readonly Rule[] = GATES.map(([id, sources, gate]) =>
  entryRule(
    'filesystems',
    id,
    vmiCreate('validateFilesystemsWithVirtIOFSEnabled'),
    (filesystem, _index, note, machine) => {
      const volume = machine.volumesByName.get(textIn(filesystem, 'name'));
      const source = sources.find((key) => has(volume, key));
      if (source === undefined || gated(machine, gate) || gated(machine, OLD_GATE)) return;
      note(`${DEVICES}.filesystems`, needsGate(`a filesystem on a volume with '${source}'`, gate), listGate(gate));
    },
  ),
);
