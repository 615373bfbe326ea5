import { StorageCatalog } from '../../constructs';
import { AccessMode, VolumeMode } from '../../constructs/storage/claim-modes';
import { ReviewedManifest } from '../manifests/manifest';
import { groupedInventory, Inventory, inventory, renderMarkdown } from '.';

type Fields = Record<string, unknown>;

const GIB = 2 ** 30;

const object = (apiVersion: string, kind: string, name: string, spec: Fields, metadata: Fields = {}): Fields => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop', ...metadata },
  spec,
});
const claimSpec = (size: string, more: Fields = {}): Fields => ({
  accessModes: ['ReadWriteMany'],
  volumeMode: 'Block',
  storageClassName: 'fast',
  resources: { requests: { storage: size } },
  ...more,
});
const pvc = (name: string, spec: Fields, metadata: Fields = {}): Fields =>
  object('v1', 'PersistentVolumeClaim', name, spec, metadata);
const guest = (claimName: string): Fields => ({
  domain: { devices: { interfaces: [{ name: 'default', masquerade: {} }] } },
  networks: [{ name: 'default', pod: {} }],
  volumes: [{ name: 'root', persistentVolumeClaim: { claimName } }],
});
const vm = (name: string, spec: Fields, metadata: Fields = {}): Fields =>
  object('kubevirt.io/v1', 'VirtualMachine', name, { template: { spec } }, metadata);
const vmi = (name: string, spec: Fields, metadata: Fields = {}): Fields =>
  object('kubevirt.io/v1', 'VirtualMachineInstance', name, spec, metadata);
const ownedBy = (kind: string, name: string): Fields => ({ ownerReferences: [{ kind, name, controller: true }] });

const CATALOG = StorageCatalog.of({
  storageClasses: [
    {
      name: 'fast',
      provisioner: 'csi.a',
      isDefault: true,
      claimPropertySets: [{ accessModes: [AccessMode.READ_WRITE_MANY], volumeMode: VolumeMode.BLOCK }],
    },
  ],
});

const machines = ({ vms }: Inventory): string[] => vms.map(({ vm: name, kind }) => `${kind} ${name}`);
const claims = ({ disks }: Inventory): unknown[] => disks.map(({ claim, bytes, made }) => [claim, bytes, made]);

