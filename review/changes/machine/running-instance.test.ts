import { Json } from '../../rule';
import { ChangeContext } from '../context';
import { runningInstance } from './running-instance';

/** The disks of a machine that was started on a cluster of an architecture. */
function disksOf(disks: readonly Json[], architecture: string): unknown {
  const context = { config: { configuration: {}, architecture } } as unknown as ChangeContext;
  const { spec } = runningInstance({ domain: { devices: { disks } } }, context);
  return (spec.domain as { devices: { disks: unknown } }).devices.disks;
}

describe('a machine that runs', () => {
  const written = [
    { name: 'root', disk: { bus: 'virtio' } },
    { name: 'data', disk: {} },
    { name: 'iso', cdrom: { readonly: true } },
    { name: 'shared', lun: { bus: 'scsi' } },
    { name: 'plain' },
  ];

  test('has a bus of its own choice, else sata on amd64', () => {
    expect(disksOf(written, 'amd64')).toEqual([
      { name: 'root', disk: { bus: 'virtio' } },
      { name: 'data', disk: { bus: 'sata' } },
      { name: 'iso', cdrom: { readonly: true, bus: 'sata' } },
      { name: 'shared', lun: { bus: 'scsi' } },
      { name: 'plain', disk: { bus: 'sata' } },
    ]);
  });

  test('has no such bus on another architecture', () => expect(disksOf(written, 'arm64')).toEqual(written));
});
