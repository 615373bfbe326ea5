import { Json } from '../../rule';
import { ExampleCluster, refusals, testRules } from '../../testing/rule-tester';
import { DISK_TARGET_RULES } from './disk-targets';

const DISKS = 'spec.template.spec.domain.devices.disks';
const TWICE = `${DISKS}.domain.devices.disks`;
const METRICS = { featureGates: ['DownwardMetrics'] };
const metricsVolume = { 'T.volumes.1': { name: 'm', downwardMetrics: {} } };

function disk(entry: object): Json {
  return { 'D.disks.0': { name: 'root', ...entry } };
}

function reservation(enabled: boolean): Json {
  return { persistentReservationConfiguration: { enabled } };
}

describe('DISK_TARGET_RULES', () => {
  testRules(DISK_TARGET_RULES, [
    {
      rule: 'disk-target-single',
      accepts: disk({}),
      refuses: disk({ disk: { bus: 'virtio' }, cdrom: { bus: 'sata' } }),
      field: `${DISKS}[0]`,
      says: 'got ["disk","cdrom"]',
    },
    ...['ide', 'nvme', 'VirtIO'].map((bus) => ({
      rule: 'disk-bus-known',
      accepts: disk({ disk: { bus: 'usb' } }),
      refuses: disk({ disk: { bus } }),
      field: `${DISKS}[0].disk.bus`,
      says: `got "${bus}"`,
    })),
    {
      rule: 'disk-bus-cdrom',
      accepts: disk({ cdrom: { bus: 'sata' } }),
      refuses: disk({ cdrom: { bus: 'virtio' } }),
      field: `${DISKS}[0].cdrom.bus`,
      says: 'for a CD-ROM, got "virtio"',
    },
    {
      rule: 'disk-readonly-sata',
      accepts: disk({ disk: { bus: 'virtio', readonly: true } }),
      refuses: disk({ disk: { bus: 'sata', readonly: true } }),
      field: `${DISKS}[0].disk.bus`,
      says: 'for a read-only disk',
    },
    {
      rule: 'disk-dedicated-io-thread-bus',
      accepts: disk({ disk: {}, dedicatedIOThread: true }),
      refuses: disk({ disk: { bus: 'scsi' }, dedicatedIOThread: true }),
      field: 'spec.template.spec.domain.devices.disks[0].dedicatedIOThread',
      serverField: `${TWICE}[0]`,
      says: `with 'dedicatedIOThread', got "scsi"`,
    },
    {
      rule: 'disk-pci-address-bus',
      accepts: disk({ disk: { bus: 'virtio', pciAddress: '0000:05:00.0' } }),
      refuses: disk({ disk: { pciAddress: '0000:05:00.0' } }),
      field: 'spec.template.spec.domain.devices.disks[0].disk.bus',
      serverField: `${TWICE}.disk[0].pciAddress`,
      says: "with 'pciAddress'",
    },
    ...['05:00.0', '0000:05:00.8', '0000:05:0g.0'].map((pciAddress) => ({
      rule: 'disk-pci-address-form',
      accepts: disk({ disk: { bus: 'virtio', pciAddress: '00aF:05:00.7' } }),
      refuses: disk({ disk: { bus: 'virtio', pciAddress } }),
      field: 'spec.template.spec.domain.devices.disks[0].disk.pciAddress',
      serverField: `${TWICE}.disk[0].pciAddress`,
      says: `got "${pciAddress}"`,
    })),
    {
      rule: 'disk-volume-exists',
      accepts: {},
      refuses: { 'D.disks.1': { name: 'x', disk: { bus: 'virtio' } } },
      field: `${DISKS}[1].name`,
      says: 'the name of a volume, got "x"',
    },
    {
      rule: 'disk-cdrom-empty-gate',
      accepts: { 'D.disks.1': { name: 'cd', cdrom: { bus: 'sata' } } },
      acceptedOn: { featureGates: ['DeclarativeHotplugVolumes', 'HotplugVolumes'] },
      refuses: { 'D.disks.1': { name: 'cd', cdrom: { bus: 'sata' } } },
      field: `${DISKS}[1].name`,
      says: "'DeclarativeHotplugVolumes'",
    },
    {
      rule: 'disk-lun-volume',
      accepts: disk({ lun: { bus: 'scsi' } }),
      refuses: {
        ...disk({ lun: { bus: 'scsi' } }),
        'T.volumes.0': { name: 'root', emptyDisk: { capacity: '1Gi' } },
      },
      field: `${DISKS}[0].lun`,
      says: 'got ["emptyDisk"]',
    },
    {
      rule: 'disk-lun-reservation-gate',
      accepts: disk({ lun: { bus: 'scsi', reservation: false } }),
      refuses: disk({ lun: { bus: 'scsi', reservation: true } }),
      field: 'spec.template.spec.domain.devices.disks[0].lun.reservation',
      serverField: `${DISKS}.luns.reservation`,
      says: "'PersistentReservation'",
    },
    {
      rule: 'disk-downward-metrics-target',
      accepts: { ...metricsVolume, 'D.disks.1': { name: 'm', disk: {} } },
      refuses: metricsVolume,
      cluster: METRICS,
      field: `${DISKS}[1].disk`,
      says: "'disk' must be given",
    },
    {
      rule: 'disk-downward-metrics-bus',
      accepts: { ...metricsVolume, 'D.disks.1': { name: 'm', disk: { bus: 'virtio' } } },
      refuses: { ...metricsVolume, 'D.disks.1': { name: 'm', disk: { bus: 'sata' } } },
      cluster: METRICS,
      field: `${DISKS}[1].disk.bus`,
      says: 'got "sata"',
    },
  ]);

  test.each<[string, ExampleCluster, string[]]>([
    ['nothing permits it', {}, [`${DISKS}[0].lun.reservation`]],
    ['no gate may be on', { anyGate: false }, [`${DISKS}[0].lun.reservation`]],
    ['any gate may be on', { anyGate: true }, []],
    ['the gate is listed', { featureGates: ['PersistentReservation'] }, []],
    ['the setting permits it', { configuration: reservation(true) }, []],
    [
      'the setting forbids it, whatever the gate',
      { featureGates: ['PersistentReservation'], configuration: reservation(false), anyGate: true },
      [`${DISKS}[0].lun.reservation`],
    ],
  ])('judges persistent reservation of v1.9.0 where %s', (_where, cluster, fields) => {
    const machine = disk({ lun: { bus: 'scsi', reservation: true } });
    expect(refusals(machine, { ...cluster, release: 'v1.9.0' })).toEqual(fields);
  });

  test('leaves an open bus to a preference', () => {
    const changes = { ...disk({ disk: { pciAddress: '0000:05:00.0' } }), 'spec.preference': { name: 'p' } };
    expect(refusals(changes)).toEqual([]);
  });
});
