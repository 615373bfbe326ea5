import { Consequence, diff, DiffOptions, RolloutStrategy } from '../changes';
import { Json } from '../rule';

/**
 * What becomes of an update: refused (X), a restart is asked for (R), live (L), accepted without any of that (A), no effect at
 * all (N), not asked (-).
 */
export type Verdict = 'X' | 'R' | 'L' | 'A' | 'N' | '-';

/** The releases and rollout strategies of a row, in the order of its verdicts. */
const CLUSTERS = [
  [RolloutStrategy.LIVE_UPDATE, 'v1.6.2', 'v1.63.1'],
  [RolloutStrategy.LIVE_UPDATE, 'v1.9.0', 'v1.66.0'],
  [RolloutStrategy.STAGE, 'v1.6.2', 'v1.63.1'],
  [RolloutStrategy.STAGE, 'v1.9.0', 'v1.66.0'],
] as const;

/** An update: what it is called, the object before and after, and a verdict for each cluster. */
export type Update = readonly [
  title: string,
  old: Json,
  next: Json,
  verdicts: string,
  more?: Omit<DiffOptions, 'kubevirt' | 'cdi'> & { readonly beside?: readonly Json[] },
];

/** The verdicts that differ from those of the rows: empty if all is as they say. */
export function wrongVerdicts(updates: readonly Update[]): string[] {
  return updates.flatMap(([title, old, next, verdicts, { beside = [], ...options } = {}]) =>
    CLUSTERS.flatMap(([rolloutStrategy, kubevirt, cdi], index) => {
      const wanted = (verdicts[index] ?? '-') as Verdict;
      if (wanted === '-') return [];
      const known = { configuration: {}, migratable: true, ...options, kubevirt, cdi, rolloutStrategy };
      const { changes } = diff([old, ...beside], [next, ...beside], known);
      const found = changes.filter(({ object }) => object.kind === old.kind).map(({ consequence }) => consequence);
      if (verdictOf(found) === wanted) return [];
      return [`${title} (${rolloutStrategy}, ${kubevirt}): ${wanted}, predicted ${found.join(', ') || 'no change'}`];
    }),
  );
}

function verdictOf(found: readonly Consequence[]): Verdict | undefined {
  const has = (...wanted: readonly Consequence[]): boolean => found.some((one) => wanted.includes(one));
  if (found.length === 0) return 'N';
  if (has(Consequence.REFUSED)) return 'X';
  if (has(Consequence.RESTART)) return 'R';
  if (has(Consequence.LIVE, Consequence.MIGRATED)) return 'L';
  return has(Consequence.UNKNOWN) ? undefined : 'A';
}

/** The machine that updates start from. */
const MACHINE: Json = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name: 'web', namespace: 'shop', labels: { team: 'a' } },
  spec: {
    runStrategy: 'Always',
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        domain: {
          cpu: { cores: 2, sockets: 1, threads: 1 },
          memory: { guest: '2Gi' },
          devices: {
            disks: [
              { name: 'root', disk: { bus: 'virtio' } },
              { name: 'cloudinit', disk: { bus: 'virtio' } },
            ],
            interfaces: [{ name: 'default', masquerade: {} }],
          },
        },
        networks: [{ name: 'default', pod: {} }],
        volumes: [
          { name: 'root', persistentVolumeClaim: { claimName: 'root' } },
          { name: 'cloudinit', cloudInitNoCloud: { userData: '#cloud-config\n' } },
        ],
      },
    },
  },
};

const PLACES: Readonly<Record<string, string>> = {
  T: 'spec.template.spec',
  D: 'spec.template.spec.domain',
  V: 'spec.template.spec.domain.devices',
};

/**
 * The machine with some fields set, by their paths; T is the spec of its template, D its domain, V its devices. A `+` at the
 * end of a path adds to a list, null removes a field.
 */
export function machine(fields: Readonly<Record<string, unknown>>): Json {
  const copy = structuredClone(MACHINE);
  for (const [path, value] of Object.entries(fields)) {
    const [first = '', ...rest] = path.split('.');
    const keys = [...(PLACES[first] ?? first).split('.'), ...rest];
    const last = keys.pop()!;
    let at = copy as Record<string, unknown>;
    for (const key of keys) at = (at[key] ??= last === '+' && key === keys.at(-1) ? [] : {}) as Record<string, unknown>;
    if (last === '+') (at as unknown as unknown[]).push(...structuredClone([value].flat()));
    else if (value === null) delete at[last];
    else at[last] = structuredClone(value);
  }
  return copy;
}
