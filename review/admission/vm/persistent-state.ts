import { childIn, objectAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, needsGate } from '../shared/wording';
import { DEVICES, gated, Machine, TEMPLATE, vmiCreate } from './machine';

const GATE = 'VMPersistentState';
/** From the next release on the gate is GA. */
const LAST = 'v1.5.3';
const SOURCE = vmiCreate('validatePersistentState');

/** What a machine keeps over a restart. */
export const PERSISTENT_STATE_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['persistent'] },
  [
    {
      id: 'tpm-persistent-gate',
      until: LAST,
      sentence: 'A TPM keeps its state while the feature gate is on.',
      source: SOURCE,
      check: (machine, note) => {
        const tpm = childIn(machine.devices, 'tpm');
        if (tpm?.persistent !== true || tpm.enabled === false || gated(machine, GATE)) return;
        note(`${DEVICES}.tpm.persistent`, needsGate('tpm.persistent', GATE), listGate(GATE));
      },
    },
    {
      id: 'efi-persistent-gate',
      until: LAST,
      sentence: 'EFI keeps its variables while the feature gate is on.',
      source: SOURCE,
      check: (machine, note) => {
        const efi = objectAt(machine.domain, 'firmware', 'bootloader', 'efi');
        if (efi?.persistent !== true || gated(machine, GATE)) return;
        const field = `${TEMPLATE}.domain.firmware.bootloader.efi.persistent`;
        note(field, needsGate('efi.persistent', GATE), listGate(GATE));
      },
    },
  ],
);
