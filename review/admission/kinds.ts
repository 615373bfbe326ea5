import { Rule } from '../rule';
import { Part, part, whole } from './part';

/** A kind of object that has admission rules. */
export interface Kind {
  /** API group: `kubevirt.io`; empty for core kinds. */
  readonly apiGroup: string;
  readonly kind: string;
  /**
   * Whether rules are asked only about objects that have one of their keys: for the kinds that stand by the thousand. A
   * kind that holds a machine may get keys from the webhook's defaults, so that every rule is asked.
   *
   * @default false
   */
  readonly selective?: boolean;
  /** Its rules, loaded with the first object of the kind: each file takes a millisecond or two. */
  readonly load: () => readonly Part[];
}

const KUBEVIRT = 'kubevirt.io';
const CDI = 'cdi.kubevirt.io';
const SNAPSHOT = 'snapshot.kubevirt.io';
const INSTANCETYPE = 'instancetype.kubevirt.io';
const BACKUP = 'backup.kubevirt.io';

/** Every kind that has admission rules. CDI objects, StorageProfiles and DataSources have a schema only. */
export const KINDS: readonly Kind[] = [
  { apiGroup: KUBEVIRT, kind: 'VirtualMachine', selective: true, load: () => vm().MACHINE_PARTS },
  { apiGroup: CDI, kind: 'DataVolume', selective: true, load: () => dataVolume().DATA_VOLUME_PARTS },
  {
    apiGroup: KUBEVIRT,
    kind: 'KubeVirt',
    load: () => [
      about([
        ...(require('./kubevirt/configuration') as typeof import('./kubevirt/configuration')).CONFIGURATION_RULES,
        ...(require('./kubevirt/tls') as typeof import('./kubevirt/tls')).TLS_RULES,
        ...(require('./kubevirt/certificates') as typeof import('./kubevirt/certificates')).CERTIFICATE_RULES,
        ...(require('./kubevirt/components') as typeof import('./kubevirt/components')).COMPONENT_RULES,
        ...(require('./kubevirt/gates') as typeof import('./kubevirt/gates')).GATE_RULES,
      ]),
    ],
  },
  { apiGroup: CDI, kind: 'DataImportCron', load: () => cron().DATA_IMPORT_CRON_PARTS },
  { apiGroup: CDI, kind: 'VolumeImportSource', load: () => populators().VOLUME_IMPORT_SOURCE_PARTS },
  { apiGroup: CDI, kind: 'VolumeUploadSource', load: () => [about(populators().VOLUME_UPLOAD_SOURCE_RULES)] },
  { apiGroup: CDI, kind: 'ObjectTransfer', load: () => [about(transfer().OBJECT_TRANSFER_RULES)] },
  { apiGroup: KUBEVIRT, kind: 'VirtualMachineInstanceMigration', load: () => [about(migration().MIGRATION_RULES)] },
  { apiGroup: SNAPSHOT, kind: 'VirtualMachineSnapshot', load: () => [about(snapshot().SNAPSHOT_RULES)] },
  { apiGroup: SNAPSHOT, kind: 'VirtualMachineRestore', load: () => [about(restore().RESTORE_RULES)] },
  { apiGroup: BACKUP, kind: 'VirtualMachineBackup', load: () => [about(backup().BACKUP_RULES)] },
  { apiGroup: BACKUP, kind: 'VirtualMachineBackupTracker', load: () => [about(backup().BACKUP_TRACKER_RULES)] },
  { apiGroup: 'plugin.kubevirt.io', kind: 'Plugin', load: () => [about(plugin().PLUGIN_RULES)] },
  { apiGroup: 'ssp.kubevirt.io', kind: 'SSP', load: () => [about(ssp().SSP_RULES)] },
  {
    apiGroup: 'k8s.cni.cncf.io',
    kind: 'NetworkAttachmentDefinition',
    load: () => [about(network().NETWORK_DEFINITION_RULES)],
  },
  { apiGroup: 'hco.kubevirt.io', kind: 'HyperConverged', load: () => [about(hyperConverged().HYPER_CONVERGED_RULES)] },
  { apiGroup: 'export.kubevirt.io', kind: 'VirtualMachineExport', load: () => [about(exported().EXPORT_RULES)] },
  { apiGroup: 'clone.kubevirt.io', kind: 'VirtualMachineClone', load: () => [about(clone().CLONE_RULES)] },
  { apiGroup: 'migrations.kubevirt.io', kind: 'MigrationPolicy', load: () => [about(policy().MIGRATION_POLICY_RULES)] },
  { apiGroup: INSTANCETYPE, kind: 'VirtualMachineInstancetype', load: instancetypeParts },
  { apiGroup: INSTANCETYPE, kind: 'VirtualMachineClusterInstancetype', load: instancetypeParts },
  { apiGroup: INSTANCETYPE, kind: 'VirtualMachinePreference', load: preferenceParts },
  { apiGroup: INSTANCETYPE, kind: 'VirtualMachineClusterPreference', load: preferenceParts },
  { apiGroup: KUBEVIRT, kind: 'VirtualMachineInstance', load: () => instance().INSTANCE_PARTS },
  { apiGroup: KUBEVIRT, kind: 'VirtualMachineInstancePreset', load: () => [about(preset().PRESET_RULES)] },
  { apiGroup: KUBEVIRT, kind: 'VirtualMachineInstanceReplicaSet', load: () => replicaSet().REPLICA_SET_PARTS },
  { apiGroup: 'pool.kubevirt.io', kind: 'VirtualMachinePool', load: () => pool().POOL_PARTS },
];

