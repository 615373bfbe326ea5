import { Json } from '../../rule';
import { Example, notes, testRules } from '../../testing/rule-tester';
import { SNAPSHOT_RULES } from './snapshot';

const acceptedOn = { featureGates: ['Snapshot'] };
const source = { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'vm' };
const object = (of: Json = {}, more: Json = {}): Json => ({ spec: { source: { ...source, ...of }, ...more } });

const rows: Example[] = [
  {
    rule: 'snapshot-gate',
    accepts: object(),
    refuses: object(),
    acceptedOn,
    field: 'kind',
    says: `feature gate 'Snapshot'`,
  },
  {
    rule: 'snapshot-source-api-group',
    accepts: object({ name: '' }),
    refuses: object({ apiGroup: 'kubevirt.io/v1' }),
    field: 'spec.source.apiGroup',
    says: `'kubevirt.io', got "kubevirt.io/v1"`,
  },
  {
    rule: 'snapshot-source-kind',
    accepts: object(),
    refuses: object({ kind: 'VirtualMachineInstance' }),
    field: 'spec.source.kind',
    says: 'got "VirtualMachineInstance"',
  },
  {
    rule: 'snapshot-failure-deadline',
    accepts: object({}, { failureDeadline: '1m0.5s' }),
    refuses: object({}, { failureDeadline: '5 minutes' }),
    field: 'spec.failureDeadline',
    says: 'got "5 minutes"',
  },
  {
    rule: 'snapshot-spec-immutable',
    accepts: object(),
    refuses: object({ name: 'z' }),
    old: object(),
    field: 'spec',
    says: 'of a VirtualMachineSnapshot must stay',
  },
];

describe('VirtualMachineSnapshot', () => testRules(SNAPSHOT_RULES, rows));

describe('the source of a VirtualMachineSnapshot', () => {
  it('is asked for its kind only where the group is right', () => {
    expect(notes(SNAPSHOT_RULES, 'snapshot-source-kind', object({ apiGroup: 'x', kind: 'Pod' }))).toEqual([]);
    expect(notes(SNAPSHOT_RULES, 'snapshot-source-kind', object({ kind: undefined }))).toEqual([]);
  });
});
