import { diff, DiffOptions, RolloutStrategy } from '..';
import { Json } from '../../rule';
import { machine } from '../../testing/update-tester';

/** What one edit of a running machine does: field, message, reason, and what is assumed. */
function said(was: Json, is: Json, options: DiffOptions = {}, beside: readonly Json[] = []): string[] {
  const cluster = { configuration: {}, migratable: true, kubevirt: 'v1.9.0' };
  const { changes } = diff([was, ...beside], [is, ...beside], { ...cluster, ...options });
  return changes.map(({ consequence, message, reason, assumed = [] }) =>
    [`${consequence}: ${message}; ${reason}`, ...assumed].join(' | '),
  );
}

const LIVE = 'vmRolloutStrategy is LiveUpdate, the default';
const PLUGGED = `live: sockets 1 → 2; the processors are plugged, by a live migration | ${LIVE}`;
const HELD =
  'restart: sockets 1 → 2; it could be live, and waits for the restart that another part of this change asks for';
const sockets = (count: number, more: Json): Json =>
  machine({ 'D.cpu': { cores: 1, sockets: count, threads: 1 }, ...more });
const disk = (name: string): Json => ({ name, disk: { bus: 'scsi' } });
const claim = (name: string, claimName: string, more: Json = {}): Json => ({
  name,
  persistentVolumeClaim: { claimName, ...more },
});
const network = (face: Json): Json => ({
  'T.networks': [{ name: 'default', pod: {} }],
  'V.interfaces': [{ name: 'default', masquerade: {}, ...face }],
});
const volumes = (...all: readonly Json[]): Json => ({
  'V.disks': [disk('a'), disk('b')].slice(0, all.length),
  'T.volumes': all,
});

describe('processors are plugged beside another part', () => {
  test.each<[string, Json, Json, DiffOptions, string[]]>([
    [
      'that asks for a restart: they wait for it',
      network({}),
      network({ model: 'e1000' }),
      {},
      [
        `${HELD}: interface default: model (absent) → e1000`,
        'restart: interface default: model (absent) → e1000; the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)',
      ],
    ],
    [
      'that gets another claim: they wait for it',
      volumes(claim('a', 'one')),
      volumes(claim('a', 'two')),
      {},
      [
        `${HELD}: volume a: one → two`,
        'restart: volume a: one → two; the running guest stays on the old disk until it is restarted; its data is not copied to the new one',
      ],
    ],
    [
      'that cannot be plugged: they do not wait for it',
      { 'D.memory': { guest: '2Gi' } },
      { 'D.memory': { guest: '2049Mi' } },
      {},
      ['restart: memory of the guest 2Gi → 2049Mi; it is no multiple of 2Mi', PLUGGED],
    ],
    [
      'that is compared after them: they do not wait for it',
      volumes(claim('a', 'one'), claim('b', 'two')),
      volumes(claim('b', 'two'), claim('a', 'one')),
      { kubevirt: 'v1.6.2' },
      ['restart: the order of the volumes a, b → b, a; this release compares the order, too', PLUGGED],
    ],
    [
      'that has the next start: they do not wait for it',
      volumes(claim('a', 'one'), claim('b', 'two')),
      volumes(claim('b', 'two'), claim('a', 'one')),
      {},
      ['later: the order of the volumes a, b → b, a; the next start takes them in this order', PLUGGED],
    ],
  ])('%s', (_what, was, is, options, says) => {
    expect(said(sockets(1, was), sockets(2, is), options)).toEqual(says);
  });
});

describe('the rollout strategy', () => {
  const [was, is] = [sockets(1, {}), sockets(2, {})];

  test('is assumed of what is live by it, unless it is said', () => {
    expect(said(was, is)).toEqual([PLUGGED]);
    expect(said(was, is, { configuration: { vmRolloutStrategy: 'LiveUpdate' } })).toEqual([
      'live: sockets 1 → 2; the processors are plugged, by a live migration',
    ]);
    expect(said(was, is, { rolloutStrategy: RolloutStrategy.STAGE })).toEqual([
      expect.stringMatching(/^restart: sockets 1 → 2; vmRolloutStrategy is Stage: [^|]*$/),
    ]);
  });

  test('is assumed of a disk that is migrated by it, too', () => {
    const strategy = { 'spec.updateVolumesStrategy': 'Migration' };
    expect(said(machine(volumes(claim('a', 'one'))), machine({ ...strategy, ...volumes(claim('a', 'two')) }))).toEqual([
      `migrated: volume a: one → two; its data is copied while the machine runs; the old claim stays, and is not used any more | ${LIVE}`,
    ]);
  });
});

test('another instance type names both in what it changes', () => {
  const type = (name: string, guest: number): Json => ({
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachineClusterInstancetype',
    metadata: { name },
    spec: { cpu: { guest }, memory: { guest: '2Gi' } },
  });
  const of = (name: string): Json =>
    machine({ 'spec.instancetype': { name }, 'D.memory': undefined, 'D.cpu': undefined });
  expect(said(of('u1'), of('u2'), {}, [type('u1', 1), type('u2', 2)])).toEqual([
    `live: instancetype u1 → u2: ${PLUGGED.slice('live: '.length)}`,
    'in-place: instancetype u1 → u2; what it changes in the machine stands beside this',
  ]);
});

test('labels of a machine are named where they differ', () => {
  const [was, is] = [
    { a: '1', b: '1' },
    { a: '1', b: '2', c: '1' },
  ].map((labels) => machine({ 'metadata.labels': labels }));
  expect(said(was!, is!)).toEqual([
    'in-place: labels of the machine: b, c; they are those of the VirtualMachine: the running machine and its pod do not get them',
  ]);
});
