import { patchFault } from '../admission/day-two/restore';
import { factsOf } from '../cluster/cluster';
import { groupOf, kindOf, namespaceOf } from '../cluster/identity';
import { Severity } from '../finding';
import { textAt, valueAt } from '../manifests/json';
import { SetRule } from './rule';

const SOURCE = 'KubeVirt v1.6.2, pkg/storage/admitters/vmrestore.go:validateTargetVM, validatePatches';

const REMEDY = 'values have no comma and no colon: the text is cut at each of them';

/**
 * Rules for the patches of a VirtualMachineRestore. The webhook reads them only where the snapshot exists: they are
 * refused where it is known, and else warned of.
 */
export const RESTORE_RULES: readonly SetRule[] = [
  patchRule('restore-patches-refused', Severity.ERROR, true),
  patchRule('restore-patches', Severity.WARNING, false),
];

function patchRule(id: string, severity: Severity, known: boolean): SetRule {
  return {
    id,
    source: SOURCE,
    severity,
    check: (set, note) => {
      for (const reviewed of set.objects) {
        if (kindOf(reviewed) !== 'VirtualMachineRestore' || groupOf(reviewed) !== 'snapshot.kubevirt.io') continue;
        const { object, old } = reviewed;
        const patches = valueAt(object, 'spec', 'patches');
        if (old !== undefined || !Array.isArray(patches) || !isForMachine(object)) continue;
        const snapshot = textAt(object, 'spec', 'virtualMachineSnapshotName');
        const exists = factsOf(set).catalogue.has('VirtualMachineSnapshot', snapshot, namespaceOf(reviewed));
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
