import { Json } from '../../rule';
import { Example, refusals, testRules } from '../../testing/rule-tester';
import { DATA_VOLUME_TEMPLATE_RULES } from './data-volume-templates';

const TEMPLATE = 'spec.dataVolumeTemplates[0]';
const SERVER_TEMPLATE = 'spec.dataVolumeTemplate[0]';
const used = { 'T.volumes.0': { name: 'root', dataVolume: { name: 'dv' } } };
const storage = { resources: { requests: { storage: '1Gi' } } };
const blank = { source: { blank: {} }, storage };
const good = template(blank);

function template(spec: object, metadata: object = { name: 'dv' }): Json {
  return { ...used, 'spec.dataVolumeTemplates': [{ metadata, spec }] };
}

function refused(rule: string, key: string, serverKey: string, says: string, refuses: Json): Example {
  const [field, serverField] = [`${TEMPLATE}.${key}`, `${SERVER_TEMPLATE}${serverKey}`];
  return { rule, accepts: good, refuses, field, serverField, says };
}

describe('DATA_VOLUME_TEMPLATE_RULES', () => {
  testRules(DATA_VOLUME_TEMPLATE_RULES, [
    {
      rule: 'data-volume-template-namespace',
      accepts: template(blank, { name: 'dv', namespace: 'default' }),
      refuses: template(blank, { name: 'dv', namespace: 'other' }),
      field: 'spec.dataVolumeTemplates[0]',
      says: '("default"), got "other"',
    },
    {
      rule: 'data-volume-template-namespace',
      accepts: template(blank, { name: 'dv', namespace: 'other' }),
      refuses: template({ ...blank, storage: {} }, { name: 'dv', namespace: 'other' }),
      old: template(blank, { name: 'dv', namespace: 'other' }),
      field: 'spec.dataVolumeTemplates[0]',
      says: 'got "other"',
    },
    refused(
      'data-volume-template-name',
      'metadata.name',
      '.name',
      "'metadata.name' must be given",
      template(blank, {}),
    ),
    refused(
      'data-volume-template-storage-given',
      'spec.storage',
      '.PVC.Storage',
      "'storage' must be given",
      template({ source: { blank: {} } }),
    ),
    refused(
      'data-volume-template-storage-single',
      'spec.pvc',
      '.PVC.Storage',
      "without 'pvc'",
      template({ ...blank, pvc: { accessModes: ['ReadWriteOnce'] } }),
    ),
    refused(
      'data-volume-template-populator-exclusive',
      'spec',
      '.source',
      'got both',
      template({ ...blank, storage: { dataSource: { apiGroup: '', kind: 'PersistentVolumeClaim', name: 'x' } } }),
    ),
    refused(
      'data-volume-template-source-given',
      'spec.source',
      '.source.sourceRef',
      "'source' must be given",
      template({ storage }),
    ),
    refused('data-volume-template-source-kind', 'spec.source', '.source', 'got {}', template({ source: {}, storage })),
    refused(
      'data-volume-template-source-single',
      'spec.source',
      '.source',
      'got ["blank","http"]',
      template({ source: { blank: {}, http: { url: 'http://x/y' } }, storage }),
    ),
    {
      rule: 'data-volume-template-used',
      accepts: { ...good, 'T.volumes.0': { name: 'root', persistentVolumeClaim: { claimName: 'dv' } } },
      refuses: { ...good, 'T.volumes.0': { name: 'root', persistentVolumeClaim: { claimName: 'other' } } },
      field: 'spec.dataVolumeTemplates[0].metadata.name',
      serverField: SERVER_TEMPLATE,
      says: 'named by a volume, got "dv"',
    },
  ]);

  const accepted: [string, Json][] = [
    ['source and sourceRef together', template({ ...blank, sourceRef: {} })],
    ['several access modes', template({ ...blank, storage: { accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] } })],
    ['no size', template({ ...blank, storage: {} })],
    ['two templates of one name', { ...good, 'spec.dataVolumeTemplates.1': { metadata: { name: 'dv' }, spec: blank } }],
  ];
  test.each(accepted)('accepts %s, which CDI judges later', (_what, changes) => {
    expect(refusals(changes)).toEqual([]);
  });
});
