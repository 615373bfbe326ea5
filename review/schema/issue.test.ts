import { briefly, nearest } from './issue';

describe('nearest', () => {
  test.each([
    ['stringdata', ['stringData', 'data'], 'stringData'],
    ['sockts', ['sockets', 'cores'], 'sockets'],
    ['contenType', ['contentType'], 'contentType'],
    ['cpu', ['gpu', 'memory'], 'gpu'],
    ['resources', ['source', 'storage'], undefined],
    ['networkConfiguration', ['webhookConfiguration'], undefined],
    ['exportConfiguration', ['apiConfiguration'], undefined],
    ['x', ['abc'], undefined],
    ['cpu', ['gpx'], undefined],
    ['cores', ['corxx'], undefined],
    ['coresx', ['corxxx'], 'corxxx'],
    ['volumes', ['volumex', 'volumxx', 'Volumes', 'volume'], 'Volumes'],
    ['volumes', ['volumxx', 'volumex', 'volumey'], 'volumex'],
    [`${'a'.repeat(63)}x`, ['a'.repeat(64)], 'a'.repeat(64)],
    [`${'a'.repeat(64)}x`, ['a'.repeat(65)], undefined],
  ])('takes %s, of %j, for %s', (name, names, meant) => expect(nearest(name, names)).toBe(meant));
});

test.each<[unknown, string]>([
  [undefined, 'nothing'],
  ['a', '"a"'],
  [[1, 2], 'a list of 2'],
  [{}, 'an object'],
  [null, 'null'],
  [5, '5'],
  [false, 'false'],
])('briefly says %j as %s', (value, words) => expect(briefly(value)).toBe(words));
