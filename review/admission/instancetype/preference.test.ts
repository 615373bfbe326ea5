import { Json } from '../../rule';
import { testRules } from '../../testing/rule-tester';
import { PREFERENCE_RULES } from './preference';

const cpu = (value: Json, more: Json = {}): Json => ({ spec: { cpu: value, ...more } });
const spread = (spreadOptions: Json) => cpu({ preferredCPUTopology: 'spread', spreadOptions });

describe('VirtualMachinePreference', () =>
  testRules(PREFERENCE_RULES, [
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
  ]));
