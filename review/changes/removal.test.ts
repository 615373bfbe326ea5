import { Json } from '../rule';
import { Consequence, diff } from '.';

const { DATA_LOST, REMOVED, STOPPED, UNKNOWN } = Consequence;

function named(apiVersion: string, kind: string, name: string, more: Json = {}): Json {
  return { apiVersion, kind, metadata: { name, namespace: 'shop' }, ...more };
}

function storageClass(reclaimPolicy?: string): Json {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'csi.example.org',
    ...(reclaimPolicy === undefined ? {} : { reclaimPolicy }),
  };
}

const SPEC = { storageClassName: 'fast', accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } };
const DOMAIN = { devices: {}, memory: { guest: '1Gi' } };

const claim = named('v1', 'PersistentVolumeClaim', 'data', { spec: SPEC });
const dataVolume = named('cdi.kubevirt.io/v1beta1', 'DataVolume', 'data', {
  spec: { source: { blank: {} }, storage: SPEC },
});
const template = { metadata: { name: 'web-boot' }, spec: { source: { blank: {} }, storage: SPEC } };
const machine = (more: Json = {}, template_: Json = {}): Json =>
  named('kubevirt.io/v1', 'VirtualMachine', 'web', {
    spec: {
      runStrategy: 'Always',
      template: {
        spec: { domain: DOMAIN, volumes: [{ name: 'boot', dataVolume: { name: 'web-boot' } }], ...template_ },
      },
      ...more,
    },
  });
const withTemplate = machine({ dataVolumeTemplates: [template] });
const withTpm = machine({}, { domain: { ...DOMAIN, devices: { tpm: { persistent: true } } } });
const pool = (templates: readonly Json[]): Json =>
  named('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', 'workers', {
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'w' } },
      virtualMachineTemplate: {
        metadata: { labels: { app: 'w' } },
        spec: {
          runStrategy: 'Always',
          dataVolumeTemplates: templates,
          template: { metadata: { labels: { app: 'w' } }, spec: { domain: DOMAIN } },
        },
      },
    },
  });
const volumeSnapshot = named('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', 'before', {
  spec: { volumeSnapshotClassName: 'snap', source: { persistentVolumeClaimName: 'data' } },
});
const snapshotClass = (deletionPolicy: string): Json => ({
  apiVersion: 'snapshot.storage.k8s.io/v1',
  kind: 'VolumeSnapshotClass',
  metadata: { name: 'snap' },
  driver: 'csi.example.org',
  deletionPolicy,
});
const machineSnapshot = (deletionPolicy?: string): Json =>
  named('snapshot.kubevirt.io/v1beta1', 'VirtualMachineSnapshot', 'monday', {
    spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' }, deletionPolicy },
  });
const importCron = (retentionPolicy?: string): Json =>
  named('cdi.kubevirt.io/v1beta1', 'DataImportCron', 'fedora', {
    spec: {
      managedDataSource: 'fedora',
      schedule: '0 0 * * *',
      retentionPolicy,
      template: { spec: { storage: SPEC } },
    },
  });
const namespace: Json = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const secret = named('v1', 'Secret', 'login', { type: 'Opaque', stringData: { userdata: '#cloud-config\n' } });

/** What becomes of one object that the new manifests lack, beside what stands in both. */
function removal(gone: Json, both: readonly Json[], prune: boolean): { worst?: Consequence; reason: string } {
  const { changes, worst } = diff([gone, ...both], both, { prune });
  expect(changes).toHaveLength(1);
  return { worst, reason: changes[0]!.reason };
}

describe('an object that is gone from the manifests', () => {
  test.each([
    ['a claim', claim],
    ['a DataVolume', dataVolume],
    ['a machine with templates', withTemplate],
    ['a pool', pool([template])],
    ['a snapshot', volumeSnapshot],
    ['a namespace', namespace],
  ])('stays in the cluster without pruning: %s', (_what, gone) => {
    const { worst, reason } = removal(gone, [storageClass()], false);
    expect(worst).toBe(REMOVED);
    expect(reason).toContain('kubectl apply deletes nothing');
  });
});

