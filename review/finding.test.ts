import { Finding, inOrder, Severity } from './finding';

const finding = (name: string, field: string, rule = 'a', file?: string): Finding => ({
  rule,
  severity: Severity.ERROR,
  object: { apiVersion: 'v1', kind: 'Secret', name, ...(file === undefined ? {} : { file }) },
  field,
  message: '',
});

describe('inOrder', () => {
  test('goes by file, object, field and rule, and counts the indexes of lists', () => {
    const findings = [
      finding('a', 'x', 'a', 'a.yaml'),
      finding('b', 'x', 'a', 'a.yaml'),
      finding('a', 'disks', 'a', 'b.yaml'),
      finding('a', 'disks[2].name', 'a', 'b.yaml'),
      finding('a', 'disks[2].name', 'b', 'b.yaml'),
      finding('a', 'disks[10].name', 'a', 'b.yaml'),
      finding('a', 'volumes', 'a', 'b.yaml'),
    ];
    expect(inOrder([...findings].reverse())).toEqual(findings);
  });
});
