import { Chart, Duration, Cron } from 'cdk8s';
import { Secret, PercentOrAbsolute } from 'cdk8s-plus-27';
import {
  AccessMode,
  BootableVM,
  BootableVMProps,
  Cdi,
  CloneSourceAccess,
  CloneSubject,
  ContainerDisk,
  DashboardAccess,
  DataVolumeImport,
  DataVolumeImportProps,
  DataVolumeSource,
  DataVolumeTemplate,
  Disk,
  GoldenImage,
  KubeVirt,
  KubeVirtManager,
  LiveMigration,
  MigrationPolicy,
  Namespace,
  Quantity,
  StorageClass,
  StorageProfile,
  Sysprep,
  VirtualMachine,
  VirtualMachineClone,
  VirtualMachineExport,
  VirtualMachineInstancetype,
  VirtualMachinePool,
  VirtualMachineRestore,
  VirtualMachineSnapshot,
  VmCloneSource,
  VmExportSource,
  Volume,
  VolumeBindingMode,
  VolumeMode,
} from '../index';
import { gibi, testWrongInputs, WrongInput } from '../shared/testing/wrong-inputs';

const MACHINE = { bootDisk: Disk.fromClaimName('boot'), memory: gibi(2) };
const IMAGE = { source: DataVolumeSource.registry('docker://quay.io/a/b:1'), size: gibi(1) };

function vm(chart: Chart, props: Partial<BootableVMProps> = {}): BootableVM {
  return new BootableVM(chart, 'vm', { ...MACHINE, ...props });
}

function disk(chart: Chart, props: Partial<DataVolumeImportProps>): DataVolumeImport {
  return new DataVolumeImport(chart, 'disk', { source: DataVolumeSource.blank(), size: gibi(1), ...props });
}

function secret(chart: Chart): Secret {
  return new Secret(chart, 'secret', { metadata: { name: 'login' } });
}

