import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { GrownDisk } from '../disks/claimed-disk';
import { DataVolumeImport } from '../disks/data-volume-import';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { DiskClone } from '../disks/disk-clone';
import { QcowExporter } from '../disks/qcow-exporter';
import { RegistryCredentials } from '../disks/registry-credentials';
import { SecondaryDisk } from '../disks/secondary-disk';
import { DiskSnapshot } from '../disks/snapshot';
import { UploadTarget } from '../disks/upload-target';
import { manifests, testChart, untyped } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { Disk } from '../storage/disk';
import { CloudInit } from '../vm/cloud-init';
import { CloudInitNetwork } from '../vm/cloud-init-network';
import { ContainerDisk } from '../vm/container-disk';
import { GoldenImage } from '../vm/golden-image';
import { GuestNetwork } from '../vm/guest-network';
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
import { DashboardAccess } from './dashboard-access';
import { KubeVirt } from './kubevirt';
import { KubeVirtManager } from './kubevirt-manager';
import { Namespace } from './namespace';
import { StorageClass } from './storage-class';
import { StorageProfile } from './storage-profile';
import { UploadProxyService } from './upload-proxy-service';
import { VolumeSnapshotClass } from './volume-snapshot-class';

type Make = (props: unknown) => unknown;
type AnyConstruct = new (scope: Construct, id: string, props: never) => Construct;

const SIZE = Size.gibibytes(1);
const DISK = Disk.fromClaimName('a', { namespace: 'lab', size: SIZE });
const SOURCE = DataVolumeSource.claim(DISK);

const VM = { name: 'web', namespace: 'lab' };
const MACHINE = { bootDisk: ContainerDisk.of('a'), memory: SIZE };
const MACHINE_PROPS = ['bootDisk', 'bootDiskOptions', 'secondaryDisks', 'memory', 'networks'];
const TYPE = { cpu: { guest: 1 }, memory: SIZE };
const TYPE_PROPS = [
  'cpu',
  'memory',
  'maxMemory',
  'hugepages',
  'overcommitPercent',
  'gpus',
  'hostDevices',
  'ioThreads',
  'launchSecurity',
  'nodeSelector',
  'schedulerName',
  'templateAnnotations',
];
const PREFERENCE_PROPS = [
  'cpu',
  'devices',
  'features',
  'hyperv',
  'clock',
  'firmware',
  'machineType',
  'architecture',
  'launchSecurity',
  'subdomain',
  'terminationGracePeriod',
  'storageClassName',
  'requirements',
  'templateAnnotations',
];
const CLOUD_CONFIG = [
  'hostname',
  'users',
  'packages',
  'writeFiles',
  'settings',
  'fqdn',
  'locale',
  'keyboard',
  'ntp',
  'groups',
  'userPasswords',
  'sshImportId',
  'finalMessage',
  'phoneHome',
  'powerState',
  'diskSetup',
  'fsSetup',
  'mounts',
  'swap',
  'growpart',
  'resizeRootfs',
  'apt',
  'yumRepos',
  'caCerts',
];
const NETWORK = GuestNetwork.pod({ macAddress: '02:00:00:00:00:0a' });
const SNAPSHOT = VirtualMachineSnapshot.fromName('monday', { namespace: 'lab', vm: VM });

const OBJECT = ['name', 'namespace', 'labels', 'annotations', 'overrides'];
const CLAIM = ['size', 'accessModes', 'volumeMode', 'storageClassName'];
const DATA_VOLUME = [...CLAIM, 'source', 'contentType', 'claimApi', 'bindImmediately'];

const built =
  (type: AnyConstruct): Make =>
  (props) =>
    manifests(new type(testChart('lab'), 'x', untyped<never>(props)));
const template: Make = (options) => DataVolumeTemplate.of('x', untyped(options))._render('lab');
const credentials: Make = (props) =>
  manifests(RegistryCredentials.publicDemoValues(testChart('lab'), 'x', untyped(props)));
const grown: Make = (options) =>
  manifests(new GrownDisk(testChart('lab'), 'x', DISK, Size.gibibytes(2), untyped(options)));
const grownDisk: Make = (disk) => manifests(new GrownDisk(testChart('lab'), 'x', untyped(disk), Size.gibibytes(2)));

