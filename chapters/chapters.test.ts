import { Manifest, manifestsOf, synthScenario } from './testing/scenario';

const files = synthScenario();

/** The manifests of a step, in order. */
function step(path: string): Manifest[] {
  return manifestsOf(files.get(`${path}.k8s.yaml`) ?? '');
}

// What follows is written out from the facts of the lab.

const namespace = (name: string): object => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

interface Claim {
  readonly size?: string;
  readonly storageClassName?: string;
  readonly volumeMode?: string;
}

const claimSpec = ({
  size = '1Gi',
  storageClassName = 'storage-class-iscsi',
  volumeMode = 'Block',
}: Claim = {}): object => ({
  accessModes: ['ReadWriteMany'],
  resources: { requests: { storage: size } },
  storageClassName,
  volumeMode,
});

const pvc = (metadata: object, claim?: Claim): object => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata,
  spec: claimSpec(claim),
});

const dataVolume = (metadata: object, spec: object): object => ({
  apiVersion: 'cdi.kubevirt.io/v1beta1',
  kind: 'DataVolume',
  metadata,
  spec,
});

const bootDataVolume = (metadata: object, source: object, claim?: Claim): object =>
  dataVolume(metadata, { contentType: 'kubevirt', pvc: claimSpec(claim), source });

const clone = (metadata: object, claim?: Claim): object =>
  bootDataVolume(metadata, { pvc: { name: 'alpine-boot', namespace: 'sc27-alpine-c' } }, claim);

const registrySource = {
  registry: { url: 'docker://registry.demo.netapp.com/kubevirt/alpine:qcow', secretRef: 'endpoint-secret' },
};

const endpointSecret = (inNamespace: string): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 'endpoint-secret',
    namespace: inNamespace,
    labels: { app: 'containerized-data-importer' },
  },
  type: 'Opaque',
  // registryuser and Netapp1!
  data: { accessKeyId: 'cmVnaXN0cnl1c2Vy', secretKey: 'TmV0YXBwMSE=' },
});

const welcome = {
  runcmd: [
    'echo "alpine:alpine" | chpasswd',
    "echo 'Welcome to Alpine Linux on KubeVirt in the NetApp LoD!' > /etc/motd",
    'apk add --no-cache lsblk parted',
  ],
};

interface Volume {
  readonly name: string;
  readonly claimName?: string;
  readonly hotpluggable?: true;
  readonly userData?: object;
  readonly secretName?: string;
}

const volume = ({ name, claimName, hotpluggable, userData, secretName }: Volume): object => {
  if (claimName !== undefined) {
    const persistentVolumeClaim = hotpluggable === undefined ? { claimName } : { claimName, hotpluggable };
    return { name, persistentVolumeClaim };
  }
  return { name, cloudInitNoCloud: secretName === undefined ? { userData } : { secretRef: { name: secretName } } };
};

const disk = ({ name, hotpluggable }: Volume): object => ({
  name,
  disk: { bus: hotpluggable === true ? 'scsi' : 'virtio' },
});

const vm = (metadata: object, volumes: Volume[], domain: object = {}): object => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata,
  spec: {
    runStrategy: 'Always',
    template: {
      spec: {
        domain: {
          cpu: { cores: 1 },
          devices: { disks: volumes.map(disk), interfaces: [{ name: 'default', masquerade: {} }] },
          resources: { requests: { memory: '128Mi' } },
          ...domain,
        },
        networks: [{ name: 'default', pod: {} }],
        volumes: volumes.map(volume),
      },
    },
  },
});

const rootdisk: Volume = { name: 'rootdisk', claimName: 'alpine-boot' };
const cloudinitdisk: Volume = { name: 'cloudinitdisk', userData: welcome };

const profile = (name: string, cloneStrategy: string): object => ({
  apiVersion: 'cdi.kubevirt.io/v1beta1',
  kind: 'StorageProfile',
  metadata: { name },
  spec: { cloneStrategy },
});

