import { RuleRow, testRules } from '../shared/rule-table';
import { POPULATION_CHECKS } from './population';
import { specPlace, specRules } from './spec-check';

const rules = specRules('dv', POPULATION_CHECKS, ({ object }) => [specPlace(object, 'spec')]);
const written = { apiGroup: 'a.b', kind: 'K', name: 'x' };
const from = (reference: object) => ({ storage: { dataSource: { ...written, ...reference } } });
const fromRef = (reference: object) => ({ pvc: { dataSourceRef: { ...written, ...reference } } });
const source = { blank: {} };
const sourceRef = { kind: 'DataSource', name: 'x' };

const rows: RuleRow[] = [
  {
    rule: 'dv-population-alone',
    accepts: from({}),
    refuses: { ...from({}), source },
    field: 'spec.source',
    says: 'both',
  },
  {
    rule: 'dv-population-single',
    accepts: fromRef({}),
    refuses: { storage: { dataSource: written, dataSourceRef: written } },
    field: 'spec.storage.dataSource',
    says: 'got both',
  },
  {
    rule: 'dv-population-name',
    accepts: from({}),
    refuses: from({ name: '' }),
    field: 'spec.dataSource.name[]',
    says: `'name' must not be empty`,
  },
  {
    rule: 'dv-population-kind',
    accepts: fromRef({}),
    refuses: fromRef({ kind: '' }),
    field: 'spec.dataSourceRef.kind',
    says: `'kind' must not be empty`,
  },
  {
    rule: 'dv-population-api-group',
    accepts: from({ apiGroup: undefined, kind: 'PersistentVolumeClaim' }),
    refuses: fromRef({ apiGroup: '', kind: 'VolumeImportSource' }),
    field: 'spec.dataSourceRef.apiGroup[]',
    says: `unless the kind is 'PersistentVolumeClaim', got ""`,
  },
  {
    rule: 'dv-population-namespace',
    accepts: fromRef({ namespace: '' }),
    refuses: fromRef({ namespace: 'n' }),
    field: 'spec.dataSourceRef.namespace[]',
    says: 'got "n"',
  },
  { rule: 'dv-source-present', accepts: from({}), refuses: {}, field: 'spec.source', says: 'got nothing' },
  { rule: 'dv-source-single', accepts: { source }, refuses: { source, sourceRef }, field: 'spec.source', says: 'both' },
  {
    rule: 'dv-source-ref-kind',
    accepts: { sourceRef },
    refuses: { sourceRef: { kind: 'PVC', name: 'x' } },
    field: 'spec.sourceRef.Kind',
    says: `'DataSource', got "PVC"`,
  },
  {
    rule: 'dv-source-ref-name',
    accepts: { sourceRef: { kind: 'DataSource' } },
    refuses: { sourceRef: { kind: 'DataSource', name: '' } },
    field: 'spec.sourceRef.Name',
    says: `'name' must not be empty`,
  },
];

describe('what fills a DataVolume', () => testRules(rules, rows));
