import { Size } from 'cdk8s';
import { failureOf, untyped } from '../shared/testing/manifests';
import { StorageCatalog } from './catalog';
import { VolumeMode } from './claim-modes';
import { Disk } from './disk';

/** Cut from what `kubectl get … -o yaml` prints. */
const CLUSTER = `apiVersion: v1
kind: List
metadata:
  resourceVersion: ""
items:
- allowVolumeExpansion: true
  apiVersion: storage.k8s.io/v1
  kind: StorageClass
  metadata:
    annotations:
      storageclass.kubernetes.io/is-default-class: "true"
    name: iscsi
  parameters:
    backendType: ontap-san
    storagePools: BackendForiSCSI:.*
  provisioner: csi.trident.netapp.io
  reclaimPolicy: Delete
  volumeBindingMode: Immediate
- apiVersion: storage.k8s.io/v1
  kind: StorageClass
  metadata:
    annotations:
      storageclass.kubevirt.io/is-default-virt-class: "true"
    name: local
  provisioner: topolvm.io
  volumeBindingMode: WaitForFirstConsumer
- apiVersion: cdi.kubevirt.io/v1beta1
  kind: StorageProfile
  metadata:
    name: iscsi
  spec:
    cloneStrategy: csi-clone
  status:
    claimPropertySets:
    - accessModes:
      - ReadWriteMany
      volumeMode: Block
    - accessModes:
      - ReadWriteOnce
      volumeMode: Filesystem
    cloneStrategy: csi-clone
    provisioner: csi.trident.netapp.io
    snapshotClass: csi-snap-class
    storageClass: iscsi
- apiVersion: cdi.kubevirt.io/v1beta1
  kind: StorageProfile
  metadata:
    annotations:
      cdi.kubevirt.io/minimumSupportedPvcSize: 4Gi
    name: local
  spec: {}
  status:
    cloneStrategy: copy
    provisioner: topolvm.io
    storageClass: local
- apiVersion: snapshot.storage.k8s.io/v1
  deletionPolicy: Delete
  driver: csi.trident.netapp.io
  kind: VolumeSnapshotClass
  metadata:
    annotations:
      snapshot.storage.kubernetes.io/is-default-class: "true"
    name: csi-snap-class
- apiVersion: cdi.kubevirt.io/v1beta1
  kind: CDIConfig
  metadata:
    name: config
  status:
    filesystemOverhead:
      global: "0.055"
      storageClass:
        iscsi: "0.055"
        local: "0.1"
    scratchSpaceStorageClass: local
- apiVersion: cdi.kubevirt.io/v1beta1
  kind: CDI
  metadata:
    name: cdi
  spec:
    cloneStrategyOverride: snapshot
- apiVersion: storage.k8s.io/v1
  kind: CSIDriver
  metadata:
    name: csi.trident.netapp.io
`;

