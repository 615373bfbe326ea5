import { objectAt, textAt, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { topic } from '../shared/topic';
import { must } from '../shared/wording';

const FILE = 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/preference-admitter.go';
/** Where the rules stand from v1.6.2 on. */
const MOVED = 'KubeVirt, pkg/instancetype/preference/webhooks/admitter.go';

/** Rules for VirtualMachinePreferences, in a namespace and of the cluster. */
export const PREFERENCE_RULES: readonly Rule[] = topic(
  { kinds: ['VirtualMachinePreference', 'VirtualMachineClusterPreference'] },
  [
    {
      id: 'preference-topology',
      sentence: 'The preferred CPU topology is one that KubeVirt knows.',
      source: `${FILE}:validatePreferredCPUTopology`,
      moved: [{ since: 'v1.6.2', source: `${MOVED}:validatePreferredCPUTopology` }],
      check: ofLayout(({ topology }) => {
        if (topology === undefined || TOPOLOGIES.includes(topology as string)) return undefined;
        const known = TOPOLOGIES.slice(0, 5).map((name) => `'${name}'`);
        return ['preferredCPUTopology', must('preferredCPUTopology', `be one of ${known.join(', ')}`, topology)];
      }),
    },
    {
      id: 'preference-spread-across',
      sentence: 'CPUs are spread across parts that KubeVirt knows.',
      source: `${FILE}:validateSpreadOptions`,
      moved: [{ since: 'v1.6.2', source: `${MOVED}:validateSpreadOptions` }],
      check: ofLayout(({ topology, across }) => {
        if (!SPREADS.includes(topology as string) || ACROSS.includes(across)) return undefined;
        return ['spreadOptions.across', must('across', `be one of ${ACROSS.join(', ')}`, across)];
      }),
    },
    {
      id: 'preference-spread-ratio',
      sentence: 'The ratio is 2 where CPUs are spread across cores and threads.',
      source: `${FILE}:validateSpreadOptions`,
      moved: [{ since: 'v1.6.2', source: `${MOVED}:validateSpreadOptions` }],
      check: ofLayout(({ topology, across, ratio }) => {
        if (!SPREADS.includes(topology as string) || across !== 'CoresThreads' || ratio === 2) return undefined;
        return ['spreadOptions.ratio', must('ratio', 'be 2 across cores and threads', ratio)];
      }),
    },
  ],
);

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

function ofLayout(check: (layout: Layout) => readonly [field: string, message: string] | undefined): Rule['check'] {
  return ({ object }, note) => {
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
  };
}