/** Rules about whole objects. */
function about(rules: readonly Rule[]): Part {
  return part(whole, rules);
}

const vm = () => require('./vm') as typeof import('./vm');
const dataVolume = () => require('./cdi/data-volume') as typeof import('./cdi/data-volume');
const cron = () => require('./cdi/data-import-cron') as typeof import('./cdi/data-import-cron');
const populators = () => require('./cdi/populators') as typeof import('./cdi/populators');
const transfer = () => require('./cdi/object-transfer') as typeof import('./cdi/object-transfer');
const migration = () => require('./day-two/migration') as typeof import('./day-two/migration');
const backup = () => require('./day-two/backup') as typeof import('./day-two/backup');
const plugin = () => require('./kubevirt/plugin') as typeof import('./kubevirt/plugin');
const hyperConverged = () => require('./operators/hyper-converged') as typeof import('./operators/hyper-converged');
const ssp = () => require('./operators/ssp') as typeof import('./operators/ssp');
const network = () => require('./operators/network-definition') as typeof import('./operators/network-definition');
const snapshot = () => require('./day-two/snapshot') as typeof import('./day-two/snapshot');
const restore = () => require('./day-two/restore') as typeof import('./day-two/restore');
const exported = () => require('./day-two/export') as typeof import('./day-two/export');
const clone = () => require('./day-two/clone') as typeof import('./day-two/clone');
const policy = () => require('./day-two/migration-policy') as typeof import('./day-two/migration-policy');
const instancetype = () => require('./instancetype/instancetype') as typeof import('./instancetype/instancetype');
const preference = () => require('./instancetype/preference') as typeof import('./instancetype/preference');
const instance = () => require('./instance') as typeof import('./instance');
const preset = () => require('./instance/preset') as typeof import('./instance/preset');
const replicaSet = () => require('./fleet/replica-set') as typeof import('./fleet/replica-set');
const pool = () => require('./fleet/pool') as typeof import('./fleet/pool');

function instancetypeParts(): readonly Part[] {
  return [about(instancetype().INSTANCETYPE_RULES)];
}

function preferenceParts(): readonly Part[] {
  return [about(preference().PREFERENCE_RULES)];
}
