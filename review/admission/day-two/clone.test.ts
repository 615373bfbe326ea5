import { Json } from '../../rule';
import { notes, Example, testRules } from '../../testing/rule-tester';
import { CLONE_RULES } from './clone';

const source = { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'vm' };
const object = (more: Json = {}): Json => ({ spec: { source, ...more } });

const rows: Example[] = [
  {
    rule: 'clone-gate',
    accepts: object(),
    refuses: object(),
    acceptedOn: { featureGates: ['Snapshot'] },
    field: 'kind',
    says: `feature gate 'Snapshot'`,
  },
  {
    rule: 'clone-source-kind',
    accepts: object({ source: { ...source, kind: 'VirtualMachineSnapshot' } }),
    refuses: object({ source: { ...source, kind: 'VirtualMachineInstance' } }),
    field: 'spec.source.kind',
    serverField: 'spec.Source.Kind',
    says: 'got "VirtualMachineInstance"',
  },
  {
    rule: 'clone-target-kind',
    accepts: object({ target: { ...source, name: 't' } }),
    refuses: object({ target: { ...source, kind: 'Foo' } }),
    field: 'spec.target.kind',
    serverField: 'spec.Target.Kind',
    says: 'got "Foo"',
  },
  {
    rule: 'clone-source-complete',
    accepts: object({ source: { ...source, apiGroup: 'any' } }),
    refuses: object({ source: { ...source, apiGroup: undefined } }),
    field: 'spec.source.apiGroup',
    serverField: 'spec.Source.APIGroup',
    says: 'got nothing',
  },
  {
    rule: 'clone-source-complete',
    accepts: object(),
    refuses: object({ source: { ...source, name: '' } }),
    field: 'spec.source.name',
    serverField: 'spec.Source.Name',
    says: 'not be empty',
  },
  {
    rule: 'clone-target-other',
    accepts: object({ target: { ...source, name: '' } }),
    refuses: object({ target: source }),
    field: 'spec.target.name',
    says: 'got "vm"',
  },
  {
    rule: 'clone-mac-address',
    accepts: object({
      newMacAddresses: { a: '02:00:00:00:00:01', b: '02-00-00-00-00-01', c: '0200.0000.0001', d: '' },
    }),
    refuses: object({ newMacAddresses: { a: 'zz' } }),
    field: 'spec.newMacAddresses.a',
    says: 'be a MAC address, got "zz"',
  },
  {
    rule: 'clone-patch-json',
    accepts: object({ patches: ['{}'] }),
    refuses: object({ patches: ['{}', 'foo'] }),
    field: 'spec.patches[1]',
    says: 'got "foo"',
  },
  {
    rule: 'clone-filter',
    accepts: object({ labelFilters: ['*', '!a/*'], annotationFilters: ['!x'] }),
    refuses: object({ labelFilters: ['!'] }),
    field: 'spec.labelFilters[0]',
    serverField: 'spec.labels',
    says: `a name behind '!'`,
  },
  {
    rule: 'clone-filter',
    accepts: object({ template: { labelFilters: ['a*'] } }),
    refuses: object({ template: { annotationFilters: ['a*b', 'a!b'] } }),
    field: ['spec.template.annotationFilters[0]', 'spec.template.annotationFilters[1]'],
    serverField: ['spec.template.annotations', 'spec.template.annotations'],
    says: `'*' at the end only, got "a*b"`,
  },
  {
    rule: 'clone-filter-empty',
    accepts: object({ labelFilters: ['a'] }),
    refuses: object({ template: { labelFilters: [''] } }),
    field: 'spec.template.labelFilters[0]',
    serverField: 'spec.template.labels',
    says: 'not be empty',
  },
];

describe('VirtualMachineClone', () => {
  testRules(CLONE_RULES, rows);

  test.each([
    ['02:00:00:00:00', 1],
    ['02:00:00:00:00:0', 1],
    ['02:00-00:00:00:00', 1],
    ['020000000001', 1],
    ['02:00:00:00:00:00:00:01', 0],
    ['AA:BB:CC:DD:EE:FF', 0],
  ])('counts %j as %d faults', (mac, count) => {
    expect(notes(CLONE_RULES, 'clone-mac-address', object({ newMacAddresses: { a: mac } }))).toHaveLength(count);
  });

  test.each([
    ['!', 1],
    ['a!', 1],
    ['*a', 1],
    ['*', 0],
    ['!*', 0],
    ['', 0],
  ])('counts the filter %j as %d faults', (filter, count) => {
    expect(notes(CLONE_RULES, 'clone-filter', object({ labelFilters: [filter] }))).toHaveLength(count);
  });

  test.each([
    ['', ''],
    ['', 'a'],
    ['b', 'a'],
  ])('lets the target be called %j beside the source %j', (name, of) => {
    const named = object({ source: { ...source, name: of }, target: { ...source, name } });
    expect(notes(CLONE_RULES, 'clone-target-other', named)).toEqual([]);
  });
});