describe('a set', () => {
  const replicaSet = (replicas: unknown): Fields =>
    object('kubevirt.io/v1', 'VirtualMachineInstanceReplicaSet', 'web', {
      replicas,
      template: { spec: guest('boot') },
    });
  const pool = (replicas: unknown): Fields =>
    object('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', 'web', {
      replicas,
      virtualMachineTemplate: { spec: { template: { spec: guest('boot') } } },
    });

  test('of instances makes each of them, and all use one claim', () => {
    const all = inventory([replicaSet(3), pvc('boot', claimSpec('1Gi'))]);
    expect(machines(all)).toEqual([
      'VirtualMachineInstance web*1',
      'VirtualMachineInstance web*2',
      'VirtualMachineInstance web*3',
    ]);
    expect(all.vms.map(({ verdict }) => verdict)).toEqual(['migratable', 'migratable', 'migratable']);
    expect([all.total.claims, all.total.bytes]).toEqual([1, GIB]);
  });

  test('of instances has the annotations of its template, which decide whether a bridge moves', () => {
    const spec = { ...guest('boot'), domain: { devices: { interfaces: [{ name: 'default', bridge: {} }] } } };
    const verdict = (annotations: Fields): unknown =>
      inventory([
        object('kubevirt.io/v1', 'VirtualMachineInstanceReplicaSet', 'web', {
          template: { metadata: { annotations }, spec },
        }),
        pvc('boot', claimSpec('1Gi')),
      ]).vms[0]?.verdict;
    expect(verdict({})).toBe('not migratable');
    expect(verdict({ 'kubevirt.io/allow-pod-bridge-network-live-migration': '' })).toBe('migratable');
  });

  test('makes one member where it names no number, and none where that is 0', () => {
    expect(machines(inventory([pool(undefined)]))).toEqual(['VirtualMachine web-0']);
    expect(machines(inventory([pool(0)]))).toEqual([]);
  });

  test.each(['many', -1, 1.5, 2 ** 31])('is not counted where its number is %p', (replicas) => {
    const all = inventory([pool(replicas)]);
    expect(machines(all)).toEqual([]);
    expect(all.uncounted).toMatchObject([
      { namespace: 'shop', object: 'VirtualMachinePool web', reason: expect.stringContaining(`'replicas' must be`) },
    ]);
    expect(renderMarkdown(all)).toContain('Not everything could be counted');
  });

  test('that is made smaller, or deleted, loses its members', () => {
    expect(machines(inventory([pool(3), pool(1)]))).toEqual(['VirtualMachine web-0']);
    const removed = [{ kind: 'VirtualMachinePool', name: 'web', namespace: 'shop' }];
    expect(machines(groupedInventory([{ name: 'a', steps: [{ manifests: [pool(3)], removed }] }]))).toEqual([]);
  });

  test('that is made smaller takes the disks of its own templates with it', () => {
    const dataVolumeTemplates = [
      { metadata: { name: 'root' }, spec: { pvc: claimSpec('1Gi'), source: { blank: {} } } },
    ];
    const template = { spec: { volumes: [{ name: 'root', dataVolume: { name: 'root' } }] } };
    const templated = (replicas: number): Fields =>
      object('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', 'web', {
        replicas,
        virtualMachineTemplate: { spec: { dataVolumeTemplates, template } },
      });
    const grown = pvc('root-1', claimSpec('2Gi'));
    const kept = pvc('data', claimSpec('1Gi'));
    expect(claims(inventory([templated(3), grown, kept, templated(1)]))).toEqual([
      ['root-0', GIB, 'blank, by the VM'],
      ['data', GIB, 'empty claim'],
    ]);
  });

  test('that is listed with what it made is counted once', () => {
    const made = [1, 2].map((at) =>
      vmi(`webx${at}`, guest('boot'), ownedBy('VirtualMachineInstanceReplicaSet', 'web')),
    );
    expect(machines(inventory([...made, replicaSet(2)]))).toEqual([
      'VirtualMachineInstance web*1',
      'VirtualMachineInstance web*2',
    ]);
    expect(machines(inventory(made))).toEqual(['VirtualMachineInstance webx1', 'VirtualMachineInstance webx2']);
    const pooled = [0, 1].map((at) => vm(`web-${at}`, guest('boot'), ownedBy('VirtualMachinePool', 'web')));
    expect(machines(inventory([pool(2), ...pooled]))).toEqual(['VirtualMachine web-0', 'VirtualMachine web-1']);
  });

  test('of pods makes the claims of its templates, from its first ordinal', () => {
    const stateful = (replicas: number, more: Fields = {}): Fields =>
      object('apps/v1', 'StatefulSet', 'db', {
        replicas,
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec('2Gi') }],
        ...more,
      });
    const made = 'empty claim, by StatefulSet db';
    expect(claims(inventory([stateful(2)]))).toEqual([
      ['data-db-0', 2 * GIB, made],
      ['data-db-1', 2 * GIB, made],
    ]);
    expect(claims(inventory([stateful(1, { ordinals: { start: 5 } })]))).toEqual([['data-db-5', 2 * GIB, made]]);
    // Kubernetes keeps the claims of a set that is made smaller.
    expect(claims(inventory([stateful(2), stateful(1)]))).toHaveLength(2);
  });

  test('a pod makes a claim for each of its ephemeral volumes', () => {
    const volumes = [
      { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: claimSpec('1Gi') } } },
      { name: 'tmp', emptyDir: {} },
    ];
    expect(claims(inventory([object('v1', 'Pod', 'job', { volumes })]))).toEqual([
      ['job-scratch', GIB, 'empty claim, by Pod job'],
    ]);
  });
});

