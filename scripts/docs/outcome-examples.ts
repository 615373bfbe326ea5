const CRON =
  '{ apiVersion: cdi.kubevirt.io/v1beta1, kind: DataImportCron, metadata: { name: weekly, namespace: n }, spec: { schedule: "0 0 * * 0", managedDataSource: fedora, template: { spec: { source: { registry: { url: "docker://quay.io/containerdisks/fedora:41" } }, storage: { storageClassName: fast, resources: { requests: { storage: 10Gi } } } } } } }';

/** Inputs that the rules of outcomes find, each as YAML, with what is known of the storage where that decides. */
export const OUTCOME_EXAMPLES: Readonly<Record<string, { readonly objects: string; readonly storage?: string }>> = {
  'claim-class': {
    objects: dv('source: { blank: {} }, storage: { resources: { requests: { storage: 1Gi } } }'),
    storage: sc(),
  },
  'claim-class-known': { objects: claim('storageClassName: fats'), storage: sc() },
  'claim-access-modes': {
    objects: dv(
      'source: { blank: {} }, storage: { storageClassName: fast, resources: { requests: { storage: 1Gi } } }',
    ),
    storage: several(sc(), profile('')),
  },
  'claim-archive': {
    objects: dv(
      'contentType: archive, source: { http: { url: "https://example.com/a.tar" } }, storage: { storageClassName: fast, accessModes: [ReadWriteOnce], volumeMode: Block, resources: { requests: { storage: 1Gi } } }',
    ),
    storage: sc(),
  },
  'claim-modes-offered': { objects: claim('storageClassName: fast, volumeMode: Block'), storage: sc('nfs.csi.k8s.io') },
  'claim-volume': {
    objects: claim('storageClassName: fast'),
    storage: several(
      sc('kubernetes.io/no-provisioner'),
      '{ apiVersion: v1, kind: PersistentVolume, metadata: { name: disk-1 }, spec: { storageClassName: fast, accessModes: [ReadWriteMany], capacity: { storage: 500Mi } } }',
    ),
  },
  'claim-source-fits': {
    objects: several(
      claim('storageClassName: fast, volumeMode: Block', '20Gi'),
      claim(
        'storageClassName: fast, volumeMode: Block, dataSource: { kind: PersistentVolumeClaim, name: data }',
        '5Gi',
      ).replace('name: data,', 'name: copy,'),
    ),
  },
  'claim-first-consumer': {
    objects: dv(
      'source: { blank: {} }, pvc: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }',
    ),
    storage: sc('csi.example.com', ', volumeBindingMode: WaitForFirstConsumer'),
  },
  'clone-finishes': {
    objects: several(claim('storageClassName: fast, volumeMode: Block', '20Gi'), clone('5Gi')),
  },
  'clone-source-in-use': {
    objects: several(claim('storageClassName: fast, volumeMode: Block', '5Gi'), clone('5Gi'), machine(disk('data'))),
  },
  'clone-source-bound': {
    objects: several(
      claim('storageClassName: fast, volumeMode: Block', '5Gi'),
      clone('5Gi'),
      machine(disk('data'), 'golden').replace('Always', 'Halted'),
      machine(disk('copy')),
    ),
    storage: sc('csi.example.com', ', volumeBindingMode: WaitForFirstConsumer'),
  },
  'import-final-checkpoint': {
    objects: dv(
      'source: { vddk: { backingFile: "[d] a.vmdk", url: "https://vcenter.example", uuid: u, thumbprint: t, secretRef: s } }, checkpoints: [{ previous: "", current: snapshot-1 }], pvc: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }',
    ),
  },
  'claim-scratch': {
    objects: dv(
      'source: { registry: { url: "docker://example.com/disk" } }, pvc: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }',
    ),
    storage: several(
      sc('kubernetes.io/no-provisioner'),
      '{ apiVersion: v1, kind: PersistentVolume, metadata: { name: disk-1 }, spec: { storageClassName: fast, accessModes: [ReadWriteOnce], capacity: { storage: 2Gi } } }',
    ),
  },
  'claim-quota': {
    objects: several(
      claim('storageClassName: fast', '40Gi'),
      '{ apiVersion: v1, kind: ResourceQuota, metadata: { name: team, namespace: n }, spec: { hard: { requests.storage: 30Gi } } }',
    ),
  },
  'service-port-open': {
    objects: several(
      '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web, namespace: n }, spec: { runStrategy: Always, template: { metadata: { labels: { app: web } }, spec: { domain: { memory: { guest: 1Gi }, devices: { interfaces: [{ name: default, masquerade: {}, ports: [{ port: 80 }] }] } }, networks: [{ name: default, pod: {} }] } } } }',
      '{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: n }, spec: { selector: { app: web }, ports: [{ port: 22 }] } }',
    ),
  },
  'filling-pod-limits': {
    objects: several(
      dv(
        'source: { http: { url: "https://example.com/a.qcow2" } }, pvc: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }',
      ).replace('name: data', 'name: data, namespace: n'),
      '{ apiVersion: v1, kind: LimitRange, metadata: { name: team, namespace: n }, spec: { limits: [{ type: Container, max: { memory: 512Mi } }] } }',
    ),
  },
  'cron-data-source': {
    objects: several(
      CRON,
      '{ apiVersion: cdi.kubevirt.io/v1beta1, kind: DataSource, metadata: { name: fedora, namespace: n }, spec: { source: { pvc: { name: by-hand, namespace: n } } } }',
      claim('storageClassName: fast').replace('name: data', 'name: by-hand'),
    ),
  },
  'cron-snapshot-class': {
    objects: CRON,
    storage: several(
      sc(),
      '{ apiVersion: cdi.kubevirt.io/v1beta1, kind: StorageProfile, metadata: { name: fast }, spec: {}, status: { storageClass: fast, provisioner: csi.example.com, dataImportCronSourceFormat: snapshot, claimPropertySets: [{ accessModes: [ReadWriteMany], volumeMode: Block }] } }',
      '{ apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotClass, metadata: { name: other }, driver: csi.other.example, deletionPolicy: Delete }',
    ),
  },
  'replicas-address': {
    objects:
      '{ apiVersion: pool.kubevirt.io/v1beta1, kind: VirtualMachinePool, metadata: { name: web, namespace: n }, spec: { replicas: 3, selector: { matchLabels: { app: web } }, virtualMachineTemplate: { metadata: { labels: { app: web } }, spec: { runStrategy: Always, template: { metadata: { labels: { app: web } }, spec: { domain: { memory: { guest: 1Gi }, devices: { interfaces: [{ name: lan, bridge: {} }] } }, networks: [{ name: lan, multus: { networkName: lan } }], volumes: [{ name: seed, cloudInitNoCloud: { networkData: "{ version: 2, ethernets: { enp1s0: { addresses: [10.0.0.5/24] } } }" } }] } } } } } }',
  },
  'object-quota': {
    objects: several(
      '{ apiVersion: v1, kind: ResourceQuota, metadata: { name: team, namespace: n }, spec: { hard: { count/virtualmachines.kubevirt.io: "1" } } }',
      machine('volumes: []'),
      machine('volumes: []', 'db'),
    ),
  },
  'replicas-hostname': {
    objects:
      '{ apiVersion: pool.kubevirt.io/v1beta1, kind: VirtualMachinePool, metadata: { name: web, namespace: n }, spec: { replicas: 3, selector: { matchLabels: { app: web } }, virtualMachineTemplate: { metadata: { labels: { app: web } }, spec: { runStrategy: Always, template: { metadata: { labels: { app: web } }, spec: { hostname: web, domain: { memory: { guest: 1Gi }, devices: {} } } } } } } }',
  },
  'subdomain-service': {
    objects: several(
      '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web, namespace: n }, spec: { runStrategy: Always, template: { metadata: { labels: { app: web } }, spec: { subdomain: guests, domain: { memory: { guest: 1Gi }, devices: {} } } } } }',
      '{ apiVersion: v1, kind: Service, metadata: { name: guests, namespace: n }, spec: { selector: { app: web }, ports: [{ port: 22 }] } }',
    ),
  },
  'time-zone-known': {
    objects:
      '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web, namespace: n }, spec: { runStrategy: Always, template: { spec: { domain: { clock: { timezone: Europe/Zuerich }, memory: { guest: 1Gi }, devices: {} } } } } }',
  },
  'answer-file-cdrom': {
    objects:
      '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: windows, namespace: n }, spec: { runStrategy: Always, template: { spec: { domain: { memory: { guest: 8Gi }, devices: { disks: [{ name: answers, disk: { bus: sata } }] } }, volumes: [{ name: answers, sysprep: { configMap: { name: answers } } }] } } } }',
  },
  'machine-quota': {
    objects: several(
      '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web, namespace: n }, spec: { runStrategy: Always, template: { spec: { domain: { memory: { guest: 4Gi }, devices: {} } } } } }',
      '{ apiVersion: v1, kind: ResourceQuota, metadata: { name: team, namespace: n }, spec: { hard: { limits.memory: 6Gi } } }',
    ),
  },
  'machine-limit-range': {
    objects: several(
      '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web, namespace: n }, spec: { runStrategy: Always, template: { spec: { domain: { memory: { guest: 4Gi }, devices: {} } } } } }',
      '{ apiVersion: v1, kind: LimitRange, metadata: { name: team, namespace: n }, spec: { limits: [{ type: Container, default: { memory: 512Mi } }] } }',
    ),
  },
  'migration-quota': {
    objects: several(
      '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web, namespace: n }, spec: { runStrategy: Always, template: { spec: { domain: { memory: { guest: 1Gi }, devices: { interfaces: [{ name: default, masquerade: {} }] } }, networks: [{ name: default, pod: {} }] } } } }',
      '{ apiVersion: v1, kind: ResourceQuota, metadata: { name: team, namespace: n }, spec: { hard: { requests.memory: 1500Mi } } }',
    ),
  },
  'clone-right': {
    objects: several(
      '{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: cloner }, rules: [{ apiGroups: [cdi.kubevirt.io], resources: [datavolumes/source], verbs: [create] }] }',
      '{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: { name: clone, namespace: images }, subjects: [{ kind: User, name: jane, apiGroup: rbac.authorization.k8s.io }], roleRef: { kind: ClusterRole, name: cloner, apiGroup: rbac.authorization.k8s.io } }',
      '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web, namespace: n }, spec: { runStrategy: Always, dataVolumeTemplates: [{ metadata: { name: boot }, spec: { source: { pvc: { name: golden, namespace: images } }, storage: {} } }], template: { spec: { domain: { memory: { guest: 1Gi }, devices: {} } } } } }',
    ),
  },
  'machine-claim-once': {
    objects: machine(
      'volumes: [{ name: a, persistentVolumeClaim: { claimName: data } }, { name: b, persistentVolumeClaim: { claimName: data } }]',
    ),
  },
  'replicas-share-claim': {
    objects:
      '{ apiVersion: kubevirt.io/v1, kind: VirtualMachineInstanceReplicaSet, metadata: { name: web, namespace: n }, spec: { replicas: 3, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { domain: { memory: { guest: 1Gi }, devices: {} }, volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }] } } } }',
  },
  'machine-memory-limit': {
    objects:
      '{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: web, namespace: n }, spec: { runStrategy: Always, template: { spec: { domain: { memory: { guest: 8Gi }, resources: { limits: { memory: 4Gi } }, devices: {} } } } } }',
  },
  'hotplug-disk-image': {
    objects: several(
      claim('storageClassName: fast'),
      machine('volumes: [{ name: d, persistentVolumeClaim: { claimName: data, hotpluggable: true } }]'),
    ),
  },
  'disk-image-grows': {
    objects: several(
      claim('storageClassName: fast'),
      dv(
        'source: { pvc: { name: data, namespace: n } }, pvc: { storageClassName: fast, accessModes: [ReadWriteMany], resources: { requests: { storage: 5Gi } } }',
        'copy, namespace: n',
      ),
      machine('volumes: [{ name: d, dataVolume: { name: copy } }]'),
    ),
  },
  'snapshot-holds-disks': {
    objects: several(claim('storageClassName: fast'), machine(disk('data')), snapshot()),
    storage: sc(),
  },
  'restore-target-halted': { objects: several(machine(disk('data')), snapshot(), restore()) },
  'snapshot-source-bound': {
    objects: several(
      machine(disk('data')).replace('Always', 'Halted'),
      claim('storageClassName: fast, volumeMode: Block'),
      snapshot(),
    ),
    storage: sc('csi.example.com', ', volumeBindingMode: WaitForFirstConsumer'),
  },
  'restore-target-own': {
    objects: several(machine(disk('data')), machine(disk('other'), 'db'), snapshot(), restore('db')),
  },
  'clone-machine-possible': {
    objects: several(
      machine(disk('data')).replace('devices: {}', 'devices: { tpm: { persistent: true } }'),
      '{ apiVersion: clone.kubevirt.io/v1beta1, kind: VirtualMachineClone, metadata: { name: c, namespace: n }, spec: { source: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web } } }',
    ),
  },
  'export-holds-disks': {
    objects: several(
      machine('volumes: [{ name: d, containerDisk: { image: example.com/disk } }]').replace('Always', 'Halted'),
      exportOf('VirtualMachine', 'web'),
    ),
  },
  'export-source-halted': {
    objects: several(machine(disk('data')), exportOf('VirtualMachine', 'web')),
  },
  'migration-possible': {
    objects: several(
      machine('volumes: [{ name: d, hostDisk: { path: /disk.img, type: Disk } }]'),
      '{ apiVersion: kubevirt.io/v1, kind: VirtualMachineInstanceMigration, metadata: { name: move, namespace: n }, spec: { vmiName: web } }',
    ),
  },
  'network-data-mac': {
    objects: machine(
      'volumes: [{ name: seed, cloudInitNoCloud: { networkData: "version: 2\\nethernets: { lan: { match: { macaddress: 02:00:00:00:00:01 }, dhcp4: true } }" } }]',
    ),
  },
  'user-data-header': {
    objects: machine('volumes: [{ name: seed, cloudInitNoCloud: { userData: "packages: [nginx]" } }]'),
  },
  'user-data-yaml': {
    objects: machine('volumes: [{ name: seed, cloudInitNoCloud: { userData: "#cloud-config\\npackages: [nginx" } }]'),
  },
  'user-data-secret': {
    objects: machine(
      'volumes: [{ name: seed, cloudInitNoCloud: { userData: "#cloud-config\\npassword: changeme\\n" } }]',
    ),
  },
  'network-data-yaml': {
    objects: machine('volumes: [{ name: seed, cloudInitNoCloud: { networkData: "version: 2\\n\\tethernets: {}" } }]'),
  },
  'secret-keys': {
    objects: several(
      '{ apiVersion: v1, kind: Secret, metadata: { name: login, namespace: n }, stringData: { username: jane } }',
      dv(
        'source: { http: { url: "https://example.com/disk.img", secretRef: login } }, storage: { resources: { requests: { storage: 1Gi } } }',
        'data, namespace: n',
      ),
    ),
  },
};

