import { report } from '..';
import { Severity } from '../finding';
import { parseManifests } from '../manifests/parser';
import { FORMATS, Reviewed } from '.';

const TEXT = `apiVersion: v1
kind: Secret
metadata: {name: a, namespace: default}
"x\\ny": 1
---
apiVersion: v1
kind: Secret
metadata: {name: b, annotations: {accept.cdk8s-kubevirt/schema-unknown-field: meant}}
z: 1
---
kind: Thing
`;

function reviewed(): Reviewed {
  const { manifests } = parseManifests('a b/c,d:50%.yaml', Buffer.from(TEXT));
  const faults = [{ file: 'e.yaml', line: 3, column: 4, severity: Severity.ERROR, message: 'must be YAML: 100%\nno' }];
  return { report: report(manifests), faults, place: () => ({ line: 4, column: 1 }) };
}

function whole(format: string, shown: Reviewed): string {
  return [...FORMATS[format]!(shown)].join('');
}

describe('FORMATS', () => {
  test('are these', () => {
    expect(Object.keys(FORMATS)).toEqual(['table', 'json', 'sarif', 'github']);
  });

  test('table shows everything, and no control character', () => {
    const text = whole('table', reviewed());
    expect(text).toContain('Input\n  e.yaml:3:4  error  must be YAML: 100%\\nno\n');
    expect(text).toContain(
      'a b/c,d:50%.yaml\n  Secret default/a\n    a b/c,d:50%.yaml:4:1  error  [x\\ny]  [schema-unknown-field]\n',
    );
    expect(text).toContain('Accepted\n  a b/c,d:50%.yaml: Secret b  z  [schema-unknown-field]  accepted: meant\n');
    expect(text).toMatch(/Unchecked\n {2}a b\/c,d:50%\.yaml Thing \*: no Kubernetes object \(no apiVersion\)/);
    expect(text).toContain('1 error, 0 warnings, 1 accepted, 1 unchecked in 2 objects\n');
  });

  test('table ends with what may be declared external, in the words of the command line', () => {
    const claim = (name: string) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: 'shop' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'fast' },
    });
    const closed = report([claim('a'), claim('b')], { closed: true });
    const text = whole('table', { report: closed, faults: [], place: () => undefined });
    expect(text).toContain('got "fast" (1 more place names it: PersistentVolumeClaim shop/b); add the StorageClass');
    expect(text).toContain(
      'Missing\n  what exists without the manifests is declared: --external Namespace/shop --external StorageClass/fast\n',
    );
  });

  test('json holds the whole report', () => {
    const shown = JSON.parse(whole('json', reviewed())) as Record<string, unknown>;
    expect(Object.keys(shown)).toEqual([
      'findings',
      'accepted',
      'unchecked',
      'faults',
      'objects',
      'release',
      'upgrades',
      'schemas',
      'admission',
    ]);
    expect(shown.findings).toMatchObject([{ rule: 'schema-unknown-field', severity: 'error', line: 4, column: 1 }]);
  });

  test('github escapes what ends a command', () => {
    const [fault, finding, notice, last] = whole('github', reviewed()).split('\n');
    expect(fault).toBe('::error file=e.yaml,line=3,col=4,title=cdk8s-kubevirt::must be YAML: 100%25%0Ano');
    expect(finding).toMatch(
      /^::error file=a b\/c%2Cd%3A50%25\.yaml,line=4,col=1,title=schema-unknown-field::Secret default\/a /,
    );
    expect(notice).toMatch(/^::notice file=.*,title=unchecked::Thing \*: no Kubernetes object/);
    expect(last).toContain('1 error, 0 warnings');
  });

  test.each(['table', 'github'])('%s says a reason once, with the number of objects', (format) => {
    const network = { apiVersion: 'k8s.cni.cncf.io/v1', kind: 'Network', metadata: { name: 'a' } };
    const text = whole(format, {
      report: report([network, network, network]),
      faults: [],
      place: () => undefined,
    });
    expect(text.match(/Network a and 2 more: no schema of k8s\.cni\.cncf\.io\/v1 Network/g)).toHaveLength(1);
    expect(text.match(/no schema of/g)).toHaveLength(1);
  });

  test('sarif is of version 2.1.0, with rules, places, suppressions and notifications', () => {
    const { version, runs } = JSON.parse(whole('sarif', reviewed())) as { version: string; runs: object[] };
    expect(version).toBe('2.1.0');
    expect(runs).toMatchObject([
      {
        tool: { driver: { name: 'cdk8s-kubevirt', rules: [{ id: 'schema-unknown-field' }] } },
        invocations: [
          {
            executionSuccessful: false,
            toolExecutionNotifications: [
              { level: 'error', message: { text: 'must be YAML: 100%\nno' } },
              { level: 'note', message: { text: expect.stringContaining('no Kubernetes object') } },
            ],
          },
        ],
        results: [
          {
            ruleId: 'schema-unknown-field',
            ruleIndex: 0,
            level: 'error',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'a%20b/c%2Cd%3A50%25.yaml' },
                  region: { startLine: 4, startColumn: 1 },
                },
              },
            ],
            suppressions: [],
          },
          { suppressions: [{ kind: 'external', justification: 'meant' }] },
        ],
      },
    ]);
  });

  test.each(['table', 'json', 'sarif', 'github'])(
    '%s comes in pieces, of which none grows with the findings',
    (format) => {
      const fields = Object.fromEntries(Array.from({ length: 150 }, (_item, index) => [`unknown${index}`, 1]));
      const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'default' }, ...fields };
      const pieces = [
        ...FORMATS[format]!({ report: report([secret]), faults: [], place: () => ({ line: 1, column: 1 }) }),
      ];
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(2000);
      expect(pieces.join('')).toContain('unknown149');
    },
  );

  test('table lines up an object of more findings than a call takes arguments', () => {
    const [finding] = reviewed().report.findings;
    const findings = Array.from({ length: 200_000 }, () => finding!);
    const pieces = FORMATS.table!({ ...reviewed(), report: { ...reviewed().report, findings } });
    expect([...pieces].filter((piece) => piece.includes('[schema-unknown-field]'))).toHaveLength(200_001);
  });
});
