import { Change, Consequence } from '../../changes';
import { markdown } from './markdown';

function comment(consequences: readonly Consequence[], name?: string): string {
  const objects = consequences.map((consequence) => {
    const object = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name: name ?? consequence };
    const change: Change = {
      object,
      field: '',
      message: 'it changes',
      consequence,
      reason: 'because',
      source: 'a file',
    };
    return { object, worst: consequence, changes: [change] };
  });
  const changes = objects.flatMap((object) => object.changes);
  const diff = { changes, objects, unchanged: 0, basis: '', accepted: [] };
  return [...markdown({ diff, faults: [], basis: '', accepted: [], place: () => undefined })].join('');
}

describe('the comment of a pull request', () => {
  test.each(Object.values(Consequence).filter((one) => !['live', 'in-place', 'removed', 'created'].includes(one)))(
    'does not fold away what is %s',
    (consequence) => expect(comment([consequence])).not.toContain('<details>'),
  );

  test('folds away what no machine notices', () => {
    const text = comment([Consequence.RESTART, Consequence.LIVE, Consequence.CREATED]);
    expect(text).toContain('<details><summary>2 more changed</summary>');
    expect(text.indexOf('VirtualMachine restart')).toBeLessThan(text.indexOf('<details>'));
    expect(text.indexOf('VirtualMachine live')).toBeGreaterThan(text.indexOf('<details>'));
  });

  test.each([
    ['www.example.org', 'www&#46;example.org'],
    ['HTTPS://a', 'HTTPS&#58;//a'],
    ['@team', '&#64;team'],
  ])('makes no link and no mention of a name such as %s', (name, shown) => {
    expect(comment([Consequence.RESTART], name)).toContain(`VirtualMachine ${shown}`);
    expect(comment([Consequence.RESTART], name)).not.toContain(name);
  });

  test('says what its signs stand for', () => {
    expect(comment([Consequence.RESTART, Consequence.STOPPED])).toContain(
      '<sub>&#126;&#62; restart   -o stopped</sub>\n',
    );
  });
});