describe('a machine that is pruned with the state that KubeVirt keeps', () => {
  const withEfi = machine({}, { domain: { ...DOMAIN, firmware: { bootloader: { efi: { persistent: true } } } } });
  const tpm = { devices: { tpm: { persistent: true } }, memory: { guest: '1Gi' } };
  const withBoth = machine({}, { domain: { ...tpm, firmware: { bootloader: { efi: { persistent: true } } } } });
  const withDisk = machine({ dataVolumeTemplates: [template] }, { domain: tpm });
  const RETAINED = 'the reclaim policy is Retain: the PersistentVolume stays, Released, with the data';
  const LOST = (name: string): string =>
    `the reclaim policy of StorageClass ${name} is Delete: the volume is deleted with its data`;

  /** Two classes, the first of them the default one, and a KubeVirt that keeps state in the class that it names. */
  function classes(ofDefault: string, ofState: string, stated = 'state'): readonly Json[] {
    const metadata = { name: 'fast', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } };
    const configuration = stated === '' ? {} : { vmStateStorageClass: stated };
    return [
      { ...storageClass(ofDefault), metadata },
      { ...storageClass(ofState), metadata: { name: 'state' } },
      named('kubevirt.io/v1', 'KubeVirt', 'kubevirt', { spec: { configuration } }),
    ];
  }

  test.each<[string, Json, readonly Json[], Consequence, string]>([
    [
      'of a TPM',
      withTpm,
      classes('Retain', 'Delete'),
      DATA_LOST,
      `the claim of its TPM is deleted with it; ${LOST('state')}`,
    ],
    ['of a TPM', withTpm, classes('Delete', 'Retain'), REMOVED, `the claim of its TPM is deleted with it; ${RETAINED}`],
    ['of EFI', withEfi, classes('Delete', 'Retain'), REMOVED, `the claim of its EFI is deleted with it; ${RETAINED}`],
    [
      'of both',
      withBoth,
      classes('Delete', 'Retain'),
      REMOVED,
      `the claim of its TPM and EFI is deleted with it; ${RETAINED}`,
    ],
    [
      'in the default class',
      withTpm,
      classes('Retain', 'Delete', ''),
      REMOVED,
      `the claim of its TPM is deleted with it; ${RETAINED}`,
    ],
    [
      'beside disks that are retained',
      withDisk,
      classes('Retain', 'Delete'),
      DATA_LOST,
      `the disks of its templates (web-boot) are deleted with it, and the claim of its TPM is deleted with it; ${LOST('state')}`,
    ],
    [
      'beside disks that are deleted',
      withDisk,
      classes('Delete', 'Retain'),
      DATA_LOST,
      `the disks of its templates (web-boot) are deleted with it, and the claim of its TPM is deleted with it; ${LOST('fast')}`,
    ],
  ])('loses it as its class says: %s %#', (_what, gone, both, worst, reason) => {
    expect(removal(gone, both, true)).toEqual({ worst, reason });
  });
});

