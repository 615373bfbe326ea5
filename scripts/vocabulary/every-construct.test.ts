import { ApiObject, App, Chart, Cron, Duration, JsonPatch, Size } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-27';
import * as kv from '../../constructs';
import { review } from '../../review';

const SIZE = Size.gibibytes(1);
const FEDORA = kv.ContainerDisk.of('quay.io/containerdisks/fedora:41');
const WEB = kv.VirtualMachine.fromName('web', { namespace: 'apps' });

/** What the cluster has already. */
const EXTERNAL = [
  { kind: 'Namespace', name: 'apps' },
  { kind: 'VirtualMachine', namespace: 'apps', name: 'web' },
  { kind: 'PersistentVolumeClaim', namespace: 'apps', name: 'disk' },
];

/** Feature gates that constructs need by their docs. */
const GATES = ['Snapshot', 'VMExport'];

/** A construct as most people write it. */
const PLAIN: Record<string, (chart: Chart) => unknown> = {
  VmService: (chart) => new kv.VmService(chart, 'service', { vm: WEB, ports: [kv.GuestPort.ssh()] }),
  CloudInit: (chart) => {
    const pod = kv.GuestNetwork.pod({ macAddress: '02:00:00:00:00:0a' });
    const network = kv.CloudInitNetwork.v2([{ network: pod, addresses: ['10.0.2.2/24'] }]);
    const cloudInit = kv.CloudInit.of({ ntp: { servers: ['ntp.example.com'] }, settings: { snap: {} } }, { network });
    return new kv.BootableVM(chart, 'guest', { bootDisk: FEDORA, memory: SIZE, networks: [pod], cloudInit });
  },
  'instance types and preferences': (chart) => {
    const sized = { cpu: { guest: 2, dedicated: true }, memory: SIZE, ioThreads: kv.IoThreads.auto() };
    const wanted = { firmware: kv.Firmware.secureBoot(), hyperv: kv.HyperV.recommended(), devices: { rng: true } };
    new kv.VirtualMachineClusterInstancetype(chart, 'medium', sized);
    new kv.VirtualMachineClusterPreference(chart, 'windows', wanted);
    const { instancetype } = new kv.VirtualMachineInstancetype(chart, 'small', sized);
    const { preference } = new kv.VirtualMachinePreference(chart, 'linux', wanted);
    return new kv.BootableVM(chart, 'web', { bootDisk: FEDORA, instancetype, preference });
  },
  GoldenImage: (chart) => {
    const defaultInstancetype = kv.Instancetype.cluster('u1.medium');
    const source = kv.DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41');
    const schedule = Cron.daily();
    return new kv.GoldenImage(chart, 'fedora', { source, schedule, size: SIZE, defaultInstancetype });
  },
  'GoldenImage of a claim, and a disk of it': (chart) => {
    const disk = kv.Disk.fromClaimName('disk', { namespace: 'apps', size: SIZE });
    const { source } = new kv.GoldenImage(chart, 'golden', { source: kv.DataVolumeSource.claim(disk) });
    return new kv.DataVolumeImport(chart, 'copy', { source, claimApi: kv.ClaimApi.STORAGE });
  },
  VirtualMachineInstance: (chart) => new kv.VirtualMachineInstance(chart, 'once', { bootDisk: FEDORA, memory: SIZE }),
  VirtualMachineInstanceReplicaSet: (chart) =>
    new kv.VirtualMachineInstanceReplicaSet(chart, 'workers', { bootDisk: FEDORA, memory: SIZE, replicas: 2 }).expose({
      ports: [kv.GuestPort.http()],
    }),
  VirtualMachinePool: (chart) => {
    const source = kv.DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41');
    return new kv.VirtualMachinePool(chart, 'web', {
      bootDisk: kv.DataVolumeTemplate.of('web-boot', { source, size: SIZE }),
      memory: SIZE,
      replicas: 2,
      maxUnavailable: PercentOrAbsolute.percent(50),
      scaleInStrategy: kv.PoolScaleIn.proactive({ selection: { sortPolicy: kv.PoolSortPolicy.NEWEST } }),
      updateStrategy: kv.PoolUpdate.opportunistic(),
    }).expose({ ports: [kv.GuestPort.http()] });
  },
  VirtualMachineSnapshot: (chart) => new kv.VirtualMachineSnapshot(chart, 'snapshot', { vm: WEB }),
  VirtualMachineRestore: (chart) =>
    new kv.VirtualMachineRestore(chart, 'restore', {
      snapshot: new kv.VirtualMachineSnapshot(chart, 'snapshot', { vm: WEB }),
      patches: [JsonPatch.replace('/spec/runStrategy', 'Halted')],
    }),
  'VirtualMachineClone of a VM': (chart) =>
    new kv.VirtualMachineClone(chart, 'clone', { source: kv.VmCloneSource.vm(WEB), targetName: 'web-2' }),
  'VirtualMachineClone of a snapshot': (chart) =>
    new kv.VirtualMachineClone(chart, 'clone', {
      source: kv.VmCloneSource.snapshot(new kv.VirtualMachineSnapshot(chart, 'snapshot', { vm: WEB })),
      labelFilters: ['!a*'],
    }),
  VirtualMachineExport: (chart) =>
    [
      kv.VmExportSource.vm(WEB),
      kv.VmExportSource.claim(kv.Disk.fromClaimName('disk')),
      kv.VmExportSource.snapshot(new kv.VirtualMachineSnapshot(chart, 'snapshot', { vm: WEB })),
    ].map((source, index) => new kv.VirtualMachineExport(chart, `export-${index}`, { source, ttl: Duration.hours(1) })),
  LiveMigration: (chart) => new kv.LiveMigration(chart, 'move', { vm: WEB, addedNodeSelector: { zone: 'a' } }),
  MigrationPolicy: (chart) => new kv.MigrationPolicy(chart, 'policy', { bandwidthPerMigration: SIZE }),
  SshService: (chart) => new kv.SshService(chart, 'ssh', { vm: WEB }),
  'BootableVM.expose': (chart) =>
    new kv.BootableVM(chart, 'web', { bootDisk: kv.Disk.fromClaimName('disk'), memory: SIZE }).expose({
      ports: [kv.GuestPort.http(), kv.GuestPort.udp('dns', 53)],
      headless: true,
    }),
};

function made(make: (chart: Chart) => unknown): object[] {
  const chart = new Chart(new App(), 'test', { namespace: 'apps' });
  make(chart);
  const objects = chart.node.findAll().filter((node) => ApiObject.isApiObject(node));
  return objects.map((object) => JSON.parse(JSON.stringify(object.toJson())) as object);
}

describe('the review has no finding', () => {
  test.each(Object.entries(PLAIN))('of %s', (_, make) => {
    expect(review(made(make), { external: EXTERNAL, featureGates: GATES, kubevirt: 'v1.9.0', cdi: 'v1.66.0' })).toEqual(
      [],
    );
  });
});
