import { Json } from '../../rule';
import { ChangeContext } from '../context';
import { memoryObstacle, runningInstance } from './running-instance';

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

test.each([
  [{ sockets: 1, cores: 128, threads: 1 }, {}, 4],
  [{ sockets: 1, cores: 129, threads: 1 }, {}, 3],
  [{ sockets: 2, cores: 64, threads: 2 }, {}, 4],
  [{ sockets: 1, cores: 600, threads: 1 }, {}, 1],
  [{ sockets: 2 }, {}, 8],
  [{ sockets: 2, maxSockets: 3 }, {}, 3],
  [{ sockets: 2 }, { maxCpuSockets: 6 }, 6],
  [{ sockets: 2 }, { maxCpuSockets: 1 }, 2],
  [{ sockets: 2 }, { maxHotplugRatio: 2 }, 4],
])('a machine of %j has room for sockets, with %j: %s', (cpu, liveUpdateConfiguration, most) => {
  const context = { config: { configuration: { liveUpdateConfiguration }, architecture: 'amd64' } };
  expect(runningInstance({ domain: { cpu } }, context as unknown as ChangeContext).maxSockets).toBe(most);
});

const [MI, GI] = [2 ** 20, 2 ** 30];
const huge = { memory: { hugepages: { pageSize: '1Gi' } } };

test.each<[Json, string, number, number, string | undefined]>([
  [{}, 'amd64', 2 * GI, 2 * GI, undefined],
  [{}, 'amd64', 2 * GI + 2 * MI, 2 * GI, 'it is more than the machine started with room for'],
  [{}, 'amd64', 2 * GI + MI, 4 * GI, 'it is no multiple of 2Mi'],
  [{}, 'amd64', 2 * GI, 4 * GI + MI, 'it is no multiple of 2Mi'],
  [{}, 'amd64', 2.5 * GI, 4 * GI, undefined],
  [huge, 'amd64', 2.5 * GI, 4 * GI, 'it is no multiple of 1Gi'],
  [huge, 'amd64', 2 * GI, 4.5 * GI, 'it is no multiple of 1Gi'],
  [huge, 'amd64', 2 * GI, 4 * GI, undefined],
  [{}, 's390x', 2 * GI, 4 * GI, 'its architecture is s390x'],
  [{}, 'amd64', GI, 4 * GI, undefined],
  [{}, 'amd64', GI - 2 * MI, 4 * GI, 'it has less than 1Gi'],
])('memory is plugged into %j on %s, of %d up to %d bytes: %s', (domain, architecture, guest, most, obstacle) => {
  expect(memoryObstacle(domain, architecture, guest, most)).toBe(obstacle);
});
