import { programOf } from './program';

test.each([
  ['web', 'Web'],
  ['chart', 'ChartChart'],
  ['construct', 'ConstructChart'],
  ['size', 'SizeChart'],
  ['duration', 'DurationChart'],
  ['disk', 'DiskChart'],
  ['map', 'MapChart'],
])('a chart called %s has the class %s, which nothing else in the file has', (name, className) => {
  expect(programOf(name, [], 'v1.9.0').className).toBe(className);
});
