import { load } from 'js-yaml';

/** Inputs that the rules of schemas and references refuse, each as YAML: of admission rules the tests have them. */
export const WRITTEN: Readonly<Record<string, string>> = {
  'schema-unknown-field': vm('runStrategy: Halted, running_: true'),
  'schema-type': vm('runStrategy: 1'),
  'schema-required':
    '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web }, spec: { runStrategy: Halted } }',
  'schema-enum': dv('contentType: iso, source: { blank: {} }, storage: { resources: { requests: { storage: 1Gi } } }'),
  'schema-pattern':
    '{ apiVersion: cdi.kubevirt.io/v1beta1, kind: CDI, metadata: { name: cdi }, spec: { config: { filesystemOverhead: { global: "10%" } } } }',
  'schema-quantity': dv('source: { blank: {} }, storage: { resources: { requests: { storage: ten } } }'),
  'schema-format': '{ apiVersion: v1, kind: Secret, metadata: { name: keys }, data: { password: plain text } }',
  'schema-range':
    '{ apiVersion: instancetype.kubevirt.io/v1beta1, kind: VirtualMachineInstancetype, metadata: { name: small }, spec: { cpu: { guest: 1 }, memory: { guest: 1Gi, overcommitPercent: 101 } } }',
  'schema-length':
    '{ apiVersion: kubevirt.io/v1, kind: KubeVirt, metadata: { name: kubevirt }, spec: { customizeComponents: { patches: [{ resourceName: "", resourceType: Deployment, patch: "{}", type: merge }] } } }',
  'schema-duplicate': machine('resourceClaims: [{ name: gpu }, { name: gpu }]'),
  'schema-version': '{ apiVersion: kubevirt.io/v2, kind: VirtualMachine, metadata: { name: web } }',
  'schema-kind': '{ apiVersion: kubevirt.io/v1, kind: VirtualMachines, metadata: { name: web } }',
  'schema-expression':
    '{ apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: { name: web }, spec: { source: {} } }',
  'metadata-name': '{ apiVersion: v1, kind: ConfigMap, metadata: { name: My_Config } }',
  'metadata-namespace': '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: My.Space } }',
  'metadata-labels': '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, labels: { app: "a b" } } }',
  'metadata-annotations': '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, annotations: { "a b": x } } }',
  ...Object.fromEntries(
    [
      ['claim', machine('volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }]')],
      ['data-volume', machine('volumes: [{ name: d, dataVolume: { name: data } }]')],
      ['data-source', dv('sourceRef: { kind: DataSource, name: fedora, namespace: images }, storage: {}')],
      ['secret', machine('volumes: [{ name: s, secret: { secretName: keys } }]')],
      ['config-map', machine('volumes: [{ name: c, configMap: { name: settings } }]')],
      [
        'storage-class',
        dv('source: { blank: {} }, storage: { storageClassName: fast, resources: { requests: { storage: 1Gi } } }'),
      ],
      ['instancetype', vm('instancetype: { kind: VirtualMachineInstancetype, name: small }, runStrategy: Halted')],
      ['cluster-instancetype', vm('instancetype: { name: small }, runStrategy: Halted')],
      ['preference', vm('preference: { kind: VirtualMachinePreference, name: linux-one }, runStrategy: Halted')],
      ['cluster-preference', vm('preference: { name: our-linux }, runStrategy: Halted')],
    ].map(([topic, text]) => [`${topic}-exists`, text!]),
  ),
  'volume-import-source-source-kind-single':
    '{ apiVersion: cdi.kubevirt.io/v1beta1, kind: VolumeImportSource, metadata: { name: web }, spec: { source: { blank: {}, http: { url: "https://example.com/disk.img" } } } }',
  'cdi-template-source-pvc-complete': vm(
    'runStrategy: Halted, dataVolumeTemplates: [{ metadata: { name: data }, spec: { source: { pvc: { name: "", namespace: n } }, storage: {} } }]',
  ),
  'machine-exists':
    '{ apiVersion: kubevirt.io/v1, kind: VirtualMachineInstanceMigration, metadata: { name: move }, spec: { vmiName: web } }',
  'machine-snapshot-exists':
    '{ apiVersion: snapshot.kubevirt.io/v1beta1, kind: VirtualMachineRestore, metadata: { name: back }, spec: { target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web }, virtualMachineSnapshotName: before } }',
  'volume-snapshot-exists': dv('source: { snapshot: { name: golden, namespace: images } }, storage: {}'),
  'network-exists': machine('networks: [{ name: lan, multus: { networkName: lan } }]'),
  'priority-class-exists': machine('priorityClassName: gold'),
  'service-account-exists': machine('volumes: [{ name: account, serviceAccount: { serviceAccountName: builder } }]'),
  'namespace-exists': '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: team } }',
  'namespace-first': several(
    '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: team } }',
    '{ apiVersion: v1, kind: Namespace, metadata: { name: team } }',
  ),
  'needed-first': several(
    '{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], storageClassName: fast, resources: { requests: { storage: 1Gi } } } }',
    '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast }, provisioner: csi.example.com }',
  ),
  'object-once': several(
    '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { x: "1" } }',
    '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { x: "2" } }',
  ),
  'data-volume-template-or-standalone': several(
    dv(blank(), 'data'),
    vm(`runStrategy: Halted, dataVolumeTemplates: [{ metadata: { name: data }, spec: { ${blank()} } }]`),
  ),
  'data-volume-template-of-one-machine': several(
    vm(`runStrategy: Halted, dataVolumeTemplates: [{ metadata: { name: data }, spec: { ${blank()} } }]`, 'one'),
    vm(`runStrategy: Halted, dataVolumeTemplates: [{ metadata: { name: data }, spec: { ${blank()} } }]`, 'two'),
  ),
  'firmware-uuid-of-one-machine': twoMachines('firmware: { uuid: 5d307ca9-b3ef-428c-8861-06e72d69f223 }, devices: {}'),
  'firmware-serial-of-one-machine': twoMachines('firmware: { serial: A-1 }, devices: {}'),
  'mac-address-of-one-machine': twoMachines(
    'devices: { interfaces: [{ name: n, macAddress: "02:00:00:00:00:01", bridge: {} }] }',
  ),
  'disk-of-one-machine': several(
    machine('volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }]', 'one'),
    machine('volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }]', 'two'),
    claim('ReadWriteOnce'),
  ),
  'disk-shared-unlocked': several(
    machine('volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }]', 'one'),
    machine('volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }]', 'two'),
    claim('ReadWriteMany'),
  ),
  'data-volume-claim-taken': several(claim('ReadWriteOnce'), dv(blank(), 'data')),
  'snapshot-class-default': several(
    claim('ReadWriteOnce', 'storageClassName: fast, '),
    '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast }, provisioner: csi.example.com }',
    '{ apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotClass, metadata: { name: snap }, driver: csi.example.com, deletionPolicy: Delete }',
    '{ apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: { name: s }, spec: { source: { persistentVolumeClaimName: data } } }',
  ),
  'service-selects-machine': several(
    machine('hostname: shop', 'web'),
    '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { vm.kubevirt.io/name: web }, ports: [{ port: 80 }] } }',
  ),
  'restore-patches-refused': several(
    restore(`patches: ['{"op": "replace", "path": "/spec/template/spec/x", "value": "a:b"}']`),
    snapshot(),
  ),
  'restore-patches': restore(`patches: ['{"op": "replace", "path": "/spec/template/spec/x", "value": "a:b"}']`),
  'instancetype-conflict': several(
    '{ apiVersion: instancetype.kubevirt.io/v1beta1, kind: VirtualMachineInstancetype, metadata: { name: small }, spec: { cpu: { guest: 1 }, memory: { guest: 1Gi } } }',
    '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web }, spec: { runStrategy: Halted, instancetype: { kind: VirtualMachineInstancetype, name: small }, template: { spec: { domain: { memory: { guest: 2Gi }, devices: {} } } } } }',
  ),
  'instancetype-annotation-conflict': several(
    '{ apiVersion: instancetype.kubevirt.io/v1beta1, kind: VirtualMachineInstancetype, metadata: { name: small }, spec: { annotations: { a: x }, cpu: { guest: 1 }, memory: { guest: 1Gi } } }',
    '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web }, spec: { runStrategy: Halted, instancetype: { kind: VirtualMachineInstancetype, name: small }, template: { metadata: { annotations: { a: y } }, spec: { domain: { devices: {} } } } } }',
  ),
  'preference-spread-divides': several(
    '{ apiVersion: instancetype.kubevirt.io/v1beta1, kind: VirtualMachineInstancetype, metadata: { name: three }, spec: { cpu: { guest: 3 }, memory: { guest: 1Gi } } }',
    preference('cpu: { preferredCPUTopology: spread }'),
    vm(
      'runStrategy: Halted, instancetype: { kind: VirtualMachineInstancetype, name: three }, preference: { kind: VirtualMachinePreference, name: p }',
    ),
  ),
  'preference-cpu-required': several(
    preference('requirements: { cpu: { guest: 4 } }'),
    '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web }, spec: { runStrategy: Halted, preference: { kind: VirtualMachinePreference, name: p }, template: { spec: { domain: { cpu: { sockets: 1, cores: 1, threads: 1 }, memory: { guest: 1Gi }, devices: {} } } } } }',
  ),
  'preference-memory-required': several(
    preference('requirements: { memory: { guest: 4Gi } }'),
    '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web }, spec: { runStrategy: Halted, preference: { kind: VirtualMachinePreference, name: p }, template: { spec: { domain: { memory: { guest: 1Gi }, devices: {} } } } } }',
  ),
  'eviction-live-migrate': several(
    machine('evictionStrategy: LiveMigrate, volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }]', 'web'),
    claim('ReadWriteOnce'),
  ),
};