describe('chapter 0', () => {
  test('declares the feature gates of KubeVirt in one object', () => {
    expect(step('0-lab-prep/1-kubevirt')).toEqual([
      {
        apiVersion: 'kubevirt.io/v1',
        kind: 'KubeVirt',
        metadata: { name: 'kubevirt', namespace: 'kubevirt' },
        spec: {
          configuration: {
            developerConfiguration: { useEmulation: true, featureGates: ['DeclarativeHotplugVolumes', 'ExpandDisks'] },
          },
        },
      },
    ]);
  });

  test('declares what CDI does, and what the CDI object of its release says', () => {
    expect(step('0-lab-prep/2-cdi')).toEqual([
      {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'CDI',
        metadata: { name: 'cdi' },
        spec: {
          config: {
            uploadProxyURLOverride: 'https://192.168.0.212:443',
            insecureRegistries: ['registry.demo.netapp.com'],
            scratchSpaceStorageClass: 'storage-class-iscsi-economy',
            featureGates: ['HonorWaitForFirstConsumer', 'WebhookPvcRendering'],
          },
          infra: {
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
          },
          workload: { nodeSelector: { 'kubernetes.io/os': 'linux' } },
        },
      },
    ]);
  });

  test('opens the upload proxy', () => {
    expect(step('0-lab-prep/3-upload-proxy')).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'cdi-uploadproxy-lb', namespace: 'cdi' },
        spec: {
          type: 'LoadBalancer',
          selector: { 'cdi.kubevirt.io': 'cdi-uploadproxy' },
          ports: [{ port: 443, protocol: 'TCP', targetPort: 8443 }],
        },
      },
    ]);
  });
});

describe('the dashboard of chapter 0', () => {
  const objects = step('0-lab-prep/4-dashboard');
  const labels = { app: 'kubevirt-manager', 'kubevirt-manager.io/version': '1.5.4' };
  const inNamespace = { name: 'kubevirt-manager', namespace: 'kubevirt-manager', labels };
  const outside = { name: 'kubevirt-manager', labels };
  const find = (kind: string) => objects.find((object) => object.kind === kind);
  const rights = () =>
    (find('ClusterRole') as unknown as { rules: { resources: string[]; verbs: string[] }[] }).rules.map(
      ({ resources, verbs }) => `${resources.join(' ')}: ${verbs.join(' ')}`,
    );

  test('is these objects', () => {
    expect(objects.map(({ kind, metadata: { name } }) => `${kind}/${name}`)).toEqual([
      'PriorityClass/vm-standard',
      'PriorityClass/vm-preemptible',
      'Namespace/kubevirt-manager',
      'ServiceAccount/kubevirt-manager',
      'ClusterRole/kubevirt-manager',
      'ClusterRoleBinding/kubevirt-manager',
      'ConfigMap/kubevirt-manager-login',
      'Deployment/kubevirt-manager',
      'NetworkPolicy/kubevirt-manager',
      'Service/kubevirt-manager',
    ]);
  });

  test('is reached on a port of the nodes, on Linux nodes alone', () => {
    expect(find('Service')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: inNamespace,
      spec: {
        type: 'NodePort',
        selector: { app: 'kubevirt-manager' },
        ports: [{ name: 'http', protocol: 'TCP', port: 8080, targetPort: 8080 }],
      },
    });
    expect(find('Deployment')).toMatchObject({
      metadata: inNamespace,
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        template: {
          spec: {
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            securityContext: { runAsUser: 10000, runAsGroup: 30000, runAsNonRoot: true },
            containers: [
              {
                image: 'docker.io/kubevirtmanager/kubevirt-manager:1.5.4',
                ports: [{ name: 'http', containerPort: 8080 }],
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
              },
            ],
          },
        },
      },
    });
  });

  test('asks for the login of a Secret that stands in no manifest', () => {
    const text = JSON.stringify(find('Deployment'));
    expect(text).toContain(
      '"secret":{"items":[{"key":".htpasswd","path":".htpasswd"}],"secretName":"dashboard-users"}',
    );
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  test('may look, and operate VMs', () => {
    expect(find('ClusterRoleBinding')).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: outside,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'kubevirt-manager' },
      subjects: [{ kind: 'ServiceAccount', name: 'kubevirt-manager', namespace: 'kubevirt-manager' }],
    });
    expect(rights().filter((right) => !/: (get|list|get list)$/.test(right))).toEqual([
      'virtualmachines/start virtualmachines/stop virtualmachines/restart: update',
      'virtualmachineinstances/pause virtualmachineinstances/unpause: update',
      'virtualmachineinstancemigrations: create',
      'virtualmachinesnapshots: get list create',
    ]);
    expect(rights()).toContain('virtualmachineinstances/console virtualmachineinstances/vnc: get');
    expect(rights().filter((right) => right.includes('secrets'))).toEqual([]);
  });
});

