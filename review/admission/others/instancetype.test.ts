import { Json } from '../../rule';
import { RuleRow, testRules } from '../shared/rule-table';
import { INSTANCETYPE_RULES, PREFERENCE_RULES } from './instancetype';

const memory = (more: Json): Json => ({ spec: { memory: { guest: '1Gi', ...more } } });
const guest = (count: number): Json => ({ spec: { cpu: { guest: count } } });
const cpu = (value: Json, more: Json = {}): Json => ({ spec: { cpu: value, ...more } });
const spread = (spreadOptions: Json) => cpu({ preferredCPUTopology: 'spread', spreadOptions });

const instancetypes: RuleRow[] = [
  {
    rule: 'instancetype-overcommit-hugepages',
    accepts: memory({ overcommitPercent: 0, hugepages: { pageSize: '2Mi' } }),
    refuses: memory({ overcommitPercent: 10, hugepages: { pageSize: '2Mi' } }),
    field: 'spec.memory.overcommitPercent',
    says: 'beside hugepages, got 10',
  },
  {
    rule: 'instancetype-cpu-count',
    accepts: guest(1),
    refuses: guest(-1),
    field: 'spec.cpu.guest',
    says: 'got -1',
  },
];

const preferences: RuleRow[] = [
  {
    rule: 'preference-topology',
    accepts: cpu({ preferredCPUTopology: 'preferSockets' }),
    refuses: cpu({ preferredCPUTopology: 'Sockets' }),
    field: 'spec.cpu.preferredCPUTopology',
    says: 'got "Sockets"',
  },
  {
    rule: 'preference-spread-across',
    accepts: cpu({ spreadOptions: { across: 'Foo' } }),
    refuses: spread({ across: 'Foo' }),
    field: 'spec.cpu.spreadOptions.across',
    says: 'got "Foo"',
  },
  {
    rule: 'preference-spread-ratio',
    accepts: spread({ across: 'CoresThreads' }),
    refuses: spread({ across: 'CoresThreads', ratio: 3 }),
    field: 'spec.cpu.spreadOptions.ratio',
    says: 'got 3',
  },
  {
    rule: 'preference-spread-ratio',
    accepts: spread({ across: 'SocketsCores', ratio: 3 }),
    refuses: cpu(
      { preferredCPUTopology: 'preferSpread', spreadOptions: { across: 'CoresThreads' } },
      { preferSpreadSocketToCoreRatio: 4 },
    ),
    field: 'spec.cpu.spreadOptions.ratio',
    says: 'got 4',
  },
];

describe('VirtualMachineInstancetype', () => testRules(INSTANCETYPE_RULES, instancetypes));
describe('VirtualMachinePreference', () => testRules(PREFERENCE_RULES, preferences));
