import { RULES } from '.';

const INSTANCETYPE = ['instancetype-overcommit-hugepages', 'instancetype-cpu-count'];
const PREFERENCE = ['preference-topology', 'preference-spread-across', 'preference-spread-ratio'];

test("the rules for KubeVirt's other objects are these", () => {
  expect(
    Object.fromEntries(RULES.map(({ apiGroup, kind, rules }) => [`${apiGroup}/${kind}`, rules.map(({ id }) => id)])),
  ).toEqual({
    'kubevirt.io/VirtualMachineInstanceMigration': [
      'migration-name-given',
      'migration-name-short',
      'migration-between-clusters-gate',
      'migration-between-clusters-id',
      'migration-spec-immutable',
      'migration-label-kept',
    ],
    'snapshot.kubevirt.io/VirtualMachineSnapshot': [
      'snapshot-gate',
      'snapshot-source-api-group',
      'snapshot-source-kind',
      'snapshot-failure-deadline',
      'snapshot-spec-immutable',
    ],
    'snapshot.kubevirt.io/VirtualMachineRestore': [
      'restore-gate',
      'restore-target-api-group',
      'restore-target-kind',
      'restore-override-volume',
      'restore-override-given',
      'restore-volume-policy',
      'restore-spec-immutable',
    ],
    'export.kubevirt.io/VirtualMachineExport': [
      'export-gate',
      'export-source-kind',
      'export-source-api-group',
      'export-source-name',
      'export-ttl',
      'export-spec-immutable',
    ],
    'clone.kubevirt.io/VirtualMachineClone': [
      'clone-gate',
      'clone-source-kind',
      'clone-target-kind',
      'clone-source-complete',
      'clone-target-other',
      'clone-mac-address',
      'clone-patch-json',
      'clone-filter',
      'clone-filter-empty',
    ],
    'instancetype.kubevirt.io/VirtualMachineInstancetype': INSTANCETYPE,
    'instancetype.kubevirt.io/VirtualMachineClusterInstancetype': INSTANCETYPE,
    'instancetype.kubevirt.io/VirtualMachinePreference': PREFERENCE,
    'instancetype.kubevirt.io/VirtualMachineClusterPreference': PREFERENCE,
    'kubevirt.io/VirtualMachineInstance': [
      'instance-spec-kept',
      'instance-labels-kept',
      'instance-max-sockets-kept',
      'instance-max-guest-kept',
      'hotplug-disk-per-volume',
      'hotplug-permanent-volume-kept',
      'hotplug-permanent-disk-kept',
      'hotplug-volume-kept',
      'hotplug-disk-kept',
      'hotplug-volume-kind',
      'hotplug-disk-target',
      'hotplug-disk-bus',
      'hotplug-lun-bus',
      'hotplug-io-thread',
    ],
    'kubevirt.io/VirtualMachineInstancePreset': ['preset-domain-present'],
    'kubevirt.io/VirtualMachineInstanceReplicaSet': ['replica-set-selector-valid', 'replica-set-selector-matches'],
    'pool.kubevirt.io/VirtualMachinePool': [
      'pool-selector-valid',
      'pool-selector-matches',
      'pool-selector-immutable',
      'pool-max-unavailable',
    ],
    'migrations.kubevirt.io/MigrationPolicy': [
      'migration-policy-completion-timeout-per-gib',
      'migration-policy-bandwidth-per-migration',
    ],
  });
});