describe('what is not counted', () => {
  const uncounted = (...manifests: unknown[]): unknown[] => [...inventory(manifests, { catalog: CATALOG }).uncounted];
  const row = { group: '', namespace: 'shop' };
  const template = { spec: { storage: { resources: { requests: { storage: '30Gi' } } } } };
  const cron = (spec: Fields): Fields =>
    object('cdi.kubevirt.io/v1beta1', 'DataImportCron', 'nightly', { managedDataSource: 'fedora', template, ...spec });

  test('is what an import cron will make: each in its size, their number by the images', () => {
    const all = inventory([cron({})], { catalog: CATALOG });
    expect(all.uncounted).toEqual([
      {
        ...row,
        object: 'DataImportCron nightly',
        makes: 'fedora-*',
        askedEach: 30 * GIB,
        bytesEach: 30 * GIB,
        storageClass: 'fast',
        reason: 'an import for each new image, 3 are kept (as snapshots, where the StorageProfile says so)',
      },
    ]);
    expect([all.total.claims, all.total.bytes]).toEqual([0, 0]);
    expect(uncounted(cron({ importsToKeep: 1 }))).toMatchObject([{ reason: expect.stringContaining('1 are kept') }]);
    expect(uncounted(cron({ garbageCollect: 'Never' }))).toMatchObject([
      { reason: expect.stringContaining('all are kept') },
    ]);
    expect(inventory([cron({})]).uncounted).toMatchObject([{ askedEach: 30 * GIB, bytesEach: undefined }]);
    expect(renderMarkdown(inventory([cron({})]))).toContain(
      '| shop | DataImportCron nightly | fedora-* | 30Gi + ? | ? | an import',
    );
  });

  test('is what restores, clones and exports of VMs will make', () => {
    const source = (kind: string): Fields => ({ source: { kind, name: 'web' }, target: { name: 'web2' } });
    expect(
      uncounted(
        object('snapshot.kubevirt.io/v1beta1', 'VirtualMachineRestore', 'back', { virtualMachineSnapshotName: 'snap' }),
        object('clone.kubevirt.io/v1beta1', 'VirtualMachineClone', 'copy', source('VirtualMachine')),
        object('export.kubevirt.io/v1beta1', 'VirtualMachineExport', 'out', source('VirtualMachineSnapshot')),
        object('export.kubevirt.io/v1beta1', 'VirtualMachineExport', 'live', source('VirtualMachine')),
      ),
    ).toEqual([
      {
        ...row,
        object: 'VirtualMachineClone copy',
        makes: 'restore-*',
        reason: 'VM web2, with a claim for each disk of VirtualMachine web',
      },
      {
        ...row,
        object: 'VirtualMachineExport out',
        makes: 'out-*',
        reason: 'a claim for each disk of the snapshot, while the export is there',
      },
      {
        ...row,
        object: 'VirtualMachineRestore back',
        makes: 'restore-*',
        reason: 'a claim for each disk of snapshot snap',
      },
    ]);
  });

  test('is what the pods of a workload take while they live', () => {
    const volumes = [{ name: 'cache', ephemeral: { volumeClaimTemplate: { spec: claimSpec('5Gi') } } }];
    const deployment = object('apps/v1', 'Deployment', 'web', { replicas: 4, template: { spec: { volumes } } });
    const cronJob = object('batch/v1', 'CronJob', 'tidy', {
      jobTemplate: { spec: { template: { spec: { volumes } } } },
    });
    expect(uncounted(deployment, cronJob)).toMatchObject([
      {
        object: 'CronJob tidy',
        makes: 'tidy-*-cache',
        bytesEach: 5 * GIB,
        reason: 'a claim for each pod, as long as it lives',
      },
      { object: 'Deployment web', makes: 'web-*-cache', reason: 'a claim for each pod (4), as long as it lives' },
    ]);
  });

  test('is what is no object, and what a Kustomization changes', () => {
    const at = (file: string, value: unknown): ReviewedManifest => ReviewedManifest.of(value, { file });
    expect(
      uncounted(
        at('values.yaml', { disks: 3 }),
        at('notes.yaml', 'text'),
        at('base/kustomization.yaml', { resources: ['vm.yaml'] }),
        at('team/kustomization.yaml', { namespace: 'team', resources: ['../base'], patches: [{ path: 'x' }] }),
      ),
    ).toEqual([
      { group: '', namespace: '', object: 'notes.yaml', reason: 'a manifest must be an object, got string' },
      {
        group: '',
        namespace: '',
        object: 'team/kustomization.yaml',
        reason:
          "the files are counted as they stand, without 'namespace', 'patches'; to count what it makes: kubectl kustomize DIR | cdk8s-kubevirt inventory -",
      },
      { group: '', namespace: '', object: 'values.yaml', reason: "a manifest must have a 'kind'" },
    ]);
  });

  test('is forgotten with its object', () => {
    const removed = [{ kind: 'DataImportCron', name: 'nightly', namespace: 'shop' }];
    const steps = [{ manifests: [cron({})], removed }];
    expect(groupedInventory([{ name: 'a', steps }]).uncounted).toEqual([]);
    const emptied = [{ manifests: [cron({})], removed: [{ kind: 'Namespace', name: 'shop' }] }];
    expect(groupedInventory([{ name: 'a', steps: emptied }]).uncounted).toEqual([]);
  });

  test.each([
    [10, /K9 \(x\.org\)\.$/],
    [11, /, and 1 other kind\.$/],
  ])('is one of %d kinds, of which ten are named', (count, end) => {
    const kinds = Array.from({ length: count }, (_item, index) => `K${index}`);
    const line = renderMarkdown(inventory(kinds.map((kind) => object('x.org/v1', kind, 'a', {}))))
      .split('\n')
      .find((one) => one.startsWith('Of these kinds'));
    expect(line?.match(/× K/g)).toHaveLength(10);
    expect(line).toMatch(end);
  });

  test("is another vendor's object of the same kind, which is named", () => {
    const foreign = object('vmoperator.vmware.com/v1alpha1', 'VirtualMachine', 'web', guest('boot'));
    const all = inventory([foreign, foreign, object('networking.k8s.io/v1', 'Ingress', 'web', {})]);
    expect(machines(all)).toEqual([]);
    expect(all.passedKinds).toEqual([{ kind: 'VirtualMachine', apiGroup: 'vmoperator.vmware.com', objects: 2 }]);
    expect(renderMarkdown(all)).toContain(
      'Of these kinds nothing is known here, nor which claims their operators make: 2 × VirtualMachine (vmoperator.vmware.com).',
    );
  });
});

