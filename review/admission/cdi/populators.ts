import { Severity } from '../../finding';
import { objectAt, textAt } from '../../manifests/json';
import { Rule, Subject } from '../../rule';
import { immutableSpec } from '../shared/immutable-spec';
import { alternatives, must } from '../shared/wording';
import { isMultiStage, isNextStage } from './data-volume';
import { SOURCE_CHECKS, SOURCE_KIND_CHECKS } from './source';
import { SpecPlace, specPlace, specRules } from './spec-check';

const FILE = 'CDI v1.63.1, pkg/apiserver/webhooks/populators-validate.go';
const CONTENT_TYPES = ['kubevirt', 'archive'];
const LONGEST_NAME = 63;

/** Rules for VolumeImportSources. */
export const VOLUME_IMPORT_SOURCE_RULES: readonly Rule[] = [
  ...common('VolumeImportSource', 'volume-import-source'),
  {
    id: 'volume-import-source-source-present',
    source: `${FILE}:validateVolumeImportSourceSpec (the webhook panics, and its request fails)`,
    severity: Severity.ERROR,
    check: ({ object }, note) => {
      if (objectAt(object, 'spec', 'source') !== undefined) return;
      note('spec.source', must('source', 'be given', undefined));
    },
  },
  {
    id: 'volume-import-source-target-claim',
    source: `${FILE}:validateVolumeImportSourceSpec`,
    severity: Severity.ERROR,
    check: ({ object }, note) => {
      const spec = objectAt(object, 'spec') ?? {};
      if (!isMultiStage(spec) || textAt(spec, 'targetClaim') !== '') return;
      note('spec.targetClaim', must('targetClaim', 'be given beside checkpoints', spec.targetClaim));
    },
  },
  ...specRules('volume-import-source', [...SOURCE_KIND_CHECKS, ...SOURCE_CHECKS], places),
];

/** Rules for VolumeUploadSources. */
export const VOLUME_UPLOAD_SOURCE_RULES: readonly Rule[] = common('VolumeUploadSource', 'volume-upload-source');

function common(kind: string, topic: string): Rule[] {
  return [
    {
      id: `${topic}-name-short`,
      source: `${FILE}:validate${kind}`,
      severity: Severity.ERROR,
      check: ({ object }, note) => {
        const name = textAt(object, 'metadata', 'name');
        if (name.length <= LONGEST_NAME) return;
        note('metadata.name', must('name', `have at most ${LONGEST_NAME} characters`, name));
      },
    },
    immutableSpec({
      id: `${topic}-spec-immutable`,
      source: `${FILE}:validate${kind}`,
      kind,
      field: `${kind}.Spec`,
      exempt: isNextStage,
    }),
    {
      id: `${topic}-content-type`,
      source: `${FILE}:validate${kind}Spec`,
      severity: Severity.ERROR,
      check: ({ object }, note) => {
        const contentType = textAt(object, 'spec', 'contentType');
        if (contentType === '' || CONTENT_TYPES.includes(contentType)) return;
        note('spec.contentType', must('contentType', `be ${alternatives(CONTENT_TYPES)}`, contentType));
      },
    },
  ];
}

function places({ object }: Subject): readonly SpecPlace[] {
  return [specPlace(objectAt(object, 'spec') ?? {}, 'spec')];
}
