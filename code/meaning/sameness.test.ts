import { isSame, secondsOf } from './sameness';

describe('secondsOf', () => {
  test.each<[unknown, number | undefined]>([
    ['1h30m5s', 5405],
    ['2h', 7200],
    ['90m', 5400],
    ['0s', 0],
    ['1h5s', 3605],
    ['', undefined],
    ['5', undefined],
    ['5ms', undefined],
    ['5m1h', undefined],
    ['-5s', undefined],
    [5, undefined],
    [['1h'], undefined],
    [undefined, undefined],
  ])('%j is %j', (value, seconds) => expect(secondsOf(value)).toBe(seconds));
});

describe('isSame', () => {
  test.each<[unknown, unknown, string, boolean]>([
    ['1h', '60m', 'ttlDuration', true],
    ['1h', '2h', 'ttlDuration', false],
    ['x', 'y', 'ttlDuration', false],
    ['1h', 'x', 'ttlDuration', false],
    ['x', '1h', 'ttlDuration', false],
    ['1h', '60m', 'other', false],
    ['1Gi', '1024Mi', 'storage', true],
    ['1Gi', '1Mi', 'storage', false],
    ['x', 'y', 'storage', false],
    [true, false, 'flag', false],
    [1, true, 'flag', false],
    [['a'], 'a', 'args', false],
    [{ 0: 'a' }, 'a', 'args', false],
    [{ 0: 'a' }, ['a'], 'args', false],
    ['#cloud-config\na: 1\n', '#cloud-config\n"a": 1\n', 'userData', true],
    ['#cloud-config\na: 1\n', '#cloud-config\n"a": 1\n', 'networkData', true],
    ['a: 1', '"a": 1', 'userData', false],
    ['a: 1', '"a": 1', 'networkData', true],
    ['1', 1, 'userData', false],
    ['1', 1, 'networkData', false],
    [undefined, [], 'disks', true],
    [undefined, '', 'hostname', true],
    [undefined, '', 'storageClassName', false],
    [undefined, {}, 'labels', true],
    [undefined, {}, 'source', false],
    [[''], [], 'args', false],
    [['a'], ['a', 'b'], 'args', false],
    [['a', 'b'], ['b', 'a'], 'args', false],
    [[{ name: 'a' }, { name: 'b' }], [{ name: 'b' }, { name: 'a' }], 'volumes', true],
    [[{ name: 'a' }, { name: 'b' }], [{ name: 'b' }, { name: 'a' }], 'disks', false],
    [
      [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
      [{ metadata: { name: 'b' } }, { metadata: { name: 'a' } }],
      'dataVolumeTemplates',
      true,
    ],
    [[{ name: 'a' }, { name: 'b' }], [{ name: 'a' }, { name: 'c' }], 'volumes', false],
    [{ a: 1 }, { a: 1, b: 2 }, 'spec', false],
    [{ a: 1, b: null }, { a: 1 }, 'spec', true],
    [{ a: '' }, {}, 'labels', false],
    [{ a: '' }, {}, 'spec', true],
  ])('%j and %j in %s: %j', (one, other, key, is) => {
    expect(isSame(one, other, key)).toBe(is);
    expect(isSame(other, one, key)).toBe(is);
  });
});
