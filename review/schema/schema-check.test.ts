import { Json } from '../rule';
import { SCHEMAS } from './tree';
import { ADMISSION_PAIR, allPairs, SchemaCheck } from '.';

const lab = new SchemaCheck([ADMISSION_PAIR]);
const newest = new SchemaCheck([{ kubevirt: 'v1.9.0', cdi: 'v1.66.0' }]);
const all = new SchemaCheck([
  ADMISSION_PAIR,
  ...allPairs().filter(({ kubevirt }) => kubevirt !== ADMISSION_PAIR.kubevirt),
]);

function vm(spec: Json): Json {
  const template = { spec: { domain: { devices: {} }, ...spec } };
  return { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata: { name: 'a' }, spec: { template } };
}

describe('SchemaCheck', () => {
  test('knows five pairs of releases', () => {
    expect(allPairs().map(({ kubevirt, cdi }) => `${kubevirt} ${cdi}`)).toEqual([
      'v1.5.3 v1.62.0',
      'v1.6.2 v1.63.1',
      'v1.7.4 v1.64.0',
      'v1.8.4 v1.65.0',
      'v1.9.0 v1.66.0',
    ]);
  });

  test('names the releases of what not every one of them says', () => {
    const object = vm({ volumes: [{ name: 'a', containerPath: { path: '/a', readOnly: true } }] });
    const [fault, ...more] = all.check(object).faults;
    expect(more).toEqual([]);
    expect(fault).toMatchObject({
      rule: 'schema-unknown-field',
      field: 'spec.template.spec.volumes[0].containerPath',
      releases: ['KubeVirt v1.6.2', 'KubeVirt v1.5.3', 'KubeVirt v1.7.4'],
    });
  });

  test('names no release where all agree', () => {
    expect(all.check(vm({ hostname: 5 })).faults).toEqual([
      {
        rule: 'schema-type',
        field: 'spec.template.spec.hostname',
        message: "'hostname' must be text, got 5",
        remedy: 'quote it',
        source: 'KubeVirt v1.6.2, the schema of kubevirt.io/v1 VirtualMachine',
      },
    ]);
  });

  test('says what it has no schema of', () => {
    const issuer = { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'A' } };
    expect(lab.check(issuer)).toEqual({
      object: issuer,
      faults: [],
      unchecked: ['no schema of cert-manager.io/v1 Issuer'],
    });
    expect(all.check(issuer).unchecked).toEqual(['no schema of cert-manager.io/v1 Issuer']);
  });

  test.each([
    [{ replicas: 1 }, 'no Kubernetes object (no apiVersion and no kind)'],
    [{ apiVersion: 'v2', name: 'chart' }, 'no Kubernetes object (no kind)'],
    [{ kind: 'Thing' }, 'no Kubernetes object (no apiVersion)'],
  ])('says what is no object: %j', (object, reason) => {
    expect(lab.check(object)).toEqual({ object, faults: [], unchecked: [reason] });
  });

  test('checks a kind in the releases that serve it, and refuses it in the others', () => {
    const hyperConverged = { apiVersion: 'hco.kubevirt.io/v1', kind: 'HyperConverged', metadata: { name: 'a' } };
    const { faults, unchecked } = all.check({ ...hyperConverged, spec: { liveMigrationConfi: {} } });
    const operator = (version: string) => `HyperConverged Cluster Operator ${version}`;
    expect(faults.map(({ field, releases }) => [field, releases])).toEqual([
      ['apiVersion', ['v1.16.0', 'v1.15.2', 'v1.17.3'].map(operator)],
      ['spec.liveMigrationConfi', ['v1.18.1', 'v1.19.0'].map(operator)],
    ]);
    expect(unchecked).toEqual([]);
  });

  test('takes v1alpha3 of KubeVirt for v1', () => {
    const faults = lab.check({ ...vm({ hostname: 5 }), apiVersion: 'kubevirt.io/v1alpha3' }).faults;
    expect(faults.map(({ rule }) => rule)).toEqual(['schema-type']);
  });

  test.each([
    ['snapshot.kubevirt.io/v1alpha1', 'VirtualMachineSnapshot'],
    ['export.kubevirt.io/v1alpha1', 'VirtualMachineExport'],
    ['clone.kubevirt.io/v1alpha1', 'VirtualMachineClone'],
    ['cdi.kubevirt.io/v1alpha1', 'CDI'],
    ['forklift.cdi.kubevirt.io/v1beta1', 'OvirtVolumePopulator'],
    ['k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition'],
    ['ssp.kubevirt.io/v1beta2', 'SSP'],
    ['hco.kubevirt.io/v1beta1', 'HyperConverged'],
    ['kubevirt.io/v1', 'VirtualMachineInstancePreset'],
    ['kubevirt.io/v1', 'VirtualMachineInstanceReplicaSet'],
    ['pool.kubevirt.io/v1alpha1', 'VirtualMachinePool'],
    ['cdi.kubevirt.io/v1beta1', 'ObjectTransfer'],
    ['cdi.kubevirt.io/v1beta1', 'VolumeCloneSource'],
  ])('has a schema of %s %s', (apiVersion, kind) => {
    const { faults, unchecked } = lab.check({ apiVersion, kind, metadata: { name: 'a' }, spec: { wrong: 1 } });
    expect(unchecked).toEqual([]);
    expect(faults.map(({ rule, field }) => [rule, field])).toContainEqual(['schema-unknown-field', 'spec.wrong']);
  });

  test.each([
    ['kubevirt.io/v2', 'VirtualMachine', "'kubevirt.io/v1' or 'kubevirt.io/v1alpha3'"],
    ['kubevirt.io/v1alpha2', 'VirtualMachine', "'kubevirt.io/v1' or 'kubevirt.io/v1alpha3'"],
    [
      'snapshot.kubevirt.io/v1',
      'VirtualMachineSnapshot',
      "'snapshot.kubevirt.io/v1beta1' or 'snapshot.kubevirt.io/v1alpha1'",
    ],
    ['cdi.kubevirt.io/v1alpha1', 'DataVolume', "'cdi.kubevirt.io/v1beta1' for DataVolume"],
    ['kubevirt/v1', 'VirtualMachine', "'kubevirt.io/v1' or 'kubevirt.io/v1alpha3'"],
    ['kubevirt.io/v1alpha1', 'MigrationPolicy', "'migrations.kubevirt.io/v1alpha1' for"],
    ['flavor.kubevirt.io/v1alpha1', 'VirtualMachinePreference', "'instancetype.kubevirt.io/v1beta1'"],
    ['v1', 'VirtualMachine', "'kubevirt.io/v1' or 'kubevirt.io/v1alpha3'"],
    [undefined, 'VirtualMachine', 'got nothing'],
  ])('fails when nobody serves %s %s', (apiVersion, kind, says) => {
    const { faults, unchecked } = lab.check({ ...vm({}), apiVersion, kind });
    expect(faults).toMatchObject([{ rule: 'schema-version', field: 'apiVersion' }]);
    expect(faults[0]?.message).toContain(says);
    expect(unchecked).toEqual([]);
  });

  test.each([
    ['kubevirt.io/v1', 'VirtualMachines', 'VirtualMachine'],
    ['kubevirt.io/v1', 'virtualmachine', 'VirtualMachine'],
    ['kubevirt.io/v1', 'VirtualMachineInstace', 'VirtualMachineInstance'],
    ['cdi.kubevirt.io/v1beta1', 'Datavolume', 'DataVolume'],
    ['migrations.kubevirt.io/v1alpha1', 'MigrationPolcy', 'MigrationPolicy'],
  ])('fails when a kind is mistyped: %s %s', (apiVersion, kind, meant) => {
    expect(lab.check({ ...vm({}), apiVersion, kind }).faults).toMatchObject([
      { rule: 'schema-kind', field: 'kind', remedy: `write '${meant}'` },
    ]);
  });

  test.each([
    ['vmoperator.vmware.com/v1alpha2', 'VirtualMachine'],
    ['subresources.kubevirt.io/v1', 'VirtualMachineInstanceGuestAgentInfo'],
    ['networkaddonsoperator.network.kubevirt.io/v1', 'NetworkAddonsConfig'],
    ['upload.cdi.kubevirt.io/v1beta1', 'UploadTokenRequest'],
    ['migrations.kubevirt.io/v1alpha1', 'VirtualMachineStorageMigrationPlan'],
  ])('leaves alone what another project serves, or an aggregated API: %s %s', (apiVersion, kind) => {
    const { faults, unchecked } = lab.check({ ...vm({}), apiVersion, kind });
    expect([faults, unchecked]).toEqual([[], [`no schema of ${apiVersion} ${kind}`]]);
  });

  test('names a kind of an API group of KubeVirt or CDI that no held release serves', () => {
    const { faults, unchecked, unread } = lab.check({ ...vm({}), kind: 'VirtualMachineZoo' });
    expect(faults).toEqual([
      {
        rule: 'schema-kind',
        field: 'kind',
        message: `'kind' must be one of kubevirt.io/v1, got "VirtualMachineZoo"; no release that is held serves it`,
        source: 'the schemas of every release that is held',
      },
    ]);
    expect([unchecked, unread]).toEqual([[], true]);
  });

  test('says since when or until when a version is served that its release does not serve', () => {
    const pool = { apiVersion: 'pool.kubevirt.io/v1beta1', kind: 'VirtualMachinePool', metadata: { name: 'a' } };
    expect(lab.check(pool).faults).toEqual([
      {
        rule: 'schema-version',
        field: 'apiVersion',
        message: `'apiVersion' must be 'pool.kubevirt.io/v1alpha1' for VirtualMachinePool, got "pool.kubevirt.io/v1beta1"; not served by KubeVirt v1.6.2, KubeVirt since v1.7.4 serves it`,
        remedy: "write 'pool.kubevirt.io/v1alpha1'",
        source: 'KubeVirt v1.6.2, the schema of pool.kubevirt.io/v1beta1 VirtualMachinePool',
      },
    ]);
    const type = { apiVersion: 'instancetype.kubevirt.io/v1alpha2', kind: 'VirtualMachinePreference' };
    expect(lab.check({ ...type, metadata: { name: 'a' } }).faults[0]?.message).toBe(
      `'apiVersion' must be 'instancetype.kubevirt.io/v1beta1' for VirtualMachinePreference, got "instancetype.kubevirt.io/v1alpha2"; not served by KubeVirt v1.6.2, KubeVirt until v1.5.3 serves it`,
    );
  });

  test('says since when a kind is served that its release does not have, and for which releases it holds', () => {
    const backup = {
      apiVersion: 'backup.kubevirt.io/v1alpha1',
      kind: 'VirtualMachineBackup',
      metadata: { name: 'a' },
      spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' }, pvcName: 'target' },
    };
    const fault = {
      rule: 'schema-kind',
      field: 'kind',
      source: 'KubeVirt v1.6.2, the schema of backup.kubevirt.io/v1alpha1 VirtualMachineBackup',
    };
    const message = `'kind' must be one that the cluster serves, got "VirtualMachineBackup"; not served by `;
    const here = `${message}KubeVirt v1.6.2, KubeVirt since v1.8.4 serves it`;
    expect(lab.check(backup).faults).toEqual([{ ...fault, message: here }]);
    const releases = ['KubeVirt v1.6.2', 'KubeVirt v1.5.3', 'KubeVirt v1.7.4'];
    const anywhere = `${message}KubeVirt v1.6.2, KubeVirt v1.5.3, KubeVirt v1.7.4, KubeVirt since v1.8.4 serves it`;
    expect(all.check(backup)).toMatchObject({ faults: [{ ...fault, releases, message: anywhere }], unchecked: [] });
    expect(newest.check(backup)).toMatchObject({ faults: [], unchecked: [] });
  });

  test.each([
    [
      'launchSecurity',
      vm({ domain: { devices: {}, launchSecurity: { snp: {} } } }),
      'unknown to KubeVirt v1.6.2, KubeVirt since v1.7.4 knows it',
    ],
    [
      'a source',
      {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'DataVolume',
        metadata: { name: 'a' },
        spec: { source: { http: { url: 'https://x.example/y', checksum: 'sha256:00' } }, storage: {} },
      },
      'unknown to CDI v1.63.1, CDI since v1.65.0 knows it',
    ],
  ])('says since when a field of %s is known', (_title, object, span) => {
    const faults = lab.check(object).faults.filter(({ rule }) => rule === 'schema-unknown-field');
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringContaining(`; the API server drops it; ${span}`),
    ]);
    expect(newest.check(object).faults.map(({ rule }) => rule)).not.toContain('schema-unknown-field');
  });

  test('judges every type that a held release of KubeVirt or CDI serves, in every release, or names it as an error', () => {
    const sources = [...SCHEMAS.sources('kubevirt'), ...SCHEMAS.sources('cdi')];
    const types = new Map(
      sources.flatMap((source) => SCHEMAS.types(source)).map((type) => [JSON.stringify(type), type]),
    );
    expect(types.size).toBeGreaterThan(50);
    for (const pair of allPairs()) {
      const check = new SchemaCheck([pair]);
      for (const type of types.values()) {
        const { faults, unchecked, known } = check.check({ ...type, metadata: { name: 'a' }, spec: { wrong: 1 } });
        expect([type, unchecked, known]).toEqual([type, [], true]);
        expect([type, faults.length > 0 || type.kind === 'StorageProfile']).toEqual([type, true]);
      }
    }
  });

  test.each(['VirtualMachineStorageMigration', 'MultiNamespaceVirtualMachineStorageMigrationPlan'])(
    'fails when %s stands in another group than that of its project',
    (kind) => {
      const { faults } = lab.check({ apiVersion: 'kubevirt.io/v1', kind, metadata: { name: 'a' } });
      expect(faults).toMatchObject([{ rule: 'schema-kind' }]);
    },
  );

  test('asks no rule of an object that is too large', () => {
    const args = Array(1500).fill('x');
    const containers = Array(1500).fill({ name: 'a', args });
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers } };
    const unchecked = ['it has more values than a cluster takes'];
    expect(lab.check(pod)).toEqual({ object: pod, faults: [], unchecked, unread: true });
  });

  test('passes by what SOPS encrypted', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'ENC[AES256_GCM,data:x]' } };
    const object = { ...secret, sops: { mac: 'ENC[x]', version: '3.9.0' } };
    const unchecked = [expect.stringContaining('encrypted by SOPS')];
    expect(lab.check(object)).toEqual({ object, faults: [], unchecked, unread: true });
  });

  test.each([
    ['with the label', { 'cdi.kubevirt.io/applyStorageProfile': 'true' }, []],
    ['without it', {}, ['schema-enum']],
  ])("leaves CDI's webhook its volumeMode %s", (_title, labels, rules) => {
    const resources = { requests: { storage: '1Gi' } };
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'a', labels },
      spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'FromStorageProfile', resources },
    };
    expect(lab.check(claim).faults.map(({ rule }) => rule)).toEqual(rules);
    const other = { ...claim, spec: { ...claim.spec, accessModes: ['RWO'] } };
    expect(lab.check(other).faults.map(({ field }) => field)).toContain('spec.accessModes[0]');
  });

  test('answers with the object that the first release stores', () => {
    const object = vm({ volumes: [{ name: 'a', containerPath: { path: '/a' } }] });
    expect(all.check(object).object).toEqual(vm({ volumes: [{ name: 'a' }] }));
    const newestFirst = new SchemaCheck([{ kubevirt: 'v1.9.0', cdi: 'v1.66.0' }, ADMISSION_PAIR]);
    const volume = { name: 'a', containerPath: { path: '/a', readOnly: true } };
    expect(newestFirst.check(object).object).toEqual(vm({ volumes: [volume] }));
  });

  test('takes the object in the cluster as the first release stores it', () => {
    const [old, object] = [vm({ hostnam: 'a' }), vm({})];
    expect(lab.asStored({ object, old })).toEqual({ object, old: vm({}) });
    const reviewed: { object: Json; old?: Json } = { object };
    expect(lab.asStored(reviewed)).toBe(reviewed);
  });

  test('says once what a release says that several pairs have', () => {
    const snapshot = {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name: 'a' },
      spec: { source: { persistentVolumeClaimName: 'a' }, wrong: 1 },
    };
    expect(all.check(snapshot).faults).toEqual([
      {
        rule: 'schema-unknown-field',
        field: 'spec.wrong',
        message: "'wrong' is no field of VolumeSnapshot v1; the API server drops it",
        source: 'the snapshot API v8.2.0, the schema of snapshot.storage.k8s.io/v1 VolumeSnapshot',
      },
    ]);
  });

  test.each([
    [{ apiVersion: 'kubevirt.io/v2', kind: 'VirtualMachine' }, 'no schema of kubevirt.io/v2 VirtualMachine'],
    [{ apiVersion: 'kubevirt.io/v1', metadata: { name: 'a' } }, 'no Kubernetes object (no kind)'],
  ])('says of what is no whole object only that it has no schema: %j', (object, reason) =>
    expect(lab.check(object)).toEqual({ object, faults: [], unchecked: [reason] }),
  );
});