/** Examples of an update: what stands, then the objects that are applied, the last of which updates the first. */
export const WRITTEN_UPDATES: Readonly<Record<string, string>> = {
  'field-stays': several(sized('data', '2Gi'), sized('data', '1Gi')),
  'volume-migration-possible': several(migrating('old', 'Halted'), sized('new', '20Gi'), migrating('new', 'Halted')),
  'migration-target-size': several(migrating('old'), sized('old', '20Gi'), sized('new', '10Gi'), migrating('new')),
};

/** The objects of a written example. */
export function objectsOf(text: string): unknown[] {
  return text.split('\n---\n').map((one) => load(one));
}

function several(...objects: readonly string[]): string {
  return objects.join('\n---\n');
}

function vm(spec: string, name = 'web'): string {
  return `{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: ${name} }, spec: { ${spec}, template: { spec: { domain: { memory: { guest: 1Gi }, devices: {} } } } } }`;
}

function migrating(claimName: string, run = 'Always'): string {
  return `{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web }, spec: { runStrategy: ${run}, updateVolumesStrategy: Migration, template: { spec: { domain: { memory: { guest: 1Gi }, devices: {} }, volumes: [{ name: d, persistentVolumeClaim: { claimName: ${claimName} } }] } } } }`;
}

function sized(name: string, size: string): string {
  return `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: ${name} }, spec: { accessModes: [ReadWriteMany], resources: { requests: { storage: ${size} } } } }`;
}

