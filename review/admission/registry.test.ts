import { Json } from '../rule';
import { Registry } from './registry';
import { admissionRules } from '.';

describe('the registry of admission rules', () => {
  const rules = admissionRules();

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

  test('are those of the kinds of some objects, in a release that their rules name, once each', () => {
    const rules = ['run-interface-binding', 'run-filesystem-volume-exists'];
    expect(uncompared('v1.5.3', 'v1.62.0', machine, machine)).toEqual(rules);
    expect(uncompared('v1.8.4', 'v1.65.0', machine)).toEqual(rules);
    expect(uncompared('v1.5.3', 'v1.62.0')).toEqual([]);
    expect(uncompared('v1.6.2', 'v1.63.1', machine)).toEqual([]);
    expect(uncompared('v1.9.0', 'v1.66.0', machine)).toEqual([]);
  });
});
