import { patchFault } from '../admission/day-two/restore';
import { namespaceOf } from '../cluster/identity';
import { Severity } from '../finding';
import { textAt, valueAt } from '../manifests/json';
import { ReferenceRule } from './rule';

const SOURCE = 'KubeVirt, pkg/storage/admitters/vmrestore.go:validateTargetVM, validatePatches';

const REMEDY = 'values have no comma and no colon: the text is cut at each of them';

/**
 * Rules for the patches of a VirtualMachineRestore. The webhook reads them only if the snapshot exists: they are
 * an error if it does, else a warning.
 */
export const RESTORE_RULES: readonly ReferenceRule[] = [
  patchRule(
    'restore-patches-refused',
    'The patches of a restore have the form that the webhook reads.',
    Severity.ERROR,
    true,
  ),
  patchRule(
    'restore-patches',
    'The patches of a restore have the form that the webhook reads, once its snapshot exists.',
    Severity.WARNING,
    false,
  ),
];

function patchRule(id: string, sentence: string, severity: Severity, known: boolean): ReferenceRule {
  return {
    id,
    sentence,
    source: SOURCE,
    severity,
    check: (cluster, note) => {
      for (const reviewed of cluster.ofKind('VirtualMachineRestore')) {
        const { object, old } = reviewed;
        const patches = valueAt(object, 'spec', 'patches');
        if (old !== undefined || !Array.isArray(patches) || !isForMachine(object)) continue;
        const snapshot = textAt(object, 'spec', 'virtualMachineSnapshotName');
        const exists = cluster.has('VirtualMachineSnapshot', snapshot, namespaceOf(reviewed));
        if (exists !== known) continue;
        for (const patch of patches) {
          const message = typeof patch === 'string' ? patchFault(patch) : undefined;
          if (message !== undefined) note(reviewed, 'spec.patches', message, REMEDY);
        }
      }
    },
  };
}

function isForMachine(restore: unknown): boolean {
  const target = ['spec', 'target'] as const;
  return (
    textAt(restore, ...target, 'apiGroup') === 'kubevirt.io' && textAt(restore, ...target, 'kind') === 'VirtualMachine'
  );
}
