import { Severity } from '../../finding';
import { valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { semanticEqual } from '../shared/semantic-equal';
import { must, show } from '../shared/wording';
import { selectorRules } from './selector';

const POOL =
  'KubeVirt v1.6.2, pkg/virt-api/webhooks/validating-webhook/admitters/vmpool-admitter.go:ValidateVMPoolSpec';

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

/** A number of machines, or a share of them. */
function isShare(value: unknown): boolean {
  if (typeof value === 'number') return value > 0;
  const [, percent] = (typeof value === 'string' ? /^\+?(\d+)%$/.exec(value) : undefined) ?? [];
  return percent !== undefined && Number(percent) >= 1 && Number(percent) <= 100;
}
