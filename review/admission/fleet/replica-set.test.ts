import { notes, testRules } from '../../testing/rule-tester';
import { selectorRows } from '../../testing/selector-examples';
import { REPLICA_SET_RULES } from './replica-set';

describe('VirtualMachineInstanceReplicaSet', () => {
  testRules(REPLICA_SET_RULES, selectorRows('replica-set', 'template'));

  test('compares no labels with a selector that is not valid', () => {
    const spec = { template: {}, selector: { matchLabels: { app: 'a b' } } };
    expect(notes(REPLICA_SET_RULES, 'replica-set-selector-matches', { spec })).toEqual([]);
  });
});