function machine(template: string, name = 'web'): string {
  return `{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: ${name} }, spec: { runStrategy: Always, template: { spec: { domain: { memory: { guest: 1Gi }, devices: {} }, ${template} } } } }`;
}

function twoMachines(domain: string): string {
  const one = (name: string): string =>
    `{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: ${name} }, spec: { runStrategy: Always, template: { spec: { domain: { memory: { guest: 1Gi }, ${domain} }, networks: [{ name: n, pod: {} }] } } } }`;
  return several(one('one'), one('two'));
}

function dv(spec: string, name = 'data'): string {
  return `{ apiVersion: cdi.kubevirt.io/v1beta1, kind: DataVolume, metadata: { name: ${name} }, spec: { ${spec} } }`;
}

function blank(): string {
  return 'source: { blank: {} }, storage: { resources: { requests: { storage: 1Gi } } }';
}

function claim(mode: string, more = ''): string {
  return `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data }, spec: { ${more}accessModes: [${mode}], resources: { requests: { storage: 1Gi } } } }`;
}

function preference(spec: string): string {
  return `{ apiVersion: instancetype.kubevirt.io/v1beta1, kind: VirtualMachinePreference, metadata: { name: p }, spec: { ${spec} } }`;
}

function snapshot(): string {
  return '{ apiVersion: snapshot.kubevirt.io/v1beta1, kind: VirtualMachineSnapshot, metadata: { name: s }, spec: { source: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web } } }';
}

function restore(more: string): string {
  return `{ apiVersion: snapshot.kubevirt.io/v1beta1, kind: VirtualMachineRestore, metadata: { name: r }, spec: { target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web }, virtualMachineSnapshotName: s, ${more} } }`;
}
