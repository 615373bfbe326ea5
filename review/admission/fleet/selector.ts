import { Severity } from '../../finding';
import { objectAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { matches, selectorFault } from '../shared/label-selector';
import { must, show } from '../shared/wording';

/** The rules for the selector of what keeps a number of machines, by the labels of their template. */
export function selectorRules(topic: string, source: string, template: string): Rule[] {
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
