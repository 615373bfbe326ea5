import { Severity } from '../../finding';
import { valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Rule } from '../../rule';
import { must } from '../shared/wording';

const POLICY = 'KubeVirt v1.6.2, pkg/virt-api/webhooks/validating-webhook/admitters/migrationpolicy-admitter.go:Admit';

/** Rules for MigrationPolicies. */
export const MIGRATION_POLICY_RULES: readonly Rule[] = ['completionTimeoutPerGiB', 'bandwidthPerMigration'].map(
  (key) => ({
    id: `migration-policy-${key.replace(/[A-Z][a-z]*B?/g, (word) => `-${word.toLowerCase()}`)}`,
    source: POLICY,
    severity: Severity.ERROR,
    check: ({ object }, note) => {
      const value = valueAt(object, 'spec', key);
      if ((parseQuantity(value) ?? 0) < 0) note(`spec.${key}`, must(key, 'not be negative', value));
    },
  }),
);
