import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { found, machine, object } from '../testing/reference-tester';
import { EXISTENCE_RULES } from './existence';

const volume = (source: Json): Reviewed => machine('vm', { volumes: [{ name: 'a' }, { name: 'b', ...source }] });
const AT = 'spec.template.spec.volumes[1]';
const claim = volume({ persistentVolumeClaim: { claimName: 'x' } });
const dataVolume = volume({ dataVolume: { name: 'x' } });
const dv = (spec: Json) => object('DataVolume', 'dv', { spec });
const withType = (more: Json) => machine('vm', {}, more);

interface Row {
  readonly rule: string;
  readonly by: Reviewed;
  readonly field: string;
  /** What makes it exist, each alone. */
  readonly exists: readonly Reviewed[];
}

const rows: Row[] = [
  {
    rule: 'priority-class-exists',
    by: machine('vm', { priorityClassName: 'x' }),
    field: 'spec.template.spec.priorityClassName',
    exists: [object('PriorityClass', 'x', { namespace: '' })],
  },
  {
    rule: 'service-account-exists',
    by: volume({ serviceAccount: { serviceAccountName: 'x' } }),
    field: `${AT}.serviceAccount.serviceAccountName`,
    exists: [object('ServiceAccount', 'x')],
  },
  {
    rule: 'claim-exists',
    by: claim,
    field: `${AT}.persistentVolumeClaim.claimName`,
    exists: [
      object('PersistentVolumeClaim', 'x'),
      object('DataVolume', 'x'),
      machine('other', {}, { dataVolumeTemplates: [{ metadata: { name: 'x' } }] }),
      object('PersistentVolumeClaim', 'x', { namespace: '' }),
    ],
  },
  {
    rule: 'claim-exists',
    by: dv({ source: { pvc: { namespace: 'images', name: 'x' } } }),
    field: 'spec.source.pvc.name',
    exists: [object('PersistentVolumeClaim', 'x', { namespace: 'images' })],
  },
  ...['images', undefined].map((namespace) => ({
    rule: 'claim-exists',
    by: object('PersistentVolumeClaim', 'c', {
      spec: { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'x', namespace } },
    }),
    field: 'spec.dataSourceRef.name',
    exists: [object('PersistentVolumeClaim', 'x', { namespace })],
  })),
  {
    rule: 'data-volume-exists',
    by: dataVolume,
    field: `${AT}.dataVolume.name`,
    exists: [object('DataVolume', 'x'), object('PersistentVolumeClaim', 'x')],
  },
  {
    rule: 'data-source-exists',
    by: dv({ sourceRef: { kind: 'DataSource', name: 'x' } }),
    field: 'spec.sourceRef.name',
    exists: [object('DataSource', 'x'), object('DataImportCron', 'cron', { spec: { managedDataSource: 'x' } })],
  },
  {
    rule: 'secret-exists',
    by: volume({ cloudInitNoCloud: { secretRef: { name: 'x' } } }),
    field: `${AT}.cloudInitNoCloud.secretRef.name`,
    exists: [object('Secret', 'x')],
  },
  {
    rule: 'secret-exists',
    by: machine('vm', { accessCredentials: [{ sshPublicKey: { source: { secret: { secretName: 'x' } } } }] }),
    field: 'spec.template.spec.accessCredentials[0].sshPublicKey.source.secret.secretName',
    exists: [object('Secret', 'x')],
  },
  {
    rule: 'secret-exists',
    by: machine('vm', {}, { dataVolumeTemplates: [{ spec: { source: { http: { secretRef: 'x' } } } }] }),
    field: 'spec.dataVolumeTemplates[0].spec.source.http.secretRef',
    exists: [object('Secret', 'x')],
  },
  {
    rule: 'config-map-exists',
    by: dv({ source: { registry: { certConfigMap: 'x' } } }),
    field: 'spec.source.registry.certConfigMap',
    exists: [object('ConfigMap', 'x')],
  },
  {
    rule: 'storage-class-exists',
    by: object('PersistentVolumeClaim', 'c', { spec: { storageClassName: 'x' } }),
    field: 'spec.storageClassName',
    exists: [object('StorageClass', 'x', { namespace: '' })],
  },
  {
    rule: 'instancetype-exists',
    by: withType({ instancetype: { kind: 'virtualmachineinstancetypes', name: 'x' } }),
    field: 'spec.instancetype.name',
    exists: [object('VirtualMachineInstancetype', 'x')],
  },
  {
    rule: 'cluster-instancetype-exists',
    by: withType({ instancetype: { name: 'x' } }),
    field: 'spec.instancetype.name',
    exists: [object('VirtualMachineClusterInstancetype', 'x', { namespace: '' })],
  },
  {
    rule: 'preference-exists',
    by: withType({ preference: { kind: 'VirtualMachinePreference', name: 'x' } }),
    field: 'spec.preference.name',
    exists: [object('VirtualMachinePreference', 'x')],
  },
  {
    rule: 'cluster-preference-exists',
    by: withType({ preference: { name: 'x' } }),
    field: 'spec.preference.name',
    exists: [object('VirtualMachineClusterPreference', 'x', { namespace: '' })],
  },
  {
    rule: 'network-exists',
    by: machine('vm', { networks: [{ name: 'n', multus: { networkName: 'lab/x' } }] }),
    field: 'spec.template.spec.networks[0].multus.networkName',
    exists: [object('NetworkAttachmentDefinition', 'x', { namespace: 'lab' })],
  },
  {
    rule: 'volume-snapshot-exists',
    by: dv({ source: { snapshot: { namespace: 'images', name: 'x' } } }),
    field: 'spec.source.snapshot.name',
    exists: [object('VolumeSnapshot', 'x', { namespace: 'images' })],
  },
  {
    rule: 'claim-exists',
    by: object('VolumeSnapshot', 's', { spec: { source: { persistentVolumeClaimName: 'x' } } }),
    field: 'spec.source.persistentVolumeClaimName',
    exists: [object('PersistentVolumeClaim', 'x'), object('DataVolume', 'x')],
  },
  {
    rule: 'machine-exists',
    by: object('VirtualMachineInstanceMigration', 'm', { spec: { vmiName: 'x' } }),
    field: 'spec.vmiName',
    exists: [machine('x'), object('VirtualMachineInstance', 'x')],
  },
  {
    rule: 'machine-snapshot-exists',
    by: object('VirtualMachineRestore', 'r', { spec: { virtualMachineSnapshotName: 'x' } }),
    field: 'spec.virtualMachineSnapshotName',
    exists: [object('VirtualMachineSnapshot', 'x')],
  },
  {
    rule: 'namespace-exists',
    by: object('ConfigMap', 'c', { namespace: 'x' }),
    field: 'metadata.namespace',
    exists: [object('Namespace', 'x', { namespace: '' })],
  },
];

