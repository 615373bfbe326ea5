import { Json } from '../../rule';
import { Example, testRules } from '../../testing/rule-tester';
import { INSTANCE_UPDATE_RULES } from './change';

const object = (domain: Json, labels: Json = {}): Json => ({ metadata: { labels }, spec: { domain } });
const old = object({ cpu: { maxSockets: 4 }, memory: { maxGuest: '8Gi' } }, { 'kubevirt.io/nodeName': 'n' });

const rows: Example[] = [
  {
    rule: 'instance-spec-kept',
    accepts: object({ cpu: { maxSockets: 4 }, memory: { maxGuest: '8Gi' } }),
    refuses: object({}),
    old,
    field: 'spec',
    says: 'by KubeVirt alone',
  },
  {
    rule: 'instance-labels-kept',
    accepts: object({}, { 'kubevirt.io/nodeName': 'n', mine: 'x' }),
    refuses: object({}, { 'kubevirt.io/nodeName': 'm' }),
    old,
    field: 'metadata.labels["kubevirt.io/nodeName"]',
    says: 'stay "n": KubeVirt alone sets it, got "m"',
  },
  {
    rule: 'instance-max-sockets-kept',
    accepts: object({ cpu: { maxSockets: 4 } }),
    refuses: object({ cpu: { maxSockets: 8 } }),
    old,
    field: 'spec.domain.cpu.maxSockets',
    says: 'stay 4, got 8',
  },
  {
    rule: 'instance-max-guest-kept',
    accepts: object({ memory: { maxGuest: '8192Mi' } }),
    refuses: object({ memory: { maxGuest: '16Gi' } }),
    old,
    field: 'spec.domain.memory.maxGuest',
    says: 'stay "8Gi", got "16Gi"',
  },
];

describe('a changed VirtualMachineInstance', () => testRules(INSTANCE_UPDATE_RULES, rows));
