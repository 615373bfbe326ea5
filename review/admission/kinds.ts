import { KindRules, Rule } from '../rule';
import { DATA_VOLUME_RULES } from './cdi/data-volume';
import { TEMPLATE_RULES } from './cdi/template';
import { VM_RULES } from './vm';

const KUBEVIRT = 'kubevirt.io';
const INSTANCETYPE = 'instancetype.kubevirt.io';
const SNAPSHOT = 'snapshot.kubevirt.io';
const CDI = 'cdi.kubevirt.io';

/**
 * Every kind that has admission rules. What most folders hold is loaded at once; the rest, a millisecond or two each, with
 * the first object of its kind. CDI objects, StorageProfiles and DataSources have a schema only.
 */
export const KINDS: readonly KindRules[] = [
  { apiGroup: KUBEVIRT, kind: 'VirtualMachine', rules: [...VM_RULES, ...TEMPLATE_RULES] },
  { apiGroup: CDI, kind: 'DataVolume', rules: DATA_VOLUME_RULES },
  lazy(KUBEVIRT, 'KubeVirt', () => [
    ...(require('./kubevirt/configuration') as typeof import('./kubevirt/configuration')).CONFIGURATION_RULES,
    ...(require('./kubevirt/tls') as typeof import('./kubevirt/tls')).TLS_RULES,
    ...(require('./kubevirt/certificates') as typeof import('./kubevirt/certificates')).CERTIFICATE_RULES,
    ...(require('./kubevirt/components') as typeof import('./kubevirt/components')).COMPONENT_RULES,
  ]),
  lazy(CDI, 'DataImportCron', () => {
    return (require('./cdi/data-import-cron') as typeof import('./cdi/data-import-cron')).DATA_IMPORT_CRON_RULES;
  }),
  lazy(CDI, 'VolumeImportSource', () => populators().VOLUME_IMPORT_SOURCE_RULES),
  lazy(CDI, 'VolumeUploadSource', () => populators().VOLUME_UPLOAD_SOURCE_RULES),
  lazy(CDI, 'ObjectTransfer', () => {
    return (require('./cdi/object-transfer') as typeof import('./cdi/object-transfer')).OBJECT_TRANSFER_RULES;
  }),
  lazy(KUBEVIRT, 'VirtualMachineInstanceMigration', () => {
    return (require('./day-two/migration') as typeof import('./day-two/migration')).MIGRATION_RULES;
  }),
  lazy(SNAPSHOT, 'VirtualMachineSnapshot', () => {
    return (require('./day-two/snapshot') as typeof import('./day-two/snapshot')).SNAPSHOT_RULES;
  }),
  lazy(SNAPSHOT, 'VirtualMachineRestore', () => {
    return (require('./day-two/restore') as typeof import('./day-two/restore')).RESTORE_RULES;
  }),
  lazy('export.kubevirt.io', 'VirtualMachineExport', () => {
    return (require('./day-two/export') as typeof import('./day-two/export')).EXPORT_RULES;
  }),
  lazy('clone.kubevirt.io', 'VirtualMachineClone', () => {
    return (require('./day-two/clone') as typeof import('./day-two/clone')).CLONE_RULES;
  }),
  lazy('migrations.kubevirt.io', 'MigrationPolicy', () => {
    return (require('./day-two/migration-policy') as typeof import('./day-two/migration-policy'))
      .MIGRATION_POLICY_RULES;
  }),
  lazy(INSTANCETYPE, 'VirtualMachineInstancetype', instancetypeRules),
  lazy(INSTANCETYPE, 'VirtualMachineClusterInstancetype', instancetypeRules),
  lazy(INSTANCETYPE, 'VirtualMachinePreference', preferenceRules),
  lazy(INSTANCETYPE, 'VirtualMachineClusterPreference', preferenceRules),
  lazy(KUBEVIRT, 'VirtualMachineInstance', () => [
    ...(require('./instance/change') as typeof import('./instance/change')).INSTANCE_UPDATE_RULES,
    ...(require('./instance/hotplug') as typeof import('./instance/hotplug')).HOTPLUG_RULES,
    ...(require('./instance/creation') as typeof import('./instance/creation')).INSTANCE_RULES,
  ]),
  lazy(KUBEVIRT, 'VirtualMachineInstancePreset', () => {
    return (require('./instance/preset') as typeof import('./instance/preset')).PRESET_RULES;
  }),
  lazy(KUBEVIRT, 'VirtualMachineInstanceReplicaSet', () => [
    ...(require('./fleet/replica-set') as typeof import('./fleet/replica-set')).REPLICA_SET_RULES,
    ...machineWithin().REPLICA_SET_TEMPLATE_RULES,
  ]),
  lazy('pool.kubevirt.io', 'VirtualMachinePool', () => [
    ...(require('./fleet/pool') as typeof import('./fleet/pool')).POOL_RULES,
    ...machineWithin().POOL_TEMPLATE_RULES,
  ]),
];

function instancetypeRules(): readonly Rule[] {
  return (require('./instancetype/instancetype') as typeof import('./instancetype/instancetype')).INSTANCETYPE_RULES;
}

function preferenceRules(): readonly Rule[] {
  return (require('./instancetype/preference') as typeof import('./instancetype/preference')).PREFERENCE_RULES;
}

function populators(): typeof import('./cdi/populators') {
  return require('./cdi/populators') as typeof import('./cdi/populators');
}

function machineWithin(): typeof import('./fleet/machine-within') {
  return require('./fleet/machine-within') as typeof import('./fleet/machine-within');
}

function lazy(apiGroup: string, kind: string, load: () => readonly Rule[]): KindRules {
  return {
    apiGroup,
    kind,
    get rules() {
      return load();
    },
  };
}
