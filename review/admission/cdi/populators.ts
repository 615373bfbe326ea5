import { objectAt, textAt } from '../../manifests/json';
import { Note, Rule, Subject } from '../../rule';
import { Part, part, whole } from '../part';
import { specStays } from '../shared/immutable-spec';
import { topic } from '../shared/topic';
import { alternatives, must } from '../shared/wording';
import { isMultiStage, isNextStage } from './data-volume';
import { SOURCE_CHECKS, SOURCE_KIND_CHECKS } from './source';
import { specPlace, SpecPlaces, specRules } from './spec-check';

const FILE = 'CDI, pkg/apiserver/webhooks/populators-validate.go';
const CONTENT_TYPES = ['kubevirt', 'archive'];
const LONGEST_NAME = 63;
const IMPORT = 'VolumeImportSource';
const UPLOAD = 'VolumeUploadSource';

/** Rules for a VolumeImportSource as a whole. */
export const VOLUME_IMPORT_SOURCE_RULES: readonly Rule[] = topic({ kinds: [IMPORT] }, [
  {
    id: 'volume-import-source-name-short',
    sentence: 'The name of a VolumeImportSource has at most 63 characters.',
    source: `${FILE}:validateVolumeImportSource`,
    check: nameIsShort,
  },
  {
    id: 'volume-import-source-spec-immutable',
    sentence: 'The spec of a VolumeImportSource stays what it was, further stages of an import aside.',
    source: `${FILE}:validateVolumeImportSource`,
    check: specStays({ kind: IMPORT, serverField: `${IMPORT}.Spec`, exempt: isNextStage }),
  },
  {
    id: 'volume-import-source-content-type',
    sentence: 'The contentType of a VolumeImportSource is kubevirt or archive.',
    source: `${FILE}:validateVolumeImportSourceSpec`,
    check: contentTypeIsKnown,
  },
  {
    id: 'volume-import-source-source-present',
    sentence: 'A VolumeImportSource has a source.',
    source: `${FILE}:validateVolumeImportSourceSpec (the webhook panics, and its request fails)`,
    check: ({ object }, note) => {
      if (objectAt(object, 'spec', 'source') !== undefined) return;
      note('spec.source', must('source', 'be given', undefined));
    },
  },
  {
    id: 'volume-import-source-target-claim',
    sentence: 'A VolumeImportSource with checkpoints names its target claim.',
    source: `${FILE}:validateVolumeImportSourceSpec`,
    check: ({ object }, note) => {
      const spec = objectAt(object, 'spec') ?? {};
      if (!isMultiStage(spec) || textAt(spec, 'targetClaim') !== '') return;
      note('spec.targetClaim', must('targetClaim', 'be given beside checkpoints', spec.targetClaim));
    },
  },
]);

/** Rules for VolumeImportSources and their source. */
export const VOLUME_IMPORT_SOURCE_PARTS: readonly Part[] = [
  part(whole, VOLUME_IMPORT_SOURCE_RULES),
  part(places, specRules('volume-import-source', { kinds: [IMPORT] }, [...SOURCE_KIND_CHECKS, ...SOURCE_CHECKS])),
];

/** Rules for VolumeUploadSources. */
export const VOLUME_UPLOAD_SOURCE_RULES: readonly Rule[] = topic({ kinds: [UPLOAD] }, [
  {
    id: 'volume-upload-source-name-short',
    sentence: 'The name of a VolumeUploadSource has at most 63 characters.',
    source: `${FILE}:validateVolumeUploadSource`,
    check: nameIsShort,
  },
  {
    id: 'volume-upload-source-spec-immutable',
    sentence: 'The spec of a VolumeUploadSource stays what it was.',
    source: `${FILE}:validateVolumeUploadSource`,
    check: specStays({ kind: UPLOAD, serverField: `${UPLOAD}.Spec`, exempt: isNextStage }),
  },
  {
    id: 'volume-upload-source-content-type',
    sentence: 'The contentType of a VolumeUploadSource is kubevirt or archive.',
    source: `${FILE}:validateVolumeUploadSourceSpec`,
    check: contentTypeIsKnown,
  },
]);

function nameIsShort({ object }: Subject, note: Note): void {
  const name = textAt(object, 'metadata', 'name');
  if (name.length <= LONGEST_NAME) return;
  note('metadata.name', must('name', `have at most ${LONGEST_NAME} characters`, name));
}

function contentTypeIsKnown({ object }: Subject, note: Note): void {
  const contentType = textAt(object, 'spec', 'contentType');
  if (contentType === '' || CONTENT_TYPES.includes(contentType)) return;
  note('spec.contentType', must('contentType', `be ${alternatives(CONTENT_TYPES)}`, contentType));
}

function places({ object }: Subject): SpecPlaces {
  return [specPlace(objectAt(object, 'spec') ?? {}, 'spec')];
}
