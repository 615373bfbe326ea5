import { textAt } from '../../manifests/json';
import type { Kind } from './kind';

/** What is done with a machine once it stands. */
export const DAY_TWO_KINDS: readonly Kind[] = [
  { group: 'snapshot.kubevirt.io', kind: 'VirtualMachineSnapshot' },
  {
    // `restore-<uid>-<volume>` (KubeVirt v1.6.2: pkg/storage/snapshot/restore.go, restorePVCName).
    group: 'snapshot.kubevirt.io',
    kind: 'VirtualMachineRestore',
    laterClaims: (object) => {
      const snapshot = textAt(object, 'spec', 'virtualMachineSnapshotName');
      return [{ names: 'restore-*', reason: `a claim for each disk of snapshot ${snapshot}` }];
    },
  },
  {
    // A clone is a snapshot that is restored.
    group: 'clone.kubevirt.io',
    kind: 'VirtualMachineClone',
    laterClaims: (object) => {
      const target = textAt(object, 'spec', 'target', 'name') || '*';
      const source = `${textAt(object, 'spec', 'source', 'kind')} ${textAt(object, 'spec', 'source', 'name')}`;
      return [{ names: 'restore-*', reason: `VM ${target}, with a claim for each disk of ${source.trim()}` }];
    },
  },
  {
    // KubeVirt v1.6.2: pkg/storage/export/export/vmsnapshot-source.go.
    group: 'export.kubevirt.io',
    kind: 'VirtualMachineExport',
    laterClaims: (object) =>
      textAt(object, 'spec', 'source', 'kind') === 'VirtualMachineSnapshot'
        ? [
            {
              names: `${textAt(object, 'metadata', 'name')}-*`,
              reason: 'a claim for each disk of the snapshot, while the export is there',
            },
          ]
        : [],
  },
];
