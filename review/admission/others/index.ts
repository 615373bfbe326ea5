import { KindRules } from '../../rule';
import { CLONE_RULES } from './clone';
import { EXPORT_RULES } from './export';
import { HOTPLUG_RULES } from './hotplug';
import { INSTANCE_UPDATE_RULES, PRESET_RULES } from './instance-update';
import { INSTANCETYPE_RULES, PREFERENCE_RULES } from './instancetype';
import { MIGRATION_RULES } from './migration';
import { RESTORE_RULES } from './restore';
import { MIGRATION_POLICY_RULES, POOL_RULES, REPLICA_SET_RULES } from './sets';
import { SNAPSHOT_RULES } from './snapshot';

const KUBEVIRT = 'kubevirt.io';
const INSTANCETYPE = 'instancetype.kubevirt.io';
const SNAPSHOT = 'snapshot.kubevirt.io';

/** Rules for KubeVirt's objects beside the VirtualMachine and the KubeVirt object. */
export const RULES: readonly KindRules[] = [
  { apiGroup: KUBEVIRT, kind: 'VirtualMachineInstanceMigration', rules: MIGRATION_RULES },
  { apiGroup: SNAPSHOT, kind: 'VirtualMachineSnapshot', rules: SNAPSHOT_RULES },
  { apiGroup: SNAPSHOT, kind: 'VirtualMachineRestore', rules: RESTORE_RULES },
  { apiGroup: 'export.kubevirt.io', kind: 'VirtualMachineExport', rules: EXPORT_RULES },
  { apiGroup: 'clone.kubevirt.io', kind: 'VirtualMachineClone', rules: CLONE_RULES },
  { apiGroup: INSTANCETYPE, kind: 'VirtualMachineInstancetype', rules: INSTANCETYPE_RULES },
  { apiGroup: INSTANCETYPE, kind: 'VirtualMachineClusterInstancetype', rules: INSTANCETYPE_RULES },
  { apiGroup: INSTANCETYPE, kind: 'VirtualMachinePreference', rules: PREFERENCE_RULES },
  { apiGroup: INSTANCETYPE, kind: 'VirtualMachineClusterPreference', rules: PREFERENCE_RULES },
  { apiGroup: KUBEVIRT, kind: 'VirtualMachineInstance', rules: [...INSTANCE_UPDATE_RULES, ...HOTPLUG_RULES] },
  { apiGroup: KUBEVIRT, kind: 'VirtualMachineInstancePreset', rules: PRESET_RULES },
  { apiGroup: KUBEVIRT, kind: 'VirtualMachineInstanceReplicaSet', rules: REPLICA_SET_RULES },
  { apiGroup: 'pool.kubevirt.io', kind: 'VirtualMachinePool', rules: POOL_RULES },
  { apiGroup: 'migrations.kubevirt.io', kind: 'MigrationPolicy', rules: MIGRATION_POLICY_RULES },
];
