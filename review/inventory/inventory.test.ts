import { StorageCatalog } from '../../constructs';
import { AccessMode, VolumeBindingMode, VolumeMode } from '../../constructs/storage/claim-modes';
import {
  DiskRow,
  groupedInventory,
  inventory,
  Inventory,
  InventoryOptions,
  renderCsv,
  renderJson,
  renderMarkdown,
  VmRow,
} from '.';

type Fields = Record<string, unknown>;

const GIB = 2 ** 30;

const requests = (size?: string): object => (size === undefined ? {} : { resources: { requests: { storage: size } } });
const rwxBlock = (size?: string): object => ({
  accessModes: ['ReadWriteMany'],
  volumeMode: 'Block',
  storageClassName: 'fast',
  ...requests(size),
});

const dataVolume = (name: string, spec: Fields, namespace = 'shop', annotations?: Fields): Fields => ({
  apiVersion: 'cdi.kubevirt.io/v1beta1',
  kind: 'DataVolume',
  metadata: { name, namespace, ...(annotations && { annotations }) },
  spec,
});

const pvc = (name: string, spec: object, metadata: Fields = {}): Fields => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'shop', ...metadata },
  spec,
});

interface Guest {
  readonly volumes?: Fields[];
  readonly devices?: Fields;
  readonly networks?: Fields[];
  readonly more?: Fields;
  readonly spec?: Fields;
}

const vm = (name: string, { volumes = [], devices, networks, more, spec }: Guest, namespace = 'shop'): Fields => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name, namespace },
  spec: {
    runStrategy: 'Always',
    ...spec,
    template: {
      spec: {
        domain: {
          devices: devices ?? { interfaces: [{ name: 'default', masquerade: {} }] },
        },
        networks: networks ?? [{ name: 'default', pod: {} }],
        volumes,
        ...more,
      },
    },
  },
});

const claimVolume = (name: string, claimName: string): Fields => ({ name, persistentVolumeClaim: { claimName } });

const CATALOG = StorageCatalog.of({
  storageClasses: [
    { name: 'fast', provisioner: 'csi.a', backend: 'array-1', isDefault: true },
    {
      name: 'files',
      provisioner: 'csi.a',
      backend: 'array-2',
      volumeModes: [VolumeMode.FILESYSTEM],
      claimPropertySets: [{ accessModes: [AccessMode.READ_WRITE_ONCE], volumeMode: VolumeMode.FILESYSTEM }],
    },
  ],
  cdi: { scratchSpaceStorageClassName: 'files' },
});

const BOOT = dataVolume('boot', {
  pvc: rwxBlock('10Gi'),
  source: { registry: { url: 'docker://quay.io/containerdisks/fedora:41' } },
});

/** The one row of a list. */
function only<T>(rows: readonly T[]): T {
  expect(rows).toHaveLength(1);
  return rows[0] as T;
}

const diskOf = (...manifests: Fields[]): DiskRow => only(inventory(manifests, { catalog: CATALOG }).disks);
const vmOf = (...manifests: Fields[]): VmRow => only(inventory(manifests, { catalog: CATALOG }).vms);
const verdictOf = (...manifests: Fields[]): unknown[] => {
  const { verdict, obstacles } = vmOf(...manifests);
  return [verdict, ...obstacles.map(({ message }) => message)];
};

