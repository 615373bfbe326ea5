import { rulesFor } from './registry';
import { ADMISSION_RULES } from '.';

describe('the registry of admission rules', () => {
  test('names each rule of a kind once, in kebab case, with its citation', () => {
    for (const { apiGroup, kind } of ADMISSION_RULES) {
      const rules = rulesFor({ apiVersion: `${apiGroup}/v1`, kind });
      const ids = rules.map(({ id }) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))).toEqual([]);
      expect(rules.filter(({ source }) => source === '').map(({ id }) => id)).toEqual([]);
    }
  });

  test('finds the rules of a kind in every version of its API, and none for others', () => {
    const v1 = rulesFor({ apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine' });
    expect(v1.length).toBeGreaterThan(200);
    expect(rulesFor({ apiVersion: 'kubevirt.io/v1alpha3', kind: 'VirtualMachine' })).toEqual(v1);
    expect(rulesFor({ apiVersion: 'v1', kind: 'Secret' })).toEqual([]);
    expect(rulesFor({ apiVersion: 'constructor', kind: '__proto__' })).toEqual([]);
  });
});