describe('what does not exist', () => {
  const source = (kind: string, name: string) => ({ source: { apiGroup: 'kubevirt.io', kind, name } });
  const target = (name: string) => ({ target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name } });
  const all = [
    object('VirtualMachineSnapshot', 's', { spec: source('VirtualMachine', 'vm') }),
    object('VirtualMachineRestore', 'r', { spec: { ...target('vm'), virtualMachineSnapshotName: 'none' } }),
    object('VirtualMachineClone', 'c', { spec: { ...source('VirtualMachine', 'vm'), ...target('t') } }),
    object('VirtualMachineExport', 'e', { spec: source('VirtualMachine', 'vm') }),
    object('VirtualMachineInstanceMigration', 'm', { spec: { vmiName: 'vm' } }),
    dv({ source: { snapshot: { name: 'none', namespace: 'n' } } }),
    dv({ source: { pvc: { name: 'none', namespace: 'n' } } }),
  ];

  test('is said of all that day-two objects and clones name; the target of a restore may be new', () => {
    const names = (rule: string) => found(EXISTENCE_RULES, rule, all, [], false).map(({ name }) => name);
    expect(names('machine-exists')).toEqual(['s', 'c', 'e', 'm']);
    expect(names('machine-snapshot-exists')).toEqual(['r']);
    expect(names('volume-snapshot-exists')).toEqual(['dv']);
    expect(names('claim-exists')).toEqual(['dv']);
  });

  test('is no network of Multus in another namespace, where there are others', () => {
    const wan = object('NetworkAttachmentDefinition', 'wan');
    const on = (networkName: string) => machine('r', { networks: [{ name: 'l', multus: { networkName } }] });
    const names = (networkName: string, ...others: Reviewed[]) =>
      found(EXISTENCE_RULES, 'network-exists', [on(networkName), ...others], [], false).length;
    expect([names('lan', wan), names('wan', wan), names('n/wan', wan), names('lan')]).toEqual([1, 0, 0, 0]);
  });
});

