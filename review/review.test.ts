import * as fc from 'fast-check';
import { Json } from './rule';
import { readCases } from './testing/cases';
import { report, review, ReviewedManifest } from '.';

const secret = (name: string, more: Json = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  ...more,
});

describe('review', () => {
  test('answers nothing for manifests that are right', () => {
    expect(review([secret('a'), secret('b')])).toEqual([]);
  });

  test('says what is wrong, where, and what to do', () => {
    const manifest = ReviewedManifest.of(secret('a', { stringdata: {} }), { file: 'a.yaml', path: 'app/chart/a' });
    expect(review([manifest])).toEqual([
      {
        rule: 'schema-unknown-field',
        severity: 'error',
        object: { apiVersion: 'v1', kind: 'Secret', name: 'a', file: 'a.yaml' },
        field: 'stringdata',
        message: "'stringdata' is no field of Secret v1; the API server drops it",
        remedy: "write 'stringData'",
        path: 'app/chart/a',
        source: 'Kubernetes, the schema of v1 Secret',
      },
    ]);
  });

  test('orders findings by file, object, field and rule, whatever the order of the manifests', () => {
    const manifests = [
      ReviewedManifest.of(secret('b', { x: 1, data: { a: '?' } }), { file: 'b.yaml' }),
      ReviewedManifest.of(secret('z', { x: 1 }), { file: 'a.yaml' }),
      ReviewedManifest.of(secret('a', { x: 1 }), { file: 'b.yaml' }),
    ];
    const shown = review(manifests).map(({ object, field }) => `${object.file} ${object.name} ${field}`);
    expect(shown).toEqual(['a.yaml z x', 'b.yaml a x', 'b.yaml b data.a', 'b.yaml b x']);
    expect(review(manifests.reverse()).map(({ object, field }) => `${object.file} ${object.name} ${field}`)).toEqual(
      shown,
    );
  });

  test('reads the items of a list', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [secret('a', { x: 1 }), 5] };
    const { findings, unchecked, objects } = report([list]);
    expect(findings.map(({ object }) => object.name)).toEqual(['a']);
    expect(unchecked).toEqual([{ reason: 'an item of a list must be an object, got number' }]);
    expect(objects).toBe(1);
  });

  test.each([undefined, null])('takes a list whose items are %p for one of nothing', (items) => {
    expect(report([{ apiVersion: 'v1', kind: 'List', items }])).toMatchObject({
      unchecked: [{ reason: 'a list of nothing' }],
      objects: 0,
    });
  });

  test('takes the gates of the KubeVirt object among the manifests, and those of the options first', () => {
    const snapshot = {
      apiVersion: 'snapshot.kubevirt.io/v1beta1',
      kind: 'VirtualMachineSnapshot',
      metadata: { name: 'a' },
      spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'a' } },
    };
    const developerConfiguration = { featureGates: ['Snapshot'] };
    const kubevirt = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'kubevirt' },
      spec: { configuration: { developerConfiguration } },
    };
    const external = [{ kind: 'VirtualMachine', name: 'a' }];
    expect(review([snapshot], { external })).toHaveLength(1);
    expect(review([snapshot, kubevirt], { external })).toEqual([]);
    expect(review([snapshot], { external, featureGates: ['Snapshot'] })).toEqual([]);
    expect(review([snapshot, kubevirt], { external, featureGates: [] })).toHaveLength(1);
  });

  test('says once what is missing, with all that name it, and accepts one by one', () => {
    const claim = (name: string, accepted = false): Json => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name,
        namespace: 'default',
        annotations: accepted ? { 'accept.cdk8s-kubevirt/storage-class-exists': 'there' } : {},
      },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'fast' },
    });
    const { findings, accepted } = report([claim('c'), claim('a', true), claim('b')], { closed: true });
    expect(accepted.map(({ object }) => object.name)).toEqual(['a']);
    expect(findings).toMatchObject([
      {
        rule: 'storage-class-exists',
        object: { name: 'b' },
        message: expect.stringMatching(
          /got "fast" \(1 more place names it: PersistentVolumeClaim default\/c\)$/,
        ) as string,
        missing: { kind: 'StorageClass', name: 'fast' },
        users: [{ object: { name: 'c' }, field: 'spec.storageClassName' }],
      },
    ]);
  });

  test('says of a kind that it does not know neither where it stands nor what it names', () => {
    const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'a' } };
    const { findings, unchecked } = report([{ ...application, metadata: { name: 'a', namespace: 'argocd' } }]);
    expect([findings, unchecked.length]).toEqual([[], 1]);
  });

  test('says nothing of a field that the API server refuses before', () => {
    const vm = (name: unknown): Json => ({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'a' },
      spec: {
        runStrategy: 'Always',
        template: { spec: { domain: { devices: {}, memory: { guest: '1Gi' } }, networks: [{ name, pod: {} }] } },
      },
    });
    expect(review([vm('x')]).map(({ rule }) => rule)).toEqual(['network-interface-exists']);
    expect(review([vm(5)]).map(({ rule }) => rule)).toEqual(['schema-type']);
  });

  test('judges no fields of a version that nobody serves', () => {
    const vm = { apiVersion: 'kubevirt.io/v1alpha2', kind: 'VirtualMachine', metadata: { name: 'a' }, spec: {} };
    expect(review([vm]).map(({ rule }) => rule)).toEqual(['schema-version']);
  });

  test('fails when a rule that is accepted is none', () => {
    const accept = [{ rule: 'secret-exist', object: {}, reason: 'there' }];
    expect(() => review([], { accept })).toThrow(
      `[review] 'accept' must name a rule, as findings name it, got "secret-exist"; write 'secret-exists'`,
    );
  });

  test('fails when there are no schemas of a release', () => {
    expect(() => review([], { kubevirt: 'v1.0.0' })).toThrow(
      `[review] 'kubevirt' must be 'v1.5.3', 'v1.6.2', 'v1.7.4', 'v1.8.4' or 'v1.9.0', got "v1.0.0"`,
    );
  });

  test('says which releases it is of', () => {
    const { schemas, admission } = report([], { kubevirt: 'v1.9.0', cdi: 'v1.66.0' });
    expect(schemas).toEqual([{ kubevirt: 'v1.9.0', cdi: 'v1.66.0' }]);
    expect(admission).toEqual({ kubevirt: 'v1.9.0', cdi: 'v1.66.0' });
    expect(report([], { allReleases: true }).schemas).toHaveLength(5);
  });

  test('lists what is accepted apart, by an annotation or by the options', () => {
    const annotated = secret('a', { x: 1 });
    const annotations = { 'accept.cdk8s-kubevirt/schema-unknown-field': 'our operator reads it' };
    const noted = { ...annotated, metadata: { name: 'a', annotations } };
    const { findings, accepted } = report([noted]);
    expect(findings).toEqual([]);
    expect(accepted.map(({ field, accepted: reason }) => [field, reason])).toEqual([['x', 'our operator reads it']]);
    const accept = [{ rule: 'schema-unknown-field', object: { kind: 'Secret', name: 'a' }, reason: 'known' }];
    expect(review([secret('a', { x: 1 })], { accept })).toEqual([]);
    expect(review([secret('b', { x: 1 })], { accept })).toHaveLength(1);
  });

  test('does not accept without a reason', () => {
    const annotations = { 'accept.cdk8s-kubevirt/schema-unknown-field': ' ' };
    expect(review([{ ...secret('a', { x: 1 }), metadata: { name: 'a', annotations } }])).toHaveLength(1);
  });

  test.each([null, undefined, 5, 'text', [], [{}]])('passes by %p, and says so', (manifest) => {
    const { findings, unchecked } = report([ReviewedManifest.of(manifest)]);
    expect(findings).toEqual([]);
    expect(unchecked).toHaveLength(1);
  });

  test('leaves the manifests as they are', () => {
    const frozen = readCases().map(({ obj }) => deepFreeze(obj));
    expect(() => review(frozen, { allReleases: true })).not.toThrow();
  });

  test('applies every rule to whatever stands in an object', () => {
    const cases = readCases();
    const place = fc.record({ at: fc.nat(cases.length - 1), steps: fc.array(fc.nat(20), { maxLength: 12 }) });
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(null, '', [], {}, [null], -1, 1.5));
    fc.assert(
      fc.property(place, value, ({ at, steps }, other) => {
        const { unchecked } = report([ReviewedManifest.of(replaced(cases[at]!.obj, steps, other))]);
        expect(unchecked.filter(({ reason }) => reason.startsWith('rule '))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

/** An object with another value at the end of some way through it. */
function replaced(value: unknown, [step, ...rest]: readonly number[], other: unknown): unknown {
  if (step === undefined || value === null || typeof value !== 'object') return other;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return other;
  const below = replaced((value as Json)[key], rest, other);
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? below : item));
  return { ...value, [key]: below };
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

test('an object that breaks the review of it does not end that of the others', () => {
  const broken = Object.defineProperty({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b' } }, 'data', {
    enumerable: true,
    get: () => {
      throw new TypeError('no hunter2');
    },
  });
  const { findings, unchecked } = report([secret('a', { stringdata: {} }), broken]);
  expect(findings.map(({ object, field }) => [object.name, field])).toEqual([['a', 'stringdata']]);
  expect(unchecked).toMatchObject([{ object: { name: 'b' }, reason: 'it could not be reviewed (TypeError)' }]);
});
