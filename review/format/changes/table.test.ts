import { Change, Consequence } from '../../changes';
import { COLOURED, Paint } from '../paint';
import { table } from './table';

const printed = (part: Partial<Change>, paint?: Paint): string => {
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
  return [...table({ diff, faults: [], basis: 'all', accepted: [], place: () => undefined, paint })].join('');
};

describe('the table of a comparison', () => {
  test('names the field of a change', () => expect(printed({})).toContain('later: it changes  [data.a]\n'));

  test('names no field where the object itself changes', () => {
    expect(printed({ field: '' })).toContain('later: it changes\n');
  });

  test('says in its last line what the signs stand for', () => {
    expect(printed({ consequence: Consequence.RESTART }).split('\n').at(-2)).toBe('~> restart');
  });

  test.each([
    [Consequence.DATA_LOST, 31],
    [Consequence.RESTART, 33],
    [Consequence.LIVE, 32],
  ])('paints %s where there are colours, and only then', (consequence, code) => {
    const painted = printed({ consequence }, COLOURED);
    expect(painted).toContain(`\u001b[${code}m${consequence}\u001b[39m: it changes`);

    expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(printed({ consequence }));
  });

  test('prints no control character of a manifest', () => {
    expect(printed({ message: '\u001b[31mred' }, COLOURED)).not.toContain('\u001b[31mred');
  });

  test('says what to do instead, and what is assumed, where there is such', () => {
    expect(printed({})).not.toMatch(/instead|assumed/);
    const whole = printed({ remedy: 'wait', assumed: ['it runs', 'it is bound'] });
    expect(whole).toContain('instead: wait\n');
    expect(whole).toContain('assumed: it runs; it is bound\n');
  });
});
