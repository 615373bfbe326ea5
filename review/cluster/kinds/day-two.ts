import { objectAt, textAt } from '../../manifests/json';
import type { Json } from '../../rule';
import type { Kind, NameField } from './kind';

/** What is done with a machine once it stands. */
export const DAY_TWO_KINDS: readonly Kind[] = [
  {
    group: 'snapshot.kubevirt.io',
    kind: 'VirtualMachineSnapshot',
    names: (object, note) => namesObject(object, 'source', note),
  },
  {
    // `restore-<uid>-<volume>` (KubeVirt v1.6.2: pkg/storage/snapshot/restore.go, restorePVCName).
    group: 'snapshot.kubevirt.io',
    kind: 'VirtualMachineRestore',
    // The machine that it is restored to may be a new one.
    names: (object, note) =>
      note(
        'VirtualMachineSnapshot',
        textAt(object, 'spec', 'virtualMachineSnapshotName'),
        () => 'spec.virtualMachineSnapshotName',
      ),
    laterClaims: (object) => {
      const snapshot = textAt(object, 'spec', 'virtualMachineSnapshotName');
      return [{ names: 'restore-*', reason: `a claim for each disk of snapshot ${snapshot}` }];
    },
  },
  {
    // A clone is a snapshot that is restored.
    group: 'clone.kubevirt.io',
    kind: 'VirtualMachineClone',
    names: (object, note) => namesObject(object, 'source', note),
    makes: targetOf,
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
    names: (object, note) => namesObject(object, 'source', note),
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
  {
    group: 'kubevirt.io',
    kind: 'VirtualMachineInstanceMigration',
    names: (object, note) => note('VirtualMachine', textAt(object, 'spec', 'vmiName'), () => 'spec.vmiName'),
  },
];

/** The kinds that stand under `source`: of a snapshot, a clone, an export. */
const SOURCES: ReadonlySet<string> = new Set(['VirtualMachine', 'VirtualMachineSnapshot', 'PersistentVolumeClaim']);

function namesObject(object: Json, part: string, note: NameField): void {
  const source = objectAt(object, 'spec', part);
  const kind = textAt(source, 'kind');
  if (SOURCES.has(kind)) note(kind, source?.name, () => `spec.${part}.name`);
}

function targetOf(object: Json): readonly (readonly [kind: string, name: string])[] {
  const target = objectAt(object, 'spec', 'target');
  return textAt(target, 'kind') === 'VirtualMachine' ? [['VirtualMachine', textAt(target, 'name')]] : [];
}