/** What is made, from which right props, and the props that are then made wrong. */
const MADE: [string, Make, object, string[]][] = [
  ['UploadTarget', built(UploadTarget), { size: SIZE }, [...OBJECT, ...CLAIM, 'bindImmediately']],
  ['SecondaryDisk', built(SecondaryDisk), { size: SIZE }, [...OBJECT, ...CLAIM, 'kind', 'bindImmediately']],
  ['GrownDisk', grown, {}, ['labels', 'annotations', 'overrides']],
  ['the disk of a GrownDisk', grownDisk, { claimName: 'a' }, ['claimName', 'namespace', ...CLAIM]],
  ['DataVolumeImport', built(DataVolumeImport), { size: SIZE, source: SOURCE }, [...OBJECT, ...DATA_VOLUME]],
  ['DataVolumeTemplate', template, { size: SIZE, source: SOURCE }, ['labels', 'annotations', ...DATA_VOLUME]],
  ['DiskClone', built(DiskClone), { source: SOURCE }, [...OBJECT, ...DATA_VOLUME, 'catalog']],
  ['DiskSnapshot', built(DiskSnapshot), { disk: DISK }, [...OBJECT, 'disk', 'snapshotClassName']],
  ['QcowExporter', built(QcowExporter), { disk: DISK }, [...OBJECT, 'disk', 'image', 'port', 'serviceOverrides']],
  ['RegistryCredentials', credentials, { accessKeyId: 'a', secretKey: 'b' }, [...OBJECT, 'accessKeyId', 'secretKey']],
  ['KubeVirt', built(KubeVirt), {}, [...OBJECT, 'useEmulation', 'featureGates']],
  [
    'Cdi',
    built(Cdi),
    {},
    [
      ...OBJECT,
      'uploadProxyUrl',
      'insecureRegistries',
      'scratchSpaceStorageClassName',
      'cloneStrategyOverride',
      'filesystemOverhead',
      'featureGates',
      'infrastructure',
      'workloads',
    ],
  ],
  [
    'KubeVirtManager',
    built(KubeVirtManager),
    {},
    [
      ...OBJECT,
      'version',
      'image',
      'access',
      'login',
      'serviceType',
      'nodeSelector',
      'resources',
      'imageDefinition',
      'priorityClasses',
      'serviceOverrides',
      'networkPolicyOverrides',
    ],
  ],
  [
    'DashboardAccess.operate',
    (options) => DashboardAccess.operate(untyped(options)),
    {},
    ['namespaces', 'viewsWholeCluster'],
  ],
  ['Namespace', built(Namespace), {}, OBJECT],
  [
    'StorageClass',
    built(StorageClass),
    { provisioner: 'a' },
    [...OBJECT, 'provisioner', 'parameters', 'allowVolumeExpansion', 'volumeBindingMode', 'reclaimPolicy'],
  ],
  [
    'GoldenImage',
    built(GoldenImage),
    { source: SOURCE },
    [
      ...OBJECT,
      ...CLAIM,
      'source',
      'schedule',
      'claimApi',
      'dataSourceName',
      'retentionPolicy',
      'garbageCollect',
      'importsToKeep',
      'defaultInstancetype',
      'defaultPreference',
      'dataSourceOverrides',
    ],
  ],
  [
    'VmService',
    built(VmService),
    { vm: VM, ports: [GuestPort.ssh()] },
    [
      ...OBJECT,
      'vm',
      'ports',
      'type',
      'headless',
      'selector',
      'externalTrafficPolicy',
      'loadBalancerClass',
      'loadBalancerSourceRanges',
      'ipFamilyPolicy',
      'publishNotReadyAddresses',
    ],
  ],
  ['GuestPort.tcp', (options) => GuestPort.tcp('web', 80, untyped(options))._render(), {}, ['port', 'nodePort']],
  ['VirtualMachineInstance', built(VirtualMachineInstance), MACHINE, [...OBJECT, ...MACHINE_PROPS]],
  [
    'VirtualMachineInstanceReplicaSet',
    built(VirtualMachineInstanceReplicaSet),
    MACHINE,
    [...OBJECT, ...MACHINE_PROPS, 'replicas', 'selector', 'paused', 'templateLabels', 'templateAnnotations'],
  ],
  [
    'VirtualMachinePool',
    built(VirtualMachinePool),
    MACHINE,
    [
      ...OBJECT,
      ...MACHINE_PROPS,
      'replicas',
      'selector',
      'paused',
      'vmLabels',
      'vmAnnotations',
      'templateLabels',
      'maxUnavailable',
      'nameGeneration',
      'scaleInStrategy',
      'updateStrategy',
      'autohealing',
    ],
  ],
  ['VirtualMachineInstancetype', built(VirtualMachineInstancetype), TYPE, [...OBJECT, ...TYPE_PROPS]],
  ['VirtualMachineClusterInstancetype', built(VirtualMachineClusterInstancetype), TYPE, [...OBJECT, ...TYPE_PROPS]],
  ['VirtualMachinePreference', built(VirtualMachinePreference), {}, [...OBJECT, ...PREFERENCE_PROPS]],
  ['VirtualMachineClusterPreference', built(VirtualMachineClusterPreference), {}, [...OBJECT, ...PREFERENCE_PROPS]],
  ['CloudInit.userDataOf', (config) => CloudInit.userDataOf(untyped(config)), {}, CLOUD_CONFIG],
  [
    'CloudInitNetwork.v2',
    (link) => CloudInitNetwork.v2([untyped(link)])._text(),
    { network: NETWORK },
    ['network', 'name', 'dhcp4', 'dhcp6', 'addresses', 'routes', 'nameservers', 'searchDomains', 'mtu'],
  ],
  [
    'VirtualMachineSnapshot',
    built(VirtualMachineSnapshot),
    { vm: VM },
    [...OBJECT, 'vm', 'deletionPolicy', 'failureDeadline'],
  ],
  [
    'VirtualMachineRestore',
    built(VirtualMachineRestore),
    { snapshot: SNAPSHOT },
    [
      ...OBJECT,
      'snapshot',
      'vm',
      'targetReadinessPolicy',
      'volumeRestorePolicy',
      'volumeOwnershipPolicy',
      'volumeRestoreOverrides',
      'patches',
    ],
  ],
  [
    'VirtualMachineClone',
    built(VirtualMachineClone),
    { source: VmCloneSource.vm(VM) },
    [
      ...OBJECT,
      'source',
      'targetName',
      'labelFilters',
      'annotationFilters',
      'templateLabelFilters',
      'templateAnnotationFilters',
      'newMacAddresses',
      'newSmbiosSerial',
      'patches',
      'volumeNamePolicy',
    ],
  ],
  [
    'VirtualMachineExport',
    built(VirtualMachineExport),
    { source: VmExportSource.vm(VM) },
    [...OBJECT, 'source', 'tokenSecretName', 'ttl'],
  ],
  [
    'MigrationPolicy',
    built(MigrationPolicy),
    {},
    [
      ...OBJECT,
      'namespaceSelector',
      'virtualMachineInstanceSelector',
      'allowAutoConverge',
      'allowPostCopy',
      'allowWorkloadDisruption',
      'bandwidthPerMigration',
      'completionTimeoutPerGiB',
      'maxDowntime',
      'compression',
    ],
  ],
  ['StorageProfile', built(StorageProfile), {}, [...OBJECT, 'cloneStrategy', 'claimPropertySets', 'snapshotClassName']],
  ['UploadProxyService', built(UploadProxyService), {}, [...OBJECT, 'type']],
  [
    'VolumeSnapshotClass',
    built(VolumeSnapshotClass),
    { driver: 'a' },
    [...OBJECT, 'driver', 'deletionPolicy', 'isDefault', 'parameters'],
  ],
  [
    'DataVolumeSource.registry',
    (options) => DataVolumeSource.registry('docker://a', untyped(options)),
    {},
    ['credentials', 'certConfigMapName', 'pullMethod'],
  ],
  ['DataVolumeSource.claim', (disk) => DataVolumeSource.claim(untyped(disk)), { claimName: 'a' }, ['claimName']],
  [
    'DataVolumeSource.snapshot',
    (snapshot) => DataVolumeSource.snapshot(untyped(snapshot)),
    { snapshotName: 'a' },
    ['snapshotName', 'namespace', 'disk'],
  ],
  ['Disk.fromClaimName', (facts) => Disk.fromClaimName('a', untyped(facts)), {}, ['namespace', ...CLAIM]],
  [
    'StorageCatalog.of',
    (facts) => StorageCatalog.of(untyped(facts)),
    { storageClasses: [] },
    ['storageClasses', 'snapshotClasses', 'cdi'],
  ],
  [
    'the settings of CDI in a StorageCatalog',
    (cdi) => StorageCatalog.of({ storageClasses: [], cdi: untyped(cdi) }),
    {},
    ['cloneStrategyOverride', 'filesystemOverhead', 'filesystemOverheadOf'],
  ],
  [
    'StorageCatalog.predictClone',
    (request) => StorageCatalog.of({ storageClasses: [] }).predictClone(untyped(request)),
    { source: DISK, target: DISK },
    ['source', 'target', 'fromSnapshot', 'claimApi', 'contentType'],
  ],
];

const anything = fc.oneof(
  fc.anything({ withDate: true, withMap: true, withNullPrototype: true, withSet: true }),
  fc.array(fc.anything()),
  fc.dictionary(fc.string(), fc.anything()),
  fc.constantFrom(null, '', [], {}, [null], [undefined], Symbol('a'), () => 1, 10n, NaN),
);

describe.each(MADE)('%s', (_, make, right, properties) => {
  test('is made of right props', () => {
    expect(() => make(right)).not.toThrow();
  });

  test('is made or refused in words, whatever stands in the place of its props', () => {
    fc.assert(
      fc.property(anything, (value) => isMadeOrRefused(() => make(value))),
      { numRuns: 25 },
    );
  });

  test.each(properties)('is made or refused in words, whatever stands in the place of %s', (property) => {
    fc.assert(
      fc.property(anything, (value) => isMadeOrRefused(() => make({ ...right, [property]: value }))),
      { numRuns: 25 },
    );
  });
});

/** Throws an error that is not a refusal of ours. */
function isMadeOrRefused(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'Error' || !/^\[[^\]]+\] /.test(message)) throw error;
  }
}
