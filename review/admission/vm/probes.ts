import { childIn, has } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { alternatives, show } from '../shared/wording';
import { Machine, MachineCheck, TEMPLATE, vmiCreate } from './machine';

const PROBES = ['readinessProbe', 'livenessProbe'] as const;
const HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'guestAgentPing'] as const;
const OVER_NETWORK = ['httpGet', 'tcpSocket'] as const;

/** Readiness and liveness. */
export const PROBE_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['livenessProbe', 'readinessProbe'] },
  [
    {
      id: 'probe-handler-given',
      sentence: 'A probe has a handler.',
      source: vmiCreate('validateProbe'),
      check: eachProbe((entry, name, note) => {
        if (HANDLERS.some((handler) => has(entry, handler))) return;
        note(`${TEMPLATE}.${name}`, `'${name}' must have ${alternatives(HANDLERS)}, got ${show(entry)}`);
      }),
    },
    {
      id: 'probe-handler-single',
      sentence: 'A probe has one handler.',
      source: vmiCreate('validateProbe'),
      check: eachProbe((entry, name, note) => {
        const given = HANDLERS.filter((handler) => has(entry, handler));
        if (given.length < 2) return;
        note(`${TEMPLATE}.${name}`, `'${name}' must have one of ${alternatives(HANDLERS)}, got ${show(given)}`);
      }),
    },
    {
      id: 'probe-pod-network',
      sentence: 'A probe over the network has a pod network.',
      source: vmiCreate('appendStatusCauseForProbeNotAllowedWithNoPodNetworkPresent'),
      check: eachProbe((entry, name, note, { networks }) => {
        if (networks.some((network) => has(network, 'pod'))) return;
        for (const handler of OVER_NETWORK) {
          if (!has(entry, handler)) continue;
          const message = `'${handler}' must have the pod network to reach the machine, got none in 'networks'`;
          note(`${TEMPLATE}.${name}.${handler}`, message, "add the pod network, or use 'exec' or 'guestAgentPing'");
        }
      }),
    },
  ],
);

function eachProbe(check: (entry: Json, probeName: string, note: Note, machine: Machine) => void): MachineCheck {
  return (machine, note) => {
    for (const key of PROBES) {
      const entry = childIn(machine.template, key);
      if (entry !== undefined) check(entry, key, note, machine);
    }
  };
}
