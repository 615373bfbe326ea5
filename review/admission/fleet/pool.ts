import { objectAt, valueAt } from '../../manifests/json';
import { Rule, Subject } from '../../rule';
import { Part, part, whole } from '../part';
import { POOL } from '../shared/holders';
import { semanticEqual } from '../shared/semantic-equal';
import { topic, TopicRule } from '../shared/topic';
import { alternatives, must, show } from '../shared/wording';
import { machineOfSpec, templateParts } from './machine-within';
import { noteOtherLabels, noteSelector } from './selector';

const FILE = 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/vmpool-admitter.go';
const SOURCE = `${FILE}:ValidateVMPoolSpec`;
const STRATEGIES = ['opportunistic', 'proactive', 'unmanaged'];

/** Rules for a VirtualMachinePool beside its machine. */
export const POOL_RULES: readonly Rule[] = topic({ kinds: [POOL] }, [
  {
    id: 'pool-selector-valid',
    sentence: 'The selector of a pool is valid.',
    source: SOURCE,
    check: noteSelector,
  },
  {
    id: 'pool-selector-matches',
    sentence: 'The selector of a pool fits the labels of its template.',
    source: SOURCE,
    check: (subject, note) => noteOtherLabels(subject, 'virtualMachineTemplate', note),
  },
  {
    id: 'pool-selector-immutable',
    sentence: 'The selector of a pool stays what it was.',
    source: SOURCE,
    check: ({ object, old }, note) => {
      const [now, before] = [valueAt(object, 'spec', 'selector'), valueAt(old, 'spec', 'selector')];
      if (old === undefined || semanticEqual(now, before)) return;
      note('spec.selector', must('selector', `stay ${show(before)}`, now));
    },
  },
  {
    id: 'pool-max-unavailable',
    since: 'v1.6.2',
    sentence: 'maxUnavailable of a pool is a number above 0, or 1% to 100%.',
    source: SOURCE,
    check: ({ object }, note) => {
      const value = valueAt(object, 'spec', 'maxUnavailable');
      if (value === undefined || isShare(value)) return;
      note('spec.maxUnavailable', must('maxUnavailable', `be a number above 0, or '1%' to '100%'`, value));
    },
  },
  ...(['updateStrategy', 'scaleInStrategy'] as const).map((key): TopicRule<Subject> => ({
    id: key === 'updateStrategy' ? 'pool-update-strategy-single' : 'pool-scale-in-strategy-single',
    since: 'v1.7.4',
    sentence: `A pool has one ${key === 'updateStrategy' ? 'strategy for updates' : 'strategy for scaling in'}.`,
    source: `${FILE}:validateMutualExclusivity`,
    check: ({ object }, note) => {
      const strategy = objectAt(object, 'spec', key);
      const given = STRATEGIES.filter((one) => strategy?.[one] !== undefined);
      if (given.length > 1) note(`spec.${key}`, must(key, `be one of ${alternatives(STRATEGIES)}`, given));
    },
  })),
]);

/** Rules for a VirtualMachinePool and its machine. */
export const POOL_PARTS: readonly Part[] = [
  part(whole, POOL_RULES),
  ...templateParts({
    kind: POOL,
    machine: (object) => machineOfSpec(objectAt(object, 'spec', 'virtualMachineTemplate', 'spec')),
    field: (path) => path.replace(/^spec(?=\.|$)/, 'spec.virtualMachineTemplate.spec'),
  }),
];

/** A number of machines, or a share of them. */
function isShare(value: unknown): boolean {
  if (typeof value === 'number') return value > 0;
  const [, percent] = (typeof value === 'string' ? /^\+?(\d+)%$/.exec(value) : undefined) ?? [];
  return percent !== undefined && Number(percent) >= 1 && Number(percent) <= 100;
}
