import { Json } from '../../rule';
import { matches, selectorFault } from './label-selector';

const labels = { app: 'web' };

describe('a label selector', () => {
  const expression = (operator: string, values?: string[]) => ({
    matchExpressions: [{ key: 'app', operator, values }],
  });

  test.each<[Json, string | undefined]>([
    [expression('In', ['web']), undefined],
    [expression('Exists'), undefined],
    [{ matchLabels: { 'example.com/app': 'web' } }, undefined],
    [expression('In'), `'values' must have an entry with 'In'`],
    [expression('Exists', ['web']), `'values' must be left out with 'Exists'`],
    [expression('Is', ['web']), 'got "Is"'],
    [expression('In', ['a b']), 'got "a b"'],
    [{ matchLabels: { 'a b': 'web' } }, 'got "a b"'],
    [{ matchLabels: { 'Example/app': 'web' } }, 'got "Example/app"'],
  ])('%j has the fault %j', (given, fault) => {
    if (fault === undefined) expect(selectorFault(given)).toBeUndefined();
    else expect(selectorFault(given)).toContain(fault);
  });

  test.each<[Json | undefined, boolean]>([
    [undefined, false],
    [{}, true],
    [expression('In', ['web', 'db']), true],
    [expression('NotIn', ['web']), false],
    [expression('Exists'), true],
    [expression('DoesNotExist'), false],
  ])('%j fits: %j', (given, fits) => expect(matches(given, labels)).toBe(fits));
});