describe('an object that stands more than once', () => {
  test('is counted as the last says, and named', () => {
    const all = inventory([pvc('a', claimSpec('1Gi')), pvc('a', claimSpec('3Gi')), vm('b', guest('a'))]);
    expect(all.restated).toEqual([{ namespace: 'shop', object: 'PersistentVolumeClaim a', times: 2 }]);
    expect(all.total.bytes).toBe(3 * GIB);
    expect(renderMarkdown(all)).toContain('as the last of them says: PersistentVolumeClaim shop/a (2 times).');
  });

  test('is another where its namespace is, and none is one more', () => {
    const other = { namespace: 'other' };
    const nowhere = { namespace: undefined };
    const all = inventory([
      ...[{}, other, nowhere].map((metadata) => pvc('a', claimSpec('1Gi'), metadata)),
      ...[{}, other, nowhere].map((metadata) => vm('web', guest('a'), metadata)),
    ]);
    expect(all.restated).toEqual([]);
    expect(all.namespaces.map(({ name, vms, claims: number }) => [name, vms, number])).toEqual([
      ['', 1, 1],
      ['other', 1, 1],
      ['shop', 1, 1],
    ]);
    expect(renderMarkdown(all)).toContain('| none is named | 1 | 1 + ? | ? | 1 | 1Gi | 2 CPUs, ?; 1Gi of storage |');
  });

  test('is not named where it is a state of a step', () => {
    const steps = [{ manifests: [pvc('a', claimSpec('1Gi'))] }, { manifests: [pvc('a', claimSpec('2Gi'))] }];
    expect(groupedInventory([{ name: 'grown', steps }]).restated).toEqual([]);
  });
});