describe('a disk', () => {
  test('has everything that is known of it', () => {
    const machine = vm('web', { volumes: [claimVolume('root', 'boot')] });
    expect(diskOf(BOOT, machine)).toEqual({
      group: '',
      namespace: 'shop',
      vm: 'web',
      disk: 'root',
      role: 'boot',
      claim: 'boot',
      source: 'docker://quay.io/containerdisks/fedora:41',
      asked: 10 * GIB,
      bytes: 10 * GIB,
      // What is asked for, the claim that CDI fills, and scratch space of 10Gi * 1.06 in whole Mi
      peak: 20 * GIB + 10_855 * 2 ** 20,
      storageClass: 'fast',
      accessModes: ['ReadWriteMany'],
      volumeMode: 'Block',
      hotplug: false,
      made: 'import (registry)',
      becomes: 'bound',
      why: undefined,
      notKnown: [],
    });
  });

  test.each<[string, Fields, Partial<DiskRow>]>([
    ['an upload', dataVolume('a', { pvc: rwxBlock('1Gi'), source: { upload: {} } }), { made: 'upload' }],
    ['a blank disk', dataVolume('a', { pvc: rwxBlock('1Gi'), source: { blank: {} } }), { made: 'blank' }],
    [
      'a download',
      dataVolume('a', { pvc: rwxBlock('1Gi'), source: { http: { url: 'https://x/y.qcow2' } } }),
      { made: 'import (http)', source: 'https://x/y.qcow2' },
    ],
    ['a plain claim', pvc('a', rwxBlock('1Gi')), { made: 'empty claim' }],
    [
      'a claim that waits for virtctl',
      pvc('a', rwxBlock('1Gi'), { annotations: { 'cdi.kubevirt.io/storage.upload.target': '' } }),
      { made: 'upload into a claim' },
    ],
    [
      'a clone by Kubernetes',
      pvc('a', { ...rwxBlock('1Gi'), dataSource: { kind: 'PersistentVolumeClaim', name: 'b' } }),
      { made: 'cloned by the CSI driver', source: 'shop/b' },
    ],
    [
      'a restore by Kubernetes',
      pvc('a', { ...rwxBlock('1Gi'), dataSourceRef: { kind: 'VolumeSnapshot', name: 'b' } }),
      { made: 'restored by the CSI driver', source: 'shop/b' },
    ],
    [
      'a populator',
      pvc('a', { ...rwxBlock('1Gi'), dataSourceRef: { kind: 'VolumeImportSource', name: 'b' } }),
      { made: 'populated by VolumeImportSource' },
    ],
    [
      'a claim without a class',
      pvc('a', { accessModes: ['ReadWriteOnce'], ...requests('1Gi') }),
      { storageClass: 'fast', volumeMode: 'Filesystem' },
    ],
    [
      'what the StorageProfile fills in',
      dataVolume('a', { storage: { storageClassName: 'files', ...requests('1Gi') }, source: { blank: {} } }),
      { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', bytes: 1_138_166_334 },
    ],
    [
      'what nobody knows',
      dataVolume('a', { storage: { storageClassName: 'fast', ...requests('1Gi') }, source: { blank: {} } }),
      {
        accessModes: undefined,
        volumeMode: undefined,
        bytes: undefined,
        notKnown: ['the access modes and the volume mode, which the StorageProfile fast decides', 'the size'],
      },
    ],
  ])('says of %s how it is made', (_, object, expected) => {
    expect(diskOf(object)).toMatchObject({ claim: 'a', hotplug: false, ...expected });
  });

  test('is what the VM makes of it: boot, data, CD-ROM, LUN, plugged in', () => {
    const hotplugged = { name: 'more', persistentVolumeClaim: { claimName: 'm', hotpluggable: true } };
    const disks = [
      { name: 'cd', cdrom: {} },
      { name: 'raw', lun: {}, bootOrder: 2 },
      { name: 'root', disk: {}, bootOrder: 1 },
      { name: 'more', disk: {} },
    ];
    const volumes = [
      { name: 'cd', containerDisk: { image: 'quay.io/iso' } },
      claimVolume('raw', 'r'),
      claimVolume('root', 'boot'),
      hotplugged,
      { name: 'share', dataVolume: { name: 's' } },
      { name: 'init', cloudInitNoCloud: {} },
      { name: 'tmp', emptyDisk: {} },
    ];
    const devices = { disks, filesystems: [{ name: 'share' }] };
    const rows = inventory([vm('web', { volumes, devices })]).disks;
    expect(rows.map(({ disk, role, claim, hotplug, made }) => [disk, role, claim, hotplug, made])).toEqual([
      ['root', 'boot', 'boot', false, 'not in the manifests'],
      ['cd', 'cdrom', undefined, false, 'container image'],
      ['more', 'data', 'm', true, 'not in the manifests'],
      ['raw', 'lun', 'r', false, 'not in the manifests'],
      ['share', 'filesystem', 's', false, 'not in the manifests'],
      ['tmp', 'data', undefined, false, 'empty, gone with the VM'],
    ]);
  });

  test.each<[Fields, string, string | undefined]>([
    [{ containerDisk: { image: 'quay.io/a' } }, 'container image', 'quay.io/a'],
    [{ hostDisk: { path: '/data/a.img', type: 'Disk' } }, 'file of the node', '/data/a.img'],
    [{ ephemeral: { persistentVolumeClaim: { claimName: 'base' } } }, 'scratch over a claim', 'base'],
    [{ emptyDisk: { capacity: '1Gi' } }, 'empty, gone with the VM', undefined],
    [{ other: {} }, 'other', undefined],
  ])('of the volume %j says what it is made of', (volume, made, source) => {
    const devices = { disks: [{ name: 'd', disk: {} }] };
    const [row] = inventory([vm('web', { volumes: [{ name: 'd', ...volume }], devices })]).disks;
    expect([row?.made, row?.source]).toEqual([made, source]);
  });

  test('is that of a template of the VM, and of every VM of a pool', () => {
    const templates = [{ metadata: { name: 'root' }, spec: { pvc: rwxBlock('1Gi'), source: { blank: {} } } }];
    const volumes = [{ name: 'root', dataVolume: { name: 'root' } }];
    const single = vm('web', { volumes, spec: { dataVolumeTemplates: templates } });
    expect(diskOf(single)).toMatchObject({ vm: 'web', claim: 'root', made: 'blank, by the VM', bytes: GIB });
    const virtualMachineTemplate = { spec: single.spec };
    const pool = {
      apiVersion: 'pool.kubevirt.io/v1alpha1',
      kind: 'VirtualMachinePool',
      metadata: { name: 'pool', namespace: 'shop' },
      spec: { replicas: 2, virtualMachineTemplate },
    };
    const rows = inventory([pool], { catalog: CATALOG }).disks;
    expect(rows.map(({ vm: name, claim, made }) => [name, claim, made])).toEqual([
      ['pool-0', 'root-0', 'blank, by the VM'],
      ['pool-1', 'root-1', 'blank, by the VM'],
    ]);
  });

  test('is one of its own for each name that the cluster gives', () => {
    const generated = (size: string): Fields => ({
      ...pvc('', rwxBlock(size)),
      metadata: { generateName: 'data-', namespace: 'shop' },
    });
    const { disks } = inventory([generated('1Gi'), generated('2Gi')]);
    expect(disks.map(({ claim, bytes }) => [claim, bytes])).toEqual([
      ['data-*', GIB],
      ['data-*2', 2 * GIB],
    ]);
  });

  test.each([
    ['100m', 1],
    ['1.5', 2],
    ['-1Gi', undefined],
    ['1GB', undefined],
    [5, 5],
    [{}, undefined],
  ])('of a size of %p is of %p bytes', (size, bytes) => {
    const spec = { storageClassName: 'fast', resources: { requests: { storage: size } } };
    expect(diskOf(pvc('a', spec)).bytes).toBe(bytes);
  });

  test('is in its last state, and grown by its own claim it stays what it was', () => {
    const { total, disks } = inventory([BOOT, pvc('boot', rwxBlock('20Gi')), pvc('data', rwxBlock('1Gi'))]);
    expect([total.claims, total.bytes]).toEqual([2, 21 * GIB]);
    expect(disks[0]).toMatchObject({ claim: 'boot', made: 'import (registry)', bytes: 20 * GIB });
  });
});

describe('the live migration of a VM', () => {
  const root = claimVolume('root', 'boot');

  test('is possible with ReadWriteMany claims and masquerade', () => {
    expect(verdictOf(BOOT, vm('web', { volumes: [root] }))).toEqual(['migratable']);
  });

  test('is not, without a network that is named', () => {
    const why =
      'no network is named, so KubeVirt connects the pod network by bridge: its default, for no KubeVirt object is among the manifests';
    expect(verdictOf(BOOT, vm('web', { volumes: [root], devices: {}, networks: [] }))).toEqual(['not migratable', why]);
    const off = { volumes: [root], devices: { autoattachPodInterface: false }, networks: [] };
    expect(verdictOf(BOOT, vm('web', off))).toEqual(['migratable']);
    const network = { defaultNetworkInterface: 'masquerade' };
    const kubevirt = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'kubevirt' },
      spec: { configuration: { network } },
    };
    expect(verdictOf(BOOT, kubevirt, vm('web', { volumes: [root], devices: {}, networks: [] }))).toEqual([
      'migratable',
    ]);
  });

  test('reads what stands in the way, wherever it stands', () => {
    const devices = {
      interfaces: [{ name: 'default', bridge: {} }],
      gpus: [{ name: 'gpu', deviceName: 'nvidia.com/A100' }],
      disks: [{ name: 'root', lun: { reservation: true } }],
    };
    const domain = {
      devices,
      launchSecurity: { sev: {} },
      features: { hypervPassthrough: { enabled: true }, hyperv: { reenlightenment: {} } },
    };
    const web = vm('web', { volumes: [root, { name: 'h', hostDisk: { path: '/x' } }], more: { domain } });
    // From v1.9.0 on a persistent reservation is no obstacle.
    const { verdict, obstacles } = inventory([web], { kubevirt: 'v1.8.4' }).vms[0]!;
    const found = [verdict, ...obstacles.map(({ message }) => message)];
    expect(found).toEqual([
      'not migratable',
      'the pod network is connected by bridge',
      'a device of the node is passed through: gpu',
      "the guest's memory is encrypted by SEV",
      'the LUN root holds a persistent reservation',
      'reenlightenment needs a cluster that gives the TSC frequency',
      'the Hyper-V features of the node are passed through',
      'disk root: the access modes of claim boot are not known (the claim is not among the manifests)',
      'disk h is a file of one node',
    ]);
  });

  test('is not known where an instancetype stands elsewhere, and known where it is at hand', () => {
    const machine = vm('web', { volumes: [root], spec: { instancetype: { name: 'u1.small' } } });
    expect(verdictOf(BOOT, machine)).toEqual([
      'unknown',
      'the instancetype u1.small is not among the manifests: it may bring devices of the node',
    ]);
    const instancetype = (spec: Fields): Fields => ({
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachineClusterInstancetype',
      metadata: { name: 'u1.small' },
      spec,
    });
    expect(verdictOf(BOOT, instancetype({}), machine)).toEqual(['migratable']);
    expect(verdictOf(BOOT, instancetype({ gpus: [{ name: 'g' }] }), machine)[0]).toBe('not migratable');
  });

  test('is contradicted by an eviction strategy that asks for it', () => {
    const strategy = (evictionStrategy: string): boolean =>
      vmOf(BOOT, vm('web', { volumes: [root], devices: {}, networks: [], more: { evictionStrategy } })).contradicts;
    expect([strategy('LiveMigrate'), strategy('LiveMigrateIfPossible')]).toEqual([true, false]);
  });
});

