import { Json } from '../../rule';
import { machineWith } from '../../testing/example-machine';
import { ExampleCluster, findings } from '../../testing/rule-tester';

/** A rule, the changes of a machine, how many faults it has, and the cluster. */
type Row = readonly [rule: string, changes: Json, faults: number, cluster?: ExampleCluster];

const late = 'v1.9.0';
const resources = (requests: Json, limits: Json = {}): Json => ({ 'T.domain.resources': { requests, limits } });
const dedicated = { 'T.domain.cpu.dedicatedCpuPlacement': true, 'T.domain.memory': undefined };
const pages = (pageSize: string, request?: string): Json => ({
  'T.domain.memory': { hugepages: { pageSize } },
  ...(request === undefined ? {} : resources({ memory: request })),
});
const ranges = (portRanges: readonly Json[]): Json => ({
  'D.interfaces': [{ name: 'a', masquerade: {}, portRanges }],
  'T.networks': [{ name: 'a', pod: {} }],
});
const range = (start: number, end: number, protocol = 'TCP'): Json => ({ start, end, protocol });
const many = (count: number) => Array.from({ length: count }, (_, index) => range(index * 10 + 1, index * 10 + 2));
const portRanges: ExampleCluster = { release: late, featureGates: ['PortRangesSpec'] };
const user = (userData: string): Json => ({
  'T.volumes': [
    { name: 'root', persistentVolumeClaim: { claimName: 'p' } },
    { name: 'c', cloudInitNoCloud: { userData } },
  ],
});
const disk = (more: Json): Json => ({ 'D.disks': [{ name: 'root', disk: { bus: 'virtio' }, ...more }] });
const custom = (logical: number, discardGranularity: number, bus = 'virtio'): Json =>
  disk({ disk: { bus }, blockSize: { custom: { logical, physical: 4096, discardGranularity } } });
const gpus = (...list: readonly Json[]): Json => ({ 'D.gpus': list, 'T.resourceClaims': [{ name: 'known' }] });
const dra: ExampleCluster = { release: 'v1.8.4', featureGates: ['GPUsWithDRA', 'GPU'] };
const oldDra: ExampleCluster = { ...dra, release: 'v1.6.2' };
const shown = (display: Json): Json => ({ name: 'g', deviceName: 'a/b', virtualGPUOptions: { display } });
const searches = (length: number): Json => ({
  'T.dnsPolicy': 'None',
  'T.dnsConfig': {
    nameservers: ['1.1.1.1'],
    searches: ['a'.repeat(60), 'b'.repeat(60), 'c'.repeat(60), 'd'.repeat(length - 183)],
  },
});
const port = (number: number): Json => ({
  'D.interfaces': [{ name: 'a', masquerade: {}, ports: [{ port: number }] }],
  'T.networks': [{ name: 'a', pod: {} }],
});
const tdx = (smm: Json | undefined): Json => ({ 'T.domain.launchSecurity': { tdx: {} }, 'T.domain.features.smm': smm });
const tdxOn: ExampleCluster = { release: late, featureGates: ['WorkloadEncryptionTDX'] };
const panic: ExampleCluster = { release: late, featureGates: ['PanicDevices'] };
const node = (operator: string, values: readonly string[]): Json => ({
  'T.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms': [
    { matchExpressions: [{ key: 'a', operator, values }] },
  ],
});

