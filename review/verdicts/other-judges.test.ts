import { report, reportWith } from '../engine';
import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { Judge, Judgement } from './judge';
import { Asked, OtherJudges } from './other-judges';

/** Takes all that it may, and judges it when it is asked what it says. */
function others(): OtherJudges & { readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  let judge: Judge;
  return {
    asked,
    take: (all, releases) => {
      judge = new Judge(releases);
      asked.push(...all);
      return new Set(all.map(({ reviewed }) => reviewed));
    },
    judgements: () =>
      Promise.resolve(
        new Map(asked.map(({ reviewed, config }): [Reviewed, Judgement] => [reviewed, judge.judge(reviewed, config)])),
      ),
  };
}

const claim = (name: string, more: Json = {}): Json => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'there', ...(more.metadata as Json | undefined) },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...(more.spec as Json) },
});

const vm = (name: string, template: Json): Json => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name, namespace: 'there' },
  spec: { runStrategy: 'Halted', template: { spec: { domain: { devices: {} }, ...template } } },
});

const secret = (name: string): Json => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'there' },
  data: { password: `hunter-2-${name}!` },
});

const MANIFESTS: readonly Json[] = [
  claim('a'),
  claim('b', { spec: { accessModes: ['ReadSometimes'] } }),
  claim('c', { metadata: { annotations: { 'accept.cdk8s-kubevirt/schema-enum': 'meant' } }, spec: { colour: 'red' } }),
  claim('a'),
  vm('first', { hostname: 'Web' }),
  vm('second', { hostname: 'Web', volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'missing' } }] }),
  vm('third', { hostname: '${HOST}' }),
  secret('one'),
  secret('two'),
  { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'x' } },
  { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'y' } },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'sealed', namespace: 'there' }, sops: { mac: 'ENC[…]' } },
  { apiVersion: 'kubevirt.io/v1', kind: 'Machine', metadata: { name: 'no-type' } },
  { apiVersion: 'kubevirt.io/v1', kind: 'Machine', metadata: { name: 'no-type-again' } },
  { apiVersion: 'v1', kind: 'List', items: [claim('of-list', { spec: { colour: 'blue' } }), null] } as Json,
];

describe('reportWith', () => {
  test.each([
    ['the newest release', {}],
    ['every release', { allReleases: true }],
    ['a release that is named', { kubevirt: 'v1.6.2', closed: true, featureGates: ['Snapshot'] }],
    ['an acceptance', { accept: [{ rule: 'hostname-label', object: { name: 'first' }, reason: 'meant' }] }],
    ['parts', { partial: [{ kind: 'VirtualMachine', namespace: 'there', name: 'second' }] }],
  ])('answers what a report of one thread does, by %s', async (_title, options) => {
    const one = report(MANIFESTS, options);
    expect(one.findings.length).toBeGreaterThan(5);
    expect(await reportWith(others(), MANIFESTS, options)).toEqual(one);
  });

  test('keeps for itself the first object of each type, and what is encrypted', async () => {
    const judges = others();
    await reportWith(judges, MANIFESTS, {});
    expect(judges.asked.map(({ reviewed }) => (reviewed.object.metadata as Json).name)).toEqual([
      ...['b', 'c', 'a', 'second', 'third', 'two', 'y', 'no-type-again', 'of-list'],
    ]);
  });

  test('hears nothing twice of an object that nobody takes', async () => {
    const heard: string[] = [];
    const nobody: OtherJudges = {
      take: () => new Set(),
      hear: ({ reviewed }) => heard.push(String((reviewed.object.metadata as Json).name)),
      judgements: () => Promise.resolve(new Map()),
    };
    expect(await reportWith(nobody, MANIFESTS, {})).toEqual(report(MANIFESTS));
    expect(heard).toHaveLength(15);
  });
});
