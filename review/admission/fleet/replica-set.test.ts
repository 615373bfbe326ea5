import { testRules } from '../../testing/rule-tester';
import { selectorRows } from '../../testing/selector-examples';
import { REPLICA_SET_RULES } from './replica-set';

describe('VirtualMachineInstanceReplicaSet', () =>
  testRules(REPLICA_SET_RULES, selectorRows('replica-set', 'template')));