describe('a clone', () => {
  const clone = (name: string, into: object, from = 'boot'): Fields =>
    dataVolume(name, { pvc: into, source: { pvc: { namespace: 'shop', name: from } } }, 'team');
  const snapshotClass = {
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshotClass',
    metadata: { name: 'snap' },
    driver: 'csi.a',
  };
  const profile = (cloneStrategy: string): Fields => ({
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'StorageProfile',
    metadata: { name: 'fast' },
    spec: { cloneStrategy },
  });
  const outcomes = (all: Inventory): unknown[] => all.clones.map(({ claim, outcome }) => [claim, outcome]);

  test('meets the storage as it is at its step', () => {
    const steps = [
      BOOT,
      clone('a', rwxBlock('10Gi')),
      snapshotClass,
      clone('b', rwxBlock('10Gi')),
      profile('csi-clone'),
      clone('c', rwxBlock('10Gi')),
    ];
    const all = inventory(steps, { catalog: CATALOG });
    expect(outcomes(all)).toEqual([
      ['a', 'copy'],
      ['b', 'snapshot'],
      ['c', 'csi-clone'],
    ]);
    expect(all.clones[0]).toEqual({
      group: '',
      namespace: 'team',
      claim: 'a',
      source: 'shop/boot',
      bytes: 10 * GIB,
      storageClass: 'fast',
      outcome: 'copy',
      reason: 'no VolumeSnapshotClass fits the driver csi.a',
      remedy: undefined,
      rule: 'P7',
      evidence: 'measured',
      removed: false,
      needs: 'create on datavolumes/source in namespace shop',
    });
    expect(all.capacity.find(({ namespace }) => namespace === 'team')).toMatchObject({
      claims: 3,
      requested: 30 * GIB,
      copied: 10 * GIB,
      shared: 20 * GIB,
      open: 0,
    });
  });

  test('may stand before its source, and is decided by the storage of its own step', () => {
    expect(outcomes(inventory([clone('a', rwxBlock('10Gi')), snapshotClass, BOOT], { catalog: CATALOG }))).toEqual([
      ['a', 'copy'],
    ]);
  });

  test('of a snapshot is of the disk as it was', () => {
    const snapshot = {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name: 'taken', namespace: 'shop' },
      spec: { source: { persistentVolumeClaimName: 'boot' } },
    };
    const fromSnapshot = dataVolume('a', {
      pvc: rwxBlock('10Gi'),
      source: { snapshot: { namespace: 'shop', name: 'taken' } },
    });
    const all = inventory([BOOT, snapshot, pvc('boot', rwxBlock('20Gi')), fromSnapshot], { catalog: CATALOG });
    expect(only(all.clones)).toMatchObject({
      source: 'snapshot shop/taken',
      outcome: 'snapshot',
      rule: 'S8',
      needs: undefined,
    });
  });

  test('of a DataSource is of what that names', () => {
    const dataSource = {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataSource',
      metadata: { name: 'fedora', namespace: 'shop' },
      spec: { source: { pvc: { name: 'boot', namespace: 'shop' } } },
    };
    const spec = {
      storage: { storageClassName: 'fast', accessModes: ['ReadWriteMany'], volumeMode: 'Block' },
      sourceRef: { kind: 'DataSource', name: 'fedora' },
    };
    const all = inventory([dataSource, BOOT, dataVolume('a', spec)], { catalog: CATALOG });
    expect(only(all.clones)).toMatchObject({ source: 'DataSource shop/fedora', outcome: 'copy', bytes: 10 * GIB });
    expect(all.total.bytes).toBe(20 * GIB);
  });

  test('that never finishes says why and what to do instead', () => {
    const files = {
      accessModes: ['ReadWriteMany'],
      volumeMode: 'Filesystem',
      storageClassName: 'files',
      ...requests('10Gi'),
    };
    const all = inventory([BOOT, clone('a', files)], { catalog: CATALOG });
    expect(only(all.clones)).toMatchObject({
      outcome: 'never finishes',
      rule: 'C2',
      remedy: expect.stringContaining('ask for 10855Mi'),
    });
    expect(all.disks.find(({ claim }) => claim === 'a')?.made).toBe('clone (never finishes)');
  });

  test('is not guessed at without a catalog or without its source', () => {
    const reasonOf = (...args: Parameters<typeof inventory>): unknown[] => {
      const { outcome, reason } = only(inventory(...args).clones);
      return [outcome, reason];
    };
    expect(reasonOf([BOOT, clone('a', rwxBlock('10Gi'))])).toEqual([
      'unknown',
      "nothing is known of the cluster's storage",
    ]);
    expect(reasonOf([clone('a', rwxBlock('10Gi'))], { catalog: CATALOG })).toEqual([
      'unknown',
      'shop/boot is not among the manifests',
    ]);
  });
});

