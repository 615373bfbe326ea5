import { Finding, Severity } from '../finding';
import { byMissing } from './missing-objects';

const missing = { kind: 'Secret', name: 'key', namespace: 'n' };
const of = (machine: string, part: Partial<Finding> = {}, namespace: string | undefined = 'n'): Finding => ({
  rule: 'exists',
  object: { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name: machine, namespace },
  field: 'spec.x',
  message: 'it is missing',
  severity: Severity.WARNING,
  missing,
  ...part,
});
const messages = (...findings: Finding[]): string[] => byMissing(findings).map(({ message }) => message);

describe('findings of a missing object', () => {
  test.each([
    [1, 'it is missing'],
    [2, 'it is missing (1 more place names it: VirtualMachine n/m1)'],
    [
      6,
      'it is missing (5 more places name it: VirtualMachine n/m1, VirtualMachine n/m2, VirtualMachine n/m3, VirtualMachine n/m4, VirtualMachine n/m5)',
    ],
    [
      7,
      'it is missing (6 more places name it: VirtualMachine n/m1, VirtualMachine n/m2, VirtualMachine n/m3, VirtualMachine n/m4, VirtualMachine n/m5 and 1 more)',
    ],
  ])('are one of %d places, of which five are named', (count, message) => {
    expect(messages(...Array.from({ length: count }, (_item, index) => of(`m${index}`)))).toEqual([message]);
  });

  test('name the objects of other places once each, and their own not at all', () => {
    expect(messages(of('a'), of('a'))).toEqual(['it is missing (1 more place names it)']);
    expect(messages(of('a'), of('b'), of('b'))).toEqual(['it is missing (2 more places name it: VirtualMachine n/b)']);
    const [one] = byMissing([of('a'), { ...of('b'), object: { apiVersion: 'v1', kind: 'Pod', name: 'b' } }]);
    expect(one?.message).toBe('it is missing (1 more place names it: Pod b)');
    expect(one?.users).toEqual([{ object: { apiVersion: 'v1', kind: 'Pod', name: 'b' }, field: 'spec.x' }]);
  });

  test('stay apart where they are of other objects, of other rules, or of none', () => {
    const others = [
      of('b', { missing: { ...missing, name: 'other' } }),
      of('c', { missing: { ...missing, kind: 'ConfigMap' } }),
      of('d', { missing: { ...missing, namespace: 'm' } }),
      of('e', { rule: 'another' }),
      of('f', { missing: undefined }),
      of('f', { missing: undefined }),
    ];
    expect(byMissing([of('a'), ...others])).toEqual([of('a'), ...others]);
  });
});
