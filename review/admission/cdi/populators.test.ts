import { Json } from '../../rule';
import { Example, testRules } from '../../testing/rule-tester';
import { VOLUME_IMPORT_SOURCE_PARTS, VOLUME_IMPORT_SOURCE_RULES, VOLUME_UPLOAD_SOURCE_RULES } from './populators';

const object = (spec: Json, name = 'o'): Json => ({ metadata: { name }, spec });
const http = { source: { http: { url: 'http://x/y' } } };
const vddk = { url: 'https://x', uuid: 'a', backingFile: 'b', thumbprint: 'c', secretRef: 'd' };
const staged = { source: { vddk }, checkpoints: [{ current: 'a', previous: '' }] };

function common(topic: string, kind: string, spec: Json): Example[] {
  return [
    {
      rule: `${topic}-name-short`,
      accepts: object(spec, 'n'.repeat(63)),
      refuses: object(spec, 'n'.repeat(64)),
      field: 'metadata.name',
      says: 'at most 63 characters',
    },
    {
      rule: `${topic}-spec-immutable`,
      accepts: object(spec),
      refuses: object({ ...spec, contentType: 'archive' }),
      old: object(spec),
      field: 'spec',
      serverField: `${kind}.Spec`,
      says: `of a ${kind} must stay`,
    },
    {
      rule: `${topic}-content-type`,
      accepts: object({ ...spec, contentType: 'archive' }),
      refuses: object({ ...spec, contentType: 'iso' }),
      field: 'spec.contentType',
      says: `'kubevirt' or 'archive', got "iso"`,
    },
  ];
}

describe('VolumeUploadSource', () => {
  testRules(VOLUME_UPLOAD_SOURCE_RULES, common('volume-upload-source', 'VolumeUploadSource', {}));
});

describe('VolumeImportSource', () => {
  testRules(VOLUME_IMPORT_SOURCE_RULES, [
    ...common('volume-import-source', 'VolumeImportSource', http),
    {
      rule: 'volume-import-source-source-present',
      accepts: object(http),
      refuses: object({ contentType: 'kubevirt' }),
      field: 'spec.source',
      says: 'got nothing',
    },
    {
      rule: 'volume-import-source-target-claim',
      accepts: object({ ...staged, targetClaim: 'c' }),
      refuses: object(staged),
      field: 'spec.targetClaim',
      says: 'beside checkpoints, got nothing',
    },
  ]);

  testRules(
    VOLUME_IMPORT_SOURCE_PARTS[1]!.rules.filter(({ id }) => id === 'volume-import-source-source-url-valid'),
    [
      {
        rule: 'volume-import-source-source-url-valid',
        accepts: object(http),
        refuses: object({ source: { http: { url: 'ftp://x/y' } } }),
        field: 'spec.source.http.url',
        serverField: 'spec.source.HTTP.url',
        says: 'got "ftp://x/y"',
      },
    ],
  );
});
