import { Size } from 'cdk8s';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { manifest, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { AttachOptions } from './disk-attachment';
import { DiskBus, DiskDevice } from './disk-device';
import { GuestNetwork } from './guest-network';
import { Instancetype } from './instancetype';
import { Volume } from './volume';

const made = (props: Partial<BootableVMProps>): { [field: string]: unknown } => {
  const vm = new BootableVM(testChart(), 'web', {
    bootDisk: Disk.fromClaimName('web'),
    memory: Size.gibibytes(1),
    ...props,
  });
  const { spec } = manifest(vm) as unknown as { spec: { template: { spec: { [field: string]: unknown } } } };
  return spec.template.spec;
};

describe('what a machine leaves to others', () => {
  test('is the network that the cluster adds', () => {
    const { networks, domain } = made({ networks: [GuestNetwork.leftToCluster()] });
    expect(networks).toBeUndefined();
    expect(domain).toEqual({
      devices: { disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }] },
      memory: { guest: '1Gi' },
    });
  });

  test('fails when the network that the cluster adds stands beside another', () => {
    const networks = [GuestNetwork.leftToCluster(), GuestNetwork.multus('lan')];
    expect(() => made({ networks })).toThrow("'networks' must hold GuestNetwork.leftToCluster() alone");
  });

  test('is the bus of a disk', () => {
    const { domain } = made({ bootDiskOptions: { busLeftOpen: true } });
    expect(domain).toMatchObject({ devices: { disks: [{ name: 'rootdisk', disk: {} }] } });
  });

  test('fails when a bus is left open and named', () => {
    expect(() => made({ bootDiskOptions: { busLeftOpen: true, bus: DiskBus.SATA } })).toThrow(
      "'bootDiskOptions.busLeftOpen' must be left out beside 'bus'",
    );
  });

  test('is a boot disk, where it starts from its network', () => {
    const networks = [GuestNetwork.pod({ bootOrder: 1 })];
    const { domain, volumes } = made({ bootDisk: Volume.none(), networks });
    expect(volumes).toEqual([]);
    expect(domain).toMatchObject({ devices: { disks: [], interfaces: [{ name: 'default', bootOrder: 1 }] } });
  });

  test('is the place of the boot disk, which a plugged one does not take', () => {
    const secondaryDisks = [{ disk: Disk.fromClaimName('data'), hotpluggable: true }];
    const { volumes } = made({ bootDisk: Volume.none(), secondaryDisks });
    expect(volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data', hotpluggable: true } }]);
  });

  test('fails when a boot disk that is none has options', () => {
    expect(() => made({ bootDisk: Volume.none(), bootDiskOptions: { name: 'root' } })).toThrow(
      "'bootDiskOptions' must be left out with 'bootDisk: Volume.none()', got [\"name\"]",
    );
  });

  test('fails when none is attached beside the boot disk', () => {
    expect(() => made({ secondaryDisks: [{ disk: Volume.none() }] })).toThrow(
      "'secondaryDisks[0].disk' must be a disk, got Volume.none(), which a 'bootDisk' alone may be",
    );
  });

  test('is the memory of a machine that is not to start yet', () => {
    const { domain } = made({ memory: undefined, memoryLeftOpen: true });
    expect(domain).not.toHaveProperty('memory');
  });

  test('fails when memory is left open and given', () => {
    expect(() => made({ memoryLeftOpen: true })).toThrow("'memoryLeftOpen' must be left out beside 'memory'");
  });

  test('is the sizes of an instance type that is not there yet', () => {
    const instancetype = Instancetype.cluster('u1.medium', { conflictsAllowed: true });
    const { domain } = made({ instancetype, cpu: { cores: 2 } });
    expect(domain).toMatchObject({ cpu: { cores: 2 }, memory: { guest: '1Gi' } });
  });

  test('is the claim of a template that is named by its claim', () => {
    const bootDisk = DataVolumeTemplate.of('root', { source: DataVolumeSource.blank(), size: Size.gibibytes(1) });
    const { volumes } = made({ bootDisk, bootDiskOptions: { byDataVolume: false } });
    expect(volumes).toEqual([{ name: 'rootdisk', persistentVolumeClaim: { claimName: 'root' } }]);
  });

  test('is the claim of a DataVolume that is named itself', () => {
    const { volumes } = made({ bootDiskOptions: { byDataVolume: true } });
    expect(volumes).toEqual([{ name: 'rootdisk', dataVolume: { name: 'web' } }]);
  });

  test('fails when a DataVolume is named by a claim that is mounted read-only', () => {
    const secondaryDisks = [{ disk: Disk.fromClaimName('data'), byDataVolume: true, readOnlyClaim: true }];
    expect(() => made({ secondaryDisks })).toThrow("'secondaryDisks[0].readOnlyClaim' must be left out");
  });
});

describe('the disk of cloud-init', () => {
  const cloudInit = CloudInit.fromSecretName('guest');

  test('has a name and a device of its own', () => {
    const { domain, volumes } = made({ cloudInit, cloudInitDiskOptions: { name: 'seed', device: DiskDevice.CDROM } });
    expect(domain).toMatchObject({
      devices: {
        disks: [
          { name: 'rootdisk', disk: { bus: 'virtio' } },
          { name: 'seed', cdrom: { bus: 'sata' } },
        ],
      },
    });
    expect(volumes).toMatchObject([
      { name: 'rootdisk' },
      { name: 'seed', cloudInitNoCloud: { secretRef: { name: 'guest' } } },
    ]);
  });

  test('fails when it has options without data', () => {
    expect(() => made({ cloudInitDiskOptions: { name: 'seed' } })).toThrow(
      "'cloudInitDiskOptions' must be left out without 'cloudInit'",
    );
  });

  test('fails when it is to be plugged in', () => {
    const cloudInitDiskOptions: AttachOptions = { hotpluggable: true };
    expect(() => made({ cloudInit, cloudInitDiskOptions })).toThrow(
      `'cloudInitDiskOptions' must have known keys only, got "hotpluggable"`,
    );
  });

  test('fails when its options are of the wrong kind, and says no more', () => {
    expect(() => made({ cloudInitDiskOptions: untyped<AttachOptions>('seed') })).toThrow(
      /^\[test\/web\] 'cloudInitDiskOptions' must be an object, got "seed"$/,
    );
  });

  test('fails when its bus is not one of its device', () => {
    const cloudInitDiskOptions = { device: DiskDevice.CDROM, bus: DiskBus.VIRTIO };
    expect(() => made({ cloudInit, cloudInitDiskOptions })).toThrow("'cloudInitDiskOptions.bus' must be");
  });

  test('fails when another disk has its name', () => {
    const secondaryDisks = [{ disk: Disk.fromClaimName('seed'), name: 'seed' }];
    expect(() => made({ cloudInit, cloudInitDiskOptions: { name: 'seed' }, secondaryDisks })).toThrow(
      "not be 'seed', the name of the cloud-init disk",
    );
  });
});
