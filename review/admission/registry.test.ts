import { report } from '../engine';
import { Json } from '../rule';
import { ruleEntries } from '../rules';
import { allPairs } from '../schema';
import { KINDS } from './kinds';
import { Registry } from './registry';
import { admissionRules } from '.';

const rules = admissionRules();

describe('the registry of admission rules', () => {
  test('names each rule once, in kebab case, short enough for an annotation', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id) || id.length > 63)).toEqual([]);
  });

  test('says of each rule what it demands, of what, and where that is written', () => {
    expect(rules.filter(({ sentence }) => !/^[A-Za-z].*[^.]\.$/.test(sentence)).map(({ id }) => id)).toEqual([]);
    expect(rules.filter(({ kinds }) => kinds.length === 0).map(({ id }) => id)).toEqual([]);
    expect(
      rules
        .filter(({ source }) => !/^(KubeVirt|CDI|HyperConverged|SSP|NetworkAttachmentDefinition), \S+/.test(source))
        .map(({ id }) => id),
    ).toEqual([]);
  });

  test('finds the rules of a kind in every version of its API, and none for others', () => {
    const rulesFor = (object: Json) => new Registry().of(object).rules.map(({ rule }) => rule);
    const v1 = rulesFor({ apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine' });
    expect(v1.length).toBeGreaterThan(200);
    expect(rulesFor({ apiVersion: 'kubevirt.io/v1alpha3', kind: 'VirtualMachine' })).toEqual(v1);
    expect(rulesFor({ apiVersion: 'v1', kind: 'Secret' })).toEqual([]);
    expect(rulesFor({ apiVersion: 'constructor', kind: '__proto__' })).toEqual([]);
  });
});

describe('the rules that nobody has compared with a release', () => {
  const machine = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine' };
  const uncompared = (release: string, cdi: string, ...objects: Json[]): string[] => {
    const registry = new Registry({ release, cdi });
    for (const object of objects) registry.of(object);
    return registry.uncompared.map(({ id }) => id);
  };

  test('are none in the releases that are held', () => {
    const objects = KINDS.map(({ apiGroup, kind }) => ({ apiVersion: `${apiGroup}/v1`, kind }));
    for (const { kubevirt, cdi } of allPairs()) expect(uncompared(kubevirt, cdi, ...objects)).toEqual([]);
    expect(ruleEntries().size).toBeGreaterThan(600);
    expect([...ruleEntries().values()].filter(({ unchecked }) => unchecked !== undefined)).toEqual([]);
  });

  test('are said once each, and once in the report, for the kinds of the objects', () => {
    const rule: { unchecked?: readonly string[] } = rules.find(({ id }) => id === 'hostname-label')!;
    rule.unchecked = ['v1.8.4'];
    try {
      expect(uncompared('v1.8.4', 'v1.65.0', machine, machine)).toEqual(['hostname-label']);
      expect(uncompared('v1.8.4', 'v1.65.0')).toEqual([]);
      expect(uncompared('v1.9.0', 'v1.66.0', machine)).toEqual([]);
      const object = { ...machine, metadata: { name: 'web' } };
      const reasons = report([object, object], { kubevirt: 'v1.8.4' }).unchecked.map(({ reason }) => reason);
      expect(reasons).toEqual([
        expect.stringMatching(
          /^rules that nobody has compared with the source of KubeVirt v1\.8\.4 .*: hostname-label /,
        ),
      ]);
    } finally {
      delete rule.unchecked;
    }
  });
});
