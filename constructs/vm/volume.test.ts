import { Size } from 'cdk8s';
import { ImagePullPolicy } from 'cdk8s-plus-27';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { BootableVM } from './bootable-vm';
import { ContainerDisk, ContainerDiskOptions } from './container-disk';
import { DiskOptions } from './disk-attachment';
import { DiskDevice } from './disk-device';
import { LiveMigration } from './live-migration';
import { VmVolume } from './vm-volume';
import { FilesOptions, HostDiskOptions, Sysprep, Volume } from './volume';

const IMAGE = 'quay.io/containerdisks/fedora:41';
const MEMORY = Size.gibibytes(1);

interface Template {
  readonly template: {
    readonly spec: {
      readonly volumes: unknown[];
      readonly domain: { readonly devices: { readonly disks: unknown[] } };
    };
  };
}

function templateOf(vm: BootableVM): Template['template']['spec'] {
  return (manifest(vm).spec as Template).template.spec;
}

describe('ContainerDisk', () => {
  test('is the boot disk of a VM, without a claim', () => {
    const vm = new BootableVM(testChart(), 'first', { bootDisk: ContainerDisk.of(IMAGE), memory: MEMORY });
    expect(templateOf(vm).volumes).toEqual([{ name: 'rootdisk', containerDisk: { image: IMAGE } }]);
    expect(templateOf(vm).domain.devices.disks).toEqual([{ name: 'rootdisk', disk: { bus: 'virtio' } }]);
  });

  test('is any other disk, with all its options', () => {
    const options: Required<ContainerDiskOptions> = {
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      imagePullSecret: 'login',
      path: '/disk/tools.iso',
    };
    const vm = new BootableVM(testChart(), 'first', { bootDisk: Disk.fromClaimName('boot'), memory: MEMORY });
    vm.attach(ContainerDisk.of(IMAGE, options), { device: DiskDevice.CDROM });
    expect(templateOf(vm).volumes[1]).toEqual({
      name: 'containerdisk',
      containerDisk: { image: IMAGE, imagePullPolicy: 'Always', imagePullSecret: 'login', path: '/disk/tools.iso' },
    });
    expect(templateOf(vm).domain.devices.disks[1]).toEqual({ name: 'containerdisk', cdrom: { bus: 'sata' } });
  });

  test('does not stand in the way of a live migration', () => {
    const chart = testChart();
    const vm = new BootableVM(chart, 'first', { bootDisk: ContainerDisk.of(IMAGE), memory: MEMORY });
    expect(new LiveMigration(chart, 'move', { vm }).node.validate()).toEqual([]);
  });

  test.each<[string, () => unknown, string]>([
    ['has a scheme', () => ContainerDisk.of(`docker://${IMAGE}`), "; write 'quay.io/containerdisks/fedora:41'"],
    ['has a blank', () => ContainerDisk.of('a b'), `'image' must hold no blank, got "a b"`],
    ['is not text', () => ContainerDisk.of(untyped(null)), "'image' must be the name of an image, got null"],
    ['has an unknown option', () => ContainerDisk.of(IMAGE, untyped({ pullPolicy: 'Always' })), 'got "pullPolicy"'],
    ['has an unknown policy', () => ContainerDisk.of(IMAGE, untyped({ imagePullPolicy: 'always' })), "write 'Always'"],
    [
      'is attached twice',
      () => twice(ContainerDisk.of(IMAGE)),
      `'disk' must be attached once; it is 'rootdisk' already`,
    ],
    ['is plugged', () => attached({ hotpluggable: true }), "'hotpluggable' must be false for a volume without a claim"],
    ['is a LUN', () => attached({ device: DiskDevice.LUN }), "'device' must be 'disk' or 'cdrom' for a volume without"],
  ])('fails when it %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });

  function twice(bootDisk: ContainerDisk): void {
    new BootableVM(testChart(), 'first', { bootDisk, memory: MEMORY }).attach(bootDisk, { name: 'again' });
  }

  function attached(options: object): void {
    const vm = new BootableVM(testChart(), 'first', { bootDisk: Disk.fromClaimName('boot'), memory: MEMORY });
    vm.attach(ContainerDisk.of(IMAGE), options);
  }
});

describe('Volume and Sysprep', () => {
  const hostDisk: Required<HostDiskOptions> = { capacity: Size.gibibytes(2), shared: true };
  const files: Required<FilesOptions> = { optional: true, volumeLabel: 'settings' };

  test.each<[VmVolume, object]>([
    [Volume.emptyDisk(Size.gibibytes(2)), { name: 'emptydisk', emptyDisk: { capacity: '2Gi' } }],
    [
      Volume.ephemeral(Disk.fromClaimName('golden')),
      { name: 'ephemeral', ephemeral: { persistentVolumeClaim: { claimName: 'golden' } } },
    ],
    [Volume.hostDisk('/data/a.img'), { name: 'hostdisk', hostDisk: { path: '/data/a.img', type: 'Disk' } }],
    [
      Volume.hostDisk('/data/a.img', hostDisk),
      { name: 'hostdisk', hostDisk: { path: '/data/a.img', type: 'DiskOrCreate', capacity: '2Gi', shared: true } },
    ],
    [
      Volume.configMap('app.settings', files),
      { name: 'app-settings', configMap: { name: 'app.settings', optional: true, volumeLabel: 'settings' } },
    ],
    [
      Volume.secret('app', files),
      { name: 'app', secret: { secretName: 'app', optional: true, volumeLabel: 'settings' } },
    ],
    [Volume.serviceAccount('robot'), { name: 'robot', serviceAccount: { serviceAccountName: 'robot' } }],
    [Volume.downwardMetrics(), { name: 'metrics', downwardMetrics: {} }],
  ])('is a disk of a VM: volume %#', (volume, expected) => {
    const secondaryDisks = [{ disk: volume }];
    const vm = new BootableVM(testChart(), 'vm', {
      bootDisk: Disk.fromClaimName('boot'),
      memory: MEMORY,
      secondaryDisks,
    });
    expect(templateOf(vm).volumes[1]).toEqual(expected);
    expect(templateOf(vm).domain.devices.disks[1]).toMatchObject({ disk: { bus: 'virtio' } });
  });

  test.each<[VmVolume, object]>([
    [Sysprep.fromSecretName('answers'), { name: 'sysprep', sysprep: { secret: { name: 'answers' } } }],
    [Sysprep.fromConfigMapName('answers'), { name: 'sysprep', sysprep: { configMap: { name: 'answers' } } }],
  ])('is a CD-ROM, where Windows looks for it, unless a disk is asked for: answer file %#', (disk, expected) => {
    const attached = (options: DiskOptions): Template['template']['spec'] =>
      templateOf(
        new BootableVM(testChart(), 'vm', {
          bootDisk: Disk.fromClaimName('boot'),
          memory: MEMORY,
          secondaryDisks: [{ disk, ...options }],
        }),
      );
    expect(attached({}).volumes[1]).toEqual(expected);
    expect(attached({}).domain.devices.disks[1]).toEqual({ name: 'sysprep', cdrom: { bus: 'sata' } });
    expect(attached({ device: DiskDevice.DISK }).domain.devices.disks[1]).toMatchObject({ disk: { bus: 'virtio' } });
  });

  test.each<[string, () => unknown, string]>([
    ['an empty disk has no size', () => Volume.emptyDisk(untyped(undefined)), "'capacity' must be given, got nothing"],
    ['an ephemeral volume is of no disk', () => Volume.ephemeral(untyped('golden')), "'disk' must be a disk"],
    ['a path of the node is not whole', () => Volume.hostDisk('a.img'), "'path' must be a path that starts with '/'"],
    ['a name is not one', () => Volume.secret('Two Words'), "'name' must be a DNS name"],
    ['an option is unknown', () => Volume.configMap('a', untyped({ label: 'b' })), 'got "label"'],
    ['an answer file has no name', () => Sysprep.fromSecretName(''), "'name' must be a DNS name"],
  ])('fails when %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });

  test('fails when the volume stands where an attachment should', () => {
    const props = { bootDisk: Disk.fromClaimName('boot'), memory: MEMORY, secondaryDisks: [Volume.downwardMetrics()] };
    expect(failureOf(() => new BootableVM(testChart(), 'vm', untyped(props)))).toContain(
      'write { disk: … } around the disk',
    );
  });
});
