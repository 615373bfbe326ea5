import { DATA_VOLUME_TEMPLATE_RULES } from './data-volume-templates';
import { Changes, Example, refusals, testExamples } from './examples';

const TEMPLATE = 'spec.dataVolumeTemplate[0]';
const used = { 'T.volumes.0': { name: 'root', dataVolume: { name: 'dv' } } };
const storage = { resources: { requests: { storage: '1Gi' } } };
const blank = { source: { blank: {} }, storage };
const good = template(blank);

function template(spec: object, metadata: object = { name: 'dv' }): Changes {
  return { ...used, 'spec.dataVolumeTemplates': [{ metadata, spec }] };
}

function refused(rule: string, field: string, says: string, refuses: Changes): Example {
  return { rule, accepts: good, refuses, field, says };
}

describe('DATA_VOLUME_TEMPLATE_RULES', () => {
  testExamples(DATA_VOLUME_TEMPLATE_RULES, [
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
    refused('data-volume-template-name', `${TEMPLATE}.name`, "'metadata.name' must be given", template(blank, {})),
    refused(
      'data-volume-template-storage-given',
      `${TEMPLATE}.PVC.Storage`,
      "'storage' must be given",
      template({ source: { blank: {} } }),
    ),
    refused(
      'data-volume-template-storage-single',
      `${TEMPLATE}.PVC.Storage`,
      "without 'pvc'",
      template({ ...blank, pvc: { accessModes: ['ReadWriteOnce'] } }),
    ),
    refused(
      'data-volume-template-populator-exclusive',
      `${TEMPLATE}.source`,
      'got both',
      template({ ...blank, storage: { dataSource: { apiGroup: '', kind: 'PersistentVolumeClaim', name: 'x' } } }),
    ),
    refused(
      'data-volume-template-source-given',
      `${TEMPLATE}.source.sourceRef`,
      "'source' must be given",
      template({ storage }),
    ),
    refused('data-volume-template-source-kind', `${TEMPLATE}.source`, 'got {}', template({ source: {}, storage })),
    refused(
      'data-volume-template-source-single',
      `${TEMPLATE}.source`,
      'got ["blank","http"]',
      template({ source: { blank: {}, http: { url: 'http://x/y' } }, storage }),
    ),
    {
      rule: 'data-volume-template-used',
      accepts: { ...good, 'T.volumes.0': { name: 'root', persistentVolumeClaim: { claimName: 'dv' } } },
      refuses: { ...good, 'T.volumes.0': { name: 'root', persistentVolumeClaim: { claimName: 'other' } } },
      field: TEMPLATE,
      says: 'named by a volume, got "dv"',
    },
  ]);

  const accepted: [string, Changes][] = [
    ['source and sourceRef together', template({ ...blank, sourceRef: {} })],
    ['several access modes', template({ ...blank, storage: { accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] } })],
    ['no size', template({ ...blank, storage: {} })],
    ['two templates of one name', { ...good, 'spec.dataVolumeTemplates.1': { metadata: { name: 'dv' }, spec: blank } }],
  ];
  test.each(accepted)('accepts %s, which CDI judges later', (_what, changes) => {
    expect(refusals(changes)).toEqual([]);
  });
});