describe('an object that is pruned', () => {
  test.each<[string, Json, readonly Json[], Consequence, string]>([
    ['a claim whose class deletes', claim, [storageClass('Delete')], DATA_LOST, 'the volume is deleted with its data'],
    ['a claim whose class says nothing', claim, [storageClass()], DATA_LOST, 'StorageClass fast is Delete'],
    ['a claim whose class retains', claim, [storageClass('Retain')], REMOVED, 'stays, Released, with the data'],
    [
      'a claim whose DataVolume stays',
      claim,
      [storageClass('Delete'), { ...dataVolume, metadata: claim.metadata }],
      DATA_LOST,
      'as no pod uses it; DataVolume of the same name makes it anew from its source',
    ],
    [
      'a DataVolume whose class deletes',
      dataVolume,
      [storageClass('Delete')],
      DATA_LOST,
      'its claim is deleted with it',
    ],
    ['a DataVolume whose class retains', dataVolume, [storageClass('Retain')], REMOVED, 'Released'],
    ['a machine whose templates are deleted', withTemplate, [storageClass('Delete')], DATA_LOST, '(web-boot)'],
    ['a machine whose templates are retained', withTemplate, [storageClass('Retain')], REMOVED, 'Released'],
    ['a machine whose disks stand alone', machine(), [], REMOVED, 'its disks stand alone and stay'],
    ['a machine with a persistent TPM', withTpm, [], DATA_LOST, 'the claim of its TPM'],
    [
      'a pool whose disks are deleted',
      pool([template]),
      [storageClass('Delete')],
      DATA_LOST,
      'their disks are deleted',
    ],
    ['a pool whose disks are retained', pool([template]), [storageClass('Retain')], REMOVED, 'Released'],
    ['a pool without disks', pool([]), [], REMOVED, 'no disk of their own'],
    ['a snapshot whose class deletes', volumeSnapshot, [snapshotClass('Delete')], DATA_LOST, 'deletionPolicy of snap'],
    ['a snapshot whose class retains', volumeSnapshot, [snapshotClass('Retain')], REMOVED, 'content and data stay'],
    ['a snapshot of a class that is not known', volumeSnapshot, [], UNKNOWN, 'VolumeSnapshotClass snap'],
    ['a machine snapshot', machineSnapshot(), [], DATA_LOST, 'the snapshots of its disks'],
    ['a machine snapshot that retains', machineSnapshot('retain'), [], REMOVED, 'deletionPolicy is retain'],
    ['a DataImportCron', importCron(), [], REMOVED, 'what it imported and its DataSource stay'],
    ['a DataImportCron that keeps all', importCron('All'), [], REMOVED, 'retentionPolicy is All'],
    ['a DataImportCron that keeps nothing', importCron('None'), [], DATA_LOST, 'what it imported is deleted'],
    ['a StorageClass', storageClass('Delete'), [], REMOVED, 'none can grow any more'],
    ['a VolumeSnapshotClass', snapshotClass('Delete'), [], REMOVED, 'snapshots that exist stay'],
    ['a Secret that nobody reads', secret, [], REMOVED, 'no VirtualMachine among the manifests reads it'],
    [
      'a Secret that a machine reads',
      secret,
      [machine({}, { volumes: [{ name: 'c', cloudInitNoCloud: { secretRef: { name: 'login' } } }] })],
      REMOVED,
      'web cannot start again without it',
    ],
    [
      'an instance',
      named('kubevirt.io/v1', 'VirtualMachineInstance', 'web', { spec: { domain: DOMAIN } }),
      [],
      STOPPED,
      'claims stay',
    ],
    ['a namespace without data', namespace, [], REMOVED, 'holds data that goes'],
  ])('is %s', (_what, gone, both, worst, says) => {
    const found = removal(gone, both, true);
    expect(found.worst).toBe(worst);
    expect(found.reason).toContain(says);
  });

  test('tells what becomes of the templates of a machine and of its state, each by its class', () => {
    const both = machine(
      { dataVolumeTemplates: [template] },
      { domain: { ...DOMAIN, devices: { tpm: { persistent: true } } } },
    );
    const kept = removal(both, [storageClass('Retain')], true);
    expect(kept.worst).toBe(DATA_LOST);
    expect(kept.reason).toMatch(
      /^the disks of its templates \(web-boot\) are deleted with it, and the claim of its TPM is deleted with it; the volume is deleted with its data/,
    );
    expect(removal(withTpm, [], true).reason).toMatch(/^the claim of its TPM is deleted with it; /);
    expect(removal(withTemplate, [], true).reason).toMatch(
      /^the disks of its templates \(web-boot\) are deleted with it; /,
    );
  });

  test('goes by the default class for machines where CDI makes it, and by the default class of all else', () => {
    const annotated = (name: string, annotation: string, policy: string): Json => ({
      ...storageClass(policy),
      metadata: { name, annotations: { [annotation]: 'true' } },
    });
    const classes = [
      annotated('plain', 'storageclass.kubernetes.io/is-default-class', 'Retain'),
      annotated('machines', 'storageclass.kubevirt.io/is-default-virt-class', 'Delete'),
    ];
    const size = { resources: { requests: { storage: '1Gi' } } };
    const byCdi = named('cdi.kubevirt.io/v1beta1', 'DataVolume', 'd', {
      spec: { source: { blank: {} }, storage: size },
    });
    const byHand = named('v1', 'PersistentVolumeClaim', 'c', { spec: { accessModes: ['ReadWriteOnce'], ...size } });
    expect([byCdi, byHand].map((gone) => removal(gone, classes, true).worst)).toEqual([DATA_LOST, REMOVED]);
  });

  test('is said to rest on the default reclaim policy, if the class is not known', () => {
    const { changes } = diff([claim], [], { prune: true });
    expect(changes[0]!.consequence).toBe(DATA_LOST);
    expect(changes[0]!.assumed).toEqual([
      'the reclaim policy of StorageClass fast is Delete, the default of a StorageClass',
      'what is gone from the manifests is deleted (--prune)',
    ]);
  });

  test('takes its namespace with everything in it, by name', () => {
    const both = [storageClass('Delete')];
    const { worst, changes } = diff([namespace, claim, withTemplate, ...both], [...both], { prune: true });
    expect(worst).toBe(DATA_LOST);
    const whole = changes.find(({ object }) => object.kind === 'Namespace')!;
    expect(whole.reason).toContain('PersistentVolumeClaim data, VirtualMachine web');
  });
});