describe('the capacity', () => {
  test('is counted by namespace and class, with scratch space where it is taken', () => {
    const download = dataVolume('iso', {
      storage: {
        storageClassName: 'files',
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        ...requests('1Gi'),
      },
      source: { http: { url: 'https://x/y.iso' } },
    });
    const unknownSize = dataVolume('x', { storage: { storageClassName: 'fast' }, source: { blank: {} } });
    const { capacity } = inventory([BOOT, download, unknownSize], { catalog: CATALOG });
    expect(capacity).toEqual([
      {
        group: '',
        namespace: 'shop',
        storageClass: 'fast',
        claims: 2,
        unknownSizes: 1,
        incomplete: ['asked', 'requested', 'usable', 'temporary', 'peak'],
        asked: 10 * GIB,
        requested: 10 * GIB,
        temporary: 10 * GIB,
        snapshots: 0,
        peak: 20 * GIB,
        usable: 10 * GIB,
        scratch: 0,
        scratchPerhaps: 0,
        copied: 0,
        shared: 0,
        open: 0,
      },
      {
        group: '',
        namespace: 'shop',
        storageClass: 'files',
        claims: 1,
        unknownSizes: 0,
        incomplete: [],
        asked: GIB,
        requested: 1_138_166_334,
        temporary: 1_138_166_334,
        snapshots: 0,
        peak: 2 * 1_138_166_334 + (10_855 + 1086) * 2 ** 20,
        usable: GIB,
        // 10Gi of a device: 10240Mi * 1.06 = 10854.4Mi, in whole Mi
        scratch: 10_855 * 2 ** 20,
        // 1Gi * 1.06 = 1085.44Mi
        scratchPerhaps: 1086 * 2 ** 20,
        copied: 0,
        shared: 0,
        open: 0,
      },
    ]);
  });
});

