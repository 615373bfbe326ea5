import { LabelRule } from './label-rule';

describe('LabelRule', () => {
  test.each<[string, LabelRule, object, boolean]>([
    ['in, of a value that is listed', LabelRule.in('tier', ['a', 'b']), { tier: 'b' }, true],
    ['in, of another value', LabelRule.in('tier', ['a']), { tier: 'b' }, false],
    ['in, without the label', LabelRule.in('tier', ['a']), {}, false],
    ['notIn, of a value that is listed', LabelRule.notIn('tier', ['a']), { tier: 'a' }, false],
    ['notIn, of another value', LabelRule.notIn('tier', ['a']), { tier: 'b' }, true],
    ['notIn, without the label', LabelRule.notIn('tier', ['a']), {}, true],
    ['exists, with the label', LabelRule.exists('tier'), { tier: '' }, true],
    ['exists, without it', LabelRule.exists('tier'), { other: 'a' }, false],
    ['exists, of a name that every object has', LabelRule.exists('constructor'), {}, false],
    ['doesNotExist, with the label', LabelRule.doesNotExist('tier'), { tier: 'a' }, false],
    ['doesNotExist, without it', LabelRule.doesNotExist('tier'), {}, true],
  ])('%s', (_, rule, labels, expected) => {
    expect(rule._matches(labels as Record<string, string>)).toBe(expected);
  });
});
