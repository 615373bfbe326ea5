import { Json } from '../../rule';
import { RuleRow, testRules } from '../shared/rule-table';
import { matches, selectorFault } from './label-selector';
import { MIGRATION_POLICY_RULES, POOL_RULES, REPLICA_SET_RULES } from './sets';

const labels = { app: 'web' };
const made = { metadata: { labels } };
const selector = { matchLabels: labels };

function selectorRows(topic: string, template: string): RuleRow[] {
  const object = (value: Json): Json => ({ spec: { [template]: made, selector: value } });
  return [
    {
      rule: `${topic}-selector-valid`,
      accepts: object(selector),
      refuses: object({ matchLabels: { app: 'a b' } }),
      field: 'spec.selector',
      says: 'the value of a label, got "a b"',
    },
    {
      rule: `${topic}-selector-matches`,
      accepts: object({}),
      refuses: object({ matchLabels: { app: 'db' } }),
      field: 'spec.selector',
      says: `fit the labels of '${template}', {"app":"web"}`,
    },
  ];
}

describe('VirtualMachineInstanceReplicaSet', () =>
  testRules(REPLICA_SET_RULES, selectorRows('replica-set', 'template')));

describe('VirtualMachinePool', () =>
  testRules(POOL_RULES, [
    ...selectorRows('pool', 'virtualMachineTemplate'),
    {
      rule: 'pool-selector-immutable',
      accepts: { spec: { selector } },
      refuses: { spec: { selector: {} } },
      old: { spec: { selector } },
      field: 'spec.selector',
      says: 'stay {"matchLabels":{"app":"web"}}, got {}',
    },
    ...['0%', '101%', '10', 'x%', 0, -1].map((value) => ({
      rule: 'pool-max-unavailable',
      accepts: { spec: { maxUnavailable: typeof value === 'number' ? 1 : '100%' } },
      refuses: { spec: { maxUnavailable: value } },
      field: 'spec.maxUnavailable',
      says: `got ${JSON.stringify(value)}`,
    })),
  ]));

describe('MigrationPolicy', () =>
  testRules(MIGRATION_POLICY_RULES, [
    {
      rule: 'migration-policy-completion-timeout-per-gib',
      accepts: { spec: { completionTimeoutPerGiB: 0 } },
      refuses: { spec: { completionTimeoutPerGiB: -1 } },
      field: 'spec.completionTimeoutPerGiB',
      says: 'not be negative, got -1',
    },
    {
      rule: 'migration-policy-bandwidth-per-migration',
      accepts: { spec: { bandwidthPerMigration: '64Mi' } },
      refuses: { spec: { bandwidthPerMigration: '-1Mi' } },
      field: 'spec.bandwidthPerMigration',
      says: 'not be negative, got "-1Mi"',
    },
  ]));

describe('a label selector', () => {
  const expression = (operator: string, values?: string[]) => ({
    matchExpressions: [{ key: 'app', operator, values }],
  });

  test.each<[Json, string | undefined]>([
    [expression('In', ['web']), undefined],
    [expression('Exists'), undefined],
    [{ matchLabels: { 'example.com/app': 'web' } }, undefined],
    [expression('In'), `'values' must be given for In`],
    [expression('Exists', ['web']), `'values' must be left out for Exists`],
    [expression('Is', ['web']), 'got "Is"'],
    [expression('In', ['a b']), 'got "a b"'],
    [{ matchLabels: { 'a b': 'web' } }, 'got "a b"'],
    [{ matchLabels: { 'Example/app': 'web' } }, 'got "Example/app"'],
  ])('%j has the fault %j', (given, fault) => {
    if (fault === undefined) expect(selectorFault(given)).toBeUndefined();
    else expect(selectorFault(given)).toContain(fault);
  });

  test.each<[Json | undefined, boolean]>([
    [undefined, false],
    [{}, true],
    [expression('In', ['web', 'db']), true],
    [expression('NotIn', ['web']), false],
    [expression('Exists'), true],
    [expression('DoesNotExist'), false],
  ])('%j fits: %j', (given, fits) => expect(matches(given, labels)).toBe(fits));
});
