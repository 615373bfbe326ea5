import { clusterConfig, ConfigOptions } from '../../cluster/config';
import { Severity } from '../../finding';
import { Json, Rule } from '../../rule';
import { selectionFor } from '../registry';
import { prepare } from '../webhook-defaults';

/**
 * Assignments on top of the base machine: a path and its value, `undefined` removes. `T` stands for
 * spec.template.spec, `D` for the devices in it.
 */
export type Changes = Readonly<Record<string, unknown>>;

/** What one rule takes, and what it does not. */
export interface Example {
  readonly rule: string;
  readonly accepts: Changes;
  readonly refuses: Changes;
  /** The object in the cluster, of an update. */
  readonly old?: Changes;
  /** Paths that it names. */
  readonly field: string | readonly string[];
  /** A part of its message. */
  readonly says: string;
  /** The cluster, where it is not the release's default. */
  readonly cluster?: ConfigOptions;
  /** The cluster of what is accepted, where it is another one. */
  readonly acceptedOn?: ConfigOptions;
}

/** Tests every rule of a topic with a machine that it accepts and one that it does not. */
export function testExamples(rules: readonly Rule[], examples: readonly Example[]): void {
  test('has an example for every rule', () => {
    expect([...new Set(examples.map(({ rule }) => rule))].sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  test.each(examples)('$rule accepts what is right', ({ rule, accepts, old, cluster, acceptedOn }) => {
    const found = findings(machine(accepts), acceptedOn ?? cluster, old && machine(old));
    expect(found.filter(({ id, severity }) => id === rule || severity === Severity.ERROR)).toEqual([]);
  });

  test.each(examples)('$rule fails when it $says', ({ rule, refuses, old, field, says, cluster }) => {
    const found = findings(machine(refuses), cluster, old && machine(old)).filter(({ id }) => id === rule);
    expect(found.map((finding) => finding.field)).toEqual(typeof field === 'string' ? [field] : field);
    expect(found.map(({ message }) => message).join('\n')).toContain(says);
  });
}

/** The fields that every rule that refuses a machine names. */
export function refusals(changes: Changes, cluster?: ConfigOptions): string[] {
  return findings(machine(changes), cluster)
    .filter(({ severity }) => severity === Severity.ERROR)
    .map(({ field }) => field);
}

function findings(vm: Json, cluster: ConfigOptions = {}, old?: Json) {
  const found: { id: string; severity: Severity; field: string; message: string }[] = [];
  const subject = prepare(vm, clusterConfig(cluster), old === undefined ? {} : { old });
  for (const { id, severity, check } of selectionFor(vm).of(subject)) {
    check(subject, (field, message) => found.push({ id, severity, field, message }));
  }
  return found;
}

/** The base machine with changes. */
function machine(changes: Changes): Json {
  const vm = {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: 'vm1', namespace: 'default' },
    spec: {
      runStrategy: 'Halted',
      template: {
        metadata: { labels: { a: 'b' } },
        spec: {
          domain: { devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] }, memory: { guest: '2Gi' } },
          volumes: [{ name: 'root', persistentVolumeClaim: { claimName: 'p' } }],
        },
      },
    },
  };
  for (const [path, value] of Object.entries(changes)) assign(vm, path.split('.'), value);
  return vm;
}

const SHORT: Readonly<Record<string, readonly string[]>> = {
  T: ['spec', 'template', 'spec'],
  D: ['spec', 'template', 'spec', 'domain', 'devices'],
};

function assign(vm: object, [first = '', ...rest]: readonly string[], value: unknown): void {
  const path = [...(SHORT[first] ?? [first]), ...rest];
  const last = path.pop() ?? '';
  const parent = path.reduce((at, key) => (at[key] ??= {}) as Record<string, unknown>, vm as Record<string, unknown>);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}
