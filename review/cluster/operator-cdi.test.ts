import { report } from '../engine';
import { Json } from '../rule';
import { operatorCdi } from './operator-cdi';

const hyperConverged = (version: string, spec: Json, annotations: Json = {}): Json => ({
  apiVersion: `hco.kubevirt.io/${version}`,
  kind: 'HyperConverged',
  metadata: { name: 'kubevirt-hyperconverged', namespace: 'kubevirt-hyperconverged', annotations },
  spec,
});
const cdi = (config: Json): Json => ({
  apiVersion: 'cdi.kubevirt.io/v1beta1',
  kind: 'CDI',
  metadata: { name: 'cdi' },
  spec: { config },
});
const PATCH = { 'containerizeddataimporter.kubevirt.io/jsonpatch': '[]' };

describe('operatorCdi', () => {
  test('lists the gates that every HyperConverged object makes', () => {
    expect(operatorCdi(hyperConverged('v1beta1', {}))).toMatchObject({
      kind: 'CDI',
      spec: { config: { featureGates: ['HonorWaitForFirstConsumer', 'DataVolumeClaimAdoption'] } },
    });
  });

  test('passes on what both versions say, each at its place', () => {
    const config = {
      scratchSpaceStorageClass: 'scratch',
      filesystemOverhead: { global: '0.1' },
      insecureRegistries: ['registry.lab:5000'],
      podResourceRequirements: { limits: { memory: '1Gi' } },
    };
    const beta = hyperConverged('v1beta1', {
      scratchSpaceStorageClass: 'scratch',
      filesystemOverhead: { global: '0.1' },
      storageImport: { insecureRegistries: ['registry.lab:5000'] },
      resourceRequirements: { storageWorkloads: { limits: { memory: '1Gi' } } },
    });
    const v1 = hyperConverged('v1', {
      storage: {
        scratchSpaceStorageClass: 'scratch',
        filesystemOverhead: { global: '0.1' },
        storageImport: { insecureRegistries: ['registry.lab:5000'] },
        workloadResourceRequirements: { limits: { memory: '1Gi' } },
      },
    });
    expect(operatorCdi(beta)).toMatchObject({ spec: { config } });
    expect(operatorCdi(v1)).toEqual(operatorCdi(beta));
  });

  test('is not known where an annotation patches it', () => {
    expect(operatorCdi(hyperConverged('v1beta1', {}, PATCH))).toBeUndefined();
  });
});

describe('what HyperConverged makes of CDI', () => {
  const storageClass = (name: string, provisioner: string): Json => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner,
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  const local = [
    storageClass('local-disks', 'kubernetes.io/no-provisioner'),
    storageClass('scratch', 'rbd.csi.ceph.com'),
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'disk' },
      spec: {
        storageClassName: 'local-disks',
        capacity: { storage: '10Gi' },
        accessModes: ['ReadWriteOnce'],
        local: { path: '/srv/disk' },
      },
    },
  ];
  const disk = {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: {
      name: 'root',
      namespace: 'lab',
      annotations: { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true' },
    },
    spec: {
      source: { registry: { url: 'docker://quay.io/containerdisks/ubuntu:22.04' } },
      pvc: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'local-disks',
        resources: { requests: { storage: '10Gi' } },
      },
    },
  };
  const rules = (settings: readonly Json[], ...manifests: readonly Json[]): string[] =>
    report([...settings, ...manifests], { kubevirt: 'v1.8.4' }).findings.map(({ rule }) => rule);

  test('gives scratch space the class that its object names, as one of CDI does', () => {
    expect(rules([], ...local, disk)).toContain('claim-scratch');
    const others = [
      cdi({ scratchSpaceStorageClass: 'scratch' }),
      hyperConverged('v1beta1', { scratchSpaceStorageClass: 'scratch' }),
      hyperConverged('v1', { storage: { scratchSpaceStorageClass: 'scratch' } }),
    ];
    for (const one of others) expect(rules([one], ...local, disk)).not.toContain('claim-scratch');
  });

  test('grows what an import asks for by its overhead, as one of CDI does', () => {
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'space', namespace: 'lab' },
      spec: { hard: { 'requests.storage': '25Gi' } },
    };
    const grown = {
      ...disk,
      spec: {
        source: { blank: {} },
        storage: { ...disk.spec.pvc, volumeMode: 'Filesystem', storageClassName: 'scratch' },
      },
    };
    const half = { filesystemOverhead: { global: '0.5' } };
    expect(rules([], ...local, quota, grown)).not.toContain('claim-quota');
    for (const one of [cdi(half), hyperConverged('v1beta1', half), hyperConverged('v1', { storage: half })]) {
      expect(rules([one], ...local, quota, grown)).toContain('claim-quota');
    }
  });

  test('lets a DataVolume take over a claim of its name, also where an annotation may change that', () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'root', namespace: 'lab' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'scratch',
        resources: { requests: { storage: '10Gi' } },
      },
    };
    expect(rules([], claim, disk)).toContain('data-volume-claim-taken');
    const taking = [hyperConverged('v1beta1', {}), hyperConverged('v1', {}), hyperConverged('v1', {}, PATCH)];
    for (const one of taking) expect(rules([one], claim, disk)).not.toContain('data-volume-claim-taken');
  });
});

describe('the gates of KubeVirt that HyperConverged lists', () => {
  test('let a disk image grow with its file system, as long as its releases list ExpandDisks', () => {
    const claim = { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', storageClassName: 'fast' };
    const volume = (name: string, source: Json, storage: string): Json => ({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { name, namespace: 'lab' },
      spec: { source, pvc: { ...claim, resources: { requests: { storage } } } },
    });
    const manifests = [
      volume('golden', { http: { url: 'https://a.example/b.qcow2' } }, '5Gi'),
      volume('copy', { pvc: { name: 'golden', namespace: 'lab' } }, '20Gi'),
      {
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachine',
        metadata: { name: 'web', namespace: 'lab' },
        spec: {
          runStrategy: 'Halted',
          template: {
            spec: {
              domain: { memory: { guest: '1Gi' }, devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] } },
              volumes: [{ name: 'root', dataVolume: { name: 'copy' } }],
            },
          },
        },
      },
    ];
    const rules = (...settings: Json[]): string[] =>
      report([...settings, ...manifests], { kubevirt: 'v1.8.4' }).findings.map(({ rule }) => rule);
    expect(rules()).toContain('disk-image-grows');
    expect(rules(hyperConverged('v1', {}))).not.toContain('disk-image-grows');
  });
});