describe('chapters 1.1 to 1.3', () => {
  test('1.1 makes a claim that waits for an upload, and the VM', () => {
    const boot = {
      name: 'alpine-boot',
      namespace: 'sc27-alpine-a',
      annotations: { 'cdi.kubevirt.io/storage.upload.target': '' },
    };
    expect(step('1-1-pvc-upload/1-disk')).toEqual([namespace('sc27-alpine-a'), pvc(boot)]);
    expect(step('1-1-pvc-upload/2-vm')).toEqual([
      vm({ name: 'alpine-vm', namespace: 'sc27-alpine-a' }, [rootdisk, cloudinitdisk]),
    ]);
  });

  test('1.2 imports the image from the registry with its login', () => {
    expect(step('1-2-registry-import/1-disk')).toEqual([
      namespace('sc27-alpine-b'),
      endpointSecret('sc27-alpine-b'),
      bootDataVolume({ name: 'alpine-boot', namespace: 'sc27-alpine-b' }, registrySource),
    ]);
    expect(step('1-2-registry-import/2-vm')).toEqual([
      vm({ name: 'alpine-vm', namespace: 'sc27-alpine-b' }, [rootdisk, cloudinitdisk]),
    ]);
  });

  test('1.3 makes a DataVolume that waits for an upload', () => {
    expect(step('1-3-upload/1-disk')).toEqual([
      namespace('sc27-alpine-c'),
      bootDataVolume({ name: 'alpine-boot', namespace: 'sc27-alpine-c' }, { upload: {} }),
    ]);
    expect(step('1-3-upload/2-vm')).toEqual([
      vm({ name: 'alpine-vm', namespace: 'sc27-alpine-c' }, [rootdisk, cloudinitdisk]),
    ]);
  });
});

describe('chapter 1.4', () => {
  test.each([
    ['1-a-copy', 'sc27-alpine-c', 'alpine-boot-clone', 'alpine-vm-clone', 'clone1'],
    ['2-b-copy-other-namespace', 'sc27-alpine-d', 'alpine-boot-clone', 'alpine-vm-clone2', 'clone2'],
    ['4-c-snapshot', 'sc27-alpine-c', 'alpine-boot-clone3', 'alpine-vm-clone3', 'clone3'],
    ['5-d-snapshot-other-namespace', 'sc27-alpine-e', 'alpine-boot-clone', 'alpine-vm-clone4', 'clone4'],
    ['7-e-csi-clone', 'sc27-alpine-c', 'alpine-boot-clone5', 'alpine-vm-clone5', 'clone5'],
    ['8-f-csi-clone-other-namespace', 'sc27-alpine-f', 'alpine-boot-clone6', 'alpine-vm-clone6', 'clone6'],
  ])('%s clones the disk of 1.3 into %s', (name, place, diskName, vmName, method) => {
    const labels = { method };
    const made = place === 'sc27-alpine-c' ? [] : [namespace(place)];
    expect(step(`1-4-clone-same-class/${name}`)).toEqual([
      ...made,
      clone({ name: diskName, namespace: place, labels }),
      vm({ name: vmName, namespace: place, labels }, [{ name: 'rootdisk', claimName: diskName }]),
    ]);
  });

  test('makes the VolumeSnapshotClass between B and C', () => {
    expect(step('1-4-clone-same-class/3-snapshot-class')).toEqual([
      {
        apiVersion: 'snapshot.storage.k8s.io/v1',
        kind: 'VolumeSnapshotClass',
        metadata: {
          name: 'csi-snap-class',
          annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true' },
        },
        driver: 'csi.trident.netapp.io',
        deletionPolicy: 'Delete',
      },
    ]);
  });

  test('asks for csi-clone between D and E', () => {
    expect(step('1-4-clone-same-class/6-csi-clone-profile')).toEqual([profile('storage-class-iscsi', 'csi-clone')]);
  });
});

