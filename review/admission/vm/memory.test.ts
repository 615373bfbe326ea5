import { Json } from '../../rule';
import { refusals, testRules } from '../../testing/rule-tester';
import { MEMORY_HOTPLUG_RULES, MEMORY_RULES } from './memory';

const REQUEST = 'spec.template.spec.domain.resources.requests.memory';
const GUEST = 'spec.template.spec.domain.memory.guest';
const ARM = { featureGates: ['MultiArchitecture'] };

function resources(requests?: string, limits?: string): Json {
  return {
    ...(requests === undefined ? {} : { 'T.domain.resources.requests': { memory: requests } }),
    ...(limits === undefined ? {} : { 'T.domain.resources.limits': { memory: limits } }),
  };
}

function memory(change: object): Json {
  return { 'T.domain.memory': change };
}

function pages(guest: string, pageSize: unknown): Json {
  return memory({ guest, hugepages: { pageSize } });
}

describe('MEMORY_RULES', () => {
  testRules(MEMORY_RULES, [
    {
      rule: 'memory-request-positive',
      accepts: resources('0'),
      refuses: resources('-1Gi'),
      field: REQUEST,
      says: 'got "-1Gi"',
    },
    {
      rule: 'memory-request-least',
      accepts: resources('1000000'),
      refuses: resources('999999'),
      field: REQUEST,
      says: `at least '1M', got "999999"`,
    },
    {
      rule: 'memory-limit-positive',
      accepts: resources('2Gi', '2Gi'),
      refuses: resources('1Gi', '-1Gi'),
      field: 'spec.template.spec.domain.resources.limits.memory',
      says: 'got "-1Gi"',
    },
    {
      rule: 'memory-request-limit',
      accepts: resources('1Gi', '1024Mi'),
      refuses: resources('2Gi', '1Gi'),
      field: REQUEST,
      says: '("1Gi"), got "2Gi"',
    },
    {
      rule: 'memory-page-size-quantity',
      accepts: pages('2Gi', '2Mi'),
      refuses: pages('2Gi', 'x'),
      field: 'spec.template.spec.domain.memory.hugepages.pageSize',
      serverField: 'spec.template.spec.domain.hugepages.size',
      says: 'got "x"',
    },
    {
      rule: 'memory-page-size-zero',
      accepts: pages('2Gi', '1Gi'),
      refuses: pages('2Gi', '0'),
      field: 'spec.template.spec.domain.memory.hugepages.pageSize',
      says: 'greater than 0',
    },
    {
      rule: 'memory-page-size-fits',
      accepts: pages('1Gi', '1Gi'),
      refuses: pages('512Mi', '1Gi'),
      field: REQUEST,
      says: 'a page ("1Gi")',
    },
    {
      rule: 'memory-page-size-multiple',
      accepts: { ...pages('2049Ki', '2Mi'), ...resources('2Mi') },
      refuses: pages('2049Ki', '2Mi'),
      field: REQUEST,
      says: 'a multiple of the page size ("2Mi")',
    },
    {
      rule: 'memory-guest-limit',
      accepts: { ...memory({ guest: '2Gi' }), ...resources('1Gi', '1Gi') },
      acceptedOn: {},
      refuses: { ...memory({ guest: '2Gi' }), ...resources('1Gi', '1Gi') },
      cluster: { configuration: { vmRolloutStrategy: 'Stage' } },
      field: GUEST,
      says: '("1Gi"), got "2Gi"',
    },
  ]);

  test('accepts a guest of nothing, and none at all', () => {
    expect(refusals(memory({ guest: '0' }))).toEqual([]);
    expect(refusals({ 'T.domain.memory': undefined })).toEqual([]);
  });
});

describe('MEMORY_HOTPLUG_RULES', () => {
  testRules(MEMORY_HOTPLUG_RULES, [
    {
      rule: 'memory-max-guest-guest-given',
      accepts: { ...memory({ maxGuest: '4Gi' }), ...resources('2Gi') },
      refuses: memory({ maxGuest: '4Gi' }),
      field: GUEST,
      says: "'guest' must be given",
    },
    {
      rule: 'memory-max-guest-order',
      accepts: memory({ guest: '2Gi', maxGuest: '2Gi' }),
      refuses: memory({ guest: '4Gi', maxGuest: '2Gi' }),
      field: GUEST,
      says: '("2Gi"), got "4Gi"',
    },
    {
      rule: 'memory-max-guest-least',
      accepts: memory({ guest: '1Gi', maxGuest: '2Gi' }),
      refuses: memory({ guest: '1022Mi', maxGuest: '2Gi' }),
      field: GUEST,
      says: "at least '1Gi'",
    },
    {
      rule: 'memory-max-guest-aligned',
      accepts: memory({ guest: '2Gi', maxGuest: '2050Mi' }),
      refuses: memory({ guest: '2Gi', maxGuest: '4294967297' }),
      field: 'spec.template.spec.domain.memory.maxGuest',
      serverField: GUEST,
      says: "'maxGuest' must be a multiple of '2Mi'",
    },
    {
      rule: 'memory-max-guest-aligned',
      accepts: memory({ guest: '2Gi', maxGuest: '3Gi', hugepages: { pageSize: '1Gi' } }),
      refuses: memory({ guest: '2Gi', maxGuest: '3074Mi', hugepages: { pageSize: '1Gi' } }),
      field: 'spec.template.spec.domain.memory.maxGuest',
      serverField: GUEST,
      says: "a multiple of '1Gi'",
    },
    {
      rule: 'memory-max-guest-guest-aligned',
      accepts: memory({ guest: '2147483649' }),
      refuses: memory({ guest: '2147483649', maxGuest: '4Gi' }),
      field: GUEST,
      says: "'guest' must be a multiple of '2Mi'",
    },
    {
      rule: 'memory-max-guest-architecture',
      accepts: { ...memory({ guest: '2Gi' }), 'T.architecture': 'arm64' },
      refuses: { ...memory({ guest: '2Gi', maxGuest: '4Gi' }), 'T.architecture': 'arm64' },
      cluster: ARM,
      field: 'spec.template.spec.domain.memory.maxGuest',
      serverField: GUEST,
      says: 'got "arm64"',
    },
    {
      rule: 'memory-max-guest-exclusive',
      accepts: memory({ guest: '2Gi', maxGuest: '4Gi' }),
      refuses: {
        ...memory({ guest: '2Gi', maxGuest: '4Gi', hugepages: { pageSize: '2Mi' } }),
        'T.domain.cpu': { cores: 2, dedicatedCpuPlacement: true, numa: { guestMappingPassthrough: {} } },
      },
      field: 'spec.template.spec.domain.memory.maxGuest',
      serverField: GUEST,
      says: "'cpu.numa.guestMappingPassthrough'",
    },
  ]);

  test('asks for nothing where the cluster does not update live', () => {
    const stage = { configuration: { vmRolloutStrategy: 'Stage' } };
    expect(refusals(memory({ guest: '4Gi', maxGuest: '2Gi' }), stage)).toEqual([]);
  });
});
