import { Json } from '../../rule';
import { refusals, testRules } from '../../testing/rule-tester';
import { DISK_RULES } from './disks';

const DISKS = 'spec.template.spec.domain.devices.disks';
const TWICE = `${DISKS}.domain.devices.disks`;

function disk(change: object): Json {
  return { 'D.disks.0': { name: 'root', disk: { bus: 'virtio' }, ...change } };
}

function custom(logical: number, physical: number): Json {
  return disk({ blockSize: { custom: { logical, physical } } });
}

const bootFirst = { 'D.disks.0': { name: 'root', disk: { bus: 'virtio' }, bootOrder: 1 } };
const podNetwork = { 'T.networks': [{ name: 'default', pod: {} }] };

describe('DISK_RULES', () => {
  testRules(DISK_RULES, [
    {
      rule: 'disk-block-size-sata',
      release: 'v1.7.4',
      accepts: {
        'D.disks.0.blockSize': { custom: { logical: 512, physical: 4096 } },
        'D.disks.0.disk': { bus: 'sata' },
      },
      refuses: {
        'D.disks.0.blockSize': { custom: { logical: 4096, physical: 4096 } },
        'D.disks.0.disk': { bus: 'sata' },
      },
      field: 'spec.template.spec.domain.devices.disks[0].blockSize.custom.logical',
      says: "be 512 on the bus 'sata', got 4096",
    },
    {
      rule: 'disk-block-size-discard',
      release: 'v1.7.4',
      accepts: { 'D.disks.0.blockSize': { custom: { logical: 512, physical: 512, discardGranularity: 1024 } } },
      refuses: { 'D.disks.0.blockSize': { custom: { logical: 512, physical: 512, discardGranularity: 1000 } } },
      field: 'spec.template.spec.domain.devices.disks[0].blockSize.custom.discardGranularity',
      says: "be a multiple of 'logical' (512), got 1000",
    },
    {
      rule: 'disk-name-unique',
      accepts: {},
      refuses: { 'D.disks.1': { name: 'root', disk: { bus: 'virtio' } } },
      field: `${DISKS}[1].name`,
      says: 'disks[0], got "root"',
    },
    {
      rule: 'disk-name-label',
      accepts: { 'T.volumes.1': { name: 'a'.repeat(63), emptyDisk: { capacity: '1Gi' } } },
      refuses: { 'T.volumes.1': { name: 'Data_1', emptyDisk: { capacity: '1Gi' } } },
      field: 'spec.template.spec.domain.devices.disks[1].name',
      serverField: `${TWICE}[1].name`,
      says: 'got "Data_1"',
    },
    {
      rule: 'disk-boot-order-positive',
      accepts: disk({ bootOrder: 1 }),
      refuses: disk({ bootOrder: 0 }),
      field: `${DISKS}[0].bootOrder`,
      says: 'got 0',
    },
    {
      rule: 'boot-order-unique',
      accepts: {
        ...bootFirst,
        ...podNetwork,
        'D.interfaces': [{ name: 'default', masquerade: {}, bootOrder: 2 }],
      },
      refuses: {
        ...bootFirst,
        ...podNetwork,
        'D.interfaces': [{ name: 'default', masquerade: {}, bootOrder: 1 }],
      },
      field: 'spec.template.spec.domain.devices.interfaces[0].bootOrder',
      says: 'got 1',
    },
    {
      rule: 'disk-serial-characters',
      accepts: disk({ serial: 'a_B.1+-' }),
      refuses: disk({ serial: 'a b' }),
      field: `${DISKS}[0].serial`,
      says: 'got "a b"',
    },
    {
      rule: 'disk-serial-length',
      accepts: disk({ serial: 'a'.repeat(256) }),
      refuses: disk({ serial: 'a'.repeat(257) }),
      field: `${DISKS}[0].serial`,
      says: 'at most 256 characters',
    },
    {
      rule: 'disk-cache-known',
      accepts: disk({ cache: 'writeback' }),
      refuses: disk({ cache: 'unsafe' }),
      field: `${DISKS}[0].cache`,
      says: 'got "unsafe"',
    },
    {
      rule: 'disk-io-known',
      accepts: disk({ io: 'native' }),
      refuses: disk({ io: 'io_uring' }),
      field: 'spec.template.spec.domain.devices.disks[0].io',
      serverField: `${TWICE}[0].io`,
      says: "'native' or 'threads'",
    },
    ...['pause', ''].map((errorPolicy) => ({
      rule: 'disk-error-policy-known',
      accepts: disk({ errorPolicy: 'enospace' }),
      refuses: disk({ errorPolicy }),
      field: `${DISKS}[0].errorPolicy`,
      says: `got ${JSON.stringify(errorPolicy)}`,
    })),
    {
      rule: 'disk-block-size-exclusive',
      accepts: disk({ blockSize: { custom: { logical: 512, physical: 4096 }, matchVolume: { enabled: false } } }),
      refuses: disk({ blockSize: { custom: { logical: 512, physical: 4096 }, matchVolume: {} } }),
      field: `${DISKS}[0].blockSize`,
      says: 'not both',
    },
    {
      rule: 'disk-block-size-order',
      accepts: custom(512, 512),
      refuses: custom(4096, 512),
      field: `${DISKS}[0].blockSize.custom.logical`,
      says: "at most 'physical' (512), got 4096",
    },
    {
      rule: 'disk-block-size-range',
      accepts: custom(512, 2097152),
      refuses: custom(511, 2097153),
      field: [`${DISKS}[0].blockSize.custom.logical`, `${DISKS}[0].blockSize.custom.physical`],
      says: 'got 511',
    },
  ]);

  test.each([
    [256, 512, ['logical']],
    [1000, 4096, ['logical']],
    [512, 1000, ['physical']],
    [512, 4194304, ['physical']],
    [0, 0, ['logical', 'physical']],
    [1024, 2048, []],
  ])('names the block sizes %s and %s that are out of range', (logical, physical, parts) => {
    expect(refusals(custom(logical, physical))).toEqual(parts.map((part) => `${DISKS}[0].blockSize.custom.${part}`));
  });

  test.each([
    ['virtio', 512, ['discardGranularity']],
    ['virtio', 4096, ['discardGranularity']],
    ['sata', 512, ['discardGranularity']],
    ['sata', 4096, ['logical']],
  ])('names one size of a disk on %s whose blocks of %d do not divide the discards', (bus, logical, parts) => {
    const size = { logical, physical: 4096, discardGranularity: 1000 };
    expect(refusals(disk({ disk: { bus }, blockSize: { custom: size } }), { release: 'v1.7.4' })).toEqual(
      parts.map((part) => `${DISKS}[0].blockSize.custom.${part}`),
    );
  });

  test.each<[string, object, string[]]>([
    [
      'the larger one first',
      { custom: { logical: 4096, physical: 512, discardGranularity: 1000 } },
      ['.custom.logical'],
    ],
    ['the sizes of the volume, too', { custom: { logical: 4096, physical: 4096 }, matchVolume: {} }, ['']],
  ])('says one thing of block sizes with %s', (_what, blockSize, parts) => {
    const fields = parts.map((part) => `${DISKS}[0].blockSize${part}`);
    expect(refusals(disk({ disk: { bus: 'sata' }, blockSize }), { release: 'v1.7.4' })).toEqual(fields);
  });

  test('counts the boot order of two disks together', () => {
    const changes = {
      ...bootFirst,
      'D.disks.1': { name: 'data', disk: {}, bootOrder: 1 },
      'T.volumes.1': { name: 'data', emptyDisk: { capacity: '1Gi' } },
    };
    expect(refusals(changes)).toEqual([`${DISKS}[1].bootOrder`]);
  });
});
