import { Severity } from '../../finding';
import { isObject, textAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { topic } from '../shared/topic';
import { must } from '../shared/wording';

/** Rules for NetworkAttachmentDefinitions, which no webhook asks: the pod of a machine fails that names one which breaks them. */
export const NETWORK_DEFINITION_RULES: readonly Rule[] = topic(
  { kinds: ['NetworkAttachmentDefinition'], severity: Severity.WARNING },
  [
    {
      id: 'network-definition-config-json',
      sentence: 'The configuration of a network is a JSON object, or no pod starts on it.',
      source: 'NetworkAttachmentDefinition, pkg/utils/cniconfig.go:GetCNIConfigFromSpec',
      check: ({ object }, note) => {
        const config = textAt(object, 'spec', 'config');
        // An empty one stands for a file of the node.
        if (config === '' || isJsonObject(config)) return;
        note('spec.config', must('config', 'be a JSON object', config));
      },
    },
  ],
);

function isJsonObject(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}