describe('what a removal does to data', () => {
  const { DATA_LOST: LOST, REMOVED: GONE, STOPPED: SHUT } = Consequence;
  const settings: Json = named('kubevirt.io/v1', 'KubeVirt', 'kubevirt', {
    spec: { configuration: { vmStateStorageClass: 'fast' } },
  });
  const withEfi = machine(
    {},
    {
      domain: {
        ...DOMAIN,
        firmware: { bootloader: { efi: { persistent: true } } },
        features: { smm: { enabled: true } },
      },
    },
  );
  const both = machine(
    { dataVolumeTemplates: [template] },
    { domain: { ...DOMAIN, devices: { tpm: { persistent: true } } } },
  );
  const onClaim = machine({}, { volumes: [{ name: 'boot', persistentVolumeClaim: { claimName: 'data' } }] });
  const onImage = machine(
    {},
    {
      volumes: [
        { name: 'boot', containerDisk: { image: 'example.org/a' } },
        { name: 'scratch', emptyDisk: { capacity: '1Gi' } },
      ],
    },
  );
  const ofDefault = named('cdi.kubevirt.io/v1beta1', 'DataVolume', 'data', {
    spec: { source: { blank: {} }, storage: { resources: { requests: { storage: '1Gi' } } } },
  });
  const asDefault = (one: Json): Json => ({
    ...one,
    metadata: { name: 'fast', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  });
  const onVolume = { ...claim, spec: { ...SPEC, volumeName: 'pv-1' } };
  const volume: Json = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'pv-1' },
    spec: { persistentVolumeReclaimPolicy: 'Retain', storageClassName: 'fast' },
  };
  const pending = { ...claim, status: { phase: 'Pending' } };
  const dayTwo = (apiVersion: string, kind: string): Json => named(apiVersion, kind, 'one', { spec: {} });
  const config = named('v1', 'ConfigMap', 'answers', { data: { 'unattend.xml': '<a/>' } });
  const reader = machine({}, { volumes: [{ name: 's', sysprep: { configMap: { name: 'answers' } } }] });

  /** The object that goes, what stands beside it, and its consequence under a class that deletes and one that retains. */
  const REMOVALS: readonly (readonly [string, Json, readonly Json[], Consequence, Consequence])[] = [
    ['a machine with templates', withTemplate, [], LOST, GONE],
    ['a machine on a DataVolume of its own name', machine(), [dataVolume], GONE, GONE],
    ['a machine on a claim', onClaim, [claim], GONE, GONE],
    ['a machine on a container disk', onImage, [], GONE, GONE],
    ['a machine with a persistent TPM', withTpm, [settings], LOST, GONE],
    ['a machine with persistent EFI variables', withEfi, [settings], LOST, GONE],
    ['a machine with templates and a persistent TPM', both, [settings], LOST, GONE],
    ['a machine that is renamed', withTemplate, [], LOST, GONE],
    ['a DataVolume', dataVolume, [], LOST, GONE],
    ['a DataVolume of the default class', ofDefault, [], LOST, GONE],
    [
      'a DataVolume that waits for its first consumer',
      { ...dataVolume, status: { phase: 'WaitForFirstConsumer' } },
      [],
      GONE,
      GONE,
    ],
    ['a claim', claim, [], LOST, GONE],
    ['a claim that was never bound', pending, [], GONE, GONE],
    ['the claim of a DataVolume that stays', claim, [dataVolume], LOST, GONE],
    ['a claim whose own volume is retained', onVolume, [volume], GONE, GONE],
    ['a pool with templates', pool([template]), [], LOST, GONE],
    ['a pool without templates', pool([]), [], GONE, GONE],
    ['a snapshot of a class that deletes', volumeSnapshot, [snapshotClass('Delete')], LOST, LOST],
    ['a snapshot of a class that retains', volumeSnapshot, [snapshotClass('Retain')], GONE, GONE],
    ['a class of snapshots', snapshotClass('Delete'), [], GONE, GONE],
    ['a machine snapshot', machineSnapshot(), [], LOST, LOST],
    ['a machine snapshot that is marked delete', machineSnapshot('delete'), [], LOST, LOST],
    ['a machine snapshot that retains', machineSnapshot('retain'), [], GONE, GONE],
    ['a restore', dayTwo('snapshot.kubevirt.io/v1beta1', 'VirtualMachineRestore'), [], GONE, GONE],
    ['an export', dayTwo('export.kubevirt.io/v1beta1', 'VirtualMachineExport'), [], GONE, GONE],
    ['a clone', dayTwo('clone.kubevirt.io/v1beta1', 'VirtualMachineClone'), [], GONE, GONE],
    ['a migration', dayTwo('kubevirt.io/v1', 'VirtualMachineInstanceMigration'), [], GONE, GONE],
    ['a migration policy', dayTwo('migrations.kubevirt.io/v1alpha1', 'MigrationPolicy'), [], GONE, GONE],
    ['a DataSource', dayTwo('cdi.kubevirt.io/v1beta1', 'DataSource'), [], GONE, GONE],
    ['an instance type', dayTwo('instancetype.kubevirt.io/v1beta1', 'VirtualMachineInstancetype'), [], GONE, GONE],
    ['a preference', dayTwo('instancetype.kubevirt.io/v1beta1', 'VirtualMachinePreference'), [], GONE, GONE],
    ['a DataImportCron', importCron(), [], GONE, GONE],
    ['a DataImportCron that keeps nothing', importCron('None'), [], LOST, GONE],
    ['a namespace with a claim', namespace, [claim], LOST, GONE],
    ['a namespace without data', namespace, [secret], GONE, GONE],
    [
      'a Secret of cloud-init',
      secret,
      [machine({}, { volumes: [{ name: 'c', cloudInitNoCloud: { secretRef: { name: 'login' } } }] })],
      GONE,
      GONE,
    ],
    ['a ConfigMap of sysprep', config, [reader], GONE, GONE],
    [
      'an instance',
      named('kubevirt.io/v1', 'VirtualMachineInstance', 'one', { spec: { domain: DOMAIN } }),
      [],
      SHUT,
      SHUT,
    ],
    [
      'a replica set',
      named('kubevirt.io/v1', 'VirtualMachineInstanceReplicaSet', 'one', {
        spec: { template: { spec: { domain: DOMAIN } } },
      }),
      [],
      SHUT,
      SHUT,
    ],
  ];

  /** The row of the object that goes; a machine that is renamed comes back under another name. */
  function row(title: string, gone: Json, beside: readonly Json[], policy: string, prune: boolean) {
    const stands = [...beside, asDefault(storageClass(policy))];
    const isRenamed = title.endsWith('renamed');
    const other = { ...gone, metadata: { name: 'www', namespace: 'shop' } };
    const { changes } = diff([gone, ...stands], [...stands, ...(isRenamed ? [other] : [])], { prune });
    return changes.find(({ object: { kind, name }, field }) => kind === gone.kind && name !== 'www' && field === '')!;
  }

  test.each(REMOVALS)('is pruned as its reclaim policy says: %s', (title, gone, beside, deleting, retaining) => {
    expect(row(title, gone, beside, 'Delete', true).consequence).toBe(deleting);
    const retained = row(title, gone, beside, 'Retain', true);
    expect(retained.consequence).toBe(retaining);
    expect(retained.assumed).toContain('what is gone from the manifests is deleted (--prune)');
    if (deleting !== retaining) expect(retained.reason).toContain('the PersistentVolume stays, Released');
  });

  test.each(REMOVALS)('stays where nothing prunes: %s', (title, gone, beside) => {
    for (const policy of ['Delete', 'Retain']) {
      const { consequence, assumed } = row(title, gone, beside, policy, false);
      expect([consequence, assumed]).toEqual([GONE, ['nothing prunes (--prune, Argo CD or Flux)']]);
    }
  });

  test('follows the content of a snapshot where it is known', () => {
    const content: Json = {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotContent',
      metadata: { name: 'content' },
      spec: { deletionPolicy: 'Retain' },
    };
    const live = { ...volumeSnapshot, status: { boundVolumeSnapshotContentName: 'content' } };
    const stands = [content, snapshotClass('Delete')];
    const { changes } = diff([live, ...stands], stands, { prune: true });
    expect(changes).toMatchObject([
      { consequence: GONE, reason: 'the deletionPolicy of content is Retain: content and data stay' },
    ]);
  });
});

describe('a disk of no stated class', () => {
  const storage = { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } };
  const isDefault = (name: string, key: string, policy: string): Json => ({
    ...storageClass(policy),
    metadata: { name, annotations: { [key]: 'true' } },
  });
  const classes = [
    isDefault('plain', 'storageclass.kubernetes.io/is-default-class', 'Delete'),
    isDefault('virt', 'storageclass.kubevirt.io/is-default-virt-class', 'Retain'),
  ];

  test('has the default class for machines as a DataVolume, and the other one as a claim', () => {
    const ofDataVolume = named('cdi.kubevirt.io/v1beta1', 'DataVolume', 'a', {
      spec: { source: { blank: {} }, storage },
    });
    const ofClaim = named('v1', 'PersistentVolumeClaim', 'b', { spec: storage });
    expect(removal(ofDataVolume, classes, true).worst).toBe(REMOVED);
    expect(removal(ofClaim, classes, true)).toMatchObject({
      worst: DATA_LOST,
      reason: expect.stringContaining('the reclaim policy of StorageClass plain is Delete') as unknown,
    });
  });
});
