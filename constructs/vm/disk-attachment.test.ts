import { Disk } from '../storage/disk';
import { renderAttachment, settleAttachment } from './disk-attachment';
import { DiskBus, DiskDevice } from './disk-device';
import { DiskCache, DiskIo } from './disk-tuning';

const DISK = Disk.fromClaimName('data');

describe('settleAttachment', () => {
  test('is a virtio disk that is named as its claim', () => {
    expect(settleAttachment(DISK, {})).toEqual({
      disk: DISK,
      name: 'data',
      bus: 'virtio',
      device: 'disk',
      hotpluggable: false,
    });
  });

  test('takes the name of the options, then the one of its place, then that of the claim', () => {
    expect(settleAttachment(DISK, { name: 'mine' }, { name: 'rootdisk' }).name).toBe('mine');
    expect(settleAttachment(DISK, { name: undefined }, { name: 'rootdisk' }).name).toBe('rootdisk');
    expect(settleAttachment(DISK, {}).name).toBe('data');
  });

  test.each([
    ['web.data.v2', 'web-data-v2'],
    ['a'.repeat(63), 'a'.repeat(63)],
    ['a'.repeat(64), 'a'.repeat(63)],
    [`${'a'.repeat(62)}-b`, 'a'.repeat(62)],
    [`${'a'.repeat(61)}.b.c`, `${'a'.repeat(61)}-b`],
  ])('makes a label of the claim %s', (claimName, name) => {
    expect(settleAttachment(Disk.fromClaimName(claimName), {}).name).toBe(name);
  });

  test.each([
    [DiskDevice.DISK, false, 'virtio'],
    [DiskDevice.DISK, true, 'scsi'],
    [DiskDevice.LUN, false, 'scsi'],
    [DiskDevice.LUN, true, 'scsi'],
    [DiskDevice.CDROM, false, 'sata'],
  ])('puts a %s (hotpluggable: %p) on %s', (device, hotpluggable, bus) => {
    expect(settleAttachment(DISK, { device, hotpluggable }).bus).toBe(bus);
  });

  test('keeps the bus that is asked for', () => {
    expect(settleAttachment(DISK, { bus: DiskBus.USB }).bus).toBe('usb');
  });
});

describe('renderAttachment', () => {
  test('is a disk and a volume of one name', () => {
    expect(rendered(settleAttachment(DISK, { name: 'd1' }))).toEqual({
      disk: { name: 'd1', disk: { bus: 'virtio' } },
      volume: { name: 'd1', persistentVolumeClaim: { claimName: 'data' } },
    });
  });

  test('writes every option', () => {
    const options = {
      name: 'd1',
      bus: DiskBus.SCSI,
      device: DiskDevice.DISK,
      serial: 'S-1',
      bootOrder: 2,
      cache: DiskCache.NONE,
      io: DiskIo.NATIVE,
      readOnly: true,
      shareable: true,
      hotpluggable: true,
    };
    expect(rendered(settleAttachment(DISK, options))).toEqual({
      disk: {
        name: 'd1',
        disk: { bus: 'scsi', readonly: true },
        serial: 'S-1',
        bootOrder: 2,
        cache: 'none',
        io: 'native',
        shareable: true,
      },
      volume: { name: 'd1', persistentVolumeClaim: { claimName: 'data', hotpluggable: true } },
    });
  });

  test('leaves out of a CD-ROM what it is anyway', () => {
    const cdrom = settleAttachment(DISK, { device: DiskDevice.CDROM, readOnly: true });
    expect(rendered(cdrom)).toMatchObject({ disk: { name: 'data', cdrom: { bus: 'sata' } } });
    expect(JSON.stringify(rendered(cdrom))).not.toContain('readonly');
  });

  test('is a LUN', () => {
    expect(rendered(settleAttachment(DISK, { device: DiskDevice.LUN, readOnly: false }))).toMatchObject({
      disk: { name: 'data', lun: { bus: 'scsi', readonly: false } },
    });
  });
});

function rendered(attachment: Parameters<typeof renderAttachment>[0]): unknown {
  return JSON.parse(JSON.stringify(renderAttachment(attachment)));
}