describe('what kubectl gets from a cluster', () => {
  const bound = { annotations: { 'pv.kubernetes.io/bound-by-controller': 'yes' }, ...ownedBy('DataVolume', 'boot') };
  const dataVolume = object('cdi.kubevirt.io/v1beta1', 'DataVolume', 'boot', {
    pvc: claimSpec('10Gi'),
    source: { http: { url: 'https://x/y.qcow2' } },
  });
  const grown = pvc('boot', claimSpec('20Gi', { volumeName: 'pvc-1' }), bound);
  const list = (...items: Fields[]): Fields => ({ apiVersion: 'v1', kind: 'List', items });

  test.each([
    ['before', list(grown, dataVolume)],
    ['after', list(dataVolume, grown)],
  ])('is the claim as it is, made as its DataVolume says, that stands %s it', (_, all) => {
    expect(claims(inventory([all]))).toEqual([['boot', 20 * GIB, 'import (http)']]);
  });

  test('is a volume that was given, and one that Kubernetes found', () => {
    const spec = claimSpec('1Gi', { volumeName: 'pv-1' });
    expect(claims(inventory([pvc('a', spec), pvc('b', spec, { annotations: bound.annotations })]))).toEqual([
      ['a', GIB, 'volume given'],
      ['b', GIB, 'empty claim'],
    ]);
  });

  test.each([
    ['before', [vmi('web', guest('boot'), ownedBy('VirtualMachine', 'web')), vm('web', guest('boot'))]],
    ['after', [vm('web', guest('boot')), vmi('web', guest('boot'), ownedBy('VirtualMachine', 'web'))]],
  ])('is the instance of a VM, which stands %s it and is no machine of its own', (_, manifests) => {
    expect(machines(inventory(manifests))).toEqual(['VirtualMachine web']);
  });

  test('is a claim that CDI imports into', () => {
    const annotations = {
      'cdi.kubevirt.io/storage.import.endpoint': 'docker://quay.io/x',
      'cdi.kubevirt.io/storage.import.source': 'registry',
    };
    expect(inventory([pvc('a', claimSpec('1Gi'), { annotations })]).disks).toMatchObject([
      { made: 'import into a claim (registry)', source: 'docker://quay.io/x' },
    ]);
  });
});

describe('a claim', () => {
  test('that a VolumeCloneSource fills is a clone', () => {
    const source = object('cdi.kubevirt.io/v1beta1', 'VolumeCloneSource', 'of-golden', {
      source: { kind: 'PersistentVolumeClaim', name: 'golden' },
    });
    const dataSourceRef = { apiGroup: 'cdi.kubevirt.io', kind: 'VolumeCloneSource', name: 'of-golden' };
    const all = inventory([source, pvc('copy', claimSpec('1Gi', { dataSourceRef })), pvc('golden', claimSpec('1Gi'))], {
      catalog: CATALOG,
    });
    expect(all.clones).toMatchObject([{ claim: 'copy', source: 'VolumeCloneSource shop/of-golden', outcome: 'copy' }]);
  });

  test.each([
    ['TPM', { devices: { tpm: { persistent: true } } }],
    ['EFI', { firmware: { bootloader: { efi: { persistent: true } } } }],
  ])('is made for the persistent state of %s', (_, domain) => {
    const kubevirt = object('kubevirt.io/v1', 'KubeVirt', 'kubevirt', {
      configuration: { vmStateStorageClass: 'state' },
    });
    const keeping = vm('web', { domain });
    expect(inventory([kubevirt, keeping], { catalog: CATALOG }).disks).toMatchObject([
      {
        vm: 'web',
        claim: 'persistent-state-for-web-*',
        bytes: 10 * 2 ** 20,
        storageClass: 'state',
        made: 'state of TPM and EFI, by the VM',
        notKnown: ['the modes, which the StorageProfile decides'],
      },
    ]);
    expect(inventory([keeping], { catalog: CATALOG }).disks).toMatchObject([{ storageClass: 'fast' }]);
    const made = pvc('persistent-state-for-web-x7k2p', claimSpec('10Mi'), {
      labels: { 'persistent-state-for': 'web' },
    });
    for (const all of [inventory([keeping, made]), inventory([made, keeping])]) {
      expect(all.disks.map(({ claim }) => claim)).toEqual(['persistent-state-for-web-x7k2p']);
    }
    expect(inventory([vm('web', { domain: {} })]).disks).toEqual([]);
  });

  test('that a memory dump is written to is the disk of its VM', () => {
    const volumes = [{ name: 'dump', memoryDump: { claimName: 'dumps', hotpluggable: true } }];
    expect(inventory([vm('web', { volumes }), pvc('dumps', claimSpec('4Gi'))]).disks).toMatchObject([
      { vm: 'web', disk: 'dump', role: 'memory dump', claim: 'dumps', bytes: 4 * GIB, hotplug: true },
    ]);
  });

  test('whose volume mode is not known says what is asked for', () => {
    const spec = { storage: { resources: { requests: { storage: '8Gi' } } }, source: { blank: {} } };
    const all = inventory([object('cdi.kubevirt.io/v1beta1', 'DataVolume', 'data', spec)]);
    expect(all.disks).toMatchObject([{ asked: 8 * GIB, bytes: undefined }]);
    expect(renderMarkdown(all)).toContain('| data |  | 8Gi + ? | ? | ? | ? |  | blank |');
  });
});

