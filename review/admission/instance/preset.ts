import { objectAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { topic } from '../shared/topic';
import { must } from '../shared/wording';

/** Rules for a VirtualMachineInstancePreset. */
export const PRESET_RULES: readonly Rule[] = topic({ kinds: ['VirtualMachineInstancePreset'] }, [
  {
    id: 'preset-domain-present',
    sentence: 'A preset has a domain.',
    source: 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/vmi-preset-admitter.go',
    check: ({ object }, note) => {
      if (objectAt(object, 'spec', 'domain') !== undefined) return;
      note('spec.domain', must('domain', 'be given', undefined));
    },
  },
]);