describe('StorageCatalog.fromKubectl', () => {
  const catalog = StorageCatalog.fromKubectl(CLUSTER);

  test('reads every fact', () => {
    expect(catalog.storageClasses).toEqual([
      {
        name: 'iscsi',
        provisioner: 'csi.trident.netapp.io',
        parameters: { backendType: 'ontap-san', storagePools: 'BackendForiSCSI:.*' },
        allowVolumeExpansion: true,
        volumeBindingMode: 'Immediate',
        isDefault: true,
        isVirtDefault: false,
        cloneStrategy: 'csi-clone',
        snapshotClassName: 'csi-snap-class',
        keepsImportsAsSnapshots: false,
        claimPropertySets: [
          { accessModes: ['ReadWriteMany'], volumeMode: 'Block' },
          { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' },
        ],
      },
      {
        name: 'local',
        provisioner: 'topolvm.io',
        allowVolumeExpansion: false,
        volumeBindingMode: 'WaitForFirstConsumer',
        isDefault: false,
        isVirtDefault: true,
        cloneStrategy: 'copy',
        claimPropertySets: [],
        keepsImportsAsSnapshots: false,
        minimumClaimSize: expect.objectContaining({}),
      },
    ]);
    expect(catalog.tryStorageClass('local')?.minimumClaimSize?.toGibibytes()).toBe(4);
    expect(catalog.snapshotClasses).toEqual([
      { name: 'csi-snap-class', driver: 'csi.trident.netapp.io', isDefault: true },
    ]);
    expect(catalog.cdi).toEqual({
      cloneStrategyOverride: 'snapshot',
      filesystemOverhead: 0.055,
      filesystemOverheadOf: { iscsi: 0.055, local: 0.1 },
      scratchSpaceStorageClassName: 'local',
    });
  });

  test('reads documents in any order, JSON, and passes by objects that have nothing to do with storage', () => {
    const [storageClass, profile] = [
      `{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"sc"},"provisioner":"csi.a"}`,
      `{"kind":"StorageProfile","metadata":{"name":"sc"},"spec":{"cloneStrategy":"copy"}}`,
    ];
    const documents = ['{"kind":"ConfigMap","metadata":{"name":"x"}}', profile, '', storageClass].join('\n---\n');
    expect(StorageCatalog.fromKubectl(documents).tryStorageClass('sc')?.cloneStrategy).toBe('copy');
  });

  test('of a copy that stands there for want of a VolumeSnapshotClass, follows one that is made', () => {
    const text = `
kind: List
items:
- {kind: StorageClass, metadata: {name: sc}, provisioner: csi.a}
- {kind: StorageProfile, metadata: {name: sc}, spec: {}, status: {cloneStrategy: copy}}
`;
    const disk = Disk.fromClaimName('a', {
      size: Size.gibibytes(1),
      volumeMode: VolumeMode.BLOCK,
      storageClassName: 'sc',
    });
    const before = StorageCatalog.fromKubectl(text);
    const after = before.withSnapshotClass({ name: 'vsc', driver: 'csi.a' });
    const outcome = before.predictClone({ source: disk, target: disk });
    expect([outcome.kind, outcome.reason]).toEqual(['copy', 'no VolumeSnapshotClass fits the driver csi.a']);
    expect(after.predictClone({ source: disk, target: disk }).kind).toBe('snapshot');
  });

  test('copies into a class whose provisioner has no CSIDriver object', () => {
    const disk = Disk.fromClaimName('a', {
      size: Size.gibibytes(4),
      volumeMode: VolumeMode.BLOCK,
      storageClassName: 'local',
    });
    const { kind, rule, reason } = catalog.predictClone({ source: disk, target: disk });
    expect([kind, rule, reason]).toEqual(['copy', 'L1', 'the provisioner topolvm.io has no CSIDriver object']);
  });

  test('says what only a person knows by withBackend', () => {
    expect(catalog.withBackend('iscsi', 'pool').tryStorageClass('iscsi')?.backend).toBe('pool');
    expect(failureOf(() => catalog.withBackend('gone', 'pool'))).toBe(
      `[StorageCatalog.withBackend] 'storageClassName' must name a storage class of the catalog, got "gone"; the catalog holds iscsi, local`,
    );
    expect(failureOf(() => catalog.withBackend('iscsi', ''))).toContain(`'backend' must be text, got ""`);
  });

  test('says what only a person knows by withVolumeModes', () => {
    const filesOnly = catalog.withVolumeModes('iscsi', [VolumeMode.FILESYSTEM]);
    expect(filesOnly.tryStorageClass('iscsi')?.volumeModes).toEqual(['Filesystem']);
    expect(catalog.tryStorageClass('iscsi')?.volumeModes).toBeUndefined();
    expect(failureOf(() => catalog.withVolumeModes('gone', []))).toBe(
      `[StorageCatalog.withVolumeModes] 'storageClassName' must name a storage class of the catalog, got "gone"; the catalog holds iscsi, local
[StorageCatalog.withVolumeModes] 'volumeModes' must be a list of 'Block' or 'Filesystem', got []`,
    );
    const none = StorageCatalog.of({ storageClasses: [] });
    expect(failureOf(() => none.withBackend('gone', 'pool'))).toContain('; the catalog is empty');
  });

  test.each([
    ['topolvm.cybozu.com', '{}', 'copy'],
    ['topolvm.io', '{}', 'copy'],
    ['csi-powerstore.dellemc.com', '{}', 'copy'],
    ['csi-powerstore.dellemc.com', '{csi.storage.k8s.io/fstype: xfs}', 'copy'],
    ['csi-powerstore.dellemc.com', '{csi.storage.k8s.io/fstype: NFS}', undefined],
    ['csi.a', '{}', undefined],
  ])('of %s with the parameters %s, a copy that nobody asked for is %p', (provisioner, parameters, strategy) => {
    const text = `
kind: List
items:
- {kind: StorageClass, metadata: {name: sc}, provisioner: ${provisioner}, parameters: ${parameters}}
- {kind: StorageProfile, metadata: {name: sc}, spec: {}, status: {cloneStrategy: copy}}
`;
    expect(StorageCatalog.fromKubectl(text).tryStorageClass('sc')?.cloneStrategy).toBe(strategy);
  });

  test('takes the VolumeSnapshotClass that CDI takes: that of the status, where there is one', () => {
    const read = (status: string): unknown =>
      StorageCatalog.fromKubectl(
        `
kind: List
items:
- {kind: StorageClass, metadata: {name: sc}, provisioner: csi.a}
- {kind: StorageProfile, metadata: {name: sc}, spec: {snapshotClass: asked}, status: ${status}}
`,
      ).tryStorageClass('sc')?.snapshotClassName;
    expect([read('{snapshotClass: taken}'), read('{}')]).toEqual(['taken', 'asked']);
  });

  test.each([
    [undefined, `'text' must be text, got nothing; read the file first`],
    ['', `'text' must hold a StorageClass, got nothing; run kubectl get storageclass,storageprofile,`],
    ['kind: Pod\nmetadata: {name: a}', `'text' must hold a StorageClass, got Pod; run kubectl get storageclass,`],
    ['kind: List\nitems: [', `'text' must be YAML, got `],
    ['kind: *hunter2', `'text' must be YAML, got unidentified alias in line 1`],
    ['error: the server does not know', `'objects[0].kind' must be text, got nothing`],
    ['Unable to connect', `document 1 must be a Kubernetes object, got a value of type 'string'; run kubectl get`],
    ['- a', `document 1 must be a Kubernetes object, got a list`],
    ['kind: StorageClass', `'objects[0].metadata' must be an object, got nothing`],
    ['kind: StorageClass\nmetadata: {}', `'objects[0].metadata.name' must be text, got nothing`],
    ['kind: StorageClass\nmetadata: {name: sc}', `'storageClasses[0].provisioner' must be text, got ""`],
  ])('fails when the text is %j', (text, message) => {
    expect(failureOf(() => StorageCatalog.fromKubectl(untyped(text)))).toContain(message);
  });

  test('fails when CDI does not know a fact', () => {
    const text = CLUSTER.replace('cloneStrategyOverride: snapshot', 'cloneStrategyOverride: fast');
    expect(failureOf(() => StorageCatalog.fromKubectl(text))).toBe(
      `[StorageCatalog.fromKubectl] 'cdi.cloneStrategyOverride' must be 'copy', 'snapshot' or 'csi-clone', got "fast"`,
    );
  });
});
