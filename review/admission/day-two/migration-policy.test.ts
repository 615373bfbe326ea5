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
    {
      rule: 'migration-policy-downtime-gate',
      release: 'v1.9.0',
      accepts: { spec: { maxDowntimeMs: 500 } },
      acceptedOn: { featureGates: ['MigrationStallDetection'] },
      refuses: { spec: { maxDowntimeMs: 500 } },
      field: 'spec.maxDowntimeMs',
      says: "feature gate 'MigrationStallDetection'",
    },
    {
      rule: 'migration-policy-downtime-gate',
      release: 'v1.9.0',
      old: { spec: { maxDowntimeMs: 500 } },
      accepts: { spec: { maxDowntimeMs: 500 } },
      refuses: { spec: { maxDowntimeMs: 501 } },
      field: 'spec.maxDowntimeMs',
      says: "'maxDowntimeMs'",
    },
    {
      rule: 'migration-policy-stall-detector-gate',
      release: 'v1.9.0',
      accepts: { spec: { experimental: {} } },
      refuses: { spec: { experimental: { stallDetector: {} } } },
      field: 'spec.experimental.stallDetector',
      says: "'stallDetector'",
    },
    ...(
      [
        ['ewmaAlpha', '1', '0'],
        ['ewmaAlpha', '0.125', '0.1255'],
        ['precopyPossibleFactor', '1.5', '0.9'],
        ['patienceWindowDecayFactor', '0', '1.1'],
        ['patienceWindowDecayFactor', '1e-9', '2e-9'],
        ['completionTimeoutFactor', '1e1', 'NaN'],
      ] as const
    ).map(([key, right, wrong]) => ({
      rule: 'migration-policy-stall-detector-factor',
      release: 'v1.9.0',
      cluster: { featureGates: ['MigrationStallDetection'] },
      accepts: { spec: { experimental: { stallDetector: { [key]: right } } } },
      refuses: { spec: { experimental: { stallDetector: { [key]: wrong } } } },
      field: `spec.experimental.stallDetector.${key}`,
      says: `got "${wrong}"`,
    })),
  ]));
