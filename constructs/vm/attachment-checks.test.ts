import { Size } from 'cdk8s';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { VolumeMode } from '../storage/claim-modes';
import { Disk, IVolume } from '../storage/disk';
import { Architecture } from './architecture';
import { BlockSize } from './block-size';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { ContainerDisk } from './container-disk';
import { AttachOptions } from './disk-attachment';
import { CdromTray, DiskBus, DiskDevice } from './disk-device';
import { DiskErrorPolicy } from './disk-tuning';
import { DownwardField } from './downward-field';
import { GuestNetwork } from './guest-network';
import { Instancetype, Preference } from './instancetype';
import { Volume } from './volume';

const CLAIM = Disk.fromClaimName('data');

interface Spec {
  readonly template: {
    readonly spec: {
      readonly volumes: Record<string, unknown>[];
      readonly domain: { readonly devices: { readonly disks: unknown[]; readonly filesystems?: unknown[] } };
    };
  };
}

function made(disk: IVolume, options: AttachOptions = {}, props: Partial<BootableVMProps> = {}): Spec {
  const least = { bootDisk: Disk.fromClaimName('boot'), memory: Size.gibibytes(1) };
  const vm = new BootableVM(testChart(), 'web', { ...least, ...props });
  vm.attach(disk, options);
  return manifest(vm).spec as Spec;
}

function pair(disk: IVolume, options?: AttachOptions): [disk: unknown, volume: unknown] {
  const { domain, volumes } = made(disk, options).template.spec;
  return [domain.devices.disks[1], volumes[1]];
}

