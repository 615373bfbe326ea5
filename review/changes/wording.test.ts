import { changesIn, fromTo } from './wording';

test.each([
  ['x'.repeat(60), 'x'.repeat(60)],
  ['x'.repeat(61), `${'x'.repeat(59)}…`],
  [undefined, '(absent)'],
  [null, '(absent)'],
  [{ a: 1 }, '{"a":1}'],
])('fromTo shows %j in no more than sixty characters', (value, text) => {
  expect(fromTo(value, 'b')).toBe(`${text} → b`);
});

test('changesIn names three values that differ', () => {
  const [before, after] = [1, 2].map((value) => ({ a: value, b: value, c: { d: [value, 3] }, e: value }));
  expect(changesIn(before, after)).toBe('a 1 → 2, b 1 → 2, c.d[0] 1 → 2 and 1 more');
  expect(changesIn({ a: [1] }, { a: [1, 2] })).toBe('a [1] → [1,2]');
  expect(changesIn(1, 2)).toBe('1 → 2');
});
