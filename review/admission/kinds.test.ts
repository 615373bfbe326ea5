import { TEMPLATE_RULES } from './cdi/template';
import { KINDS } from './kinds';
import { MACHINE_RULES, OBJECT_RULES, RUN_TIME_RULES, START_RULES } from './vm';

const IDS = Object.fromEntries(
  KINDS.map(({ kind, load }) => [kind, load().flatMap(({ rules }) => rules.map(({ id }) => id))]),
);
const VM_RULES = [...OBJECT_RULES, ...MACHINE_RULES, ...START_RULES, ...RUN_TIME_RULES];
const OF_VM = new Set(VM_RULES.map(({ id }) => id));
const OTHERS = KINDS.filter(
  ({ apiGroup, kind }) => apiGroup !== 'cdi.kubevirt.io' && !/^(VirtualMachine|KubeVirt)$/.test(kind),
);

const KIND_OF_SOURCE = ['source-kind-present', 'source-kind-single'];
const SOURCE = [
  'source-url-valid',
  'source-blank-content',
  'source-registry-content',
  'source-registry-address',
  'source-registry-url',
  'source-registry-pull-method',
  'source-registry-image-stream',
  'source-registry-image-stream-node',
  'source-imageio-complete',
  'source-vddk-complete',
];
const CLONE = ['source-pvc-complete', 'source-snapshot-complete'];
const SIZE = ['size-positive', 'size-least', 'size-present'];
const CLAIM = ['storage-class-name-short', 'access-modes-one', 'access-modes-known'];
const REFERENCE = ['population-name', 'population-kind', 'population-api-group', 'population-namespace'];
const SOURCE_REF = ['source-ref-kind', 'source-ref-name'];
const SPEC = [
  ...['target-present', 'target-single', ...SIZE, ...CLAIM],
  ...['population-alone', 'population-single', ...REFERENCE],
  ...['source-present', 'source-single', ...SOURCE_REF],
  ...[...KIND_OF_SOURCE, ...SOURCE, ...CLONE],
];

function of(topic: string, ...names: string[]): string[] {
  return names.map((name) => `${topic}-${name}`);
}

describe("CDI's rules", () => {
  test.each([
    ['DataVolume', of('data-volume', 'spec-immutable', ...SPEC, 'archive-on-filesystem')],
    [
      'DataImportCron',
      [
        ...of('data-import-cron', 'name-short', 'spec-immutable', 'source', 'template-keys'),
        ...of('data-import-cron', 'schedule', 'imports-to-keep', 'garbage-collect', 'managed-data-source'),
        ...of('data-import-cron-template', ...SPEC),
      ],
    ],
    [
      'VolumeImportSource',
      [
        ...of('volume-import-source', 'name-short', 'spec-immutable', 'content-type'),
        ...of('volume-import-source', 'source-present', 'target-claim', ...KIND_OF_SOURCE, ...SOURCE),
      ],
    ],
    ['VolumeUploadSource', of('volume-upload-source', 'name-short', 'spec-immutable', 'content-type')],
    ['ObjectTransfer', of('object-transfer', 'spec-immutable', 'target', 'source-kind')],
    [
      'VirtualMachine',
      [
        ...of('cdi-template', 'name-valid', 'source-single', ...SIZE, ...CLAIM),
        ...of('cdi-template', 'population-single', ...REFERENCE, ...SOURCE_REF),
        ...of('cdi-template', ...SOURCE, ...CLONE, 'archive-on-filesystem'),
      ],
    ],
  ])('for a %s are these', (kind, ids) => expect(IDS[kind]?.filter((id) => !OF_VM.has(id))).toEqual(ids));

  test('have names that an annotation can carry', () => {
    const names = Object.values(IDS).flat();
    expect(names.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || id.length > 63)).toEqual([]);
  });
});

const UPDATES = [
  'kubevirt-tls-ciphers-settable',
  'kubevirt-tls-ciphers-known',
  'kubevirt-certificates-duration-valid',
  'kubevirt-certificates-one-form',
  'kubevirt-certificates-ca-renewal',
  'kubevirt-certificates-server-renewal',
  'kubevirt-certificates-server-within-ca',
  'kubevirt-patch-json',
  'kubevirt-replicas',
  'kubevirt-memory-overhead-ratio',
  'kubevirt-seccomp-profile',
];

test('the rules for the KubeVirt object are these', () => {
  expect(IDS.KubeVirt).toEqual([
    'kubevirt-image-pull-policy',
    'kubevirt-overcommit-positive',
    'kubevirt-less-space-percent',
    'kubevirt-default-interface',
    'kubevirt-feature-gate-known',
    ...UPDATES.flatMap((id) => [id, `${id}-on-create`]),
  ]);
});

const INSTANCETYPE = ['instancetype-overcommit-hugepages', 'instancetype-cpu-count'];
const PREFERENCE = ['preference-topology', 'preference-spread-across', 'preference-spread-ratio'];

/** What a VirtualMachine is asked too has its list beside the machine's rules. */
const OF_MACHINES = new Set([...VM_RULES, ...TEMPLATE_RULES].map(({ id }) => id));

/** The machine's rules that a kind is not asked. */
function missing(kind: string): string[] {
  const ids = new Set(IDS[kind]);
  return VM_RULES.map(({ id }) => id).filter((id) => !ids.has(id));
}

test("the rules for KubeVirt's other objects are these", () => {
  expect(
    Object.fromEntries(
      OTHERS.map(({ apiGroup, kind }) => [`${apiGroup}/${kind}`, IDS[kind]?.filter((id) => !OF_MACHINES.has(id))]),
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
