import { diff } from '..';
import { Json } from '../../rule';

const template = (storage: string): Json => ({
  metadata: { name: 'boot' },
  spec: { source: { blank: {} }, storage: { storageClassName: 'fast', resources: { requests: { storage } } } },
});

interface Parts {
  readonly spec?: Json;
  readonly machine?: Json;
  readonly guest?: string;
  readonly disks?: readonly Json[];
  readonly labels?: Json;
}

function pool({ spec, machine, guest = '1Gi', disks = [template('10Gi')], labels }: Parts = {}): Json {
  return {
    apiVersion: 'pool.kubevirt.io/v1beta1',
    kind: 'VirtualMachinePool',
    metadata: { name: 'workers', namespace: 'shop' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'w' } },
      virtualMachineTemplate: {
        metadata: { labels: { app: 'w', ...labels } },
        spec: {
          runStrategy: 'Always',
          dataVolumeTemplates: disks,
          template: {
            metadata: { labels: { app: 'w' } },
            spec: {
              domain: { memory: { guest }, devices: { disks: [{ name: 'boot', disk: { bus: 'virtio' } }] } },
              volumes: [{ name: 'boot', dataVolume: { name: 'boot' } }],
            },
          },
          ...machine,
        },
      },
      ...spec,
    },
  };
}

const storageClass = (reclaimPolicy: string): Json => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'csi.example.org',
  reclaimPolicy,
});

/** What one edit does, beside a class that stands on both sides. */
function said(old: Json, next: Json, ...beside: Json[]): string[] {
  return diff([old, ...beside], [next, ...beside]).changes.map(({ consequence, message, reason, assumed = [] }) =>
    [`${consequence}: ${message}: ${reason}`, ...assumed].join(' | '),
  );
}

const PROACTIVE = 'every running machine of the pool is restarted by the controller';

describe('a template of a pool', () => {
  test.each<[string, Json | undefined, string]>([
    [
      'all at once',
      undefined,
      `restarted: the template of the machines: spec.domain.memory.guest: ${PROACTIVE}, all at a time`,
    ],
    [
      'as many as it says at a time',
      { maxUnavailable: 1 },
      `restarted: the template of the machines: spec.domain.memory.guest: ${PROACTIVE}, at most 1 at a time`,
    ],
    [
      'when they are restarted',
      { updateStrategy: { opportunistic: {} } },
      'later: the template of the machines: spec.domain.memory.guest: the updateStrategy is opportunistic: each machine takes it when it is restarted',
    ],
    [
      'that are made from now on',
      { updateStrategy: { unmanaged: {} } },
      'later: the template of the machines: spec.domain.memory.guest: the updateStrategy is unmanaged: only machines that are made from now on take it',
    ],
    [
      'once it is no longer paused',
      { paused: true },
      `later: the template of the machines: spec.domain.memory.guest: the pool is paused; once it goes on: ${PROACTIVE}, all at a time`,
    ],
  ])('is brought to its machines: %s', (_when, spec, expected) => {
    expect(said(pool({ spec }), pool({ spec, guest: '2Gi' }))).toEqual([expected]);
  });

  test.each<[string, Json | undefined, string]>([
    ['changes them', undefined, 'in-place: %: the VirtualMachines are changed; no machine is restarted'],
    [
      'leaves them alone',
      { updateStrategy: { unmanaged: {} } },
      'later: %: the updateStrategy is unmanaged: only machines that are made from now on take it',
    ],
  ])('of what restarts nothing %s', (_what, spec, expected) => {
    const machines = (fields: string): string => expected.replace('%', `the machines of the pool: ${fields}`);
    expect(said(pool({ spec }), pool({ spec, machine: { runStrategy: 'Halted' } }))).toEqual([machines('runStrategy')]);
    expect(said(pool({ spec }), pool({ spec, labels: { tier: 'a' } }))).toEqual([machines('labels.tier')]);
  });
});

