import { RULES } from '.';

const IDS = Object.fromEntries(RULES.map(({ kind, rules }) => [kind, rules.map(({ id }) => id)]));

const KIND_OF_SOURCE = ['source-kind-present', 'source-kind-single'];
const SOURCE = [
  'source-url-valid',
  'source-blank-content',
  'source-registry-content',
  'source-registry-address',
  'source-registry-url',
  'source-registry-pull-method',
  'source-registry-image-stream',
  'source-registry-image-stream-node',
  'source-imageio-complete',
  'source-vddk-complete',
];
const CLONE = ['source-pvc-complete', 'source-snapshot-complete'];
const SIZE = ['size-positive', 'size-least', 'size-present'];
const CLAIM = ['storage-class-name-short', 'access-modes-one', 'access-modes-known'];
const REFERENCE = ['population-name', 'population-kind', 'population-api-group', 'population-namespace'];
const SOURCE_REF = ['source-ref-kind', 'source-ref-name'];
const SPEC = [
  ...['target-present', 'target-single', ...SIZE, ...CLAIM],
  ...['population-alone', 'population-single', ...REFERENCE],
  ...['source-present', 'source-single', ...SOURCE_REF],
  ...[...KIND_OF_SOURCE, ...SOURCE, ...CLONE],
];

function of(topic: string, ...names: string[]): string[] {
  return names.map((name) => `${topic}-${name}`);
}

describe("CDI's rules", () => {
  test.each([
    ['DataVolume', of('data-volume', 'spec-immutable', ...SPEC, 'archive-on-filesystem')],
    [
      'DataImportCron',
      [
        ...of('data-import-cron', 'name-short', 'spec-immutable', 'source', 'template-keys'),
        ...of('data-import-cron-template', ...SPEC),
        ...of('data-import-cron', 'schedule', 'imports-to-keep', 'garbage-collect', 'managed-data-source'),
      ],
    ],
    [
      'VolumeImportSource',
      [
        ...of('volume-import-source', 'name-short', 'spec-immutable', 'content-type'),
        ...of('volume-import-source', 'source-present', 'target-claim', ...KIND_OF_SOURCE, ...SOURCE),
      ],
    ],
    ['VolumeUploadSource', of('volume-upload-source', 'name-short', 'spec-immutable', 'content-type')],
    ['ObjectTransfer', of('object-transfer', 'spec-immutable', 'target', 'source-kind')],
    [
      'VirtualMachine',
      [
        ...of('cdi-template', 'name-valid', 'source-single', ...SIZE, ...CLAIM),
        ...of('cdi-template', 'population-single', ...REFERENCE, ...SOURCE_REF),
        ...of('cdi-template', ...SOURCE, ...CLONE, 'archive-on-filesystem'),
      ],
    ],
  ])('for a %s are these', (kind, ids) => expect(IDS[kind]).toEqual(ids));

  test('are for these kinds', () => {
    expect(RULES.map(({ apiGroup, kind }) => `${apiGroup}/${kind}`)).toEqual([
      'cdi.kubevirt.io/DataVolume',
      'cdi.kubevirt.io/DataImportCron',
      'cdi.kubevirt.io/VolumeImportSource',
      'cdi.kubevirt.io/VolumeUploadSource',
      'cdi.kubevirt.io/ObjectTransfer',
      'kubevirt.io/VirtualMachine',
    ]);
  });

  test('have names that an annotation can carry', () => {
    const names = Object.values(IDS).flat();
    expect(names.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || id.length > 63)).toEqual([]);
  });
});
