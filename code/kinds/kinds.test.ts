import { codeOf } from '..';
import { parseManifests } from '../../review';
import { run } from '../testing/run';

/** An object of each kind, as somebody writes it, and the statement that makes it. */
const KINDS: readonly (readonly [string, string, string])[] = [
  [
    'a StorageClass',
    `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast, annotations: { storageclass.kubernetes.io/is-default-class: "true" } }
provisioner: csi.example.com
allowVolumeExpansion: true`,
    "new StorageClass(this, 'fast', {\n      provisioner: 'csi.example.com',\n      isDefault: true,\n      allowVolumeExpansion: true,\n    });",
  ],
  [
    'a VolumeSnapshotClass',
    `apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: snap }
driver: csi.example.com
deletionPolicy: Retain`,
    "new VolumeSnapshotClass(this, 'snap', {\n      driver: 'csi.example.com',\n      deletionPolicy: SnapshotDeletionPolicy.RETAIN,\n    });",
  ],
  [
    'a VolumeSnapshot',
    `apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: { name: monday, namespace: shop }
spec: { source: { persistentVolumeClaimName: data } }`,
    "new DiskSnapshot(this, 'monday', { namespace: 'shop', disk: Disk.fromClaimName('data') });",
  ],
  [
    'a StorageProfile',
    `apiVersion: cdi.kubevirt.io/v1beta1
kind: StorageProfile
metadata: { name: fast }
spec: { cloneStrategy: csi-clone }`,
    "new StorageProfile(this, 'fast', { cloneStrategy: CloneStrategy.CSI_CLONE });",
  ],
  [
    'a claim that waits for an upload',
    `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: image, namespace: shop, annotations: { cdi.kubevirt.io/storage.upload.target: "" } }
spec: { accessModes: [ReadWriteMany], volumeMode: Block, storageClassName: "", resources: { requests: { storage: 5Gi } } }`,
    "new UploadTarget(this, 'image', {\n      namespace: 'shop',\n      size: Size.gibibytes(5),\n      storageClassName: '',\n    });",
  ],
  [
    'a blank DataVolume',
    `apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: data }
spec: { source: { blank: {} }, pvc: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 5Gi } } } }`,
    "new SecondaryDisk(this, 'data', {\n      kind: SecondaryDiskKind.DATA_VOLUME,\n      size: Size.gibibytes(5),\n      accessModes: [AccessMode.READ_WRITE_ONCE],\n      volumeMode: VolumeMode.FILESYSTEM,\n    });",
  ],
  [
    'a CDI',
    `apiVersion: cdi.kubevirt.io/v1beta1
kind: CDI
metadata: { name: cdi }
spec: { config: { featureGates: [HonorWaitForFirstConsumer], filesystemOverhead: { global: "0.08" } } }`,
    "new Cdi(this, 'cdi', { filesystemOverhead: 0.08, featureGates: ['HonorWaitForFirstConsumer'] });",
  ],
  [
    'a KubeVirt',
    `apiVersion: kubevirt.io/v1
kind: KubeVirt
metadata: { name: kubevirt, namespace: kubevirt }
spec: { configuration: { developerConfiguration: { useEmulation: true }, migrations: { parallelMigrationsPerCluster: 5 } } }`,
    "new KubeVirt(this, 'kubevirt', {\n      namespace: 'kubevirt',\n      useEmulation: true,\n      migrations: { parallelMigrationsPerCluster: 5 },\n    });",
  ],
  [
    'a snapshot of a VM',
    `apiVersion: snapshot.kubevirt.io/v1alpha1
kind: VirtualMachineSnapshot
metadata: { name: monday, namespace: shop }
spec: { source: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web }, failureDeadline: 1m }`,
    "new VirtualMachineSnapshot(this, 'monday', {\n      namespace: 'shop',\n      vm: VirtualMachine.fromName('web'),\n      failureDeadline: Duration.minutes(1),\n    });",
  ],
  [
    'a restore of a VM',
    `apiVersion: snapshot.kubevirt.io/v1beta1
kind: VirtualMachineRestore
metadata: { name: back }
spec: { target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web }, virtualMachineSnapshotName: monday }`,
    "new VirtualMachineRestore(this, 'back', {\n      snapshot: VirtualMachineSnapshot.fromName('monday'),\n      vm: VirtualMachine.fromName('web'),\n    });",
  ],
  [
    'a clone of a VM',
    `apiVersion: clone.kubevirt.io/v1beta1
kind: VirtualMachineClone
metadata: { name: copy }
spec:
  source: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web }
  target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web-2 }
  patches: ['{"op":"remove","path":"/spec/template/spec/nodeSelector"}']`,
    "new VirtualMachineClone(this, 'copy', {\n      source: VmCloneSource.vm(VirtualMachine.fromName('web')),\n      targetName: 'web-2',\n      patches: [JsonPatch.remove('/spec/template/spec/nodeSelector')],\n    });",
  ],
  [
    'an export',
    `apiVersion: export.kubevirt.io/v1alpha1
kind: VirtualMachineExport
metadata: { name: out }
spec: { source: { apiGroup: "", kind: PersistentVolumeClaim, name: data }, ttlDuration: 1h }`,
    "new VirtualMachineExport(this, 'out', {\n      source: VmExportSource.claim(Disk.fromClaimName('data')),\n      ttl: Duration.hours(1),\n    });",
  ],
  [
    'a migration',
    `apiVersion: kubevirt.io/v1
kind: VirtualMachineInstanceMigration
metadata: { name: move }
spec: { vmiName: web }`,
    "new LiveMigration(this, 'move', { vm: VirtualMachine.fromName('web') });",
  ],
  [
    'a MigrationPolicy',
    `apiVersion: migrations.kubevirt.io/v1alpha1
kind: MigrationPolicy
metadata: { name: slow }
spec: { selectors: { namespaceSelector: { tier: db } }, bandwidthPerMigration: 64Mi, maxDowntimeMs: 500 }`,
    "new MigrationPolicy(this, 'slow', {\n      namespaceSelector: { tier: 'db' },\n      bandwidthPerMigration: Size.mebibytes(64),\n      maxDowntime: Duration.millis(500),\n    });",
  ],
  [
    'an instance type',
    `apiVersion: instancetype.kubevirt.io/v1beta1
kind: VirtualMachineClusterInstancetype
metadata: { name: small }
spec: { cpu: { guest: 2 }, memory: { guest: 4Gi } }`,
    "new VirtualMachineClusterInstancetype(this, 'small', {\n      cpu: { guest: 2 },\n      memory: Size.gibibytes(4),\n    });",
  ],
  [
    'a preference',
    `apiVersion: instancetype.kubevirt.io/v1beta1
kind: VirtualMachinePreference
metadata: { name: linux, namespace: shop }
spec: { devices: { preferredDiskBus: virtio, preferredRng: {} }, firmware: { preferredUseEfi: true, preferredUseSecureBoot: false } }`,
    "new VirtualMachinePreference(this, 'linux', {\n      namespace: 'shop',\n      devices: { diskBus: DiskBus.VIRTIO, rng: true },\n      firmware: Firmware.uefi(),\n    });",
  ],
  [
    'an instance',
    `apiVersion: kubevirt.io/v1alpha3
kind: VirtualMachineInstance
metadata: { name: once }
spec:
  domain: { resources: { requests: { memory: 64M } }, devices: { disks: [{ name: rootdisk, disk: { bus: virtio } }] } }
  volumes: [{ name: rootdisk, containerDisk: { image: "quay.io/containerdisks/alpine:3.21" } }]`,
    "new VirtualMachineInstance(this, 'once', {\n      bootDisk: ContainerDisk.of('quay.io/containerdisks/alpine:3.21'),\n      resources: { memoryRequest: Quantity.parse('64M') },\n      networks: [GuestNetwork.leftToCluster()],\n    });",
  ],
  [
    'a replica set',
    `apiVersion: kubevirt.io/v1
kind: VirtualMachineInstanceReplicaSet
metadata: { name: many }
spec:
  replicas: 3
  selector: { matchLabels: { app: many } }
  template:
    metadata: { labels: { app: many } }
    spec:
      domain: { memory: { guest: 64Mi }, devices: { disks: [{ name: rootdisk, disk: { bus: virtio } }] } }
      volumes: [{ name: rootdisk, containerDisk: { image: "quay.io/containerdisks/alpine:3.21" } }]`,
    "new VirtualMachineInstanceReplicaSet(this, 'many', {\n      replicas: 3,\n      selector: { app: 'many' },\n      bootDisk: ContainerDisk.of('quay.io/containerdisks/alpine:3.21'),\n      memory: Size.mebibytes(64),\n      networks: [GuestNetwork.leftToCluster()],\n    });",
  ],
  [
    'a pool',
    `apiVersion: pool.kubevirt.io/v1alpha1
kind: VirtualMachinePool
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { kubevirt.io/vmpool: web } }
  virtualMachineTemplate:
    metadata: { labels: { kubevirt.io/vmpool: web } }
    spec:
      running: true
      template:
        metadata: { labels: { kubevirt.io/vmpool: web } }
        spec:
          domain: { memory: { guest: 1Gi }, devices: { disks: [{ name: rootdisk, disk: { bus: virtio } }] } }
          volumes: [{ name: rootdisk, containerDisk: { image: "quay.io/containerdisks/alpine:3.21" } }]`,
    "new VirtualMachinePool(this, 'web', {\n      replicas: 2,\n      bootDisk: ContainerDisk.of('quay.io/containerdisks/alpine:3.21'),\n      memory: Size.gibibytes(1),\n      networks: [GuestNetwork.leftToCluster()],\n    });",
  ],
];

