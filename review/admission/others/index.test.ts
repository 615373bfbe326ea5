import { TEMPLATE_RULES } from '../cdi/template';
import { VM_RULES } from '../vm';
import { RULES } from '.';

const INSTANCETYPE = ['instancetype-overcommit-hugepages', 'instancetype-cpu-count'];
const PREFERENCE = ['preference-topology', 'preference-spread-across', 'preference-spread-ratio'];

/** What a VirtualMachine is asked too has its list beside the machine's rules. */
const OF_MACHINES = new Set([...VM_RULES, ...TEMPLATE_RULES].map(({ id }) => id));

/** The machine's rules that a kind is not asked. */
function missing(kind: string): string[] {
  const ids = new Set(RULES.find((one) => one.kind === kind)?.rules.map(({ id }) => id));
  return VM_RULES.map(({ id }) => id).filter((id) => !ids.has(id));
}

test("the rules for KubeVirt's other objects are these", () => {
  expect(
    Object.fromEntries(
      RULES.map(({ apiGroup, kind, rules }) => [
        `${apiGroup}/${kind}`,
        rules.map(({ id }) => id).filter((id) => !OF_MACHINES.has(id)),
      ]),
    ),
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

const METADATA = ['not-null', 'known-keys', 'maps-not-null', 'text-values'];
const INSTANCETYPE_REFERENCES = VM_RULES.map(({ id }) => id).filter((id) => /^instancetype-/.test(id));
const STATUS = VM_RULES.map(({ id }) => id).filter((id) => /^status-/.test(id));
const LIVE_UPDATE = VM_RULES.map(({ id }) => id).filter((id) => /^memory-max-guest-/.test(id));
const CLAIMS = VM_RULES.map(({ id }) => id).filter((id) => /^gpu-(device|claim)-/.test(id));
const TEMPLATES = VM_RULES.map(({ id }) => id).filter((id) => /^data-volume-template-/.test(id));
const RUN = ['run-strategy-exclusive', 'run-strategy-given', 'run-strategy-known', 'run-strategy-receiver-gate'];
const GATES = ['interface-macvtap-discontinued', 'interface-passt-discontinued', 'interface-slirp-discontinued'];

test.each([
  [
    'VirtualMachineInstance',
    [
      ...METADATA.map((id) => `template-metadata-${id}`),
      ...[...TEMPLATES, ...INSTANCETYPE_REFERENCES, ...RUN, ...LIVE_UPDATE, ...STATUS],
      ...['run-update-volumes-strategy-known', 'run-data-volume-template-name-unique'],
    ],
  ],
  [
    'VirtualMachineInstanceReplicaSet',
    [
      ...['template-label-reserved', 'template-annotation-ignition-gate', 'template-annotation-sidecar-gate'],
      ...[...TEMPLATES, ...INSTANCETYPE_REFERENCES, ...RUN, ...LIVE_UPDATE, ...STATUS, ...GATES, ...CLAIMS],
      'interface-default-binding-permitted',
      ...['run-update-volumes-strategy-known', 'run-data-volume-template-name-unique'],
    ],
  ],
  [
    'VirtualMachinePool',
    [
      ...['data-volume-template-data-source-api-group', 'data-volume-template-namespace'],
      ...[...INSTANCETYPE_REFERENCES, ...STATUS, ...GATES, ...CLAIMS, 'interface-default-binding-permitted'],
    ],
  ],
])('a %s is asked what a machine is asked, but these', (kind, but) => {
  expect(missing(kind).sort()).toEqual([...but].sort());
});