describe('a disk of a VM', () => {
  test('is served as its options say', () => {
    const options: AttachOptions = {
      dedicatedIoThread: true,
      pciAddress: '0000:81:01.0',
      errorPolicy: DiskErrorPolicy.ENOSPACE,
      blockSize: BlockSize.custom({ logical: 512, physical: 4096, discardGranularity: 0 }),
    };
    expect(pair(CLAIM, options)[0]).toEqual({
      name: 'data',
      disk: { bus: 'virtio', pciAddress: '0000:81:01.0' },
      dedicatedIOThread: true,
      errorPolicy: 'enospace',
      blockSize: { custom: { logical: 512, physical: 4096, discardGranularity: 0 } },
    });
  });

  test('is a CD-ROM drive with an open tray, and with nothing in it', () => {
    expect(pair(CLAIM, { device: DiskDevice.CDROM, tray: CdromTray.OPEN })[0]).toEqual({
      name: 'data',
      cdrom: { bus: 'sata', tray: 'open' },
    });
    expect(pair(Volume.emptyCdrom())).toEqual([{ name: 'cdrom', cdrom: { bus: 'sata' } }, undefined]);
  });

  test('is a directory that the guest mounts', () => {
    const { domain, volumes } = made(Volume.configMap('settings'), { device: DiskDevice.FILESYSTEM }).template.spec;
    expect(domain.devices.filesystems).toEqual([{ name: 'settings', virtiofs: {} }]);
    expect(domain.devices.disks).toHaveLength(1);
    expect(volumes[1]).toEqual({ name: 'settings', configMap: { name: 'settings' } });
    expect(made(Volume.containerPath('/shared')).template.spec.domain.devices.filesystems).toEqual([
      { name: 'containerpath', virtiofs: {} },
    ]);
  });

  test('is a volume that the guest does not see, for a dump of its memory', () => {
    expect(pair(Volume.memoryDump(CLAIM))).toEqual([
      undefined,
      { name: 'memorydump', memoryDump: { claimName: 'data', hotpluggable: true } },
    ]);
  });

  test('is figures of the node, on virtio, whether that is said or not', () => {
    const metrics = Volume.downwardMetrics();
    expect(pair(metrics, { bus: DiskBus.VIRTIO })[0]).toEqual({ name: 'metrics', disk: { bus: 'virtio' } });
    expect(pair(metrics, { busLeftOpen: true })[0]).toEqual({ name: 'metrics', disk: {} });
    expect(failureOf(() => made(metrics, { bus: DiskBus.SCSI }))).toContain(
      `'bus' must be left out or 'virtio' for such a volume, got "scsi"`,
    );
    expect(failureOf(() => made(metrics, { device: DiskDevice.CDROM }))).toContain(
      `'device' must be left out or 'disk' for such a volume, got "cdrom"`,
    );
  });

  test('is files of what Kubernetes knows of the pod', () => {
    const fields = [DownwardField.field('labels', 'metadata.labels', { mode: 0o600 })];
    expect(pair(Volume.downwardApi(fields, { volumeLabel: 'pod' }))[1]).toEqual({
      name: 'downwardapi',
      downwardAPI: {
        volumeLabel: 'pod',
        fields: [{ path: 'labels', mode: 0o600, fieldRef: { fieldPath: 'metadata.labels' } }],
      },
    });
  });

  test('is a CD-ROM on SCSI where the architecture has no SATA', () => {
    const { domain } = made(CLAIM, { device: DiskDevice.CDROM }, { architecture: Architecture.ARM64 }).template.spec;
    expect(domain.devices.disks[1]).toEqual({ name: 'data', cdrom: { bus: 'scsi' } });
  });

  const template = DataVolumeTemplate.of('t', { source: DataVolumeSource.blank(), size: Size.gibibytes(1) });
  const block = Disk.fromClaimName('raw', { volumeMode: VolumeMode.BLOCK });
  const image = ContainerDisk.of('example.com/a:1');
  const arm = { architecture: Architecture.ARM64 };

  test.each([
    ['57 characters of an image', image, 57, {}],
    ['54 characters of a directory', Volume.secret('a'), 54, { device: DiskDevice.FILESYSTEM }],
  ])('has a name of at most %s', (_what, disk, length, options) => {
    const name = 'a'.repeat(length);
    expect(made(disk, { ...options, name }).template.spec.volumes[1]).toMatchObject({ name });
  });

  test.each<[string, () => unknown, string]>([
    ['a tray is not that of a drive', () => made(CLAIM, { tray: CdromTray.OPEN }), "'tray' must be left out but for"],
    ['a disk takes reservations', () => made(CLAIM, { reservation: true }), "but for device 'lun', got true"],
    [
      'a drive has a PCI address',
      () => made(CLAIM, { device: DiskDevice.CDROM, pciAddress: '0000:81:01.0' }),
      "'pciAddress' must be left out but for device 'disk'",
    ],
    [
      'a PCI address is on SCSI',
      () => made(CLAIM, { bus: DiskBus.SCSI, pciAddress: '0000:81:01.0' }),
      "but for bus 'virtio', got",
    ],
    ['a PCI address is none', () => made(CLAIM, { pciAddress: '81:01.0' }), "be an address such as '0000:81:00.1'"],
    [
      'a thread is for a disk on SATA',
      () => made(CLAIM, { bus: DiskBus.SATA, dedicatedIoThread: true }),
      "'dedicatedIoThread' must be false but for bus 'virtio'",
    ],
    [
      'blocks other than 512 bytes are on SATA',
      () => made(CLAIM, { bus: DiskBus.SATA, blockSize: BlockSize.custom({ logical: 4096, physical: 4096 }) }),
      "'blockSize' must have 512 bytes as 'logical' on bus 'sata', got 4096",
    ],
    ['a template is mounted read-only', () => made(template, { readOnlyClaim: true }), "'readOnlyClaim' must be left"],
    ['a raw claim is a directory', () => made(block, { device: DiskDevice.FILESYSTEM }), "of volume mode 'Block'"],
    ['an image is a directory', () => made(image, { device: DiskDevice.FILESYSTEM }), 'for a volume that is an image'],
    [
      'a directory has a bus',
      () => made(Volume.secret('a'), { device: DiskDevice.FILESYSTEM, bus: DiskBus.VIRTIO }),
      "'bus' must be left out for device 'filesystem', got \"virtio\"",
    ],
    [
      'a dump has a place in the boot order',
      () => made(Volume.memoryDump(CLAIM), { bootOrder: 2 }),
      "'bootOrder' must be left out for a volume that the guest does not see",
    ],
    ['an empty drive is a disk', () => made(Volume.emptyCdrom(), { device: DiskDevice.DISK }), "left out or 'cdrom'"],
    [
      'a name is too long for an image',
      () => made(image, { name: 'a'.repeat(58) }),
      'be at most 57 characters for such a volume',
    ],
    [
      'a name is too long for a directory',
      () => made(Volume.secret('a'), { device: DiskDevice.FILESYSTEM, name: 'a'.repeat(55) }),
      'be at most 54 characters for such a volume',
    ],
    ['a disk is on SATA on arm64', () => made(CLAIM, { bus: DiskBus.SATA }, arm), "be 'scsi' or 'virtio' on such an"],
    [
      'a network has its place in the boot order',
      () => made(CLAIM, { bootOrder: 1 }, { networks: [GuestNetwork.pod({ bootOrder: 1 })] }),
      "'bootOrder' must differ from that of every network of the VM, got 1",
    ],
    [
      'an instance type is inferred from it and it has no claim',
      () => made(image, { name: 'tools' }, { memory: undefined, instancetype: Instancetype.inferredFrom('tools') }),
      "'disk' must have a claim, as the instance type or preference is inferred from it",
    ],
    [
      'the VM boots from a dump',
      () => made(CLAIM, {}, { bootDisk: Volume.memoryDump(Disk.fromClaimName('d')) }),
      'sees',
    ],
  ])('fails when %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });

  test('fails when a second volume of a kind comes that a VM has once', () => {
    const bootDisk = Volume.downwardMetrics();
    expect(failureOf(() => made(Volume.downwardMetrics(), { name: 'b' }, { bootDisk }))).toContain(
      "'disk' must be the only volume 'downwardMetrics' of the VM",
    );
  });

  test('fails at the synth when a preference is inferred from a disk that the VM does not have', () => {
    const least = { bootDisk: Disk.fromClaimName('boot'), memory: Size.gibibytes(1) };
    const vm = new BootableVM(testChart(), 'web', { ...least, preference: Preference.inferredFrom('data') });
    expect(vm.node.validate()).toEqual(['\'inferredFrom\' must name a disk of the VM (rootdisk), got "data"']);
    vm.attach(CLAIM);
    expect(vm.node.validate()).toEqual([]);
  });

  test.each<[string, () => unknown, string]>([
    ['blocks are not powers of two', () => BlockSize.custom({ logical: 500, physical: 512 }), 'be a power of two'],
    ['blocks are too large', () => BlockSize.custom({ logical: 512, physical: 4194304 }), 'from 512 to 2097152'],
    ['the guest writes more', () => BlockSize.custom({ logical: 1024, physical: 512 }), "be at most 'physical' (512)"],
    [
      'what is given back is no multiple of what is written',
      () => BlockSize.custom({ logical: 4096, physical: 4096, discardGranularity: 512 }),
      "'discardGranularity' must be a multiple of 'logical' (4096)",
    ],
    ['a path leads elsewhere', () => DownwardField.field('../a', 'metadata.name'), "'path' must be a path that starts"],
    ['a field is none of the metadata', () => DownwardField.field('a', 'spec.nodeName'), "'fieldPath' must be a field"],
    ['an amount is unknown', () => DownwardField.resource('a', untyped('cpu')), "'resource' must be 'limits.cpu'"],
    ['no field is given', () => Volume.downwardApi([]), "'fields' must hold a file"],
    ['a path is KubeVirt’s own', () => Volume.containerPath('/var/run/kubevirt/a'), 'not be below'],
    ['a path is not absolute', () => Volume.containerPath('shared'), "be a path that starts with '/'"],
  ])('fails when %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });
});

describe('the volume of a ServiceAccount', () => {
  test.each([undefined, 'robot'])('goes with the ServiceAccount of the VM: %s', (serviceAccountName) => {
    const { template } = made(Volume.serviceAccount('robot'), {}, { serviceAccountName });
    expect(template.spec.volumes[1]).toMatchObject({ serviceAccount: { serviceAccountName: 'robot' } });
  });

  test('fails when the VM runs as another one', () => {
    expect(failureOf(() => made(Volume.serviceAccount('other'), {}, { serviceAccountName: 'robot' }))).toBe(
      `[test/web] 'disk' must be the volume of the ServiceAccount "robot", as the pod runs as that, got "other"`,
    );
  });
});