test.each(KINDS)('%s is made by its construct', (_title, yaml, statement) => {
  const [program] = codeOf(parseManifests(yaml), { external: [{ kind: '*', name: '*' }] });
  expect(program!.text).toContain(`\n    ${statement}\n`);
  expect(program!.count).toMatchObject({ objects: 1, typed: 1 });
  expect(run(program!)).toMatchObject([{ kind: /kind: (\w+)/.exec(yaml)![1] }]);
});

test('a golden image is made with its DataSource, and is the source of a disk', () => {
  const [program] = codeOf(
    parseManifests(`
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataImportCron
metadata: { name: fedora, namespace: images }
spec:
  schedule: "0 3 * * 1"
  managedDataSource: fedora
  template:
    spec: { source: { registry: { url: "docker://quay.io/containerdisks/fedora:41" } }, storage: { resources: { requests: { storage: 10Gi } } } }
---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataSource
metadata: { name: fedora, namespace: images, labels: { cdi.kubevirt.io/dataImportCron: fedora } }
spec: { source: { pvc: { name: fedora-1, namespace: images } } }
---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: boot, namespace: images }
spec: { sourceRef: { kind: DataSource, name: fedora, namespace: images }, storage: { resources: { requests: { storage: 10Gi } } } }
`),
  );
  expect(program!.text).toContain("    const fedora = new GoldenImage(this, 'fedora', {");
  expect(program!.text).toContain("schedule: Cron.schedule({ minute: '0', hour: '3', weekDay: '1' }),");
  expect(program!.text).not.toContain('dataSourceLeftToCdi');
  expect(program!.text).toContain('      source: fedora.source,\n');
  expect(program!.count).toMatchObject({ objects: 3, constructs: 3, typed: 3 });
  expect(run(program!).map(({ kind }) => kind)).toEqual(['DataImportCron', 'DataSource', 'DataVolume']);
});