test('anything that YAML can hold is counted or passed by', () => {
  const odd = [
    null,
    'text',
    [],
    {},
    { kind: 'VirtualMachine' },
    { kind: 'VirtualMachine', metadata: null, spec: { template: { spec: { volumes: 'none', domain: [] } } } },
    { kind: 'DataVolume', metadata: { name: 1 }, spec: { source: null, storage: [] } },
    { kind: 'PersistentVolumeClaim', spec: { accessModes: 'RWX', resources: { requests: 1 } } },
    { kind: 'VirtualMachinePool', spec: { replicas: 'many' } },
    { kind: 'StorageClass', metadata: {} },
    { kind: 'StorageProfile', metadata: { name: 'fast' }, status: { claimPropertySets: [null] } },
    { kind: 'List', items: [BOOT, null] },
  ];
  const all = inventory(odd, { catalog: CATALOG });
  expect(renderMarkdown(all)).toContain('boot');
  expect(renderCsv(all)).toContain('boot');
});

describe('groupedInventory', () => {
  const machine = vm('web', { volumes: [claimVolume('root', 'boot')] });

  test('counts what each part makes or changes, and nothing that it deletes', () => {
    const all = groupedInventory(
      [
        {
          name: 'one',
          steps: [
            { manifests: [BOOT, machine] },
            { manifests: [vm('gone', {})], removed: [{ kind: 'VirtualMachine', name: 'gone', namespace: 'shop' }] },
          ],
        },
        {
          name: 'two',
          steps: [{ manifests: [pvc('data', rwxBlock('1Gi'))] }],
          cleanUp: [{ kind: 'Namespace', name: 'shop' }],
        },
        { name: 'three', steps: [{ manifests: [machine] }] },
      ],
      { catalog: CATALOG },
    );
    expect(all.groups.map(({ name, vms, claims, bytes }) => [name, vms, claims, bytes])).toEqual([
      ['one', 1, 1, 10 * GIB],
      ['two', 0, 1, GIB],
      ['three', 1, 0, 0],
    ]);
    expect(all.vms.map(({ group, vm: name, verdict }) => [group, name, verdict])).toEqual([
      ['one', 'web', 'migratable'],
      ['three', 'web', 'unknown'],
    ]);
  });
});

