import { KINDS } from './kinds';

describe('the kinds that have admission rules', () => {
  const asked = KINDS.map(({ kind, load }) => ({ kind, rules: load().flatMap(({ rules }) => [...rules]) }));

  test.each(asked)('$kind is asked rules that name it', ({ kind, rules }) => {
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.filter(({ kinds }) => !kinds.includes(kind)).map(({ id }) => id)).toEqual([]);
  });

  test('are those that a rule names', () => {
    const named = asked.flatMap(({ rules }) => rules.flatMap(({ id, kinds }) => kinds.map((kind) => `${kind} ${id}`)));
    const isAsked = new Set(asked.flatMap(({ kind, rules }) => rules.map(({ id }) => `${kind} ${id}`)));
    expect([...new Set(named)].filter((one) => !isAsked.has(one))).toEqual([]);
  });

  test.each([
    [
      'VirtualMachineInstance',
      ['disk-bus-known', 'gpu-claim-gate', 'start-memory'],
      ['run-strategy-known', 'status-restore-running'],
    ],
    ['VirtualMachineInstanceReplicaSet', ['disk-bus-known', 'start-memory'], ['gpu-claim-gate', 'run-strategy-known']],
    ['VirtualMachinePool', ['disk-bus-known', 'run-strategy-known', 'cdi-template-size-least'], ['gpu-claim-gate']],
  ])('%s is asked %j of a machine, and not %j', (kind, some, others) => {
    const ids = asked.find((one) => one.kind === kind)!.rules.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(some));
    expect(ids.filter((id) => others.includes(id))).toEqual([]);
  });
});