/** What people write without TypeScript, and what they mean. */
const WRONG: readonly WrongInput[] = [
  [
    'a container disk has a scheme',
    (chart) => vm(chart, { bootDisk: ContainerDisk.of('docker://quay.io/a/b:1') }),
    "[ContainerDisk.of] 'image' must be the name of an image, got \"docker://quay.io/a/b:1\"; write 'quay.io/a/b:1'",
    (chart) => vm(chart, { bootDisk: ContainerDisk.of('quay.io/a/b:1') }),
    'VirtualMachine.spec.template.spec.volumes.0.containerDisk.image',
    'quay.io/a/b:1',
  ],
  [
    'a container disk has a blank',
    (chart) => vm(chart, { bootDisk: ContainerDisk.of('quay.io/a/b:1 ') }),
    "[ContainerDisk.of] 'image' must hold no blank, got \"quay.io/a/b:1 \"; write 'quay.io/a/b:1'",
    (chart) => vm(chart, { bootDisk: ContainerDisk.of('quay.io/a/b:1') }),
    'VirtualMachine.spec.template.spec.volumes.0.containerDisk.image',
    'quay.io/a/b:1',
  ],
  [
    'a container disk is a file of a web server',
    (chart) => vm(chart, { bootDisk: ContainerDisk.of('https://a.example/b.qcow2') }),
    "[ContainerDisk.of] 'image' must be the name of an image, got \"https://a.example/b.qcow2\"; write new DataVolumeImport(chart, 'boot', { source: DataVolumeSource.http('https://a.example/b.qcow2'), size: Size.gibibytes(…) })",
    (chart) => vm(chart, { bootDisk: disk(chart, { source: DataVolumeSource.http('https://a.example/b.qcow2') }) }),
    'DataVolume.spec.source.http.url',
    'https://a.example/b.qcow2',
  ],
  [
    'a template of a disk has no name',
    (_chart, wrong) =>
      DataVolumeTemplate.of(wrong({ source: DataVolumeSource.blank(), size: gibi(1) }), wrong(undefined)),
    "[DataVolumeTemplate.of] 'name' must be a DNS name (lower-case letters, digits, '-' and '.', at most 253 characters), got an object\n[DataVolumeTemplate.of] 'options' must be an object, got nothing",
    (chart) =>
      vm(chart, { bootDisk: DataVolumeTemplate.of('boot', { source: DataVolumeSource.blank(), size: gibi(1) }) }),
    'VirtualMachine.spec.dataVolumeTemplates.0.metadata.name',
    'boot',
  ],
  [
    "the name of a volume's Secret is the Secret",
    (chart, wrong) => Volume.secret(wrong(secret(chart))),
    "[Volume.secret] 'name' must be a DNS name (lower-case letters, digits, '-' and '.', at most 253 characters), got a Secret; write its name: 'login'",
    (chart) => vm(chart, { secondaryDisks: [{ disk: Volume.secret('login') }] }),
    'VirtualMachine.spec.template.spec.volumes.1.secret.secretName',
    'login',
  ],
  [
    "the name of a sysprep's Secret is the Secret",
    (chart, wrong) => Sysprep.fromSecretName(wrong(secret(chart))),
    "[Sysprep.fromSecretName] 'name' must be a DNS name (lower-case letters, digits, '-' and '.', at most 253 characters), got a Secret; write its name: 'login'",
    (chart) => vm(chart, { secondaryDisks: [{ disk: Sysprep.fromSecretName('login') }] }),
    'VirtualMachine.spec.template.spec.volumes.1.sysprep.secret.name',
    'login',
  ],
  [
    'the VM of a snapshot is a name',
    (chart, wrong) => new VirtualMachineSnapshot(chart, 'x', { vm: wrong('web') }),
    '[test/x] \'vm\' must be a VM, got "web"; write VirtualMachine.fromName("web")',
    (chart) => new VirtualMachineSnapshot(chart, 'x', { vm: VirtualMachine.fromName('web') }),
    'VirtualMachineSnapshot.spec.source.name',
    'web',
  ],
  [
    'the deadline of a snapshot is a number',
    (chart, wrong) =>
      new VirtualMachineSnapshot(chart, 'x', { vm: VirtualMachine.fromName('web'), failureDeadline: wrong(5) }),
    "[test/x] 'failureDeadline' must be a Duration of cdk8s, got 5; write Duration.seconds(5)",
    (chart) =>
      new VirtualMachineSnapshot(chart, 'x', {
        vm: VirtualMachine.fromName('web'),
        failureDeadline: Duration.seconds(5),
      }),
    'VirtualMachineSnapshot.spec.failureDeadline',
    '5s',
  ],
  [
    'the snapshot of a restore is a name',
    (chart, wrong) =>
      new VirtualMachineRestore(chart, 'x', { snapshot: wrong('monday'), vm: VirtualMachine.fromName('web') }),
    '[test/x] \'snapshot\' must be a snapshot of a VM, got "monday"; write VirtualMachineSnapshot.fromName("monday")',
    (chart) =>
      new VirtualMachineRestore(chart, 'x', {
        snapshot: VirtualMachineSnapshot.fromName('monday'),
        vm: VirtualMachine.fromName('web'),
      }),
    'VirtualMachineRestore.spec.virtualMachineSnapshotName',
    'monday',
  ],
  [
    'nobody says which VM a restore is of',
    (chart) => new VirtualMachineRestore(chart, 'x', { snapshot: VirtualMachineSnapshot.fromName('monday') }),
    "[test/x] 'vm' must be a VM, got nothing; give the BootableVM, or write VirtualMachine.fromName(…)",
    (chart) =>
      new VirtualMachineRestore(chart, 'x', {
        snapshot: VirtualMachineSnapshot.fromName('monday'),
        vm: VirtualMachine.fromName('web'),
      }),
    'VirtualMachineRestore.spec.target.name',
    'web',
  ],
  [
    'the source of a clone is a name',
    (chart, wrong) => new VirtualMachineClone(chart, 'x', { source: wrong('web') }),
    "[test/x] 'source' must be a VmCloneSource, got \"web\"; write VmCloneSource.vm(VirtualMachine.fromName('web'))",
    (chart) => new VirtualMachineClone(chart, 'x', { source: VmCloneSource.vm(VirtualMachine.fromName('web')) }),
    'VirtualMachineClone.spec.source.name',
    'web',
  ],
  [
    'the source of a clone is a VM',
    (chart, wrong) => new VirtualMachineClone(chart, 'x', { source: wrong(vm(chart)) }),
    "[test/x] 'source' must be a VmCloneSource, got a BootableVM; write VmCloneSource.vm(it)",
    (chart) => new VirtualMachineClone(chart, 'x', { source: VmCloneSource.vm(vm(chart)) }),
    'VirtualMachineClone.spec.source.name',
    'vm',
  ],
  [
    'the source of an export is a disk',
    (chart, wrong) => new VirtualMachineExport(chart, 'x', { source: wrong(Disk.fromClaimName('data')) }),
    "[test/x] 'source' must be a VmExportSource, got an object; write VmExportSource.claim(it)",
    (chart) => new VirtualMachineExport(chart, 'x', { source: VmExportSource.claim(Disk.fromClaimName('data')) }),
    'VirtualMachineExport.spec.source.name',
    'data',
  ],
  [
    'the VM of a live migration is a name',
    (chart, wrong) => new LiveMigration(chart, 'x', { vm: wrong('web') }),
    '[test/x] \'vm\' must be a VM, got "web"; write VirtualMachine.fromName("web")',
    (chart) => new LiveMigration(chart, 'x', { vm: VirtualMachine.fromName('web') }),
    'VirtualMachineInstanceMigration.spec.vmiName',
    'web',
  ],
  [
    'the replicas of a pool are text',
    (chart, wrong) =>
      new VirtualMachinePool(chart, 'x', { ...MACHINE, bootDisk: ContainerDisk.of('a'), replicas: wrong('3') }),
    '[test/x] \'replicas\' must be a whole number of at least 0, got "3"; write 3',
    (chart) => new VirtualMachinePool(chart, 'x', { ...MACHINE, bootDisk: ContainerDisk.of('a'), replicas: 3 }),
    'VirtualMachinePool.spec.replicas',
    3,
  ],
  [
    'a share of a pool is text',
    (chart, wrong) =>
      new VirtualMachinePool(chart, 'x', { ...MACHINE, bootDisk: ContainerDisk.of('a'), maxUnavailable: wrong('50%') }),
    '[test/x] \'maxUnavailable\' must be a PercentOrAbsolute of cdk8s-plus-27, got "50%"; write PercentOrAbsolute.percent(50)',
    (chart) =>
      new VirtualMachinePool(chart, 'x', {
        ...MACHINE,
        bootDisk: ContainerDisk.of('a'),
        maxUnavailable: PercentOrAbsolute.percent(50),
      }),
    'VirtualMachinePool.spec.maxUnavailable',
    '50%',
  ],
  [
    'the cpu of an instance type is a number',
    (chart, wrong) => new VirtualMachineInstancetype(chart, 'x', { cpu: wrong(2), memory: gibi(2) }),
    "[test/x] 'cpu' must be an object, got 2; write { guest: 2 }",
    (chart) => new VirtualMachineInstancetype(chart, 'x', { cpu: { guest: 2 }, memory: gibi(2) }),
    'VirtualMachineInstancetype.spec.cpu.guest',
    2,
  ],
  [
    'the cpu of an instance type is that of a VM',
    (chart, wrong) => new VirtualMachineInstancetype(chart, 'x', { cpu: wrong({ cores: 2 }), memory: gibi(2) }),
    "[test/x] 'cpu' must have known keys only, got \"cores\"; write 'guest'\n[test/x] 'cpu.guest' must be given, got nothing",
    (chart) => new VirtualMachineInstancetype(chart, 'x', { cpu: { guest: 2 }, memory: gibi(2) }),
    'VirtualMachineInstancetype.spec.cpu.guest',
    2,
  ],
  [
    'an instance type has no memory',
    (chart, wrong) => new VirtualMachineInstancetype(chart, 'x', wrong({ cpu: { guest: 2 } })),
    "[test/x] 'memory' must be given, got nothing; write for example Size.gibibytes(2)",
    (chart) => new VirtualMachineInstancetype(chart, 'x', { cpu: { guest: 2 }, memory: gibi(2) }),
    'VirtualMachineInstancetype.spec.memory.guest',
    '2Gi',
  ],
  [
    'a schedule is text',
    (chart, wrong) => new GoldenImage(chart, 'x', { ...IMAGE, schedule: wrong('30 3 * * 1') }),
    "[test/x] 'schedule' must be a Cron of cdk8s, got \"30 3 * * 1\"; write Cron.schedule({ minute: '30', hour: '3', weekDay: '1' })",
    (chart) =>
      new GoldenImage(chart, 'x', { ...IMAGE, schedule: Cron.schedule({ minute: '30', hour: '3', weekDay: '1' }) }),
    'DataImportCron.spec.schedule',
    '30 3 * * 1',
  ],
  [
    'a class has no provisioner',
    (chart, wrong) => new StorageClass(chart, 'x', wrong({})),
    "[test/x] 'provisioner' must be the name of a CSI driver, such as 'csi.trident.netapp.io', got nothing",
    (chart) => new StorageClass(chart, 'x', { provisioner: 'csi.example' }),
    'StorageClass.provisioner',
    'csi.example',
  ],
  [
    'a parameter of a class is a number',
    (chart, wrong) => new StorageClass(chart, 'x', { provisioner: 'csi.example', parameters: wrong({ replicas: 3 }) }),
    '[test/x] \'parameters["replicas"]\' must be text, got 3; quote it',
    (chart) => new StorageClass(chart, 'x', { provisioner: 'csi.example', parameters: { replicas: '3' } }),
    'StorageClass.parameters.replicas',
    '3',
  ],
  [
    'a binding mode is in lower case',
    (chart, wrong) =>
      new StorageClass(chart, 'x', { provisioner: 'csi.example', volumeBindingMode: wrong('immediate') }),
    "[test/x] 'volumeBindingMode' must be 'Immediate' or 'WaitForFirstConsumer', got \"immediate\"; write 'Immediate'",
    (chart) =>
      new StorageClass(chart, 'x', { provisioner: 'csi.example', volumeBindingMode: VolumeBindingMode.IMMEDIATE }),
    'StorageClass.volumeBindingMode',
    'Immediate',
  ],
  [
    'the modes of a profile are abbreviated',
    (chart, wrong) =>
      new StorageProfile(chart, 'x', { claimPropertySets: wrong([{ accessModes: 'RWX', volumeMode: 'Block' }]) }),
    "[test/x] 'claimPropertySets[0].accessModes' must be a list of 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or 'ReadWriteOncePod', got \"RWX\"; write [\"ReadWriteMany\"]",
    (chart) =>
      new StorageProfile(chart, 'x', {
        claimPropertySets: [{ accessModes: [AccessMode.READ_WRITE_MANY], volumeMode: VolumeMode.BLOCK }],
      }),
    'StorageProfile.spec.claimPropertySets.0.accessModes',
    ['ReadWriteMany'],
  ],
  [
    'the gates of KubeVirt are text',
    (chart, wrong) => new KubeVirt(chart, 'x', { featureGates: wrong('Snapshot') }),
    '[test/x] \'featureGates\' must be a list of text, got "Snapshot"; write ["Snapshot"]',
    (chart) => new KubeVirt(chart, 'x', { featureGates: ['Snapshot'] }),
    'KubeVirt.spec.configuration.developerConfiguration.featureGates',
    ['Snapshot'],
  ],
  [
    'the overhead of CDI is text',
    (chart, wrong) => new Cdi(chart, 'x', { filesystemOverhead: wrong('5%') }),
    '[test/x] \'filesystemOverhead\' must be a fraction from 0 to 1 of at most three decimals, got "5%"; write 0.05',
    (chart) => new Cdi(chart, 'x', { filesystemOverhead: 0.05 }),
    'CDI.spec.config.filesystemOverhead.global',
    '0.05',
  ],
  [
    'who may clone is a name',
    (chart, wrong) => new CloneSourceAccess(chart, 'x', { subjects: wrong(['desk']) }),
    "[test/x] 'subjects[0]' must be a CloneSubject, got a value of type 'string'; write CloneSubject.serviceAccount('desk'), where 'desk' is its namespace",
    (chart) => new CloneSourceAccess(chart, 'x', { subjects: [CloneSubject.serviceAccount('desk')] }),
    'RoleBinding.subjects.0.namespace',
    'desk',
  ],
  [
    'the access of a dashboard is a word',
    (chart, wrong) => new KubeVirtManager(chart, 'x', { access: wrong('view') }),
    '[test/x] \'access\' must be a DashboardAccess, got "view"; write for example DashboardAccess.view()',
    (chart) => new KubeVirtManager(chart, 'x', { access: DashboardAccess.view() }),
    'ClusterRole.metadata.name',
    'x',
  ],
  [
    'the bandwidth of a policy is text',
    (chart, wrong) => new MigrationPolicy(chart, 'x', { bandwidthPerMigration: wrong('64Mi') }),
    "[test/x] 'bandwidthPerMigration' must be a Size of cdk8s, got \"64Mi\"; write Quantity.parse('64Mi')",
    (chart) => new MigrationPolicy(chart, 'x', { bandwidthPerMigration: Quantity.parse('64Mi') }),
    'MigrationPolicy.spec.bandwidthPerMigration',
    '64Mi',
  ],
  [
    'a prop of a namespace belongs to another object',
    (chart, wrong) => new Namespace(chart, 'x', wrong({ namespace: 'shop' })),
    '[test/x] \'props\' must have known keys only, got "namespace"; it knows name, labels, annotations, overrides',
    (chart) => new Namespace(chart, 'x'),
    'Namespace.metadata.name',
    'x',
  ],
];

describe('a wrong input', () => testWrongInputs(WRONG));
