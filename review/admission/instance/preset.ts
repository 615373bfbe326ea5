import { Severity } from '../../finding';
import { objectAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { must } from '../shared/wording';

/** Rules for a VirtualMachineInstancePreset. */
export const PRESET_RULES: readonly Rule[] = [
  {
    id: 'preset-domain-present',
    source: 'KubeVirt v1.6.2, pkg/virt-api/webhooks/validating-webhook/admitters/vmi-preset-admitter.go',
    severity: Severity.ERROR,
    check: ({ object }, note) => {
      if (objectAt(object, 'spec', 'domain') !== undefined) return;
      note('spec.domain', must('domain', 'be given', undefined));
    },
  },
];
