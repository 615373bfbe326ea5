import { objectAt, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { topic } from '../shared/topic';
import { must } from '../shared/wording';

const FILE = 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/instancetype-admitter.go';
/** Where the rules stand from v1.6.2 on. */
const MOVED = 'KubeVirt, pkg/instancetype/webhooks/admitter.go';

/** The most that Go's uint32 holds. */
const MOST = 2 ** 32 - 1;

/** Rules for VirtualMachineInstancetypes, in a namespace and of the cluster. */
export const INSTANCETYPE_RULES: readonly Rule[] = topic(
  { kinds: ['VirtualMachineInstancetype', 'VirtualMachineClusterInstancetype'] },
  [
    {
      id: 'instancetype-overcommit-hugepages',
      sentence: 'An instance type with huge pages does not overcommit memory.',
      source: `${FILE}:validateMemoryOvercommitPercentNoHugepages`,
      moved: [{ since: 'v1.6.2', source: `${MOVED}:validateMemoryOvercommitPercentNoHugepages` }],
      check: ({ object }, note) => {
        const memory = objectAt(object, 'spec', 'memory');
        if (memory?.hugepages === undefined || typeof memory.overcommitPercent !== 'number') return;
        // What is out of range is the schema's to refuse.
        if (memory.overcommitPercent <= 0 || memory.overcommitPercent > 100) return;
        const message = must('overcommitPercent', 'not be given beside hugepages', memory.overcommitPercent);
        note('spec.memory.overcommitPercent', message);
      },
    },
    {
      id: 'instancetype-cpu-count',
      sentence: "The number of CPUs is a whole number that Go's uint32 holds.",
      source: `${FILE}:admitInstancetype (uint32)`,
      moved: [{ since: 'v1.6.2', source: `${MOVED}:admitInstancetype (uint32)` }],
      check: ({ object }, note) => {
        const guest = valueAt(object, 'spec', 'cpu', 'guest');
        if (typeof guest !== 'number' || (Number.isInteger(guest) && guest >= 0 && guest <= MOST)) return;
        note('spec.cpu.guest', must('guest', `be a whole number from 0 to ${MOST}`, guest));
      },
    },
  ],
);