test('a kind without a construct is made by its generated class, with its enums and quantities', () => {
  const [program] = codeOf(
    parseManifests(`
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataImportCron
metadata: { name: fedora }
spec:
  schedule: "0 3 * * 1"
  managedDataSource: fedora
  template:
    spec:
      contentType: kubevirt
      source: { http: { url: "http://example.com/fedora.img" } }
      storage: { resources: { requests: { storage: 10Gi } } }
`),
  );
  expect(program!.text).toContain("import * as cdi from 'cdk8s-kubevirt/imports/cdi.kubevirt.io';\n");
  expect(program!.text).toContain('contentType: cdi.DataImportCronSpecTemplateSpecContentType.KUBEVIRT,');
  expect(program!.text).toContain('cdi.DataImportCronSpecTemplateSpecStorageResourcesRequests.fromString(');
  expect(program!.count).toMatchObject({ objects: 1, constructs: 0, generated: 1 });
  expect(run(program!)).toMatchObject([
    { spec: { template: { spec: { storage: { resources: { requests: { storage: '10Gi' } } } } } } },
  ]);
});

test('an object whose name the server makes is made by its construct', () => {
  const [program] = codeOf(
    parseManifests(`
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { generateName: scratch- }
spec:
  source: { blank: {} }
  pvc: { accessModes: [ReadWriteOnce], volumeMode: Block, resources: { requests: { storage: 1Gi } } }
`),
  );
  expect(program!.text).toContain("const disk = new SecondaryDisk(this, 'disk', {");
  expect(program!.text).toContain("ApiObject.of(disk).addJsonPatch(JsonPatch.remove('/metadata/name'),");
  expect(program!.count).toMatchObject({ constructs: 1, typed: 1 });
  expect(run(program!)).toEqual([
    {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { generateName: 'scratch-' },
      spec: {
        source: { blank: {} },
        pvc: { accessModes: ['ReadWriteOnce'], volumeMode: 'Block', resources: { requests: { storage: '1Gi' } } },
      },
    },
  ]);
});

test('what a construct always writes is not taken away again: the object is of its generated class', () => {
  const [program] = codeOf(
    parseManifests(`
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web }
spec:
  runStrategy: Halted
  template:
    spec:
      domain: { devices: { interfaces: [{ name: default }] }, memory: { guest: 1Gi } }
      networks: [{ name: default, pod: {} }]
`),
  );
  expect(program!.text).toContain("new kubevirt.VirtualMachine(this, 'web', {");
  expect(program!.text).not.toContain('overrides');
  expect(program!.text).toContain('[interface-binding-given]');
});