describe('what is named', () => {
  test('has a row for every rule', () => {
    expect([...new Set(rows.map(({ rule }) => rule))].sort()).toEqual(EXISTENCE_RULES.map(({ id }) => id).sort());
  });

  test.each(rows)('$rule fails when $field names nothing', ({ rule, by, field }) => {
    const findings = found(EXISTENCE_RULES, rule, [by]);
    expect(findings.map((finding) => finding.field)).toEqual([field]);
    expect(findings[0]?.message).toContain('among the manifests, got "x"');
  });

  test.each(rows)('$rule takes what stands among the manifests, for $field', ({ rule, by, exists }) => {
    for (const object of exists) expect(found(EXISTENCE_RULES, rule, [by, object])).toEqual([]);
  });

  test('takes what is declared external', () => {
    const external = (namespace?: string) => [{ kind: 'PersistentVolumeClaim', name: 'x', namespace }];
    expect(found(EXISTENCE_RULES, 'claim-exists', [claim], external())).toEqual([]);
    expect(found(EXISTENCE_RULES, 'claim-exists', [claim], external('n'))).toEqual([]);
    expect(found(EXISTENCE_RULES, 'claim-exists', [claim], external('other'))).toHaveLength(1);
    expect(found(EXISTENCE_RULES, 'data-volume-exists', [dataVolume], external())).toEqual([]);
  });

  test.each([
    ['an optional Secret', 'secret-exists', volume({ secret: { secretName: 'x', optional: true } })],
    [
      'the certificates that Kubernetes hands out',
      'config-map-exists',
      volume({ configMap: { name: 'kube-root-ca.crt' } }),
    ],
    [
      'an instance type of KubeVirt',
      'cluster-instancetype-exists',
      withType({ instancetype: { name: 'u1.2xmedium' } }),
    ],
    ['a preference of KubeVirt', 'cluster-preference-exists', withType({ preference: { name: 'windows.11.virtio' } })],
    [
      'no class at all',
      'storage-class-exists',
      object('PersistentVolumeClaim', 'c', { spec: { storageClassName: '' } }),
    ],
    [
      'the boot images of OpenShift Virtualization',
      'data-source-exists',
      dv({ sourceRef: { kind: 'DataSource', name: 'x', namespace: 'openshift-virtualization-os-images' } }),
    ],
    ['the namespace default', 'namespace-exists', object('ConfigMap', 'c', { namespace: 'default' })],
  ])('takes %s', (_title, rule, by) => expect(found(EXISTENCE_RULES, rule, [by])).toEqual([]));

  test('is said only where the kind has objects, unless nothing exists but what is given', () => {
    const open = (rule: string, ...objects: Reviewed[]) => found(EXISTENCE_RULES, rule, objects, [], false);
    const secret = volume({ secret: { secretName: 'x' } });
    expect(open('secret-exists', secret)).toEqual([]);
    expect(open('secret-exists', secret, object('Secret', 'other'))).toHaveLength(1);
    const claimed = object('PersistentVolumeClaim', 'c', { spec: { storageClassName: 'x' } });
    expect(open('storage-class-exists', claimed, object('StorageClass', 'other', { namespace: '' }))).toEqual([]);
    expect(open('namespace-exists', claimed, object('Namespace', 'other', { namespace: '' }))).toEqual([]);
  });

  test.each([
    ['a clone', 'claim-exists', dv({ source: { pvc: { name: 'x' } } })],
    [
      'the clone of a template',
      'claim-exists',
      machine('vm', {}, { dataVolumeTemplates: [{ spec: { source: { pvc: { name: 'x' } } } }] }),
    ],
    ['a migration', 'machine-exists', object('VirtualMachineInstanceMigration', 'm', { spec: { vmiName: 'x' } })],
    [
      'a restore',
      'machine-snapshot-exists',
      object('VirtualMachineRestore', 'r', { spec: { virtualMachineSnapshotName: 'x' } }),
    ],
  ])('is always said of %s', (_title, rule, by) =>
    expect(found(EXISTENCE_RULES, rule, [by], [], false)).toHaveLength(1),
  );

  test('is looked for in its namespace', () => {
    const elsewhere = object('Secret', 'x', { namespace: 'other' });
    expect(found(EXISTENCE_RULES, 'secret-exists', [volume({ secret: { secretName: 'x' } }), elsewhere])).toHaveLength(
      1,
    );
  });
});

test.each([
  ['priority-class-exists', machine('vm', { priorityClassName: 'system-node-critical' })],
  ['priority-class-exists', machine('vm', { priorityClassName: 'system-cluster-critical' })],
  ['service-account-exists', volume({ serviceAccount: { serviceAccountName: 'default' } })],
])('%s of what every cluster has', (rule, by) => {
  expect(found(EXISTENCE_RULES, rule, [by])).toEqual([]);
});

describe('what a claim is made of', () => {
  const claim = (source: object) => object('PersistentVolumeClaim', 'restored', { spec: { ...source } });
  const snapshot = object('VolumeSnapshot', 'one', { spec: { source: { persistentVolumeClaimName: 'restored' } } });
  const of = (source: object) =>
    found(EXISTENCE_RULES, 'volume-snapshot-exists', [snapshot, claim(source)], [], false).map(({ field }) => field);

  test('stands among the manifests, where others of its kind do', () => {
    const named = (name: string) => ({ apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name });
    expect(of({ dataSource: named('two') })).toEqual(['spec.dataSource.name']);
    expect(of({ dataSourceRef: named('two') })).toEqual(['spec.dataSourceRef.name']);
    expect(of({ dataSource: named('one') })).toEqual([]);
    expect(of({ dataSourceRef: { apiGroup: 'volsync.backube', kind: 'ReplicationDestination', name: 'x' } })).toEqual(
      [],
    );
  });
});
