import { classNameOf, Names, variableNameOf } from './names';

describe('the name of a class', () => {
  const isTaken = (name: string): boolean => name === 'Chart';

  test.each([
    ['web-1', 'Web1'],
    ['my-shop.lab', 'MyShopLab'],
    ['', 'Machines'],
    ['1-2-steps', 'Chart12Steps'],
    ['chart', 'ChartChart'],
    ['map', 'MapChart'],
    ['promise', 'PromiseChart'],
  ])('of %j is %s', (name, className) => expect(classNameOf(name, isTaken)).toBe(className));
});

describe('the name of a variable', () => {
  test.each([
    ['web-disk', 'webDisk'],
    ['Web', 'web'],
    ['', 'disk'],
    ['1-a', 'disk1A'],
    ['new', 'diskNew'],
    ['kubevirt', 'diskKubevirt'],
  ])('of %j is %s', (name, variable) => expect(variableNameOf(name, 'disk')).toBe(variable));
});

test('names differ from each other, and from those that are taken', () => {
  const names = new Names('-', ['taken', 'taken-2']);
  expect(['a', 'a', 'a', 'taken'].map((wish) => names.of(wish))).toEqual(['a', 'a-2', 'a-3', 'taken-3']);
  expect(names.of('a', 'b')).toBe('b');
  expect(names.of('a', 'b')).toBe('b-2');
});
