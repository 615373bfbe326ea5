import { nearest } from './issue';

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
    [`${'a'.repeat(63)}x`, ['a'.repeat(64)], 'a'.repeat(64)],
    [`${'a'.repeat(64)}x`, ['a'.repeat(65)], undefined],
  ])('takes %s, of %j, for %s', (name, names, meant) => expect(nearest(name, names)).toBe(meant));
});
