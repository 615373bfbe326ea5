import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { GrownDisk } from '../disks/claimed-disk';
import { DataVolumeImport } from '../disks/data-volume-import';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { DiskClone } from '../disks/disk-clone';
import { QcowExporter } from '../disks/qcow-exporter';
import { RegistryCredentials } from '../disks/registry-credentials';
import { SecondaryDisk, SecondaryDiskKind } from '../disks/secondary-disk';
import { DiskSnapshot } from '../disks/snapshot';
import { UploadTarget } from '../disks/upload-target';
import { failureOf, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { ContainerDisk } from '../vm/container-disk';
import { DataSource } from '../vm/data-source';
import { GoldenImage } from '../vm/golden-image';
import { GuestPort } from '../vm/guest-port';
import { MigrationPolicy } from '../vm/migration-policy';
import { VirtualMachineClone, VmCloneSource } from '../vm/virtual-machine-clone';
import { VirtualMachineExport, VmExportSource } from '../vm/virtual-machine-export';
import { VirtualMachineInstance } from '../vm/virtual-machine-instance';
import { VirtualMachineInstanceReplicaSet } from '../vm/virtual-machine-instance-replica-set';
import { VirtualMachineClusterInstancetype, VirtualMachineInstancetype } from '../vm/virtual-machine-instancetype';
import { VirtualMachinePool } from '../vm/virtual-machine-pool';
import { VirtualMachineClusterPreference, VirtualMachinePreference } from '../vm/virtual-machine-preference';
import { VirtualMachineRestore } from '../vm/virtual-machine-restore';
import { VirtualMachineSnapshot } from '../vm/virtual-machine-snapshot';
import { VmService } from '../vm/vm-service';
import { Cdi } from './cdi';
import { KubeVirt } from './kubevirt';
import { KubeVirtManager } from './kubevirt-manager';
import { Namespace } from './namespace';
import { StorageClass } from './storage-class';
import { StorageProfile } from './storage-profile';
import { UploadProxyService } from './upload-proxy-service';
import { VolumeSnapshotClass } from './volume-snapshot-class';

type Make = (props: object) => unknown;
type AnyConstruct = new (scope: Construct, id: string, props: never) => Construct;

const SIZE = Size.gibibytes(1);
const LARGER = Size.gibibytes(2);
const LARGEST = Size.gibibytes(3);
const DISK = Disk.fromClaimName('a', { namespace: 'lab', size: SIZE });
const SOURCE = DataVolumeSource.claim(DISK);
const DATA_VOLUME = { size: SIZE, kind: SecondaryDiskKind.DATA_VOLUME };
const LOGIN = { accessKeyId: 'a', secretKey: 'b' };
const SET = { accessModes: ['ReadWriteOnce'], volumeMode: 'Block' };

const VM = { name: 'web', namespace: 'lab' };
const MACHINE = { bootDisk: ContainerDisk.of('a'), memory: SIZE };
const TYPE = { cpu: { guest: 1 }, memory: SIZE };
const SNAPSHOT = VirtualMachineSnapshot.fromName('monday', { namespace: 'lab', vm: VM });

const chart = () => testChart('lab');
const built =
  (type: AnyConstruct): Make =>
  (props) =>
    new type(chart(), 'x', untyped<never>(props));
const secondary = () => new SecondaryDisk(chart(), 'x', { size: SIZE });

/** What is made from which right props, the prop that is misspelt, and the remedy. */
const MADE: [string, Make, object, string, string][] = [
  ['UploadTarget', built(UploadTarget), { size: SIZE }, 'storageClass', `write 'storageClassName'`],
  ['SecondaryDisk', built(SecondaryDisk), { size: SIZE }, 'accessMode', `write 'accessModes'`],
  [
    'SecondaryDisk as a DataVolume',
    built(SecondaryDisk),
    DATA_VOLUME,
    'source',
    'write a DataVolumeImport in its place',
  ],
  ['GrownDisk', (o) => new GrownDisk(chart(), 'x', DISK, LARGER, o), {}, 'label', `write 'labels'`],
  ['SecondaryDisk.grow', (o) => secondary().grow(chart(), 'x', LARGER, o), {}, 'override', `write 'overrides'`],
  [
    'GrownDisk.grow',
    (o) => secondary().grow(chart(), 'x', LARGER).grow(chart(), 'x', LARGEST, o),
    {},
    'name',
    'it knows labels, annotations, overrides',
  ],
  ['DataVolumeImport', built(DataVolumeImport), { size: SIZE, source: SOURCE }, 'volumemode', `write 'volumeMode'`],
  ['DiskClone', built(DiskClone), { source: SOURCE }, 'storageClass', `write 'storageClassName'`],
  ['DiskSnapshot', built(DiskSnapshot), { disk: DISK }, 'snapshotClass', `write 'snapshotClassName'`],
  ['QcowExporter', built(QcowExporter), { disk: DISK }, 'serviceOverride', `write 'serviceOverrides'`],
  [
    'RegistryCredentials.publicDemoValues',
    (props) => RegistryCredentials.publicDemoValues(chart(), 'x', untyped(props)),
    LOGIN,
    'access_key_id',
    `write 'accessKeyId'`,
  ],
  ['Cdi', built(Cdi), {}, 'uploadProxyURL', `write 'uploadProxyUrl'`],
  ['KubeVirt', built(KubeVirt), {}, 'featureGate', `write 'featureGates'`],
  ['KubeVirtManager', built(KubeVirtManager), {}, 'servicetype', `write 'serviceType'`],
  ['Namespace', built(Namespace), {}, 'namespace', 'it knows name, labels, annotations, overrides'],
  ['StorageClass', built(StorageClass), { provisioner: 'a' }, 'reclaim', `write 'reclaimPolicy'`],
  ['GoldenImage', built(GoldenImage), { source: SOURCE }, 'importToKeep', `write 'importsToKeep'`],
  ['DataSource', built(DataSource), { source: SOURCE }, 'defaultPreferenc', `write 'defaultPreference'`],
  ['VmService', built(VmService), { vm: VM, ports: [GuestPort.ssh()] }, 'headles', `write 'headless'`],
  ['VirtualMachineInstance', built(VirtualMachineInstance), MACHINE, 'memori', `write 'memory'`],
  ['VirtualMachineInstanceReplicaSet', built(VirtualMachineInstanceReplicaSet), MACHINE, 'replica', `write 'replicas'`],
  ['VirtualMachinePool', built(VirtualMachinePool), MACHINE, 'updateStrateg', `write 'updateStrategy'`],
  ['VirtualMachineInstancetype', built(VirtualMachineInstancetype), TYPE, 'memori', `write 'memory'`],
  [
    'VirtualMachineClusterInstancetype',
    built(VirtualMachineClusterInstancetype),
    TYPE,
    'hugepage',
    `write 'hugepages'`,
  ],
  ['VirtualMachinePreference', built(VirtualMachinePreference), {}, 'device', `write 'devices'`],
  ['VirtualMachineClusterPreference', built(VirtualMachineClusterPreference), {}, 'feature', `write 'features'`],
  ['VirtualMachineSnapshot', built(VirtualMachineSnapshot), { vm: VM }, 'deletionpolicy', `write 'deletionPolicy'`],
  ['VirtualMachineRestore', built(VirtualMachineRestore), { snapshot: SNAPSHOT }, 'patch', `write 'patches'`],
  ['VirtualMachineClone', built(VirtualMachineClone), { source: VmCloneSource.vm(VM) }, 'target', `write 'targetName'`],
  [
    'VirtualMachineExport',
    built(VirtualMachineExport),
    { source: VmExportSource.vm(VM) },
    'token',
    `write 'tokenSecretN`,
  ],
  ['MigrationPolicy', built(MigrationPolicy), {}, 'bandwidth', `write 'bandwidthPerMigration'`],
  ['StorageProfile', built(StorageProfile), {}, 'snapshotClass', `write 'snapshotClassName'`],
  ['UploadProxyService', built(UploadProxyService), {}, 'port', 'it knows name, labels, annotations, overrides,'],
  ['VolumeSnapshotClass', built(VolumeSnapshotClass), { driver: 'a' }, 'default', `write 'isDefault'`],
  [
    'DataVolumeTemplate.of',
    (options) => DataVolumeTemplate.of('x', untyped(options)),
    { size: SIZE, source: SOURCE },
    'annotation',
    `write 'annotations'`,
  ],
  [
    'DataVolumeSource.registry',
    (options) => DataVolumeSource.registry('docker://a', options),
    {},
    'certConfigMap',
    `write 'certConfigMapName'`,
  ],
  [
    'DataVolumeSource.http',
    (options) => DataVolumeSource.http('https://a', options),
    {},
    'pullMethod',
    'it knows credentials, certConfigMapName, checksum, extraHeaders, secretExtraHeaders',
  ],
  ['Disk.fromClaimName', (facts) => Disk.fromClaimName('a', facts), {}, 'storageClass', `write 'storageClassName'`],
  [
    'DiskSnapshot.fromSnapshotName',
    (facts) => DiskSnapshot.fromSnapshotName('a', facts),
    {},
    'size',
    'it knows namespace, disk',
  ],
  [
    'RegistryCredentials.fromSecretName',
    (options) => RegistryCredentials.fromSecretName('a', options),
    {},
    'NameSpace',
    `write 'namespace'`,
  ],
];

describe.each(MADE)('%s', (_, make, right, key, remedy) => {
  test('is made of known props', () => {
    expect(() => make(right)).not.toThrow();
  });

  test(`fails when it is given '${key}'`, () => {
    const message = failureOf(() => make({ ...right, [key]: 'hunter2' }));
    expect(message).toMatch(/^\[[^\]]+\] '(props|options|facts)' must have known keys only, got /);
    expect(message).toContain(`got "${key}"; ${remedy}`);
    expect(message.split('\n')).toHaveLength(1);
    expect(message).not.toContain('hunter2');
  });
});

describe('StorageProfile', () => {
  test("fails when a claim property set is given 'accessMode'", () => {
    const claimPropertySets = [SET, { ...SET, accessMode: 'ReadWriteMany' }];
    expect(failureOf(() => built(StorageProfile)({ claimPropertySets }))).toBe(
      `[test/x] 'claimPropertySets[1]' must have known keys only, got "accessMode"; write 'accessModes'`,
    );
  });
});