function snapshot(): string {
  return '{ apiVersion: snapshot.kubevirt.io/v1beta1, kind: VirtualMachineSnapshot, metadata: { name: s, namespace: n }, spec: { source: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web } } }';
}

function restore(target = 'web'): string {
  return `{ apiVersion: snapshot.kubevirt.io/v1beta1, kind: VirtualMachineRestore, metadata: { name: r, namespace: n }, spec: { target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: ${target} }, virtualMachineSnapshotName: s } }`;
}

function exportOf(kind: string, name: string): string {
  return `{ apiVersion: export.kubevirt.io/v1beta1, kind: VirtualMachineExport, metadata: { name: e, namespace: n }, spec: { source: { apiGroup: kubevirt.io, kind: ${kind}, name: ${name} } } }`;
}

function several(...objects: readonly string[]): string {
  return objects.join('\n---\n');
}

function sc(provisioner = 'csi.example.com', more = ''): string {
  return `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast }, provisioner: ${provisioner}${more} }`;
}

function profile(sets: string): string {
  return `{ apiVersion: cdi.kubevirt.io/v1beta1, kind: StorageProfile, metadata: { name: fast }, spec: {}, status: { storageClass: fast${sets} } }`;
}

function dv(spec: string, name = 'data'): string {
  return `{ apiVersion: cdi.kubevirt.io/v1beta1, kind: DataVolume, metadata: { name: ${name} }, spec: { ${spec} } }`;
}

function clone(size: string): string {
  return dv(
    `source: { pvc: { name: data, namespace: n } }, pvc: { storageClassName: fast, volumeMode: Block, accessModes: [ReadWriteMany], resources: { requests: { storage: ${size} } } }`,
    'copy, namespace: n',
  );
}

function claim(more: string, size = '1Gi'): string {
  return `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data, namespace: n }, spec: { ${more}, accessModes: [ReadWriteMany], resources: { requests: { storage: ${size} } } } }`;
}

function disk(claimName: string): string {
  return `volumes: [{ name: d, persistentVolumeClaim: { claimName: ${claimName} } }]`;
}

function machine(template: string, name = 'web'): string {
  return `{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: ${name}, namespace: n }, spec: { runStrategy: Always, template: { spec: { domain: { memory: { guest: 1Gi }, devices: {} }, ${template} } } } }`;
}
