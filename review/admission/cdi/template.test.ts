import { Severity } from '../../finding';
import { Json } from '../../rule';
import { notes, Example, testRules } from '../../testing/rule-tester';
import { TEMPLATE_RULES } from './template';

const size = { resources: { requests: { storage: '1Gi' } } };
const object = (spec: Json, name = 'dv'): Json => ({
  'spec.dataVolumeTemplates': [{ metadata: { name }, spec }],
  'T.volumes.0': { name: 'root', dataVolume: { name } },
});
const blank = { source: { blank: {} }, storage: size };
const AT = 'spec.dataVolumeTemplates[0]';

const own = TEMPLATE_RULES.filter(({ id }) => /template-(name-valid|source-single)$/.test(id));
const rows: Example[] = [
  {
    rule: 'cdi-template-name-valid',
    accepts: object(blank, 'root.disk-1'),
    refuses: object(blank, 'Root_Disk'),
    field: `${AT}.metadata.name`,
    says: 'got "Root_Disk"',
  },
  {
    rule: 'cdi-template-source-single',
    accepts: object({ storage: {}, sourceRef: { kind: 'DataSource', name: 'x' } }),
    refuses: object({ ...blank, sourceRef: { kind: 'DataSource', name: 'x' } }),
    field: `${AT}.spec.source`,
    says: 'got both',
  },
];

describe('a template of a VirtualMachine', () => {
  testRules(own, rows);

  test('is judged by CDI with warnings, since KubeVirt takes it', () => {
    expect(new Set(TEMPLATE_RULES.map(({ severity }) => severity))).toEqual(new Set([Severity.WARNING]));
  });

  test.each<[string, Json, string[]]>([
    ['takes a clone without a namespace', { source: { pvc: { name: 'x' } }, storage: {} }, []],
    ['leaves to KubeVirt what it refuses itself', {}, []],
    ['fails when the size is missing', { source: { blank: {} }, storage: {} }, ['storage.resources.requests.storage']],
    ['fails when the URL is missing', { source: { http: {} }, storage: size }, ['source.http.url']],
    ['fails when a clone has no name', { source: { pvc: {} }, storage: {} }, ['source.pvc.name']],
    [
      'fails when the kind of a sourceRef is another',
      { sourceRef: { kind: 'PVC', name: 'x' }, storage: {} },
      ['sourceRef.kind'],
    ],
    [
      'fails when the pvc API has two modes',
      { ...blank, storage: undefined, pvc: { ...size, accessModes: ['ReadWriteOnce', 'ReadWriteMany'] } },
      ['pvc.accessModes'],
    ],
  ])('%s', (_title, spec, fields) => {
    const found = notes(TEMPLATE_RULES, undefined, object(spec)).map(([field]) => field);
    expect(found).toEqual(fields.map((field) => `${AT}.spec.${field}`));
  });
});
