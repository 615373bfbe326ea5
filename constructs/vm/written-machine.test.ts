import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { DataVolumeImport } from '../disks/data-volume-import';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DiskClone } from '../disks/disk-clone';
import { SecondaryDisk } from '../disks/secondary-disk';
import { Overrides } from '../shared/overrides';
import { failureOf, manifest, testChart } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { BootableVM } from './bootable-vm';
import { GuestNetwork } from './guest-network';
import { GuestPort } from './guest-port';
import { Volume } from './volume';

/** A VM whose template has these overrides. */
function made(spec: Record<string, unknown>, networks?: GuestNetwork[]): BootableVM {
  const vm = new BootableVM(testChart(), 'web', {
    bootDisk: Disk.fromClaimName('boot'),
    secondaryDisks: [{ disk: Disk.fromClaimName('data') }, { disk: Volume.emptyDisk(Size.gibibytes(1)) }],
    memory: Size.gibibytes(1),
    networks,
    overrides: { spec: { template: { spec } } },
  });
  return vm;
}

function claims(vm: BootableVM): (string | undefined)[] {
  return vm.disks.map(({ name, disk }) => disk.claimName ?? name);
}

describe('what overrides change', () => {
  test('is seen among the disks: one more, another claim, one less', () => {
    expect(claims(made({ nodeSelector: { zone: 'a' } }))).toEqual(['boot', 'data', 'emptydisk']);
    const added = { volumes: [{ name: 'more', persistentVolumeClaim: { claimName: 'other' } }] };
    expect(claims(made(added))).toEqual(['boot', 'data', 'emptydisk', 'other']);
    const changed = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'other' } }] };
    expect(claims(made(changed))).toEqual(['boot', 'other', 'emptydisk']);
    const removed = {
      volumes: [Overrides.removeItem('data')],
      domain: { devices: { disks: [Overrides.removeItem('data')] } },
    };
    expect(claims(made(removed))).toEqual(['boot', 'emptydisk']);
  });

  test('leaves an empty drive where it is, until they remove it', () => {
    const drive = (spec: object) =>
      new BootableVM(testChart(), 'web', {
        bootDisk: Disk.fromClaimName('boot'),
        secondaryDisks: [{ disk: Volume.emptyCdrom() }],
        memory: Size.gibibytes(1),
        overrides: { spec: { template: { spec } } },
      });
    expect(claims(drive({ nodeSelector: { zone: 'a' } }))).toEqual(['boot', 'cdrom']);
    const disks = [Overrides.removeItem('cdrom')];
    expect(claims(drive({ domain: { devices: { disks } } }))).toEqual(['boot']);
  });

  test('is seen of a disk that is plugged', () => {
    const claim = { claimName: 'other', hotpluggable: true };
    const vm = made({ volumes: [{ name: 'more', persistentVolumeClaim: claim }] });
    expect(vm.disks.at(-1)).toEqual({ name: 'more', hotpluggable: true, disk: { claimName: 'other' } });
  });

  test('is seen by a Service: a port that is let in no longer, and one that is', () => {
    const only = { domain: { devices: { interfaces: [{ name: 'default', ports: [{ port: 80 }] }] } } };
    expect(failureOf(() => made(only).expose({ ports: [GuestPort.ssh()] }))).toContain(
      "'networks' must let port 22 in",
    );
    expect(() => made(only).expose({ ports: [GuestPort.http()] })).not.toThrow();
    const pod = {
      networks: [{ name: 'default', pod: {} }],
      domain: { devices: { interfaces: [{ name: 'default', masquerade: {} }], autoattachPodInterface: null } },
    };
    expect(() => made(pod, []).expose({ ports: [GuestPort.ssh()] })).not.toThrow();
    expect(failureOf(() => made({}, []).expose({ ports: [GuestPort.ssh()] }))).toContain("'networks' must let");
  });

  test('fails when it leaves no card for the pod network, though ports of others are open', () => {
    const devices = { interfaces: Overrides.replaceList([{ name: 'other', bridge: {} }]) };
    expect(failureOf(() => made({ domain: { devices } }).expose({ ports: [GuestPort.ssh()] }))).toContain(
      "'networks' must let port 22 in",
    );
  });

  test.each<[object, GuestPort, boolean]>([
    [{ start: 22, end: 22, protocol: 'TCP' }, GuestPort.ssh(), true],
    [{ start: 20, end: 22, protocol: 'TCP' }, GuestPort.ssh(), true],
    [{ start: 22, end: 30, protocol: 'TCP' }, GuestPort.ssh(), true],
    [{ start: 20, end: 30, protocol: 'TCP' }, GuestPort.ssh(), true],
    [{ start: 20, end: 21, protocol: 'TCP' }, GuestPort.ssh(), false],
    [{ start: 23, end: 30, protocol: 'TCP' }, GuestPort.ssh(), false],
    [{ start: 20, end: 30, protocol: 'UDP' }, GuestPort.ssh(), false],
    [{ start: 20, end: 30, protocol: 'UDP' }, GuestPort.udp('a', 22), true],
  ])('is seen by a Service: the range of ports %j', (range, port, isOpen) => {
    const interfaces = [{ name: 'default', portRanges: Overrides.replaceList([range]) }];
    const expose = () => made({ domain: { devices: { interfaces } } }).expose({ ports: [port] });
    const failure = isOpen ? '' : failureOf(expose);
    if (isOpen) expect(expose).not.toThrow();
    else expect(failure).toContain("'networks' must let port 22 in");
  });

  test('is seen by what is made of a disk', () => {
    const chart = testChart('lab');
    const storage = { requests: { storage: Size.gibibytes(4) } };
    const source = new DataVolumeImport(chart, 'boot', {
      source: DataVolumeSource.blank(),
      size: Size.gibibytes(1),
      overrides: { spec: { pvc: { resources: storage, storageClassName: 'fast', volumeMode: 'Filesystem' } } },
    });
    expect([source.size?.toGibibytes(), source.storageClassName, source.volumeMode]).toEqual([4, 'fast', 'Filesystem']);
    const clone = new DiskClone(chart, 'clone', { source: DataVolumeSource.claim(source) });
    expect(manifest(clone).spec).toMatchObject({
      pvc: { storageClassName: 'fast', volumeMode: 'Filesystem', resources: { requests: { storage: '4Gi' } } },
    });
    const modes = Overrides.replaceList(['ReadWriteOnce']);
    const data = new SecondaryDisk(chart, 'data', {
      size: Size.gibibytes(1),
      overrides: { spec: { accessModes: modes, storageClassName: null } },
    });
    expect([data.accessModes, data.storageClassName]).toEqual([['ReadWriteOnce'], undefined]);
  });

  test('is written as a manifest has it: sizes and CPU time as quantities', () => {
    const resources = { requests: { memory: Size.mebibytes(512), cpu: Cpu.millis(250) } };
    expect(manifest(made({ domain: { resources } })).spec).toMatchObject({
      template: { spec: { domain: { resources: { requests: { memory: '512Mi', cpu: '250m' } } } } },
    });
  });
});
