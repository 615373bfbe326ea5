import { testRules } from '../../testing/rule-tester';
import { MIGRATION_POLICY_RULES } from './migration-policy';

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
