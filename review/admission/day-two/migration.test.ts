import { Json } from '../../rule';
import { Example, notes, testRules } from '../../testing/rule-tester';
import { MIGRATION_RULES } from './migration';

const object = (spec: Json, labels: Json = {}): Json => ({ metadata: { labels }, spec: { vmiName: 'v', ...spec } });
const label = { 'kubevirt.io/vmi-name': 'v' };
const sendTo = { migrationID: 'a', connectURL: 'x' };

const rows: Example[] = [
  {
    rule: 'migration-name-given',
    accepts: object({}),
    refuses: object({ vmiName: '' }),
    field: 'spec.vmiName',
    says: 'got ""',
  },
  {
    rule: 'migration-name-short',
    accepts: object({ vmiName: 'v'.repeat(63) }),
    refuses: object({ vmiName: 'v'.repeat(64) }),
    field: 'spec.vmiName',
    says: 'at most 63 characters',
  },
  {
    rule: 'migration-between-clusters-gate',
    accepts: object({ sendTo }),
    refuses: object({ sendTo }),
    acceptedOn: { featureGates: ['DecentralizedLiveMigration'] },
    field: 'spec.sendTo',
    says: `the feature gate 'DecentralizedLiveMigration'`,
  },
  {
    rule: 'migration-between-clusters-id',
    accepts: object({ sendTo, receive: { migrationID: 'a' } }),
    refuses: object({ sendTo, receive: { migrationID: 'b' } }),
    field: 'spec.receive.migrationID',
    says: `that of 'sendTo', "a", got "b"`,
  },
  {
    rule: 'migration-priority-reserved',
    release: 'v1.7.4',
    accepts: { spec: { vmiName: 'web' } },
    refuses: { spec: { vmiName: 'web', priority: 'system-critical' } },
    field: 'spec.priority',
    serverField: 'spec.migrationPriority',
    says: 'got "system-critical"',
  },
  {
    rule: 'migration-spec-immutable',
    accepts: object({}),
    refuses: object({ vmiName: 'w' }),
    old: object({}),
    field: 'spec',
    says: 'of a VirtualMachineInstanceMigration must stay',
  },
  {
    rule: 'migration-label-kept',
    accepts: { ...object({}), status: { phase: 'Succeeded' } },
    refuses: object({}),
    old: object({}, label),
    field: 'metadata.labels["kubevirt.io/vmi-name"]',
    says: 'stay "v" while the migration runs, got nothing',
  },
];

describe('VirtualMachineInstanceMigration', () => testRules(MIGRATION_RULES, rows));

describe('VirtualMachineInstanceMigration', () => {
  test.each<[string, Json, Json]>([
    ['nothing is sent', {}, { migrationID: 'a' }],
    ['nothing is received', { migrationID: 'a' }, {}],
  ])('leaves an id to the schema where %s', (_title, sendTo, receive) => {
    expect(notes(MIGRATION_RULES, 'migration-between-clusters-id', object({ sendTo, receive }))).toEqual([]);
  });

  it('takes a label that it did not have', () => {
    expect(notes(MIGRATION_RULES, 'migration-label-kept', object({}, label), object({}))).toEqual([]);
    expect(notes(MIGRATION_RULES, 'migration-label-kept', object({}, label), object({}, label))).toEqual([]);
  });
});
