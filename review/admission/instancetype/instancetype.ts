import { Severity } from '../../finding';
import { objectAt, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { must } from '../shared/wording';

const FILE = 'KubeVirt v1.6.2, pkg/instancetype/webhooks/admitter.go';

/** The most that Go's uint32 holds. */
const MOST = 2 ** 32 - 1;

/** Rules for VirtualMachineInstancetypes, in a namespace and of the cluster. */
export const INSTANCETYPE_RULES: readonly Rule[] = [
  {
    id: 'instancetype-overcommit-hugepages',
    source: `${FILE}:validateMemoryOvercommitPercentNoHugepages`,
    severity: Severity.ERROR,
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
    source: `${FILE}:Admit (uint32)`,
    severity: Severity.ERROR,
    check: ({ object }, note) => {
      const guest = valueAt(object, 'spec', 'cpu', 'guest');
      if (typeof guest !== 'number' || (Number.isInteger(guest) && guest >= 0 && guest <= MOST)) return;
      note('spec.cpu.guest', must('guest', `be a whole number from 0 to ${MOST}`, guest));
    },
  },
];