describe('chapter 1.5', () => {
  test('makes the second iSCSI class', () => {
    expect(step('1-5-clone-across-classes/1-iscsi2-class')).toEqual([
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'storage-class-iscsi2' },
        provisioner: 'csi.trident.netapp.io',
        parameters: {
          backendType: 'ontap-san',
          sanType: 'iscsi',
          fsType: 'ext4',
          storagePools: 'BackendForiSCSI:.*',
        },
        allowVolumeExpansion: true,
      },
    ]);
  });

  test.each([
    ['2-iscsi2-copy-profile', '3-iscsi2-copy', 'copy', 'storage-class-iscsi2', 'copy-iscsi'],
    ['4-nvme-copy-profile', '5-nvme-copy', 'copy', 'storage-class-nvme', 'copy-nvme'],
    ['6-iscsi2-snapshot-profile', '7-iscsi2-snapshot', 'snapshot', 'storage-class-iscsi2', 'snapshot-iscsi'],
  ])('%s and %s: the strategy, and a clone of the same names', (first, second, strategy, storageClassName, method) => {
    const labels = { method };
    expect(step(`1-5-clone-across-classes/${first}`)).toEqual([profile(storageClassName, strategy)]);
    expect(step(`1-5-clone-across-classes/${second}`)).toEqual([
      clone({ name: 'alpine-boot-clone', namespace: 'sc27-alpine-c', labels }, { storageClassName }),
      vm({ name: 'alpine-vm-clone', namespace: 'sc27-alpine-c', labels }, [
        { name: 'rootdisk', claimName: 'alpine-boot-clone' },
      ]),
    ]);
  });

  test('exports the raw device as qcow2 and serves it', () => {
    const metadata = { name: 'pvc-qcow2-exporter', namespace: 'sc27-alpine-c' };
    const script =
      'set -e\nmkdir -p /data\nqemu-img convert -f raw -O qcow2 /dev/srcdisk /data/src.qcow2\n' +
      'python3 -m http.server 8080 --directory /data\n';
    expect(step('1-5-clone-across-classes/8-nfs-export')).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...metadata, labels: { app: 'pvc-qcow2-exporter' } },
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              name: 'exporter',
              image: 'quay.io/kubevirt/container-disk-v1alpha:latest',
              command: ['/bin/sh', '-c', script],
              volumeDevices: [{ name: 'src', devicePath: '/dev/srcdisk' }],
              ports: [{ containerPort: 8080 }],
            },
          ],
          volumes: [{ name: 'src', persistentVolumeClaim: { claimName: 'alpine-boot' } }],
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { selector: { app: 'pvc-qcow2-exporter' }, ports: [{ port: 8080, targetPort: 8080 }] },
      },
    ]);
  });

  test('imports it into NFS', () => {
    const labels = { method: 'export-import-nfs' };
    const url = 'http://pvc-qcow2-exporter.sc27-alpine-c.svc.cluster.local:8080/src.qcow2';
    expect(step('1-5-clone-across-classes/9-nfs-import')).toEqual([
      dataVolume(
        { name: 'alpine-boot-import-nfs-qcow2', namespace: 'sc27-alpine-c', labels },
        {
          pvc: claimSpec({ size: '2Gi', storageClassName: 'storage-class-nfs', volumeMode: 'Filesystem' }),
          source: { http: { url } },
        },
      ),
      vm({ name: 'alpine-vm-clone', namespace: 'sc27-alpine-c', labels }, [
        { name: 'rootdisk', claimName: 'alpine-boot-import-nfs-qcow2' },
      ]),
    ]);
  });
});

