import * as fc from 'fast-check';
import { clusterConfig, ConfigOptions } from '../cluster/config';
import { isObject } from '../manifests/json';
import { Json, Subject } from '../rule';
import { readCases } from '../testing/cases';
import { KINDS } from './kinds';
import { KindRule, Registry } from './registry';
import { MOST_COLLECTIONS, Selection } from './selection';
import { prepare } from './webhook-defaults';

const REGISTRY = new Registry();
const SELECTIVE = new Set(KINDS.filter(({ selective }) => selective).map(({ kind }) => kind));

interface Sample {
  readonly object: Json;
  readonly cluster: ConfigOptions;
}

/** What the webhooks' own verdicts are of, but for updates, of which every rule is asked. */
const samples: readonly Sample[] = readCases()
  .filter(({ old, obj }) => old === undefined && SELECTIVE.has(String(obj.kind)))
  .map(({ obj, gates = [], config = {} }) => ({
    object: obj,
    cluster: { featureGates: gates, configuration: config },
  }));

function subjectOf({ object, cluster }: Sample): Subject {
  return prepare(object, clusterConfig(cluster));
}

function findings(rules: readonly KindRule[], subject: Subject): string[] {
  const found: string[] = [];
  for (const { rule, part } of rules) {
    const view = part.view(subject);
    if (view !== undefined) rule.check(view as never, (...said) => found.push([rule.id, ...said].join('\n')));
  }
  return found;
}

function expectSame(sample: Sample): void {
  const subject = subjectOf(sample);
  const selection = REGISTRY.of(sample.object);
  expect(findings(selection.of(subject), subject)).toEqual(findings(selection.rules, subject));
}

describe('Selection', () => {
  test('leaves most rules out for a plain machine', () => {
    const disks = [{ name: 'root', disk: { bus: 'virtio' } }];
    const domain = { devices: { disks }, memory: { guest: '2Gi' } };
    const volumes = [{ name: 'root', persistentVolumeClaim: { claimName: 'root' } }];
    const object = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      spec: { runStrategy: 'Always', template: { spec: { domain, volumes } } },
    };
    const { rules } = REGISTRY.of(object);
    const asked = REGISTRY.of(object).of(subjectOf({ object, cluster: {} }));
    expect(asked.length).toBeLessThan(rules.length / 5);
    expect(asked).toEqual(rules.filter((rule) => asked.includes(rule)));
  });

  test('finds what every rule finds, in each of the verdicts', () => {
    expect(samples.length).toBeGreaterThan(400);
    for (const sample of samples) expectSame(sample);
  });

  test('finds what every rule finds, in machines made of two of them', () => {
    const one = fc.nat(samples.length - 1);
    fc.assert(
      fc.property(one, one, fc.nat(), (first, second, seed) => {
        const [a, b] = [samples[first]!, samples[second]!];
        if (a.object.kind === b.object.kind) expectSame({ ...a, object: crossed(a.object, b.object, seed) });
      }),
      { numRuns: 150 },
    );
  });

  test('leaves out no rule that says something without its keys', () => {
    const shown = new Set<string>();
    for (const sample of samples) {
      const subject = subjectOf(sample);
      for (const rule of REGISTRY.of(sample.object).rules) {
        const { id, about } = rule.rule;
        if (about === undefined || findings([rule], subject).length === 0) continue;
        shown.add(id);
        const object = without(sample.object, new Set(about)) as Json;
        expect([id, findings([rule], subjectOf({ ...sample, object }))]).toEqual([id, []]);
      }
    }
    expect(shown.size).toBeGreaterThan(150);
  });

  test('sees what the webhook writes into its copy', () => {
    const rule = { about: ['machine'] };
    const selection = new Selection([rule]);
    const raw = { kind: 'VirtualMachine', spec: { template: { spec: { domain: {} } } } };
    const defaulted = { ...raw, spec: { template: { spec: { domain: { machine: { type: 'q35' } } } } } };
    const subject: Subject = { raw, object: raw, defaulted: raw, config: clusterConfig() };
    expect(selection.of(subject)).toEqual([]);
    expect(selection.of({ ...subject, defaulted })).toEqual([rule]);
  });

  test.each([
    ['those whose keys stand in the last one', 0, ['machine']],
    ['all', 1, ['machine', 'disks']],
  ])('has %s asked about a machine of %d collections more than are searched', (_which, more, asked) => {
    // The machine, the list in it, and the copy of the webhook, which holds the same list.
    const list = Array.from({ length: MOST_COLLECTIONS - 3 + more }, () => ({}));
    const raw = { list };
    const subject: Subject = { raw, object: raw, defaulted: { list, machine: 'q35' }, config: clusterConfig() };
    const selection = new Selection([{ about: ['machine'] }, { about: ['disks'] }]);
    expect(selection.of(subject).map(({ about: [key] }) => key)).toEqual(asked);
  });

  test('has every rule asked about an update, and about an object that is long to search', () => {
    const [sample] = samples;
    const selection = REGISTRY.of(sample!.object);
    const { raw, ...rest } = subjectOf(sample!);
    expect(selection.of({ ...rest, raw, old: raw })).toBe(selection.rules);
    const long = { ...raw, list: Array.from({ length: 3000 }, () => ({})) };
    expect(selection.of({ ...rest, raw: long })).toBe(selection.rules);
    const endless: Record<string, unknown> = { ...raw };
    endless.self = endless;
    expect(selection.of({ ...rest, raw: endless })).toBe(selection.rules);
  });
});

/** An object of parts of two, chosen by the bits of a seed. */
function crossed(a: unknown, b: unknown, seed: number): Json {
  let bits = seed;
  const next = () => {
    bits = (bits * 1103515245 + 12345) % 2 ** 31;
    return bits / 2 ** 31;
  };
  const cross = (x: unknown, y: unknown): unknown => {
    if (isObject(x) && isObject(y)) {
      const merged: Record<string, unknown> = {};
      for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) {
        if (next() < 0.1 && key !== 'kind' && key !== 'apiVersion') continue;
        merged[key] = key in x && key in y ? cross(x[key], y[key]) : (x[key] ?? y[key]);
      }
      return merged;
    }
    if (Array.isArray(x) && Array.isArray(y)) return next() < 0.5 ? [...(x as unknown[]), ...(y as unknown[])] : y;
    return next() < 0.5 ? x : y;
  };
  return cross(a, b) as Json;
}

function without(value: unknown, keys: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, keys));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !keys.has(key));
  return Object.fromEntries(kept.map(([key, below]) => [key, without(below, keys)]));
}