describe('disk templates of a pool', () => {
  const [old, next] = [pool(), pool({ disks: [template('20Gi')] })];

  test.each<[string, Json[], RegExp[]]>([
    [
      'that are deleted',
      [storageClass('Delete')],
      [/^data-lost: the disk templates of the machines change: .*, all at a time, and their disks with them; [^|]*$/],
    ],
    ['that are kept', [storageClass('Retain')], [/^replaced: the disk templates of the machines change: [^|]*$/]],
    ['of a class that is not there', [], [/^data-lost: .* \| the reclaim policy of .* is Delete/]],
  ])('make machines anew with their disks, %s', (_which, beside, expected) => {
    expect(said(old, next, ...beside)).toEqual(expected.map((one) => expect.stringMatching(one)));
  });

  test('leave what exists alone where nobody brings them', () => {
    const spec = { updateStrategy: { opportunistic: {} } };
    expect(said(pool({ spec }), pool({ spec, disks: [template('20Gi')] }))).toEqual([
      expect.stringMatching(/^later: .*when it is restarted; disks that exist stay as they are$/),
    ]);
  });
});

describe('fewer machines of a pool', () => {
  const scaled = (replicas: number, parts: Parts = {}, ...beside: Json[]): string[] =>
    said(pool(parts), pool({ ...parts, spec: { ...parts.spec, replicas } }), ...beside);

  test('are deleted with their disks, as the class has it', () => {
    expect(scaled(2, {}, storageClass('Delete'))).toEqual([
      expect.stringMatching(
        /^data-lost: machines of the pool 3 → 2: 1 machine is deleted, and their disks with them; [^|]*$/,
      ),
    ]);
    expect(scaled(1, {}, storageClass('Retain'))).toEqual([
      expect.stringMatching(
        /^stopped: machines of the pool 3 → 1: 2 machines are deleted, and their disks with them; /,
      ),
    ]);
    expect(scaled(1)).toEqual([expect.stringMatching(/\| the reclaim policy of .* is Delete/)]);
  });

  test('have no disk to lose where there is no template', () => {
    expect(scaled(1, { disks: [] })).toEqual([
      'stopped: machines of the pool 3 → 1: 2 machines are deleted; they have no disk of their own',
    ]);
  });

  test.each([
    [
      'keeps their disks',
      { proactive: { statePreservation: 'Online' } },
      'stopped',
      'statePreservation keeps their disks',
    ],
    ['leaves them to others', { opportunistic: {} }, 'later', 'leaves it to others to delete the machines'],
  ])('of a scaleInStrategy that %s', (_what, scaleInStrategy, consequence, reason) => {
    const [only, ...rest] = scaled(1, { spec: { scaleInStrategy } });
    expect(only).toContain(`${consequence}: machines of the pool 3 → 1: `);
    expect(only).toContain(reason);
    expect(rest).toEqual([]);
  });
});

test('more machines of a pool are made; one that says no number has one', () => {
  expect(said(pool({ spec: { replicas: undefined } }), pool())).toEqual([
    'started: machines of the pool 1 → 3: 2 machines are made',
  ]);
});

test('a pool is paused, and goes on', () => {
  const paused = pool({ spec: { paused: true } });
  expect(said(pool(), paused)).toEqual([expect.stringContaining('the controller leaves the machines alone')]);
  expect(said(paused, pool())).toEqual([
    'in-place: paused true → false: what was changed in the meantime is brought to them',
  ]);
});

describe('a replica set', () => {
  const set = (spec: Json, guest = '1Gi'): Json => ({
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstanceReplicaSet',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { domain: { memory: { guest }, devices: {} } } },
      ...spec,
    },
  });

  test('starts and stops machines', () => {
    expect(said(set({}), set({ replicas: 2 }))).toEqual(['started: machines 1 → 2: more machines are started']);
    expect(said(set({ replicas: 2 }), set({ replicas: 1 }))).toEqual([
      'stopped: machines 2 → 1: machines are deleted, with what they wrote to local disks',
    ]);
  });

  test('changes no machine that runs', () => {
    expect(said(set({}), set({}, '2Gi'))).toEqual([
      'later: the template of the machines: spec.domain.memory.guest: only machines that are made from now on take it',
    ]);
  });
});