const ROWS: readonly Row[] = [
  ['cpu-request-limit', resources({ cpu: '2' }, { cpu: '0' }), 0],
  ['cpu-request-limit', resources({ cpu: '2' }, { cpu: '2' }), 0],
  ['cpu-request-limit', resources({ cpu: '2001m' }, { cpu: '2' }), 1],
  ['cpu-dedicated-memory', dedicated, 1],
  ['cpu-dedicated-memory', { ...dedicated, 'T.domain.memory': { guest: '1Gi' } }, 0],
  ['cpu-dedicated-memory', dedicated, 1, { release: late }],
  ['cpu-dedicated-memory', { ...dedicated, 'T.domain.memory': { guest: '1Gi' } }, 0, { release: late }],
  ['cpu-dedicated-memory', { ...dedicated, 'T.domain.memory': { hugepages: {} } }, 0, { release: late }],
  ['cpu-dedicated-memory', { ...dedicated, ...resources({ memory: '1Gi' }) }, 0],
  ['cpu-dedicated-whole-requests', { ...dedicated, ...resources({ cpu: '0' }) }, 0],
  ['cpu-dedicated-whole-requests', { ...dedicated, ...resources({ cpu: '1' }) }, 0],
  ['cpu-dedicated-whole-requests', { ...dedicated, ...resources({ cpu: '1500m' }) }, 1],
  ['cpu-dedicated-equal', { ...dedicated, ...resources({ cpu: '2' }, { cpu: '3' }) }, 1],
  ['cpu-dedicated-equal', { ...dedicated, ...resources({ cpu: '0' }, { cpu: '3' }) }, 0],
  ['cpu-dedicated-equal', { ...dedicated, ...resources({ cpu: '3' }, { cpu: '0' }) }, 0],
  ['cpu-dedicated-equal', { ...dedicated, ...resources({ cpu: '3' }, { cpu: '3' }) }, 0],
  ['memory-page-size-zero', pages('0', '1Gi'), 1],
  ['memory-page-size-zero', pages('0', '0'), 1],
  ['memory-page-size-zero', pages('0'), 1, { release: late }],
  ['memory-page-size-multiple', pages('0', '1Gi'), 0],
  ['memory-page-size-multiple', pages('2Mi', '2Mi'), 0],
  ['memory-page-size-multiple', pages('2Mi', '1Mi'), 0],
  ['memory-page-size-multiple', pages('2Mi', '3Mi'), 1],
  ['memory-page-size-fits', pages('2Mi', '1Mi'), 1],
  ['memory-page-size-fits', pages('2Mi', '2Mi'), 0],
  ['memory-page-size-fits', pages('2Mi'), 0, { release: late }],
  [
    'memory-page-size-fits',
    { 'T.domain.memory': { hugepages: { pageSize: '2Mi' }, guest: '1Mi' } },
    1,
    { release: late },
  ],
  ['memory-page-size-fits', { ...pages('2Mi'), ...resources({}, { memory: '1Mi' }) }, 1, { release: late }],
  [
    'memory-guest-limit',
    { 'T.domain.memory': { guest: '2Gi' }, ...resources({}, { memory: '2Gi' }) },
    0,
    { configuration: { vmRolloutStrategy: 'Stage' } },
  ],
  [
    'memory-guest-limit',
    { 'T.domain.memory': { guest: '2049Mi' }, ...resources({}, { memory: '2Gi' }) },
    1,
    { configuration: { vmRolloutStrategy: 'Stage' } },
  ],
  [
    'memory-guest-limit',
    { 'T.domain.memory': { guest: '2049Mi' }, ...resources({}, { memory: '0' }) },
    0,
    { configuration: { vmRolloutStrategy: 'Stage' } },
  ],
  ['port-ranges-count', ranges(many(10)), 0, portRanges],
  ['port-ranges-count', ranges(many(11)), 1, portRanges],
  ['port-ranges-count', ranges(many(11)), 0, { release: late, featureGates: [] }],
  ['port-ranges-port', ranges([range(5, 5)]), 0, portRanges],
  ['port-ranges-port', ranges([range(6, 5)]), 1, portRanges],
  ['port-ranges-port', ranges([range(0, 5), range(1, 65536)]), 2, portRanges],
  ['port-ranges-port', ranges([...many(9), range(0, 1)]), 1, portRanges],
  ['port-ranges-port', ranges([...many(10), range(0, 1)]), 0, portRanges],
  ['port-ranges-port', ranges([range(0, 5)]), 0, { release: late, featureGates: [] }],
  ['port-ranges-overlap', ranges([range(10, 20), range(20, 30)]), 1, portRanges],
  ['port-ranges-overlap', ranges([range(10, 20), range(21, 65535)]), 0, portRanges],
  ['port-ranges-overlap', ranges([range(30, 40), range(10, 20)]), 0, portRanges],
  ['port-ranges-overlap', ranges([range(10, 20), range(10, 20, 'UDP')]), 0, portRanges],
  ['port-ranges-overlap', ranges([range(10, 20), range(15, 65536)]), 0, portRanges],
  ['port-ranges-overlap', ranges([range(10, 20), range(0, 15)]), 0, portRanges],
  ['port-ranges-overlap', ranges([range(10, 20), range(18, 15)]), 0, portRanges],
  ['port-ranges-overlap', ranges([...many(9), range(1, 2)]), 1, portRanges],
  ['port-ranges-overlap', ranges([...many(10), range(1, 2)]), 0, portRanges],
  ['cloud-init-user-data-size', user('a'.repeat(2048)), 0],
  ['cloud-init-user-data-size', user('a'.repeat(2049)), 1],
  ['cloud-init-user-data-size', user('é'.repeat(1024)), 0],
  ['cloud-init-user-data-size', user('é'.repeat(1025)), 1],
  ['disk-serial-length', disk({ serial: 'a'.repeat(256) }), 0],
  ['disk-serial-length', disk({ serial: '😀'.repeat(256) }), 0],
  ['disk-serial-length', disk({ serial: '😀'.repeat(257) }), 1],
  ['disk-block-size-discard', custom(512, 1024), 0, { release: late }],
  ['gpu-claim-listed', gpus({ name: 'g', claimName: 'x', requestName: 'r' }), 1, dra],
  ['gpu-claim-listed', gpus({ name: 'g', claimName: 'x' }), 0, dra],
  ['gpu-claim-listed', gpus({ name: 'g', claimName: 'x' }), 1, oldDra],
  ['gpu-claim-listed', gpus({ name: 'g', claimName: 'known', requestName: 'r' }), 0, dra],
  [
    'gpu-claim-listed',
    gpus({ name: 'g', claimName: 'x', requestName: 'r' }),
    0,
    { release: 'v1.8.4', featureGates: ['GPU'] },
  ],
  ['gpu-claim-listed', gpus({ name: 'g', claimName: 'x', requestName: 'r' }, { name: 'h', deviceName: 'a/b' }), 0, dra],
  [
    'gpu-claim-listed',
    gpus({ name: 'g', claimName: 'x', requestName: 'r' }, { name: 'h', deviceName: 'a/b' }),
    1,
    oldDra,
  ],
  ['gpu-claim-listed', gpus({ name: 'h', deviceName: 'a/b', claimName: 'x', requestName: 'r' }), 0, dra],
  ['gpu-claim-listed', gpus({ name: 'h' }), 0, dra],
  ['gpu-ram-framebuffer-single', gpus(shown({}), { ...shown({}), name: 'h' }), 1],
  ['gpu-ram-framebuffer-single', gpus(shown({ enabled: false }), { ...shown({}), name: 'h' }), 0],
  ['gpu-ram-framebuffer-single', gpus(shown({ ramFB: {} }), { ...shown({}), name: 'h' }), 0],
  [
    'gpu-ram-framebuffer-single',
    gpus(shown({ enabled: true, ramFB: { enabled: true } }), { ...shown({}), name: 'h' }),
    1,
  ],
  [
    'gpu-ram-framebuffer-single',
    gpus({ name: 'g', deviceName: 'a/b', virtualGPUOptions: {} }, { ...shown({}), name: 'h' }),
    0,
  ],
  ['panic-device-architecture', { 'T.architecture': 's390x', 'D.panicDevices': [] }, 0, panic],
  ['panic-device-architecture', { 'T.architecture': 's390x', 'D.panicDevices': [{ model: 'isa' }] }, 1, panic],
  [
    'panic-device-architecture',
    { 'T.architecture': 's390x', 'D.panicDevices': [{ model: 'isa' }] },
    0,
    { release: 'v1.6.2', featureGates: [] },
  ],
  [
    'panic-device-architecture',
    { 'T.architecture': 'ppc64le', 'D.panicDevices': [{ model: 'isa' }] },
    1,
    { ...panic, release: 'v1.6.2' },
  ],
  [
    'panic-device-architecture',
    { 'T.architecture': 'ppc64le', 'D.panicDevices': [{ model: 'isa' }] },
    0,
    { ...panic, release: 'v1.7.4' },
  ],
  ['dns-search-length', searches(256), 0],
  ['dns-search-length', searches(257), 1],
  ['interface-port-range', port(0), 0],
  ['interface-port-range', port(-1), 1],
  ['interface-port-range', port(65536), 0],
  ['interface-port-range', port(65537), 1],
  ['interface-port-range', port(65535), 0, { release: late }],
  ['interface-port-range', port(65536), 1, { release: late }],
  ['launch-security-tdx-smm', tdx({ enabled: false }), 0, tdxOn],
  ['launch-security-tdx-smm', tdx({}), 1, tdxOn],
  ['launch-security-tdx-smm', tdx({ enabled: true }), 1, tdxOn],
  ['launch-security-tdx-smm', tdx(undefined), 0, tdxOn],
  ['launch-security-tdx-smm', { ...tdx({}), 'T.architecture': 's390x' }, 0, tdxOn],
  ['launch-security-tdx-smm', { ...tdx({}), 'T.domain.launchSecurity': { tdx: {}, sev: {} } }, 0, { release: late }],
  ['run-disk-shareable-cache', disk({ shareable: true, cache: 'none' }), 0],
  ['run-disk-shareable-cache', disk({ shareable: true }), 0],
  ['run-disk-shareable-cache', disk({ cache: 'writethrough' }), 0],
  ['run-disk-shareable-cache', disk({ shareable: true, cache: 'writethrough' }), 1],
  ['run-empty-disk-capacity', { 'T.volumes.1': { name: 'e', emptyDisk: { capacity: '0' } } }, 1],
  ['run-empty-disk-capacity', { 'T.volumes.1': { name: 'e', emptyDisk: { capacity: '1' } } }, 0],
  ['start-video-type', { 'D.video': { type: 'x' } }, 1, { release: late, featureGates: ['VideoConfig'] }],
  ['start-video-type', {}, 0, { release: late, featureGates: ['VideoConfig'] }],
  ['start-video-type', { 'D.video': { type: 'x' } }, 0, { release: 'v1.6.2', featureGates: [] }],
  [
    'start-video-type',
    { 'T.architecture': 'riscv64', 'D.video': { type: 'x' } },
    0,
    { release: late, featureGates: ['VideoConfig'] },
  ],
  ['node-affinity-expression-values', node('Gt', ['1']), 0],
  ['node-affinity-expression-values', node('Lt', ['1']), 0],
  ['node-affinity-expression-values', node('Gt', []), 1],
  ['node-affinity-expression-values', node('Lt', ['1', '2']), 1],
  ['node-affinity-expression-values', node('In', []), 1],
  ['node-affinity-expression-values', node('NotIn', []), 1],
  ['node-affinity-expression-values', node('NotIn', ['a']), 0],
  ['node-affinity-expression-values', node('Exists', []), 0],
  ['node-affinity-expression-values', node('DoesNotExist', ['a']), 1],
];

describe('a machine at the boundaries of its rules', () => {
  const rows = ROWS.map(([rule, changes, faults, cluster]) => ({ rule, changes, faults, cluster }));

  test.each(rows)('has $faults faults of $rule (%#)', ({ rule, changes, faults, cluster }) => {
    const found = findings(machineWith(changes), cluster).filter(({ id }) => id === rule);
    expect(found.map(({ message }) => message)).toHaveLength(faults);
  });
});
