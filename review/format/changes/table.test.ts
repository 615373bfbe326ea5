import { Change, Consequence } from '../../changes';
import { table } from './table';

const printed = (part: Partial<Change>): string => {
  const object = { apiVersion: 'v1', kind: 'Secret', name: 'a' };
  const change: Change = {
    object,
    field: 'data.a',
    message: 'it changes',
    consequence: Consequence.LATER,
    reason: 'because',
    source: 'a file',
    ...part,
  };
  const { consequence: worst } = change;
  const diff = {
    changes: [change],
    objects: [{ object, worst, changes: [change] }],
    unchanged: 0,
    basis: '',
    accepted: [],
  };
  return table({ diff, faults: [], basis: 'all', accepted: [], place: () => undefined });
};

describe('the table of a comparison', () => {
  test('names the field of a change', () => expect(printed({})).toContain('later: it changes  [data.a]\n'));

  test('names no field where the object itself changes', () => {
    expect(printed({ field: '' })).toContain('later: it changes\n');
  });

  test('says what to do instead, and what is assumed, where there is such', () => {
    expect(printed({})).not.toMatch(/instead|assumed/);
    const whole = printed({ remedy: 'wait', assumed: ['it runs', 'it is bound'] });
    expect(whole).toContain('instead: wait\n');
    expect(whole).toContain('assumed: it runs; it is bound\n');
  });
});
