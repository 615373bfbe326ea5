import { Json } from '../../rule';
import { testRules } from '../../testing/rule-tester';
import { INSTANCETYPE_RULES } from './instancetype';

const memory = (more: Json): Json => ({ spec: { memory: { guest: '1Gi', ...more } } });
const guest = (count: number): Json => ({ spec: { cpu: { guest: count } } });

describe('VirtualMachineInstancetype', () =>
  testRules(INSTANCETYPE_RULES, [
    {
      rule: 'instancetype-overcommit-hugepages',
      accepts: memory({ overcommitPercent: 0, hugepages: { pageSize: '2Mi' } }),
      refuses: memory({ overcommitPercent: 10, hugepages: { pageSize: '2Mi' } }),
      field: 'spec.memory.overcommitPercent',
      says: 'beside hugepages, got 10',
    },
    {
      rule: 'instancetype-cpu-count',
      accepts: guest(0),
      refuses: guest(-1),
      field: 'spec.cpu.guest',
      says: 'got -1',
    },
  ]));
