import { textAt } from '../../manifests/json';
import type { Json } from '../../rule';

/** The kinds that are counted or looked up, by the API group that each stands in. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  '': ['PersistentVolumeClaim', 'Pod', 'ReplicationController'],
  apps: ['StatefulSet', 'Deployment', 'ReplicaSet', 'DaemonSet'],
  batch: ['Job', 'CronJob'],
  'storage.k8s.io': ['StorageClass', 'CSIDriver'],
  'snapshot.storage.k8s.io': ['VolumeSnapshot', 'VolumeSnapshotClass'],
  'cdi.kubevirt.io': [
    'DataVolume',
    'DataSource',
    'DataImportCron',
    'VolumeCloneSource',
    'StorageProfile',
    'CDI',
    'CDIConfig',
  ],
  'kubevirt.io': ['VirtualMachine', 'VirtualMachineInstance', 'VirtualMachineInstanceReplicaSet'],
  'pool.kubevirt.io': ['VirtualMachinePool'],
  'clone.kubevirt.io': ['VirtualMachineClone'],
  'snapshot.kubevirt.io': ['VirtualMachineRestore'],
  'export.kubevirt.io': ['VirtualMachineExport'],
  'instancetype.kubevirt.io': [
    'VirtualMachineInstancetype',
    'VirtualMachineClusterInstancetype',
    'VirtualMachinePreference',
    'VirtualMachineClusterPreference',
  ],
};

const GROUP_OF = new Map(Object.entries(GROUPS).flatMap(([group, kinds]) => kinds.map((kind) => [kind, group])));

/** Kinds that others speak of: they are kept as they are. */
export const LOOKED_UP: ReadonlySet<string> = new Set([
  'DataSource',
  'VolumeCloneSource',
  'VirtualMachineInstancetype',
  'VirtualMachineClusterInstancetype',
  'VirtualMachinePreference',
  'VirtualMachineClusterPreference',
]);

/**
 * The kind of an object, as far as it is one that is counted: other vendors have a VirtualMachine and a StorageProfile
 * too. An object that names no group is taken for what its kind says.
 */
export function kindOf(object: Json): string {
  const kind = textAt(object, 'kind');
  const group = groupOf(object);
  return group === undefined || GROUP_OF.get(kind) === group ? kind : '';
}

/** The API group of an object; nothing where it names no version of an API. */
export function groupOf(object: Json): string | undefined {
  const version = textAt(object, 'apiVersion');
  if (version === '') return undefined;
  const slash = version.indexOf('/');
  return slash < 0 ? '' : version.slice(0, slash);
}