describe('chapter 1.6', () => {
  const labels = (template: string): object => ({
    'kubevirt.io/template': 'true',
    'kubevirt.io/os': 'linux',
    template,
  });

  test('makes two templates, each a disk and the VM that customises it', () => {
    const template = (name: string, message: string): object[] => {
      const metadata = { name, namespace: 'vm-templates', labels: labels(name) };
      const userData = { runcmd: ['echo "alpine:alpine" | chpasswd', `echo '${message}' > /etc/motd`] };
      const volumes = [
        { name: 'rootdisk', claimName: name },
        { name: 'cloudinitdisk', userData },
      ];
      return [bootDataVolume(metadata, registrySource), vm(metadata, volumes)];
    };
    expect(step('1-6-template-catalogue/1-templates')).toEqual([
      namespace('vm-templates'),
      endpointSecret('vm-templates'),
      ...template('alpine-tmpl1', 'This is the first template'),
      ...template('alpine-tmpl2', 'This is the second template'),
    ]);
  });

  test('takes a snapshot of each', () => {
    const snapshot = (name: string): object => ({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name, namespace: 'vm-templates', labels: labels(name) },
      spec: { volumeSnapshotClassName: 'csi-snap-class', source: { persistentVolumeClaimName: name } },
    });
    expect(step('1-6-template-catalogue/2-snapshots')).toEqual([snapshot('alpine-tmpl1'), snapshot('alpine-tmpl2')]);
  });

  test.each([
    ['3-vm1', 'my-alpine', 'pvc', 'pvc'],
    ['4-vm2', 'my-alpine2', 'pvc', 'pvc'],
    ['5-vm3', 'my-alpine3', 'snapshot', 'storage'],
    ['6-vm4', 'my-alpine4', 'snapshot', 'pvc'],
  ])('%s: a VM in %s whose disk is a clone of the %s of alpine-tmpl2, by spec.%s', (name, place, source, claim) => {
    expect(step(`1-6-template-catalogue/${name}`)).toEqual([
      namespace(place),
      dataVolume(
        { name: 'alpine-boot', namespace: place },
        {
          contentType: 'kubevirt',
          [claim]: claimSpec(),
          source: { [source]: { name: 'alpine-tmpl2', namespace: 'vm-templates' } },
        },
      ),
      vm({ name: 'alpine-vm', namespace: place }, [rootdisk]),
    ]);
  });
});

describe('chapter 2', () => {
  const metadata = (name: string): object => ({ name, namespace: 'disks' });
  const datadisk1: Volume = { name: 'datadisk1', claimName: 'alpine-data1' };
  const data2: Volume = { name: 'alpine-data2', claimName: 'alpine-data2', hotpluggable: true };

  test('makes a boot disk and two data disks', () => {
    expect(step('2-secondary-disks/1-disks')).toEqual([
      namespace('disks'),
      bootDataVolume(metadata('alpine-boot'), { upload: {} }),
      pvc(metadata('alpine-data1')),
      pvc(metadata('alpine-data2')),
    ]);
  });

  test.each<[string, Volume[]]>([
    ['2-attached', [rootdisk, datadisk1, cloudinitdisk]],
    ['3-without-cloud-init', [rootdisk, datadisk1]],
    ['5-data2-hotplugged', [rootdisk, datadisk1, data2]],
    ['7-data2-detached', [rootdisk, datadisk1]],
    ['8-data2-attached-again', [rootdisk, datadisk1, data2]],
  ])('%s: the VM in that state', (name, volumes) => {
    expect(step(`2-secondary-disks/${name}`)).toEqual([vm(metadata('alpine-vm'), volumes)]);
  });

  test.each([
    ['4-data1-grown', 'alpine-data1', '2Gi'],
    ['6-data2-grown', 'alpine-data2', '3Gi'],
  ])('%s: the claim, larger', (name, claimName, size) => {
    expect(step(`2-secondary-disks/${name}`)).toEqual([pvc(metadata(claimName), { size })]);
  });
});