test('conditions on labels are the same in any order', () => {
  const [program] = codeOf([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { selector: { matchLabels: { tier: 'a', app: 'b' } } },
    },
  ]);
  expect(program!.count.different).toBe(0);
});

test('an object without a name stays without one', () => {
  const [program] = codeOf([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'settings-' }, data: { a: 'b' } },
  ]);
  expect(program!.text).toContain("}).addJsonPatch(JsonPatch.remove('/metadata/name'));");
  expect(run(program!)).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'settings-' }, data: { a: 'b' } },
  ]);
});

describe('the platform', () => {
  const typed = (yaml: string): { text: string; made: unknown[] } => {
    const [program] = codeOf(parseManifests(yaml));
    expect(program!.count).toMatchObject({ typed: program!.count.objects, overridden: 0, generated: 0, plain: 0 });
    return { text: program!.text, made: run(program!) };
  };

  test('is typed in what administrators set of KubeVirt', () => {
    const { text, made } = typed(`
apiVersion: kubevirt.io/v1
kind: KubeVirt
metadata: { name: kubevirt, namespace: kubevirt }
spec:
  certificateRotateStrategy: {}
  customizeComponents: {}
  imagePullPolicy: IfNotPresent
  infra: { nodePlacement: { nodeSelector: { infra: "yes" } }, replicas: 1 }
  workloads: { nodePlacement: { tolerations: [{ key: vms, operator: Exists }] } }
  workloadUpdateStrategy: { workloadUpdateMethods: [LiveMigrate], batchEvictionSize: 10, batchEvictionInterval: 1m0s }
  configuration:
    developerConfiguration:
      featureGates: [GPU]
      logVerbosity: { virtAPI: 3, nodeVerbosity: { node01: 4 } }
    evictionStrategy: LiveMigrate
    vmRolloutStrategy: LiveUpdate
    liveUpdateConfiguration: { maxCpuSockets: 8 }
    smbios: { family: KubeVirt }
    permittedHostDevices:
      pciHostDevices: [{ pciVendorSelector: "10DE:1EB8", resourceName: nvidia.com/T4 }]
      usb: [{ resourceName: example.com/stick, selectors: [{ vendor: 046d, product: c52b }] }]
`);
    expect(text).toContain('workloadUpdates: {');
    expect(text).toContain('batchEvictionInterval: Duration.minutes(1),');
    expect(text).toContain('vmRolloutStrategy: VmRolloutStrategy.LIVE_UPDATE,');
    expect(made).toMatchObject([
      {
        spec: {
          infra: { nodePlacement: { nodeSelector: { infra: 'yes' } }, replicas: 1 },
          workloads: { nodePlacement: { tolerations: [{ key: 'vms', operator: 'Exists' }] } },
          workloadUpdateStrategy: { workloadUpdateMethods: ['LiveMigrate'], batchEvictionInterval: '60s' },
          configuration: {
            developerConfiguration: { logVerbosity: { virtAPI: 3, nodeVerbosity: { node01: 4 } } },
            permittedHostDevices: { usb: [{ selectors: [{ vendor: '046d', product: 'c52b' }] }] },
          },
        },
      },
    ]);
  });

  test('is typed in what administrators set of CDI', () => {
    const { text } = typed(`
apiVersion: cdi.kubevirt.io/v1beta1
kind: CDI
metadata: { name: cdi }
spec:
  imagePullPolicy: Always
  config:
    podResourceRequirements: { requests: { cpu: 100m, memory: 60Mi }, limits: { cpu: "2", memory: 1Gi } }
    preallocation: true
    logVerbosity: 4
`);
    expect(text).toContain('cpu: { request: Cpu.millis(100), limit: Cpu.units(2) },');
  });

  test('is typed in classes, claims of what fills them, and an image whose DataSource CDI makes', () => {
    const { text, made } = typed(`
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: nfs }
provisioner: nfs.csi.k8s.io
mountOptions: [nfsvers=4.1]
allowedTopologies: [{ matchLabelExpressions: [{ key: zone, values: [a, b] }] }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: restored, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 1Gi } }
  dataSource: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: monday }
  volumeName: pv-1
---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataImportCron
metadata: { name: fedora, namespace: images }
spec:
  schedule: "0 3 * * 1"
  managedDataSource: fedora
  template:
    spec:
      source: { registry: { url: "docker://quay.io/containerdisks/fedora:41" } }
      storage: { resources: { requests: { storage: 10Gi } } }
`);
    expect(text).toContain(
      "populator: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'monday' },",
    );
    expect(text).toContain('dataSourceLeftToCdi: true,');
    expect(made).toHaveLength(3);
    expect(made).toContainEqual(
      expect.objectContaining({
        allowedTopologies: [{ matchLabelExpressions: [{ key: 'zone', values: ['a', 'b'] }] }],
        mountOptions: ['nfsvers=4.1'],
      }),
    );
  });
});
