import { Duration, Size } from 'cdk8s';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { RegistryCredentials } from '../disks/registry-credentials';
import { DiskSnapshot } from '../disks/snapshot';
import { RegistryPullMethod } from '../disks/source-options';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { ClaimApi } from '../storage/claim-modes';
import { Disk, IVolume } from '../storage/disk';
import { AccessCredential } from './access-credential';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { CloudInit, CloudInitDatasource } from './cloud-init';
import { ContainerDisk } from './container-disk';
import { DiskDevice } from './disk-device';
import { InferenceFailurePolicy, Instancetype, Preference } from './instancetype';
import { RunStrategy } from './run-strategy';
import { Sysprep } from './volume';

/*
 * What the unit tests of `virtctl create vm` ask for (KubeVirt v1.9.0, pkg/virtctl/create/vm/vm_test.go), in typed words: the same
 * in meaning. virtctl leaves disks and their buses to the cluster's defaults; here they are written out.
 */

const LOGIN = RegistryCredentials.fromSecretName('secret-ref');
const PVC = Disk.fromClaimName('my-pvc');
const FROM = Disk.fromClaimName('pvc', { namespace: 'default' });
const SIZE = Size.mebibytes(256);
const IGNORE = { failurePolicy: InferenceFailurePolicy.IGNORE };
const CONFIG_DRIVE = { datasource: CloudInitDatasource.CONFIG_DRIVE };
const MANAGE_SSH = ['setsebool -P virt_qemu_ga_manage_ssh on'];

interface Spec {
  readonly dataVolumeTemplates?: object[];
  readonly template: { readonly spec: { readonly volumes: Record<string, unknown>[] } };
}

function made(props: Partial<BootableVMProps>): Spec {
  const memory = props.instancetype === undefined ? Size.mebibytes(512) : undefined;
  const least = { bootDisk: ContainerDisk.of('my.registry/my-image:my-tag'), memory };
  return manifest(new BootableVM(testChart(), 'my-vm', { ...least, ...props })).spec as Spec;
}

function imported(source: DataVolumeSource, size: Size | undefined = SIZE): DataVolumeTemplate {
  return DataVolumeTemplate.of('imported-volume', { source, size, claimApi: ClaimApi.STORAGE });
}

function template(spec: object, size: string | null = '256Mi'): object {
  const storage = size === null ? {} : { resources: { requests: { storage: size } } };
  return { dataVolumeTemplates: [{ metadata: { name: 'imported-volume' }, spec: { storage, ...spec } }] };
}

const sources: [flag: string, source: DataVolumeSource, expected: object][] = [
  ['type:blank', DataVolumeSource.blank(), { blank: {} }],
  [
    'type:gcs',
    DataVolumeSource.gcs('http://url.com', { credentials: LOGIN }),
    { gcs: { url: 'http://url.com', secretRef: 'secret-ref' } },
  ],
  ['type:http', DataVolumeSource.http('http://url.com'), { http: { url: 'http://url.com' } }],
  [
    'type:imageio, with the certificate that CDI demands',
    DataVolumeSource.imageio('http://url.com', '1', { credentials: LOGIN, certConfigMapName: 'my-cert' }),
    { imageio: { url: 'http://url.com', diskId: '1', secretRef: 'secret-ref', certConfigMap: 'my-cert' } },
  ],
  ['type:pvc', DataVolumeSource.claim(FROM), { pvc: { name: 'pvc', namespace: 'default' } }],
  [
    'type:registry, with a scheme that CDI takes',
    DataVolumeSource.registry('docker://url.com', {
      credentials: LOGIN,
      certConfigMapName: 'my-cert',
      pullMethod: RegistryPullMethod.POD,
    }),
    { registry: { url: 'docker://url.com', secretRef: 'secret-ref', certConfigMap: 'my-cert', pullMethod: 'pod' } },
  ],
  [
    'type:s3',
    DataVolumeSource.s3('http://url.com', { credentials: LOGIN, certConfigMapName: 'my-cert' }),
    { s3: { url: 'http://url.com', secretRef: 'secret-ref', certConfigMap: 'my-cert' } },
  ],
  [
    'type:vddk',
    DataVolumeSource.vddk('http://url.com', {
      uuid: '123e-11',
      backingFile: 'backing-file',
      thumbprint: 'test-thumbprint',
      initImageUrl: 'http://url.com',
      credentials: LOGIN,
    }),
    {
      vddk: {
        url: 'http://url.com',
        uuid: '123e-11',
        backingFile: 'backing-file',
        thumbprint: 'test-thumbprint',
        initImageURL: 'http://url.com',
        secretRef: 'secret-ref',
      },
    },
  ],
  [
    'type:snapshot',
    DataVolumeSource.snapshot(DiskSnapshot.fromSnapshotName('snapshot', { namespace: 'default', disk: FROM })),
    { snapshot: { name: 'snapshot', namespace: 'default' } },
  ],
];

