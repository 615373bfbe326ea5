import { valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Note, Rule, Subject } from '../../rule';
import { topic } from '../shared/topic';
import { must } from '../shared/wording';

const SOURCE = 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/migrationpolicy-admitter.go:Admit';

/** Rules for MigrationPolicies. */
export const MIGRATION_POLICY_RULES: readonly Rule[] = topic({ kinds: ['MigrationPolicy'] }, [
  {
    id: 'migration-policy-completion-timeout-per-gib',
    sentence: 'The timeout per GiB is not negative.',
    source: SOURCE,
    check: (subject, note) => noteNegative(subject, 'completionTimeoutPerGiB', note),
  },
  {
    id: 'migration-policy-bandwidth-per-migration',
    sentence: 'The bandwidth of a migration is not negative.',
    source: SOURCE,
    check: (subject, note) => noteNegative(subject, 'bandwidthPerMigration', note),
  },
]);

function noteNegative({ object }: Subject, key: string, note: Note): void {
  const value = valueAt(object, 'spec', key);
  if ((parseQuantity(value) ?? 0) < 0) note(`spec.${key}`, must(key, 'not be negative', value));
}
