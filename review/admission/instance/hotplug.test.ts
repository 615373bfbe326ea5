import { Json } from '../../rule';
import { notes, Example, testRules } from '../../testing/rule-tester';
import { HOTPLUG_RULES } from './hotplug';

const ROOT = { name: 'root', persistentVolumeClaim: { claimName: 'p' } };
const ROOT_DISK = { name: 'root', disk: { bus: 'virtio' } };
const PLUG = { name: 'h', persistentVolumeClaim: { claimName: 'c', hotpluggable: true } };
const PLUG_DISK = { name: 'h', disk: { bus: 'scsi' } };
const DRIVE = { name: 'cd', cdrom: { bus: 'sata' } };
const STATUS = { volumeStatus: [{ name: 'root' }, { name: 'h', hotplugVolume: {} }] };
const DISK = 'spec.domain.devices.disks';

function instance(volumes: Json[], disks: Json[], status: Json = STATUS): Json {
  return { spec: { volumes, domain: { devices: { disks } } }, status };
}

const started = instance([ROOT], [ROOT_DISK]);
const plugged = instance([ROOT, PLUG], [ROOT_DISK, PLUG_DISK]);
const plug = (disk: Json) => instance([ROOT, PLUG], [ROOT_DISK, { name: 'h', ...disk }]);

/** A machine whose volume 'h' a filesystem shares. */
function sharing(volumes: Json[], disks: Json[]): Json {
  const devices = { disks, filesystems: [{ name: 'h', virtiofs: {} }] };
  return { spec: { volumes, domain: { devices } }, status: STATUS };
}

const rows: Example[] = [
  {
    rule: 'hotplug-disk-per-volume',
    accepts: instance([ROOT], [ROOT_DISK, DRIVE]),
    acceptedOn: { featureGates: ['DeclarativeHotplugVolumes'] },
    refuses: instance([ROOT], [ROOT_DISK, DRIVE]),
    old: started,
    field: 'spec.volumes',
    says: 'got 1 volumes and 2 uses',
  },
  {
    rule: 'hotplug-disk-per-volume',
    accepts: instance([ROOT, { name: 'd', memoryDump: {} }], [ROOT_DISK]),
    refuses: instance([ROOT, PLUG], [ROOT_DISK]),
    old: started,
    field: 'spec.volumes',
    says: 'got 2 volumes and 1 uses',
  },
  {
    rule: 'hotplug-disk-per-volume',
    accepts: sharing([ROOT, PLUG], [ROOT_DISK]),
    refuses: sharing([ROOT, PLUG], [ROOT_DISK, PLUG_DISK]),
    old: started,
    field: 'spec.volumes',
    says: 'got 2 volumes and 3 uses',
  },
  {
    rule: 'hotplug-permanent-volume-kept',
    accepts: started,
    refuses: instance([PLUG], [PLUG_DISK]),
    old: plugged,
    field: 'spec.volumes',
    says: `keep 'root'`,
  },
  {
    rule: 'hotplug-permanent-volume-kept',
    accepts: instance([{ ...ROOT, dataVolume: {} }], [ROOT_DISK], { migratedVolumes: [{ volumeName: 'root' }] }),
    refuses: instance([{ name: 'root', persistentVolumeClaim: { claimName: 'q' } }], [ROOT_DISK]),
    old: started,
    field: 'spec.volumes[0]',
    says: 'was started with it',
  },
  {
    rule: 'hotplug-permanent-disk-kept',
    accepts: plug({ disk: { bus: 'virtio' } }),
    refuses: instance([ROOT], [{ name: 'root', disk: { bus: 'scsi' } }]),
    old: started,
    field: `${DISK}[0]`,
    says: `'root' must stay what it was`,
  },
  {
    rule: 'hotplug-volume-kept',
    accepts: started,
    refuses: instance([ROOT, { name: 'h', dataVolume: { name: 'd' } }], [ROOT_DISK, PLUG_DISK]),
    old: plugged,
    field: 'spec.volumes[1]',
    says: `'h' must stay what it was`,
  },
  {
    rule: 'hotplug-disk-kept',
    accepts: started,
    refuses: plug({ disk: { bus: 'virtio' } }),
    old: plugged,
    field: `${DISK}[1]`,
    says: `'h' must stay what it was`,
  },
  {
    rule: 'hotplug-volume-kind',
    accepts: instance([ROOT, { name: 'h', dataVolume: { name: 'd' } }], [ROOT_DISK, PLUG_DISK]),
    refuses: instance([ROOT, { name: 'h', emptyDisk: {} }], [ROOT_DISK, PLUG_DISK]),
    old: started,
    field: 'spec.volumes[1]',
    says: `'persistentVolumeClaim' or 'dataVolume'`,
  },
  {
    rule: 'hotplug-disk-target',
    accepts: plug({ lun: { bus: 'scsi' } }),
    refuses: plug({ cdrom: { bus: 'sata' } }),
    old: started,
    field: `${DISK}[1]`,
    says: `'disk' or 'lun'`,
  },
  {
    rule: 'hotplug-disk-bus',
    accepts: plug({ disk: { bus: 'virtio' } }),
    refuses: plug({ disk: {} }),
    old: started,
    field: `${DISK}[1].disk.bus`,
    says: `'scsi' or 'virtio' for a plugged disk, got nothing`,
  },
  {
    rule: 'hotplug-lun-bus',
    accepts: plug({ lun: { bus: 'scsi' } }),
    refuses: plug({ lun: { bus: 'virtio' } }),
    old: started,
    field: `${DISK}[1].lun.bus`,
    says: 'for a plugged lun, got "virtio"',
  },
  {
    rule: 'hotplug-io-thread',
    accepts: plug({ disk: { bus: 'virtio' }, dedicatedIOThread: true }),
    refuses: plug({ disk: { bus: 'scsi' }, dedicatedIOThread: true }),
    old: started,
    field: `${DISK}[1].dedicatedIOThread`,
    says: `'virtio', got "scsi"`,
  },
];

