import { AdmissionCheck } from '../admission';
import { KINDS } from '../admission/kinds';
import { prepare } from '../admission/webhook-defaults';
import { clusterConfig, ConfigOptions } from '../cluster/config';
import { Severity } from '../finding';
import { Json, Rule } from '../rule';
import { machineWith } from './example-machine';

/** What one rule accepts, and what it refuses. */
export interface Example {
  readonly rule: string;
  /** For a machine the changes of `machineWith`; for any other kind the object, its type and name aside. */
  readonly accepts: Json;
  readonly refuses: Json;
  /** The object in the cluster, of an update, in the same form. */
  readonly old?: Json;
  /** Path of the field in the object; several, where it names several. */
  readonly field: string | readonly string[];
  /**
   * Path that the answer of the server names.
   *
   * @default - the same as `field`
   */
  readonly serverField?: string | readonly string[];
  /** A part of the message. */
  readonly says: string;
  /**
   * Release of KubeVirt that the cluster has.
   *
   * @default 'v1.6.2'
   */
  readonly release?: string;
  /**
   * Release of CDI that the cluster has.
   *
   * @default 'v1.63.1'
   */
  readonly cdi?: string;
  /**
   * The cluster.
   *
   * @default - the defaults of the release
   */
  readonly cluster?: ConfigOptions;
  /**
   * The cluster of what is accepted.
   *
   * @default - the same as `cluster`
   */
  readonly acceptedOn?: ConfigOptions;
}

/** What a rule finds in an object. */
export interface Found {
  readonly id: string;
  readonly severity: Severity;
  readonly field: string;
  readonly serverField: string;
  readonly message: string;
  readonly remedy?: string;
}

/** Every example of the tests that were loaded, by its rule: `npm run rules:docs` prints the first of each rule. */
export const EXAMPLES = new Map<string, ExampleInput[]>();

/** An input that a rule refuses. */
export interface ExampleInput extends Pick<Example, 'release' | 'cdi'> {
  /** The object as it was written, or the changes of a machine. */
  readonly written: Json;
  readonly object: Json;
  readonly old?: Json;
  readonly cluster?: ConfigOptions;
}

/**
 * Tests every rule of a topic with an object that it accepts and one that it refuses.
 *
 * @param pattern From the form of the examples to that of an object, where they are not written as `Example` says.
 */
export function testRules(
  rules: readonly Rule<never>[],
  examples: readonly Example[],
  pattern: (written: Json) => Json = (written) => written,
): void {
  const object = (rule: string, written: Json): Json => exampleObject(ruleOf(rules, rule), pattern(written));
  for (const { rule, refuses, old, cluster, release, cdi } of examples) {
    const input = {
      written: pattern(refuses),
      object: object(rule, refuses),
      old: old && object(rule, old),
      cluster,
      release,
      cdi,
    };
    EXAMPLES.set(rule, [...(EXAMPLES.get(rule) ?? []), input]);
  }

  test('has an example for every rule', () => {
    expect([...new Set(examples.map(({ rule }) => rule))].sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  test.each(examples)('$rule accepts what is right', ({ rule, accepts, old, cluster, acceptedOn, release, cdi }) => {
    const accepted = object(rule, accepts);
    const found = findings(accepted, { ...(acceptedOn ?? cluster), release, cdi }, old && object(rule, old));
    // A machine is written out whole, so that nothing else may refuse it.
    const isWhole = accepted.kind === 'VirtualMachine';
    expect(found.filter(({ id, severity }) => id === rule || (isWhole && severity === Severity.ERROR))).toEqual([]);
  });

  test.each(examples)(
    '$rule fails when it $says',
    ({ rule, refuses, old, field, serverField = field, says, cluster, release, cdi }) => {
      const found = findings(object(rule, refuses), { ...cluster, release, cdi }, old && object(rule, old)).filter(
        ({ id }) => id === rule,
      );
      expect(found.map((one) => one.field)).toEqual(listOf(field));
      expect(found.map((one) => one.serverField)).toEqual(listOf(serverField));
      expect(found.map(({ message }) => message).join('\n')).toContain(says);
    },
  );
}

/** What one rule, or every rule of a list, finds in an object: path and message. */
export function notes(
  rules: readonly Rule<never>[],
  rule: string | undefined,
  written: Json,
  old?: Json,
  cluster?: ExampleCluster,
): [field: string, message: string][] {
  const object = (part: Json): Json => exampleObject(rules[0]!, part);
  const ids = new Set(rule === undefined ? rules.map(({ id }) => id) : [rule]);
  return findings(object(written), cluster, old && object(old))
    .filter(({ id }) => ids.has(id))
    .map(({ field, message }) => [field, message]);
}

/** The remedies that one rule gives for an object. */
export function remedies(
  rules: readonly Rule<never>[],
  rule: string,
  written: Json,
  cluster?: ExampleCluster,
): (string | undefined)[] {
  return findings(exampleObject(rules[0]!, written), cluster)
    .filter(({ id }) => id === rule)
    .map(({ remedy }) => remedy);
}

/** The fields in which every rule that refuses a machine finds something. */
export function refusals(changes: Json, cluster?: ExampleCluster): string[] {
  return findings(machineWith(changes), cluster)
    .filter(({ severity }) => severity === Severity.ERROR)
    .map(({ field }) => field);
}

/** A cluster, and its releases. */
export interface ExampleCluster extends ConfigOptions {
  readonly release?: string;
  readonly cdi?: string;
  /** Whether any gate may be on. */
  readonly anyGate?: boolean;
}

/** What all rules of its kind find in an object. */
export function findings(object: Json, cluster: ExampleCluster = {}, old?: Json): Found[] {
  const { release, cdi, anyGate, ...options } = cluster;
  const config = { ...clusterConfig(options), release, cdi, anyGate };
  const found: Found[] = [];
  new AdmissionCheck(config).check(
    prepare(object, config, old === undefined ? {} : { old }),
    ({ rule: { id }, severity, field, serverField = field, message, remedy }) =>
      found.push({ id, severity, field, serverField, message, remedy }),
    (rule, thrown) => {
      throw new Error(`${rule.id}: ${String(thrown)}`);
    },
  );
  return found;
}

/** An object of the first kind that a rule is asked about. */
export function exampleObject({ kinds: [kind = ''] }: Rule<never>, written: Json): Json {
  if (kind === 'VirtualMachine') return machineWith(written);
  const { apiGroup } = KINDS.find((one) => one.kind === kind)!;
  const { metadata, ...rest } = written;
  const name = { name: 'example', namespace: 'default' };
  return {
    apiVersion: `${apiGroup}/${VERSIONS[apiGroup] ?? 'v1beta1'}`,
    kind,
    metadata: { ...name, ...(metadata ?? {}) },
    ...rest,
  };
}

const VERSIONS: Readonly<Record<string, string>> = {
  'kubevirt.io': 'v1',
  'pool.kubevirt.io': 'v1alpha1',
  'migrations.kubevirt.io': 'v1alpha1',
  'backup.kubevirt.io': 'v1alpha1',
  'plugin.kubevirt.io': 'v1alpha1',
  'ssp.kubevirt.io': 'v1beta3',
  'k8s.cni.cncf.io': 'v1',
};

function ruleOf(rules: readonly Rule<never>[], id: string): Rule<never> {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`an example is of '${id}', which is not a rule of the topic`);
  return rule;
}

function listOf(paths: string | readonly string[]): readonly string[] {
  return typeof paths === 'string' ? [paths] : paths;
}
