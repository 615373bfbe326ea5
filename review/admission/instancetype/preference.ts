import { Severity } from '../../finding';
import { objectAt, textAt, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { must } from '../shared/wording';

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
