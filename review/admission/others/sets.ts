import { Severity } from '../../finding';
import { objectAt, valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Rule } from '../../rule';
import { semanticEqual } from '../shared/semantic-equal';
import { must, show } from '../shared/wording';
import { matches, selectorFault } from './label-selector';

const FOLDER = 'KubeVirt v1.6.2, pkg/virt-api/webhooks/validating-webhook/admitters';
const REPLICA_SET = `${FOLDER}/vmirs-admitter.go:ValidateVMIRSSpec`;
const POOL = `${FOLDER}/vmpool-admitter.go:ValidateVMPoolSpec`;
const POLICY = `${FOLDER}/migrationpolicy-admitter.go:Admit`;

/** Rules for VirtualMachineInstanceReplicaSets. */
export const REPLICA_SET_RULES: readonly Rule[] = selectorRules('replica-set', REPLICA_SET, 'template');

/** Rules for VirtualMachinePools. */
export const POOL_RULES: readonly Rule[] = [
  ...selectorRules('pool', POOL, 'virtualMachineTemplate'),
  {
    id: 'pool-selector-immutable',
    source: POOL,
    severity: Severity.ERROR,
    check: ({ object, old }, note) => {
      const [now, before] = [valueAt(object, 'spec', 'selector'), valueAt(old, 'spec', 'selector')];
      if (old === undefined || semanticEqual(now, before)) return;
      note('spec.selector', must('selector', `stay ${show(before)}`, now));
    },
  },
  {
    id: 'pool-max-unavailable',
    source: POOL,
    severity: Severity.ERROR,
    check: ({ object }, note) => {
      const value = valueAt(object, 'spec', 'maxUnavailable');
      if (value === undefined || isShare(value)) return;
      note('spec.maxUnavailable', must('maxUnavailable', `be a number above 0, or '1%' to '100%'`, value));
    },
  },
];

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

function selectorRules(topic: string, source: string, template: string): Rule[] {
  return [
    {
      id: `${topic}-selector-valid`,
      source,
      severity: Severity.ERROR,
      check: ({ object }, note) => {
        const fault = selectorFault(objectAt(object, 'spec', 'selector') ?? {});
        if (fault !== undefined) note('spec.selector', fault);
      },
    },
    {
      id: `${topic}-selector-matches`,
      source,
      severity: Severity.ERROR,
      check: ({ object }, note) => {
        const selector = objectAt(object, 'spec', 'selector');
        const made = objectAt(object, 'spec', template);
        // Without a template nothing else is asked, and its schema refuses it.
        if (made === undefined || selectorFault(selector ?? {}) !== undefined) return;
        const labels = objectAt(made, 'metadata', 'labels') ?? {};
        if (matches(selector, labels)) return;
        note('spec.selector', must('selector', `fit the labels of '${template}', ${show(labels)}`, selector));
      },
    },
  ];
}

/** A number of machines, or a share of them. */
function isShare(value: unknown): boolean {
  if (typeof value === 'number') return value > 0;
  const [, percent] = (typeof value === 'string' ? /^\+?(\d+)%$/.exec(value) : undefined) ?? [];
  return percent !== undefined && Number(percent) >= 1 && Number(percent) <= 100;
}
