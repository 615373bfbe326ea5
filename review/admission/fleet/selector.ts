import { objectAt } from '../../manifests/json';
import { Note, Subject } from '../../rule';
import { matches, selectorFault } from '../shared/label-selector';
import { must, show } from '../shared/wording';

/** Notes what is wrong with the selector of what keeps a number of machines. */
export function noteSelector({ object }: Subject, note: Note): void {
  const fault = selectorFault(objectAt(object, 'spec', 'selector') ?? {});
  if (fault !== undefined) note('spec.selector', fault);
}

/** Notes a selector that does not fit the labels of the template. */
export function noteOtherLabels({ object }: Subject, template: string, note: Note): void {
  const selector = objectAt(object, 'spec', 'selector');
  const pattern = objectAt(object, 'spec', template);
  // Without a template nothing else is asked, and its schema refuses it.
  if (pattern === undefined || selectorFault(selector ?? {}) !== undefined) return;
  const labels = objectAt(pattern, 'metadata', 'labels') ?? {};
  if (matches(selector, labels)) return;
  note('spec.selector', must('selector', `fit the labels of '${template}', ${show(labels)}`, selector));
}