describe('chapter 3', () => {
  const efi = { firmware: { bootloader: { efi: { secureBoot: false } } } };
  const secureBoot = {
    firmware: { bootloader: { efi: { secureBoot: true } } },
    features: { smm: { enabled: true } },
  };

  test.each([
    ['alpine', '1', '2', '3', 'uefi', 'alpine-uefi', '1Gi', efi],
    ['ubuntu', '4', '5', '6', 'uefisb', 'ubuntu-uefisb', '5Gi', secureBoot],
  ])('%s: steps %s, %s and %s in namespace %s', (guest, first, second, third, place, name, size, firmware) => {
    const metadata = (id: string): object => ({ name: `${name}-${id}`, namespace: place });
    expect(step(`3-uefi/${first}-${guest}-disk`)).toEqual([
      namespace(place),
      bootDataVolume(metadata('boot'), { upload: {} }, { size }),
    ]);
    const memory = { resources: { requests: { memory: '1Gi' } } };
    const volumes = [
      { name: 'rootdisk', claimName: `${name}-boot` },
      { name: 'cloudinitdisk', secretName: `${name}-cloudinit-userdata` },
    ];
    expect(step(`3-uefi/${second}-${guest}-vm`)).toEqual([
      vm(metadata('vm'), volumes, { ...memory, ...firmware }),
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: metadata('vm-ssh-lb'),
        spec: {
          type: 'LoadBalancer',
          selector: { 'vm.kubevirt.io/name': `${name}-vm` },
          ports: [{ name: 'ssh', port: 22, protocol: 'TCP', targetPort: 22 }],
        },
      },
    ]);
    expect(step(`3-uefi/${third}-${guest}-migration`)).toEqual([
      {
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachineInstanceMigration',
        metadata: { ...metadata('vm-migration'), generateName: `${name}-vm-migration-` },
        spec: { vmiName: `${name}-vm` },
      },
    ]);
  });

  test('holds no Secret, key or password', () => {
    const texts = [...files].filter(([path]) => path.startsWith('3-uefi/') && path.endsWith('.yaml'));
    expect(texts).toHaveLength(6);
    for (const [, text] of texts) {
      expect(manifestsOf(text).map(({ kind }) => kind)).not.toContain('Secret');
      expect(text).not.toMatch(/[Pp]assw|ssh-(rsa|ed25519)|ssh_auth|userData:|stringData|BEGIN|\$6\$/);
    }
  });
});

describe('all chapters', () => {
  const manifests = [...files].flatMap(([path, text]) =>
    path.endsWith('.yaml') ? manifestsOf(text).map((manifest) => ({ path, ...manifest })) : [],
  );
  const clusterScoped = [
    'Namespace',
    'PriorityClass',
    'ClusterRole',
    'ClusterRoleBinding',
    'CDI',
    'StorageClass',
    'StorageProfile',
    'VolumeSnapshotClass',
  ];

  test('give a namespace to what stands in one, and none to what does not', () => {
    const wrong = manifests.filter(
      ({ kind, metadata }) => (metadata.namespace === undefined) !== clusterScoped.includes(kind),
    );
    expect(wrong).toEqual([]);
  });

  test('make each namespace of theirs once, before anything stands in it', () => {
    const made = manifests.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
    expect(made).toEqual([
      'kubevirt-manager',
      'sc27-alpine-a',
      'sc27-alpine-b',
      'sc27-alpine-c',
      'sc27-alpine-d',
      'sc27-alpine-e',
      'sc27-alpine-f',
      'vm-templates',
      'my-alpine',
      'my-alpine2',
      'my-alpine3',
      'my-alpine4',
      'disks',
      'uefi',
      'uefisb',
    ]);
    const known = new Set(['kubevirt', 'cdi']);
    for (const { kind, metadata, path } of manifests) {
      if (kind === 'Namespace') known.add(metadata.name);
      if (metadata.namespace !== undefined && !known.has(metadata.namespace))
        throw new Error(`${path}: ${metadata.name}`);
    }
  });
});
