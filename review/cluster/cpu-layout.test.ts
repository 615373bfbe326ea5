import type { Json } from '../rule';
import { layoutOf } from './cpu-layout';

describe('the layout of processors', () => {
  test.each<[Json, string, string, number]>([
    [{}, 'sockets', 'SocketsCores', 2],
    [{ cpu: { preferredCPUTopology: 'spread' } }, 'spread', 'SocketsCores', 2],
    [{ cpu: { preferredCPUTopology: 'preferSpread' } }, 'spread', 'SocketsCores', 2],
    [{ preferSpreadSocketToCoreRatio: 4 }, 'sockets', 'SocketsCores', 4],
    [{ preferSpreadSocketToCoreRatio: 0 }, 'sockets', 'SocketsCores', 2],
    [{ cpu: { spreadOptions: { across: 'CoresThreads' } } }, 'sockets', 'CoresThreads', 2],
    [{ cpu: { spreadOptions: { ratio: 3 } } }, 'sockets', 'SocketsCores', 3],
    [{ cpu: { spreadOptions: { ratio: 3 } }, preferSpreadSocketToCoreRatio: 4 }, 'sockets', 'SocketsCores', 3],
    [
      { cpu: { spreadOptions: { across: 'CoresThreads' } }, preferSpreadSocketToCoreRatio: 4 },
      'sockets',
      'CoresThreads',
      4,
    ],
  ])('of the preference %j is by %s across %s, %d to one', (preference, topology, across, ratio) => {
    expect(layoutOf(preference)).toEqual({ topology, across, ratio });
  });
});
