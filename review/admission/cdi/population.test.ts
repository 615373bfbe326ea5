import { Example, notes, testRules } from '../../testing/rule-tester';
import { POPULATION_CHECKS } from './population';
import { specRules } from './spec-check';

const rules = specRules('data-volume', { kinds: ['DataVolume'] }, POPULATION_CHECKS);
const written = { apiGroup: 'a.b', kind: 'K', name: 'x' };
const from = (reference: object) => ({ storage: { dataSource: { ...written, ...reference } } });
const fromRef = (reference: object) => ({ pvc: { dataSourceRef: { ...written, ...reference } } });
const source = { blank: {} };
const sourceRef = { kind: 'DataSource', name: 'x' };

const rows: Example[] = [
  {
    rule: 'data-volume-population-alone',
    accepts: from({}),
    refuses: { ...from({}), source },
    field: 'spec.source',
    says: 'both',
  },
  {
    rule: 'data-volume-population-single',
    accepts: fromRef({}),
    refuses: { storage: { dataSource: written, dataSourceRef: written } },
    field: 'spec.storage.dataSource',
    says: 'got both',
  },
  {
    rule: 'data-volume-population-name',
    accepts: from({}),
    refuses: from({ name: '' }),
    field: 'spec.storage.dataSource.name',
    serverField: 'spec.dataSource.name[]',
    says: `'name' must not be empty`,
  },
  {
    rule: 'data-volume-population-kind',
    accepts: fromRef({}),
    refuses: fromRef({ kind: '' }),
    field: 'spec.pvc.dataSourceRef.kind',
    serverField: 'spec.dataSourceRef.kind',
    says: `'kind' must not be empty`,
  },
  {
    rule: 'data-volume-population-api-group',
    accepts: from({ apiGroup: undefined, kind: 'PersistentVolumeClaim' }),
    refuses: fromRef({ apiGroup: '', kind: 'VolumeImportSource' }),
    field: 'spec.pvc.dataSourceRef.apiGroup',
    serverField: 'spec.dataSourceRef.apiGroup[]',
    says: `unless the kind is 'PersistentVolumeClaim', got ""`,
  },
  {
    rule: 'data-volume-population-namespace',
    accepts: fromRef({ namespace: '' }),
    refuses: fromRef({ namespace: 'n' }),
    field: 'spec.pvc.dataSourceRef.namespace',
    serverField: 'spec.dataSourceRef.namespace[]',
    says: 'got "n"',
  },
  { rule: 'data-volume-source-present', accepts: from({}), refuses: {}, field: 'spec.source', says: 'got nothing' },
  {
    rule: 'data-volume-source-single',
    accepts: { source },
    refuses: { source, sourceRef },
    field: 'spec.source',
    says: 'both',
  },
  {
    rule: 'data-volume-source-ref-kind',
    accepts: { sourceRef },
    refuses: { sourceRef: { kind: 'PVC', name: 'x' } },
    field: 'spec.sourceRef.kind',
    serverField: 'spec.sourceRef.Kind',
    says: `'DataSource', got "PVC"`,
  },
  {
    rule: 'data-volume-source-ref-kind',
    accepts: { sourceRef: { name: 'x' } },
    refuses: { sourceRef: { kind: '', name: 'x' } },
    field: 'spec.sourceRef.kind',
    serverField: 'spec.sourceRef.Kind',
    says: `'DataSource', got ""`,
  },
  {
    rule: 'data-volume-source-ref-name',
    accepts: { sourceRef: { kind: 'DataSource' } },
    refuses: { sourceRef: { kind: 'DataSource', name: '' } },
    field: 'spec.sourceRef.name',
    serverField: 'spec.sourceRef.Name',
    says: `'name' must not be empty`,
  },
];

describe('what fills a DataVolume', () => testRules(rules, rows, (spec) => ({ spec })));

describe('the populator of a DataVolume', () => {
  const on = (rule: string, spec: object) => notes(rules, `data-volume-${rule}`, { spec });

  test.each([
    [from({}), 'dataSource'],
    [fromRef({}), 'dataSourceRef'],
  ])('is named where it stands beside a source: %j', (written, key) => {
    const message = `'spec' must have no 'source' or 'sourceRef' beside '${key}', got both`;
    expect(on('population-alone', { ...written, source })).toEqual([['spec.source', message]]);
    expect(on('population-alone', { ...written, sourceRef })).toEqual([['spec.sourceRef', message]]);
  });

  test('hides that there are two sources', () => {
    expect(on('source-single', { ...from({}), source, sourceRef })).toEqual([]);
    expect(on('source-single', { storage: {}, source })).toEqual([]);
    expect(on('source-single', { storage: {}, source, sourceRef })).toHaveLength(1);
  });
});
