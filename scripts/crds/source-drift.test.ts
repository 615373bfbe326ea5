import { sourcedRules } from '../../review/rules';
import { SourcedRule } from './rule-sources';
import { driftOf, ReadFolder } from './source-drift';

const file = (...functions: string[]) => functions.map((one) => `func ${one} {\n}\n`).join('\n');
const TREE: Readonly<Record<string, string>> = {
  'v1.6.2:pkg/a': `${file('same()', 'gone()')}\nfunc caller() {\n\thelper(1)\n}\n\nfunc helper(a int) {\n}\n`,
  'v1.9.0:pkg/a': `${file('same()')}\nfunc caller() {\n\thelper(1)\n}\n\nfunc helper(a int64) {\n}\n`,
  'v1.9.0:pkg/b': file('gone()'),
};
const read: ReadFolder = (tag, folder) => {
  const text = TREE[`${tag}:${folder}`];
  return new Map(text === undefined ? [] : [['x.go', text]]);
};
const rule = (id: string, name: string, more: Partial<SourcedRule> = {}): SourcedRule => ({
  id,
  source: `KubeVirt, pkg/a/x.go:${name}`,
  ...more,
});
const drift = (...rules: SourcedRule[]) => driftOf('KubeVirt', rules, read, ['v1.6.2', 'v1.9.0']);

describe('driftOf', () => {
  test('says nothing of what is the same', () => {
    expect(drift(rule('one', 'same'))).toEqual([]);
    expect(driftOf('CDI', [rule('one', 'gone')], read, ['v1.6.2', 'v1.9.0'])).toEqual([]);
  });

  test('names a function that differs, with the rules of it and of what calls it', () => {
    expect(drift(rule('one', 'caller'), rule('two', 'helper'))).toEqual([
      { place: 'pkg/a:helper', rules: ['two'], above: ['one'] },
    ]);
  });

  test('names a function that is gone, unless the rule says where it moved', () => {
    expect(drift(rule('one', 'gone'))).toEqual([{ place: 'pkg/a:gone (gone)', rules: [], above: ['one'] }]);
    const moved = [{ since: 'v1.9.0', source: 'KubeVirt, pkg/b/x.go:gone' }];
    expect(drift(rule('one', 'gone', { moved }))).toEqual([]);
  });

  test('reads the places that the rules of this project name', () => {
    const found = driftOf('KubeVirt', sourcedRules(), () => new Map(), ['v1.6.2', 'v1.9.0']);
    expect(found.map(({ place }) => place)).toContain(
      'pkg/virt-api/webhooks/validating-webhook/admitters:validateVolumes (gone)',
    );
  });
});
