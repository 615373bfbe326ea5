import { has, textIn } from '../../manifests/json';
import { Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, needsGate } from '../shared/wording';
import { DEVICES, each, gated, Machine, MachineCheck, vmiCreate } from './machine';

/** Deprecated, and still opens every kind of volume. */
const OLD_GATE = 'ExperimentalVirtiofsSupport';

/** Volumes that are shared with the guest by virtiofs. */
export const FILESYSTEM_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['filesystems'] },
  [
    {
      id: 'filesystem-config-volume-gate',
      sentence: 'A file system on a config volume is shared while its feature gate is on.',
      source: vmiCreate('validateFilesystemsWithVirtIOFSEnabled'),
      check: whileShared(['configMap', 'secret', 'serviceAccount', 'downwardAPI'], 'EnableVirtioFsConfigVolumes'),
    },
    {
      id: 'filesystem-storage-volume-gate',
      sentence: 'A file system on a claim is shared while its feature gate is on.',
      source: vmiCreate('validateFilesystemsWithVirtIOFSEnabled'),
      check: whileShared(['persistentVolumeClaim', 'dataVolume'], 'EnableVirtioFsStorageVolumes'),
    },
  ],
);

/** Volumes of these sources are shared only while a gate is on, or the old one for all of them. */
function whileShared(sources: readonly string[], gate: string): MachineCheck {
  return each('filesystems', (filesystem, _index, note, machine) => {
    const volume = machine.volumesByName.get(textIn(filesystem, 'name'));
    const source = sources.find((key) => has(volume, key));
    if (source === undefined || gated(machine, gate) || gated(machine, OLD_GATE)) return;
    note(`${DEVICES}.filesystems`, needsGate(`a filesystem on a volume with '${source}'`, gate), listGate(gate));
  });
}
