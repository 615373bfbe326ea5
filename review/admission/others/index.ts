import { KindRules } from '../../rule';
import { late } from '../shared/late';
import { MIGRATION_RULES } from './migration';
import { RESTORE_RULES } from './restore';
import { SNAPSHOT_RULES } from './snapshot';

/* eslint-disable @typescript-eslint/no-require-imports -- what follows is loaded with the first object of its kind: a
   folder holds few of these kinds, and each module takes a millisecond or two */
const clones = () => require('./clone') as typeof import('./clone');
const exported = () => require('./export') as typeof import('./export');
const hotplug = () => require('./hotplug') as typeof import('./hotplug');
const creations = () => require('./instance-create') as typeof import('./instance-create');
const updates = () => require('./instance-update') as typeof import('./instance-update');
const instancetypes = () => require('./instancetype') as typeof import('./instancetype');
const sets = () => require('./sets') as typeof import('./sets');
const templates = () => require('./templates') as typeof import('./templates');
/* eslint-enable @typescript-eslint/no-require-imports */

const KUBEVIRT = 'kubevirt.io';
const INSTANCETYPE = 'instancetype.kubevirt.io';
const SNAPSHOT = 'snapshot.kubevirt.io';

/** Rules for KubeVirt's objects beside the VirtualMachine and the KubeVirt object. */
export const RULES: readonly KindRules[] = [
  { apiGroup: KUBEVIRT, kind: 'VirtualMachineInstanceMigration', rules: MIGRATION_RULES },
  { apiGroup: SNAPSHOT, kind: 'VirtualMachineSnapshot', rules: SNAPSHOT_RULES },
  { apiGroup: SNAPSHOT, kind: 'VirtualMachineRestore', rules: RESTORE_RULES },
  late('export.kubevirt.io', 'VirtualMachineExport', () => exported().EXPORT_RULES),
  late('clone.kubevirt.io', 'VirtualMachineClone', () => clones().CLONE_RULES),
  late(INSTANCETYPE, 'VirtualMachineInstancetype', () => instancetypes().INSTANCETYPE_RULES),
  late(INSTANCETYPE, 'VirtualMachineClusterInstancetype', () => instancetypes().INSTANCETYPE_RULES),
  late(INSTANCETYPE, 'VirtualMachinePreference', () => instancetypes().PREFERENCE_RULES),
  late(INSTANCETYPE, 'VirtualMachineClusterPreference', () => instancetypes().PREFERENCE_RULES),
  late(KUBEVIRT, 'VirtualMachineInstance', () => [
    ...updates().INSTANCE_UPDATE_RULES,
    ...hotplug().HOTPLUG_RULES,
    ...creations().INSTANCE_RULES,
  ]),
  late(KUBEVIRT, 'VirtualMachineInstancePreset', () => updates().PRESET_RULES),
  late(KUBEVIRT, 'VirtualMachineInstanceReplicaSet', () => [
    ...sets().REPLICA_SET_RULES,
    ...templates().REPLICA_SET_TEMPLATE_RULES,
  ]),
  late('pool.kubevirt.io', 'VirtualMachinePool', () => [...sets().POOL_RULES, ...templates().POOL_TEMPLATE_RULES]),
  late('migrations.kubevirt.io', 'MigrationPolicy', () => sets().MIGRATION_POLICY_RULES),
];
