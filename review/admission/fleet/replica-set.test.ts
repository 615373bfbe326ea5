import { testRules } from '../shared/rule-table';
import { REPLICA_SET_RULES } from './replica-set';
import { selectorRows } from './selector-rows';

describe('VirtualMachineInstanceReplicaSet', () =>
  testRules(REPLICA_SET_RULES, selectorRows('replica-set', 'template')));