describe('a running VirtualMachineInstance', () => {
  testRules(HOTPLUG_RULES, rows);

  test.each([
    ['takes nothing new', started, started],
    ['takes a disk', started, plugged],
    ['gives a disk back', plugged, started],
    [
      'keeps a volume of another kind that stands there, while a disk is plugged',
      instance([ROOT, { name: 'e', emptyDisk: {} }], [ROOT_DISK, { name: 'e', disk: {} }]),
      instance([ROOT, { name: 'e', emptyDisk: {} }, PLUG], [ROOT_DISK, { name: 'e', disk: {} }, PLUG_DISK]),
    ],
    [
      'keeps what it was started with, whatever the volume is',
      instance([PLUG, { name: 'e', emptyDisk: {} }], [PLUG_DISK, { name: 'e', disk: {} }], {
        volumeStatus: [{ name: 'e' }, { name: 'h', hotplugVolume: {} }],
      }),
      instance([{ name: 'e', emptyDisk: {} }], [{ name: 'e', disk: {} }], {
        volumeStatus: [{ name: 'e' }, { name: 'h', hotplugVolume: {} }],
      }),
    ],
    [
      'fills an empty drive',
      instance([ROOT], [ROOT_DISK, DRIVE]),
      instance([ROOT, { name: 'cd', dataVolume: {} }], [ROOT_DISK, DRIVE]),
    ],
  ])('%s', (_title, old, now) => {
    expect(
      notes(HOTPLUG_RULES, undefined, now, old, {
        featureGates: ['DeclarativeHotplugVolumes'],
      }),
    ).toEqual([]);
  });

  test('fails once by a changed disk that it was started with', () => {
    const other = instance([ROOT], [{ name: 'root', disk: { bus: 'scsi' } }]);
    expect(notes(HOTPLUG_RULES, undefined, other, started).map(([field]) => field)).toEqual([`${DISK}[0]`]);
  });

  test('lets the disk of a memory dump change', () => {
    const [old, now] = ['scsi', 'virtio'].map((bus) =>
      instance([ROOT, { name: 'h', memoryDump: {} }], [ROOT_DISK, { name: 'h', disk: { bus } }]),
    );
    expect(notes(HOTPLUG_RULES, 'hotplug-disk-kept', now!, old)).toEqual([]);
  });
});
