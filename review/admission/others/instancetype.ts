import { Severity } from '../../finding';
import { objectAt, textAt, valueAt } from '../../manifests/json';
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

/** Rules for VirtualMachinePreferences, in a namespace and of the cluster. */
export const PREFERENCE_RULES: readonly Rule[] = [
  preferenceRule('preference-topology', 'validatePreferredCPUTopology', ({ topology }) => {
    if (topology === undefined || TOPOLOGIES.includes(topology as string)) return undefined;
    const known = TOPOLOGIES.slice(0, 5).map((name) => `'${name}'`);
    return ['preferredCPUTopology', must('preferredCPUTopology', `be one of ${known.join(', ')}`, topology)];
  }),
  preferenceRule('preference-spread-across', 'validateSpreadOptions', ({ topology, across }) => {
    if (!SPREADS.includes(topology as string) || ACROSS.includes(across)) return undefined;
    return ['spreadOptions.across', must('across', `be one of ${ACROSS.join(', ')}`, across)];
  }),
  preferenceRule('preference-spread-ratio', 'validateSpreadOptions', ({ topology, across, ratio }) => {
    if (!SPREADS.includes(topology as string) || across !== 'CoresThreads' || ratio === 2) return undefined;
    return ['spreadOptions.ratio', must('ratio', 'be 2 across cores and threads', ratio)];
  }),
];

/** The second five are deprecated, and accepted. */
const TOPOLOGIES = [
  ...['sockets', 'cores', 'threads', 'spread', 'any'],
  ...['preferSockets', 'preferCores', 'preferThreads', 'preferSpread', 'preferAny'],
];
const SPREADS = ['spread', 'preferSpread'];
const ACROSS = ['SocketsCores', 'SocketsCoresThreads', 'CoresThreads'];

/** What a preference says of the layout of processors, with the defaults of GetSpreadOptions. */
interface Layout {
  readonly topology: unknown;
  readonly across: string;
  readonly ratio: unknown;
}

function preferenceRule(
  id: string,
  source: string,
  check: (layout: Layout) => readonly [field: string, message: string] | undefined,
): Rule {
  return {
    id,
    source: `KubeVirt v1.6.2, pkg/instancetype/preference/webhooks/admitter.go:${source}`,
    severity: Severity.ERROR,
    check: ({ object }, note) => {
      const cpu = objectAt(object, 'spec', 'cpu');
      if (cpu === undefined) return;
      const spread = objectAt(cpu, 'spreadOptions');
      const [field, message] =
        check({
          topology: cpu.preferredCPUTopology,
          across: spread?.across === undefined ? 'SocketsCores' : textAt(spread, 'across'),
          ratio: spread?.ratio ?? (valueAt(object, 'spec', 'preferSpreadSocketToCoreRatio') || 2),
        }) ?? [];
      if (field !== undefined && message !== undefined) note(`spec.cpu.${field}`, message);
    },
  };
}