describe('what virtctl create vm asks for', () => {
  test.each<[string, Partial<BootableVMProps>, object]>([
    ['--run-strategy by default', {}, { runStrategy: 'Always' }],
    ['--run-strategy', { runStrategy: RunStrategy.MANUAL }, { runStrategy: 'Manual' }],
    [
      '--termination-grace-period',
      { terminationGracePeriod: Duration.seconds(123) },
      { template: { spec: { terminationGracePeriodSeconds: 123 } } },
    ],
    ['--memory by default', {}, { template: { spec: { domain: { memory: { guest: '512Mi' } } } } }],
    ['--memory', { memory: Size.gibibytes(1) }, { template: { spec: { domain: { memory: { guest: '1Gi' } } } } }],
    [
      '--instancetype of the cluster',
      { instancetype: Instancetype.cluster('my-clusterinstancetype') },
      { instancetype: { kind: 'VirtualMachineClusterInstancetype', name: 'my-clusterinstancetype' } },
    ],
    [
      '--instancetype of the namespace',
      { instancetype: Instancetype.namespaced('my-instancetype') },
      { instancetype: { kind: 'VirtualMachineInstancetype', name: 'my-instancetype' } },
    ],
    [
      '--preference of the cluster',
      { preference: Preference.cluster('my-clusterpreference') },
      { preference: { kind: 'VirtualMachineClusterPreference', name: 'my-clusterpreference' } },
    ],
    [
      '--preference of the namespace',
      { preference: Preference.namespaced('my-preference') },
      { preference: { kind: 'VirtualMachinePreference', name: 'my-preference' } },
    ],
    [
      '--volume-pvc with an instance type that may be inferred',
      { bootDisk: PVC, instancetype: Instancetype.inferredFrom('rootdisk', IGNORE) },
      { instancetype: { inferFromVolume: 'rootdisk', inferFromVolumeFailurePolicy: 'Ignore' } },
    ],
    [
      '--volume-pvc and --infer-instancetype',
      { bootDisk: PVC, instancetype: Instancetype.inferredFrom('rootdisk') },
      { instancetype: { inferFromVolume: 'rootdisk' } },
    ],
    [
      '--volume-import of a registry with an instance type that may be inferred',
      {
        bootDisk: imported(DataVolumeSource.registry('docker://my-containerdisk')),
        instancetype: Instancetype.inferredFrom('rootdisk', IGNORE),
      },
      { instancetype: { inferFromVolume: 'rootdisk', inferFromVolumeFailurePolicy: 'Ignore' } },
    ],
    [
      '--infer-preference-from another volume',
      { secondaryDisks: [{ disk: PVC }], preference: Preference.inferredFrom('my-pvc') },
      { preference: { inferFromVolume: 'my-pvc' } },
    ],
    [
      '--volume-containerdisk with a place in the boot order',
      { bootDiskOptions: { name: 'my-cd', bootOrder: 2 } },
      {
        template: {
          spec: {
            domain: { devices: { disks: [{ name: 'my-cd', bootOrder: 2 }] } },
            volumes: [{ name: 'my-cd', containerDisk: { image: 'my.registry/my-image:my-tag' } }],
          },
        },
      },
    ],
    [
      '--volume-pvc with a name and a place in the boot order',
      { bootDisk: PVC, bootDiskOptions: { name: 'my-direct-pvc', bootOrder: 2 } },
      {
        template: {
          spec: {
            domain: { devices: { disks: [{ name: 'my-direct-pvc', bootOrder: 2 }] } },
            volumes: [{ name: 'my-direct-pvc', persistentVolumeClaim: { claimName: 'my-pvc' } }],
          },
        },
      },
    ],
    [
      '--volume-sysprep of a ConfigMap',
      { secondaryDisks: [{ disk: Sysprep.fromConfigMapName('my-src'), device: DiskDevice.CDROM }] },
      { template: { spec: { volumes: [{}, { name: 'sysprep', sysprep: { configMap: { name: 'my-src' } } }] } } },
    ],
    [
      '--volume-sysprep of a Secret',
      { secondaryDisks: [{ disk: Sysprep.fromSecretName('my-src'), device: DiskDevice.CDROM }] },
      { template: { spec: { volumes: [{}, { name: 'sysprep', sysprep: { secret: { name: 'my-src' } } }] } } },
    ],
    [
      '--access-cred type:ssh,method:ga with --user',
      { accessCredentials: [AccessCredential.sshKeysByGuestAgent('my-keys', ['my-user'])] },
      {
        template: {
          spec: {
            accessCredentials: [
              {
                sshPublicKey: {
                  source: { secret: { secretName: 'my-keys' } },
                  propagationMethod: { qemuGuestAgent: { users: ['my-user'] } },
                },
              },
            ],
          },
        },
      },
    ],
    [
      '--access-cred type:password',
      { accessCredentials: [AccessCredential.passwordsByGuestAgent('my-pws')] },
      {
        template: {
          spec: {
            accessCredentials: [
              {
                userPassword: {
                  source: { secret: { secretName: 'my-pws' } },
                  propagationMethod: { qemuGuestAgent: {} },
                },
              },
            ],
          },
        },
      },
    ],
  ])('is said by props: %s', (_, props, expected) => {
    expect(made(props)).toMatchObject(expected);
  });

  test.each<[string, DataVolumeSource, object]>(sources)('is a source: --volume-import %s', (_, source, expected) => {
    const spec = made({ bootDisk: imported(source), bootDiskOptions: { name: 'imported-volume', bootOrder: 5 } });
    expect(spec).toMatchObject(template({ source: expected }));
    expect(spec).toMatchObject({
      template: {
        spec: {
          domain: { devices: { disks: [{ name: 'imported-volume', bootOrder: 5 }] } },
          volumes: [{ name: 'imported-volume', dataVolume: { name: 'imported-volume' } }],
        },
      },
    });
  });

  test.each<[string, DataVolumeSource, object]>([
    ['type:pvc', DataVolumeSource.claim(FROM), { source: { pvc: { name: 'pvc', namespace: 'default' } } }],
    [
      'type:ds with a namespace',
      DataVolumeSource.dataSource('datasource', { namespace: 'default' }),
      { sourceRef: { kind: 'DataSource', name: 'datasource', namespace: 'default' } },
    ],
    [
      'type:ds without a namespace',
      DataVolumeSource.dataSource('datasource'),
      { sourceRef: { kind: 'DataSource', name: 'datasource' } },
    ],
  ])('is a source without a size: --volume-import %s', (_, source, expected) => {
    const bootDisk = DataVolumeTemplate.of('imported-volume', { source, claimApi: ClaimApi.STORAGE });
    expect(made({ bootDisk })).toMatchObject(template(expected, null));
  });

  test('is several disks: --volume-import twice, and --volume-blank', () => {
    const blank = (name: string, size: Size): IVolume =>
      DataVolumeTemplate.of(name, { source: DataVolumeSource.blank(), size, claimApi: ClaimApi.STORAGE });
    const spec = made({
      bootDisk: blank('volume-source1', SIZE),
      secondaryDisks: [{ disk: blank('volume-source2', SIZE) }, { disk: blank('my-blank', Size.gibibytes(10)) }],
    });
    expect(spec.dataVolumeTemplates).toMatchObject([
      { metadata: { name: 'volume-source1' } },
      { metadata: { name: 'volume-source2' } },
      { metadata: { name: 'my-blank' }, spec: { storage: { resources: { requests: { storage: '10Gi' } } } } },
    ]);
  });

  test.each<[string, object, string]>([
    ['NoCloud', {}, 'cloudInitNoCloud'],
    ['a config drive', CONFIG_DRIVE, 'cloudInitConfigDrive'],
  ])(
    'is user and network data by %s: --user, --ssh-key, --ga-manage-ssh, --cloud-init-network-data',
    (_, options, kind) => {
      const users = [{ name: 'my-user', sshAuthorizedKeys: ['ssh-ed25519 AAAA1111 one', 'ssh-ed25519 AAAA2222 two'] }];
      const config = { users, runcmd: MANAGE_SSH };
      const cloudInit = CloudInit.of(config, { ...options, networkData: 'version: 2' });
      const volume = made({ cloudInit }).template.spec.volumes[1];
      expect(volume).toMatchObject({ name: 'cloudinitdisk', [kind]: { networkData: 'version: 2' } });
      const { userData } = volume?.[kind] as { readonly userData: string };
      for (const text of ['#cloud-config', 'name: my-user', 'AAAA1111', 'AAAA2222', 'virt_qemu_ga_manage_ssh']) {
        expect(userData).toContain(text);
      }
    },
  );

  test.each<[string, AccessCredential, object, object]>([
    ['nocloud', AccessCredential.sshKeysByCloudInit('my-keys'), {}, { noCloud: {} }],
    ['configdrive', AccessCredential.sshKeysByConfigDrive('my-keys'), CONFIG_DRIVE, { configDrive: {} }],
  ])('is keys by cloud-init: --access-cred type:ssh,method:%s', (_, credential, options, propagationMethod) => {
    const cloudInit = CloudInit.fromSecretName('user', options);
    expect(made({ cloudInit, accessCredentials: [credential] })).toMatchObject({
      template: { spec: { accessCredentials: [{ sshPublicKey: { propagationMethod } }] } },
    });
  });

  test.each<[string, () => unknown, string]>([
    [
      'a run strategy that is none',
      () => made({ runStrategy: untyped('not-a-bool') }),
      "'runStrategy' must be 'Always'",
    ],
    ['a grace period that is none', () => made({ terminationGracePeriod: untyped('1') }), 'be a Duration of cdk8s'],
    ['memory that is none', () => made({ memory: untyped('abc') }), "'memory' must be a Size of cdk8s"],
    ['an instance type without a name', () => Instancetype.cluster(''), "'name' must be a DNS name"],
    [
      'memory beside an instance type',
      () => made({ memory: SIZE, instancetype: Instancetype.cluster('a') }),
      "'memory' must not be given beside an instancetype",
    ],
    [
      'a registry that an instance type must be inferred from',
      () =>
        made({
          bootDisk: imported(DataVolumeSource.registry('docker://my-containerdisk')),
          instancetype: Instancetype.inferredFrom('rootdisk'),
        }),
      'be a clone of a claim or a golden image',
    ],
    [
      'two disks in one place of the boot order',
      () => made({ bootDiskOptions: { bootOrder: 1 }, secondaryDisks: [{ disk: PVC, bootOrder: 1 }] }),
      "'secondaryDisks[0].bootOrder' must differ",
    ],
    [
      'two disks of one name',
      () => made({ bootDiskOptions: { name: 'a' }, secondaryDisks: [{ disk: PVC, name: 'a' }] }),
      "'secondaryDisks[0].name' must differ",
    ],
    ['a blank disk without a size', () => imported(DataVolumeSource.blank(), untyped(null)), "'size' must be"],
    ['a name that is too long', () => made({ name: 'a'.repeat(64) }), 'at most 63 characters'],
  ])('is refused: %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });
});
