import { Json } from '../../rule';
import { notes, Example, testRules } from '../../testing/rule-tester';
import { DATA_IMPORT_CRON_PARTS, DATA_IMPORT_CRON_RULES } from './data-import-cron';

const template = (more: object = {}) => ({
  spec: {
    source: { registry: { url: 'docker://q/x' } },
    storage: { resources: { requests: { storage: '1Gi' } } },
    ...more,
  },
});
const object = (more: object = {}, name = 'o'): Json => ({
  metadata: { name },
  spec: { template: template(), schedule: '0 0 * * *', managedDataSource: 'ds', ...more },
});

const ALL = DATA_IMPORT_CRON_PARTS.flatMap(({ rules }) => rules);
const rows: Example[] = [
  {
    rule: 'data-import-cron-name-short',
    accepts: object({}, 'n'.repeat(63)),
    refuses: object({}, 'n'.repeat(64)),
    field: 'metadata.name',
    says: 'at most 63 characters',
  },
  {
    rule: 'data-import-cron-spec-immutable',
    accepts: object(),
    refuses: object({ schedule: '' }),
    old: object(),
    field: 'spec',
    serverField: 'DataImportCron.Spec',
    says: 'of a DataImportCron must stay what it was',
  },
  {
    rule: 'data-import-cron-source',
    accepts: object({ template: template({ source: { pvc: { namespace: 'n', name: 'x' } } }) }),
    refuses: object({ template: template({ source: { http: { url: 'http://x/y' } } }) }),
    field: 'spec.template.spec.source',
    serverField: 'spec.Template',
    says: `'registry' or 'pvc'`,
  },
  {
    rule: 'data-import-cron-template-keys',
    accepts: object({ template: template({ contentType: '', checkpoints: [] }) }),
    refuses: object({ template: template({ contentType: 'kubevirt' }) }),
    field: 'spec.template.spec.contentType',
    serverField: 'spec.Template',
    says: 'got ["contentType"]',
  },
  {
    rule: 'data-import-cron-template-keys',
    accepts: object({ template: template({ finalCheckpoint: false }) }),
    refuses: object({ template: template({ finalCheckpoint: true, checkpoints: [{}] }) }),
    field: 'spec.template.spec.checkpoints',
    serverField: 'spec.Template',
    says: 'got ["checkpoints","finalCheckpoint"]',
  },
  {
    rule: 'data-import-cron-schedule',
    accepts: object({ schedule: '' }),
    refuses: object({ schedule: 'daily' }),
    field: 'spec.schedule',
    serverField: 'spec.Schedule',
    says: 'got "daily"',
  },
  {
    rule: 'data-import-cron-imports-to-keep',
    accepts: object({ importsToKeep: 0 }),
    refuses: object({ importsToKeep: -1 }),
    field: 'spec.importsToKeep',
    serverField: 'spec.ImportsToKeep',
    says: 'at least 0, got -1',
  },
  {
    rule: 'data-import-cron-garbage-collect',
    accepts: object({ garbageCollect: 'Never' }),
    refuses: object({ garbageCollect: 'Always' }),
    field: 'spec.garbageCollect',
    serverField: 'spec.GarbageCollect',
    says: `'Never' or 'Outdated', got "Always"`,
  },
  {
    rule: 'data-import-cron-managed-data-source',
    accepts: object({ managedDataSource: 'd'.repeat(63) }),
    refuses: object({ managedDataSource: 'd'.repeat(64) }),
    field: 'spec.managedDataSource',
    serverField: 'spec.ManagedDataSource',
    says: '1 to 63 characters',
  },
];

describe('DataImportCron', () => {
  testRules(DATA_IMPORT_CRON_RULES, rows);

  test('fails when its template breaks a rule of DataVolumes', () => {
    const cron = object({ template: template({ source: { registry: { url: 'https://q/x' } } }) });
    expect(notes(ALL, undefined, cron)).toEqual([
      [
        'spec.template.spec.source.registry.url',
        `'url' must be a URL with docker:// or oci-archive://, got "https://q/x"`,
      ],
    ]);
  });

  test('is not asked for the template again on an update', () => {
    const cron = object({ template: template({ source: {} }) });
    expect(notes(ALL, undefined, cron, cron)).toEqual([]);
  });
});
