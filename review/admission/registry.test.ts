import { rulesFor } from './registry';
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
    expect(rules.filter(({ source }) => !/^(KubeVirt|CDI), \S+/.test(source)).map(({ id }) => id)).toEqual([]);
  });

  test('finds the rules of a kind in every version of its API, and none for others', () => {
    const v1 = rulesFor({ apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine' });
    expect(v1.length).toBeGreaterThan(200);
    expect(rulesFor({ apiVersion: 'kubevirt.io/v1alpha3', kind: 'VirtualMachine' })).toEqual(v1);
    expect(rulesFor({ apiVersion: 'v1', kind: 'Secret' })).toEqual([]);
    expect(rulesFor({ apiVersion: 'constructor', kind: '__proto__' })).toEqual([]);
  });
});
