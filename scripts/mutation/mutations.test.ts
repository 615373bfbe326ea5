import { mutated, mutationsOf } from './mutations';

const shown = (text: string) => mutationsOf(text).map((mutation) => mutated(text, mutation));

describe('mutationsOf', () => {
  test.each([
    ['a === b', ['a !== b']],
    ['a < b && !c', ['a <= b && !c', 'a < b || !c', 'a < b && c']],
    ['a >= 1 || b != 2', ['a > 1 || b != 2', 'a >= 1 && b != 2', 'a >= 1 || b == 2']],
    ['x += a - b * c', ['x -= a - b * c', 'x += a + b * c', 'x += a - b / c']],
    ['f(true, false)', ['f(false, false)', 'f(true, true)']],
  ])('swaps each operator of %s', (text, all) => expect(shown(text)).toEqual(all));

  test.each([["'a' + b"], ['`${a}` + b + c'], ['let a: true | B<false>;'], ['// a === b'], ["'a === b'"], ['a ?? b']])(
    'leaves %s',
    (text) => expect(shown(text)).toEqual([]),
  );
});
