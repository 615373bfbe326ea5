import { testRules } from '../../testing/rule-tester';
import { UNPRUNED_RULES } from './unpruned';

const METADATA = 'spec.template.metadata';
const TEMPLATE_METADATA = 'spec.dataVolumeTemplates[0].metadata';

function volumeTemplate(metadata: unknown): Record<string, unknown> {
  return {
    'T.volumes.0': { name: 'root', dataVolume: { name: 'dv' } },
    'spec.dataVolumeTemplates': [{ metadata, spec: { source: { blank: {} }, storage: {} } }],
  };
}

describe('UNPRUNED_RULES', () => {
  testRules(UNPRUNED_RULES, [
    {
      rule: 'template-metadata-not-null',
      accepts: { [METADATA]: undefined },
      refuses: { [METADATA]: null },
      field: METADATA,
      says: 'got null',
    },
    {
      rule: 'template-metadata-known-keys',
      accepts: { [METADATA]: { labels: {}, creationTimestamp: null } },
      refuses: { [METADATA]: { label: { a: 'b' } } },
      field: `${METADATA}.label`,
      says: `'metadata' must have known keys only, got "label"`,
    },
    {
      rule: 'template-metadata-maps-not-null',
      accepts: { [METADATA]: { labels: {} } },
      refuses: { [METADATA]: { labels: null, annotations: null } },
      field: [`${METADATA}.labels`, `${METADATA}.annotations`],
      says: "'labels' must be a map",
    },
    {
      rule: 'template-metadata-text-values',
      accepts: { [METADATA]: { labels: { a: '1' } } },
      refuses: { [METADATA]: { labels: { a: 1 } } },
      field: `${METADATA}.labels.a`,
      says: "'a' must be text, got 1",
    },
    {
      rule: 'data-volume-template-metadata-not-null',
      accepts: volumeTemplate({ name: 'dv' }),
      refuses: volumeTemplate(null),
      field: TEMPLATE_METADATA,
      says: 'got null',
    },
    {
      rule: 'data-volume-template-metadata-known-keys',
      accepts: volumeTemplate({ name: 'dv', labels: {} }),
      refuses: volumeTemplate({ name: 'dv', label: {} }),
      field: `${TEMPLATE_METADATA}.label`,
      says: 'got "label"',
    },
    {
      rule: 'data-volume-template-metadata-maps-not-null',
      accepts: volumeTemplate({ name: 'dv', annotations: {} }),
      refuses: volumeTemplate({ name: 'dv', annotations: null }),
      field: `${TEMPLATE_METADATA}.annotations`,
      says: 'got null',
    },
    {
      rule: 'data-volume-template-metadata-text-values',
      accepts: volumeTemplate({ name: 'dv', annotations: { a: 'true' } }),
      refuses: volumeTemplate({ name: 'dv', annotations: { a: true } }),
      field: `${TEMPLATE_METADATA}.annotations.a`,
      says: 'got true',
    },
    {
      rule: 'clock-known-keys',
      accepts: { 'T.domain.clock': { utc: {}, timezone: 'UTC' } },
      refuses: { 'T.domain.clock': { utc: {}, foo: 1 } },
      field: 'spec.template.spec.domain.clock.foo',
      says: `'clock' must have known keys only, got "foo"`,
    },
  ]);
});
