import { testRules } from '../../testing/rule-tester';
import { PROBE_RULES } from './probes';

const PROBE = 'spec.template.spec.readinessProbe';

describe('PROBE_RULES', () => {
  testRules(PROBE_RULES, [
    {
      rule: 'probe-handler-given',
      accepts: { 'T.readinessProbe': { guestAgentPing: {} } },
      refuses: { 'T.readinessProbe': { initialDelaySeconds: 1 } },
      field: PROBE,
      says: 'got {"initialDelaySeconds":1}',
    },
    {
      rule: 'probe-handler-single',
      accepts: { 'T.livenessProbe': { exec: { command: ['a'] } } },
      refuses: { 'T.livenessProbe': { exec: { command: ['a'] }, guestAgentPing: {} } },
      field: 'spec.template.spec.livenessProbe',
      says: 'got ["exec","guestAgentPing"]',
    },
    {
      rule: 'probe-pod-network',
      accepts: { 'T.readinessProbe': { tcpSocket: { port: 22 } } },
      refuses: { 'T.readinessProbe': { tcpSocket: { port: 22 } }, 'D.autoattachPodInterface': false },
      field: `${PROBE}.tcpSocket`,
      says: "'tcpSocket' must have the pod network",
    },
  ]);
});