test('an access mode that is not text is not known, and hides no other claim', () => {
  const claim = (name: string, accessModes: unknown) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'n' },
    spec: { accessModes, resources: { requests: { storage: '1Gi' } } },
  });
  const { disks } = inventory([claim('a', [{ toString: 1 }]), claim('b', ['ReadWriteOnce'])]);
  expect(disks.map(({ claim, accessModes }) => [claim, accessModes])).toEqual([
    ['a', undefined],
    ['b', ['ReadWriteOnce']],
  ]);
});

test('an object that cannot be counted is named by its file, and hides no other', () => {
  const broken = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'a' },
    spec: {
      get resources() {
        throw new TypeError('no hunter2');
      },
    },
  };
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'b' }, spec: {} };
  const { disks, uncounted } = inventory([ReviewedManifest.of(broken, { file: 'a.yaml' }), claim]);
  expect(disks.map((disk) => disk.claim)).toEqual(['b']);
  expect(uncounted).toMatchObject([{ object: 'a.yaml', reason: 'an object could not be counted (TypeError)' }]);
});

describe('what is made later', () => {
  const clone = object('clone.kubevirt.io/v1alpha1', 'VirtualMachineClone', 'copy', {
    source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' },
  });

  test('is nothing for a machine without a disk of its own', () => {
    expect(inventory([vm('web', { domain: {}, volumes: [] }), clone]).uncounted).toEqual([]);
  });

  test('is a claim for each disk of a machine', () => {
    const rows = inventory([vm('web', guest('boot')), pvc('boot', claimSpec('1Gi')), clone]).uncounted;
    expect(rows.map(({ object: made, makes, reason }) => [made, makes, reason])).toEqual([
      ['VirtualMachineClone copy', 'restore-*', 'VM *, with a claim for each disk of VirtualMachine web: root'],
    ]);
  });

  test('is not known for a machine that is not there', () => {
    const rows = inventory([clone]).uncounted;
    expect(rows.map(({ reason }) => reason)).toEqual(['VM *, with a claim for each disk of VirtualMachine web']);
  });
});

test('scratch space of an import whose size is not known is in a sum that is incomplete', () => {
  const incomplete = (source: Fields, more: Fields = {}): unknown =>
    inventory([
      object('cdi.kubevirt.io/v1beta1', 'DataVolume', 'a', { source, pvc: { storageClassName: 'fast', ...more } }),
    ]).capacity[0]?.incomplete;
  const sized = { resources: { requests: { storage: '1Gi' } } };
  expect(incomplete({ blank: {} })).not.toContain('scratch');
  expect(incomplete({ registry: { url: 'docker://q/x' } })).toContain('scratch');
  expect(incomplete({ http: { url: 'https://q/x' } })).toContain('scratchPerhaps');
  expect(incomplete({ registry: { url: 'docker://q/x' } }, sized)).toEqual([]);
});

describe('the first lines', () => {
  test('tell the guests only where there are machines', () => {
    expect(renderMarkdown(inventory([pvc('a', claimSpec('1Gi'))]))).not.toContain('Guests:');
    expect(renderMarkdown(inventory([vm('web', guest('boot'))]))).toContain(
      'Guests: 1 CPU, ? of memory; of 1 VM not all is known.',
    );
  });

  test('tell the memory that is known', () => {
    const known = (name: string): Fields => vm(name, { domain: { memory: { guest: '1Gi' } } });
    expect(renderMarkdown(inventory([known('a'), known('b')]))).toContain('Guests: 2 CPUs, 2Gi of memory.');
    expect(renderMarkdown(inventory([known('a'), vm('web', guest('boot'))]))).toContain(
      'Guests: 2 CPUs, 1Gi of memory; of 1 VM not all is known.',
    );
  });

  test('tell what is in no sum only where there is such', () => {
    expect(renderMarkdown(inventory([vm('web', guest('boot'))]))).not.toContain('Not counted');
  });
});
