import { Chart, Size, Testing } from 'cdk8s';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { RegistryCredentials } from '../disks/registry-credentials';
import { SecondaryDisk } from '../disks/secondary-disk';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { VolumeMode } from '../storage/claim-modes';
import { Disk, IDisk } from '../storage/disk';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { AttachOptions } from './disk-attachment';
import { DiskBus, DiskDevice } from './disk-device';
import { Volume } from './volume';

const DATA = Disk.fromClaimName('data');

describe('settle', () => {
  test.each<[string, unknown, string]>([
    ['an unknown bus', { bus: 'virtoi' }, `bus' must be 'virtio', 'scsi', 'sata' or 'usb', got "virtoi"`],
    ['an upper-case bus', { bus: 'SCSI' }, `bus' must be 'virtio', 'scsi', 'sata' or 'usb', got "SCSI"`],
    ['null for the bus', { bus: null }, "bus' must be 'virtio', 'scsi', 'sata' or 'usb', got null"],
    ['an unknown device', { device: 'floppy' }, `device' must be 'disk', 'cdrom', 'lun' or 'filesystem', got "floppy"`],
    ['null for the device', { device: null }, "device' must be 'disk', 'cdrom', 'lun' or 'filesystem', got null"],
    ['an unknown cache', { cache: 'unsafe' }, `cache' must be 'none', 'writethrough' or 'writeback', got "unsafe"`],
    ['an unknown io', { io: 'io_uring' }, `io' must be 'native' or 'threads', got "io_uring"`],
    ['an upper-case name', { name: 'Data' }, `name' must be a DNS label`],
    ['a name with a dot', { name: 'data.1' }, `name' must be a DNS label`],
    ['a name of 64 characters', { name: 'a'.repeat(64) }, `name' must be a DNS label`],
    ['null for the name', { name: null }, `name' must be a DNS label`],
    ['a number for the name', { name: 1 }, `name' must be a DNS label`],
    ['a blank in the serial number', { serial: 'a b' }, `serial' must be 1 to 256 letters, digits, '_', '.', '+' and`],
    ['an empty serial number', { serial: '' }, `serial' must be 1 to 256 letters`],
    ['a serial number of 257 characters', { serial: 'a'.repeat(257) }, `serial' must be 1 to 256 letters`],
    ['a serial number that is a number', { serial: 7 }, "serial' must be 1 to 256 letters"],
    ['the boot order 0', { bootOrder: 0 }, "bootOrder' must be a whole number of at least 1, got 0"],
    ['text for the boot order', { bootOrder: '1' }, `bootOrder' must be a whole number of at least 1, got "1"`],
    ['text for readOnly', { readOnly: 'yes' }, `readOnly' must be true or false, got "yes"`],
    ['a number for shareable', { shareable: 1 }, "shareable' must be true or false, got 1"],
    ['a CD-ROM on virtio', { device: 'cdrom', bus: 'virtio' }, `bus' must be 'sata', 'scsi' or 'usb' for a CD-ROM`],
    ['a LUN on sata', { device: 'lun', bus: 'sata' }, `bus' must be 'scsi' or 'virtio' for a LUN, got "sata"`],
    [
      'a read-only disk on sata',
      { bus: 'sata', readOnly: true },
      "readOnly' must be false on bus 'sata', got true; use",
    ],
    ['a cache of a shared disk', { shareable: true, cache: 'writeback' }, "cache' must be 'none' for a shareable disk"],
    ['a cache under native io', { io: 'native', cache: 'writethrough' }, "cache' must be 'none' for io 'native', got"],
  ])('fails when given %s', (_, options, message) => {
    const secondaryDisks = [{ disk: Disk.fromClaimName('fine') }, { disk: DATA, ...untyped<AttachOptions>(options) }];
    expect(failureOf(() => make({ secondaryDisks }))).toContain(`[test/web] 'secondaryDisks[1].${message}`);
    expect(failureOf(() => make({ bootDiskOptions: options }))).toContain(`[test/web] 'bootDiskOptions.${message}`);
    expect(failureOf(() => make({}).attach(DATA, untyped<AttachOptions>(options)))).toContain(`[test/web] '${message}`);
  });

  test.each<[string, unknown, string]>([
    ['on sata', { bus: 'sata' }, `bus' must be 'scsi' or 'virtio' for a hotpluggable disk, got "sata"`],
    ['on usb', { bus: 'usb' }, `bus' must be 'scsi' or 'virtio' for a hotpluggable disk, got "usb"`],
    ['as a LUN on virtio', { device: 'lun', bus: 'virtio' }, `bus' must be 'scsi' for a hotpluggable LUN`],
    ['as a CD-ROM on virtio', { device: 'cdrom', bus: 'virtio' }, `bus' must be 'sata', 'scsi' or 'usb' for a hot`],
    ['as a directory', { device: 'filesystem' }, `hotpluggable' must be false for device 'filesystem', got true; it`],
    ['by text', { hotpluggable: 'true' }, `hotpluggable' must be true or false, got "true"`],
  ])('fails when a disk is hotpluggable %s', (_, options, message) => {
    const attachment = { disk: DATA, hotpluggable: true, ...untyped<AttachOptions>(options) };
    expect(failureOf(() => make({ secondaryDisks: [attachment] }))).toContain(`'secondaryDisks[0].${message}`);
    const { disk, ...rest } = attachment;
    expect(failureOf(() => make({}).attach(disk, rest))).toContain(`[test/web] '${message}`);
  });

  test.each([
    [DiskDevice.DISK, false, ['virtio', 'scsi', 'sata', 'usb']],
    [DiskDevice.DISK, true, ['virtio', 'scsi']],
    [DiskDevice.LUN, false, ['virtio', 'scsi']],
    [DiskDevice.LUN, true, ['scsi']],
    [DiskDevice.CDROM, false, ['scsi', 'sata', 'usb']],
    [DiskDevice.CDROM, true, ['scsi', 'sata', 'usb']],
  ])('takes a %s (hotpluggable: %p) on %p', (device, hotpluggable, buses) => {
    const taken = Object.values(DiskBus).filter((bus) => {
      try {
        make({}).attach(DATA, { device, hotpluggable, bus });
        return true;
      } catch {
        return false;
      }
    });
    expect(taken).toEqual(buses);
  });

  test('takes names and serial numbers at their longest', () => {
    const vm = make({});
    vm.attach(DATA, { name: 'a'.repeat(63), serial: 'A_b.+-'.repeat(42) + 'abcd', bootOrder: 1 });
    expect(vm.disks[1]).toMatchObject({ name: 'a'.repeat(63), bootOrder: 1 });
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, "got nothing; write for example ContainerDisk.of('quay.io/containerdisks/fedora:41')"],
    ['null', null, 'got null; write Disk.fromClaimName(…)'],
    ['a name', 'data', 'got "data"; write Disk.fromClaimName("data")'],
    ['an attachment', { disk: DATA }, 'got an object; give the disk itself; its options stand apart'],
    [
      'a source',
      DataVolumeSource.blank(),
      "got a DataVolumeSource; write new DataVolumeImport(chart, 'boot', { source: it, size: Size.gibibytes(…) })",
    ],
    ['a list', [DATA], 'got a list; write Disk.fromClaimName(…)'],
  ])('fails when the disk is %s', (_, disk, got) => {
    expect(failureOf(() => make({ bootDisk: disk }))).toBe(`[test/web] 'bootDisk' must be a disk, ${got}`);
    expect(failureOf(() => make({ secondaryDisks: [{ disk }] }))).toBe(
      `[test/web] 'secondaryDisks[0].disk' must be a disk, ${got}`,
    );
    expect(failureOf(() => make({}).attach(untyped<IDisk>(disk)))).toBe(`[test/web] 'disk' must be a disk, ${got}`);
  });

  test('fails when a disk of one’s own has a name that no claim has', () => {
    expect(failureOf(() => make({ bootDisk: { claimName: 'Boot' } }))).toContain(
      "[test/web] 'bootDisk.claimName' must be a DNS name",
    );
    expect(failureOf(() => make({ bootDisk: { claimName: 7 } }))).toContain(`'bootDisk.claimName' must be a DNS name`);
  });

  test.each<[string, unknown, string]>([
    ['a disk without its list', DATA, "'secondaryDisks' must be a list, got an object; write [{ disk: … }]"],
    ['null', null, "'secondaryDisks' must be a list, got null; write [{ disk: … }]"],
    ['a name', 'data', `'secondaryDisks' must be a list, got "data"; write [{ disk: … }]`],
    [
      'a bare disk',
      [DATA],
      "'secondaryDisks[0]' must be an object { disk: … }, got an object; write { disk: … } around",
    ],
    [
      'a bare name',
      ['data'],
      `'secondaryDisks[0]' must be an object { disk: … }, got "data"; write { disk: … } around`,
    ],
    ['nothing', [undefined], "'secondaryDisks[0]' must be an object { disk: … }, got nothing"],
    ['a list of lists', [[DATA]], "'secondaryDisks[0]' must be an object { disk: … }, got a list"],
    [
      'an unknown option',
      [{ disk: DATA, hotplugable: true }],
      `'secondaryDisks[0]' must have known keys only, got "hot`,
    ],
  ])('fails when the secondary disks are %s', (_, secondaryDisks, message) => {
    expect(failureOf(() => make({ secondaryDisks }))).toContain(`[test/web] ${message}`);
  });

  test('says of a bare disk of the app what it is', () => {
    const chart = testChart();
    const data = new SecondaryDisk(chart, 'data', { size: Size.gibibytes(1) });
    const props = { bootDisk: Disk.fromClaimName('boot'), memory: Size.gibibytes(1) };
    // @ts-expect-error an attachment is an object around the disk
    const failure = failureOf(() => new BootableVM(chart, 'web', { ...props, secondaryDisks: [data] }));
    expect(failure).toContain("'secondaryDisks[0]' must be an object { disk: … }, got a SecondaryDisk; write");
  });

  test.each<[string, unknown, string]>([
    ['null', null, 'must be an object, got null'],
    ['a bus', 'scsi', 'must be an object, got "scsi"'],
    ['misspelt', { readonly: true }, `must have known keys only, got "readonly"; write 'readOnly'`],
  ])('fails when options are %s', (_, options, message) => {
    expect(failureOf(() => make({ bootDiskOptions: options }))).toBe(`[test/web] 'bootDiskOptions' ${message}`);
    expect(failureOf(() => make({}).attach(DATA, untyped<AttachOptions>(options)))).toBe(
      `[test/web] 'options' ${message}`,
    );
  });

  test('fails when the boot disk is hotpluggable', () => {
    // @ts-expect-error a VM boots from a disk that is there
    const options: BootableVMProps['bootDiskOptions'] = { hotpluggable: true };
    expect(failureOf(() => make({ bootDiskOptions: options }))).toContain(
      `'bootDiskOptions' must have known keys only, got "hotpluggable"`,
    );
  });

  test('fails when a disk is attached twice, whatever names it', () => {
    const again = Disk.fromClaimName('data');
    const failure = failureOf(() => make({ secondaryDisks: [{ disk: DATA }, { disk: again, name: 'other' }] }));
    expect(failure).toBe(`[test/web] 'secondaryDisks[1].disk' must be attached once; it is 'data' already, got "data"`);
    expect(failureOf(() => make({ bootDisk: DATA }).attach(again))).toBe(
      `[test/web] 'disk' must be attached once; it is 'rootdisk' already, got "data"`,
    );
  });

  test('attaches a claim twice where that is meant', () => {
    const vm = make({ secondaryDisks: [{ disk: DATA }, { disk: DATA, name: 'again', sharesClaim: true }] });
    expect(manifest(vm)).toMatchObject({
      spec: {
        template: {
          spec: {
            volumes: [
              { name: 'rootdisk' },
              { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
              { name: 'again', persistentVolumeClaim: { claimName: 'data' } },
            ],
          },
        },
      },
    });
  });

  test('fails when a volume without a claim shares one', () => {
    const disk = Volume.emptyDisk(Size.gibibytes(1));
    expect(failureOf(() => make({ secondaryDisks: [{ disk, sharesClaim: true }] }))).toBe(
      "[test/web] 'secondaryDisks[0].sharesClaim' must be left out for a volume without a claim, got true",
    );
  });

  test('fails when two disks have one name', () => {
    const secondaryDisks = [{ disk: Disk.fromClaimName('a.b') }, { disk: Disk.fromClaimName('a-b') }];
    expect(failureOf(() => make({ secondaryDisks }))).toBe(
      `[test/web] 'secondaryDisks[1].name' must differ from that of every other disk of the VM, got "a-b"`,
    );
    expect(failureOf(() => make({}).attach(DATA, { name: 'rootdisk' }))).toBe(
      `[test/web] 'name' must differ from that of every other disk of the VM, got "rootdisk"`,
    );
  });

  test('fails when two disks have one place in the boot order', () => {
    const bootDiskOptions = { bootOrder: 1 };
    expect(failureOf(() => make({ bootDiskOptions, secondaryDisks: [{ disk: DATA, bootOrder: 1 }] }))).toBe(
      `[test/web] 'secondaryDisks[0].bootOrder' must differ from that of every other disk of the VM, got 1`,
    );
  });

  test('fails once when a directory has the place of a disk in the boot order', () => {
    const bootDiskOptions = { bootOrder: 1, device: DiskDevice.FILESYSTEM };
    expect(failureOf(() => make({ bootDiskOptions, secondaryDisks: [{ disk: DATA, bootOrder: 1 }] }))).toBe(
      `[test/web] 'bootDiskOptions.bootOrder' must be left out for device 'filesystem', got 1`,
    );
  });

  test('fails when a disk has the name of the cloud-init disk, and there is one', () => {
    const cloudInit = CloudInit.of({ packages: ['nginx'] });
    const disk = Disk.fromClaimName('cloudinitdisk');
    const message = "must not be 'cloudinitdisk', the name of the cloud-init disk";
    expect(failureOf(() => make({ cloudInit, secondaryDisks: [{ disk }] }))).toContain(
      `[test/web] 'secondaryDisks[0].name' ${message}`,
    );
    expect(failureOf(() => make({ cloudInit, bootDiskOptions: { name: 'cloudinitdisk' } }))).toContain(
      `[test/web] 'bootDiskOptions.name' ${message}`,
    );
    expect(make({ secondaryDisks: [{ disk }] }).disks).toHaveLength(2);
  });

  test('fails when a LUN is of a claim with a file system', () => {
    const disk = Disk.fromClaimName('data', { volumeMode: VolumeMode.FILESYSTEM });
    expect(failureOf(() => make({}).attach(disk, { device: DiskDevice.LUN }))).toContain(
      "'device' must be 'disk' or 'cdrom' for a claim of volume mode 'Filesystem', got \"lun\"; a LUN is a raw device",
    );
    const block = Disk.fromClaimName('data', { volumeMode: VolumeMode.BLOCK });
    expect(() => make({}).attach(block, { device: DiskDevice.LUN })).not.toThrow();
  });

  test('fails when a disk stands in another namespace', () => {
    const disk = Disk.fromClaimName('data', { namespace: 'other' });
    const remedy = 'a VM uses disks of its own namespace; clone the disk into it with DiskClone';
    const message = `must be in the VM's namespace 'apps', got "other/data"; ${remedy}`;
    expect(failureOf(() => make({ namespace: 'apps', bootDisk: disk }))).toBe(`[test/web] 'bootDisk' ${message}`);
    expect(failureOf(() => make({ namespace: 'apps', secondaryDisks: [{ disk }] }))).toBe(
      `[test/web] 'secondaryDisks[0].disk' ${message}`,
    );
    expect(failureOf(() => make({ namespace: 'apps' }).attach(disk))).toBe(`[test/web] 'disk' ${message}`);
    expect(failureOf(() => make({}).attach(disk))).toContain(
      'must be without a namespace, as the VM is, got "other/data"',
    );
  });

  test('fails when a disk of the app stands in no namespace and the VM in one', () => {
    const app = Testing.app();
    const disk = new SecondaryDisk(new Chart(app, 'disks'), 'data', { size: Size.gibibytes(1) });
    const vm = new BootableVM(new Chart(app, 'test', { namespace: 'apps' }), 'web', {
      bootDisk: Disk.fromClaimName('boot'),
      memory: Size.gibibytes(1),
    });
    expect(failureOf(() => vm.attach(disk))).toContain(`'disk' must be in the VM's namespace 'apps', got "data"`);
  });

  test('takes a disk from outside the app that names no namespace to be in that of the VM', () => {
    expect(make({ namespace: 'apps', secondaryDisks: [{ disk: DATA }] }).disks).toHaveLength(2);
  });

  test('fails when a template reads the login of another namespace', () => {
    const credentials = RegistryCredentials.fromSecretName('login', { namespace: 'other' });
    const bootDisk = DataVolumeTemplate.of('boot', {
      source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41', { credentials }),
      size: Size.gibibytes(10),
    });
    expect(failureOf(() => make({ namespace: 'apps', bootDisk }))).toMatch(/'source\.credentials' must .*other\/login/);
  });

  test('fails with every fault of every disk, each with the place of its disk', () => {
    const failure = failureOf(() =>
      make({
        bootDiskOptions: { bus: 'ide' },
        secondaryDisks: [
          { disk: DATA, bus: 'virtoi', cache: 'unsafe' },
          { disk: DATA, bootOrder: 0 },
          { disk: 'more', serial: '' },
        ],
      }),
    );
    expect(failure.split('\n').map((line) => /^\[test\/web\] '([^']+)' must /.exec(line)?.[1])).toEqual([
      'bootDiskOptions.bus',
      'secondaryDisks[0].bus',
      'secondaryDisks[0].cache',
      'secondaryDisks[1].bootOrder',
      'secondaryDisks[1].disk',
      'secondaryDisks[2].disk',
      'secondaryDisks[2].serial',
    ]);
  });
});

function make(props: unknown): BootableVM {
  return new BootableVM(testChart(), 'web', {
    bootDisk: Disk.fromClaimName('boot'),
    memory: Size.gibibytes(1),
    ...untyped<Partial<BootableVMProps>>(props),
  });
}