describe('the renderers', () => {
  const all = inventory(
    [vm('b', { volumes: [claimVolume('root', 'b|c')] }), vm('a', {}), BOOT, pvc('b|c', rwxBlock('1Gi'))],
    { catalog: CATALOG },
  );

  test('sort their rows, and escape what would break a table', () => {
    const text = renderMarkdown(all, 'Shop');
    expect(text.startsWith('# Shop\n\n2 VMs, 2 claims, 11Gi requested.\n')).toBe(true);
    expect(text).toContain(
      '| shop | b | root | boot | b\\|c |  | 1Gi | fast | RWX | Block |  | empty claim | bound |\n| shop |  |  |  | boot |',
    );
    expect(text).toContain(
      '| shop | a | 0 | 1 | ? | starts | migratable |  |\n| shop | b | 1 | 1 | ? | starts | migratable |  |',
    );
    expect(renderMarkdown(inventory([]))).toContain('0 VMs, 0 claims, 0 requested');
  });

  test('name the releases whose rules judged', () => {
    const judgedBy = (options: InventoryOptions, manifests: unknown[] = []) =>
      /judged by the rules of (.*?)\. An/.exec(renderMarkdown(inventory(manifests, options)))?.[1];
    const newest = 'the newest that are held: name those of your cluster by --kubevirt and --cdi';
    expect(judgedBy({})).toBe(`KubeVirt v1.9.0 and CDI v1.66.0 (${newest})`);
    const catalog = StorageCatalog.of({ storageClasses: [], cdi: { release: 'v1.63.1' } });
    expect(judgedBy({ catalog })).toBe(
      "KubeVirt v1.6.2 and CDI v1.63.1 (since what is known of the storage says v1.63.1; KubeVirt's goes with it)",
    );
    const installed = (version: string) => ({
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'kubevirt', namespace: 'kubevirt' },
      status: { observedKubeVirtVersion: version },
    });
    expect(judgedBy({}, [installed('v1.7.4')])).toBe(
      "KubeVirt v1.7.4 and CDI v1.64.0 (since status.observedKubeVirtVersion of KubeVirt kubevirt/kubevirt says v1.7.4; CDI's goes with it)",
    );
    const given = { kubevirt: 'v1.8.4', cdi: 'v1.65.0' };
    expect(judgedBy({ ...given, catalog }, [installed('v1.7.4')])).toBe('KubeVirt v1.8.4 and CDI v1.65.0');
    expect(() => judgedBy({ kubevirt: 'v1.6.0' })).toThrow("'kubevirt' must be");
  });

  test('name the claim that a volume migration leaves, and count a second pod for each machine that moves one', () => {
    const moving = (name: string, claim: string) => ({
      ...vm(name, {
        volumes: [{ name: 'd', persistentVolumeClaim: { claimName: claim } }],
        more: {
          domain: {
            cpu: { cores: 2 },
            memory: { guest: '2Gi' },
            devices: { interfaces: [{ name: 'default', masquerade: {} }] },
          },
          networks: [{ name: 'default', pod: {} }],
        },
      }),
    });
    const asked = (machine: Fields): Fields => ({
      ...machine,
      spec: { ...(machine.spec as object), updateVolumesStrategy: 'Migration' },
    });
    const step = (...manifests: Fields[]) => ({ manifests });
    const names = ['a', 'b'];
    const steps = [
      step(...names.flatMap((name) => [pvc(`old-${name}`, rwxBlock('1Gi')), moving(name, `old-${name}`)])),
      step(...names.flatMap((name) => [pvc(`new-${name}`, rwxBlock('1Gi')), asked(moving(name, `new-${name}`))])),
    ];
    const counted = groupedInventory([{ name: '', steps }]);
    expect(counted.disks.map(({ claim, made }) => [claim, made])).toEqual([
      ['new-a', 'empty claim'],
      ['new-b', 'empty claim'],
      ['old-a', 'empty claim; left by the volume migration of VM a'],
      ['old-b', 'empty claim; left by the volume migration of VM b'],
    ]);
    expect(counted.total).toMatchObject({ bytes: 4 * GIB, cpus: 4, memory: 4 * GIB, peakCpus: 8, peakMemory: 8 * GIB });
    const one = groupedInventory([{ name: '', steps: steps.slice(0, 1) }]);
    expect(one.total).toMatchObject({ bytes: 2 * GIB, cpus: 4, peakCpus: 6, peakMemory: 6 * GIB });
  });

  test('say of a disk that it waits for its machine to start, and of the machine that it is halted', () => {
    const volumeBindingMode = VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER;
    const catalog = StorageCatalog.of({ storageClasses: [{ name: 'fast', provisioner: 'csi.a', volumeBindingMode }] });
    const volumes = [{ name: 'd', dataVolume: { name: 'boot' } }];
    const of = (runStrategy: string) => {
      const web = vm('web', { volumes });
      const halted = { ...web, spec: { ...(web.spec as object), runStrategy } };
      return inventory([BOOT, halted], { catalog });
    };
    const waits = of('Halted');
    expect(waits.disks).toMatchObject([
      {
        becomes: 'waits',
        why: 'the class fast waits for the first pod that uses the claim, and VirtualMachine web does not run: it is filled once it starts',
      },
    ]);
    expect(waits.vms).toMatchObject([{ becomes: 'halted' }]);
    expect(waits.problems).toEqual([]);
    const runs = of('Always');
    expect([runs.disks[0]?.becomes, runs.vms[0]?.becomes]).toEqual(['bound', 'starts']);
  });

  test('say of the claims of a StatefulSet that its pods use them', () => {
    const volumeBindingMode = VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER;
    const catalog = StorageCatalog.of({ storageClasses: [{ name: 'fast', provisioner: 'csi.a', volumeBindingMode }] });
    const set = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { replicas: 1, volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: rwxBlock('1Gi') }] },
    };
    const becomes = inventory([set, pvc('alone', rwxBlock('1Gi'))], { catalog }).disks.map((disk) => [
      disk.claim,
      disk.becomes,
    ]);
    expect(becomes).toEqual([
      ['alone', 'waits'],
      ['data-db-0', 'bound'],
    ]);
  });

  test('judge by the rules of the release that is asked for', () => {
    const disks = [{ name: 'root', lun: { reservation: true } }];
    const networks = { domain: { devices: { disks, interfaces: [{ name: 'default', masquerade: {} }] } } };
    const reserved = vm('web', { more: { ...networks, networks: [{ name: 'default', pod: {} }] } });
    const verdict = (kubevirt: string) => inventory([reserved], { kubevirt }).vms[0]?.verdict;
    expect([verdict('v1.8.4'), verdict('v1.9.0')]).toEqual(['not migratable', 'migratable']);
    const smaller = [
      dataVolume('from', { pvc: rwxBlock('1Gi'), source: { blank: {} } }),
      dataVolume('to', { pvc: rwxBlock('1Gi'), source: { pvc: { namespace: 'shop', name: 'from' } } }),
    ];
    expect(inventory(smaller, { cdi: 'v1.64.0' }).releases.kubevirt).toBe('v1.7.4');
    const grown = [
      dataVolume('from', { pvc: { ...rwxBlock('1Gi'), volumeMode: 'Filesystem' }, source: { blank: {} } }),
    ];
    const larger = dataVolume('to', {
      pvc: { ...rwxBlock('2Gi'), volumeMode: 'Filesystem' },
      source: { pvc: { namespace: 'shop', name: 'from' } },
    });
    const user = vm('user', { volumes: [{ name: 'd', dataVolume: { name: 'to' } }] });
    const problems = (options: InventoryOptions) =>
      inventory([...grown, larger, user], options).problems.map(({ rule }) => rule);
    expect(problems({ kubevirt: 'v1.8.4' })).toContain('disk-image-grows');
    expect(problems({ kubevirt: 'v1.8.4', featureGates: ['ExpandDisks'] })).not.toContain('disk-image-grows');
    expect(problems({ kubevirt: 'v1.9.0' })).not.toContain('disk-image-grows');
  });

  test('say first what will not work', () => {
    const late = vm('late', { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }] });
    const catalog = StorageCatalog.of({ storageClasses: [{ name: 'fast', provisioner: 'nfs.csi.k8s.io' }] });
    const counted = inventory([pvc('data', rwxBlock('1Gi')), late], { catalog });
    expect(counted.problems).toMatchObject([
      { object: 'PersistentVolumeClaim data', rule: 'claim-modes-offered', isCertain: true },
    ]);
    expect(counted.disks).toMatchObject([{ claim: 'data', becomes: 'never' }]);
    expect(counted.vms).toMatchObject([{ vm: 'late', becomes: 'never', verdict: 'not migratable' }]);
    const text = renderMarkdown(counted);
    expect(text.indexOf('## What will not work')).toBeGreaterThan(0);
    expect(text.indexOf('## What will not work')).toBeLessThan(text.indexOf('## Totals'));
    expect(text).toContain('| shop | PersistentVolumeClaim data | never |');
  });

  test('write the same whatever the order of the manifests', () => {
    const manifests = [
      BOOT,
      pvc('data', rwxBlock('1Gi')),
      vm('b', {}),
      vm('a', {}),
      pvc('z', rwxBlock('1Gi'), { namespace: 'other' }),
    ];
    expect(renderMarkdown(inventory([...manifests].reverse()))).toBe(renderMarkdown(inventory(manifests)));
  });

  test('write CSV with a row a disk', () => {
    const [head, first, second, end] = renderCsv(all).split('\r\n');
    expect(head).toBe(
      'group,namespace,vm,disk,role,claim,source,askedBytes,bytes,storageClass,accessModes,volumeMode,hotplug,made,cloneOutcome,cloneReason,liveMigration,liveMigrationReasons,notKnown,becomes,becomesReason,peakBytes,vmBecomes,vmCpus,vmMemoryBytes,willNotWork,namespaceVms,namespaceCpus,namespaceMemoryBytes,namespacePeakCpus,namespacePeakMemoryBytes,namespaceUnknownVms,namespaceBytes,namespacePeakBytes',
    );
    expect(first).toBe(
      ',shop,b,root,boot,b|c,,1073741824,1073741824,fast,ReadWriteMany,Block,false,empty claim,,,migratable,,,bound,,1073741824,starts,1,,,2,2,0,3,0,2,11811160064,33930870784',
    );
    expect(second).toContain(',shop,,,,boot,docker://quay.io/containerdisks/fedora:41,10737418240,10737418240,');
    expect(end).toBe('');
    const quoted = renderCsv(
      inventory([dataVolume('a', { pvc: rwxBlock('1Gi'), source: { http: { url: 'http://x/"a",b' } } })]),
    );
    expect(quoted).toContain(',"http://x/""a"",b",');
  });

  test('write JSON with sizes in bytes', () => {
    const parsed = JSON.parse(renderJson(all)) as { total: unknown; disks: unknown[] };
    expect(parsed.total).toEqual({
      name: '',
      vms: 2,
      claims: 2,
      bytes: 11 * GIB,
      unknownSizes: 0,
      peakBytes: 21 * GIB + 10_855 * 2 ** 20,
      cpus: 2,
      memory: 0,
      peakCpus: 3,
      peakMemory: 0,
      unknownGuests: 2,
    });
    expect(parsed.disks).toHaveLength(2);
  });
});
