import { Json } from '../../rule';
import { refusals, testRules } from '../../testing/rule-tester';
import { CPU_RULES, DEDICATED_CPU_RULES } from './cpu';

const CPU = 'spec.template.spec.domain.cpu';
const RESOURCES = 'spec.template.spec.domain.resources';

function cpu(change: object, requests?: string, limits?: string): Json {
  return {
    'T.domain.cpu': change,
    ...(requests === undefined ? {} : { 'T.domain.resources.requests.cpu': requests }),
    ...(limits === undefined ? {} : { 'T.domain.resources.limits.cpu': limits }),
  };
}

const pages = { 'T.domain.memory': { guest: '2Gi', hugepages: { pageSize: '2Mi' } } };
const numa = { numa: { guestMappingPassthrough: {} } };
const own = { dedicatedCpuPlacement: true };

describe('CPU_RULES', () => {
  testRules(CPU_RULES, [
    {
      rule: 'cpu-request-positive',
      accepts: cpu({}, '100m'),
      refuses: cpu({}, '-1'),
      field: `${RESOURCES}.requests.cpu`,
      says: 'got "-1"',
    },
    {
      rule: 'cpu-limit-positive',
      accepts: cpu({}, '1', '1'),
      refuses: cpu({}, '0', '-1'),
      field: `${RESOURCES}.limits.cpu`,
      says: 'got "-1"',
    },
    {
      rule: 'cpu-request-limit',
      accepts: cpu({}, '1', '1000m'),
      refuses: cpu({}, '1001m', '1'),
      field: `${RESOURCES}.requests.cpu`,
      says: '("1"), got "1001m"',
    },
    {
      rule: 'cpu-feature-policy-known',
      accepts: cpu({ features: [{ name: 'vmx' }] }),
      refuses: cpu({ features: [{ name: 'vmx', policy: 'Require' }] }),
      field: `${CPU}.features[0].policy`,
      says: 'got "Require"',
    },
    {
      rule: 'cpu-max-sockets',
      accepts: cpu({ sockets: 2, maxSockets: 2 }),
      refuses: cpu({ sockets: 3, maxSockets: 2 }),
      field: `${CPU}.sockets`,
      says: '(2), got 3',
    },
    {
      rule: 'cpu-max-sockets',
      accepts: cpu({ maxSockets: 2 }),
      refuses: cpu({ maxSockets: 2 }, '2500m'),
      field: `${CPU}.sockets`,
      says: 'got 3',
    },
    {
      rule: 'cpu-numa-dedicated',
      accepts: { ...cpu({ cores: 2, ...own, ...numa }), ...pages },
      refuses: { ...cpu({ cores: 2, ...numa }), ...pages },
      field: `${CPU}.numa.guestMappingPassthrough`,
      says: "'dedicatedCpuPlacement' must be true",
    },
    {
      rule: 'cpu-numa-hugepages',
      accepts: { ...cpu({ cores: 2, ...own, ...numa }), ...pages },
      refuses: cpu({ cores: 2, ...own, ...numa }),
      field: `${CPU}.numa.guestMappingPassthrough`,
      says: "'memory.hugepages' must be given",
    },
    {
      rule: 'cpu-isolate-emulator-thread-dedicated',
      accepts: cpu({ cores: 2, ...own, isolateEmulatorThread: true }),
      refuses: cpu({ cores: 2, isolateEmulatorThread: true }),
      field: `${CPU}.isolateEmulatorThread`,
      says: "with 'isolateEmulatorThread'",
    },
    {
      rule: 'cpu-realtime-dedicated',
      accepts: { ...cpu({ cores: 2, ...own, ...numa, realtime: {} }), ...pages },
      refuses: cpu({ cores: 2, realtime: {} }),
      field: `${CPU}.dedicatedCpuPlacement`,
      says: "with 'realtime'",
    },
    {
      rule: 'cpu-realtime-numa',
      accepts: { ...cpu({ cores: 2, ...own, ...numa, realtime: {} }), ...pages },
      refuses: cpu({ cores: 2, ...own, realtime: {} }),
      field: `${CPU}.numa.guestMappingPassthrough`,
      says: "with 'realtime'",
    },
  ]);

  test('leaves to an instance type what it may bring', () => {
    const changes = {
      ...cpu({ realtime: {}, isolateEmulatorThread: true, ...numa }),
      'spec.instancetype': { name: 'u' },
    };
    expect(refusals({ ...changes, 'T.domain.memory': undefined })).toEqual([]);
  });
});

describe('DEDICATED_CPU_RULES', () => {
  testRules(DEDICATED_CPU_RULES, [
    {
      rule: 'cpu-dedicated-memory',
      accepts: cpu({ cores: 2, ...own }),
      refuses: { ...cpu({ cores: 2, ...own }), 'T.domain.memory': undefined },
      field: `${RESOURCES}.limits.memory`,
      says: "'memory' must be given",
    },
    {
      rule: 'cpu-dedicated-whole-requests',
      accepts: cpu(own, '2000m'),
      refuses: cpu(own, '1500m'),
      field: `${RESOURCES}.requests.cpu`,
      says: 'got "1500m"',
    },
    {
      rule: 'cpu-dedicated-whole-limits',
      accepts: cpu(own, '2', '2'),
      refuses: cpu(own, '2', '1999m'),
      field: `${RESOURCES}.limits.cpu`,
      says: 'got "1999m"',
    },
    {
      rule: 'cpu-dedicated-memory-equal',
      accepts: { ...cpu({ cores: 2, ...own }), 'T.domain.resources': { limits: { memory: '2Gi' } } },
      refuses: {
        ...cpu({ cores: 2, ...own }),
        'T.domain.resources': { requests: { memory: '2Gi' }, limits: { memory: '4Gi' } },
      },
      field: `${RESOURCES}.requests.memory`,
      says: '("4Gi")',
    },
    {
      rule: 'cpu-dedicated-equal',
      accepts: cpu(own, '2', '2'),
      refuses: cpu(own, '2', '4'),
      field: `${CPU}.dedicatedCpuPlacement`,
      says: '("4")',
    },
    {
      rule: 'cpu-dedicated-topology',
      accepts: cpu({ cores: 2, sockets: 2, ...own }, '4'),
      refuses: cpu({ cores: 2, ...own }, '4'),
      field: `${CPU}.dedicatedCpuPlacement`,
      says: 'got 2',
    },
    {
      rule: 'cpu-dedicated-threads',
      accepts: cpu({ cores: 1, threads: 2, ...own }),
      refuses: cpu({ cores: 1, threads: 3, ...own }),
      field: `${CPU}.dedicatedCpuPlacement`,
      says: 'at most 2',
    },
    {
      rule: 'cpu-dedicated-threads-arm64',
      accepts: { ...cpu({ cores: 1, threads: 1, ...own }), 'T.architecture': 'arm64' },
      refuses: { ...cpu({ cores: 1, threads: 2, ...own }), 'T.architecture': 'arm64' },
      cluster: { featureGates: ['MultiArchitecture'] },
      field: 'spec.template.spec.architecture',
      says: 'on arm64',
    },
  ]);

  test('accepts three threads where CPUs are shared', () => {
    expect(refusals(cpu({ cores: 1, threads: 3 }))).toEqual([]);
  });
});
